"""Money of the backbone: the phases of `agents.treasury`."""

from cisim.core import kinds, purposes
from cisim.core.jit import expanded, seldom
from cisim.core.kernel import log
from cisim.core.kernel.ahead import u
from cisim.core.kernel.backbone import leader
from cisim.core.kernel.organisation import contributed_means
from cisim.core.kernel.state import Sim
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import funding
from cisim.core.rules.platform import fee_paid


@seldom
def need(sim: Sim) -> float:
    """Return the monthly cost of full staffing, with all efforts."""
    p = sim.p
    effort = funding.mean_effort(
        p.conditions_agenda_effort,
        p.conditions_measurement_effort,
        p.conditions_activities_effort,
        p.conditions_communication_effort,
    )
    factor = funding.need_factor(
        effort, p.conditions_effort_cost, p.backbone_relational_governance, p.backbone_governance_cost
    )
    return funding.staff_need(funding.base_need(float(sim.s.n_members), p.funding_size_cost), factor)


@expanded
def _income(sim: Sim) -> float:
    p, s = sim.p, sim.s
    lead, holder = s.holders[0], s.holders[2]
    lead_means = 0.0
    if lead >= 0:
        lead_means = funding.lead_means(sim.m.magnitude[lead], sim.m.budget[lead], sim.m.commitment[lead])
    return funding.income(
        funding.grant_through(s.grant, p.funding_inside_share, sim.m.budget[holder] if holder >= 0 else 0.0),
        s.own,
        funding.paid_share(contributed_means(sim), s.founding_paid),
        funding.of_need(p.funding_in_kind, s.founding_need),
        lead_means,
    )


@expanded
def settle_accounts(sim: Sim) -> None:
    """Settle income and spending of the month, update staffing, and apply for the next grant when due."""
    p, s = sim.p, sim.s
    _turn_over(sim)
    income, needed = _income(sim), s.need
    s.fee_paid = fee_paid(s.fee, income)
    received = funding.net_income(income, s.fee_paid)
    s.staffing = funding.staffing(s.staffing, received, s.reserve, needed, p.funding_staffing_speed)
    paid = funding.of_need(s.staffing, needed)
    s.reserve = funding.reserve_after(s.reserve, received, paid, p.funding_reserve_cap)
    if s.next_months == 0 and funding.may_apply(s.month, s.grant_end, p.funding_application_interval):
        _apply(sim)


@expanded
def _turn_over(sim: Sim) -> None:
    """End a grant that has run out; start the next one if it was won."""
    s = sim.s
    if s.month <= s.grant_end:
        return
    if s.next_months > 0:
        s.grant, s.grant_end, s.next_months = s.next_grant, s.month - 1 + s.next_months, 0
    elif s.grant > 0.0:
        s.grant = 0.0
        log.write_event(sim, log.GRANT_LOST, log.NOBODY, log.NOBODY, log.PLAIN)


@seldom
def _apply(sim: Sim) -> None:
    p, s = sim.p, sim.s
    merits = funding.merits(
        p.funding_win_results,
        assessment.relative_gap(s.perceived_social, s.promised_social),
        p.funding_win_climate,
        s.climate,
        p.funding_win_leader,
        leader(sim),
    )
    missing = funding.missing_evidence(p.funding_win_evidence, p.backbone_spacing)
    log_odds = funding.win_log_odds(p.funding_win_base, merits, missing)
    if u(s, kinds.COALITION, s.month, purposes.APPLICATION) < funding.win_probability(log_odds, s.policy):
        share = funding.award(p.funding_award_low, p.funding_award_high, u(s, kinds.COALITION, s.month, purposes.AWARD))
        s.next_grant = funding.of_need(share, s.founding_need)
        s.next_months = funding.term(
            p.funding_term_low, p.funding_term_high, u(s, kinds.COALITION, s.month, purposes.TERM)
        )
        log.write_event(sim, log.GRANT_WON, log.NOBODY, log.NOBODY, s.next_months)
