"""Files of tables and figures: their names, the same bytes every time, and where they come from inside them."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from cisim.cli.experiment import write_outputs
from cisim.figures import entries as save
from cisim.figures.entries import write_figures
from cisim.questions.compare.figures import FIGURES
from cisim.questions.compare.tables import comparison_tables
from cisim.questions.run.figures import FIGURES as WITHIN_RUNS
from cisim.report.contents import report_figures
from cisim.survival.words import LABELS
from tests.survival.made_up import make_members, make_runs, make_trajectories

#: Dots per inch that users get; tests write fewer (tests/conftest.py).
FINE = save.DOTS_PER_INCH


@pytest.fixture(scope="module")
def tables(runs: pd.DataFrame, trajectories: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return comparison_tables(runs, trajectories)


def write_comparison(
    runs: pd.DataFrame,
    trajectories: pd.DataFrame | None,
    members: pd.DataFrame | None,
    folder: Path,
    provenance: dict[str, str],
) -> list[Path]:
    """Write what ``cisim compare`` writes of its runs."""
    tables = comparison_tables(runs, trajectories, members)
    return write_outputs(tables, (*FIGURES, *WITHIN_RUNS), folder, provenance)


@pytest.mark.parametrize(
    "runs",
    [
        make_runs(replicates=8, completion=0.0),
        make_runs(horizon=1),
        make_runs(("all",), 20, 18),
        make_runs(("none", "own"), 1, 60),
        make_runs(LABELS, 12),
    ],
    ids=["few runs", "one month", "one arm", "one run", "all8"],
)
def test_thin_results_are_drawn_without_a_warning(
    runs: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cisim.figures.entries.DOTS_PER_INCH", 40)
    written = write_comparison(runs, make_trajectories(runs), make_members(runs), tmp_path, {"seed": "7"})
    n_figures = 5 if set(runs["strategies"]) == {"all"} else 6
    assert len([path for path in written if path.suffix == ".png"]) == n_figures


def test_without_trajectories_and_members_the_rest_is_written(runs: pd.DataFrame, tmp_path: Path) -> None:
    written = write_comparison(runs, None, None, tmp_path, {})
    assert sorted(path.relative_to(tmp_path).as_posix() for path in written) == [
        *(f"figures/{name}.{kind}" for name in ("effects", "incidence", "survival") for kind in ("pdf", "png")),
        *(f"tables/{name}.csv" for name in ("comparison", "effects", "incidence", "survival")),
    ]


def test_tables_on_disk_are_the_tables_in_memory(runs: pd.DataFrame, tmp_path: Path) -> None:
    write_comparison(runs, None, None, tmp_path, {})
    for name, table in comparison_tables(runs).items():
        read = pd.read_csv(tmp_path / "tables" / f"{name}.csv", keep_default_na=True)
        pd.testing.assert_frame_equal(read, table, check_dtype=False)


def test_the_same_results_give_the_same_bytes(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
        write_figures(FIGURES, {"survival": tables["survival"]}, folder, {"seed": "7"})
    for name in ("survival.pdf", "survival.png"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_provenance_is_in_the_files_and_no_date_is(
    tables: dict[str, pd.DataFrame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cisim.figures.entries.DOTS_PER_INCH", FINE)
    provenance = {"version": "9.9", "command": "cisim compare"}
    pdf, png = write_figures(FIGURES, {"effects": tables["effects"]}, tmp_path, provenance)
    with Image.open(png) as image:
        assert image.text["Description"] == "version: 9.9; command: cisim compare"
        assert [round(dots) for dots in image.info["dpi"]] == [300, 300] == [FINE, FINE]
    document = pdf.read_bytes()
    assert b"version: 9.9; command: cisim compare" in document
    assert b"CreationDate" not in document
    assert b"/Subtype /Type3" not in document
    assert b"/FontFile2" in document


def test_figures_have_names_of_their_own() -> None:
    names = [entry.name for entry in report_figures()]
    assert len(set(names)) == len(names)


def test_matplotlib_is_not_loaded_before_there_is_something_to_draw() -> None:
    code = (
        "import sys, cisim.cli.experiment, cisim.report.contents as contents;"
        "tables = [contents.report_tables(question.name) for question in contents.QUESTIONS];"
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
