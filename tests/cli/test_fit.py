"""``cisim fit``: its files, its output, and its errors of one line."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cisim.survival.curves import survival_curve
from tests.cli.conftest import Command
from tests.report.results import write_result

INVENTED = Path(__file__).parents[2] / "docs" / "data" / "invented-coalitions.csv"
NAMED = ("duration=months", "event=ended")


def test_fit_writes_tables_a_figure_and_where_they_come_from(cisim: Command, folder: Path) -> None:
    done = cisim("fit", str(INVENTED), *NAMED, "cause=why", "group=region", "breaks=[36,72]", "name=mine")
    assert (done.code, done.err) == (0, "")
    result = folder / "results" / "fit" / "mine"
    tables = sorted(path.stem for path in (result / "tables").iterdir())
    assert tables == [
        "differences",
        "families",
        "family_curves",
        "incidence",
        "parameters",
        "rates",
        "summary",
        "survival",
    ]
    assert sorted(path.name for path in (result / "figures").iterdir()) == ["persistence.pdf", "persistence.png"]
    manifest = json.loads((result / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["verb"], manifest["table"], manifest["statements"]) == ("fit", "invented-coalitions.csv", [])
    assert manifest["command"].startswith("cisim fit ")
    assert "results in results/fit/mine" in done.out


def test_the_numbers_are_those_of_the_table(cisim: Command, folder: Path) -> None:
    cisim("fit", str(INVENTED), *NAMED, "name=mine")
    table = pd.read_csv(INVENTED)
    curve = survival_curve(table["months"], table["ended"] == "yes")
    written = pd.read_csv(folder / "results" / "fit" / "mine" / "tables" / "survival.csv")
    np.testing.assert_allclose(
        written[["survival", "lower", "upper"]], np.c_[curve.probability, curve.lower, curve.upper]
    )
    families = pd.read_csv(folder / "results" / "fit" / "mine" / "tables" / "families.csv")
    assert families["family"].tolist() == ["exponential", "Weibull", "log-normal", "log-logistic"]


def test_simulated_coalitions_stand_beside_the_observed(cisim: Command, folder: Path) -> None:
    duration = np.r_[np.arange(1, 51), [120] * 50]
    runs = pd.DataFrame({"strategies": "none", "replicate": np.arange(100), "duration": duration})
    runs = runs.assign(event_observed=duration < 120, cause="", status="ok")
    runs["ending"] = np.where(runs["event_observed"], "failed", "censored")
    write_result(folder / "result", runs)
    done = cisim("fit", str(INVENTED), *NAMED, "with=result", "tau=100", "name=mine")
    assert done.code == 0, done.err
    table = pd.read_csv(folder / "results" / "fit" / "mine" / "tables" / "differences.csv")
    assert table[["group", "baseline", "tau"]].to_numpy().tolist() == [["simulated", "observed", 100.0]]


def test_the_limits_of_the_data_are_stated(cisim: Command, folder: Path) -> None:
    Path("open.csv").write_text("duration,event_observed\n12,no\n30,no\n", encoding="utf-8")
    done = cisim("fit", "open.csv", "name=mine")
    assert done.code == 0
    assert "note: none of 2 spells ended within 30 months" in done.out
    assert "note: no parametric family is fitted: none of 2 spells ended" in done.out
    assert "not reached" in done.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "cisim fit names no table; write cisim fit TABLE.csv, then name=value"),
        (["a.csv", "b.csv"], "cisim fit names 2 tables (a.csv, b.csv); write"),
        (["none.csv"], "there is no file none.csv; give the path of a CSV or Parquet table"),
        ([str(INVENTED)], "the table lacks the column duration, event_observed: it has coalition, region"),
        ([str(INVENTED), "duration=coalition", "event=ended"], "coalition of 48 of 48 rows is not usable"),
        ([str(INVENTED), *NAMED, "colour=why"], "cisim fit does not take colour=; choose from duration=, event=,"),
        ([str(INVENTED), *NAMED, "tau=long"], "tau=long is not a number of months; write for instance tau=36"),
        ([str(INVENTED), *NAMED, "tau=500"], "tau is 500 months: it must be above 0 and at most 167"),
        ([str(INVENTED), *NAMED, "breaks=[72,36]"], "breaks are [72.0, 36.0]: they must be ages above 0 in rising"),
        ([str(INVENTED), *NAMED, "unit=days"], "unit is 'days': it must be one of months, years"),
        ([str(INVENTED), *NAMED, "group="], "group= is empty; give one value, or leave it out"),
        ([str(INVENTED), *NAMED, "unit=years", "unit=months"], "unit= is given twice; give one value"),
        (
            [str(INVENTED), *NAMED, "with=."],
            ". holds no result; name a folder that a cisim verb",
        ),
        ([str(INVENTED), *NAMED, "name=a/b"], "name=a/b is not the name of one folder"),
        ([str(INVENTED), "-m"], "cisim fit takes a table and name=value only; leave out -m"),
    ],
)
def test_bad_input_ends_in_one_line_and_writes_nothing(
    cisim: Command, folder: Path, words: list[str], message: str
) -> None:
    done = cisim("fit", *words)
    assert done.code == 2
    assert len(done.complaints) == 1
    assert message in done.complaints[0]
    assert not list(folder.iterdir())


def test_a_file_that_is_no_table_is_refused(cisim: Command, folder: Path) -> None:
    Path("odd.parquet").write_bytes(b"not a table")
    Path("odd.csv").write_bytes(bytes(range(256)))
    for name in ("odd.parquet", "odd.csv"):
        done = cisim("fit", name)
        assert done.code == 2
        assert f"cannot read {name} as a table" in done.complaints[0]


def test_a_result_is_not_written_over(cisim: Command) -> None:
    cisim("fit", str(INVENTED), *NAMED, "name=mine")
    done = cisim("fit", str(INVENTED), *NAMED, "name=mine")
    assert done.code == 2
    assert "results/fit/mine exists already and is not overwritten" in done.complaints[0]


def test_help_names_every_word(cisim: Command) -> None:
    done = cisim("fit", "--help")
    assert "usage: cisim fit TABLE [name=value ...]" in done.out
    for name in ("duration=duration", "event=event_observed", "breaks=", "with="):
        assert name in done.out
