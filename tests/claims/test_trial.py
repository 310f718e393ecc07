"""Runs of a trial: settings that claims share once, worlds of the search that nobody else has."""

import numpy as np
import pytest

from cisim.parameters import Parameters, replace
from cisim.questions.claims.files import read_claims
from cisim.questions.claims.plan import Effort, make_trial
from cisim.study.cells import Cells
from cisim.study.parameter_sets import Ensemble
from tests.claims.test_reading import ENTRY

EFFORT = Effort(replicates=5, samples=64, worlds=3, seed=1)
ENSEMBLE = Ensemble(
    "toy", np.array([0.5, 0.5]), {"trust.start": np.array([0.2, 0.4]), "exit.rival": np.array([0.1, 0.3])}
)
CASES = {"hondream": replace(Parameters(), {"exit.rival": 0.5})}


def trial_of(*changes: dict[str, object], effort: Effort = EFFORT):
    claims, _ = read_claims({"claims": [{**ENTRY, **change} for change in changes]}, "mine.yaml")
    return make_trial(claims, CASES, ENSEMBLE, effort)


def test_members_set_what_the_case_leaves_open_and_arms_what_they_name() -> None:
    trial, design = trial_of({"name": "a"})
    runs = trial.runs["a"]
    assert design.columns["trust.start"][runs.members["with"]].tolist() == [0.2, 0.4]
    assert design.columns["exit.rival"][runs.members["with"]].tolist() == [0.5, 0.5]
    assert design.columns["backbone.spacing"][runs.members["with"]].tolist() == [0.7, 0.7]
    assert design.columns["backbone.spacing"][runs.members["none"]].tolist() == [0.0, 0.0]
    assert design.columns["contribution.shirking"][runs.members["none"]].tolist() == [0.39, 0.39]


def test_the_search_varies_what_the_claim_depends_on_and_nothing_else_between_arms() -> None:
    trial, design = trial_of({"name": "a"})
    runs = trial.runs["a"]
    shirking = design.columns["contribution.shirking"]
    assert shirking[runs.searched["with"]].tolist() == shirking[runs.searched["none"]].tolist()
    assert shirking[runs.searched["with"]].tolist() == runs.values["contribution.shirking"].tolist()
    assert np.histogram(shirking[runs.searched["with"]], 4, (0.0, 0.9))[0].tolist() == [16, 16, 16, 16]
    assert design.columns["trust.start"][runs.searched["with"]].tolist() == [
        0.2 + 0.2 * m for m in runs.member.tolist()
    ]
    assert sorted(np.bincount(runs.member).tolist()) == [32, 32]


def test_every_point_of_the_search_has_worlds_of_its_own_and_members_share_theirs() -> None:
    trial, _ = trial_of({"name": "a"})
    cells, runs = trial.cells, trial.runs["a"]
    worlds = {int(p): (int(a), int(b)) for p, a, b in zip(cells.points, cells.starts, cells.stops, strict=True)}
    assert {worlds[int(p)] for points in runs.members.values() for p in points} == {(0, 5)}
    stretches = [worlds[int(p)] for p in runs.searched["with"]]
    assert stretches == [worlds[int(p)] for p in runs.searched["none"]]
    assert stretches == [(5 + 3 * i, 8 + 3 * i) for i in range(64)]
    assert cells.n_runs == 2 * 2 * 5 + 2 * 64 * 3


def test_settings_that_claims_share_are_run_once() -> None:
    one, _ = trial_of({"name": "a"})
    same, _ = trial_of({"name": "a"}, {"name": "b", "metric": "failed", "direction": "down"})
    assert same.cells.n_runs == one.cells.n_runs
    other, _ = trial_of({"name": "a"}, {"name": "b", "depends": ["exit.evidence"]})
    assert other.cells.n_runs == one.cells.n_runs + 2 * 64 * 3


def test_without_search_there_are_members_only() -> None:
    trial, _ = trial_of({"name": "a"}, effort=Effort(replicates=5, samples=0, worlds=3, seed=1))
    assert trial.runs["a"].searched == {}
    assert trial.cells.n_runs == 20


def test_another_seed_searches_other_points() -> None:
    efforts = [Effort(replicates=5, samples=64, worlds=3, seed=seed) for seed in (1, 1, 2)]
    values = [trial_of({"name": "a"}, effort=effort)[0].runs["a"].values for effort in efforts]
    first, again, other = (found["contribution.shirking"].tolist() for found in values)
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("point", "replicate", "held"), [(0, 2, True), (0, 3, False), (2, 9, True), (2, 0, False), (1, 0, False)]
)
def test_cells_know_which_runs_they_hold(point: int, replicate: int, held: bool) -> None:
    cells = Cells(np.array([0, 2, 2]), np.array([0, 5, 8]), np.array([3, 6, 10]))
    assert cells.hold(np.array([point]), np.array([replicate])).tolist() == [held]
