"""The one registry: all parameter groups, looked up by dotted name, checked and replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from dataclasses import replace as replace_fields
from difflib import get_close_matches

from cisim.errors import InputError
from cisim.parameters.checks import TOGETHER, check_together
from cisim.parameters.communities import CommunitiesParameters, DonorsParameters, PlatformParameters, PracticeParameters
from cisim.parameters.leadership import BackboneParameters, ConditionsParameters, FundingParameters
from cisim.parameters.parameter import METADATA, Parameter, Value
from cisim.parameters.people import PopulationParameters
from cisim.parameters.relations import (
    CommitmentParameters,
    ConflictParameters,
    DependenceParameters,
    EndingParameters,
    EntryParameters,
    ExitParameters,
    TrustParameters,
)
from cisim.parameters.tactics import FormationParameters, JointPlatformParameters, TacticsParameters
from cisim.parameters.work import (
    AgendaParameters,
    AssessmentParameters,
    CohortParameters,
    ContributionParameters,
    FramingParameters,
    ProductionParameters,
)
from cisim.parameters.world import EnvironmentParameters, ObservationParameters, ShocksParameters


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """All parameters of one run, one group for each part of the model."""

    population: PopulationParameters = field(default_factory=PopulationParameters)
    backbone: BackboneParameters = field(default_factory=BackboneParameters)
    funding: FundingParameters = field(default_factory=FundingParameters)
    conditions: ConditionsParameters = field(default_factory=ConditionsParameters)
    agenda: AgendaParameters = field(default_factory=AgendaParameters)
    framing: FramingParameters = field(default_factory=FramingParameters)
    contribution: ContributionParameters = field(default_factory=ContributionParameters)
    production: ProductionParameters = field(default_factory=ProductionParameters)
    cohort: CohortParameters = field(default_factory=CohortParameters)
    assessment: AssessmentParameters = field(default_factory=AssessmentParameters)
    conflict: ConflictParameters = field(default_factory=ConflictParameters)
    trust: TrustParameters = field(default_factory=TrustParameters)
    dependence: DependenceParameters = field(default_factory=DependenceParameters)
    commitment: CommitmentParameters = field(default_factory=CommitmentParameters)
    exit: ExitParameters = field(default_factory=ExitParameters)
    entry: EntryParameters = field(default_factory=EntryParameters)
    ending: EndingParameters = field(default_factory=EndingParameters)
    formation: FormationParameters = field(default_factory=FormationParameters)
    tactics: TacticsParameters = field(default_factory=TacticsParameters)
    joint_platform: JointPlatformParameters = field(default_factory=JointPlatformParameters)
    communities: CommunitiesParameters = field(default_factory=CommunitiesParameters)
    practice: PracticeParameters = field(default_factory=PracticeParameters)
    platform: PlatformParameters = field(default_factory=PlatformParameters)
    donors: DonorsParameters = field(default_factory=DonorsParameters)
    environment: EnvironmentParameters = field(default_factory=EnvironmentParameters)
    shocks: ShocksParameters = field(default_factory=ShocksParameters)
    observation: ObservationParameters = field(default_factory=ObservationParameters)


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
