"""Who is there: profiles of organisations, roles and ties, as a function of parameters and keys only."""

from collections.abc import Sequence
from typing import NamedTuple

from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.rules import population as rules
from cisim.core.rules.ties import trust_start
from cisim.parameters.checks import counts
from cisim.parameters.registry import Parameters


class World(NamedTuple):
    """Keys of one run: every draw is `uniform(*world, entity, month, purpose)`."""

    seed: int
    replicate: int
    community: int = 0


class Profile(NamedTuple):
    """An organisation as it is at founding.

    Weights, capabilities (plan, implement, fund, expertise) and resonance are shares; size is 1 for a middling member;
    outside options and leader quality are standard normal; dependence is the share of means that comes from others.
    """

    entity: int
    kind: int
    weight: float
    size: float
    capabilities: tuple[float, ...]
    resonance: float
    outside: float
    leader: float
    dependence: float


def founding_profiles(params: Parameters, world: World) -> list[Profile]:
    """Profiles of all founding members, by kind and place."""
    return [
        build_profile(params, world, kinds.founder_id(kind, place), kind)
        for kind, number in enumerate(counts(params))
        for place in range(number)
    ]


def build_profile(params: Parameters, world: World, entity: int, kind: int) -> Profile:
    """Profile of the organisation `entity` of `kind`; depends on nobody else."""
    p = params.population

    def z(purpose: int) -> float:
        return normal(*world, entity, 0, purpose)

    name = kinds.KINDS[kind]
    special = kinds.SPECIALITIES[kind]
    return Profile(
        entity=entity,
        kind=kind,
        weight=rules.founding_weight(
            getattr(p, f"{name}_weight"), p.common_weight, p.divergence, p.weight_sd, z(purposes.WEIGHT)
        ),
        size=rules.founding_size(getattr(p, f"{name}_size"), p.size_sd, z(purposes.SIZE)),
        capabilities=tuple(
            rules.capability(
                p.speciality if role in special else p.generality, p.capability_sd, z(purposes.CAPABILITY + role)
            )
            for role in range(len(kinds.ROLES))
        ),
        resonance=rules.resonance(p.resonance_mean, p.resonance_sd, z(purposes.RESONANCE)),
        outside=z(purposes.OUTSIDE),
        leader=z(purposes.LEADER),
        dependence=float(getattr(params.dependence, name, 0.0)),
    )


def candidate_profile(params: Parameters, world: World, month: int) -> Profile:
    """Profile of the candidate who arrives in `month`; kinds arrive as they stand among the founders."""
    entity = kinds.candidate_id(month)
    members = counts(params)
    place = uniform(*world, entity, 0, purposes.ARRIVAL_KIND) * sum(members)
    kind = 0
    while place >= members[kind]:
        place -= members[kind]
        kind += 1
    return build_profile(params, world, entity, kind)


def founding_holders(lead: str, profiles: Sequence[Profile]) -> tuple[int, ...]:
    """Index into `profiles` of the holder of each role at founding (S1 Fig. 2).

    One office of the lead's kind holds all roles; a shared backbone takes for each role the first free organisation
    of the kind that suits it best.
    """
    if lead != "shared":
        first = next(i for i, p in enumerate(profiles) if p.kind == kinds.LEAD_KINDS[lead])
        return (first,) * len(kinds.ROLES)
    holders: list[int] = []
    for suited in kinds.SHARED_HOLDERS:
        free = [i for i in range(len(profiles)) if i not in holders] or list(range(len(profiles)))
        holders.append(min(free, key=lambda i: (suited.index(profiles[i].kind), i)))
    return tuple(holders)


def are_introduced(params: Parameters, world: World, first: int, second: int) -> bool:
    """Whether two organisations have a tie of their own, outside the backbone."""
    pair = kinds.pair_id(first, second)
    return bool(uniform(*world, pair, 0, purposes.TIE) < params.population.tie_density)


def first_trust(params: Parameters, world: World, first: int, second: int) -> float:
    """Trust on a new tie between two organisations, a share."""
    pair = kinds.pair_id(first, second)
    return trust_start(params.trust.start, normal(*world, pair, 0, purposes.TIE_TRUST))
