"""The event log of one run in words, and the trajectory at yearly steps."""

from collections.abc import Mapping

import pandas as pd

from cisim.core.records import ALL_CAUSES

#: Words for events, with the organisation, the other one and the detail to fill in.
SENTENCES = {
    "joined": "{first} joined",
    "left": "{first} left: {detail}",
    "role_vacated": "{first} gave up the role {detail}",
    "role_changed": "{first} took over the role {detail}",
    "renewed": "the contract was renewed",
    "grant_won": "a grant was won for {detail}",
    "grant_lost": "the grant ran out, and no other was won",
    "shock": "shock: {detail}",
    "ended": "the coalition ended: {detail}",
    "introduced": "the two sides were introduced",
    "goals_shared": "they found a common goal",
    "selected": "the larger side chose the weaker one",
    "designed": "the partnership was designed",
    "formed": "both signed",
    "engaged": "a third party was won",
    "given_up": "a side gave up",
}
#: Words for shocks.
SHOCKS = {
    "leadership": "{first} has a new leadership",
    "goal_shift": "the goals of {first} shift",
    "breach": "trust between {first} and {other} is breached",
    "downturn": "downturn of the economy",
    "withdrawal": "funds are withdrawn",
    "policy_end": "a supporting policy ends",
}
#: Causes by which a coalition fails that never came about.
NEVER_LIVED = {cause.name for cause in ALL_CAUSES if not cause.has_lived}
#: Columns of the table at yearly steps.
SHOWN = (
    *("members", "trust", "conflict", "commitment", "conditions", "staffing", "reserve"),
    *("social_outcome", "economic_outcome"),
)


def narrate(events: pd.DataFrame, kinds: Mapping[int, str]) -> pd.DataFrame:
    """Return the events of one run in words.

    Parameters
    ----------
    events : DataFrame
        Rows of ``events.parquet``: month, event, organisation, other, detail.
    kinds : mapping of int to str
        Kind of every organisation by its number.

    Returns
    -------
    DataFrame
        month and text, in order; those who founded the coalition (month 0) share a line for each kind. What a
        negotiation before it brought has months of 0 and less.
    """
    founding = (events["event"] == "joined") & (events["month"] == 0)
    before = (events["month"] <= 0) & ~founding
    rows = [
        *_sentences(events[before], kinds),
        *((0, text) for text in _founders(events.loc[founding, "organisation"].tolist(), kinds)),
        *_sentences(events[~before & ~founding], kinds),
    ]
    return pd.DataFrame(rows, columns=["month", "text"])


def _sentences(events: pd.DataFrame, kinds: Mapping[int, str]) -> list[tuple[int, str]]:
    """Month and sentence of every event."""
    rows = [{str(name): value for name, value in row.items()} for row in events.to_dict("records")]
    return [(int(str(row["month"])), _sentence(row, kinds)) for row in rows]


def _founders(organisations: list[int], kinds: Mapping[int, str]) -> list[str]:
    by_kind: dict[str, list[int]] = {}
    for organisation in organisations:
        by_kind.setdefault(_kind(organisation, kinds), []).append(organisation)
    return [f"founding: {kind} {', '.join(map(str, members))}" for kind, members in by_kind.items()]


def _sentence(row: Mapping[str, object], kinds: Mapping[int, str]) -> str:
    """One event in words; an event of one's own by its name."""
    event, detail = str(row["event"]), str(row["detail"])
    first, other = (
        f"{_kind(number, kinds)} {number}" if number >= 0 else ""
        for number in (int(str(row[n])) for n in ("organisation", "other"))
    )
    if event == "shock":
        detail = SHOCKS.get(detail, detail)
    else:
        detail = _ending(detail) if event == "ended" else detail.replace("_", " ")
    text = SENTENCES.get(event) or " ".join(filter(None, (event.replace("_", " "), "{first}", "{other}", "{detail}")))
    return " ".join(text.replace("{detail}", detail).format(first=first, other=other).split())


def _ending(detail: str) -> str:
    """How a coalition ended in words, such as ``failed from external``; a cause of one's own by its name."""
    kind, _, cause = detail.partition(" ")
    if cause in NEVER_LIVED:
        return "it was not formed"
    return f"{kind} from {cause.replace('_', ' ')}" if cause else kind


def _kind(organisation: int, kinds: Mapping[int, str]) -> str:
    return kinds.get(organisation, "organisation").replace("_", " ")


def yearly(trajectory: pd.DataFrame) -> pd.DataFrame:
    """Rows of a trajectory in month 1, at the end of every year, and in the last month; columns of `SHOWN`."""
    last = trajectory["month"].iloc[-1:]
    wanted = (trajectory["month"] % 12 == 0) | (trajectory["month"] == 1) | trajectory["month"].isin(last)
    return trajectory.loc[wanted, ["month", *(name for name in SHOWN if name in trajectory)]]
