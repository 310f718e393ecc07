"""Every executor gives the same runs; the clusters here are Dask's local one and submitit's local jobs."""

import sys
from collections.abc import Callable

import pandas as pd
import pytest

from cisim.errors import CisimError, InputError
from cisim.study.executors import Cluster
from cisim.study.prepared import prepare
from cisim.study.runner import run_in_memory
from cisim.study.study import Study

MakeStudy = Callable[..., Study]


def runs_of(study: Study) -> pd.DataFrame:
    return run_in_memory(prepare(study)).runs


@pytest.mark.parametrize("executor", ["threads", "processes", "dask", "slurm"])
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_every_executor_gives_the_same_runs(make_study: MakeStudy, executor: str) -> None:
    if executor in ("dask", "slurm"):
        pytest.importorskip({"dask": "distributed", "slurm": "submitit"}[executor])
    alone = runs_of(make_study(replicates=6, executor="threads", workers=1))
    study = make_study(replicates=6, executor=executor, workers=2, cluster=Cluster(local=True))
    pd.testing.assert_frame_equal(runs_of(study), alone)


@pytest.mark.parametrize(("executor", "module"), [("dask", "distributed"), ("slurm", "submitit")])
def test_a_cluster_without_its_library_says_what_to_install(
    make_study: MakeStudy, monkeypatch: pytest.MonkeyPatch, executor: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=rf"executor={executor} needs .* pip install 'cisim\[cluster\]'"):
        runs_of(make_study(executor=executor, workers=2))


def test_slurm_where_there_is_none_is_refused(make_study: MakeStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("submitit")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(InputError, match=r"finds no Slurm on this machine.*cluster.local=true"):
        runs_of(make_study(executor="slurm", workers=2))


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::RuntimeWarning")
def test_a_scheduler_that_does_not_answer_is_named(make_study: MakeStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")

    def refuse(address: str, **keywords: object) -> None:
        raise OSError(f"Timed out trying to connect to {address}")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(CisimError, match="no Dask scheduler answers at cluster.address=tcp://127.0.0.1:1"):
        runs_of(make_study(executor="dask", workers=2, cluster=Cluster(address="tcp://127.0.0.1:1")))


@pytest.mark.parametrize(("option", "value"), [("minutes", 0), ("memory_gb", 0.0), ("memory_gb", float("nan"))])
def test_options_that_a_cluster_cannot_take_are_refused(option: str, value: float) -> None:
    with pytest.raises(InputError, match=f"cluster.{option}="):
        Cluster(**{option: value})  # type: ignore[arg-type]


def test_an_unknown_executor_is_refused(make_study: MakeStudy) -> None:
    with pytest.raises(InputError, match="executor=steam is not known; use executor=auto, threads, processes, dask"):
        make_study(executor="steam")
