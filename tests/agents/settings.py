"""Settings that the tests of the agents share."""

from collections.abc import Mapping
from functools import cache

import pytest

from cisim.agents.engine import simulate_mesa
from cisim.agents.model import PartnershipModel
from cisim.core.population import World
from cisim.core.records import RunRecord
from cisim.parameters import Parameters, Value, replace
from tests.studies import compose_study

#: Nine members of all kinds: small enough to be quick, with somebody for every mechanism.
SMALL: dict[str, Value] = {
    "population.corporations": 2,
    "population.nonprofits": 3,
    "population.funders": 1,
    "population.social_enterprises": 1,
    "population.public_agencies": 2,
}

#: No random shock, no bad year, no luck: what is left is the mechanism.
CALM: dict[str, Value] = {
    "shocks.internal_rate": 0.0,
    "shocks.external_rate": 0.0,
    "shocks.relational_rate": 0.0,
    "environment.bad_year_rate": 0.0,
    "environment.budget_sd": 0.0,
    "environment.climate_sd": 0.0,
    "environment.rivals_sd": 0.0,
    "production.noise_sd": 0.0,
}

#: Nobody leaves and nobody joins.
FIXED: dict[str, Value] = {"exit.base_rate": 0.0, "entry.rate": 0.0}

#: Nothing ends the coalition before the horizon.
LASTING: dict[str, Value] = {
    "ending.agenda_size": 0.0,
    "funding.own_income": 1.5,
    "funding.own_income_sd": 0.0,
    "funding.floor": 0.0,
}


def small(*changes: dict[str, Value], months: int = 24) -> Parameters:
    """Return parameters of the small coalition, watched for that many months, with the changes made in order."""
    merged: dict[str, Value] = {"observation.horizon": months}
    for change in changes:
        merged |= change
    return replace(Parameters(), SMALL | merged)


def found(params: Parameters, replicate: int = 0, seed: int = 1) -> PartnershipModel:
    """Return a model at its founding."""
    return PartnershipModel(params, World(seed, replicate))


def run(params: Parameters, replicate: int = 0, seed: int = 1) -> RunRecord:
    """Return the whole record of one run."""
    return simulate_mesa(params, seed=seed, replicate=replicate, trajectory=True, events=True)


@cache
def scenario(name: str) -> Parameters:
    """Return the parameters of a scenario that cisim ships."""
    return compose_study("run", [f"scenario={name}"]).params


def closely(values: Mapping[str, Value], rel: float = 1e-9) -> dict[str, object]:
    """Return what equals `values` up to rounding in its numbers."""
    return {
        name: pytest.approx(value, rel=rel, abs=1e-12, nan_ok=True) if isinstance(value, float) else value
        for name, value in values.items()
    }
