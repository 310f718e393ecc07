"""Outcomes of fields, by hand: the run is the unit, whatever number of communities it has."""

import pandas as pd
import pytest

from cisim.errors import InputError
from cisim.figures.phase_diagrams import field_figure
from cisim.survival.field_outcomes import OUTCOMES, field_leads, field_outcomes, field_table


def spells(*rows: tuple[int, str, int, int, int, str, float, float]) -> pd.DataFrame:
    names = ["point", "strategies", "replicate", "community", "duration", "ending", "social_outcome", "mean_practice"]
    return pd.DataFrame(list(rows), columns=names)


TWO = spells(
    (0, "none", 0, 0, 30, "failed", 10.0, 0.6),
    (0, "none", 0, 1, 60, "censored", 30.0, 0.8),
    (0, "none", 0, 2, 50, "completed", 50.0, 1.0),
    (0, "none", 1, 0, 60, "censored", 20.0, 0.5),
    (0, "none", 1, 1, 60, "censored", 20.0, 0.7),
    (0, "none", 1, 2, 12, "failed", 20.0, 0.9),
)


def test_outcomes_of_a_run_are_over_its_communities() -> None:
    first, second = field_outcomes(TWO, 60).to_dict("records")
    assert first["n"] == 3
    assert first["months_free"] == pytest.approx((30 + 60 + 60) / 3)  # who has completed is free of failure
    assert first["share_failed"] == pytest.approx(1 / 3)
    assert first["social_outcome"] == pytest.approx(30.0)
    assert first["social_spread"] == pytest.approx(20.0)
    assert first["practice"] == pytest.approx(0.8)
    assert second["social_spread"] == 0.0


def test_a_shorter_window_sees_fewer_failures() -> None:
    first, second = field_outcomes(TWO, 20).to_dict("records")
    assert (first["share_failed"], first["months_free"]) == (0.0, 20.0)
    assert second["share_failed"] == pytest.approx(1 / 3)
    assert second["months_free"] == pytest.approx((20 + 20 + 12) / 3)


def test_a_window_past_the_horizon_is_refused() -> None:
    with pytest.raises(InputError, match="tau=61 lies outside"):
        field_outcomes(TWO, 61)
    with pytest.raises(InputError, match="lacks community"):
        field_outcomes(TWO.drop(columns="community"), 60)


def test_intervals_are_over_runs_and_not_over_communities() -> None:
    table = field_table(field_outcomes(TWO, 60)).iloc[0]
    assert table["n_runs"] == 2
    assert table["social_outcome"] == pytest.approx(25.0)
    # two runs, 30 and 20: standard error 5, Student t of one degree of freedom 12.7; what was seen spans 10
    assert table["social_outcome_lower"] == pytest.approx(10.0)
    assert table["social_outcome_upper"] == pytest.approx(40.0)


def outcomes() -> pd.DataFrame:
    """Two modes over two places and two budgets: copy leads by 2 at a=0, blend by 4 at a=1, with luck of +-1."""
    rows = []
    for a in (0.0, 1.0):
        for b in (0.0, 1.0):
            for replicate in range(10):
                luck = 50.0 * replicate
                lead = {"copy": 2.0 - 6.0 * a + (replicate % 3 - 1.0), "blend": 0.0}
                rows += [
                    {"replicate": replicate, "mode": mode, "a": a, "b": b, "hard": "yes"}
                    | dict.fromkeys(OUTCOMES, luck + value)
                    for mode, value in lead.items()
                ]
    return pd.DataFrame(rows)


def test_leads_are_paired_by_world_and_in_the_direction_that_is_better() -> None:
    table = field_leads(outcomes(), "social_outcome", ("a", "b"), "mode", "hard")
    assert list(table["best"]) == ["copy", "copy", "blend", "blend"]
    assert list(table["next"]) == ["blend", "blend", "copy", "copy"]
    assert table["lead"].iloc[0] == pytest.approx(1.9)  # the luck of the world, which is large, drops out
    assert (table["lower"] > 0).all()
    spread = field_leads(outcomes(), "social_spread", ("a", "b"), "mode", "hard")
    assert list(spread["best"]) == ["blend", "blend", "copy", "copy"]
    with pytest.raises(InputError, match="outcome=luck is not known"):
        field_leads(outcomes(), "luck", ("a", "b"), "mode")


def test_the_figure_has_a_panel_for_each_outcome_and_facet_and_names_every_arm() -> None:
    tables = [field_leads(outcomes(), name, ("a", "b"), "mode", "hard") for name in ("months_free", "social_spread")]
    figure = field_figure(pd.concat(tables))
    assert len(figure.axes) == 2
    assert [axes.get_title() for axes in figure.axes][0] == "Months free of failure\nhard = yes"
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["copy", "blend"]
