"""Config files and overrides in, a checked study out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, fields, make_dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.errors import HydraException
from omegaconf import DictConfig, ListConfig, Node, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from cisim.config.foreign_files import looks_around
from cisim.config.names import Names
from cisim.config.options import Verb
from cisim.config.overrides import check_overrides, names_given, split_trust
from cisim.config.places import own_folder
from cisim.errors import CisimError, InputError
from cisim.parameters import REGISTRY, Parameters, validate
from cisim.study.arms_design import parse_design
from cisim.study.limits import LARGEST_COUNT, in_short
from cisim.study.own_classes import check_trust
from cisim.study.study import Study

_FILE = re.compile(r"In '([^']+)'")
_KEY = re.compile(r"full_key: (\S+)")
_VALUE = re.compile(r"[Vv]alue '(.*?)'")


def is_input_problem(problem: Exception) -> bool:
    """Whether `problem` is about configuration, and not a fault of the program."""
    known = (HydraException, OmegaConfBaseException)
    return isinstance(problem, known) or hasattr(problem, "problem_mark")


def explain(problem: Exception, names: Names) -> CisimError:
    """Turn an error of configuration into an InputError of one line.

    Parameters
    ----------
    problem : Exception
        From Hydra, OmegaConf or the YAML reader.
    names : Names
        What can be set.
    """
    mark = getattr(problem, "problem_mark", None)
    if mark is not None:
        fault = getattr(problem, "problem", None) or "not YAML"
        return InputError(f"cannot read {mark.name}, line {mark.line + 1}: {fault}; correct the file")
    text = f"{problem}\n{problem.__cause__ or ''}"
    file, key, value = (found[1] if found else "" for found in (p.search(text) for p in (_FILE, _KEY, _VALUE)))
    where = f" in {file}.yaml" if file else ""
    if key and " not in " in text:
        return names.unknown(key, where)
    if key and value:
        return _wrong_type(key, value, where, names)
    return InputError(" ".join(text.split()))


def _wrong_type(key: str, value: str, where: str, names: Names) -> InputError:
    if key in REGISTRY:
        declared = REGISTRY[key]
        kind = "a whole number" if isinstance(declared.default, int) else "a number"
        return InputError(f"{key}={value}{where} is not {kind}; give one from {declared.range_text}")
    return InputError(f"{key}={value}{where} is not {names.verb.kind_of(key)}; see cisim {names.verb.name} --help")


#: Names of the groups of parameters.
GROUPS = tuple(group.name for group in fields(Parameters))


@cache
def register_schema(verb: Verb) -> None:
    """Store the primary config of `verb`, and the schema that it builds on, once in a process."""
    assert verb.options is not None
    store, schema = ConfigStore.instance(), f"{verb.name}_options"
    store.store(name=schema, node=_schema(verb.options))
    store.store(name=verb.name, node={"defaults": [schema, {"scenario": verb.scenario}, "_self_"]})


def _schema(options: type[Any]) -> DictConfig:
    """Typed node that refuses unknown keys and wrong types.

    The groups are frozen dataclasses, which OmegaConf marks as read-only: it would refuse every override.
    """
    groups = [(group.name, group.type, field(default_factory=group.default_factory)) for group in fields(Parameters)]
    node: DictConfig = OmegaConf.structured(make_dataclass("Options", groups, bases=(options,)))
    for name in (*GROUPS, "cluster"):
        if name in node:
            OmegaConf.set_readonly(node[name], None)
    return node


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
            words, _ = split_trust(overrides)
            config = compose(names.verb.name, [*search_path(names.folders), *words], return_hydra_config=True)
        options = SimpleNamespace(**{name: _plain(config[name]) for name in names.verb.option_names()})
        _check_counts(options)
        return study_from(config, names, config.hydra.runtime.choices.scenario, overrides), options
    except Exception as problem:
        if is_input_problem(problem):
            raise explain(problem, names) from problem
        raise


def _check_counts(options: SimpleNamespace) -> None:
    """Raise InputError for a whole number, of one option or in a list, that is no count; seeds are larger."""
    for name, value in vars(options).items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, int) and not isinstance(item, bool) and name != "seed" and abs(item) > LARGEST_COUNT:
                raise InputError(
                    f"{name}={in_short(item)} is out of range; give one between -{LARGEST_COUNT} and {LARGEST_COUNT}"
                )


@contextmanager
def _no_other_hydra() -> Iterator[None]:
    """Set the Hydra of a calling program aside and restore it, since there can be one at a time."""
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


def study_from(config: DictConfig, names: Names, scenario: str, overrides: Sequence[str]) -> Study:
    """Turn a config composed with `overrides` into a study; InputError if its values do not fit."""
    _refuse_look_around(config)
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
    _check_code(extensions, values.get("cluster"), scenario, overrides)
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


def _refuse_look_around(config: DictConfig) -> None:
    """Raise InputError for a value that would be filled in from elsewhere than the configuration."""
    waiting = [(str(key), config._get_node(key)) for key in config if key != "hydra"]
    while waiting:
        key, node = waiting.pop()
        content = node._value() if isinstance(node, Node) else None
        if isinstance(content, str) and looks_around(content):
            raise InputError(f"{key}={content} asks for more than another value; write the value itself")
        if isinstance(node, DictConfig) and isinstance(content, dict):
            waiting += [(f"{key}.{name}", inner) for name, inner in content.items()]
        elif isinstance(node, ListConfig) and isinstance(content, list):
            waiting += [(key, inner) for inner in content]


def _check_code(extensions: Mapping[str, str], cluster: Any, scenario: str, overrides: Sequence[str]) -> None:
    """Raise InputError if a scenario file, and not the command line, names code and nobody vouches for it."""
    rest, trust = split_trust(overrides)
    given = names_given(rest)
    check_trust(
        {key: reference for key, reference in extensions.items() if f"extensions.{key}" not in given},
        f"scenario {scenario}",
        trust=trust,
    )
    address = getattr(cluster, "address", None)
    if address and "cluster.address" not in given and not trust:
        raise InputError(
            f"scenario {scenario} sends the model to cluster.address={address}; add trust=true if you know that machine"
        )


def _plain(value: Any) -> Any:
    return OmegaConf.to_object(value) if isinstance(value, (ListConfig, DictConfig)) else value
