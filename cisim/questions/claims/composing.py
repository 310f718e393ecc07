"""Claims out of files, and the study that puts them to the test."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from omegaconf import DictConfig, ListConfig, OmegaConf

from cisim.config.compose import compose_one
from cisim.config.names import Names
from cisim.config.overrides import parse
from cisim.config.places import config_folders, scenarios
from cisim.config.posterior import ensemble_of
from cisim.errors import InputError
from cisim.questions.claims.claim import Claim, Untested
from cisim.questions.claims.files import check_metrics, read_claims
from cisim.questions.claims.plan import Effort, make_trial
from cisim.study.design import SCENARIO, check_points
from cisim.study.study import Study

#: Folder of config folders that holds files of claims.
FOLDER = "claims"

#: Fewest worlds of a member that tell an interval, fewest points of a search that can be halved.
FEWEST_WORLDS, FEWEST_SAMPLES = 4, 64


def compose_claims(overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> Study:
    """Compose the study that ``cisim claims`` runs.

    ``scenario=`` puts every claim to the test in that case instead of its own; other overrides change all cases.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    first, config = compose_one(overrides, names, folders)
    effort = Effort(replicates=first.replicates, samples=config.samples, worlds=config.worlds, seed=first.seed)
    _check(effort)
    claims, _ = find_claims(_plain(config.files), _plain(config.only), folders)
    given = [text for text in overrides if parse(text).key_or_group == SCENARIO]
    if given:
        claims = [replace(claim, scenario=first.scenario) for claim in claims]
    plain = [text for text in overrides if text not in given]
    cases = {}
    for scenario in dict.fromkeys(claim.scenario for claim in claims):
        names.check_scenario(scenario)
        cases[scenario] = compose_one([*plain, f"scenario={scenario}"], names, folders)[0].params
    for claim in claims:
        check_metrics(claim, cases[claim.scenario].observation.horizon)
    ensemble = ensemble_of(config.posterior)
    trial, design = make_trial(claims, cases, ensemble, effort)
    check_points(design, cases)
    return replace(
        first, scenario="+".join(cases), params=cases[claims[0].scenario], cases=cases, design=design, trial=trial,
        ensemble=ensemble,
    )  # fmt: skip


def find_claims(
    files: str | Sequence[str] | None, only: str | Sequence[str] | None, folders: Sequence[Path]
) -> tuple[list[Claim], list[Untested]]:
    """Read claims, and what cannot be tested, from files.

    Parameters
    ----------
    files : str, sequence of str or None
        Names of files in a config folder's ``claims/``, or paths of YAML files; None for all of the config folders.
    only : str, sequence of str or None
        Names of claims; None for all.
    folders : sequence of Path
        Config folders.

    Raises
    ------
    InputError
        If a file or a claim is not there or cannot be used, or a name comes twice.
    """
    known = {path.stem: path for folder in folders for path in sorted((folder / FOLDER).glob("*.yaml"))}
    claims: list[Claim] = []
    untested: list[Untested] = []
    for wanted in list(known) if files is None else _listed(files):
        path = known.get(wanted, Path(wanted))
        if wanted not in known and path.suffix.lower() not in (".yaml", ".yml"):
            raise InputError(f"files={wanted} is not known; choose among {', '.join(known)}, or give a .yaml file")
        found = read_claims(_read(path), wanted)
        claims += found[0]
        untested += found[1]
    names = [*(claim.name for claim in claims), *(one.name for one in untested)]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two claims are called {name}; give each a name of its own")
    return _chosen(claims, only), untested if only is None else []


def untested_of(overrides: Sequence[str], config_dir: str | None) -> list[Untested]:
    """Claims of the files asked for that the model cannot speak to."""
    folders = config_folders(config_dir)
    config = compose_one(overrides, Names("claims", scenarios(folders)), folders)[1]
    return find_claims(_plain(config.files), _plain(config.only), folders)[1]


def _chosen(claims: list[Claim], only: str | Sequence[str] | None) -> list[Claim]:
    if only is not None:
        known = {claim.name: claim for claim in claims}
        for name in _listed(only):
            if name not in known:
                raise InputError(f"only={name} is no claim of these files; choose among {', '.join(known)}")
        claims = [claim for claim in claims if claim.name in _listed(only)]
    if not claims:
        raise InputError("no claim is left to test; name a file with entries that have arms")
    return claims


def _check(effort: Effort) -> None:
    if effort.replicates < FEWEST_WORLDS:
        raise InputError(f"replicates={effort.replicates} tells no interval; give {FEWEST_WORLDS} or more")
    if effort.samples and effort.samples < FEWEST_SAMPLES:
        raise InputError(f"samples={effort.samples} is too few to search; give {FEWEST_SAMPLES} or more, or 0 for none")
    if effort.samples < 0 or effort.worlds < 1:
        raise InputError(f"samples={effort.samples} worlds={effort.worlds} is out of range; give 0 or more, 1 or more")


def _read(path: Path) -> Any:  # noqa: ANN401
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise InputError(f"cannot read files={path}: {' '.join(str(problem).split())}; give a YAML file") from problem


def _listed(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else [str(item) for item in value]


def _plain(value: Any) -> Any:  # noqa: ANN401
    plain = OmegaConf.to_object(value) if isinstance(value, (ListConfig, DictConfig)) else value
    if plain is not None and not isinstance(plain, (str, list)):
        raise InputError(f"{plain} is no list of names; write files=NAME or only=[NAME,NAME]")
    return plain
