"""Names that can be set, and the nearest one to a name that cannot."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from difflib import get_close_matches

from cisim.config.options import OPTIONS
from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters
from cisim.study.executors import Cluster
from cisim.study.extensions import KEYS


@dataclass(frozen=True)
class Names:
    """What a verb knows.

    Attributes
    ----------
    verb : str
        Key of `cisim.config.options.OPTIONS`.
    scenarios : collection of str
        Names of the scenarios.
    """

    verb: str
    scenarios: Collection[str]

    @property
    def options(self) -> list[str]:
        """Options of the verb; extensions and what a cluster is told by their dotted names too."""
        own = [item.name for item in fields(OPTIONS[self.verb])]
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
        hint = f"did you mean {near[0]}?" if near else f"see cisim params and cisim {self.verb} --help"
        return InputError(f"unknown parameter or option {name}{where}; {hint}")

    def check_scenario(self, name: object) -> None:
        """Raise InputError unless there is a scenario of this name."""
        if name not in self.scenarios:
            raise InputError(f"unknown scenario {name}; choose one of {', '.join(self.scenarios)}")
