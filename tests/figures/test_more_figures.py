"""The figures of a report agree with their tables, at both widths."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from cisim.figures.ages_at_ending import durations_figure, hazard_figure
from cisim.figures.along_parameters import edges, heatmap_figure, response_figure
from cisim.figures.coalition_network import KINDS, network_figure
from cisim.figures.entries import WIDTHS, FigureEntry, as_svg
from cisim.figures.phase_diagrams import phase_figure
from cisim.figures.style import STYLES
from cisim.figures.trajectory_panels import conditions_figure, spread_figure
from cisim.questions.claims.compute import judge_claims
from cisim.report.contents import SECTIONS, report_figures, report_tables
from cisim.survival.arm_tables import durations_table, hazard_table
from cisim.survival.sweep_estimates import response_table
from cisim.survival.sweep_maps import map_table, phase_table
from cisim.survival.time_to_formation import formation_curves
from cisim.survival.trajectories import CONDITIONS, trajectory_table
from tests.advice.toys import advice, limits
from tests.claims.toy import evidence, nothing
from tests.report.results import make_sweep, write_comparison
from tests.robustness.toys import ONE_ARM, tables_of
from tests.sensitivity.toys import TOYS, analysed, lasting, noisy, sure
from tests.survival.made_up import make_runs, negotiate

VARIED = ("backbone.spacing", "population.divergence")
MARGIN = 0.02
FIGURES = report_figures()


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Every table that a figure shows, of a small comparison and a small sweep."""
    from cisim.reading.finished_result import ReportOptions
    from cisim.reading.result_files import read_result
    from cisim.report.contents import make_contents

    source = write_comparison(tmp_path_factory.mktemp("results") / "small")
    sweep = make_sweep((0.0, 0.5, 1.0), (0.0, 1.0, 2.0), ("none", "all"))
    found = make_contents(read_result(source), ReportOptions()).tables
    found["response"] = response_table(sweep, VARIED)
    found["map"] = map_table(sweep, VARIED, VARIED, "strategies")
    found["phase"] = phase_table(sweep, VARIED, VARIED)
    found["formation_curves"] = formation_curves(negotiate(make_runs(("none", "all"), 40), 0.5))
    found["formation_map"] = map_table(negotiate(sweep, 0.5), VARIED, VARIED, "strategies", measure="formed")
    found["lasting_map"] = found["map"]
    found["claims"] = judge_claims([evidence(name, nothing, np.random.default_rng(1)) for name in "ab"])[0]
    found |= tables_of(ONE_ARM) | {"advice": advice(), "discovery_limits": limits()}
    spread = lasting("sobol", few_months, 3, 32, 48, second_order=True, outcomes=("share_failed", "survival"))
    predicted = analysed("surrogate", sure(TOYS["linear"].function), TOYS["linear"].k, 32)
    found["sensitivity_main_effects"] = predicted["sensitivity_main_effects"]
    return found | spread | analysed("morris", noisy(TOYS["linear"].function, 8, 0.5), 4, 16)


def few_months(x: np.ndarray) -> np.ndarray:
    """Spells that fail sooner the higher two shares are."""
    return np.random.default_rng(1).exponential(1 / (0.002 + 0.1 * x[:, :1] * x[:, 1:2]), (len(x), 8))


def bands(axes: Axes) -> list[np.ndarray]:
    """Outline of each area between two curves."""
    return [c.get_paths()[0].vertices for c in axes.collections if type(c).__name__ == "FillBetweenPolyCollection"]


def texts(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.findobj(Text)).replace("\n", " ")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("entry", FIGURES, ids=lambda entry: entry.name)
def test_a_figure_has_its_width_and_keeps_everything_inside(
    entry: FigureEntry, width: str, tables: dict[str, pd.DataFrame]
) -> None:
    if width not in entry.widths:
        pytest.skip("not drawn at this width")
    figure = entry.draw(tables[entry.table], WIDTHS[width])
    figure.draw_without_rendering()
    inches = {"single": 85 / 25.4, "double": 175 / 25.4}[width]
    box = figure.get_tightbbox()
    assert figure.get_figwidth() == pytest.approx(inches)
    assert figure.get_figheight() < 250 / 25.4
    assert (box.x0, box.y0) > (-MARGIN, -MARGIN)
    assert box.x1 < inches + MARGIN


def test_every_figure_has_a_name_a_caption_and_a_table_that_is_made() -> None:
    assert len({entry.name for entry in FIGURES}) == len(FIGURES)
    assert all(entry.title and entry.caption.endswith(".") for entry in FIGURES)
    assert {entry.table for entry in FIGURES} <= {table.name for table in report_tables("compare")}
    assert all("double" in entry.widths for entry in FIGURES)


