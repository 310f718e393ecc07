"""Runs come out the same whoever runs them, and one bad run harms no other."""

import signal
from collections.abc import Callable

import pandas as pd
import pytest

from cisim.errors import CisimError, InputError
from cisim.study.executors import Workplace, open_executor
from cisim.study.executors.local import count_workers
from cisim.study.prepared import prepare
from cisim.study.progress import Untracked
from cisim.study.runner import run_in_memory
from cisim.study.study import Study

MakeStudy = Callable[..., Study]
UseEngine = Callable[[str], None]


def runs_of(study: Study) -> pd.DataFrame:
    """Run a study and return its table of runs."""
    return run_in_memory(prepare(study)).runs


def test_runs_come_in_the_order_of_the_design(make_study: MakeStudy) -> None:
    runs = runs_of(make_study(replicates=20))
    assert list(zip(runs["point"], runs["replicate"], strict=True)) == [(p, r) for p in (0, 1) for r in range(20)]


def test_two_workers_give_the_runs_that_one_gives(make_study: MakeStudy) -> None:
    alone, together = (runs_of(make_study(replicates=20, workers=workers)) for workers in (1, 2))
    pd.testing.assert_frame_equal(alone, together)


def test_every_arm_lives_through_the_same_worlds(make_study: MakeStudy) -> None:
    runs = runs_of(make_study(seed=4))
    worlds = {label: arm["jobs_milestone"].tolist() for label, arm in runs.groupby("strategies")}
    assert worlds["none"] == worlds["gazing"] == [4000.0 + replicate for replicate in range(5)]
    assert set(runs["seed"]) == {4}


def test_progress_counts_every_run_once(make_study: MakeStudy) -> None:
    counted: list[int] = []

    class Count(Untracked):
        def __call__(self, runs: int) -> None:
            counted.append(runs)

    run_in_memory(prepare(make_study(replicates=11)), Count())
    assert sum(counted) == 22


def test_a_run_that_raises_is_a_row_with_its_error_and_the_others_go_on(
    make_study: MakeStudy, use_engine: UseEngine
) -> None:
    study = make_study()
    whole = runs_of(study)
    use_engine("failing")
    runs = runs_of(study)
    bad = runs[runs["status"] == "error"]
    assert bad["replicate"].tolist() == [3, 3]
    assert set(bad["error"]) == {"ValueError: no such world"}
    assert bad[["founders_retained", "social_outcome", "economic_outcome", "jobs"]].isna().all(axis=None)
    assert bad["duration"].tolist() == [0, 0]
    pd.testing.assert_frame_equal(runs.drop(bad.index), whole.drop(bad.index))


def test_an_error_leaves_the_types_of_the_columns_as_they_are(make_study: MakeStudy, use_engine: UseEngine) -> None:
    whole = runs_of(make_study())
    use_engine("failing")
    assert runs_of(make_study()).dtypes.equals(whole.dtypes)


def test_a_study_in_which_every_run_raises_still_has_its_table(make_study: MakeStudy, use_engine: UseEngine) -> None:
    study = make_study()
    use_engine("broken")
    runs = runs_of(study)
    assert set(runs["status"]) == {"error"}
    assert len(runs) == 10


def test_a_run_that_takes_its_worker_down_is_a_row_and_the_others_go_on(
    make_study: MakeStudy, use_engine: UseEngine
) -> None:
    study = make_study(workers=2)
    whole = runs_of(study)
    use_engine("dying")
    runs = runs_of(study)
    bad = runs[runs["status"] == "error"]
    assert bad["replicate"].tolist() == [3, 3]
    assert all(error.startswith("WorkerDied") for error in bad["error"])
    pd.testing.assert_frame_equal(runs.drop(bad.index), whole.drop(bad.index))


def test_workers_that_die_at_once_end_the_study_with_advice(make_study: MakeStudy, use_engine: UseEngine) -> None:
    study = make_study(workers=2)
    use_engine("deadly")
    with pytest.raises(CisimError, match="a worker process died.*workers=1") as caught:
        run_in_memory(prepare(study))
    assert not isinstance(caught.value, InputError)


def test_an_interrupt_passes_through(make_study: MakeStudy, use_engine: UseEngine) -> None:
    study = make_study()
    use_engine("interrupted")
    with pytest.raises(KeyboardInterrupt):
        run_in_memory(prepare(study))


def test_an_interrupt_of_the_main_process_stops_the_workers(make_study: MakeStudy) -> None:
    class Interrupt(Untracked):
        def __call__(self, runs: int) -> None:
            if runs:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_in_memory(prepare(make_study(replicates=200, workers=2)), Interrupt())


def test_workers_leave_an_interrupt_to_the_main_process() -> None:
    ours = signal.getsignal(signal.SIGINT)
    with open_executor("processes", Workplace(workers=2)) as executor:
        assert executor.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) == ours


def test_batches_cover_every_run_once(make_study: MakeStudy) -> None:
    for replicates in (1, 7, 8, 9, 100):
        plan = prepare(make_study(replicates=replicates))
        for size in (1, 3, plan.batch_size()):
            covered = [
                (int(batch.numbers[point]), int(replicate))
                for batch in plan.batches(plan.cells, size)
                for point, replicate in zip(batch.points, batch.replicates, strict=True)
            ]
            assert covered == [(p, r) for p in (0, 1) for r in range(replicates)]


def test_no_worker_count_given_means_all_cores() -> None:
    assert count_workers(0) >= 1
    assert count_workers(3) == 3


def test_arms_that_cannot_be_are_refused_before_anything_runs(make_study: MakeStudy) -> None:
    with pytest.raises(InputError, match=r"backbone\.abstracting=0"):
        prepare(make_study(strategies=("abstracting",)))


def test_a_run_of_one_scenario_has_one_point_labelled_by_its_strategies(make_study: MakeStudy) -> None:
    runs = runs_of(make_study(verb="run", strategies=()))
    assert set(runs["strategies"]) == {"gazing+spacing"}
    assert set(runs["point"]) == {0}
