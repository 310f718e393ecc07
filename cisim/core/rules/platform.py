"""The platform that builds the field, and its donors (ODD: the field; S3)."""

import math

from cisim.core.jit import rule
from cisim.core.rules.common import approach, clip


@rule
def donors_giving(for_each: float, n_communities: float, log_level: float, attention: float, evidence: float) -> float:
    """E138. Donations in a month; `log_level` follows E6 from year to year.

    They give more where the library shows results (`evidence` above par). Source: S3, comments ("donors don't
    fund consistently from year to year").
    """
    return for_each * n_communities * math.exp(log_level) * max(0.0, 1.0 + attention * (evidence - 1.0))


@rule
def infrastructure_money(given: float, programme_bias: float, fees: float) -> float:
    """E139. Money for infrastructure: what donors do not tie to programmes, and fees. Source: S3 (bias)."""
    return given * (1.0 - programme_bias) + fees


@rule
def programme_money(given: float, programme_bias: float) -> float:
    """E204. Money for programmes: what donors tie to them. Source: S3 (bias)."""
    return given * programme_bias


@rule
def platform_need(fixed: float, per_user: float, users: float) -> float:
    """E140. Monthly cost of keeping the platform up: knowledge base, technology, staff, and each user."""
    return fixed + per_user * users


@rule
def platform_capacity(level: float, money: float, need: float, speed: float) -> float:
    """E141. Capacity next month, a share: it follows what of the need is paid, and fades without revenue (S3)."""
    return approach(level, min(1.0, money / max(need, 1e-9)), speed)


@rule
def assistance(capacity: float, programme_money: float, cost: float, users: float) -> float:
    """E142. Share of the training and assistance that users want which they get: money for it, on a live platform."""
    return capacity * min(1.0, programme_money / max(cost * users, 1e-9))


@rule
def platform_joining(
    rate: float, capacity: float, network: float, user_share: float, silos: float, capital: float
) -> float:
    """E143. Chance a month that a community joins the platform: others who use it draw (Katz & Shapiro 1985; S3)."""
    return rate * capacity * (1.0 - network + network * user_share) * (1.0 - silos * (1.0 - capital))


@rule
def platform_leaving(rate: float, capacity: float) -> float:
    """E144. Chance a month that a user leaves the platform, lower the more capacity it has."""
    return rate * (1.0 - capacity)


@rule
def sharing_chance(rate: float, silos: float, capital: float) -> float:
    """E145. Chance a month that a user puts its practice into the library; silos hinder. Source: S3 (comments)."""
    return rate * (1.0 - silos * (1.0 - capital))


@rule
def library_noise(noise: float, quality: float, capacity: float) -> float:
    """E146. Noise of evidence that the platform gathers, lower than what one sees from afar while it has capacity."""
    return noise * (1.0 - quality * capacity)


@rule
def library_evidence(evidence: float, observed: float, is_known: float) -> float:
    """E147. Evidence on a practice after one more observation: the first, then each counts as much as all before."""
    return observed if is_known == 0.0 else 0.5 * (evidence + observed)


@rule
def mean_evidence(total: float, number: int) -> float:
    """E205. Mean evidence on what is in the library, from the sum over `number` entries; 1 (par) while it is empty."""
    return total / number if number > 0 else 1.0


@rule
def faded_evidence(evidence: float, fading: float, capacity: float) -> float:
    """E148. Evidence in the library next month: without upkeep it goes stale. Source: S3, comments."""
    return evidence * (1.0 - fading * (1.0 - capacity))


@rule
def fee_paid(fee: float, income: float) -> float:
    """E149. Fee of a month as far as income goes; it goes from the backbone to the platform."""
    return clip(fee, 0.0, income)
