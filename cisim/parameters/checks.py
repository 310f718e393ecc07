"""Rules that bind several parameters: impossible compositions and crossed ranges."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cisim.errors import InputError
from cisim.parameters.parameter import Value

if TYPE_CHECKING:
    from cisim.parameters.registry import Parameters

#: Fewest and most organisations that a coalition may have (MODEL 2).
SMALLEST, LARGEST = 3, 500

#: Population field that a lead office of each kind is taken from; a shared lead needs two organisations only.
LEAD_FIELDS = {
    "corporate": "corporations",
    "nonprofit": "nonprofits",
    "funder": "funders",
    "public": "public_agencies",
}

#: Population fields that count founding members: corporation, nonprofit, funder, social enterprise, public agency.
COUNTED = ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")

#: Ranges of funding whose two ends are parameters of their own.
CROSSING = ("award", "term")

#: Every parameter that `check_together` reads, by dotted name.
TOGETHER = (
    *(f"population.{name}" for name in COUNTED),
    "backbone.lead",
    *(f"funding.{name}_{end}" for name in CROSSING for end in ("low", "high")),
)


def counts(params: "Parameters") -> tuple[int, ...]:
    """Founding members by kind, in the order of `COUNTED`."""
    return tuple(getattr(params.population, name) for name in COUNTED)


def check_together(values: Mapping[str, Value]) -> None:
    """Raise InputError where values are fine one by one and impossible together.

    Parameters
    ----------
    values : mapping of str to int, float or str
        At least the parameters of `TOGETHER`, by dotted name, each of its type and in its range.
    """
    _check_composition({name: int(values[f"population.{name}"]) for name in COUNTED}, str(values["backbone.lead"]))
    for name in CROSSING:
        low, high = values[f"funding.{name}_low"], values[f"funding.{name}_high"]
        if float(low) > float(high):
            raise InputError(
                f"funding.{name}_low={low} is above funding.{name}_high={high}; lower the first or raise the second"
            )


def _check_composition(members: Mapping[str, int], lead: str) -> None:
    total = sum(members.values())
    if total == 0:
        raise InputError("the coalition is empty (population.* are all 0); give at least 3 organisations")
    if not SMALLEST <= total <= LARGEST:
        raise InputError(f"the coalition has {total} organisations; give {SMALLEST} to {LARGEST} under population.*")
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
