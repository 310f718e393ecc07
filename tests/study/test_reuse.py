"""Runs that other sweeps hold are taken over, those that errors spoilt are not, and the result is the same."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cisim.parameters import Parameters, replace
from cisim.study.batch_runs import simulate_batch
from cisim.study.batches import Batch
from cisim.study.cells import Cells
from cisim.study.design import Design
from cisim.study.prepared import Plan, prepare
from cisim.study.result_writer import result_folder, result_writer
from cisim.study.reuse import keys_of
from cisim.study.study import Study
from cisim.study.tabulate import Found

MakeStudy = Callable[..., Study]
UseEngine = Callable[[str], None]


@pytest.fixture
def sweep(make_study: MakeStudy, tmp_path: Path) -> Callable[..., Study]:
    """Return a function that makes a sweep over levels of gazing."""

    def make(name: str, levels: list[float], **changes: object) -> Study:
        design = Design(kind="table", columns={"backbone.gazing": np.array(levels)})
        options = {"verb": "sweep", "strategies": (), "design": design, "out": str(tmp_path), "name": name}
        return make_study(**{**options, "reuse": True, **changes})

    return make


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, int]]:
    """Return the list of runs that were really done: level of gazing and replicate."""
    done: list[tuple[float, int]] = []

    def noted(batch: Batch) -> Found:
        levels = batch.design.columns.get("backbone.gazing", np.full(batch.design.n_points, np.nan))
        done.extend((float(levels[p]), int(r)) for p, r in zip(batch.points, batch.replicates, strict=True))
        return simulate_batch(batch)

    monkeypatch.setattr("cisim.study.runner.simulate_batch", noted)
    return done


def keep(study: Study) -> bytes:
    """Do a study and return the bytes of its runs."""
    plan = prepare(study)
    with result_writer(plan, result_folder(plan), "cisim sweep") as writer:
        writer.work(plan.batch_size())
        writer.finish("complete")
    return (writer.folder / "runs.parquet").read_bytes()


def test_points_and_replicates_that_are_there_are_not_run_again(
    sweep: Callable[..., Study], ran: list[tuple[float, int]]
) -> None:
    keep(sweep("small", [0.5, 0.0], replicates=3))
    ran.clear()
    larger = keep(sweep("larger", [0.0, 0.25, 0.5, 1.0], replicates=4))
    assert ran == [(0.0, 3), *((0.25, r) for r in range(4)), (0.5, 3), *((1.0, r) for r in range(4))]
    assert larger == keep(sweep("alone", [0.0, 0.25, 0.5, 1.0], replicates=4, reuse=False))


def test_several_results_may_serve_and_none_gives_more_than_is_wanted(
    sweep: Callable[..., Study], ran: list[tuple[float, int]]
) -> None:
    keep(sweep("a", [0.5], replicates=9))
    keep(sweep("b", [1.0, 0.5], replicates=2))
    ran.clear()
    both = keep(sweep("c", [1.0, 0.5], replicates=2))
    assert ran == []
    assert both == keep(sweep("alone", [1.0, 0.5], replicates=2, reuse=False))


@pytest.mark.parametrize(
    "change", [{"seed": 9}, {"trajectories": True}, {"params": replace(Parameters(), {"trust.start": 0.7})}]
)
def test_what_is_not_the_same_is_run(
    sweep: Callable[..., Study], ran: list[tuple[float, int]], change: dict[str, object]
) -> None:
    keep(sweep("a", [0.5], replicates=2))
    ran.clear()
    keep(sweep("b", [0.5], replicates=2, **change))
    assert ran == [(0.5, 0), (0.5, 1)]


def test_runs_of_another_model_are_not_taken(
    sweep: Callable[..., Study], ran: list[tuple[float, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sweep("a", [0.5], replicates=2))
    ran.clear()
    for module in ("result_writer", "reuse"):
        monkeypatch.setattr(f"cisim.study.{module}.model_digest", lambda: "another")
    keep(sweep("b", [0.5], replicates=2))
    assert ran == [(0.5, 0), (0.5, 1)]


def test_runs_that_raised_are_not_taken(
    sweep: Callable[..., Study], ran: list[tuple[float, int]], use_engine: UseEngine
) -> None:
    study = sweep("b", [0.5], replicates=5)
    use_engine("failing")
    keep(sweep("a", [0.5], replicates=5))
    use_engine("steady")
    ran.clear()
    keep(study)
    assert ran == [(0.5, 3)]


def test_points_have_one_key_by_all_that_decides_their_runs(sweep: Callable[..., Study]) -> None:
    def key(study: Study) -> str:
        plan: Plan = prepare(study)
        return str(keys_of(plan)[0])

    case = replace(Parameters(), {"backbone.gazing": 0.5, "backbone.spacing": 0.2})
    alone = sweep("b", [0.5], design=None, verb="run", params=case)
    assert key(sweep("a", [0.5])) == key(sweep("b", [0.5, 0.7])) == key(alone)
    others = [sweep("a", [0.6]), sweep("a", [0.5], seed=2), sweep("a", [0.5], params=Parameters())]
    assert len({key(study) for study in others} | {key(alone)}) == 4


def test_a_second_stage_takes_what_a_first_stage_has(sweep: Callable[..., Study], ran: list[tuple[float, int]]) -> None:
    from cisim.study.replication import Replication

    asked = Replication(target=4.0, outcome="time_free_of_failure", month=120, budget=10_000)
    keep(sweep("a", [0.0, 1.0], replicates=10))
    ran.clear()
    two_stages = keep(sweep("b", [0.0, 1.0], replicates=12, replication=asked))
    assert min(replicate for _, replicate in ran) == 10
    assert len(ran) > 100
    assert two_stages == keep(sweep("alone", [0.0, 1.0], replicates=12, replication=asked, reuse=False))
    assert Cells.of([12, 12]).n_runs < len(ran)