def test_every_table_has_a_name_of_its_own_a_title_and_a_section() -> None:
    listed = report_tables("compare")
    assert len({table.name for table in listed}) == len(listed)
    assert all(table.title and table.section in SECTIONS for table in listed)
    assert all(table.caption.endswith(".") for table in listed if table.display)


def test_the_hazard_is_that_of_the_table_in_per_cent(tables: dict[str, pd.DataFrame]) -> None:
    figure = hazard_figure(tables["hazard"])
    for axes, label in zip(figure.axes, ("none", "spacing", "all"), strict=True):
        part = tables["hazard"].query(f"strategies == '{label}'")
        assert axes.get_title() == label
        np.testing.assert_allclose(axes.get_lines()[-1].get_ydata(), 100 * part["hazard"])
        heights = set(np.round(bands(axes)[0][:, 1], 9))
        assert heights == set(np.round(100 * part["lower"], 9)) | set(np.round(100 * part["upper"], 9))


def test_ends_of_contracts_are_marked_where_they_are_known(tables: dict[str, pd.DataFrame]) -> None:
    def marks(figure: Figure) -> list[float]:
        return [line.get_xdata()[0] for line in figure.axes[0].get_lines()[:-1]]

    whole = tables["hazard"]
    runs = make_sweep((0.0,))
    assert marks(hazard_figure(hazard_table(runs, contract=24))) == [24, 48]
    assert marks(hazard_figure(whole.assign(contract_end=False))) == []
    assert "Dashed: ends of contracts" in texts(hazard_figure(whole))
    assert "contracts" not in texts(hazard_figure(whole.assign(contract_end=False)))


def test_bars_of_durations_are_stacked_shares_with_the_interval_of_all_endings() -> None:
    table = durations_table(make_runs(("none",)))
    axes = durations_figure(table).axes[0]
    failed, completed = (table[table["ending"] == kind] for kind in ("failed", "completed"))
    bars = [[bar.get_height() for bar in container] for container in axes.containers if len(container) > 3]
    np.testing.assert_allclose(bars[0], 100 * failed["share"])
    assert completed["n"].sum() > 0
    np.testing.assert_allclose(bars[1], 100 * completed["share"])
    np.testing.assert_allclose([bar.get_y() for bar in axes.containers[1]], bars[0])
    ended = table[(table["ending"] == "ended") & (table["n"] > 0)]
    brackets = [tuple(segment[:, 1]) for segment in axes.containers[-1].lines[2][0].get_segments()]
    assert brackets == [pytest.approx(tuple(100 * row)) for row in ended[["lower", "upper"]].to_numpy()]
    going = table[table["ending"] == "censored"].iloc[0]
    assert f"still running {100 * going['share']:.0f} %" in axes.texts[0].get_text()


def test_response_curves_run_through_the_table_with_their_intervals(tables: dict[str, pd.DataFrame]) -> None:
    figure = response_figure(tables["response"])
    assert figure.axes[0].get_xlabel().replace("\n", "") == "backbone.spacing"
    part = tables["response"].query("parameter == 'backbone.spacing' and strategies == 'all'")
    line = next(line for line in figure.axes[0].get_lines() if line.get_label() == "all")
    np.testing.assert_array_equal(line.get_xdata(), part["value"])
    np.testing.assert_array_equal(line.get_ydata(), part["time_free"])
    assert set(bands(figure.axes[0])[1][:, 1]) == set(part["lower"]) | set(part["upper"])


def test_words_on_the_axis_of_a_response_have_no_line_between_them() -> None:
    runs = make_sweep((0.0, 1.0)).drop(columns="backbone.spacing")
    runs["backbone.lead"] = np.where(runs["point"] == 0, "public", "corporate")
    axes = response_figure(response_table(runs, ["backbone.lead"])).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["corporate", "public"]
    assert axes.get_lines()[0].get_linestyle() == "None"


def test_a_heat_map_shows_estimates_and_half_widths_of_every_cell(tables: dict[str, pd.DataFrame]) -> None:
    figure = heatmap_figure(tables["map"])
    meshes = [axes.collections[0] for axes in figure.axes[:4]]
    cells = tables["map"].assign(half=(tables["map"]["upper"] - tables["map"]["lower"]) / 2)
    for mesh, facet, column in zip(meshes, ["none", "all"] * 2, ["time_free"] * 2 + ["half"] * 2, strict=True):
        expected = cells[cells["facet"] == facet].pivot_table(index="y", columns="x", values=column)
        np.testing.assert_allclose(mesh.get_array(), expected)
    assert meshes[0].get_clim() == meshes[1].get_clim() == (cells["time_free"].min(), cells["time_free"].max())


