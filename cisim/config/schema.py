"""The Hydra schema of every verb: its options and one node for each group of parameters."""

from dataclasses import field, fields, make_dataclass

from hydra.core.config_store import ConfigStore
from omegaconf import DictConfig, OmegaConf

from cisim.config.options import OPTIONS, VerbOptions
from cisim.parameters import Parameters

#: Names of the groups of parameters.
GROUPS = tuple(group.name for group in fields(Parameters))


def register_schemas() -> None:
    """Store the schemas (``run_options``, ``compare_options``, ...) that the config files build on."""
    for verb, options in OPTIONS.items():
        ConfigStore.instance().store(name=f"{verb}_options", node=_schema(options))


def _schema(options: type[VerbOptions]) -> DictConfig:
    """Typed node that refuses unknown keys and wrong types.

    The groups are frozen dataclasses, which OmegaConf marks as read-only: it would refuse every override.
    """
    groups = [(group.name, group.type, field(default_factory=group.default_factory)) for group in fields(Parameters)]
    node: DictConfig = OmegaConf.structured(make_dataclass("Options", groups, bases=(options,)))
    for name in (*GROUPS, "cluster"):
        if name in node:
            OmegaConf.set_readonly(node[name], None)
    return node
