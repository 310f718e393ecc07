"""The three strategies of a backbone (S1 §4.3), each with its gain and its cost.

Subclass one, name your class in a config (``extensions.gazing=my_file.py:MyGazing``), and every verb uses it.
"""

from typing import TYPE_CHECKING, NamedTuple

from cisim.core.rules import attention as agenda
from cisim.core.rules import attention as framing
from cisim.core.rules import collective_impact, diffusion, funding, leaving, production, social_capital
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import social_capital as conflict
from cisim.parameters import replace
from cisim.parameters.leadership import STRATEGIES

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition
    from cisim.agents.organisation import Organisation
    from cisim.parameters.registry import Parameters


def without_strategies(params: "Parameters") -> "Parameters":
    """Return the same parameters with all three strategies absent."""
    return replace(params, dict.fromkeys(STRATEGIES.values(), 0.0))


class Attention(NamedTuple):
    """Attention to social goals in a month (share), and whole months since it last switched."""

    level: float
    since_switch: float


class Gazing:
    """Attention to one goal, then the other, in turn (S1 §4.3.1)."""

    def __init__(self, params: "Parameters") -> None:
        self.p = params.agenda
        self.intensity = params.backbone.gazing
        self.period = params.backbone.gazing_period

    def attend(self, coalition: "Coalition", month: int) -> Attention:
        """Attention in `month` (1 is the first) around the balance that the members ask for."""
        position = agenda.round_position(month, self.period)
        share = agenda.social_share(position, coalition.balance, self.period)
        level = agenda.attention(coalition.balance, self.intensity, share)
        return Attention(level, agenda.months_since_switch(position, coalition.balance, self.period))

    def switching_loss(self, since_switch: float) -> float:
        """Share of output that the last switch still costs."""
        return agenda.switching_loss(self.p.switching_cost, self.intensity, since_switch, self.p.switching_months)

    def appraisal_weight(self, weight: float, attended: float) -> float:
        """Weight of social results in an appraisal that follows the focus."""
        return assessment.appraisal_weight(weight, self.intensity, self.p.sequential, attended)


class Abstracting:
    """A master frame of social value, and discretion to the expert partner (S1 §4.3.2)."""

    def __init__(self, params: "Parameters") -> None:
        self.p = params.framing
        self.intensity = params.backbone.abstracting

    def effective_weight(self, member: "Organisation", credibility: float) -> float:
        """Social value weight that `member` acts on under a frame of that credibility."""
        return framing.effective_weight(
            member.weight, member.resonance, self.intensity, credibility, self.p.pull, self.p.target
        )

    def output_factor(self, expertise: float) -> float:
        """Output under the frame over output without."""
        return framing.framing_factor(self.intensity, expertise, self.p.vagueness, self.p.discretion)

    def binding(self, member: "Organisation", credibility: float) -> float:
        """Input of the frame to a member's commitment, before its weight."""
        return framing.frame_binding(self.intensity, member.resonance, credibility)

    def common_agenda(self, effort: float, variance: float, credibility: float) -> float:
        """Condition of a common agenda that an effort supports, where weights vary so much."""
        return collective_impact.agenda_target(effort, variance, self.intensity, credibility)

    def backlog(self, member: "Organisation", credibility: float) -> float:
        """Unmet economic aspirations of `member` behind the frame, next month."""
        growth = framing.backlog_growth(self.p.backlog_growth, self.intensity, member.resonance, credibility)
        return framing.backlog(member.backlog, growth, member.weight, member.economic_gap, self.p.backlog_decay)

    def hypocrisy(self, member: "Organisation", credibility: float) -> float:
        """Resentment of a frame that results belie."""
        return framing.hypocrisy(self.intensity, member.resonance, credibility, self.p.credible)


class Spacing:
    """Coarse assessment, long contracts, non-interference (S1 §4.3.3)."""

    def __init__(self, params: "Parameters") -> None:
        self.params = params
        self.intensity = params.backbone.spacing

    def shirking(self, trust: float, n_members: int) -> float:
        """Share of a contribution withheld, more under coarse assessment."""
        p = self.params.contribution
        by_size = production.size_factor(n_members, p.shirking_size)
        return production.shirking(p.shirking, p.shirking_base, p.shirking_spacing, self.intensity, trust, by_size)

    def perceive(self, level: float, result: float) -> float:
        """Return a result as perceived through coarse or fine assessment."""
        p = self.params.assessment
        return assessment.perceived(level, result, p.window, p.window_spacing, self.intensity)

    def correct(self, practice: float) -> float:
        """Quality of practice next month."""
        p = self.params.production
        return production.practice(practice, p.practice_decay, p.practice_learning, p.learning_spacing, self.intensity)

    def confrontation(self, measurement: float, satisfaction: float) -> float:
        """Blame over results that disappoint."""
        p = self.params.conflict
        return conflict.confrontation(p.confrontation, p.exposure, measurement, self.intensity, satisfaction)

    def grievance(self, member: "Organisation") -> float:
        """Grievances of `member` left unspoken, next month."""
        p = self.params.exit
        gathered = conflict.unspoken(
            p.grievance_growth, self.intensity, member.distance, member.trust, member.satisfaction
        )
        return conflict.grievance(member.grievance, gathered, p.grievance_decay)

    def goodwill(self) -> float:
        """Goodwill between partners that are left alone."""
        return social_capital.goodwill(self.params.trust.goodwill, self.intensity)

    def control(self) -> float:
        """Rate at which fine control costs trust, a month."""
        return social_capital.fine_control(self.params.trust.control_loss, self.intensity)

    def shared_measurement(self, effort: float) -> float:
        """Condition of shared measurement that an effort supports."""
        return collective_impact.measurement_target(effort, self.intensity)

    def search_chance(self, assistance: float) -> float:
        """Chance a month that the community of the coalition tries something new."""
        p, learning = self.params.practice, self.params.production.learning_spacing
        return diffusion.search_chance(
            p.search_rate, learning, self.intensity, self.params.platform.search_gain, assistance
        )

    def missing_evidence(self) -> float:
        """Evidence that a grant application lacks, in log odds."""
        return funding.missing_evidence(self.params.funding.win_evidence, self.intensity)

    def disappointment(self, member: "Organisation") -> float:
        """Reason to leave for `member`, who wants results or at least evidence."""
        p = self.params.exit
        return leaving.disappointment(
            p.disappointment, p.evidence, member.evidence_demand, self.intensity, member.satisfaction
        )


#: Class of each strategy, in the order of `cisim.parameters.leadership.STRATEGIES`.
STRATEGY_CLASSES: tuple[type, ...] = (Gazing, Abstracting, Spacing)
