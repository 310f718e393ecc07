"""What the figures show is what the tables say; styles tell every arm apart; files are the same every time."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from cisim.core.records import CAUSES
from cisim.figures import save
from cisim.figures.effects_forest import effects_figure
from cisim.figures.entries import write_figures
from cisim.figures.parts import OVERHANG, marked
from cisim.figures.style import STYLES, arm_styles
from cisim.figures.survival_curves import survival_figure
from cisim.figures.trajectory_panels import spread_figure, trajectories_figure
from cisim.figures.ways_to_end import COMPLETED, FILLS, OTHER, cause_fills, incidence_figure
from cisim.questions.compare.figures import FIGURES
from cisim.questions.compare.tables import comparison_tables
from cisim.questions.outputs import write_outputs
from cisim.questions.run.figures import FIGURES as WITHIN_RUNS
from cisim.report.contents import report_figures
from cisim.survival.labels import LABELS
from cisim.survival.trajectories import PANELS
from tests.survival.made_up import FIVE, make_members, make_runs, make_trajectories

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


def rows(table: pd.DataFrame, **values: object) -> pd.DataFrame:
    """Rows in which every named column has the value given."""
    chosen = np.logical_and.reduce([table[name] == value for name, value in values.items()])
    return table[chosen]


def bands_of(axes: Axes) -> list[PolyCollection]:
    """Areas drawn between two curves."""
    return [band for band in axes.collections if type(band).__name__ == "FillBetweenPolyCollection"]


def texts(figure: Figure) -> str:
    """Everything written in a figure."""
    return "\n".join(text.get_text() for text in figure.findobj(match=lambda artist: hasattr(artist, "get_text")))


def test_survival_curves_show_the_table(tables: dict[str, pd.DataFrame]) -> None:
    axes = survival_figure(tables["survival"]).axes[0]
    lines = {line.get_label(): line for line in axes.get_lines()}
    assert list(lines) == list(FIVE)
    for label, line in lines.items():
        part = rows(tables["survival"], strategies=label)
        np.testing.assert_array_equal(line.get_xdata()[:-1], part["month"])
        np.testing.assert_array_equal(line.get_ydata()[:-1], part["survival"])
        assert line.get_xdata()[-1] == (1 + OVERHANG) * 240


def test_survival_bands_show_the_intervals(tables: dict[str, pd.DataFrame]) -> None:
    axes = survival_figure(tables["survival"]).axes[0]
    bands = bands_of(axes)
    for band, label in zip(bands, FIVE, strict=True):
        part = rows(tables["survival"], strategies=label)
        heights = band.get_paths()[0].vertices[:, 1]
        assert (heights.min(), heights.max()) == (part["lower"].min(), 1.0)
        assert set(part["upper"]) <= set(heights)


def test_survival_bars_show_the_intervals_at_the_markers(tables: dict[str, pd.DataFrame]) -> None:
    axes = survival_figure(tables["survival"]).axes[0]
    bars = [bars for bars in axes.collections if type(bars).__name__ == "LineCollection"]
    for line, arm_bars in zip(axes.get_lines(), bars, strict=True):
        part = rows(tables["survival"], strategies=line.get_label()).iloc[line.get_markevery()]
        expected = part[["month", "lower", "month", "upper"]].to_numpy().reshape(-1, 2, 2)
        np.testing.assert_array_equal(arm_bars.get_segments(), expected)


def test_numbers_at_risk_are_those_of_the_table(tables: dict[str, pd.DataFrame]) -> None:
    counts = survival_figure(tables["survival"]).axes[1]
    for text in counts.texts:
        month, row = text.get_position()
        expected = rows(tables["survival"], month=month).iloc[row]
        assert text.get_text() == str(expected["at_risk"])
    assert len(counts.texts) == 5 * 5


def test_years_are_ticked_and_the_data_stay_in_months(tables: dict[str, pd.DataFrame]) -> None:
    axes = survival_figure(tables["survival"]).axes[0]
    assert list(axes.get_xticks()) == [0, 60, 120, 180, 240]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "5", "10", "15", "20"]
    assert axes.get_xlabel() == "Years since founding"


def test_bands_are_left_out_where_more_than_five_would_drown_in_one_another(tables: dict[str, pd.DataFrame]) -> None:
    many = survival_figure(comparison_tables(make_runs(LABELS, 20))["survival"])
    assert len(many.axes[0].get_lines()) == 8
    assert len(bands_of(many.axes[0])) == 0
    assert len(bands_of(survival_figure(tables["survival"]).axes[0])) == 5
    assert "Bars: pointwise" in texts(many)


def test_incidence_stacks_causes_from_below_and_completions_from_above(tables: dict[str, pd.DataFrame]) -> None:
    figure = incidence_figure(tables["incidence"])
    assert [axes.get_title() for axes in figure.axes] == list(FIVE)
    for axes, label in zip(figure.axes, FIVE, strict=True):
        end = rows(tables["incidence"], strategies=label, month=240).set_index(["ending", "cause"])
        tops = [line.get_ydata()[-1] for line in axes.get_lines() if len(line.get_ydata()) == 242]
        causes = [cause for cause in FILLS if ("failed", cause) in end.index]
        expected = np.cumsum([end.loc[("failed", cause), "incidence"] for cause in causes])
        np.testing.assert_allclose(tops[:-1], expected)
        fills = [band for band in axes.collections if type(band).__name__ == "FillBetweenPolyCollection"]
        completed = fills[-1].get_paths()[0].vertices[:, 1]
        assert completed.min() == pytest.approx(1 - end.loc[("completed", "any"), "incidence"])


def test_every_cause_of_the_model_has_a_fill_that_no_other_way_to_end_has(tables: dict[str, pd.DataFrame]) -> None:
    """Drawn for every cause and for one of a researcher's own: the areas of a panel are all told apart."""
    table = tables["incidence"]
    one = table[(table["strategies"] == "none") & (table["cause"] == "conflict")]
    causes = [one.assign(cause=cause, incidence=0.1 * one["incidence"]) for cause in (*CAUSES, "mine")]
    rest = table[(table["strategies"] == "none") & (table["cause"] == "any")]
    axes = incidence_figure(pd.concat([rest, *causes], ignore_index=True)).axes[0]
    areas = [band for band in axes.collections if type(band).__name__ == "FillBetweenPolyCollection"]
    fills = [(to_hex(area.get_facecolor()[0]).upper(), area.get_hatch() or "") for area in areas]
    expected = [*(tuple(FILLS[cause]) for cause in FILLS), tuple(OTHER), tuple(COMPLETED)]
    assert fills == [(colour.upper(), hatch) for colour, hatch in expected]
    assert set(FILLS) == set(CAUSES)
    assert len(set(fills)) == len(CAUSES) + 2


