"""Design of a test of claims: every arm with every member of the ensemble, and a search around each claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import qmc

from cisim.config.compose import compose_one
from cisim.config.names import find_names, list_option
from cisim.config.overrides import parse
from cisim.config.uncertainty import ensemble_of
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, Value, get
from cisim.questions.claims import VERB
from cisim.questions.claims.claim import Claim, ClaimRuns, Ints, Untested
from cisim.questions.claims.files import check_metrics, find_claims
from cisim.study.cells import Cells
from cisim.study.design import SCENARIO, Design, check_points
from cisim.study.design.design_points import CELL, WIDE
from cisim.study.design.factor import Column
from cisim.study.limits import check_memory
from cisim.study.parameter_sets import Ensemble
from cisim.study.study import Study
from cisim.study.task import Task

#: Most worlds: numbers of replicates have 32 bits.
MOST_WORLDS = 2**32 - 1

#: Fewest worlds of a member that tell an interval, fewest points of a search that can be halved.
FEWEST_WORLDS, FEWEST_SAMPLES = 4, 64


@dataclass(frozen=True, kw_only=True)
class Effort:
    """Replicates and samples of a test of claims.

    Attributes
    ----------
    replicates : int
        Worlds of every member of the ensemble in every arm.
    samples : int
        Points of the search around a claim; 0 for none.
    worlds : int
        Worlds of each of these points, which no other point has.
    seed : int
        Seed of the search.
    """

    replicates: int
    samples: int
    worlds: int
    seed: int


@dataclass(frozen=True, eq=False)
class Trial(Task):
    """Claims with their runs.

    Attributes
    ----------
    claims : tuple of Claim
        Each name once.
    runs : mapping of str to ClaimRuns
        By the name of the claim.
    cells : Cells
        All runs.
    effort : Effort
        How much work is done.
    """

    claims: tuple[Claim, ...]
    runs: Mapping[str, ClaimRuns]
    cells: Cells
    effort: Effort

    def summary(self) -> dict[str, Any]:
        """Return what decides the results, as plain values."""
        effort = {"samples": self.effort.samples, "worlds": self.effort.worlds}
        return {**effort, "tested": [claim.summary() for claim in self.claims]}

    def first_runs(self) -> Cells:
        """Return all runs."""
        return self.cells


def make_trial(
    claims: Sequence[Claim], cases: Mapping[str, Parameters], ensemble: Ensemble, effort: Effort
) -> tuple[Trial, Design]:
    """Return the plan of all runs; settings that several claims have in common are run once.

    A member sets what the case leaves at the default of the registry, an arm sets what it names, and the search sets
    the parameters that its claim should depend on. Points of the search are a scrambled Sobol sequence over their
    ranges, each with a member of the ensemble and with worlds of its own, the same in every arm.
    """
    _check_rows(claims, ensemble, effort)
    sheet = _Sheet(cases, ensemble)
    found = {claim.name: _runs_of(claim, sheet, ensemble, effort) for claim in claims}
    design, places, cells = sheet.laid_out()

    def placed(arms: Mapping[str, Ints]) -> dict[str, Ints]:
        return {arm: places[rows] for arm, rows in arms.items()}

    runs = {
        name: replace(one, members=placed(one.members), searched=placed(one.searched)) for name, one in found.items()
    }
    return Trial(tuple(claims), runs, cells, effort), design


def _check_rows(claims: Sequence[Claim], ensemble: Ensemble, effort: Effort) -> None:
    """Raise InputError for more settings than a design can have or memory can hold, those in common counted often."""
    searched = {claim.name: least(effort.samples, claim.samples) if claim.depends else 0 for claim in claims}
    rows = sum(len(claim.arms) * (len(ensemble.weights) + searched[claim.name]) for claim in claims)
    varied = {name for claim in claims for given in claim.arms.values() for name in given}
    varied |= {factor.name for claim in claims for factor in claim.depends} | set(ensemble.parameters)
    asked = f"{len(claims)} claims with samples={effort.samples}"
    check_memory(asked, rows, CELL * len(varied), "give fewer samples=, or fewer claims with only=")


def _runs_of(claim: Claim, sheet: "_Sheet", ensemble: Ensemble, effort: Effort) -> ClaimRuns:
    """Add the settings of a claim to the sheet; its places are rows of the sheet for now."""
    size = len(ensemble.weights)
    every, worlds = np.arange(size), least(effort.replicates, claim.replicates)
    members = {
        arm: sheet.add(claim.scenario, given, {}, every, np.zeros(size, np.int64), worlds)
        for arm, given in claim.arms.items()
    }
    n = least(effort.samples, claim.samples) if claim.depends else 0
    member = np.random.default_rng([effort.seed, size]).permutation(np.arange(n) % size)
    start = effort.replicates + effort.worlds * np.arange(n)
    shares = _shares(n, len(claim.depends), effort.seed)
    values = {factor.name: factor.at(shares[:, j]) for j, factor in enumerate(claim.depends)}
    searched = {
        arm: sheet.add(claim.scenario, given, values, member, start, effort.worlds)
        for arm, given in claim.arms.items()
        if n
    }
    return ClaimRuns(members, searched, values, member, start, worlds)


def least(number: int, limit: int | None) -> int:
    """Return the smaller of a number and its limit, if there is one."""
    return number if limit is None else min(number, limit)


def _shares(n: int, d: int, seed: int) -> NDArray[np.float64]:
    if n == 0 or d == 0:
        return np.zeros((0, d))
    power = max(n - 1, 0).bit_length()
    return np.asarray(qmc.Sobol(d, scramble=True, rng=np.random.default_rng(seed)).random_base2(power)[:n])


class _Sheet:
    """Settings, block by block, until all parameters that vary are known."""

    def __init__(self, cases: Mapping[str, Parameters], ensemble: Ensemble) -> None:
        self._cases, self._ensemble = cases, ensemble
        self._blocks: list[tuple[str, Mapping[str, Value], Mapping[str, Column], Ints, Ints, int]] = []
        self._known: dict[object, Ints] = {}
        self._rows = 0

    def add(
        self,
        scenario: str,
        given: Mapping[str, Value],
        values: Mapping[str, Column],
        member: Ints,
        start: Ints,
        worlds: int,
    ) -> Ints:
        """Return the rows of these settings, added unless they are there."""
        ends = tuple(
            (name, column.tobytes() if column.dtype != object else str(column)) for name, column in values.items()
        )
        key = (scenario, tuple(sorted(given.items())), ends, len(member), worlds)
        if key not in self._known:
            self._known[key] = np.arange(self._rows, self._rows + len(member))
            self._blocks.append((scenario, given, values, member, start, worlds))
            self._rows += len(member)
        return self._known[key]

    def laid_out(self) -> tuple[Design, Ints, Cells]:
        """Return the design, the point of every row, and all runs."""
        names = sorted({name for _, given, values, *_ in self._blocks for name in (*given, *values)})
        names += [name for name in self._ensemble.parameters if name not in names]
        columns: dict[str, Column] = {
            SCENARIO: np.concatenate([np.full(len(block[3]), block[0], dtype=object) for block in self._blocks])
        }
        columns |= {name: np.concatenate([self._column(name, *block[:4]) for block in self._blocks]) for name in names}
        rows = pd.util.hash_pandas_object(pd.DataFrame(columns), index=False)
        places, first = _numbered(rows.to_numpy())
        starts = np.concatenate([block[4] for block in self._blocks])
        stops = np.concatenate([block[4] + block[5] for block in self._blocks])
        runs = np.unique(np.stack([places, starts, stops], axis=1), axis=0)
        varied = {name: column[first] for name, column in columns.items()}
        return Design(WIDE, varied), places, Cells(runs[:, 0], runs[:, 1], runs[:, 2])

    def _column(
        self, name: str, scenario: str, given: Mapping[str, Value], values: Mapping[str, Column], member: Ints
    ) -> Column:
        """Values of one parameter in a block."""
        if name in values:
            return values[name]
        own = get(self._cases[scenario], name)
        declared = REGISTRY[name]
        if name not in given and name in self._ensemble.parameters and own == declared.default:
            return self._ensemble.parameters[name][member]
        kind = object if declared.choices else type(declared.default)
        return np.full(len(member), given.get(name, own), dtype=kind)


def _numbered(keys: NDArray[Any]) -> tuple[Ints, Ints]:
    """Return a number for each key, alike for equal ones and in order of appearance, and where each is first."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[inverse.reshape(-1)].astype(np.int64), first[order].astype(np.int64)


