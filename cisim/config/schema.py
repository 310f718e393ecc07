"""The Hydra config of a verb: its options, one node for each group of parameters, and its default scenario."""

from dataclasses import field, fields, make_dataclass
from functools import cache
from typing import Any

from hydra.core.config_store import ConfigStore
from omegaconf import DictConfig, OmegaConf

from cisim.config.options import Verb
from cisim.parameters import Parameters

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
