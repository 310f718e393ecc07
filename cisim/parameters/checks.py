"""Conditions on several parameters at once, and groups that a case leaves unread."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from cisim.errors import InputError
from cisim.parameters.parameter import Value
from cisim.parameters.people import COUNTED


class Gate(NamedTuple):
    """A parameter, and the value at which it leaves a group unread."""

    name: str
    closed: Value


#: Gate of each group that has one.
GATES: Mapping[str, Gate] = {
    "communities": Gate("practice.mode", "off"),
    "practice": Gate("practice.mode", "off"),
    "platform": Gate("platform.presence", "absent"),
    "donors": Gate("platform.presence", "absent"),
    "formation": Gate("formation.mode", "given"),
    "tactics": Gate("formation.mode", "given"),
    "joint_platform": Gate("joint_platform.intensity", 0.0),
}


def unread(values: Mapping[str, Value], varied: Collection[str]) -> frozenset[str]:
    """Parameters that have no effect in a case.

    Parameters
    ----------
    values : mapping of str to int, float or str
        All parameters of the case by dotted name.
    varied : collection of str
        Names that an analysis moves: an open gate at any value opens its group.

    Returns
    -------
    frozenset of str
        Names, without those of gates.
    """
    closed = {group for group, gate in GATES.items() if values[gate.name] == gate.closed and gate.name not in varied}
    gates = {gate.name for gate in GATES.values()}
    return frozenset(name for name in values if name.partition(".")[0] in closed and name not in gates)


#: Most organisations that a coalition may have (MODEL 2); the fewest are ``ending.least_members``.
LARGEST = 500

#: Population field that a lead office of each kind is taken from; a shared lead needs two organisations only.
LEAD_FIELDS = {
    "corporate": "corporations",
    "nonprofit": "nonprofits",
    "funder": "funders",
    "public": "public_agencies",
}

#: Ranges of funding whose two ends are parameters of their own.
CROSSING = ("award", "term")

#: Every parameter that `check_together` reads, by dotted name.
TOGETHER = (
    *(f"population.{name}" for name in COUNTED),
    "backbone.lead",
    "ending.least_members",
    "formation.mode",
    "practice.mode",
    "platform.presence",
    *(f"funding.{name}_{end}" for name in CROSSING for end in ("low", "high")),
)


def check_together(values: Mapping[str, Value]) -> None:
    """Raise InputError where values are fine one by one and impossible together.

    Parameters
    ----------
    values : mapping of str to int, float or str
        At least the parameters of `TOGETHER`, by dotted name, each of its type and in its range.
    """
    members = {name: int(values[f"population.{name}"]) for name in COUNTED}
    _check_composition(members, str(values["backbone.lead"]), int(values["ending.least_members"]))
    if values["formation.mode"] == "negotiated":
        _check_sides(members)
        if (values["practice.mode"], values["platform.presence"]) != ("off", "absent"):
            raise InputError(
                "formation.mode=negotiated is for communities that are not tied; give practice.mode=off and "
                "platform.presence=absent, or formation.mode=given"
            )
    for name in CROSSING:
        low, high = values[f"funding.{name}_low"], values[f"funding.{name}_high"]
        if float(low) > float(high):
            raise InputError(
                f"funding.{name}_low={low} is above funding.{name}_high={high}; lower the first or raise the second"
            )


def _check_composition(members: Mapping[str, int], lead: str, fewest: int) -> None:
    total = sum(members.values())
    if total == 0:
        raise InputError(f"the coalition is empty (population.* are all 0); give at least {fewest} organisations")
    if not fewest <= total <= LARGEST:
        raise InputError(f"the coalition has {total} organisations; give {fewest} to {LARGEST} under population.*")
    corporations, nonprofits, funders, enterprises, agencies = members.values()
    sectors = (corporations > 0) + (nonprofits + funders + enterprises > 0) + (agencies > 0)
    if sectors < 2:
        raise InputError(
            "the coalition has members of one sector only; give organisations of at least two of private "
            "(corporations), civil (nonprofits, funders, social_enterprises) and public (public_agencies)"
        )
    needed = LEAD_FIELDS.get(lead)
    if needed and members[needed] == 0:
        raise InputError(
            f"backbone.lead={lead} needs one of population.{needed}, found 0; "
            f"set population.{needed} to 1 or more, or choose another lead"
        )


def _check_sides(members: Mapping[str, int]) -> None:
    for name in ("corporations", "social_enterprises"):
        if members[name] == 0:
            raise InputError(
                f"formation.mode=negotiated needs one of population.{name}, found 0; "
                f"set population.{name} to 1 or more, or formation.mode=given"
            )
    if sum(members.values()) == LARGEST:
        raise InputError(
            f"formation.mode=negotiated leaves a place for a third party; give at most {LARGEST - 1} organisations"
        )
