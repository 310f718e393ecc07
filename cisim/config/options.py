"""How a verb is declared: its title, its options with type, default and meaning, its default scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from typing import Any

from cisim.study.executors import Cluster
from cisim.study.own_classes import KEYS

#: A user's own classes, ``path/to/file.py:ClassName`` or ``package.module:ClassName``, by what they replace.
Extensions = make_dataclass("Extensions", [(key, str | None, None) for key in KEYS])


def option(default: Any, text: str) -> Any:
    """Declare an option with its default and its meaning."""
    return field(default=default, metadata={"text": text})


def cluster_option() -> Any:
    """Declare the options of a cluster."""
    return field(default_factory=Cluster, metadata={"text": "options of a cluster, see docs/sweeps.md"})


def extensions_option(text: str) -> Any:
    """Declare a user's own classes with what they mean to the verb."""
    return field(default_factory=Extensions, metadata={"text": text})


#: Word by which a user vouches for code that a result or a scenario file names. It is read apart from the rest of the
#: configuration, where the same name is a group of parameters, and a file cannot say it.
TRUST = "trust"


def trust_option() -> Any:
    """Declare the word by which a user vouches for code that files name."""
    return option(False, "true: run code that a scenario file of --config-dir names; see SECURITY.md")


@dataclass
class StudyOptions:
    """Options of every verb that keeps runs, besides the scenario and the parameters."""

    replicates: int = option(100, "runs of the scenario, 1 or more")
    seed: int = option(1, "0 to 2**63 - 1; the same seed gives the same runs")
    workers: int = option(0, "threads, processes or jobs at a time; 0: all cores; results do not depend on it")
    executor: str = option("auto", "threads, processes, dask or slurm; auto: threads, processes for engine=mesa")
    cluster: Cluster = cluster_option()
    engine: str = option("auto", "compiled or mesa, with the same results; auto: compiled, mesa with extensions")
    out: str = option("results", "folder of all results")
    name: str | None = option(None, "folder of this result; default: time and short hash")
    members: bool = option(True, "false: leave out the membership spells")
    trajectories: bool = option(False, "true: keep the monthly trajectories")
    events: bool = option(False, "true: keep the timed event log")
    retry: str = option("nothing", "errors: do those runs of a finished result again that raised an error")
    extensions: Extensions = extensions_option(  # type: ignore[valid-type]
        "own classes, for instance extensions.gazing=my_file.py:MyGazing"
    )
    trust: bool = trust_option()


@dataclass
class PosteriorOptions(StudyOptions):
    """Options of every verb that can run over an ensemble of parameter sets."""

    posterior: Any = option(False, "true: over the ensemble of cisim calibrate that comes with cisim; or a file of one")


@dataclass(frozen=True, kw_only=True)
class Verb:
    """Declaration of a verb.

    Attributes
    ----------
    name : str
        Word after ``cisim``.
    title : str
        One sentence.
    options : type or None
        Dataclass of its options, each made by `option`; None for a verb that runs no model.
    scenario : str
        Scenario where none is named; empty for a verb that runs no model.
    usage : str
        Help text of a verb that runs no model, with ``{title}`` and ``{words}``.
    words : mapping of str to tuple of str
        Default and meaning of each ``name=value`` that such a verb takes, by name.
    """

    name: str
    title: str
    options: type[Any] | None = None
    scenario: str = ""
    usage: str = ""
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)

    def option_names(self) -> list[str]:
        """Return the names of the options."""
        return [] if self.options is None else [item.name for item in fields(self.options)]

    def kind_of(self, name: str) -> str:
        """Return what the option `name` takes, in words."""
        kinds: dict[str, Any] = {} if self.options is None else {item.name: item.type for item in fields(self.options)}
        return _KINDS.get(kinds.get(name), "text")


_KINDS: dict[Any, str] = {
    int: "a whole number",
    int | None: "a whole number",
    float: "a number",
    float | None: "a number",
    bool: "true or false",
}
