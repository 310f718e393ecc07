"""Designs that are listed or drawn: which points they hold, and that larger ones hold the smaller."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from cisim.errors import InputError
from cisim.parameters import Parameters, replace
from cisim.parameters.leadership import STRATEGIES
from cisim.parameters.people import COUNTED
from cisim.study.design import Design, Factor, build
from cisim.study.design.point_sets import latin_shares

GAZING = Factor(name="backbone.gazing", low=0, high=1)
PERIOD = Factor(name="backbone.gazing_period", low=2, high=25)
SIZE = Factor(name="population.corporation_size", low=1, high=6)
LEAD = Factor(name="backbone.lead", values=("public", "funder", "shared"))
CASES = Factor(name="scenario", values=("a", "b"))
MIXED = (GAZING, PERIOD, SIZE, LEAD, CASES)
CALM = {"plain": Parameters()}


def points(design: Design) -> list[tuple[object, ...]]:
    """Return all points of a design, in order."""
    return list(zip(*(column.tolist() for column in design.columns.values()), strict=True))


def test_a_factorial_holds_every_combination_once_and_the_last_factor_changes_fastest() -> None:
    factors = (Factor(name="backbone.gazing", values=(0.5, 0)), LEAD, CASES)
    design = build(factors)
    assert design.kind == "factorial"
    assert points(design) == list(itertools.product(*(factor.values for factor in factors)))


def test_a_factorial_of_more_levels_holds_the_smaller_one() -> None:
    small, large = (build((Factor(name="backbone.gazing", values=v), LEAD)) for v in ((0, 1), (1, 0.5, 0)))
    assert set(points(small)) < set(points(large))


def test_a_factorial_takes_no_interval() -> None:
    with pytest.raises(InputError, match=r"backbone.gazing=interval\(0,1\) has no levels.*design=sobol, lhs or oat"):
        build((LEAD, GAZING), kind="factorial")


def test_a_factorial_that_is_too_large_is_refused_before_it_is_made() -> None:
    counted = [Factor(name=f"population.{name}", values=tuple(range(400))) for name in COUNTED]
    shares = [Factor(name=f"backbone.{name}", values=tuple(np.linspace(0, 1, 101))) for name in STRATEGIES]
    with pytest.raises(InputError, match=f"the design has {400**5 * 101**3} points, more than 1000000"):
        build([*counted, *shares])


def test_intervals_make_a_sobol_design_and_levels_a_factorial_one() -> None:
    assert build((LEAD, GAZING)).kind == "sobol"
    assert build((LEAD,)).kind == "factorial"


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
@pytest.mark.parametrize("sizes", [(1, 2, 4, 8), (3, 6, 12), (25, 50, 100, 200, 400)])
def test_a_larger_drawn_design_begins_with_the_smaller_one(kind: str, sizes: tuple[int, ...]) -> None:
    drawn = [points(build((GAZING, *MIXED[1:]), kind=kind, samples=n, seed=7)) for n in sizes]
    for small, large in itertools.pairwise(drawn):
        assert large[: len(small)] == small
        assert len(large) > len(small)


@settings(deadline=None, max_examples=60)
@given(n=st.integers(1, 400), d=st.integers(1, 6), seed=st.integers(0, 2**63 - 1))
def test_every_stratum_of_a_latin_hypercube_holds_one_point(n: int, d: int, seed: int) -> None:
    strata = np.floor(latin_shares(n, d, seed) * n).astype(int)
    for j in range(d):
        assert sorted(strata[:, j]) == list(range(n))


def test_doubled_latin_hypercubes_are_uniform_and_pair_up_at_random() -> None:
    """Share of second points below 1/4 in the first factor, and correlation of two factors, over 4 000 seeds."""
    drawn = np.array([latin_shares(4, 2, seed) for seed in range(4000)])
    for point in range(4):
        for factor in range(2):
            assert abs(np.mean(drawn[:, point, factor] < 0.25) - 0.25) < 4 * np.sqrt(0.25 * 0.75 / 4000)
    assert abs(np.mean((drawn[..., 0] - 0.5) * (drawn[..., 1] - 0.5)) * 12) < 4 / np.sqrt(4000)


def test_a_balanced_sobol_design_spreads_better_than_chance() -> None:
    design = build((GAZING, Factor(name="backbone.spacing", low=0, high=1)), samples=256)
    shares = np.column_stack(list(design.columns.values()))
    chance = np.random.default_rng(1).random((256, 2))
    assert qmc.discrepancy(shares) < qmc.discrepancy(chance) / 5


def test_a_sobol_design_of_another_size_than_a_power_of_two_says_so() -> None:
    assert build((GAZING,), samples=64).notes == ()
    assert build((GAZING,), samples=1).notes == ()
    (note,) = build((GAZING,), samples=100).notes
    assert note.startswith("samples=100 is not a power of two")
    assert note.endswith("take 64 or 128")


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_points_that_repeat_others_are_left_out_and_the_design_says_so(kind: str) -> None:
    design = build((LEAD, CASES), kind=kind, samples=64)
    assert len(set(points(design))) == design.n_points == 6
    assert design.notes == ("58 of 64 points repeat others and are left out",)


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_the_seed_decides_a_drawn_design_and_the_global_generator_stays_as_it_was(kind: str) -> None:
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    once, again, other = (points(build(MIXED, kind=kind, samples=16, seed=seed)) for seed in (5, 5, 6))
    assert once == again
    assert not set(once) & set(other)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
    points(build(MIXED, kind=kind, samples=2, seed=2**63 - 1))


def test_drawn_designs_are_what_they_were() -> None:
    """Printed once; a change here moves the points of everybody's sweeps and breaks their continuation."""
    factors = (GAZING, PERIOD, SIZE, LEAD)
    assert points(build(factors, kind="sobol", samples=2, seed=1)) == [
        (0.28616916202008724, 5, 2.869675214797207, "public"),
        (0.7498305486515164, 21, 1.9848344497107966, "funder"),
    ]
    assert points(build(factors, kind="lhs", samples=2, seed=1)) == [
        (0.8613733165598755, 10, 3.149015356778293, "funder"),
        (0.3216303515364416, 19, 2.3179934887379186, "public"),
    ]


