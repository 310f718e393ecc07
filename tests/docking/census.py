"""What occurred in a run, in words, so that a set of runs can be asked whether it leaves anything out."""

from collections.abc import Iterable

from cisim.core.kernel.log import SHOCKS
from cisim.core.kinds import LEADS
from cisim.core.records import CAUSES, CENSORED, COMPLETED, FUNDING, RunRecord
from cisim.parameters import Parameters

#: Everything that an engine can do and that a set of runs should hold.
EVERYTHING = {
    *(f"lead {lead}" for lead in LEADS),
    *(f"failed {cause}" for cause in CAUSES),
    COMPLETED,
    CENSORED,
    *(f"left {cause}" for cause in CAUSES if cause != FUNDING),
    *(f"shock {name}" for name in SHOCKS),
    *("joined", "role_vacated", "role_changed", "renewed", "grant_won", "grant_lost", "milestone", "cohort"),
}


def census(params: Parameters, record: RunRecord) -> set[str]:
    """Return what occurred in a run, in the words of `EVERYTHING`."""
    spell = record.spell
    return {
        f"lead {params.backbone.lead}",
        f"failed {spell['cause']}" if spell["cause"] else str(spell["ending"]),
        *(f"{e['event']} {e['detail']}" if e["event"] in ("left", "shock") else str(e["event"]) for e in later(record)),
        *(["milestone"] if int(spell["duration"]) >= params.observation.milestone else []),
        *(["cohort"] if float(spell["enterprises_supported"]) > 0.0 else []),
    }


def later(record: RunRecord) -> Iterable[dict[str, int | str]]:
    """Events after the founding."""
    return (event for event in record.events if int(event["month"]) > 0)
