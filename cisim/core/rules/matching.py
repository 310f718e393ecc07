"""How a partnership between unequals comes about (ODD: formation; S2 §2.1, §2.2, §4.1 to §4.3; MODEL 4.4 to 4.6)."""

import math
from typing import NamedTuple

from cisim.core.draws import inverse_normal
from cisim.core.jit import rule
from cisim.core.rules.common import clip
from cisim.core.rules.joining import Capabilities

_NEARLY_ONE = 1.0 - 1e-15


class Contender(NamedTuple):
    """The weaker side as the larger one sees it: shares, and a gap of power in log units."""

    competence: float
    reputation: float
    fit: float
    complementary: float
    gap: float
    relational: float


class Criteria(NamedTuple):
    """Weight of each part of a `Contender` in its standing, and how ready the larger side is anyway."""

    competence: float
    reputation: float
    fit: float
    complementarity: float
    size: float
    risk: float
    readiness: float


@rule
def social_capital(level: float, growth: float, effort: float, decay: float) -> float:
    """E98. One kind of social capital next month, a share: built by effort, lost without (S2 §2.2; Bourdieu 1986)."""
    return level + growth * effort * (1.0 - level) - decay * level


@rule
def introduction(rate: float, structural: float, broker_rate: float, brokerage: float) -> float:
    """E99. Rate a month at which the sides meet: through own ties, or through a broker (S2 §4.2; Burt 2005)."""
    return rate * structural + broker_rate * brokerage


@rule
def borrowed_size(engaged: float, share: float, size: float) -> float:
    """E196. Size that a third body lends the weaker side: a share of its own, if it is engaged (1, else 0; S2 §4.3)."""
    return engaged * share * size


@rule
def power_gap(larger: float, weaker: float, borrowed: float) -> float:
    """E100. Asymmetry of power: log ratio of sizes, at least 0; a third party lends the weaker side size (S2 §4.3)."""
    return max(0.0, math.log(larger / (weaker + borrowed)))


@rule
def complementarity(larger: Capabilities, weaker: Capabilities) -> float:
    """E101. Complementarity: what each side has that the other lacks, a share (S2 §2.1)."""
    plan, implement = abs(larger.plan - weaker.plan), abs(larger.implement - weaker.implement)
    fund, expertise = abs(larger.fund - weaker.fund), abs(larger.expertise - weaker.expertise)
    return 0.25 * (plan + implement + fund + expertise)


@rule
def true_competence(implement: float, expertise: float) -> float:
    """E119. Competence of the weaker side, a share: its implementation and expertise (S2 §2.1, §4.3)."""
    return 0.5 * (implement + expertise)


@rule
def goal_fit(synergy: float, complementary: float, distance: float) -> float:
    """E102. Room for a common goal, a share: synergy x (1 - distance) over 1, whatever the split of power (MODEL 6)."""
    return clip((1.0 + synergy * complementary) * (1.0 - distance) - 1.0, 0.0, 1.0)


@rule
def track_record(age: float, scale: float) -> float:
    """E103. Part of the weaker side's performance that is known, a share, by its age in months (Stinchcombe 1965)."""
    return 1.0 - math.exp(-age / scale)


@rule
def endorsed(record: float, endorsement: float, engaged: float) -> float:
    """E104. Reputation, a share, with a legitimate third body (1 engaged, else 0) that vouches (S2 §4.3)."""
    return record + endorsement * engaged * (1.0 - record)


@rule
def perceived_competence(
    competence: float, record: float, doubt: float, haloing: float, strength: float, structural: float
) -> float:
    """E105. Competence as the larger side sees it, a share.

    Known performance counts, the rest is doubt; credentials, advisers and mentors out of the network make a halo (S2
    §4.2, §4.3; Nisbett & Wilson 1977).
    """
    known = record * competence + (1.0 - record) * doubt
    return known + haloing * strength * structural * (1.0 - known)


