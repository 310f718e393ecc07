"""Text of users in tables is shown by a spreadsheet, and not computed."""

from pathlib import Path

import pandas as pd

from cisim.reading.table_files import write_csv
from tests.cli.conftest import Command, cisim, folder

__all__ = ["cisim", "folder"]


def test_text_of_users_is_no_formula_in_a_table(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "=label": ["=1+1", "+cmd", "-x", "@sum", "\tx", "\rx", "plain", "a\r=b", None],
            "text": ["-1.5", "+3", "-inf", "-1e5", "-", "", "'x", "-1 %", "1-2"],
            "number": [-1.0, -2.5, float("-inf"), float("nan"), 0.1, 1e-17, -0.0, 3.0, 4.0],
        }
    )
    before = table.copy()
    write_csv(table, tmp_path / "table.csv")
    pd.testing.assert_frame_equal(table, before)
    found = pd.read_csv(tmp_path / "table.csv", keep_default_na=False, dtype=str)
    assert list(found) == ["'=label", "text", "number"]
    assert list(found["'=label"]) == ["'=1+1", "'+cmd", "'-x", "'@sum", "'\tx", "'\nx", "plain", "a\n=b", ""]
    assert list(found["text"]) == ["-1.5", "+3", "-inf", "-1e5", "'-", "", "'x", "'-1 %", "1-2"]
    assert list(found["number"]) == ["-1.0", "-2.5", "-inf", "", "0.1", "1e-17", "-0.0", "3.0", "4.0"]


def test_a_table_without_such_text_has_the_bytes_of_pandas(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"a": pd.Categorical(["x", None, "y"]), "b": [-1, 2, 3], "c": ["u", None, "v, w"], 4: [True, False, True]}
    )
    write_csv(table, tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text() == table.to_csv(index=False, lineterminator="\n")


def test_all_csv_files_are_written_in_one_place(checkout: Path) -> None:
    files = [path for path in (checkout / "cisim").rglob("*.py") if ".to_csv(" in path.read_text(encoding="utf-8")]
    assert [path.name for path in files] == ["table_files.py"]


def test_groups_of_a_users_table_are_no_formulas(cisim: Command, folder: Path) -> None:
    rows = [f"{group},{10 + i},yes" for i in range(30) for group in ("=1+1", "-north")]
    Path("durations.csv").write_text("\n".join(["region,months,ended", *rows]) + "\n", encoding="utf-8")
    words = ("duration=months", "event=ended", "group=region", "name=a")
    assert cisim("fit", "durations.csv", *words).code == 0
    text = "".join(path.read_text(encoding="utf-8") for path in Path("results/fit/a/tables").glob("*.csv"))
    assert "'=1+1" in text
    assert not [line for line in text.splitlines() for cell in line.split(",") if cell.startswith(("=", "-n"))]
