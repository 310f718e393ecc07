"""Configurations from all over the registry, corners among them, and what no outcome of a coalition can be."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cisim.core.records import RunRecord
from cisim.core.series import CONDITIONS, SERIES
from cisim.core.spell import OUTCOMES
from cisim.parameters import REGISTRY, Parameters, Value, replace
from cisim.parameters.checks import CROSSING, LARGEST
from cisim.study.design import Factor
from cisim.study.design.point_sets import latin_shares
from tests.agents.settings import scenario

#: What every configuration sets besides, by scenario; cohorts are those of H-OnDream.
COHORTS: dict[str, Value] = {"cohort.intake": 22.4}
UNTIED: dict[str, Value] = {"practice.mode": "off", "platform.presence": "absent"}
SETTINGS: dict[str, dict[str, Value]] = {
    "minimal": COHORTS,
    "ordinary": COHORTS,
    "hondream": {},
    "hjump": {**COHORTS, **UNTIED, "backbone.lead": "shared"},
    "field": {**COHORTS, "communities.number": 3},
}

#: What is varied: all that the world decides or a backbone chooses, but for what a scenario is.
VARIED = tuple(name for name, p in REGISTRY.items() if p.role != "constant" and name != "formation.mode")

#: No share is below 0 or above 1, no count below 0.
SHARE, COUNT = (0.0, 1.0), (0.0, math.inf)

#: Jobs of all enterprises, and mean growth of their revenue.
JOBS, GROWTH = (0.0, 1e7), (-1.0, 1e5)

#: Lowest and highest value that any coalition can have; practice in multiples of par, output in that of 25 members.
BOUNDS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(
        (*CONDITIONS, "trust", "commitment", "dependence", "shirking", "satisfied", "multivocality"), SHARE
    ),
    **dict.fromkeys(("conditions", "attention", "credibility", "staffing"), SHARE),
    **dict.fromkeys(("founders_retained", "members_retained", "formed", "gave_up", "third_party"), SHARE),
    **dict.fromkeys(("enterprises_supported", "enterprises_alive", "twins_alive", "deferred"), COUNT),
    **dict.fromkeys(("jobs", "twin_jobs"), JOBS),
    **dict.fromkeys(("revenue_growth", "twin_revenue_growth"), GROWTH),
    **dict.fromkeys(("social", "economic"), (0.0, 1e3)),
    **dict.fromkeys(("social_outcome", "economic_outcome"), (0.0, 1e5)),
    "conflict": (0.0, 50.0),
    "satisfaction": (-1.5, 1.0),
    "hazard": (0.0, 10.0),
    "practice": (0.0, 1.0 / 0.3),
    "members": (0.0, LARGEST),
    "reserve": (0.0, 1e4),
    "climate": (-50.0, 50.0),
    "formation_months": (0.0, 600.0),
}


@dataclass(frozen=True)
class Corner:
    """A configuration that lies anywhere in the registry, with its number."""

    scenario: str
    number: int
    params: Parameters


def corners(name: str, number: int) -> Iterator[Corner]:
    """Yield `number` configurations of a scenario: a Latin hypercube, every other one half at the ends of ranges."""
    base, rng = scenario(name), np.random.default_rng(16)
    shares = latin_shares(number, len(VARIED), 16)
    ends = (rng.random(shares.shape) < 0.5) & (np.arange(number) % 2 == 1)[:, None]
    shares = np.where(ends, np.rint(shares), shares)
    columns = {name: _over_range(name).at(shares[:, j]).tolist() for j, name in enumerate(VARIED)}
    for i in range(number):
        values = {**{name: column[i] for name, column in columns.items()}, **SETTINGS[name]}
        yield Corner(name, i, replace(base, _in_order(values)))


def _over_range(name: str) -> Factor:
    declared = REGISTRY[name]
    if declared.choices:
        return Factor(name=name, values=declared.choices)
    return Factor(name=name, low=declared.low, high=declared.high)


def _in_order(values: dict[str, Value]) -> dict[str, Value]:
    """Swap the ends of a range that cross."""
    for name in CROSSING:
        low, high = f"funding.{name}_low", f"funding.{name}_high"
        if low in values and high in values and float(values[low]) > float(values[high]):
            values = {**values, low: values[high], high: values[low]}
    return values


def oddities(record: RunRecord, horizon: int) -> list[str]:
    """Return what no coalition can have, by outcome or series."""
    return [odd for one in record.communities for odd in _oddities_of_one(one, horizon)]


def _oddities_of_one(record: RunRecord, horizon: int) -> list[str]:
    spell, found = record.spell, []
    months = int(spell["duration"])
    if not 0 <= months <= horizon or any(not 0 < int(row["duration"]) <= horizon for row in record.members):
        found.append(f"duration={months}")
    for name in OUTCOMES:
        value = float(spell[name])
        is_unknown = name.endswith("_milestone") and math.isnan(value)
        if not is_unknown and not _is_within(name, value):
            found.append(f"{name}={value}")
    series = record.trajectory or {}
    for name in SERIES:
        ends = (float(series[name].min(initial=0.0)), float(series[name].max(initial=0.0)))
        found += [f"{name}={value} in a month" for value in ends if not _is_within(name, value)]
    if float(spell["enterprises_alive"]) > float(spell["enterprises_supported"]):
        found.append("more enterprises alive than taken in")
    if float(spell["twins_alive"]) > float(spell["enterprises_supported"]):
        found.append("more twins alive than enterprises taken in")
    return found


def _is_within(name: str, value: float) -> bool:
    low, high = BOUNDS[name.removesuffix("_milestone").removeprefix("mean_")]
    return low - 1e-9 <= value <= high + 1e-9
