"""The founding of a coalition in the compiled engine: state, members, roles, ties, treasury, promise."""

import math

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.jit import seldom
from cisim.core.kernel import log
from cisim.core.kernel.backbone import need
from cisim.core.kernel.coalition import contributed_means, joint_input, mean_condition, meet, take_position
from cisim.core.kernel.keys import threshold, z
from cisim.core.kernel.members import contribute, create, find_providers
from cisim.core.kernel.network import introduce, recount
from cisim.core.kernel.sim import Sim
from cisim.core.population import give_roles
from cisim.core.rules import funding, production
from cisim.parameters.checks import SMALLEST

_COALITION, _PLACES = kinds.COALITION, kinds.PLACES
_EXTERNAL = 4
_JOINED = log.JOINED


@seldom
def reset(sim: Sim, seed: int, replicate: int, community: int) -> None:
    """Empty the state for a new run; months and slots count anew."""
    s, p = sim.s, sim.p
    s.seed, s.replicate, s.community = seed, replicate, community
    s.month = s.n_members = s.n_ties = s.n_events = s.n_enterprises = s.is_bad_year = s.n_left = 0
    s.end = s.ending = s.end_cause = s.next_months = 0
    s.last_cause = _EXTERNAL
    s.climate, s.policy, s.crowding = 0.0, 1.0, 0.0
    s.social = s.economic = s.total_social = s.total_economic = s.since_switch = s.joint = 0.0
    s.external_elapsed = 0.0
    s.external_threshold = threshold(s, _COALITION, 0, purposes.EXTERNAL)
    for i in range(4):
        s.open_since[i] = 0
    for i in range(5):
        s.conditions[i] = p.conditions_start
    s.credibility, s.practice = p.framing_start, p.production_practice_start


@seldom
def _gather(sim: Sim, composition: NDArray[np.int64]) -> None:
    """Create the founding members and give out the roles."""
    s = sim.s
    slot = 0
    for kind in range(5):
        for place in range(composition[kind]):
            create(sim, slot, kind * _PLACES + place, kind)
            sim.members[slot].is_member = 1
            sim.active[slot] = slot
            slot += 1
    s.n_founding = s.n_slots = s.n_members = slot
    for i in range(slot):
        sim.leavers[i] = sim.members[i].kind
    give_roles(sim.p.backbone_lead, sim.leavers[:slot], sim.reasons)
    for role in range(4):
        s.holders[role] = s.founding_holders[role] = sim.reasons[role]
        sim.members[sim.reasons[role]].roles |= 1 << role
    for i in range(slot):
        for j in range(i + 1, slot):
            introduce(sim, i, j)
    recount(sim)


@seldom
def found(sim: Sim, composition: NDArray[np.int64]) -> None:
    """Meet for the first time and promise results, as if there were no strategies (MODEL 3.5)."""
    p, s = sim.p, sim.s
    _gather(sim, composition)
    for slot in range(s.n_founding):
        find_providers(sim, slot)
    meet(sim)
    for slot in range(s.n_founding):
        contribute(sim, slot, 0.0)
    _open_treasury(sim)
    take_position(sim)
    s.attention = s.remembered_attention = s.balance
    produced = joint_input(sim) * production.means_factor(
        1.0, s.practice, 0.0, 0.0, mean_condition(sim), p.conditions_output_gain
    )
    s.perceived_social = production.social_outcome(produced, s.balance, p.agenda_focus_returns)
    s.perceived_economic = production.economic_outcome(produced, s.balance, p.agenda_focus_returns)
    s.promised_social = p.assessment_optimism * s.perceived_social
    s.promised_economic = p.assessment_optimism * s.perceived_economic
    for slot in range(s.n_founding):
        expect(sim, slot)
        log.note(sim, _JOINED, slot, -1, 0)


@seldom
def expect(sim: Sim, slot: int) -> None:
    """Promise a newcomer what it sees, with the optimism of a beginner."""
    m, s, optimism = sim.members[slot], sim.s, sim.p.assessment_optimism
    m.promised_social = m.aspired_social = optimism * s.perceived_social
    m.promised_economic = m.aspired_economic = optimism * s.perceived_economic


@seldom
def _open_treasury(sim: Sim) -> None:
    p, s = sim.p, sim.s
    s.founding_need = funding.base_need(float(s.n_members), p.funding_size_cost)
    s.grant, s.grant_end = p.funding_grant_share * s.founding_need, p.funding_grant_months
    own = funding.own_income_factor(p.funding_own_income_sd, z(s, _COALITION, 0, purposes.OWN_INCOME))
    s.own = p.funding_own_income * s.founding_need * own
    s.reserve = p.funding_reserve_months * need(sim)
    s.staffing = 1.0
    s.founding_paid = contributed_means(sim)
    s.agenda = funding.agenda_size(p.ending_agenda_size, p.ending_agenda_sd, z(s, _COALITION, 0, purposes.AGENDA))
    s.quorum = max(SMALLEST, int(math.ceil(p.ending_quorum * s.n_founding)))
