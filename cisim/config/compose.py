"""Config files and overrides in, a checked study out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from omegaconf import DictConfig, OmegaConf

from cisim.config.factors import read_factors, refuse_overlap
from cisim.config.names import Names
from cisim.config.options import OPTIONS, SweepOptions
from cisim.config.overrides import check_overrides
from cisim.config.places import config_folders, own_folder, scenarios
from cisim.config.posterior import with_posterior
from cisim.config.problems import explain, is_input_problem
from cisim.config.schema import GROUPS, register_schemas
from cisim.errors import InputError
from cisim.parameters import Parameters, validate
from cisim.study.arms_design import parse_design
from cisim.study.design import SCENARIO, build
from cisim.study.replication import Replication
from cisim.study.study import Study

#: Behaviour of Hydra that the config files are written for.
HYDRA_VERSION = "1.3"

#: The verb whose overrides span a design.
SWEEP = "sweep"

#: Verbs that are composed by ``compose_VERB`` of a module of their own, which composes one study by this module.
OWN_MODULES = ("sensitivity", "claims", "robustness", "advise", "discover")

#: Verbs that make a design first and put it over an ensemble themselves.
DESIGNED = (SWEEP, "claims", "robustness", "advise", "discover")


def compose_study(verb: str, overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Compose the study that `verb` runs.

    Parameters
    ----------
    verb : str
        Key of `cisim.config.options.OPTIONS`.
    overrides : sequence of str
        In Hydra's grammar, for instance ``scenario=minimal``, ``backbone.gazing=0.5``, ``replicates=20``; a sweep takes
        several values too, ``backbone.gazing=0,0.5,1``.
    config_dir : str, optional
        A user's own config folder; its ``scenario/*.yaml`` come on top of cisim's.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    folders = config_folders(config_dir)
    names = Names(verb, scenarios(folders))
    if verb == SWEEP:
        return compose_sweep(overrides, names, folders)
    if verb in OWN_MODULES:
        composed: Study = getattr(import_module(f"cisim.questions.{verb}.composing"), f"compose_{verb}")(
            overrides, names, folders
        )
        return composed
    study, config = compose_one(overrides, names, folders)
    if config.get("scenarios") is None:
        return study
    from cisim.questions.compare.plan import compose_side_by_side  # it composes by this module

    return compose_side_by_side(config.scenarios, overrides, names, folders)


def compose_one(overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> tuple[Study, DictConfig]:
    """Compose a study of one scenario, and return its config too."""
    check_overrides(overrides, names, several=False)
    register_schemas()
    try:
        with _no_other_hydra(), initialize_config_dir(str(own_folder()), version_base=HYDRA_VERSION):
            config = compose(names.verb, [*search_path(folders), *overrides], return_hydra_config=True)
        return study_from(config, names, config.hydra.runtime.choices.scenario, folders), config
    except Exception as problem:
        if is_input_problem(problem):
            raise explain(problem, names) from problem
        raise


def compose_sweep(overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> Study:
    """Compose every scenario that a sweep varies, and build its design."""
    plain, factors = read_factors(overrides, names)
    varied = [str(scenario) for factor in factors if factor.name == SCENARIO for scenario in factor.values]

    def case(scenario: str) -> Study:
        return compose_one([*plain, f"scenario={scenario}"], names, folders)[0]

    first, config = compose_one([*plain, *(f"scenario={scenario}" for scenario in varied[:1])], names, folders)
    design = build(
        factors,
        kind=config.design,
        samples=config.samples,
        seed=first.seed,
        base={scenario: case(scenario).params for scenario in varied} or {first.scenario: first.params},
        table=config.table,
        scenarios=names.scenarios,
    )
    refuse_overlap(plain, design.columns)
    cases = {scenario: case(scenario).params for scenario in design.scenarios} or {first.scenario: first.params}
    study = replace(
        first, scenario="+".join(cases), design=design, cases=cases, replication=_replication(config, first.params)
    )
    return with_posterior(study, config.posterior)


def _replication(config: DictConfig, params: Parameters) -> Replication | None:
    """How precise every point has to be, if that is asked for."""
    if config.target is None:
        for name in ("target_of", "target_month", "budget"):
            if config[name] != SweepOptions.__dataclass_fields__[name].default:
                raise InputError(f"{name}={config[name]} says nothing without target=; give target=, or leave it out")
        return None
    month = params.observation.horizon if config.target_month is None else config.target_month
    return Replication(target=config.target, outcome=config.target_of, month=month, budget=config.budget)


@contextmanager
def _no_other_hydra() -> Iterator[None]:
    """Put aside the Hydra of a program that calls us, since there can be one at a time."""
    theirs = GlobalHydra.instance().hydra
    GlobalHydra.instance().clear()
    try:
        yield
    finally:
        GlobalHydra.instance().hydra = theirs


def search_path(folders: Sequence[Path]) -> list[str]:
    """Override that makes Hydra look into a user's config folders too."""
    quoted = ["'file://{}'".format(str(folder).replace("'", r"\'")) for folder in folders[1:]]
    return [f"hydra.searchpath=[{','.join(quoted)}]"] if quoted else []


def study_from(config: DictConfig, names: Names, scenario: str, folders: Sequence[Path]) -> Study:
    """Turn a composed config into a study; InputError if its values do not fit."""
    values: dict[str, Any] = {
        str(key): OmegaConf.to_object(config[key]) if isinstance(config[key], DictConfig) else config[key]
        for key in config
        if key != "hydra"
    }
    params = Parameters(**{group: values.pop(group) for group in GROUPS})
    validate(params)
    for name in {item.name for item in fields(OPTIONS[names.verb])} - {item.name for item in fields(Study)} | {
        "design"
    }:
        values.pop(name, None)
    extensions = {key: reference for key, reference in vars(values.pop("extensions")).items() if reference}
    if "strategies" in values:
        values["strategies"] = parse_design(values["strategies"])
    study = Study(
        verb=names.verb,
        scenario=scenario,
        params=params,
        extensions=extensions,
        folders=tuple(folder.parent for folder in folders),
        **values,
    )
    return study if names.verb in DESIGNED else with_posterior(study, config.get("posterior"))
