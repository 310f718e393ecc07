"""Contribution and joint production (ODD: schedule 4 and 5)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import clip


@rule
def size_factor(n_members: float, size_power: float) -> float:
    """E94. How much more a member withholds among `n_members`, 1 at 25: each is seen less (Olson 1965)."""
    return math.pow(n_members / 25.0, size_power)


@rule
def kept_share(commitment: float, shirked: float) -> float:
    """E186. Share of its possible contribution that a member makes."""
    return commitment * (1.0 - shirked)


@rule
def shirking(
    readiness: float,
    base: float,
    spacing_part: float,
    spacing: float,
    trust: float,
    by_size: float,
) -> float:
    """E23. Share of its contribution that a member withholds, in [0, 0.95].

    It rises where detection is low (spacing) and with the number of members (`by_size`, E94), and falls with trust.
    Source: MODEL 3.4, 4.3 (cost of spacing).
    """
    temptation = readiness * (base + spacing_part * spacing) * (1.0 - 0.5 * trust)
    return clip(temptation * by_size, 0.0, 0.95)


@rule
def contribution(commitment: float, size: float, budget: float, shirked: float) -> float:
    """E24. Contribution of a member: commitment x budget (its size times the budget level) x (1 - shirking)."""
    return commitment * size * budget * (1.0 - shirked)


@rule
def role_input(contributed: float, able: float, holds: float, holder_weight: float) -> float:
    """E25. Input of one member to one role; the holder (`holds` 1, else 0) counts 1 + `holder_weight`."""
    return contributed * able * (1.0 + holder_weight * holds)


@rule
def joint_input(
    plan: float, implement: float, fund: float, expertise: float, reference: float, elasticity: float
) -> float:
    """E26. Complementary roles: Cobb-Douglas over the four role inputs, 1 at the reference. Source: MODEL 3.5."""
    product = (plan / reference) * (implement / reference) * (fund / reference) * (expertise / reference)
    return math.pow(max(product, 1e-12), 0.25 * elasticity)


@rule
def coordination_factor(n_members: float, cost: float, power: float) -> float:
    """E27. Output after coordination cost, 1 at 25 members; the cost grows faster than linearly. Source: MODEL 3.5."""
    return (1.0 + cost) / (1.0 + cost * math.pow(n_members / 25.0, power))


@rule
def practice_quality(skill: float, worth: float) -> float:
    """E185. Quality of practice: skill in it (E33), times what it is worth here (E123; 1 where all practice suits)."""
    return skill * worth


@rule
def leader_quality(mean: float, sd: float, deviate: float) -> float:
    """E187. Quality of the person who leads; `deviate` is standard normal, and 0 if nobody does."""
    return mean + sd * deviate


@rule
def means_factor(
    staffing: float,
    practice: float,
    leader: float,
    leader_effect: float,
    conditions_mean: float,
    conditions_gain: float,
) -> float:
    """E28. Output by staffing, practice (par 0.8), leader quality and the mean of the five conditions (par 0.5)."""
    means = (0.4 + 0.6 * staffing) * practice / 0.8 * math.exp(leader_effect * leader)
    return means * (1.0 + conditions_gain * (conditions_mean - 0.5))


@rule
def output(joint: float, coordination: float, means: float, framing: float, switching: float) -> float:
    """E29. Output of a month from its factors; `switching` is the share lost to a switch of attention."""
    return joint * coordination * means * framing * (1.0 - switching)


@rule
def social_outcome(produced: float, attended: float, returns: float) -> float:
    """E30. Social outcome of a month, with increasing returns to focus (`returns` above 1). Source: MODEL 3.5."""
    return produced * math.pow(2.0 * attended, returns)


@rule
def economic_outcome(produced: float, attended: float, returns: float) -> float:
    """E31. Economic outcome of a month: E30 seen from the other goal."""
    return produced * math.pow(2.0 * (1.0 - attended), returns)


@rule
def output_luck(sd: float, z: float) -> float:
    """E32. Multiplier of output by chance, with mean 1."""
    return math.exp(sd * z - 0.5 * sd * sd)


@rule
def realised_output(planned: float, platform: float, luck: float, undisturbed: float) -> float:
    """E188. Output of a month: E29 by a joint platform (E116), chance (E32), and what learning leaves (E136)."""
    return planned * platform * luck * undisturbed


@rule
def practice(level: float, decay: float, learning: float, learning_spacing: float, spacing: float) -> float:
    """E33. Quality of practice next month, a share: feedback corrects it, spacing slows that (MODEL 4.3, cost)."""
    return clip(level - decay * level + learning * (1.0 - learning_spacing * spacing) * (1.0 - level), 0.0, 1.0)
