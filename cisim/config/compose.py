"""Config files and overrides in, a checked study of one scenario out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from omegaconf import DictConfig, ListConfig, OmegaConf

from cisim.config.names import Names
from cisim.config.overrides import check_overrides
from cisim.config.places import own_folder
from cisim.config.problems import explain, is_input_problem
from cisim.config.schema import GROUPS, register_schema
from cisim.parameters import Parameters, validate
from cisim.study.arms_design import parse_design
from cisim.study.study import Study

#: Behaviour of Hydra that the config files are written for.
HYDRA_VERSION = "1.3"


def compose_one(overrides: Sequence[str], names: Names) -> tuple[Study, SimpleNamespace]:
    """Compose a study of one scenario, as it stands, and return the options of the verb too, as plain values.

    Parameters
    ----------
    overrides : sequence of str
        In Hydra's grammar, for instance ``scenario=minimal``, ``backbone.gazing=0.5``, ``replicates=20``.
    names : Names
        Verb, scenarios and config folders.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    check_overrides(overrides, names, several=False)
    register_schema(names.verb)
    try:
        with _no_other_hydra(), initialize_config_dir(str(own_folder()), version_base=HYDRA_VERSION):
            config = compose(names.verb.name, [*search_path(names.folders), *overrides], return_hydra_config=True)
        options = SimpleNamespace(**{name: _plain(config[name]) for name in names.verb.option_names()})
        return study_from(config, names, config.hydra.runtime.choices.scenario), options
    except Exception as problem:
        if is_input_problem(problem):
            raise explain(problem, names) from problem
        raise


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


def study_from(config: DictConfig, names: Names, scenario: str) -> Study:
    """Turn a composed config into a study; InputError if its values do not fit."""
    values: dict[str, Any] = {
        str(key): _plain(config[key]) if isinstance(config[key], DictConfig) else config[key]
        for key in config
        if key != "hydra"
    }
    params = Parameters(**{group: values.pop(group) for group in GROUPS})
    validate(params)
    for name in set(names.verb.option_names()) - {item.name for item in fields(Study)} | {"design"}:
        values.pop(name, None)
    extensions = {key: reference for key, reference in vars(values.pop("extensions")).items() if reference}
    if "strategies" in values:
        values["strategies"] = parse_design(values["strategies"])
    return Study(
        verb=names.verb.name,
        scenario=scenario,
        params=params,
        extensions=extensions,
        folders=tuple(folder.parent for folder in names.folders),
        **values,
    )


def _plain(value: Any) -> Any:
    return OmegaConf.to_object(value) if isinstance(value, (ListConfig, DictConfig)) else value
