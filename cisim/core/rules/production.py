"""Contribution and joint production (ODD: schedule 4 and 5)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import clip


@rule
def shirking(readiness, base, spacing_part, spacing, trust, n_members, size_power):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    """E21. Share of its contribution that a member withholds, in [0, 0.95].

    It rises where detection is low (spacing) and with the number of members (Olson 1965), and falls with trust.
    Source: MODEL 3.4, 4.3 (cost of spacing).
    """
    temptation = readiness * (base + spacing_part * spacing) * (1.0 - 0.5 * trust)
    return clip(temptation * (n_members / 25.0) ** size_power, 0.0, 0.95)


@rule
def contribution(commitment, size, budget, shirked):  # type: ignore[no-untyped-def]
    """E22. What a member puts in: commitment x budget (its size times the budget level) x (1 - shirking)."""
    return commitment * size * budget * (1.0 - shirked)


@rule
def role_input(contributed, able, holds, holder_weight):  # type: ignore[no-untyped-def]
    """E23. Input of one member to one role; the holder (`holds` 1, else 0) counts 1 + `holder_weight`."""
    return contributed * able * (1.0 + holder_weight * holds)


@rule
def joint_input(plan, implement, fund, expertise, reference, elasticity):  # type: ignore[no-untyped-def]
    """E24. Complementary roles: Cobb-Douglas over the four role inputs, 1 at the reference. Source: MODEL 3.5."""
    product = (plan / reference) * (implement / reference) * (fund / reference) * (expertise / reference)
    return max(product, 1e-12) ** (0.25 * elasticity)


@rule
def coordination_factor(n_members, cost, power):  # type: ignore[no-untyped-def]
    """E25. Output after coordination cost, 1 at 25 members; the cost grows faster than linearly. Source: MODEL 3.5."""
    return (1.0 + cost) / (1.0 + cost * (n_members / 25.0) ** power)


@rule
def means_factor(staffing, practice, leader, leader_effect, conditions_mean, conditions_gain):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    """E26. Output by staffing, practice (par 0.8), leader quality and the mean of the five conditions (par 0.5)."""
    means = (0.4 + 0.6 * staffing) * practice / 0.8 * math.exp(leader_effect * leader)
    return means * (1.0 + conditions_gain * (conditions_mean - 0.5))


@rule
def output(joint, coordination, means, framing, switching):  # type: ignore[no-untyped-def]
    """E27. Output of a month from its factors; `switching` is the share lost to a switch of attention."""
    return joint * coordination * means * framing * (1.0 - switching)


@rule
def social_outcome(produced, attended, returns):  # type: ignore[no-untyped-def]
    """E28. Social outcome of a month, with increasing returns to focus (`returns` above 1). Source: MODEL 3.5."""
    return produced * (2.0 * attended) ** returns


@rule
def economic_outcome(produced, attended, returns):  # type: ignore[no-untyped-def]
    """E29. Economic outcome of a month: E28 seen from the other goal."""
    return produced * (2.0 * (1.0 - attended)) ** returns


@rule
def luck(sd, z):  # type: ignore[no-untyped-def]
    """E30. Multiplier of output by chance, with mean 1."""
    return math.exp(sd * z - 0.5 * sd * sd)


@rule
def practice(level, decay, learning, learning_spacing, spacing):  # type: ignore[no-untyped-def]
    """E31. Quality of practice next month, a share: feedback corrects it, spacing slows that (MODEL 4.3, cost)."""
    return clip(level - decay * level + learning * (1.0 - learning_spacing * spacing) * (1.0 - level), 0.0, 1.0)