def test_a_cell_without_runs_is_crossed_and_the_note_states_it(tables: dict[str, pd.DataFrame]) -> None:
    gap = tables["map"].iloc[1:]
    figure = heatmap_figure(gap)
    assert "Crossed: no run." in texts(figure)
    assert np.isnan(np.ma.filled(figure.axes[0].collections[0].get_array(), np.nan)).sum() == 1
    assert "Crossed" not in texts(heatmap_figure(tables["map"]))


def test_borders_of_cells_lie_halfway_between_their_centres() -> None:
    assert edges([0, 1, 3]).tolist() == [-0.5, 0.5, 2, 4]
    assert edges([7]).tolist() == [6.5, 7.5]


def test_a_phase_diagram_colours_the_best_arm_and_hatches_what_is_not_sure(tables: dict[str, pd.DataFrame]) -> None:
    table = tables["phase"].copy()
    table.loc[0, ["lower", "best", "next"]] = [-1.0, "none", "all"]
    table.loc[1:, ["lower", "best", "next"]] = [1.0, "all", "none"]
    axes = phase_figure(table).axes[0]
    filled = [patch for patch in axes.patches if patch.get_fill()]
    hatched = [patch for patch in axes.patches if patch.get_hatch()]
    assert [to_hex(patch.get_facecolor()) for patch in filled] == [
        STYLES[label].colour.lower() for label in table["best"]
    ]
    assert [patch.get_xy() for patch in hatched] == [filled[0].get_xy()]
    assert [text.get_text() for text in axes.texts] == [f"{lead:.0f}" for lead in table["lead"]]


def test_the_five_conditions_have_a_line_each_in_every_panel(tables: dict[str, pd.DataFrame]) -> None:
    figure = conditions_figure(tables["trajectories"])
    table = tables["trajectories"]
    for axes, label in zip(figure.axes, ("none", "spacing", "all"), strict=True):
        lines = {line.get_label(): line for line in axes.get_lines()}
        assert tuple(lines) == CONDITIONS
        for name, line in lines.items():
            part = table[(table["measure"] == name) & (table["strategies"] == label) & (table["n_alive"] >= 5)]
            np.testing.assert_array_equal(line.get_ydata(), part["mean"])


def test_a_fan_has_the_median_the_middle_half_and_the_middle_eighty_per_cent(tables: dict[str, pd.DataFrame]) -> None:
    axes = spread_figure(tables["trajectories"]).axes[0]
    table = tables["trajectories"].query("measure == 'trust' and strategies == 'none' and n_alive >= 5")
    np.testing.assert_array_equal(axes.get_lines()[0].get_ydata(), table["q50"])
    for outline, (low, high) in zip(bands(axes), (("q10", "q90"), ("q25", "q75")), strict=True):
        assert set(outline[:, 1]) == set(table[low]) | set(table[high])


def test_percentiles_are_those_of_the_coalitions_alive() -> None:
    rows = pd.DataFrame({"strategies": "none", "replicate": range(5), "month": 1, "trust": [0.1, 0.2, 0.3, 0.4, 0.5]})
    row = trajectory_table(rows).iloc[0]
    assert row[["q10", "q25", "q50", "q75", "q90"]].tolist() == pytest.approx([0.14, 0.2, 0.3, 0.4, 0.46])


def test_a_network_marks_kinds_founders_those_who_left_and_known_ties(tables: dict[str, pd.DataFrame]) -> None:
    table = tables["network"]
    figure = network_figure(table)
    month = int(sorted(table["month"].unique())[1])
    axes = figure.axes[1]
    rows = table[(table["strategies"] == "none") & (table["month"] == month)]
    nodes, ties = rows[rows["other"] < 0], rows[rows["other"] >= 0]
    markers = [line.get_marker() for line in axes.get_lines()]
    assert f"none, month {month}" in axes.get_title()
    assert markers.count("x") == (~nodes["present"]).sum()
    assert markers.count(KINDS["corporation"].marker) == (nodes["present"] & (nodes["kind"] == "corporation")).sum()
    assert markers.count("None") == len(ties)
    assert "other ties are not in the records" in texts(figure)


def test_a_vector_figure_is_the_same_every_time_and_links_to_nothing(tables: dict[str, pd.DataFrame]) -> None:
    first, second = (as_svg(hazard_figure(tables["hazard"]), "hazard", {"seed": "7"}) for _ in range(2))
    assert first == second
    assert b"seed: 7" in first
    assert b"<text" not in first
    assert b'xlink:href="http' not in first


def test_a_caption_goes_with_every_entry_of_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "report.md").read_text(encoding="utf-8")
    assert [entry.name for entry in FIGURES if f"`{entry.name}`" not in page] == []
