"""Names that can be set, the nearest one to a name that cannot, and options that are lists."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from cisim.config.foreign_files import check_scenario_files
from cisim.config.options import Verb
from cisim.config.places import config_folders, scenarios
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters
from cisim.study.executors import Cluster
from cisim.study.own_classes import KEYS

Item = TypeVar("Item", str, int, float)

_MEANT = {str: ("names", "NAME"), int: ("whole numbers", "12"), float: ("numbers", "0.5")}


def list_option(options: SimpleNamespace, name: str, kind: type[Item]) -> list[Item]:
    """Return the value of an option that is one item or a list of items, of one kind; empty where it is null.

    Raises
    ------
    InputError
        If an item is of another kind.
    """
    value = getattr(options, name)
    if value is None:
        return []
    items: Any = value if isinstance(value, list) else [value]
    meant, example = _MEANT[kind]
    if isinstance(value, str) and value.startswith("["):  # a default
        items = [_item(word.strip(), kind) for word in value.strip("[]").split(",")]
    fits = (int, float) if kind is float else kind
    if not isinstance(items, list) or not all(isinstance(i, fits) and not isinstance(i, bool) for i in items):
        raise InputError(f"{name}={value} is no list of {meant}; write {name}={example} or {name}=[{example},...]")
    return [kind(item) for item in items]


def _item(word: str, kind: type[Item]) -> Item | str:
    """Return a word as an item, or as it is if it is none."""
    try:
        return kind(word)
    except ValueError:
        return word


def window_of(tau: int | None, horizon: int) -> int:
    """Return the month that ``tau=`` names, or the horizon; InputError for a month that is not followed."""
    if tau is None:
        return horizon
    if not 1 <= tau <= horizon:
        raise InputError(f"tau={tau} is out of range; give a month from 1 to the horizon of {horizon}")
    return tau


@dataclass(frozen=True)
class Names:
    """Names that a verb accepts.

    Attributes
    ----------
    verb : Verb
        Declaration of the verb.
    scenarios : collection of str
        Names of the scenarios.
    folders : tuple of Path
        Folders that config files are taken from: cisim's, and a user's own.
    """

    verb: Verb
    scenarios: Collection[str]
    folders: tuple[Path, ...] = ()

    @property
    def options(self) -> list[str]:
        """Options of the verb; extensions and options of a cluster by their dotted names too."""
        own = self.verb.option_names()
        cluster = [f"cluster.{item.name}" for item in fields(Cluster)] if "cluster" in own else []
        return ["scenario", *own, *(f"extensions.{key}" for key in KEYS), *cluster]

    @property
    def groups(self) -> list[str]:
        """Names that hold further names."""
        return [*(group.name for group in fields(Parameters)), "extensions", "cluster"]

    def unknown(self, name: str, where: str = "") -> InputError:
        """Error for a name that there is not, with the nearest one that there is."""
        known = [*REGISTRY, *self.options]
        near = [full for full in known if full.split(".")[-1] == name] or get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"see cisim params and cisim {self.verb.name} --help"
        return InputError(f"unknown parameter or option {name}{where}; {hint}")

    def check_scenario(self, name: object) -> None:
        """Raise InputError unless there is a scenario of this name."""
        if not isinstance(name, str) or name not in self.scenarios:
            raise InputError(f"unknown scenario {name}; choose one of {', '.join(self.scenarios)}")


def find_names(verb: Verb, config_dir: str | None) -> Names:
    """Return what can be set for `verb`, with the scenarios of cisim and of a user's own config folder.

    Raises
    ------
    InputError
        If there is no such folder, or a scenario in it has the name of one of cisim's or holds more than values.
    """
    folders = config_folders(config_dir)
    for folder in folders[1:]:
        check_scenario_files(folder)
    return Names(verb, scenarios(folders), folders)
