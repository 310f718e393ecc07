"""Names that can be set, and the nearest one to a name that cannot."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path

from cisim.config.options import Verb
from cisim.config.places import config_folders, scenarios
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters
from cisim.study.executors import Cluster
from cisim.study.extensions import KEYS


@dataclass(frozen=True)
class Names:
    """What a verb knows.

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
        """Options of the verb; extensions and what a cluster is told by their dotted names too."""
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
        if name not in self.scenarios:
            raise InputError(f"unknown scenario {name}; choose one of {', '.join(self.scenarios)}")


def find_names(verb: Verb, config_dir: str | None) -> Names:
    """Return what can be set for `verb`, with the scenarios of cisim and of a user's own config folder.

    Raises
    ------
    InputError
        If there is no such folder, or it has a scenario of the same name as cisim.
    """
    folders = config_folders(config_dir)
    return Names(verb, scenarios(folders), folders)
