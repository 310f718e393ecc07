"""What one run leaves behind; the same from every engine."""

from dataclasses import dataclass

import numpy as np

#: Endings of a coalition spell.
FAILED, COMPLETED, CENSORED = "failed", "completed", "censored"

#: Causes of leaving and of failure; the first five are the order of rule E70, the last is that of what never began.
CAUSES = ("conflict", "disappointment", "dependence", "hypocrisy", "external", "funding", "not_formed")
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
