"""Roles and money of the backbone: the phases of `agents.backbone` and `agents.treasury`."""

from cisim.core import kinds, purposes
from cisim.core.jit import phase, seldom
from cisim.core.kernel.coalition import contributed_means, leader
from cisim.core.kernel.keys import u
from cisim.core.kernel.log import GRANT_LOST, GRANT_WON, ROLE_CHANGED, ROLE_VACATED, note
from cisim.core.kernel.network import serve
from cisim.core.kernel.sim import Sim
from cisim.core.rules import assessment, entry, funding

_COALITION = kinds.COALITION
_TAKEOVER = purposes.TAKEOVER


@seldom
def vacate(sim: Sim, slot: int) -> None:
    """Take all roles from a member that has left."""
    m = sim.members[slot]
    for role in range(4):
        if m.roles & (1 << role):
            sim.s.holders[role] = -1
            note(sim, ROLE_VACATED, slot, -1, role)
    m.roles = 0


@seldom
def _best_volunteer(sim: Sim, role: int) -> int:
    """Slot of the most suitable willing and able member who volunteers this month; -1 if there is none."""
    s, best, best_rank = sim.s, -1, 0.0
    for k in range(s.n_members):
        slot = sim.active[k]
        m = sim.members[slot]
        able = m.capabilities[role]
        if (
            entry.is_willing_and_able(m.commitment, able, sim.p.backbone_takeover_bar)
            and u(s, m.entity, s.month, _TAKEOVER + role) < sim.p.backbone_takeover_rate
        ):
            rank = entry.suitability(m.commitment, able, m.magnitude)
            if best < 0 or rank > best_rank:
                best, best_rank = slot, rank
    return best


@seldom
def fill(sim: Sim) -> None:
    """Let willing and able members take over vacant roles."""
    for role in range(4):
        if sim.s.holders[role] < 0:
            heir = _best_volunteer(sim, role)
            if heir >= 0:
                sim.s.holders[role] = heir
                sim.members[heir].roles |= 1 << role
                serve(sim, heir)
                note(sim, ROLE_CHANGED, heir, -1, role)


@seldom
def need(sim: Sim) -> float:
    """Return what full staffing costs a month, with all efforts."""
    p = sim.p
    effort = 0.25 * (
        p.conditions_agenda_effort
        + p.conditions_measurement_effort
        + p.conditions_activities_effort
        + p.conditions_communication_effort
    )
    factor = funding.need_factor(
        effort, p.conditions_effort_cost, p.backbone_relational_governance, p.backbone_governance_cost
    )
    return funding.base_need(float(sim.s.n_members), p.funding_size_cost) * factor


@phase
def _income(sim: Sim) -> float:
    p, s = sim.p, sim.s
    lead, holder = s.holders[0], s.holders[2]
    lead_means = 0.0
    if lead >= 0:
        lead_means = sim.members[lead].magnitude * sim.members[lead].budget * sim.members[lead].commitment
    return funding.income(
        s.grant,
        p.funding_inside_share,
        sim.members[holder].budget if holder >= 0 else 0.0,
        s.own,
        contributed_means(sim) / s.founding_paid,
        p.funding_in_kind * s.founding_need,
        lead_means,
    )


@phase
def settle(sim: Sim) -> None:
    """Take in and pay out the money of the month; staffing follows; apply for the next grant."""
    p, s = sim.p, sim.s
    _turn_over(sim)
    received, needed = _income(sim), need(sim)
    s.staffing = funding.staffing(s.staffing, received, s.reserve, needed, p.funding_staffing_speed)
    s.reserve = funding.reserve_after(s.reserve, received, needed * s.staffing, p.funding_reserve_cap)
    since = s.month - (s.grant_end - 6)
    if s.next_months == 0 and since >= 0 and since % p.funding_application_interval == 0:
        _apply(sim)


@seldom
def _turn_over(sim: Sim) -> None:
    """End a grant that has run out; start the next one if it was won."""
    s = sim.s
    if s.month <= s.grant_end:
        return
    if s.next_months > 0:
        s.grant, s.grant_end, s.next_months = s.next_grant, s.month - 1 + s.next_months, 0
    elif s.grant > 0.0:
        s.grant = 0.0
        note(sim, GRANT_LOST, -1, -1, 0)


@seldom
def _apply(sim: Sim) -> None:
    p, s = sim.p, sim.s
    log_odds = funding.win_log_odds(
        p.funding_win_base,
        p.funding_win_results,
        assessment.relative_gap(s.perceived_social, s.promised_social),
        p.funding_win_evidence,
        p.backbone_spacing,
        p.funding_win_climate,
        s.climate,
        p.funding_win_leader,
        leader(sim),
    )
    if u(s, _COALITION, s.month, purposes.APPLICATION) < funding.win_probability(log_odds, s.policy):
        share = funding.award(p.funding_award_low, p.funding_award_high, u(s, _COALITION, s.month, purposes.AWARD))
        s.next_grant = share * s.founding_need
        s.next_months = funding.term(p.funding_term_low, p.funding_term_high, u(s, _COALITION, s.month, purposes.TERM))
        note(sim, GRANT_WON, -1, -1, s.next_months)
