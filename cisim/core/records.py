"""Record of a run: spells of the coalition and of its members, causes of ending, outcomes."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.core.jit import rule
from cisim.core.series import AT_MILESTONE, COHORT, FORMATION, LAST, MEANS, SERIES

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


#: Names of the outcomes, in the order in which `fill_outcomes` gives them.
OUTCOMES = (*LAST, *MEANS, *COHORT, *(f"{name}_milestone" for name in AT_MILESTONE), *FORMATION)

_LAST = np.array([SERIES.index(name) for name in LAST])
_MEANS = np.array([SERIES.index(name) for name in MEANS.values()])
_COHORT = np.array([SERIES.index(name) for name in COHORT])
_MILESTONE = np.array([SERIES.index(name) for name in AT_MILESTONE])

Value = int | float | bool | str
Floats = NDArray[np.float64]
#: Values of `cisim.core.series.FORMATION`.
Formation = tuple[float, float, float, float]


@rule
def fill_outcomes(series: Floats, month: int, milestone: int, formation: Formation, row: Floats) -> None:
    """Write the outcomes of a spell of `month` months into `row`.

    Parameters
    ----------
    series : ndarray of float64, shape (at least month, len(SERIES))
        Monthly series.
    month : int
        Duration of the spell; 0 if the coalition never began: it has achieved nothing, and its means are 0.
    milestone : int
        Month at which the ``*_milestone`` outcomes are read; NaN if the spell ended before.
    formation : tuple of float
        Outcomes of the formation.
    row : ndarray of float64, shape (len(OUTCOMES),)
        Written.
    """
    achieved, read = row.size - len(formation) - _MILESTONE.size, row.size - len(formation)
    for i in range(len(formation)):
        row[read + i] = formation[i]
    if month == 0:
        row[:achieved] = 0.0
        row[achieved:read] = math.nan
        return
    at = 0
    for i in _LAST:
        row[at] = series[month - 1, i]
        at += 1
    for i in _MEANS:
        total = 0.0
        for t in range(month):
            total += series[t, i]
        row[at] = total / month
        at += 1
    for i in _COHORT:
        row[at] = series[month - 1, i]
        at += 1
    for i in _MILESTONE:
        row[at] = series[milestone - 1, i] if month >= milestone else math.nan
        at += 1


def spell_row(
    month: int, ending: str, cause: str, series: Floats, milestone: int, formation: Formation
) -> dict[str, Value]:
    """Row of ``runs.parquet`` as far as the model knows it; arguments as for `fill_outcomes`."""
    row = np.empty(len(OUTCOMES))
    fill_outcomes(series, month, milestone, formation, row)
    return {
        "duration": month,
        "event_observed": ending != CENSORED,
        "ending": ending,
        "cause": cause if ending == FAILED else "",
        **dict(zip(OUTCOMES, row.tolist(), strict=True)),
    }
