"""The histogram of durations: which class a spell falls into, and exact limits of the shares."""

import pandas as pd
import pytest
from scipy import stats

from cisim.errors import InputError
from cisim.survival.arm_tables import class_edges, durations_table
from tests.survival.made_up import make_runs


def small(rows: list[tuple[float, str]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["duration", "ending"])
    table["event_observed"] = table["ending"] != "censored"
    return table.assign(strategies="none", replicate=range(len(table)), cause="", status="ok")


def test_a_spell_belongs_to_the_class_that_ends_with_its_month() -> None:
    table = durations_table(small([(12, "failed"), (13, "failed"), (24, "completed"), (240, "censored")]))
    counts = table[table["n"] > 0].set_index(["ending", "end"])["n"].to_dict()
    assert counts == {
        ("failed", 12): 1,
        ("failed", 24): 1,
        ("completed", 24): 1,
        ("ended", 12): 1,
        ("ended", 24): 2,
        ("censored", 240): 1,
    }


def test_an_ending_at_once_falls_into_the_first_class() -> None:
    table = durations_table(small([(0, "failed"), (5, "censored")]))
    assert table[(table["ending"] == "ended") & (table["start"] == 0)]["n"].item() == 1


def test_shares_have_exact_binomial_limits_and_add_up_to_one() -> None:
    runs = make_runs(("none",), 50)
    table = durations_table(runs)
    row = table[table["ending"] == "ended"].sort_values("n").iloc[-1]
    expected = stats.binomtest(int(row["n"]), 50).proportion_ci(0.95, method="exact")
    assert (row["lower"], row["upper"]) == pytest.approx((expected.low, expected.high))
    assert table[table["ending"].isin(["ended", "censored"])]["share"].sum() == pytest.approx(1)


def test_classes_widen_with_the_longest_spell() -> None:
    assert class_edges(20).tolist() == list(range(21))
    assert class_edges(240)[1] == 12
    assert class_edges(0.5).tolist() == [0, 1]
    with pytest.raises(InputError, match="a histogram in months goes up to 14400"):
        class_edges(1e6)
