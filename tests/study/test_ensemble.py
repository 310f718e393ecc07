"""A study over an ensemble: every setting at every member, facts of the case kept."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cisim.api import compare
from cisim.config.uncertainty import over_ensemble
from cisim.errors import InputError
from cisim.parameters import get
from cisim.study.parameter_sets import read_ensemble
from cisim.study.prepared import prepare
from cisim.study.runner import run_in_memory
from cisim.study.study import Study
from tests.studies import compose_study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write an ensemble of three members."""
    table = pd.DataFrame({"member": [0, 1, 2], "weight": [2.0, 1.0, 1.0], "exit.conflict": [1.0, 2.0, 3.0]})
    table["ending.agenda_size"] = [100.0, 200.0, 300.0]
    table["trust.growth"] = [0.01, 0.02, 0.03]
    table.assign(alive=0.9).to_parquet(tmp_path / "ensemble.parquet")
    return tmp_path / "ensemble.parquet"


def test_members_follow_one_another_at_each_setting(path: Path, make_study: Callable[..., Study]) -> None:
    study = over_ensemble(make_study(), read_ensemble(path))
    assert study.points().columns["exit.conflict"].tolist() == [1.0, 2.0, 3.0] * 2
    assert study.points().columns["backbone.gazing"].tolist() == [0.0] * 3 + [0.4] * 3
    assert study.points().n_points == 2 * len(study.known_ensemble.weights)
    runs = run_in_memory(prepare(study)).runs
    assert runs.groupby("point")["replicate"].apply(list).tolist() == [[0, 1, 2, 3, 4]] * 6
    assert runs.groupby("point")["strategies"].first().tolist() == ["none"] * 3 + ["gazing"] * 3


def test_weights_add_up_to_one(path: Path) -> None:
    assert read_ensemble(path).weights.tolist() == [0.5, 0.25, 0.25]


def test_facts_of_the_case_and_what_is_set_by_hand_stay(path: Path) -> None:
    study = compose_study("run", ["scenario=hondream", f"posterior={path}"])
    assert "ending.agenda_size" not in study.points().columns
    assert "ending.agenda_size" in study.points().notes[0]
    given = compose_study("run", ["scenario=ordinary", f"posterior={path}", "exit.conflict=5"])
    assert "exit.conflict" not in given.points().columns
    assert get(given.params, "exit.conflict") == 5.0


def test_an_ensemble_with_nothing_left_to_vary_is_refused(path: Path) -> None:
    words = ["exit.conflict=5", "trust.growth=0.1", "ending.agenda_size=0"]
    with pytest.raises(InputError, match="sets or varies all that posterior=ensemble.parquet varies"):
        compose_study("run", [*words, f"posterior={path}"])


def test_a_sweep_keeps_what_it_varies_and_its_scenarios_keep_their_facts(path: Path) -> None:
    words = ["scenario=ordinary,hondream", "exit.conflict=0,4", f"posterior={path}"]
    design = compose_study("sweep", words).points()
    assert design.n_points == 12
    assert design.columns["exit.conflict"].tolist() == [0.0] * 3 + [4.0] * 3 + [0.0] * 3 + [4.0] * 3
    assert design.columns["ending.agenda_size"].tolist() == [100.0, 200.0, 300.0] * 2 + [0.0] * 6


def test_the_ensemble_is_part_of_what_decides_the_results(path: Path) -> None:
    plain = compose_study("run", ["scenario=ordinary"])
    with_it = compose_study("run", ["scenario=ordinary", f"posterior={path}"])
    assert plain.fingerprint() != with_it.fingerprint()
    assert with_it.resolved()["posterior"]["members"] == 3
    assert "posterior" not in plain.resolved()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"member": [1]}, "is no ensemble"),
        ({"weight": [1.0]}, "is no ensemble"),
        ({"weight": [0.0], "exit.conflict": [1.0]}, "a weight that is not above 0"),
    ],
)
def test_a_file_that_is_no_ensemble_is_refused(columns: dict[str, list[float]], words: str, tmp_path: Path) -> None:
    pd.DataFrame(columns).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match=words):
        read_ensemble(tmp_path / "a.parquet")


@pytest.mark.parametrize("wanted", ["5", "nowhere.parquet"])
def test_a_posterior_that_is_none_is_refused_in_one_line(wanted: str) -> None:
    with pytest.raises(InputError, match=f"posterior={wanted}"):
        compose_study("run", [f"posterior={wanted}"])


def test_members_out_of_range_are_refused(path: Path, tmp_path: Path) -> None:
    pd.DataFrame({"weight": [1.0], "exit.conflict": [99.0]}).to_parquet(tmp_path / "b.parquet")
    with pytest.raises(InputError, match=r"exit.conflict=99.0 is out of range"):
        compose_study("run", [f"posterior={tmp_path / 'b.parquet'}"])


def test_from_python_the_arms_asked_for_are_run_over_the_ensemble(
    path: Path, use_engine: Callable[[str], None]
) -> None:
    use_engine("steady")
    tables = compare("minimal", strategies=["none", "all"], overrides=[f"posterior={path}"], replicates=2)
    assert tables.runs.groupby("strategies")["point"].nunique().to_dict() == {"all": 3, "none": 3}
    assert tables.trajectories is None
