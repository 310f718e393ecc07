"""Record of one run: spells of the coalition and of its members, causes of ending; the same from every engine."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

#: Endings of a coalition spell.
FAILED, COMPLETED, CENSORED = "failed", "completed", "censored"


class Cause(NamedTuple):
    """A cause of leaving or of failure.

    Attributes
    ----------
    name : str
        As in the columns ``cause`` of the tables.
    words : str
        What it is, for a reader, as in "failed by ..." and "left by ...".
    is_of_members : bool
        Whether members leave by it; all are causes by which a coalition fails.
    has_lived : bool
        Whether the coalition that fails by it has lived: False for one that never came about.
    """

    name: str
    words: str
    is_of_members: bool
    has_lived: bool


#: Every cause. Places are codes of the compiled engine, and the first five those of rule E70; styles of figures, words
#: and names of metrics derive from this list.
ALL_CAUSES = (
    Cause("conflict", "conflict among members", is_of_members=True, has_lived=True),
    Cause("disappointment", "disappointment with results", is_of_members=True, has_lived=True),
    Cause("dependence", "dependence on other members", is_of_members=True, has_lived=True),
    Cause("hypocrisy", "a frame that results belie", is_of_members=True, has_lived=True),
    Cause("external", "reasons from outside", is_of_members=True, has_lived=True),
    Cause("funding", "lack of funds", is_of_members=False, has_lived=True),
    Cause("not_formed", "lack of an agreement to begin", is_of_members=False, has_lived=False),
)
CAUSES = tuple(cause.name for cause in ALL_CAUSES)
CONFLICT, DISAPPOINTMENT, DEPENDENCE, HYPOCRISY, EXTERNAL, FUNDING, NOT_FORMED = CAUSES


@dataclass(frozen=True)
class RunRecord:
    """One coalition spell.

    Attributes
    ----------
    spell : dict
        Columns of ``runs.parquet`` that the model knows: duration (months), event_observed, ending, cause, outcomes.
    members : list of dict
        One row for each membership spell.
    events : list of dict
        The timed log; empty unless asked for.
    trajectory : dict of ndarray or None
        Monthly series of length `duration` by name; None unless asked for.
    community : int
        Place of its community in the field.
    others : tuple of RunRecord
        Spells of the other communities of the field, in order; those have none themselves.
    """

    spell: dict[str, int | float | bool | str]
    members: list[dict[str, int | bool | str]]
    events: list[dict[str, int | str]]
    trajectory: dict[str, np.ndarray] | None
    community: int = 0
    others: "tuple[RunRecord, ...]" = ()

    @property
    def communities(self) -> "tuple[RunRecord, ...]":
        """Spells of all communities of the field, this one first."""
        return (self, *self.others)


def events_until(events: list[dict[str, int | str]], end: int) -> list[dict[str, int | str]]:
    """Events up to month `end` of the coalition, by month; who joins in that month never takes part in any."""
    late = {event["organisation"] for event in events if event["event"] == "joined" and event["month"] == end}
    kept = [e for e in events if int(e["month"]) <= end and not late & {e["organisation"], e["other"]}]
    return sorted(kept, key=lambda event: int(event["month"]))
