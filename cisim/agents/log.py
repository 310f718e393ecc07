"""The timed log of a coalition: who joined, who left and why, roles, renewals, grants, shocks, the end."""

from dataclasses import dataclass
from typing import Protocol

from cisim.core import kinds


class Named(Protocol):
    """What the log records of an organisation: its number and its kind."""

    entity: int
    kind: int


@dataclass
class Membership:
    """One membership spell; `left` is None while it lasts."""

    organisation: int
    kind: str
    is_founder: bool
    entry: int
    left: int | None = None
    cause: str = ""


class EventLog:
    """Events in the order in which they happened, and membership spells."""

    def __init__(self) -> None:
        self.events: list[dict[str, int | str]] = []
        self.memberships: dict[int, Membership] = {}

    def add(
        self,
        month: int,
        event: str,
        first: Named | None = None,
        second: Named | None = None,
        detail: str = "",
    ) -> None:
        """Append an event; -1 stands for no organisation."""
        self.events.append(
            {
                "month": month,
                "event": event,
                "organisation": first.entity if first is not None else -1,
                "other": second.entity if second is not None else -1,
                "detail": detail,
            }
        )

    def join(self, member: Named, month: int) -> None:
        """Open a membership spell; month 0 is the founding."""
        self.memberships[member.entity] = Membership(member.entity, kinds.KINDS[member.kind], month == 0, month)
        self.add(month, "joined", member)

    def leave(self, member: Named, month: int, cause: str) -> None:
        """Close a membership spell."""
        spell = self.memberships[member.entity]
        spell.left, spell.cause = month, cause
        self.add(month, "left", member, detail=cause)

    def member_rows(self, end: int) -> list[dict[str, int | bool | str]]:
        """Membership spells as rows, cut at month `end` of the coalition."""
        return [
            {
                "organisation": spell.organisation,
                "kind": spell.kind,
                "founder": spell.is_founder,
                "entry": spell.entry,
                "duration": (spell.left if has_left and spell.left is not None else end) - spell.entry,
                "event_observed": has_left,
                "cause": spell.cause if has_left else "",
            }
            for spell in self.memberships.values()
            if spell.entry < end
            for has_left in [spell.left is not None and spell.left <= end]
        ]
