"""Practice in many communities: local fit, search, copying, resistance, relational capital (ODD: the field)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import around, clip


@rule
def ring_distance(one: float, other: float) -> float:
    """E120. Distance of two practices on the ring, 0 to 0.5: how much of one has to be changed to get the other."""
    apart = around(one - other)
    return min(apart, 1.0 - apart)


@rule
def community_target(heterogeneity: float, u: float) -> float:
    """E121. Practice that suits a community best: all the same at heterogeneity 0, anywhere at 1. Source: S3."""
    return around(heterogeneity * (u - 0.5))


@rule
def local_fit(distance: float, width: float, misfit: float) -> float:
    """E122. Share of what a practice can do that it does here; far from what suits, `misfit` of it is lost.

    One peak for each community, smooth around it: a landscape in the sense of Levinthal 1997 at its simplest.
    """
    return 1.0 - misfit * (1.0 - math.exp(-0.5 * (distance / width) * (distance / width)))


@rule
def practice_worth(potency: float, fit: float, reference: float) -> float:
    """E123. Worth of a practice here, 1 at par: its potency where it fits, times how far it fits."""
    return potency * fit / reference


@rule
def first_position(target: float, error: float, z: float) -> float:
    """E124. Practice that a community designs at first: it misses what would suit by the spread `error`."""
    return around(target + error * z)


@rule
def first_potency(mean: float, sd: float, z: float) -> float:
    """E125. Potency of the first practice of a community where it fits, a share of what is possible."""
    return clip(mean + sd * z, 0.05, 1.0)


@rule
def community_trait(mean: float, sd: float, z: float) -> float:
    """E126. A community's own degree of a resistance, a share. Source: S3 (comments)."""
    return clip(mean + sd * z, 0.0, 1.0)


@rule
def search_chance(rate: float, learning_spacing: float, spacing: float, gain: float, assistance: float) -> float:
    """E127. Chance a month of a trial of something new: spacing slows learning (E33), assistance adds trials."""
    return clip(rate * (1.0 - learning_spacing * spacing) * (1.0 + gain * assistance), 0.0, 1.0)


@rule
def tried_position(position: float, step: float, z: float) -> float:
    """E128. Practice that a trial tries: near the present one (local search, March & Simon 1958)."""
    return around(position + step * z)


@rule
def tried_potency(potency: float, step: float, z: float) -> float:
    """E129. Potency of a tried practice, as likely lower as higher: most ideas are no better (March 1991)."""
    return clip(potency + step * z, 0.0, 1.0)


@rule
def observed_worth(worth: float, noise: float, z: float) -> float:
    """E130. Worth of a practice as evidence shows it. Source: MODEL 4.11; Csaszar & Siggelkow 2010 on noisy choice."""
    return worth + noise * z


@rule
def look_chance(rate: float, silos: float, capital: float) -> float:
    """E131. Chance a month to observe others; silos hinder, relational capital helps. Source: S3 (comments)."""
    return rate * (1.0 - silos * (1.0 - capital))


@rule
def drawn_place(u: float, number: int) -> int:
    """E203. Place among `number` that one draw picks, each as likely; 0 is the first."""
    return int(u * number)


@rule
def trusted_evidence(evidence: float, not_invented: float, capital: float) -> float:
    """E132. Evidence from elsewhere as it is believed: "not invented here" (Katz & Allen 1982; S3, comments)."""
    return evidence * (1.0 - not_invented * (1.0 - capital))


@rule
def own_view(worth: float, ego: float, capital: float) -> float:
    """E133. Worth of its own practice in a community's view: ego adds to it. Source: S3 (comments)."""
    return worth * (1.0 + ego * (1.0 - capital))


@rule
def transferred_position(source: float, target: float, adaptation: float, assistance: float) -> float:
    """E134. Copied practice as it is brought in, moved towards what suits as far as help in adapting it goes.

    Source: S3 ("creative blending of best practices with specific community needs").
    """
    gap = around(target - source + 0.5) - 0.5
    return around(source + adaptation * assistance * gap)


@rule
def transferred_skill(skill: float, stickiness: float, assistance: float) -> float:
    """E135. Skill kept with a practice from elsewhere: knowledge is sticky (Szulanski 1996), training helps (S3)."""
    return skill * (1.0 - stickiness * (1.0 - assistance))


@rule
def undisturbed(
    adopting: float,
    adoption_cost: float,
    searching: float,
    search_cost: float,
    training_time: float,
    assistance: float,
) -> float:
    """E136. Share of output that is left besides adopting (1 or 0), trying (1 or 0), and time in training."""
    return (1.0 - adoption_cost * adopting) * (1.0 - search_cost * searching) * (1.0 - training_time * assistance)


@rule
def relational_capital(level: float, growth: float, decay: float, exchanged: float) -> float:
    """E137. Relational capital of a community with the others, a share: it grows with exchange (S2 §2.2)."""
    return level + growth * exchanged * (1.0 - level) - decay * level
