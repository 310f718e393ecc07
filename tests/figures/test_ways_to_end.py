"""The stacked ways to end are the table's, and every cause has a fill of its own."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from cisim.core.records import CAUSES
from cisim.figures.ways_to_end import COMPLETED, FILLS, OTHER, cause_fills, incidence_figure
from cisim.survival.arm_tables import incidence_table
from tests.figures.test_figures import rows
from tests.survival.made_up import FIVE, make_runs


@pytest.fixture(scope="module")
def tables(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {"incidence": incidence_table(runs)}


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
    """Drawn for every cause and for one of a researcher's own: the areas of a panel all differ."""
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
    figure = incidence_figure(incidence_table(make_runs(completion=0.0)))
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "completed" not in names
    assert names[-1] == "still running"