def plan_claims(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim claims`` runs.

    ``scenario=`` puts every claim to the test in that case instead of its own; other overrides change all cases.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    names = find_names(VERB, config_dir)
    first, options = compose_one(overrides, names)
    effort = Effort(replicates=first.replicates, samples=options.samples, worlds=options.worlds, seed=first.seed)
    _check(effort)
    claims, _ = find_claims(_names(options, "files"), _names(options, "only"), names.folders)
    given = [text for text in overrides if parse(text).key_or_group == SCENARIO]
    if given:
        claims = [replace(claim, scenario=first.scenario) for claim in claims]
    plain = [text for text in overrides if text not in given]
    cases = {}
    for scenario in dict.fromkeys(claim.scenario for claim in claims):
        names.check_scenario(scenario)
        cases[scenario] = compose_one([*plain, f"scenario={scenario}"], names)[0].params
    for claim in claims:
        check_metrics(claim, cases[claim.scenario].observation.horizon)
    ensemble = ensemble_of(options.posterior)
    trial, design = make_trial(claims, cases, ensemble, effort)
    check_points(design, cases)
    return replace(
        first, scenario="+".join(cases), params=cases[claims[0].scenario], cases=cases, design=design, task=trial,
        ensemble=ensemble,
    )  # fmt: skip


def untested_of(overrides: Sequence[str], config_dir: str | None) -> list[Untested]:
    """Claims in the files that the model cannot test."""
    names = find_names(VERB, config_dir)
    options = compose_one(overrides, names)[1]
    return find_claims(_names(options, "files"), _names(options, "only"), names.folders)[1]


def _check(effort: Effort) -> None:
    if effort.replicates < FEWEST_WORLDS:
        raise InputError(f"replicates={effort.replicates} is too few for an interval; give {FEWEST_WORLDS} or more")
    if effort.samples and effort.samples < FEWEST_SAMPLES:
        raise InputError(f"samples={effort.samples} is too few to search; give {FEWEST_SAMPLES} or more, or 0 for none")
    if effort.replicates + effort.samples * effort.worlds > MOST_WORLDS:
        raise InputError(
            f"samples={effort.samples} with worlds={effort.worlds} each have more than {MOST_WORLDS} worlds; give fewer"
        )
    if effort.samples < 0 or effort.worlds < 1:
        raise InputError(f"samples={effort.samples} worlds={effort.worlds} is out of range; give 0 or more, 1 or more")


def _names(options: SimpleNamespace, name: str) -> list[str] | None:
    """Return the names that an option lists; None where it is not given."""
    if getattr(options, name) is None:
        return None
    found = list_option(options, name, str)
    if not found or len(set(found)) < len(found):
        raise InputError(f"{name}=[{','.join(found)}] names {'one twice' if found else 'none'}; name each once")
    return found