def test_one_at_a_time_starts_from_the_case_and_moves_one_factor_in_each_point() -> None:
    base = {"plain": replace(Parameters(), {"backbone.gazing": 0.5, "backbone.lead": "funder"})}
    design = build((GAZING, LEAD), kind="oat", samples=3, base=base)
    assert points(design) == [(0.5, "funder"), (0.0, "funder"), (1.0, "funder"), (0.5, "public"), (0.5, "shared")]


def test_one_at_a_time_is_done_around_each_scenario_that_is_varied() -> None:
    base = {"b": Parameters(), "a": replace(Parameters(), {"backbone.gazing": 0.3})}
    design = build((GAZING, CASES), kind="oat", samples=2, base=base)
    assert list(design.columns) == ["scenario", "backbone.gazing"]
    assert points(design) == [("a", 0.3), ("a", 0.0), ("a", 1.0), ("b", 0.0), ("b", 1.0)]


def test_one_at_a_time_with_steps_halved_holds_the_smaller_design() -> None:
    small, large = (points(build(MIXED[:4], kind="oat", samples=n, base=CALM)) for n in (4, 7))
    assert set(small) < set(large)
    assert small[0] == large[0]


def test_one_at_a_time_needs_both_ends_and_a_parameter() -> None:
    with pytest.raises(InputError, match="samples=1 is too few for design=oat; give 2 or more"):
        build((GAZING,), kind="oat", samples=1, base=CALM)
    with pytest.raises(InputError, match="varies no parameter"):
        build((CASES,), kind="oat", base={"a": Parameters(), "b": Parameters()})


@pytest.mark.parametrize("base", [{}, {"a": Parameters()}, None])
def test_one_at_a_time_without_its_cases_is_a_fault_of_the_program(base: dict[str, Parameters] | None) -> None:
    with pytest.raises(ValueError, match="the design varies the scenarios"):
        build((GAZING, CASES), kind="oat", base=base)


@pytest.mark.parametrize(
    ("factors", "arguments", "message"),
    [
        ((), {}, r"nothing is varied; give .*backbone.gazing=0,0\.5,1 .*interval\(0,1\), or give table=FILE"),
        ((), {"kind": "lhs"}, "nothing is varied"),
        ((LEAD,), {"kind": "grid"}, "design=grid is not known; choose one of auto, factorial, lhs, sobol, oat"),
        ((LEAD, LEAD), {}, "backbone.lead is varied twice"),
        ((GAZING,), {"samples": 0}, "samples=0 is too few; give 1 or more"),
        ((GAZING,), {"samples": 0, "kind": "lhs"}, "samples=0 is too few; give 1 or more"),
        ((GAZING,), {"samples": True}, "samples=True is not a whole number"),
        ((GAZING,), {"samples": 2_000_000}, "the design has 2000000 points, more than 1000000"),
        ((LEAD,), {"samples": 5}, "samples=5 is of no use to a factorial.*design=lhs or sobol or oat"),
        ((LEAD,), {"kind": "lhs", "table": "points.csv"}, "design=lhs and table=points.csv are two designs"),
    ],
)
def test_what_makes_no_design_is_refused(
    factors: tuple[Factor, ...], arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        build(factors, **arguments)
