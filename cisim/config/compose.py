"""Config files and overrides in, a checked study out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from omegaconf import DictConfig, OmegaConf

from cisim.config.names import Names
from cisim.config.overrides import check_overrides
from cisim.config.places import config_folders, own_folder, scenarios
from cisim.config.problems import explain, is_input_problem
from cisim.config.schema import GROUPS, register_schemas
from cisim.parameters import Parameters, validate
from cisim.study.arms import parse_design
from cisim.study.study import Study

#: Behaviour of Hydra that the config files are written for.
HYDRA_VERSION = "1.3"


def compose_study(verb: str, overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Compose the study that `verb` runs.

    Parameters
    ----------
    verb : str
        ``run`` or ``compare``.
    overrides : sequence of str
        In Hydra's grammar, for instance ``scenario=minimal``, ``backbone.gazing=0.5``, ``replicates=20``.
    config_dir : str, optional
        A user's own config folder; its ``scenario/*.yaml`` come on top of cisim's.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    folders = config_folders(config_dir)
    names = Names(verb, scenarios(folders))
    check_overrides(overrides, names, several=False)
    register_schemas()
    try:
        with _no_other_hydra(), initialize_config_dir(str(own_folder()), version_base=HYDRA_VERSION):
            config = compose(verb, [*search_path(folders), *overrides], return_hydra_config=True)
        return study_from(config, names, config.hydra.runtime.choices.scenario, folders)
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


def study_from(config: DictConfig, names: Names, scenario: str, folders: Sequence[Path]) -> Study:
    """Turn a composed config into a study; InputError if its values do not fit."""
    values: dict[str, Any] = {
        str(key): OmegaConf.to_object(config[key]) if isinstance(config[key], DictConfig) else config[key]
        for key in config
        if key != "hydra"
    }
    params = Parameters(**{group: values.pop(group) for group in GROUPS})
    validate(params)
    extensions = {key: reference for key, reference in vars(values.pop("extensions")).items() if reference}
    if "strategies" in values:
        values["strategies"] = parse_design(values["strategies"])
    return Study(
        verb=names.verb,
        scenario=scenario,
        params=params,
        extensions=extensions,
        folders=tuple(folder.parent for folder in folders),
        **values,
    )


def as_yaml(study: Study) -> str:
    """Return the resolved configuration of `study` as YAML: options first, then the groups of parameters."""
    return OmegaConf.to_yaml(OmegaConf.create(study.resolved()))
