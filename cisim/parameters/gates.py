"""Which groups of parameters a case does not read, since it leaves out the part of the model that they belong to."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from cisim.parameters.parameter import Value


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
