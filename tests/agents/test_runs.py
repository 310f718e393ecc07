"""Runs repeat themselves, differ where they should, keep to their ranges, and leave nothing behind."""

import gc
import weakref

import numpy as np
import pytest

from cisim.agents import field_community
from cisim.agents.engine import simulate_mesa
from cisim.agents.model import PartnershipModel
from cisim.core.records import RunRecord
from cisim.parameters import REGISTRY, Parameters, Value, replace
from tests.agents.settings import SMALL, run, scenario, small

#: Monthly series that are shares.
SHARES = (
    "trust",
    "commitment",
    "shirking",
    "satisfied",
    "multivocality",
    "common_agenda",
    "shared_measurement",
    "reinforcing_activities",
    "communication",
    "backbone_support",
    "conditions",
    "attention",
    "credibility",
    "practice",
    "staffing",
    "founders_retained",
    "members_retained",
)
#: Monthly series that are amounts.
AMOUNTS = (
    "conflict",
    "dependence",
    "deferred",
    "hazard",
    "social",
    "economic",
    "social_outcome",
    "economic_outcome",
    "members",
    "reserve",
    "enterprises_supported",
    "enterprises_alive",
    "jobs",
    "twins_alive",
    "twin_jobs",
)


def same(first: RunRecord, second: RunRecord) -> bool:
    """Whether two records are equal to the last bit."""
    series = first.trajectory.keys() == second.trajectory.keys() and all(
        np.array_equal(first.trajectory[name], second.trajectory[name]) for name in first.trajectory
    )
    spells = repr(first.spell) == repr(second.spell)
    return series and spells and first.members == second.members and first.events == second.events


@pytest.mark.parametrize("name", ["minimal", "ordinary", "hondream"])
def test_the_same_seed_gives_the_same_record(name: str) -> None:
    params = replace(scenario(name), {"observation.horizon": 60})
    assert same(run(params, 3), run(params, 3))


def test_another_seed_and_another_replicate_give_another_life() -> None:
    first = run(small(), replicate=0, seed=1)
    assert not same(first, run(small(), replicate=1, seed=1))
    assert not same(first, run(small(), replicate=0, seed=2))


def test_what_is_recorded_changes_no_result() -> None:
    bare = simulate_mesa(small(), seed=1, replicate=0)
    assert repr(bare.spell) == repr(run(small()).spell)
    assert bare.members == run(small()).members


@pytest.mark.parametrize("name", ["minimal", "ordinary", "hondream", "frictionless"])
def test_the_first_months_do_not_depend_on_how_long_is_watched(name: str) -> None:
    short = run(replace(scenario(name), {"observation.horizon": 12}))
    long = run(replace(scenario(name), {"observation.horizon": 36}))
    for series, values in short.trajectory.items():
        assert np.array_equal(values, long.trajectory[series][:12]), series


def random_parameters(chance: np.random.Generator) -> Parameters:
    """Return parameters anywhere in their ranges; small coalitions watched for two years, to be quick."""
    values: dict[str, Value] = {}
    for name, declared in REGISTRY.items():
        if declared.choices:
            values[name] = str(chance.choice(declared.choices))
        elif isinstance(declared.default, int):
            values[name] = int(chance.integers(int(declared.low), int(declared.high) + 1))
        else:
            ends = chance.random() < 0.2
            values[name] = float(
                chance.choice([declared.low, declared.high]) if ends else chance.uniform(declared.low, declared.high)
            )
    values |= {name: int(number) + int(chance.integers(0, 3)) for name, number in SMALL.items()}
    for crossed in ("award", "term"):
        low, high = f"funding.{crossed}_low", f"funding.{crossed}_high"
        values[low], values[high] = sorted((values[low], values[high]))
    if values["formation.mode"] == "negotiated":
        values |= {"practice.mode": "off", "platform.presence": "absent"}  # who negotiates is not tied to others
    values |= {"communities.number": int(chance.integers(1, 4)), "ending.least_members": 3}
    return replace(Parameters(), values | {"observation.horizon": 24})


