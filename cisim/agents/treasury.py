"""Money of the backbone: need, grant, own income, applications, reserves, staffing (MODEL 4.12, 9; S1 §4.1)."""

from typing import TYPE_CHECKING

from cisim.core import kinds, purposes
from cisim.core.draws import normal, uniform
from cisim.core.rules import funding
from cisim.core.rules.platform import fee_paid

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition


class Treasury:
    """Accounts of the backbone: grant, own income, reserves and staffing.

    Attributes
    ----------
    grant : float
        Monthly amount of the running grant; 1 is the need of 25 members.
    grant_end : int
        Last month of the running grant.
    reserve : float
        Reserves, a stock.
    staffing : float
        Staff over need, a share.
    fee, fee_paid : float
        Fee of the platform a month, and what of it was paid last.
    """

    def __init__(self, coalition: "Coalition") -> None:
        self.coalition = coalition
        self.p = coalition.params.funding
        self.founding_need = funding.base_need(float(len(coalition.members)), self.p.size_cost)
        self.grant = funding.of_need(self.p.grant_share, self.founding_need)
        self.grant_end = self.p.grant_months
        self.next_grant: tuple[float, int] | None = None
        z = normal(*coalition.model.world, kinds.COALITION, 0, purposes.OWN_INCOME)
        luck = funding.own_income_factor(self.p.own_income_sd, z)
        self.own = funding.own_income(self.p.own_income, self.founding_need, luck)
        self.reserve = funding.of_need(self.p.reserve_months, self.need)
        self.staffing = 1.0
        self.fee = self.fee_paid = 0.0
        self.founding_paid = coalition.contributed_means

    @property
    def need(self) -> float:
        """Monthly cost of full staffing, with all efforts."""
        c, b = self.coalition.params.conditions, self.coalition.params.backbone
        effort = funding.mean_effort(c.agenda_effort, c.measurement_effort, c.activities_effort, c.communication_effort)
        base = funding.base_need(float(len(self.coalition.members)), self.p.size_cost)
        factor = funding.need_factor(effort, c.effort_cost, b.relational_governance, b.governance_cost)
        return funding.staff_need(base, factor)

    def settle(self, month: int) -> None:
        """Settle income and spending of `month`, update staffing, and apply for the next grant when due."""
        self._turn_over(month)
        income, need = self._income(), self.need
        self.fee_paid = fee_paid(self.fee, income)
        received = funding.net_income(income, self.fee_paid)
        self.staffing = funding.staffing(self.staffing, received, self.reserve, need, self.p.staffing_speed)
        paid = funding.of_need(self.staffing, need)
        self.reserve = funding.reserve_after(self.reserve, received, paid, self.p.reserve_cap)
        self._apply(month)

    def _income(self) -> float:
        backbone = self.coalition.backbone
        lead, holder = backbone.holders[kinds.PLAN], backbone.holders[kinds.FUND]
        return funding.income(
            funding.grant_through(self.grant, self.p.inside_share, holder.budget if holder is not None else 0.0),
            self.own,
            funding.paid_share(self.coalition.contributed_means, self.founding_paid),
            funding.of_need(self.p.in_kind, self.founding_need),
            funding.lead_means(lead.size, lead.budget, lead.commitment) if lead is not None else 0.0,
        )

    def _turn_over(self, month: int) -> None:
        """End a grant that has run out; start the next one if it was won."""
        if month <= self.grant_end:
            return
        if self.next_grant is not None:
            amount, months = self.next_grant
            self.grant, self.grant_end, self.next_grant = amount, month - 1 + months, None
        elif self.grant > 0.0:
            self.grant = 0.0
            self.coalition.model.log.add(month, "grant_lost")

    def _apply(self, month: int) -> None:
        """Apply for the next grant, from half a year before the end of the running one."""
        if self.next_grant is not None or not funding.may_apply(month, self.grant_end, self.p.application_interval):
            return
        world, model = self.coalition.model.world, self.coalition.model
        merits = funding.merits(
            self.p.win_results,
            self.coalition.record,
            self.p.win_climate,
            model.environment.climate,
            self.p.win_leader,
            self.coalition.backbone.leader,
        )
        log_odds = funding.win_log_odds(self.p.win_base, merits, model.spacing.missing_evidence())
        chance = funding.win_probability(log_odds, model.environment.policy)
        if uniform(*world, kinds.COALITION, month, purposes.APPLICATION) < chance:
            self._win(month)

    def _win(self, month: int) -> None:
        world = self.coalition.model.world
        share = funding.award(
            self.p.award_low, self.p.award_high, uniform(*world, kinds.COALITION, month, purposes.AWARD)
        )
        months = funding.term(self.p.term_low, self.p.term_high, uniform(*world, kinds.COALITION, month, purposes.TERM))
        self.next_grant = funding.of_need(share, self.founding_need), months
        self.coalition.model.log.add(month, "grant_won", detail=f"{months} months")
