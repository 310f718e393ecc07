"""What scenario discovery looks for: the conditions under which coalitions fail early although strategies are used."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cisim.config.names import find_names
from cisim.config.uncertainty import read_case
from cisim.errors import InputError
from cisim.questions.discover import VERB
from cisim.study.arms import STRATEGIES, arms_design
from cisim.study.excerpt import Excerpt
from cisim.study.study import Study

#: Parameters that the arms set.
LEVERS = tuple(f"backbone.{name}" for name in STRATEGIES)

#: What is uncertain where neither ranges nor ``parameters=`` are given: who there is, and what befalls them.
WORLD = ("population", "environment", "shocks")


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """Plan of scenario discovery.

    Attributes
    ----------
    labels : tuple of str
        Arms, one for each setting of the design.
    names : tuple of str
        Parameters whose conditions are looked for.
    before : int
        Month by the end of which failures count.
    boxes : int
        Boxes for each arm at most.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    before: int
    boxes: int

    def summary(self) -> dict[str, Any]:
        """Say what decides the results besides the design, as plain values."""
        return {"parameters": list(self.names), "before": self.before, "boxes": self.boxes}

    def excerpt(self) -> Excerpt | None:
        """Keep no trajectories."""
        return None


def plan_discover(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim discover`` runs; InputError for every bad input, in one line."""
    case = read_case(overrides, find_names(VERB, config_dir), default=WORLD, levers=LEVERS)
    study, options = case.study, case.options
    horizon = study.params.observation.horizon
    if not 1 <= options.before <= horizon:
        raise InputError(f"before={options.before} is out of range; give a month from 1 to the horizon of {horizon}")
    if options.boxes < 1:
        raise InputError(f"boxes={options.boxes} is out of range; give 1 or more")
    plan = Discovery(
        labels=study.strategies,
        names=tuple(factor.name for factor in case.factors),
        before=options.before,
        boxes=options.boxes,
    )
    design = arms_design(study.strategies, study.params, study.intensity)
    return case.over_states(replace(study, design=design, task=plan))
