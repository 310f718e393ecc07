"""The measurements themselves, at toy size: what is compared is the same, and the numbers fit each other."""

import pytest

from benchmarks import c_build, engines, growth, loops, programs
from benchmarks.cases import SCENARIOS, of_size, parameters
from benchmarks.effort import TOY
from tests.benchmarks.conftest import Output

needs_c = pytest.mark.skipif(c_build.compiler() is None, reason="no C compiler here")
needs_resource = pytest.mark.skipif(not programs.can_measure(), reason=programs.NO_RESOURCE)


def test_all_engines_run_every_scenario_and_give_the_same_durations(output: Output) -> None:
    names = (engines.MESA, engines.OWN_RUNNER, engines.COMPILED)
    found = [(row["scenario"], row["engine"]) for row in output.results["engines"] if row["same_durations"]]
    assert found == [(scenario, engine) for scenario in SCENARIOS for engine in names]


def test_the_ratio_of_the_mesa_engine_to_itself_is_one(output: Output) -> None:
    own = [row for row in output.results["engines"] if row["engine"] == engines.MESA]
    assert {(row["times_mesa_low"], row["times_mesa"], row["times_mesa_high"]) for row in own} == {(1.0, 1.0, 1.0)}


def test_the_ratio_to_the_mesa_engine_is_that_of_the_speeds(output: Output) -> None:
    for scenario in SCENARIOS:
        rows = {row["engine"]: row for row in output.results["engines"] if row["scenario"] == scenario}
        of_speeds = rows[engines.COMPILED]["runs_per_second"] / rows[engines.MESA]["runs_per_second"]
        assert rows[engines.COMPILED]["times_mesa"] == pytest.approx(of_speeds)  # exact, since there is one turn


def test_two_threads_give_the_durations_of_one_also_where_they_differ_much(output: Output) -> None:
    rows = {row["case"]: row for row in output.results["threads"]}
    assert all(row["same_durations"] for row in rows.values())
    unlike = rows["lengths differ"]
    assert unlike["runs"] == TOY.thread_runs
    assert unlike["months_100"] > 10 * unlike["months_10"]


@needs_c
def test_the_c_version_gives_the_bits_of_the_kernel(output: Output) -> None:
    assert [row["scenario"] for row in output.results["loops"] if row["same_bits"]] == list(SCENARIOS)


@needs_c
def test_other_draws_in_the_c_version_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(c_build._CODES, "CLIMATE", c_build._CODES["RIVALS"])
    assert not any(row["same_bits"] for row in loops.measure(TOY))


def test_growth_is_measured_over_runs_months_and_members(output: Output) -> None:
    rows = output.results["growth"]
    assert [row["x"] for row in rows if row["quantity"] == "members"] == 2 * list(TOY.growth_members)
    steady = [row["x"] for row in rows if (row["quantity"], row["case"]) == ("months", growth.STEADY[0])]
    assert steady == list(TOY.growth_months)
    assert all(row["seconds"] > 0 for row in rows)


def test_the_runner_is_set_against_the_runs_alone(output: Output) -> None:
    (row,) = output.results["sweeps"]
    assert (row["points"], row["replicates"]) == (TOY.sweep_points, TOY.sweep_replicates)
    assert row["times_kernel"] == pytest.approx(row["sweep_seconds"] / row["kernel_seconds"])


def test_the_slope_of_a_power_law_is_its_exponent() -> None:
    assert growth.slope([{"x": x, "seconds": 3e-6 * x**1.7} for x in (5, 20, 500)]) == pytest.approx(1.7)


@pytest.mark.parametrize("n", [5, 12, 25, 500])
def test_a_coalition_of_a_size_has_that_many_members_and_every_kind(n: int) -> None:
    numbers = parameters("ordinary", *of_size(n)).population.counts
    assert sum(numbers) == n
    assert min(numbers) >= 1


@needs_resource
def test_starts_and_memory_of_programs_are_seen_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "MINIMAL", ("--version",))  # a first start compiles, and takes long
    starts = {row["case"]: row for row in programs.measure_starts(TOY)}
    assert starts["help"]["command"] == "cisim --help"
    assert all(0 < row["seconds"] < 60 and row["megabytes"] > 5 for row in starts.values())


@needs_resource
def test_a_program_that_fails_stops_the_benchmark() -> None:
    with pytest.raises(RuntimeError, match=r"cisim run scenario=nowhere ended with exit code 2"):
        programs.measure_one(("run", "scenario=nowhere"))
