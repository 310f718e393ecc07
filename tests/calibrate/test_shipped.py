"""The ensemble and the defaults that come with cisim meet the published patterns, in the model as it is now."""

import json
import logging

import numpy as np
import pandas as pd
import pytest
import yaml

from cisim.config.places import own_folder
from cisim.parameters import REGISTRY
from cisim.questions.calibrate.prior import Prior, choose_parameters
from cisim.questions.calibrate.simulate import Simulator
from cisim.questions.calibrate.targets import Targets, deviations, read_targets
from cisim.study.parameter_sets import SHIPPED
from tests.studies import compose_study

#: Runs by which the members were confirmed, and the seed of their worlds (see the manifest beside the ensemble).
CONFIRM = 3000


@pytest.fixture(scope="module")
def targets() -> Targets:
    text = (own_folder() / "targets" / "ordinary.yaml").read_text(encoding="utf-8")
    return read_targets(yaml.safe_load(text), "ordinary.yaml")


@pytest.fixture(scope="module")
def ensemble() -> pd.DataFrame:
    return pd.read_parquet(SHIPPED)


@pytest.fixture(scope="module")
def simulator(targets: Targets) -> Simulator:
    study = compose_study("run", ["scenario=ordinary", "workers=1"])
    return Simulator(study, Prior(choose_parameters("behaviour"), study.params), targets)


def inside(statistics: np.ndarray, targets: Targets) -> bool:
    return all(t.low <= value <= t.high for t, value in zip(targets.items, statistics, strict=True))


def test_the_members_lie_in_the_ranges_of_the_registry_and_meet_every_pattern(
    ensemble: pd.DataFrame, targets: Targets
) -> None:
    names = choose_parameters("behaviour")
    assert [name for name in ensemble if name in REGISTRY] == list(names)
    assert all(ensemble[name].between(REGISTRY[name].low, REGISTRY[name].high).all() for name in names)
    assert all(ensemble[t.name].between(t.low, t.high).all() for t in targets.items)
    assert ensemble["weight"].sum() == pytest.approx(1.0)


def simulated(members: pd.DataFrame, simulator: Simulator, seed: int) -> np.ndarray:
    """Simulate members anew, shape (members, targets)."""
    return simulator.at({name: members[name].to_numpy() for name in simulator.prior.names}, CONFIRM, seed)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("step", [50, pytest.param(1, marks=pytest.mark.slow)])
def test_members_meet_every_pattern_in_the_worlds_that_confirmed_them_and_as_the_file_says(
    step: int, ensemble: pd.DataFrame, simulator: Simulator
) -> None:
    seed = json.loads(SHIPPED.with_suffix(".json").read_text(encoding="utf-8"))["seed"]
    members = ensemble.iloc[::step]
    found = simulated(members, simulator, seed)
    assert found == pytest.approx(members[simulator.targets.names].to_numpy())
    assert all(inside(statistics, simulator.targets) for statistics in found)


@pytest.mark.parametrize("seed", [7, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_the_defaults_meet_all_five_patterns_in_three_thousand_runs(seed: int, simulator: Simulator) -> None:
    own = {name: np.array([value]) for name, value in simulator.prior.own_values().items()}
    assert inside(simulator.at(own, 3000, seed)[0], simulator.targets)


def test_the_defaults_are_nearer_to_the_middle_than_any_member_but_not_the_nearest_that_fit(
    ensemble: pd.DataFrame, simulator: Simulator
) -> None:
    """The middle itself fails; a set nine tenths of the way from it to the defaults meets the patterns as they do."""
    prior, weight = simulator.prior, ensemble["weight"].to_numpy()
    shares = np.column_stack([prior.share(name, ensemble[name].to_numpy()) for name in prior.names])
    middle, own = weight @ shares, prior.own_shares()
    spread = np.sqrt(weight @ (shares - middle) ** 2)
    far = np.sqrt((((np.vstack([own, shares]) - middle) / spread) ** 2).mean(axis=1))
    assert far[0] < 0.75 < 0.85 < far[1:].min()
    found = simulator(np.array([middle, 0.1 * middle + 0.9 * own]), CONFIRM, 7)
    assert [inside(statistics, simulator.targets) for statistics in found] == [False, True]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_members_meet_the_patterns_in_other_worlds_but_for_chance(
    ensemble: pd.DataFrame, simulator: Simulator
) -> None:
    """Members near the end of an interval cross it now and then, as 3 000 runs leave 0.1 to 0.3 half-widths of noise.

    What is found is logged; ``--log-cli-level=INFO`` shows it.
    """
    distance = np.abs(deviations(simulated(ensemble, simulator, 99), simulator.targets)).max(axis=1)
    share = (distance <= 1.0).mean()
    logging.getLogger(__name__).info("%.3f of the members inside; largest miss %.3f", share, distance.max())
    assert share > 0.85
    assert distance.max() < 1.7
