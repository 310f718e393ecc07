"""The founding of a coalition in the compiled engine: state, members, roles, ties, treasury, promise."""

import numpy as np
from numpy.typing import NDArray

from cisim.core import kinds, purposes
from cisim.core.jit import expanded, seldom
from cisim.core.kernel import log
from cisim.core.kernel.ahead import threshold, z
from cisim.core.kernel.backbone import mean_condition
from cisim.core.kernel.coalition import add_inputs, count_members, take_position, weigh
from cisim.core.kernel.dependence import find_providers
from cisim.core.kernel.negotiation import carry_over
from cisim.core.kernel.network import introduce, meet, recount
from cisim.core.kernel.organisation import contribute, contributed_means, create
from cisim.core.kernel.state import Sim
from cisim.core.population import give_roles
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import funding, matching, production
from cisim.core.rules import joining as entry
from cisim.core.rules.common import monthly_rate, rate_to_probability

_EXTERNAL, _AGENCY = 4, kinds.PUBLIC_AGENCY


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
    s.formed, s.gave_up, s.formation_months, s.is_engaged, s.promise_factor = 1, 0, 0, 0, 1.0
    s.external_threshold = threshold(s, kinds.COALITION, s.month, purposes.EXTERNAL)
    for i in range(4):
        s.open_since[i] = 0
    for i in range(5):
        s.conditions[i] = p.conditions_start
    s.credibility, s.practice = p.framing_start, p.production_practice_start
    s.worth, s.undisturbed, s.fee, s.fee_paid = 1.0, 1.0, 0.0, 0.0
    s.arrival, s.need_ends = rate_to_probability(p.entry_rate), rate_to_probability(monthly_rate(p.ending_need_ends))


@expanded
def _gather(sim: Sim, composition: NDArray[np.int64]) -> None:
    """Create the founding members and give out the roles; slots are places."""
    s, n = sim.s, sim.s.n_members
    for kind in range(5):
        for i in range(composition[kind]):
            create(sim, n, n, kind * kinds.PLACES + i, kind)
            sim.s.leavers[n] = kind
            n += 1
    give_roles(sim.p.backbone_lead, sim.s.leavers[:n], sim.s.reasons)
    if s.is_engaged:
        create(sim, n, n, _AGENCY * kinds.PLACES + composition[_AGENCY], _AGENCY)
        n += 1
    s.n_founding = s.n_slots = s.n_members = n
    for role in range(4):
        s.holders[role] = s.founding_holders[role] = sim.s.reasons[role]
        sim.m.roles[sim.s.reasons[role]] |= 1 << role
    for i in range(n):
        for j in range(i + 1, n):
            introduce(sim, i, j)
    recount(sim)
    if sim.p.formation_mode != 0:
        weaker = composition[0] + composition[1] + composition[2]  # the first of the social enterprises
        sim.m.one_sided[weaker] = matching.one_sidedness(s.gap)
        carry_over(sim, weaker)


@seldom
def found(sim: Sim, composition: NDArray[np.int64]) -> None:
    """Initialise ties, position and the promised results, as if there were no strategies (MODEL 3.5)."""
    p, s = sim.p, sim.s
    _gather(sim, composition)
    count_members(sim)
    for place in range(s.n_members):
        find_providers(sim, place)
    meet(sim)
    contribute(sim, 0.0)
    _open_treasury(sim)
    weigh(sim)
    take_position(sim)
    s.attention = s.remembered_attention = s.balance
    means = production.means_factor(1.0, s.practice, 0.0, 0.0, mean_condition(sim), p.conditions_output_gain)
    produced = production.output(add_inputs(sim), 1.0, means, 1.0, 0.0)
    s.perceived_social = production.social_outcome(produced, s.balance, p.agenda_focus_returns)
    s.perceived_economic = production.economic_outcome(produced, s.balance, p.agenda_focus_returns)
    s.promised_social = assessment.promised(p.assessment_optimism, s.promise_factor, s.perceived_social)
    s.promised_economic = assessment.promised(p.assessment_optimism, s.promise_factor, s.perceived_economic)
    for place in range(s.n_members):
        expect(sim, place, s.promise_factor)
        log.write_event(sim, log.JOINED, place, log.NOBODY, log.PLAIN)


@seldom
def expect(sim: Sim, place: int, factor: float) -> None:
    """Set the promise to a newcomer: the perceived result, raised by the optimism of newcomers."""
    m, s, optimism = sim.m, sim.s, sim.p.assessment_optimism
    m.promised_social[place] = m.aspired_social[place] = assessment.promised(optimism, factor, s.perceived_social)
    m.promised_economic[place] = m.aspired_economic[place] = assessment.promised(optimism, factor, s.perceived_economic)


@expanded
def _open_treasury(sim: Sim) -> None:
    p, s = sim.p, sim.s
    s.founding_need = funding.base_need(float(s.n_members), p.funding_size_cost)
    s.grant, s.grant_end = funding.of_need(p.funding_grant_share, s.founding_need), p.funding_grant_months
    own = funding.own_income_factor(p.funding_own_income_sd, z(s, kinds.COALITION, s.month, purposes.OWN_INCOME))
    s.own = funding.own_income(p.funding_own_income, s.founding_need, own)
    s.reserve = funding.of_need(p.funding_reserve_months, s.need)
    s.staffing = 1.0
    s.founding_paid = contributed_means(sim)
    luck = z(s, kinds.COALITION, s.month, purposes.AGENDA)
    s.agenda = funding.agenda_size(p.ending_agenda_size, p.ending_agenda_sd, luck)
    s.quorum = entry.quorum(p.ending_least_members, p.ending_quorum, s.n_founding)
