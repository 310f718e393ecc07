"""The one registry: all parameter groups, looked up by dotted name, checked and replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from dataclasses import replace as replace_fields
from difflib import get_close_matches

from cisim.errors import InputError
from cisim.parameters.checks import TOGETHER, check_together
from cisim.parameters.communities import Communities, Donors, Platform, Practice
from cisim.parameters.leadership import Backbone, Conditions, Funding
from cisim.parameters.parameter import METADATA, Parameter, Value
from cisim.parameters.people import Population
from cisim.parameters.relations import Commitment, Conflict, Dependence, Ending, Entry, Exit, Trust
from cisim.parameters.tactics import Formation, JointPlatform, Tactics
from cisim.parameters.work import Agenda, Assessment, Cohort, Contribution, Framing, Production
from cisim.parameters.world import Environment, Observation, Shocks


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """All parameters of one run, one group for each part of the model."""

    population: Population = field(default_factory=Population)
    backbone: Backbone = field(default_factory=Backbone)
    funding: Funding = field(default_factory=Funding)
    conditions: Conditions = field(default_factory=Conditions)
    agenda: Agenda = field(default_factory=Agenda)
    framing: Framing = field(default_factory=Framing)
    contribution: Contribution = field(default_factory=Contribution)
    production: Production = field(default_factory=Production)
    cohort: Cohort = field(default_factory=Cohort)
    assessment: Assessment = field(default_factory=Assessment)
    conflict: Conflict = field(default_factory=Conflict)
    trust: Trust = field(default_factory=Trust)
    dependence: Dependence = field(default_factory=Dependence)
    commitment: Commitment = field(default_factory=Commitment)
    exit: Exit = field(default_factory=Exit)
    entry: Entry = field(default_factory=Entry)
    ending: Ending = field(default_factory=Ending)
    formation: Formation = field(default_factory=Formation)
    tactics: Tactics = field(default_factory=Tactics)
    joint_platform: JointPlatform = field(default_factory=JointPlatform)
    communities: Communities = field(default_factory=Communities)
    practice: Practice = field(default_factory=Practice)
    platform: Platform = field(default_factory=Platform)
    donors: Donors = field(default_factory=Donors)
    environment: Environment = field(default_factory=Environment)
    shocks: Shocks = field(default_factory=Shocks)
    observation: Observation = field(default_factory=Observation)


def _collect() -> dict[str, Parameter]:
    """Read every declaration of every group, in order."""
    collected: dict[str, Parameter] = {}
    for group in fields(Parameters):
        for item in fields(group.default_factory):  # type: ignore[arg-type]
            name = f"{group.name}.{item.name}"
            collected[name] = Parameter(name=name, **item.metadata[METADATA])
    return collected


#: Every parameter by dotted name, in order of declaration.
REGISTRY: dict[str, Parameter] = _collect()


def lookup(name: str) -> Parameter:
    """Return the declaration of `name`; InputError with the nearest names if there is none."""
    if name in REGISTRY:
        return REGISTRY[name]
    near = get_close_matches(name, REGISTRY, n=1)
    hint = f"did you mean {near[0]}?" if near else "see cisim params"
    raise InputError(f"unknown parameter {name}; {hint}")


def get(params: Parameters, name: str) -> Value:
    """Value of the parameter with dotted `name`."""
    group, key = lookup(name).name.split(".")
    value: Value = getattr(getattr(params, group), key)
    return value


def replace(params: Parameters, values: Mapping[str, Value]) -> Parameters:
    """Return a copy with the dotted names in `values` replaced; the result is validated."""
    changes: dict[str, dict[str, Value]] = {}
    for name, value in values.items():
        declared = lookup(name)
        declared.check(value)
        group, key = name.split(".")
        changes.setdefault(group, {})[key] = type(declared.default)(value)
    groups = {g: replace_fields(getattr(params, g), **v) for g, v in changes.items()}
    changed = replace_fields(params, **groups)
    validate(changed)
    return changed


def validate(params: Parameters) -> None:
    """Raise InputError unless every value is in range and the values fit together."""
    for name, declared in REGISTRY.items():
        declared.check(get(params, name))
    check_together({name: get(params, name) for name in TOGETHER})
