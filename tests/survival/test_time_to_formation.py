"""How partnerships come about, from hand-counted runs: shares, competing ends, and how long the formed last."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from cisim.figures.along_parameters import heatmap_figure
from cisim.figures.survival_curves import formation_figure
from cisim.survival.sweep_maps import map_table
from cisim.survival.time_to_formation import formation_curves, formation_table, has_formation
from tests.survival.made_up import make_runs, negotiate

#: Two formed after 3 and 6 months, one given up after 4, one still open after 12.
FOUR = pd.DataFrame(
    {
        "strategies": "one",
        "replicate": range(4),
        "duration": [240, 100, 0, 0],
        "event_observed": [False, True, True, True],
        "ending": ["censored", "failed", "failed", "failed"],
        "cause": ["", "conflict", "not_formed", "not_formed"],
        "status": "ok",
        "formed": [1.0, 1.0, 0.0, 0.0],
        "gave_up": [0.0, 0.0, 1.0, 0.0],
        "formation_months": [3.0, 6.0, 4.0, 12.0],
        "third_party": [1.0, 0.0, 0.0, 1.0],
    }
)


def test_one_row_says_how_many_formed_how_soon_and_how_long_they_last() -> None:
    row = formation_table(FOUR).iloc[0]
    assert (row["n_runs"], row["n_formed"], row["tau"]) == (4, 2, 240.0)
    assert row["formed"] == pytest.approx(0.5)
    assert row["gave_up"] == pytest.approx(0.25)
    assert (row["median_months"], row["third_party"]) == (4.5, 0.5)
    assert row["time_free_of_failure"] == pytest.approx((240 + 100) / 2)
    assert row["time_free_of_failure_lower"] < 170 < row["time_free_of_failure_upper"]


def test_the_curve_rises_where_partnerships_form_and_giving_up_competes() -> None:
    curve = formation_curves(FOUR).set_index("month")["formed"]
    # a quarter at month 3; then one of three gives up at 4, and one of the two that are left forms at 6
    assert curve.loc[[0, 2, 3, 4, 5, 6, 12]].tolist() == pytest.approx([0.0, 0.0, 0.25, 0.25, 0.25, 0.5, 0.5])


def test_a_window_that_the_formed_were_not_followed_for_has_no_estimate() -> None:
    short = FOUR.assign(duration=[24, 10, 0, 0])
    assert np.isnan(formation_table(short, tau=36.0).iloc[0]["time_free_of_failure"])


def test_where_none_formed_there_is_nothing_to_last() -> None:
    none = FOUR[FOUR["formed"] == 0.0]
    row = formation_table(none).iloc[0]
    assert (row["n_formed"], row["formed"]) == (0, 0.0)
    assert np.isnan(row["median_months"])
    assert np.isnan(row["time_free_of_failure"])
    assert 0.0 < row["formed_upper"] < 1.0


def test_coalitions_that_are_given_say_nothing_of_formation() -> None:
    assert has_formation(FOUR)
    assert not has_formation(FOUR.assign(formed=1.0, gave_up=0.0, formation_months=0.0))
    assert not has_formation(make_runs(replicates=3))


def test_a_map_of_the_share_formed_counts_each_cell() -> None:
    runs = pd.concat([negotiate(make_runs(("none",), 40), share).assign(x=x, y=y) for x, y, share in CELLS])
    cells = map_table(runs.reset_index(drop=True), ("x", "y"), ("x", "y"), measure="formed")
    assert cells["formed"].tolist() == pytest.approx([share for *_, share in sorted(CELLS)])
    assert (cells["lower"] <= cells["formed"]).all()
    assert any("Share formed" in text.get_text() for text in heatmap_figure(cells).findobj(Text))


CELLS = [(0.0, 0.0, 0.25), (0.0, 1.0, 0.5), (1.0, 0.0, 0.75), (1.0, 1.0, 1.0)]


def test_the_figure_has_a_line_for_each_arm_and_ends_at_its_share() -> None:
    runs = pd.concat([negotiate(make_runs(("none", "all"), 40), 0.5)], ignore_index=True)
    axes = formation_figure(formation_curves(runs)).axes[0]
    assert len(axes.lines) == 2
    assert {round(float(line.get_ydata()[-1]), 6) for line in axes.lines} == {0.5}
    assert axes.get_ylabel() == "Share of partnerships formed"