def test_causes_that_are_added_take_fills_of_their_own() -> None:
    fills = cause_fills((*CAUSES, *(f"new {i}" for i in range(10))))
    assert len({*fills.values(), OTHER, COMPLETED}) == len(CAUSES) + 12
    assert all(fills[cause] == FILLS[cause] for cause in CAUSES)


def test_incidence_bars_show_the_intervals_of_failure_and_of_completion(tables: dict[str, pd.DataFrame]) -> None:
    axes = incidence_figure(tables["incidence"]).axes[0]
    failures, completions = (bars.lines[2][0].get_segments() for bars in axes.containers)
    failed = rows(tables["incidence"], strategies="none", ending="failed", cause="any").set_index("month")
    completed = rows(tables["incidence"], strategies="none", ending="completed").set_index("month")
    assert len(failures) == len(completions) == 3
    for (month, low), (_, high) in failures:
        assert (low, high) == pytest.approx(tuple(failed.loc[month, ["lower", "upper"]]))
    for (month, low), (_, high) in completions:
        assert (1 - high, 1 - low) == pytest.approx(tuple(completed.loc[month, ["lower", "upper"]]))


def test_the_legend_of_incidence_leaves_out_completion_where_there_is_none() -> None:
    figure = incidence_figure(comparison_tables(make_runs(completion=0.0))["incidence"])
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "completed" not in names
    assert names[-1] == "still running"


