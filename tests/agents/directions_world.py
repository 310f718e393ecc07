"""Directions of the parameters of the world around a coalition."""

from tests.agents.directions import BAD_YEARS, CHANGES, DOWN, LEAVING, NURTURING, UP, Move

CLIMATIC = {**LEAVING, "environment.climate_sd": 1.0, "exit.climate": 0.4}
CROWDED = {**LEAVING, "environment.rivals_sd": 0.6}
RESTLESS = {"shocks.internal_rate": 0.5, "shocks.internal_size": 1.0}
STRUCK = {"shocks.external_rate": 1.0, "shocks.external_size": 1.0}
BREACHED = {"shocks.relational_rate": 0.3, "shocks.relational_size": 1.0}
SCHEDULED = {"shocks.scheduled_class": "internal", "shocks.scheduled_month": 6, "shocks.scheduled_size": 1.0}

WORLD: dict[str, Move] = {
    "environment.climate_persistence": Move(
        0.5, 0.99, "mean_hazard", CHANGES, "spells of weather last longer, good or bad", CLIMATIC
    ),
    "environment.climate_sd": Move(0.0, 3.0, "mean_hazard", CHANGES, "the climate swings, up or down", CLIMATIC),
    "environment.budget_sd": Move(0.0, 0.5, "social_outcome", CHANGES, "budgets swing, up or down"),
    "environment.budget_reversion": Move(0.0, 1.0, "social_outcome", UP, "cuts are made good", BAD_YEARS, months=60),
    "environment.bad_year_rate": Move(0.0, 0.5, "social_outcome", DOWN, "firms cut in bad years", BAD_YEARS, months=60),
    "environment.bad_year_cutters": Move(0.0, 1.0, "social_outcome", DOWN, "more firms cut", BAD_YEARS, months=60),
    "environment.bad_year_cut": Move(0.0, 1.0, "social_outcome", DOWN, "firms cut more", BAD_YEARS, months=60),
    "environment.rivals_mean": Move(0.0, 4.0, "mean_hazard", UP, "rivals pull (Jensen & Cornwell)", LEAVING),
    "environment.rivals_sd": Move(0.0, 2.0, "mean_hazard", CHANGES, "rivals come and go", CROWDED),
    "environment.imposed_hazard": Move(0.0, 0.1, "duration", DOWN, "an ending from outside"),
    "shocks.internal_rate": Move(0.0, 0.5, "mean_trust", DOWN, "boundary spanners leave", RESTLESS),
    "shocks.internal_size": Move(0.0, 1.0, "mean_trust", DOWN, "boundary spanners leave", RESTLESS),
    "shocks.external_rate": Move(0.0, 1.0, "social_outcome", DOWN, "funds are withdrawn, policies end", STRUCK),
    "shocks.external_size": Move(0.0, 1.0, "social_outcome", DOWN, "funds are withdrawn, policies end", STRUCK),
    "shocks.relational_rate": Move(0.0, 0.3, "mean_trust", DOWN, "trust is breached", BREACHED),
    "shocks.relational_size": Move(0.0, 1.0, "mean_trust", DOWN, "trust is breached", BREACHED),
    "shocks.recovery": Move(0.0, 0.2, "social_outcome", UP, "policy and funds return", STRUCK),
    "shocks.scheduled_class": Move("none", "internal", "mean_trust", DOWN, "the lead's spanners leave", SCHEDULED),
    "shocks.scheduled_month": Move(6, 30, "mean_trust", UP, "a later shock has less time to act", SCHEDULED, 36, 6),
    "shocks.scheduled_size": Move(0.0, 1.0, "mean_trust", DOWN, "a larger shock", SCHEDULED),
    "observation.horizon": Move(12, 36, "duration", UP, "observed for longer", replicates=1),
    "observation.milestone": Move(
        6, 18, "enterprises_supported_milestone", UP, "a second cohort has come by then", NURTURING, replicates=1
    ),
}
