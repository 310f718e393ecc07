"""Population: profiles of organisations, roles and ties, as a function of parameters and keys only.

Compiled functions take the parameters as a record (`cisim.core.layout.encode`) and are shared by both engines.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.jit import rule
from cisim.core.layout import Record, encode
from cisim.core.rules import joining as rules
from cisim.core.rules.joining import Capabilities
from cisim.core.rules.social_capital import trust_start
from cisim.parameters.registry import Parameters

_SPECIALITIES = np.array([[role in special for role in range(len(kinds.ROLES))] for special in kinds.SPECIALITIES])
_SHARED_HOLDERS = np.array(kinds.SHARED_HOLDERS)
_LEADS = np.array([kinds.LEAD_KINDS.get(lead, -1) for lead in kinds.LEADS])
_CAPABILITY, _CANDIDATE = purposes.CAPABILITY, kinds.CANDIDATE
Ints = NDArray[np.int64]
Numbers = tuple[float, float, float, float, float, float, float, float, float, float]


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
    capabilities: Capabilities
    resonance: float
    outside: float
    leader: float
    dependence: float


@rule
def of_kind(kind: int, corporation: float, nonprofit: float, funder: float, enterprise: float, agency: float) -> float:
    """Pick the value that belongs to `kind`."""
    if kind == 0:
        return corporation
    if kind == 1:
        return nonprofit
    if kind == 2:
        return funder
    return enterprise if kind == 3 else agency


@rule
def draw_profile(p: Record, seed: int, replicate: int, community: int, entity: int, kind: int) -> Numbers:
    """Weight, size, four capabilities, resonance, outside options, leader and dependence of `entity` of `kind`."""
    mean = of_kind(
        kind,
        p.population_corporation_weight,
        p.population_nonprofit_weight,
        p.population_funder_weight,
        p.population_social_enterprise_weight,
        p.population_public_agency_weight,
    )
    median = of_kind(
        kind,
        p.population_corporation_size,
        p.population_nonprofit_size,
        p.population_funder_size,
        p.population_social_enterprise_size,
        p.population_public_agency_size,
    )
    z_weight = normal(seed, replicate, community, entity, kinds.ONCE, purposes.WEIGHT)
    z_size = normal(seed, replicate, community, entity, kinds.ONCE, purposes.SIZE)
    z_resonance = normal(seed, replicate, community, entity, kinds.ONCE, purposes.RESONANCE)
    return (
        rules.founding_weight(
            mean, p.population_common_weight, p.population_divergence, p.population_weight_sd, z_weight
        ),
        rules.founding_size(median, p.population_size_sd, z_size),
        _draw_capability(p, seed, replicate, community, entity, kind, kinds.PLAN),
        _draw_capability(p, seed, replicate, community, entity, kind, kinds.IMPLEMENT),
        _draw_capability(p, seed, replicate, community, entity, kind, kinds.FUND),
        _draw_capability(p, seed, replicate, community, entity, kind, kinds.EXPERTISE),
        rules.resonance(p.population_resonance_mean, p.population_resonance_sd, z_resonance),
        normal(seed, replicate, community, entity, kinds.ONCE, purposes.OUTSIDE),
        normal(seed, replicate, community, entity, kinds.ONCE, purposes.LEADER),
        of_kind(kind, 0.0, p.dependence_nonprofit, 0.0, p.dependence_social_enterprise, 0.0),
    )


@rule
def _draw_capability(p: Record, seed: int, replicate: int, community: int, entity: int, kind: int, role: int) -> float:
    mean = p.population_speciality if _SPECIALITIES[kind, role] else p.population_generality
    z = normal(seed, replicate, community, entity, kinds.ONCE, _CAPABILITY + role)
    return rules.capability(mean, p.population_capability_sd, z)


@rule
def candidate_kind(p: Record, seed: int, replicate: int, community: int, month: int) -> int:
    """Kind of the candidate who arrives in `month`: kinds arrive as they stand among the founders."""
    founders = (
        p.population_corporations,
        p.population_nonprofits,
        p.population_funders,
        p.population_social_enterprises,
        p.population_public_agencies,
    )
    total = founders[0] + founders[1] + founders[2] + founders[3] + founders[4]
    place = uniform(seed, replicate, community, _CANDIDATE + month, kinds.ONCE, purposes.ARRIVAL_KIND) * total
    for kind in range(4):
        if place < founders[kind]:
            return kind
        place -= founders[kind]
    return 4


@rule
def give_roles(lead: int, kind_of: Ints, holders: Ints) -> None:
    """Find the founding holder of each role (S1 Fig. 2).

    One office of the lead's kind holds all roles; a shared backbone takes for each role the first free organisation
    of the kind that suits it best, or anybody of that kind when nobody is free.

    Parameters
    ----------
    lead : int
        Place in `kinds.LEADS`.
    kind_of : ndarray of int64, shape (n,)
        Kind of each founding member.
    holders : ndarray of int64, shape (4,)
        Index of the holder of each role; written.
    """
    for role in range(4):
        if _LEADS[lead] >= 0:
            holders[role] = _first_of(_LEADS[lead], kind_of, holders, 0)
            continue
        holders[role] = -1
        for n_taken in (role, 0):
            for place in range(5):
                if holders[role] < 0:
                    holders[role] = _first_of(_SHARED_HOLDERS[role, place], kind_of, holders, n_taken)


@rule
def _first_of(kind: int, kind_of: Ints, holders: Ints, n_taken: int) -> int:
    """First organisation of `kind` that is not among the first `n_taken` holders; -1 if there is none."""
    for i in range(kind_of.size):
        if kind_of[i] == kind:
            is_free = True
            for role in range(n_taken):
                is_free = is_free and holders[role] != i
            if is_free:
                return i
    return -1


@rule
def is_introduced(density: float, seed: int, replicate: int, community: int, pair: int) -> bool:
    """Whether the two organisations of a pair have a tie of their own, outside the backbone."""
    return uniform(seed, replicate, community, pair, kinds.ONCE, purposes.TIE) < density


@rule
def draw_trust(mean: float, seed: int, replicate: int, community: int, pair: int) -> float:
    """Trust on a new tie between the two organisations of a pair, a share."""
    return trust_start(mean, normal(seed, replicate, community, pair, kinds.ONCE, purposes.TIE_TRUST))


def founding_profiles(params: Parameters, world: World) -> list[Profile]:
    """Profiles of all founding members, by kind and place."""
    record = encode(params)
    return [
        _build_profile(record, world, kinds.founder_id(kind, place), kind)
        for kind, number in enumerate(params.population.counts)
        for place in range(number)
    ]


def _build_profile(record: Record, world: World, entity: int, kind: int) -> Profile:
    weight, size, plan, implement, fund, expertise, *rest = draw_profile(record, *world, entity, kind)
    return Profile(entity, kind, weight, size, Capabilities(plan, implement, fund, expertise), *rest)


def build_profile(params: Parameters, world: World, entity: int, kind: int) -> Profile:
    """Profile of the organisation `entity` of `kind`; depends on nobody else."""
    return _build_profile(encode(params), world, entity, kind)


def candidate_profile(params: Parameters, world: World, month: int) -> Profile:
    """Profile of the candidate who arrives in `month`."""
    kind = candidate_kind(encode(params), *world, month)
    return build_profile(params, world, kinds.candidate_id(month), kind)


def founding_holders(lead: str, profiles: Sequence[Profile]) -> tuple[int, ...]:
    """Index into `profiles` of the holder of each role at founding."""
    holders = np.empty(len(kinds.ROLES), dtype=np.int64)
    give_roles(kinds.LEADS.index(lead), np.array([p.kind for p in profiles]), holders)
    return tuple(int(i) for i in holders)


def are_introduced(params: Parameters, world: World, first: int, second: int) -> bool:
    """Whether two organisations have a tie of their own, outside the backbone."""
    return is_introduced(params.population.tie_density, *world, kinds.pair_id(first, second))


def first_trust(params: Parameters, world: World, first: int, second: int) -> float:
    """Trust on a new tie between two organisations, a share."""
    return draw_trust(params.trust.start, *world, kinds.pair_id(first, second))
