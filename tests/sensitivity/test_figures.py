"""Figures of indices through time, of pairs and of conditional means agree with their tables, and degrade well."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from cisim.figures.entries import WIDTHS, FigureEntry, write_figures
from cisim.parameters import REGISTRY
from cisim.questions.sensitivity import indices
from cisim.questions.sensitivity.figures import FIGURES, pairs_figure
from cisim.questions.sensitivity.profile_figures import conditional_figure, time_figure
from cisim.questions.sensitivity.profiles import ranking
from cisim.questions.sensitivity.tables import verdicts_display
from cisim.questions.sensitivity.units_and_worlds import CONDITIONAL, PAIRS, TIME, VERDICTS
from tests.sensitivity import toys
from tests.sensitivity.toys import analysed, lasting, noisy, sure


def months(x: np.ndarray) -> np.ndarray:
    """Spells that fail sooner the higher the first two shares are, which work together."""
    return np.random.default_rng(1).exponential(1 / (0.002 + 0.1 * x[:, :1] * x[:, 1:2]), (len(x), 10))


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    options = {"second_order": True, "outcomes": ("share_failed", "survival")}
    return lasting("sobol", months, 3, 64, 60, **options)


def texts(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.findobj(Text)).replace("\n", " ").replace("\xa0", " ")


def test_lines_through_time_are_those_of_the_table_strongest_first(tables: dict[str, pd.DataFrame]) -> None:
    figure = time_figure(tables[TIME])
    names = [*ranking(tables[TIME], "ST"), "dummy"]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == names
    for axes, index in zip(figure.axes, ("ST", "S1"), strict=True):
        lines = {line.get_label(): line for line in axes.get_lines()[1:]}
        assert len({(line.get_color(), line.get_marker()) for line in lines.values()}) == len(names)
        for name in names:
            rows = tables[TIME][(tables[TIME]["parameter"] == name) & (tables[TIME]["index"] == index)].dropna(
                subset="value"
            )
            np.testing.assert_array_equal(lines[name].get_xdata(), rows["month"])
            np.testing.assert_array_equal(lines[name].get_ydata(), rows["value"])


def test_years_that_vary_too_little_are_left_out_and_named(tables: dict[str, pd.DataFrame]) -> None:
    gap = tables[TIME].copy()
    gap.loc[gap["month"].isin([12, 24, 48]), ["value", "lower", "upper"]] = np.nan
    assert "varies too little: years 1 to 2, 4." in texts(time_figure(gap))
    assert "varies too little" not in texts(time_figure(gap[gap["value"].notna()]))


def test_pairs_have_a_number_where_their_interval_lies_above_0_and_a_cross_elsewhere() -> None:
    columns = {"outcome": "share_failed", "index": "S2", "parameter": ["a", "a", "b"], "other": ["b", "c", "c"]}
    values = {"value": [0.3, -0.02, 0.1], "lower": [0.2, -0.1, 0.0], "upper": [0.4, 0.1, 0.2]}
    figure = pairs_figure(pd.DataFrame({**columns, **values, "is_distinct": [True, False, False]}))
    axes = figure.axes[0]
    words = {tuple(map(int, text.get_position())): text.get_text() for text in axes.texts}
    assert words == {(0, 1): ".30", (0, 2): "\N{MULTIPLICATION SIGN}", (1, 2): "\N{MULTIPLICATION SIGN}"}
    cells = np.ma.filled(axes.collections[0].get_array(), np.nan)
    np.testing.assert_array_equal([cells[1, 0], cells[2, 0], cells[2, 1]], [0.3, 0.0, 0.1])
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a  1", "b  2", "c  3"]


def test_conditional_means_pass_through_their_classes(tables: dict[str, pd.DataFrame]) -> None:
    table = tables[CONDITIONAL]
    axes = conditional_figure(table).axes[0]
    name = axes.get_xlabel().replace("\n", "")
    classes = table[(table["parameter"] == name) & (table["kind"] == "class")]
    np.testing.assert_allclose(axes.get_lines()[-1].get_ydata(), classes["mean"])
    bars = [tuple(segment[:, 1]) for segment in axes.collections[0].get_segments()]
    np.testing.assert_allclose(bars, classes[["lower", "upper"]])


def test_wide_parameters_have_a_logarithmic_axis_and_categories_their_names(tables: dict[str, pd.DataFrame]) -> None:
    table = tables[CONDITIONAL].copy()
    first, second = table["parameter"].unique()[:2]
    table["value"] = table["value"].astype(object)
    wide = table["parameter"] == first
    table.loc[wide, "value"] = 10 ** (4 * table.loc[wide, "share"])
    table.loc[table["parameter"] == second, "value"] = "public"
    axes = conditional_figure(table).axes
    assert [one.get_xscale() for one in axes] == ["log", "linear", "linear"]
    assert {label.get_text() for label in axes[1].get_xticklabels()} == {"public"}
    assert axes[1].get_lines()[-1].get_linestyle() == "None"


@pytest.fixture(scope="module")
def forty() -> Iterator[dict[str, pd.DataFrame]]:
    """Forty parameters with the longest names that there are, three outcomes."""
    longest = sorted(REGISTRY, key=lambda name: -len(name))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(toys, "NAMES", [name for name in longest if REGISTRY[name].distribution == "uniform"])
        patch.setattr(indices, "NESTED", (1,))
        options = {"second_order": True, "outcomes": ("share_failed", "median", "survival")}
        spread = lasting("sobol", months, 40, 20, 48, **options)
        screened = analysed("morris", noisy(lambda x: x[:, 0], 4, 0.3), 40, 8)
        predicted = analysed("surrogate", toys.sure(lambda x: x[:, 0]), 9, 32)
        yield spread | screened | {name: predicted[name] for name in ("sensitivity_main_effects",)}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("entry", FIGURES, ids=lambda entry: entry.name)
def test_forty_parameters_with_long_names_stay_inside(
    entry: FigureEntry, width: str, forty: dict[str, pd.DataFrame]
) -> None:
    figure = entry.draw(forty[entry.table], WIDTHS[width])
    figure.draw_without_rendering()
    box = figure.get_tightbbox()
    assert (box.x0, box.y0) > (-0.03, -0.03)
    assert box.x1 < WIDTHS[width] + 0.03
    assert figure.get_figheight() < 250 / 25.4


@pytest.mark.parametrize("method", ["sobol", "morris", "rbd_fast"])
def test_one_parameter_has_figures_and_no_pairs(method: str, tmp_path: Path) -> None:
    samples = {"sobol": 64, "morris": 8, "rbd_fast": 128}[method]
    options = {"second_order": True} if method == "sobol" else {}
    tables = lasting(
        method,
        lambda x: months(np.repeat(x, 2, axis=1)),
        1,
        samples,
        36,
        outcomes=("share_failed", "survival"),
        **options,
    )
    assert PAIRS not in tables
    drawn = {path.stem for path in write_figures(FIGURES, tables, tmp_path, {})}
    assert {"sensitivity", "sensitivity_convergence", "sensitivity_time"} <= drawn


def test_an_outcome_that_never_varies_has_no_figure(tmp_path: Path) -> None:
    tables = analysed("sobol", sure(lambda x: np.ones(len(x))), 2, 64, second_order=True)
    assert write_figures(FIGURES, tables, tmp_path, {}) == []


def test_verdicts_on_outcomes_that_never_vary_are_shown_without_a_count() -> None:
    tables = analysed("sobol", sure(lambda x: np.ones(len(x))), 2, 64)
    shown = verdicts_display(tables[VERDICTS])
    assert set(shown["Parameters that stand out"]) == {"\N{EN DASH}"}
    assert shown["Verdict"].str.len().min() > 10
