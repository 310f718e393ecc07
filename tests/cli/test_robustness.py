"""``cisim robustness`` runs arms under shocks in the store and estimates their effects."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cisim.questions.robustness.exposures import STATES, Stress
from tests.cli.conftest import Command
from tests.studies import compose_study

WORDS = ("robustness", "scenario=minimal", "strategies=[none,all]", "months=[6,30]", "sizes=1", "rates=1", "workers=1")
SMALL = (*WORDS, "observation.horizon=60", "within=12", "replicates=12", "name=a", "seed=3")

BAD = {
    "an unknown class": (["classes=[internal,solar]"], "classes=solar is not known; choose among internal"),
    "a class twice": (["classes=[internal,internal]"], "names one twice"),
    "a size above 1": (["sizes=1.5"], "sizes=1.5 is out of range"),
    "a size that is a word": (["sizes=large"], "is no list of numbers"),
    "a size of 0": (["sizes=[0,1]"], "sizes=0.0 is out of range"),
    "a rate above 1": (["rates=2"], "rates=2.0 is out of range"),
    "a shock too late to be followed": (["months=200"], "leaves the window of 240 months; give months from 1 to 181"),
    "a month that is no whole number": (["months=1.5"], "is no list of whole numbers"),
    "nothing at all": (["sizes=[]", "rates=[]"], "there is no disturbance"),
    "an unknown state": (["states=[mood]"], "states=mood is not known; choose among trust"),
    "a band of 1": (["band=1"], "band=1.0 is out of range"),
    "no month to follow": (["within=0"], "within=0 is out of range"),
    "a window after the horizon": (["tau=300"], "tau=300 is out of range"),
    "several jobs": (["-m", "seed=1,2"], "takes no -m"),
    "an unknown strategy": (["strategies=hazing"], "none, all, or any of"),
    "an ensemble that is not there": (["posterior=nowhere"], "there is no nowhere"),
}


@pytest.mark.parametrize(("words", "complaint"), BAD.values(), ids=BAD)
def test_bad_input_is_one_line_and_exit_code_2(cisim: Command, folder: Path, words: list[str], complaint: str) -> None:
    done = cisim("robustness", *words)
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert complaint in done.err
    assert list(folder.iterdir()) == []


def test_a_test_writes_tables_figure_and_report_and_does_not_run_again(cisim: Command, folder: Path) -> None:
    first = cisim(*SMALL)
    assert first.code == 0, first.err
    result = folder / "results" / "robustness" / "a"
    effects = pd.read_csv(result / "tables" / "robustness.csv")
    assert {"change", "relative_change", "change_free_12", "struck_trust", "recovery_trust"} <= set(effects["measure"])
    assert (result / "figures" / "robustness.pdf").exists()
    again = cisim(*SMALL)
    assert "nothing was run" in again.err
    assert again.out == first.out
    assert cisim("report", "robustness/a").code == 0
    assert "What disturbances take" in (result / "report.html").read_text(encoding="utf-8")


def test_trajectories_are_kept_where_recovery_is_read_and_nowhere_else(cisim: Command, folder: Path) -> None:
    assert cisim(*SMALL).code == 0
    result = folder / "results" / "robustness" / "a"
    rows = pd.read_parquet(result / "trajectories.parquet")
    assert list(rows.columns) == ["point", "strategies", "replicate", "month", "commitment", "trust", "social"]
    points = pd.read_parquet(result / "points.parquet").set_index("point")
    kept = rows.groupby("point")["month"].agg(["min", "max"])
    for point, (first, last) in kept.iterrows():
        month = points.loc[point, "shocks.scheduled_month"]
        is_shock = points.loc[point, "shocks.scheduled_class"] != "none"
        assert (first, last) == ((month, month + 11) if is_shock else (6, 41))
    standing = points.index[points["shocks.internal_rate"] != 0.06]
    assert not set(standing) & set(kept.index)


def test_coalitions_are_one_and_the_same_until_the_shock(cisim: Command, folder: Path) -> None:
    assert cisim(*WORDS, "observation.horizon=60", "within=12", "replicates=200", "name=a", "seed=3").code == 0
    result = folder / "results" / "robustness" / "a"
    stress = compose_study("robustness", list(SMALL[1:])).task
    assert isinstance(stress, Stress)
    months = pd.read_parquet(result / "runs.parquet").pivot_table("duration", "point", "replicate").to_numpy()
    n_over = 0
    for place, exposure in enumerate(stress.exposures):
        if exposure.kind == "once":
            struck, twin = months[stress.place[place]], months[stress.place[exposure.twin]]
            over = (struck < exposure.month) & (twin < exposure.month)
            assert np.array_equal(struck[over], twin[over])
            n_over += over.sum()
    assert n_over > 0


def test_over_an_ensemble_the_share_of_it_is_reported_and_no_trajectory_kept(cisim: Command, folder: Path) -> None:
    words = (*WORDS, "classes=external", "months=24", "rates=[]", "replicates=2", "posterior=true", "name=e")
    assert cisim(*words).code == 0
    result = folder / "results" / "robustness" / "e"
    assert not (result / "trajectories.parquet").exists()
    contrasts = pd.read_csv(result / "tables" / "robustness_contrasts.csv")
    assert contrasts["share_positive"].between(0, 1).all()


def test_exposures_that_change_nothing_share_a_design_point() -> None:
    calm = [f"shocks.{of}_rate=0" for of in ("internal", "external", "relational")]
    stress = compose_study("robustness", ["scenario=minimal", "strategies=none", "sizes=[]", *calm]).task
    assert isinstance(stress, Stress)
    assert [e.size for e in stress.exposures[:3]] == [0.0, 0.0, 0.25]
    assert stress.place.tolist() == [0, 0, 1, 2, 0, 3, 4, 0, 5, 6]


def test_every_state_is_a_series_of_the_model() -> None:
    from cisim.core.series import SERIES

    assert set(STATES) <= set(SERIES)
