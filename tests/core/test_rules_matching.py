"""How a partnership between unequals comes about: E98 to E113, E119, E150, E196 and E197."""

from collections.abc import Callable
from math import exp

from hypothesis import given

from cisim.core.rules.joining import Capabilities
from cisim.core.rules.matching import (
    Contender,
    Criteria,
    best_rival,
    borrowed_size,
    complementarity,
    design_burden,
    design_rate,
    efforts,
    endorsed,
    engagement_rate,
    giving_up_rate,
    goal_fit,
    goals_rate,
    introduction,
    one_sidedness,
    perceived_competence,
    power_gap,
    signing_rate,
    social_capital,
    standing,
    track_record,
    true_competence,
)
from tests.core.tables import LN2, LN3, POSITIVE, SHARE, Case, E, about, cases, quick

BUILT = {"growth": 0.1, "decay": 0.02}
MET = {"rate": 0.1, "structural": 0.5, "broker_rate": 0.3}
SEEN = {"competence": 0.8, "doubt": 0.3, "strength": 0.5, "structural": 0.4}
UNKNOWN, UNWEIGHED = Contender(*[0.0] * 6), Criteria(*[0.0] * 7)
KNOWN = Contender(competence=0.5, reputation=0.4, fit=0.25, complementary=0.3, gap=0.5, relational=0.5)
WEIGHED = Criteria(competence=2.0, reputation=1.0, fit=2.0, complementarity=1.0, size=0.5, risk=1.0, readiness=0.1)
ABLE = Capabilities(plan=0.8, implement=0.3, fund=0.9, expertise=0.5)
RIVALS = {"bar": 1.0, "spread": 0.7}
DESIGNED = {"rate": 0.2, "cognitive": 0.3, "relational": 0.2}
BURDEN = {"coordination": 0.5, "setup": 1.5}
FEARFUL = {"rate": 0.5, "fear": 2.0, "dependence": 0.5}

#: Quantile of the standard normal at 0.95, from printed tables.
Z95 = 1.6448536269514722