@pytest.mark.parametrize("point", range(60))
def test_anywhere_in_the_parameter_space_everything_keeps_to_its_range(point: int) -> None:
    params = random_parameters(np.random.default_rng(point))
    record = run(params, point)
    end = record.spell["duration"]
    assert end <= 24
    assert (end == 0) == (record.spell["cause"] == "not_formed")
    for name, series in record.trajectory.items():
        assert series.shape == (end,)
        assert np.isfinite(series).all(), name
    for name in SHARES:
        most = np.inf if name == "practice" and params.practice.mode != "off" else 1.0  # worth may exceed that at par
        assert record.trajectory[name].min(initial=0.0) >= 0.0, name
        assert record.trajectory[name].max(initial=0.0) <= most + 1e-12, name
    for name in AMOUNTS:
        assert record.trajectory[name].min(initial=0.0) >= 0.0, name


def test_every_monthly_series_is_checked_for_its_range() -> None:
    free = {"satisfaction", "climate", "revenue_growth", "twin_revenue_growth"}
    assert set(run(small()).trajectory) <= {*SHARES, *AMOUNTS, *free, "rivals"}


def test_outcomes_are_the_last_month_or_the_mean_of_their_series() -> None:
    record = run(small({"cohort.intake": 5.0, "observation.milestone": 12}, months=24))
    spell, series = record.spell, record.trajectory
    for name in ("founders_retained", "members_retained", "social_outcome", "jobs", "enterprises_alive"):
        assert spell[name] == series[name][-1]
    for name in ("trust", "conflict", "commitment", "hazard", "members", "practice"):
        assert spell[f"mean_{name}"] == pytest.approx(series[name].mean())
    assert spell["jobs_milestone"] == series["jobs"][11]
    assert spell["social_outcome"] == pytest.approx(series["social"].sum())
    assert spell["event_observed"] == (spell["ending"] != "censored")


def test_a_milestone_that_is_not_reached_is_not_a_number() -> None:
    spell = run(small({"observation.milestone": 25}, months=24)).spell
    milestones = [value for name, value in spell.items() if name.endswith("_milestone")]
    assert len(milestones) == 8
    assert np.isnan(milestones).all()


def test_where_nobody_differs_nothing_is_multivocal() -> None:
    unframed = replace(scenario("frictionless"), {"backbone.abstracting": 0.0})  # a frame resonates unequally
    for replicate in range(3):
        assert not run(unframed, replicate).trajectory["multivocality"].any()


def test_where_members_differ_and_all_are_satisfied_an_action_is_multivocal() -> None:
    record = run(small({"assessment.optimism": 0.8}))
    satisfied = record.trajectory["satisfied"] == 1.0
    assert satisfied.any()
    assert record.trajectory["multivocality"][satisfied] == pytest.approx(1.0)


def test_models_are_forgotten_after_their_run(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[weakref.ref[PartnershipModel]] = []

    class Remembered(PartnershipModel):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments)
            built.append(weakref.ref(self))

    monkeypatch.setattr(field_community, "PartnershipModel", Remembered)
    records = [simulate_mesa(small(months=6), seed=1, replicate=replicate) for replicate in range(3)]
    gc.collect()
    assert len(records) == len(built) == 3
    assert [model() for model in built] == [None, None, None]


def test_a_model_that_fails_is_forgotten_too(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[weakref.ref[PartnershipModel]] = []

    class Failing(PartnershipModel):
        def step(self) -> None:
            built.append(weakref.ref(self))
            raise RuntimeError("stopped by the test")

    monkeypatch.setattr(field_community, "PartnershipModel", Failing)
    with pytest.raises(RuntimeError, match="stopped by the test") as caught:
        simulate_mesa(small(months=6), seed=1, replicate=0)
    del caught
    gc.collect()
    assert built[0]() is None
