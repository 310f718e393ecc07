"""Figures agree with their tables; every arm has a style of its own; files are the same every time."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from cisim.figures.effects import effects_figure
from cisim.figures.parts import OVERHANG, marked
from cisim.figures.style import STYLES, arm_styles
from cisim.figures.survival_curves import survival_figure
from cisim.figures.trajectory_panels import spread_figure, trajectories_figure
from cisim.questions.compare.tables import comparison_tables
from cisim.survival.trajectories import PANELS
from cisim.survival.words import LABELS
from tests.survival.made_up import FIVE, make_runs, make_trajectories


@pytest.fixture(scope="module")
def tables(runs: pd.DataFrame, trajectories: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return comparison_tables(runs, trajectories)


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
