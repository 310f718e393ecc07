"""Prior against posterior, ensemble against patterns, and durations as targets."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cisim.cli.experiment import write_outputs
from cisim.errors import InputError
from cisim.questions.calibrate.figures import calibration_figures
from cisim.questions.calibrate.observed_targets import observed_targets
from cisim.questions.calibrate.tables import calibration_tables, identifiability_table, predictive_table
from cisim.survival.curves import survival_curve
from cisim.survival.spells import read_spells


def prior(**changes: object) -> pd.DataFrame:
    rows = [
        {"parameter": "exit.conflict", "low": 0.0, "high": 6.0, "distribution": "uniform", "case": 3.1},
        {"parameter": "population.size", "low": 1.0, "high": 100.0, "distribution": "loguniform", "case": 10.0},
    ]
    return pd.DataFrame(rows)


def ensemble(n: int = 200) -> pd.DataFrame:
    """One parameter narrowed to its lower half, one as its prior has it."""
    even = (np.arange(n) + 0.5) / n
    columns = {"exit.conflict": 3.0 * even, "population.size": 100.0 ** even[::-1], "alive": 0.8 + 0.2 * even}
    return pd.DataFrame({"member": np.arange(n), "weight": 1 / n, **columns})


def targets() -> pd.DataFrame:
    row = {"name": "alive", "value": 0.9, "low": 0.85, "high": 0.95, "weight": 1.0, "source": "b"}
    return pd.DataFrame([row])


def test_a_narrowed_parameter_is_distinguished_from_one_that_keeps_its_prior() -> None:
    table = identifiability_table(ensemble(), prior()).set_index("parameter")
    assert table.index[0] == "exit.conflict"
    assert table.loc["exit.conflict", "ks"] == pytest.approx(0.5, abs=0.01)
    assert table.loc["exit.conflict", "sd_ratio"] == pytest.approx(0.5, abs=0.01)
    assert table.loc["population.size", "ks"] < 0.01
    assert table.loc["population.size", "sd_ratio"] == pytest.approx(1.0, abs=0.01)
    assert table["is_informed"].tolist() == [True, False]


def test_the_share_of_the_ensemble_inside_an_interval_is_reported() -> None:
    row = predictive_table(ensemble(), targets()).iloc[0]
    assert row["share_inside"] == pytest.approx(0.5)
    assert row["median"] == pytest.approx(0.9, abs=0.01)
    assert (row["lowest"], row["highest"]) == pytest.approx((0.8, 1.0), abs=0.01)


def test_tables_and_figures_are_written(tmp_path: Path) -> None:
    tables = calibration_tables(ensemble(), targets(), prior())
    write_outputs(tables, calibration_figures(ensemble()), tmp_path, {"seed": "1"})
    assert len(list((tmp_path / "figures").glob("*.p*"))) == 4
    assert len(list((tmp_path / "tables").glob("*.csv"))) == 2


def observed(n: int = 200) -> pd.DataFrame:
    random = np.random.default_rng(2)
    ends = np.ceil(random.exponential(60.0, n))
    followed = random.integers(24, 120, n)
    ended = ends <= followed
    cause = np.where(random.random(n) < 0.3, "completed", "conflict")
    return pd.DataFrame(
        {"duration": np.minimum(ends, followed), "event_observed": ended, "cause": np.where(ended, cause, "")}
    )


def test_survival_from_age_to_age_multiplies_to_survival() -> None:
    table = observed()
    found = observed_targets(read_spells(table, cause="cause"), "mine")
    parts = [target for target in found["targets"] if target["statistic"] == "survival"]
    assert [part["after"] for part in parts] == [0, *(part["month"] for part in parts[:-1])]
    whole = survival_curve(table["duration"], table["event_observed"], grid=[parts[-1]["month"]])
    assert np.prod([part["value"] for part in parts]) == pytest.approx(whole.at(parts[-1]["month"]).value)
    assert all(part["low"] < part["value"] < part["high"] for part in found["targets"])


def test_completions_are_a_target_where_causes_show_them() -> None:
    found = observed_targets(read_spells(observed(), cause="cause"), "mine")["targets"][-1]
    assert found["statistic"] == "share_completed"
    assert found["low"] < 0.3 < found["high"]
    without = observed_targets(read_spells(observed()), "mine")["targets"]
    assert all(target["statistic"] == "survival" for target in without)


def test_endings_up_to_the_last_month_followed_give_survival_until_then() -> None:
    table = pd.DataFrame({"duration": [4] * 6 + [24] * 30, "event_observed": [True] * 12 + [False] * 24})
    [target] = observed_targets(read_spells(table), "mine")["targets"]
    assert (target["month"], target["after"]) == (24, 0)
    assert target["value"] == pytest.approx(24 / 36)


def test_too_few_endings_are_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="too few to calibrate on; give 10 or more"):
        observed_targets(read_spells(observed(8)), "mine")