@rule
def standing(seen: Contender, weights: Criteria) -> float:
    """E106. Score of the weaker side in the larger one's eyes (S2 §2.1, §4.2; Seitanidi & Crane 2009).

    Perceived competence, reputation, fit and complementarity speak for it, a gap in size and the risk of the untested
    against it; trust lowers the risk, and good experience makes the larger side ready.
    """
    risk = (1.0 - seen.reputation) * (1.0 - seen.relational)
    gain = weights.competence * seen.competence + weights.reputation * seen.reputation + weights.fit * seen.fit
    gain = gain + weights.complementarity * seen.complementary
    return gain - weights.size * seen.gap - weights.risk * risk + weights.readiness


@rule
def best_rival(rivals: float, gap: float, bar: float, spread: float, u: float) -> float:
    """E107. Score to exceed: the bar, or the best of the options that a gap in power brings the larger side (S2 §5)."""
    number = rivals * gap
    if number <= 0.0:
        return bar
    return bar + spread * inverse_normal(clip(math.pow(u, 1.0 / number), 0.5, _NEARLY_ONE))


@rule
def goals_rate(rate: float, fit: float) -> float:
    """E108. Rate a month at which both sides come to see a common goal behind different interests (S2 §4.1)."""
    return rate * fit


@rule
def design_burden(coordination: float, engaged: float, setup: float, platform: float) -> float:
    """E197. Factor by which design takes longer: a third party has own goals, a platform is set up (S2 §4.3, §4.4)."""
    return 1.0 + coordination * engaged + setup * platform


@rule
def design_rate(rate: float, cognitive: float, relational: float, burden: float) -> float:
    """E109. Rate a month at which design, operation and institutions are settled (S2 §2.2, §4.3).

    Social capital saves transaction costs; E197 is a burden.
    """
    return rate * (1.0 + cognitive + relational) / burden


@rule
def one_sidedness(gap: float) -> float:
    """E110. Part of dependence that is not mutual, a share: none between equals (Emerson 1962; S2 §2.2)."""
    return math.tanh(0.5 * gap)


@rule
def signing_rate(rate: float, fear: float, dependence: float, concentration: float, relieved: float) -> float:
    """E111. Rate a month at which the weaker side signs, in fear for its autonomy (S2 §1, §2.2)."""
    return rate * math.exp(-fear * dependence * concentration * (1.0 - relieved))


@rule
def efforts(broker: float, networking: float, haloing: float, third_party: float, platform: float) -> float:
    """E150. Efforts that the weaker side makes at a time, in full ones (S2 §4.3; MODEL 4.4)."""
    return broker + networking + haloing + third_party + platform


@rule
def giving_up_rate(rate: float, strain: float, efforts: float) -> float:
    """E112. Rate a month of giving up: every effort takes means that a young venture lacks (S2 §1; MODEL 4.4)."""
    return rate * math.exp(strain * efforts)


@rule
def engagement_rate(rate: float, effort: float, structural: float) -> float:
    """E113. Rate a month at which a third body is won, through the network only (S2 §4.3)."""
    return rate * effort * structural


@rule
def inherited(level: float, carried: float, capital: float) -> float:
    """E114. Trust or language on a tie at founding, a share, with what the negotiation has built (S2 §2.2)."""
    return level + carried * capital * (1.0 - level)


@rule
def promise_factor(belief: float, perceived: float, competence: float) -> float:
    """E115. Multiplier of the promise: expectations follow perceived, results true competence (S2 §4.3; MODEL 4.5)."""
    return max(0.5, 1.0 + belief * (perceived - competence))


@rule
def platform_factor(platform: float, gain: float, providers: float, loss: float, months: float, age: float) -> float:
    """E116. Multiplier of output by a joint platform of intensity `platform` (S2 §4.4; MODEL 4.8).

    Value is co-created where several provide; setting it up takes output at first, `months` being the time scale.
    """
    return 1.0 + platform * (gain * (1.0 - 1.0 / max(1.0, providers)) - loss * math.exp(-age / months))


@rule
def protection(penalty: float, complement: float, relational_governance: float) -> float:
    """E117. Protection inside a contract, log units: relational governance complements it (Poppo & Zenger 2002)."""
    return penalty * (1.0 + complement * relational_governance)
