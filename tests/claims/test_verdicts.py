"""Verdicts on evidence of known law come out right, at the error rates that are promised."""

import numpy as np
import pandas as pd
import pytest

from cisim.questions.claims.compute import CONDITIONAL, NOT_SUPPORTED, SUPPORTED, judge_claims
from cisim.questions.claims.evidence import mean_over_ensemble, p_of_a_fifth, shares, t_values
from tests.claims.toy import centred, evidence, known_effect, known_reversal, nothing


def verdicts(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    laws = {"effect": known_effect, "reversal": known_reversal, "nothing": nothing}
    return judge_claims([evidence(name, law, rng) for name, law in laws.items()])[0].set_index("name")


def test_a_known_effect_a_known_reversal_and_nothing_are_distinguished() -> None:
    table = verdicts(1)
    assert table["verdict"].to_dict() == {
        "effect": SUPPORTED,
        "reversal": CONDITIONAL,
        "nothing": NOT_SUPPORTED,
    }
    assert table["is_reversed_somewhere"].to_dict() == {"effect": False, "reversal": True, "nothing": False}
    effect = table.loc["effect"]
    assert effect["lower"] < 30.0 < effect["upper"]
    assert effect["share_holds"] > 0.95


def test_the_region_of_a_known_reversal_is_found_with_its_effect() -> None:
    row = verdicts(1).loc["reversal"]
    assert row["reverses_where"].startswith("where x is above 0.")
    assert abs(float(row["reverses_where"].split()[-1]) - 0.5) < 0.06
    assert row["reverses_lower"] < -30.0 < row["reverses_upper"]
    assert row["holds_lower"] < 30.0 < row["holds_upper"]
    assert "It holds where x is at most" in row["finding"]
    assert "It reverses where x is above" in row["finding"]


def test_a_claim_that_goes_down_is_judged_by_its_own_direction() -> None:
    rng = np.random.default_rng(2)
    one = evidence("down", known_effect, rng)
    turned = type(one.claim)(**{**vars(one.claim), "direction": -1})
    table, _ = judge_claims([type(one)(turned, one.weights, one.effects, None)])
    (row,) = table.to_dict("records")
    assert row["verdict"] == SUPPORTED
    assert row["expected"] == "down"
    assert row["lower"] < row["effect"] < row["upper"] < 0.0


def test_an_effect_below_the_smallest_of_interest_is_not_supported() -> None:
    one = evidence("small", known_effect, np.random.default_rng(3))
    asked = type(one.claim)(**{**vars(one.claim), "smallest": 60.0})
    (row,) = judge_claims([type(one)(asked, one.weights, one.effects, one.search)])[0].to_dict("records")
    assert row["verdict"] == NOT_SUPPORTED


def test_of_several_contrasts_all_have_to_hold() -> None:
    rng = np.random.default_rng(4)
    good, bad = (evidence(name, law, rng) for name, law in (("good", known_effect), ("bad", nothing)))
    both = type(good)(good.claim, good.weights, np.concatenate([good.effects, bad.effects]), None)
    (row,) = judge_claims([both])[0].to_dict("records")
    assert row["verdict"] == NOT_SUPPORTED
    assert abs(row["effect"]) < 15.0  # the weakest is told


def test_the_mean_over_members_and_worlds_has_the_two_way_clustered_error() -> None:
    effects = np.array([[1.0, 3.0], [5.0, 11.0]])
    found = mean_over_ensemble(effects, np.array([0.5, 0.5]))
    # members are -3 and 3 off (18 / 4, times 2 / 1), worlds -2 and 2 (8 / 2 / 1), runs -4, -2, 0 and 6 (56 / 16)
    assert found.value == 5.0
    assert found.standard_error == pytest.approx(np.sqrt(9.0 + 4.0 - 3.5))


def test_shares_count_members_by_weight_and_by_their_own_intervals() -> None:
    worlds = np.array([-1.0, 0.0, 1.0, 0.0])
    effects = np.stack([10.0 + worlds, 0.1 + worlds, -10.0 + worlds])[None]
    found = shares(effects, np.array([0.5, 0.3, 0.2]), 0.0)
    assert (found.holds, found.surely_holds, found.surely_reverses) == pytest.approx((0.8, 0.5, 0.2))


def test_a_member_without_any_difference_is_no_evidence() -> None:
    assert t_values(np.zeros((2, 5))).tolist() == [0.0, 0.0]
    assert p_of_a_fifth(np.zeros((1, 10, 8)), np.full(10, 0.1), 0.0) == (1.0, 1.0)


def test_a_fifth_of_the_members_is_found_and_what_luck_chooses_is_not() -> None:
    rng, weights = np.random.default_rng(5), np.full(40, 0.025)
    effects = rng.standard_normal((1, 40, 32))
    assert min(p_of_a_fifth(effects, weights, 0.0)) > 0.05
    effects[0, :8] += 1.0
    above, below = p_of_a_fifth(effects, weights, 0.0)
    assert above < 0.001
    assert below > 0.05


@pytest.mark.slow
def test_error_rates_over_many_trials_are_those_promised() -> None:
    """Families of six claims: at most 5 % with a false verdict, and known laws found in nine trials of ten."""
    trials, false_any, false_supported, right = 200, 0, 0, 0
    for seed in range(trials):
        rng = np.random.default_rng([seed, 9])
        nulls = [evidence(f"null-{i}", nothing, rng) for i in range(6)]
        false_any += (judge_claims(nulls)[0]["verdict"] != NOT_SUPPORTED).any()
        mixed = [evidence(f"mixed-{i}", law, rng) for i, law in enumerate((known_reversal, centred) * 3)]
        false_supported += (judge_claims(mixed)[0]["verdict"] == SUPPORTED).any()
        table = verdicts(seed + 1000)
        right += list(table["verdict"]) == [SUPPORTED, CONDITIONAL, NOT_SUPPORTED]
    bound = trials * 0.05 + 2.0 * np.sqrt(trials * 0.05 * 0.95)
    assert false_any <= bound
    assert false_supported <= bound
    assert right >= 0.9 * trials