def test_the_forest_plot_shows_differences_and_intervals(tables: dict[str, pd.DataFrame]) -> None:
    figure = effects_figure(tables["effects"])
    shown = tables["effects"].query("measure == 'time_free_of_failure'").set_index("strategies")
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == list(FIVE[1:])
    points = {line.get_label(): line.get_xdata()[0] for line in axes.get_lines() if len(line.get_xdata()) == 1}
    assert points == shown["difference"].to_dict()
    spans = [tuple(line.get_xdata()) for line in axes.get_lines()[1::2]]
    assert spans == list(shown[["lower", "upper"]].itertuples(index=False, name=None))
    assert "Against none, months 1 to 240. Pairs of runs in the same" in texts(figure).replace("\n", " ")


def test_trajectories_show_means_of_every_measure_and_the_number_alive(tables: dict[str, pd.DataFrame]) -> None:
    figure = trajectories_figure(tables["trajectories"])
    table = tables["trajectories"]
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == [*(title for title, _ in PANELS.values()), "Coalitions alive"]
    assert all(axes.get_ylabel() for axes in figure.axes)
    for axes, measure in zip(figure.axes, PANELS, strict=False):
        for line in axes.get_lines():
            part = rows(table, measure=measure, strategies=line.get_label()).query("n_alive >= 5")
            np.testing.assert_array_equal(line.get_ydata(), part["mean"])
    alive = {line.get_label(): line.get_ydata()[-1] for line in figure.axes[-1].get_lines()}
    assert alive == table.query("measure == 'trust' and month == 240").set_index("strategies")["n_alive"].to_dict()
    assert "coalitions still alive in a month" in texts(figure)


def test_trajectory_bands_show_the_intervals_of_the_means(tables: dict[str, pd.DataFrame]) -> None:
    axes = trajectories_figure(tables["trajectories"]).axes[0]
    bands = bands_of(axes)
    for band, label in zip(bands, FIVE, strict=True):
        part = rows(tables["trajectories"], measure="trust", strategies=label).query("n_alive >= 5")
        heights = set(band.get_paths()[0].vertices[:, 1])
        assert heights == set(part["lower"]) | set(part["upper"])


def test_a_mean_of_too_few_coalitions_is_not_drawn() -> None:
    runs = make_runs(("none",), 30)
    figure = trajectories_figure(comparison_tables(runs, make_trajectories(runs))["trajectories"])
    drawn = figure.axes[0].get_lines()[0].get_xdata()
    assert (runs["duration"] >= drawn[-1]).sum() >= 5
    assert (runs["duration"] > drawn[-1]).sum() < 5 or drawn[-1] == 240


def test_spread_shows_the_middle_eighty_percent_of_the_coalitions(tables: dict[str, pd.DataFrame]) -> None:
    figure = spread_figure(tables["trajectories"])
    band = figure.axes[0].collections[0].get_paths()[0].vertices[:, 1]
    part = rows(tables["trajectories"], strategies="none", measure="trust").query("n_alive >= 5")
    assert (band.min(), band.max()) == (part["q10"].min(), part["q90"].max())
    assert len(figure.axes) == 5 * 5


def test_every_label_has_a_colour_a_line_and_a_marker_of_its_own() -> None:
    assert list(STYLES) == list(LABELS)
    assert len({style.colour for style in STYLES.values()}) == len(LABELS)
    assert len({style.marker for style in STYLES.values()}) == len(LABELS)
    assert len({(style.colour, str(style.line)) for style in STYLES.values()}) == len(LABELS)


def test_a_label_looks_the_same_whatever_stands_beside_it() -> None:
    for label in LABELS:
        assert arm_styles([label, "none"])[label] == arm_styles(LABELS)[label] == STYLES[label]


def test_own_labels_take_free_styles_in_any_order() -> None:
    styles = arm_styles(["none", "b", "a"])
    assert styles == arm_styles(["a", "none", "b"])
    assert len({style.colour for style in styles.values()}) == 3


def test_markers_of_two_arms_do_not_fall_on_each_other() -> None:
    places = [place for arm in range(8) for place in marked(arm, 8, 241)]
    assert len(places) == len(set(places)) == 48
    assert marked(0, 1, 1) == [0]


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
    monkeypatch.setattr("cisim.figures.save.DOTS_PER_INCH", 40)
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
    monkeypatch.setattr("cisim.figures.save.DOTS_PER_INCH", FINE)
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
        "import sys, cisim.questions.outputs, cisim.report.contents as contents;"
        "tables = [contents.report_tables(question.name) for question in contents.QUESTIONS];"
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
