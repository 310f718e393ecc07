"""Each strategy has a region where it helps and one where its cost bites (MODEL 4).

Both regions lie inside the plausible ranges of the registry; effects are paired in the same worlds.
"""

from statistics import fmean, stdev

import pytest

from cisim.core.kernel.engine import simulate_compiled
from cisim.parameters import Parameters, Value, replace

#: The composition and contracts of H-OnDream without its cohort, all strategies off.
CASE: dict[str, Value] = {
    "population.corporations": 4,
    "population.nonprofits": 5,
    "population.funders": 3,
    "population.social_enterprises": 2,
    "population.public_agencies": 3,
    "backbone.lead": "shared",
    "backbone.contract_months": 60,
    "funding.grant_share": 1.0,
    "funding.grant_months": 60,
    "funding.term_low": 60,
    "funding.term_high": 60,
    "ending.agenda_size": 0.0,
}

#: Strategy, sign of its effect on the time free of failure, region, and the gain or cost that is responsible.
REGIONS: list[tuple[str, int, dict[str, Value], str]] = [
    ("gazing", +1, {"population.divergence": 1.5}, "the off-focus clash is suspended (4.1)"),
    (
        "gazing",
        -1,
        {"backbone.gazing_period": 6, "agenda.switching_cost": 0.8},
        "switching eats the output (4.1, cost)",
    ),
    ("abstracting", +1, {"population.divergence": 1.5}, "perceived divergence falls (4.2)"),
    (
        "abstracting",
        -1,
        {"framing.vagueness": 0.5, "framing.discretion": 0.0},
        "vagueness lowers results, the frame turns into resentment (4.2, cost)",
    ),
    (
        "spacing",
        +1,
        {
            "contribution.shirking": 0.0,
            "exit.evidence": 0.0,
            "funding.win_evidence": 0.0,
            "production.learning_spacing": 0.2,
        },
        "fewer confrontations, goodwill (4.3)",
    ),
    ("spacing", -1, {"contribution.shirking": 0.6}, "free-riding goes unseen (4.3, cost)"),
]

REPLICATES = 60
HORIZON = 240


def time_free_of_failure(overrides: dict[str, Value], replicate: int) -> float:
    """Months free of failure up to the horizon; a coalition that does not fail has them all."""
    spell = simulate_compiled(replace(Parameters(), {**CASE, **overrides}), seed=11, replicate=replicate).spell
    return float(spell["duration"]) if spell["ending"] == "failed" else float(HORIZON)


@pytest.mark.parametrize(
    ("strategy", "sign", "region", "why"), REGIONS, ids=[f"{s}{'+' if g > 0 else '-'}" for s, g, _, _ in REGIONS]
)
def test_a_strategy_helps_in_one_region_and_harms_in_another(
    strategy: str, sign: int, region: dict[str, Value], why: str
) -> None:
    with_it = {**region, f"backbone.{strategy}": 0.7}
    effects = [time_free_of_failure(with_it, r) - time_free_of_failure(region, r) for r in range(REPLICATES)]
    standard_error = stdev(effects) / REPLICATES**0.5
    assert sign * fmean(effects) > 1.96 * standard_error, f"{fmean(effects):.1f} months: {why}"
