"""Dependence on another's resources (ODD: schedule 10; S2 §2.2, §4.3; MODEL 3.10)."""

from cisim.core.jit import rule


@rule
def share_lost(dependence: float, provider_level: float) -> float:
    """E60. Share of a member's means lost through one provider whose budget level is `provider_level` (0 if gone)."""
    return dependence * max(0.0, 1.0 - provider_level)


@rule
def means_share(dependence: float, size: float, total: float) -> float:
    """E192. Share of a member's means that one provider gives: `dependence` spread over providers by their size."""
    return dependence * size / total


@rule
def means_left(budget: float, lost: float) -> float:
    """E191. Budget level that is left when providers have withdrawn a share of a member's means."""
    return budget * (1.0 - lost)


@rule
def dependence_next(dependence: float, provider_present: int, decay: float) -> float:
    """E61. Dependence on a provider next month: kept while it is there (1), mended when it is gone (0)."""
    return dependence if provider_present > 0 else dependence * (1.0 - decay)


@rule
def concentration(squares: float, total: float) -> float:
    """E118. How far dependence is on one provider, from the sum of squared shares and their sum (Herfindahl 1950)."""
    return squares / (total * total)


@rule
def sides_concentration(larger: float, third: float, engaged: float) -> float:
    """E195. Concentration before there is a coalition: the larger side, and a third body if one is engaged (1)."""
    joined = engaged * third
    return concentration(larger * larger + joined * joined, larger + joined)


@rule
def mean_weight(weighted: float, total: float) -> float:
    """E193. Mean social value weight of providers, from the sum of their weights by share and the sum of shares."""
    return weighted / total


@rule
def felt_dependence(dependence: float, one_sided: float) -> float:
    """E194. Dependence that costs autonomy: the part that is not mutual (E110)."""
    return dependence * one_sided


@rule
def relief(
    strength: float, relational_governance: float, closed: float, platform: float, concentration: float
) -> float:
    """E62. Relief of dependence, a share (S2 §2.2, §4.3, §4.4).

    By relational governance, by common third parties, and by a joint platform where there are several providers.
    """
    bound = (1.0 - relational_governance) * (1.0 - closed)
    return strength * (1.0 - bound * (1.0 - platform * (1.0 - concentration)))


@rule
def drifted_weight(
    weight: float, provider_weight: float, drift: float, dependence: float, concentration: float, relieved: float
) -> float:
    """E63. Mission drift: social value weight next month, drawn to the providers' (S2 §2.2; Grimes et al. 2019)."""
    return weight + drift * dependence * concentration * (1.0 - relieved) * (provider_weight - weight)


@rule
def autonomy_lost(
    dependence: float,
    concentration: float,
    weight: float,
    founding_weight: float,
    provider_weight: float,
    relieved: float,
) -> float:
    """E64. Autonomy lost to providers: own drift and the distance to them, by concentration (S2 §2.2)."""
    dissonance = abs(weight - founding_weight) + 0.5 * abs(provider_weight - weight)
    return dependence * concentration * dissonance * (1.0 - relieved)