TABLE: list[Case] = [
    (social_capital, BUILT | {"level": 0.4, "effort": 0.5}, 0.422),
    (social_capital, BUILT | {"level": 0.4, "effort": 0.0}, 0.392),
    (social_capital, BUILT | {"level": 0.0, "effort": 1.0}, 0.1),
    (introduction, MET | {"brokerage": 0.0}, 0.05),
    (introduction, MET | {"brokerage": 1.0}, 0.35),
    (introduction, MET | {"brokerage": 0.5, "structural": 0.0}, 0.15),
    (power_gap, {"larger": 6.0, "weaker": 2.0, "borrowed": 0.0}, LN3),
    (power_gap, {"larger": 6.0, "weaker": 1.0, "borrowed": 2.0}, LN2),
    (power_gap, {"larger": 1.0, "weaker": 1.0, "borrowed": 0.0}, 0.0),
    (power_gap, {"larger": 1.0, "weaker": 2.0, "borrowed": 0.0}, 0.0),
    (complementarity, {"larger": ABLE, "weaker": Capabilities(0.4, 0.5, 0.3, 0.5)}, 0.3),
    (complementarity, {"larger": ABLE, "weaker": ABLE}, 0.0),
    (goal_fit, {"synergy": 2.0, "complementary": 0.3, "distance": 0.25}, 0.2),
    (goal_fit, {"synergy": 2.0, "complementary": 0.3, "distance": 0.5}, 0.0),
    (goal_fit, {"synergy": 0.0, "complementary": 0.3, "distance": 0.0}, 0.0),
    (goal_fit, {"synergy": 5.0, "complementary": 0.5, "distance": 0.0}, 1.0),
    (track_record, {"age": 0.0, "scale": 48.0}, 0.0),
    (track_record, {"age": 48.0 * LN2, "scale": 48.0}, 0.5),
    (track_record, {"age": 48.0, "scale": 48.0}, 1.0 - 1.0 / E),
    (endorsed, {"record": 0.4, "endorsement": 0.5, "engaged": 1.0}, 0.7),
    (endorsed, {"record": 0.4, "endorsement": 0.5, "engaged": 0.0}, 0.4),
    # half is known: 0.4 + 0.15; the halo takes a fifth of what is missing
    (perceived_competence, SEEN | {"record": 0.5, "haloing": 0.0}, 0.55),
    (perceived_competence, SEEN | {"record": 0.5, "haloing": 1.0}, 0.64),
    (perceived_competence, SEEN | {"record": 1.0, "haloing": 0.0}, 0.8),
    (perceived_competence, SEEN | {"record": 0.0, "haloing": 0.0}, 0.3),
    # 1 + 0.4 + 0.5 + 0.3 for it, 0.25 and 0.6 x 0.5 against it, and 0.1 of readiness
    (standing, {"seen": KNOWN, "weights": WEIGHED}, 1.75),
    (standing, {"seen": KNOWN._replace(relational=1.0, gap=0.0), "weights": WEIGHED}, 2.3),
    (standing, {"seen": UNKNOWN, "weights": UNWEIGHED}, 0.0),
    (standing, {"seen": UNKNOWN, "weights": UNWEIGHED._replace(risk=1.0)}, -1.0),
    (standing, {"seen": UNKNOWN._replace(competence=0.7), "weights": UNWEIGHED._replace(competence=2.0)}, 1.4),
    (standing, {"seen": UNKNOWN._replace(reputation=0.7), "weights": UNWEIGHED._replace(reputation=2.0)}, 1.4),
    (standing, {"seen": UNKNOWN._replace(fit=0.7), "weights": UNWEIGHED._replace(fit=2.0)}, 1.4),
    (standing, {"seen": UNKNOWN._replace(complementary=0.7), "weights": UNWEIGHED._replace(complementarity=2.0)}, 1.4),
    (standing, {"seen": UNKNOWN._replace(gap=0.7), "weights": UNWEIGHED._replace(size=2.0)}, -1.4),
    (borrowed_size, {"engaged": 1.0, "share": 0.5, "size": 3.0}, 1.5),
    (borrowed_size, {"engaged": 0.0, "share": 0.5, "size": 3.0}, 0.0),
    (best_rival, RIVALS | {"rivals": 2.0, "gap": 0.0, "u": 0.9}, 1.0),
    (best_rival, RIVALS | {"rivals": 0.0, "gap": 2.0, "u": 0.9}, 1.0),
    # one option, and the best of two: the median of the best of two is where each stays below with probability 0.95
    (best_rival, RIVALS | {"rivals": 1.0, "gap": 1.0, "u": 0.95}, 1.0 + 0.7 * Z95),
    (best_rival, RIVALS | {"rivals": 1.0, "gap": 2.0, "u": 0.9025}, 1.0 + 0.7 * Z95),
    (best_rival, RIVALS | {"rivals": 1.0, "gap": 1.0, "u": 0.3}, 1.0),
    (best_rival, RIVALS | {"rivals": 1.0, "gap": 1e-9, "u": 0.9}, 1.0),
    (goals_rate, {"rate": 1.5, "fit": 0.2}, 0.3),
    (goals_rate, {"rate": 1.5, "fit": 0.0}, 0.0),
    (design_burden, BURDEN | {"engaged": 0.0, "platform": 0.0}, 1.0),
    (design_burden, BURDEN | {"engaged": 1.0, "platform": 0.0}, 1.5),
    (design_burden, BURDEN | {"engaged": 1.0, "platform": 1.0}, 3.0),
    (design_rate, DESIGNED | {"burden": 1.0}, 0.3),
    (design_rate, DESIGNED | {"burden": 1.5}, 0.2),
    (design_rate, DESIGNED | {"burden": 3.0}, 0.1),
    # tanh(ln(3) / 2) = (3 - 1) / (3 + 1)
    (one_sidedness, {"gap": LN3}, 0.5),
    (one_sidedness, {"gap": 0.0}, 0.0),
    (true_competence, {"implement": 0.8, "expertise": 0.6}, 0.7),
    (efforts, {"broker": 1.0, "networking": 0.5, "haloing": 0.25, "third_party": 0.125, "platform": 0.0625}, 1.9375),
    (signing_rate, FEARFUL | {"concentration": 1.0, "relieved": 0.0}, 0.5 / E),
    (signing_rate, FEARFUL | {"concentration": 0.5, "relieved": 0.5}, 0.5 * exp(-0.25)),
    (signing_rate, FEARFUL | {"concentration": 1.0, "relieved": 1.0}, 0.5),
    (giving_up_rate, {"rate": 0.01, "strain": 0.0, "efforts": 5.0}, 0.01),
    (giving_up_rate, {"rate": 0.01, "strain": 0.5 * LN2, "efforts": 2.0}, 0.02),
    (engagement_rate, {"rate": 0.3, "effort": 0.5, "structural": 0.6}, 0.09),
    (engagement_rate, {"rate": 0.3, "effort": 1.0, "structural": 0.0}, 0.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(level=SHARE, effort=SHARE)
def test_social_capital_stays_a_share_and_ends_where_effort_and_decay_balance(level: float, effort: float) -> None:
    for _ in range(400):
        level = social_capital(level, 0.2, effort, 0.05)
        assert 0.0 <= level <= 1.0
    balance = 0.2 * effort / (0.2 * effort + 0.05)
    assert abs(level - balance) < 1e-6


@quick
@given(synergy=POSITIVE, complementary=SHARE, distance=SHARE, more=SHARE)
def test_goals_fit_better_with_more_to_gain_and_less_between_them(
    synergy: float, complementary: float, distance: float, more: float
) -> None:
    fit = goal_fit(synergy, complementary, distance)
    assert 0.0 <= fit <= goal_fit(synergy, min(1.0, complementary + more), distance) <= 1.0
    assert fit >= goal_fit(synergy, complementary, min(1.0, distance + more))


@quick
@given(competence=SHARE, record=SHARE, doubt=SHARE, haloing=SHARE, strength=SHARE, structural=SHARE)
def test_a_halo_raises_perceived_competence_and_never_above_one(
    competence: float, record: float, doubt: float, haloing: float, strength: float, structural: float
) -> None:
    plain = perceived_competence(competence, record, doubt, 0.0, strength, structural)
    shone = perceived_competence(competence, record, doubt, haloing, strength, structural)
    assert min(competence, doubt) - 1e-15 <= plain <= shone <= 1.0
    assert perceived_competence(competence, record, doubt, haloing, strength, 0.0) == plain


@quick
@given(u=SHARE.filter(lambda u: 0.0 < u < 1.0), gap=POSITIVE, more=POSITIVE, rivals=POSITIVE)
def test_the_score_to_beat_is_at_least_the_bar_and_rises_with_the_gap(
    u: float, gap: float, more: float, rivals: float
) -> None:
    best = best_rival(rivals, gap, 1.0, 0.7, u)
    assert 1.0 <= best <= best_rival(rivals, gap + more, 1.0, 0.7, u) < 1.0 + 0.7 * 9.0


@quick
@given(share=SHARE, gap=POSITIVE, concentration=SHARE, relieved=SHARE)
def test_fear_for_autonomy_only_slows_and_not_between_equals(
    share: float, gap: float, concentration: float, relieved: float
) -> None:
    dependent = share * one_sidedness(gap)
    assert 0.0 <= dependent <= share
    assert signing_rate(0.5, 3.0, dependent, concentration, relieved) <= 0.5
    assert signing_rate(0.5, 3.0, share * one_sidedness(0.0), concentration, relieved) == 0.5
