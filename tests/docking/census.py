"""What occurred in a run, in words, so that a set of runs can be asked whether it leaves anything out."""

from collections.abc import Iterable

from cisim.core.kernel.log import EVENTS, INTRODUCED, SHOCKS
from cisim.core.kinds import LEADS
from cisim.core.records import ALL_CAUSES, CAUSES, CENSORED, COMPLETED, RunRecord
from cisim.parameters import Parameters

#: Everything that an engine can do and that a set of runs should hold.
EVERYTHING = {
    *(f"lead {lead}" for lead in LEADS),
    *(f"failed {cause}" for cause in CAUSES),
    COMPLETED,
    CENSORED,
    *(f"left {cause.name}" for cause in ALL_CAUSES if cause.is_of_members),
    *(f"shock {name}" for name in SHOCKS),
    *("joined", "role_vacated", "role_changed", "renewed", "grant_won", "grant_lost", "milestone", "cohort"),
    *EVENTS[INTRODUCED:],
    *("third party", "platform"),
}


def census(params: Parameters, record: RunRecord) -> set[str]:
    """Return what occurred in a run, in the words of `EVERYTHING`."""
    spell = record.spell
    return {
        f"lead {params.backbone.lead}",
        f"failed {spell['cause']}" if spell["cause"] else str(spell["ending"]),
        *(
            f"{e['event']} {e['detail']}" if e["event"] in ("left", "shock") else str(e["event"])
            for e in events(record)
        ),
        *(["milestone"] if int(spell["duration"]) >= params.observation.milestone else []),
        *(["cohort"] if float(spell["enterprises_supported"]) > 0.0 else []),
        *(["third party"] if record.members and spell["third_party"] else []),
        *(["platform"] if record.members and params.joint_platform.intensity > 0.0 else []),
    }


def events(record: RunRecord) -> Iterable[dict[str, int | str]]:
    """Events before and after the founding, at which everybody joins."""
    return (event for event in record.events if event["event"] != "joined" or int(event["month"]) > 0)
