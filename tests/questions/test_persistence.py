"""Observed durations described and set beside simulated ones: tables, and what the figure shows of them."""

import numpy as np
import pandas as pd
import pytest
from lifelines.statistics import logrank_test
from matplotlib.axes import Axes

from cisim.errors import InputError
from cisim.questions.fit.figures import persistence_figure
from cisim.questions.fit.tables import observed_groups, persistence_tables, put_together, read_simulated
from cisim.survival.curves import cumulative_incidence
from cisim.survival.restricted import restricted_mean
from cisim.survival.spells import read_spells
from tests.survival.published import PLACEBO, SIX_MP, SIX_MP_RELAPSED

TRIAL = pd.DataFrame(
    {
        "duration": np.r_[SIX_MP, PLACEBO],
        "event_observed": np.r_[SIX_MP_RELAPSED, np.ones(21)],
        "drug": np.repeat(["6-MP", "placebo"], 21),
        "cause": np.where(np.r_[SIX_MP_RELAPSED, np.ones(21)] == 1, np.tile(["marrow", "other"], 21), ""),
    }
)


def test_groups_are_described_and_compared() -> None:
    tables, notes = persistence_tables(read_spells(TRIAL, group="drug", cause="cause"), tau=20)
    summary = tables["summary"].set_index("group")
    assert summary["median"].tolist() == [23, 8]
    assert summary["months_followed"].tolist() == [359, 182]
    row = tables["differences"].iloc[0]
    assert (row["group"], row["baseline"]) == ("placebo", "6-MP")
    assert row["statistic"] == pytest.approx(16.79, abs=0.005)
    means = [restricted_mean(part["duration"], part["event_observed"], 20) for _, part in TRIAL.groupby("drug")]
    assert row["difference"] == pytest.approx(means[1].value - means[0].value)
    spread = 1.96 * np.hypot(means[0].standard_error, means[1].standard_error)
    assert (row["lower"], row["upper"]) == pytest.approx(
        (row["difference"] - spread, row["difference"] + spread), abs=0.6
    )
    assert tables["rates"].groupby("group")["events"].sum().tolist() == [9, 21]
    assert tables["families"].groupby("group")["aic_difference"].min().tolist() == [0, 0]
    assert notes == []


def test_incidence_of_each_cause_is_that_of_the_estimator() -> None:
    table = persistence_tables(read_spells(TRIAL, cause="cause"))[0]["incidence"]
    expected = cumulative_incidence(TRIAL["duration"], TRIAL["cause"].map({"": 0, "marrow": 1, "other": 2}))
    part = table[table["cause"] == "marrow"]
    np.testing.assert_allclose(part["incidence"], expected.probability)
    np.testing.assert_allclose(part["upper"], expected.upper)


def test_simulated_arms_stand_beside_every_observed_group(runs: pd.DataFrame) -> None:
    observed, simulated = read_spells(TRIAL, group="drug"), read_simulated(runs)
    assert simulated.groups == [f"simulated, {name}" for name in ("none", "gazing", "abstracting", "spacing", "all")]
    tables, _ = persistence_tables(observed, simulated)
    assert len(tables["differences"]) == 1 + 5 * 2
    assert tables["families"]["group"].unique().tolist() == ["6-MP", "placebo"]
    assert tables["summary"]["tau"].unique().tolist() == [35]
    row = tables["differences"].query("group == 'simulated, none' and baseline == 'placebo'").iloc[0]
    none = runs[runs["strategies"] == "none"]
    test = logrank_test(none["duration"], PLACEBO, none["event_observed"], np.ones(21))
    assert row["statistic"] == pytest.approx(test.test_statistic)
    assert row["lower"] > 0


def test_one_arm_and_one_observed_group_need_no_label(runs: pd.DataFrame) -> None:
    observed, simulated = read_spells(TRIAL), read_simulated(runs[runs["strategies"] == "none"])
    assert observed_groups(observed, simulated) == ["observed"]
    assert observed_groups(observed) == ["all"]
    assert persistence_tables(observed, simulated)[0]["summary"]["group"].tolist() == ["observed", "simulated"]


def test_simulated_coalitions_count_from_the_age_at_which_observing_began(runs: pd.DataFrame) -> None:
    late = TRIAL[TRIAL["duration"] > 6].assign(entry=6)
    both, notes = put_together(read_spells(late, entry="entry"), read_simulated(runs[runs["strategies"] == "none"]))
    early = int((runs.query("strategies == 'none'")["duration"] <= 6).sum())
    assert notes == [
        f"{early} simulated coalitions that ended by month 6 are left out: no observed one was followed so early"
    ]
    assert both.entry is not None
    assert set(both.entry) == {6.0}
    assert both.duration.size == len(late) + 100 - early


def test_a_sweep_is_no_simulated_group(runs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="the result varies population.divergence: compare with one of cisim run"):
        read_simulated(runs.assign(**{"population.divergence": runs["replicate"] / 100}))


@pytest.mark.parametrize(
    ("duration", "event"), [([5], [1]), ([5, 6], [0, 0]), ([7, 7, 7], [1, 1, 1]), ([0, 0], [1, 1]), ([0, 9], [0, 1])]
)
def test_sparse_data_give_tables_with_a_note_and_a_figure(duration: list, event: list) -> None:
    tables, notes = persistence_tables(
        read_spells(pd.DataFrame({"duration": duration, "event_observed": event})), tau=5
    )
    assert any("no parametric family is fitted" in sentence for sentence in notes)
    assert "families" not in tables
    assert ((tables["summary"]["restricted_mean_lower"] <= 5) & (tables["summary"]["restricted_mean"] >= 0)).all()
    assert persistence_figure(tables["survival"], ["all"]).axes


def lines(axes: Axes) -> dict[str, np.ndarray]:
    """Last height of every curve by colour."""
    return {line.get_color(): np.asarray(line.get_ydata(), dtype=float)[-1] for line in axes.get_lines()}


def test_the_figure_shows_every_family_beside_the_observed_curve() -> None:
    tables, _ = persistence_tables(read_spells(TRIAL, group="drug"), breaks=[10])
    figure = persistence_figure(tables["survival"], ["6-MP", "placebo"], tables["families"], tables["family_curves"])
    panels = [axes for axes in figure.axes if axes.get_lines()]
    assert [axes.get_title() for axes in panels] == ["6-MP", "placebo"]
    assert [len(axes.get_lines()) for axes in panels] == [6, 6]
    curves = tables["family_curves"].query("group == 'placebo'")
    drawn = sorted(np.r_[curves.groupby("family")["survival"].last(), tables["survival"]["survival"].iloc[-1]])
    assert sorted(lines(panels[1]).values()) == pytest.approx(drawn)


def test_beside_simulated_curves_the_figure_shows_the_best_family_only(runs: pd.DataFrame) -> None:
    tables, _ = persistence_tables(read_spells(TRIAL), read_simulated(runs))
    figure = persistence_figure(tables["survival"], ["observed"], tables["families"], tables["family_curves"])
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels[0] == "observed (Kaplan-Meier)"
    assert labels[-1] == "best family"
    assert len(labels) == 7
    assert len({line.get_color() for line in figure.axes[0].get_lines()}) == 7
    best = tables["families"].loc[tables["families"]["aic"].idxmin(), "family"]
    assert best in figure.get_supxlabel()
