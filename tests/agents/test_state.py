"""Phases by hand: from the state of a coalition in mid-life to its next state, by the rules called by name."""

from math import exp, sqrt

import pytest

from cisim.agents.model import PartnershipModel
from cisim.agents.organisation import Organisation
from cisim.core.rules import attention as framing
from cisim.core.rules import collective_impact, leaving, production, social_capital
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import social_capital as conflict
from cisim.parameters import Parameters, Value, replace
from tests.agents.settings import FIXED, LASTING, found, small

MIXED: dict[str, Value] = {
    "backbone.gazing": 0.7,
    "backbone.abstracting": 0.6,
    "backbone.spacing": 0.4,
    "backbone.contract_months": 36,
    "backbone.relational_governance": 0.3,
    "population.tie_density": 0.3,
    "production.noise_sd": 0.0,
    "assessment.optimism": 1.4,
    "exit.deferral_decay": 0.05,
}


@pytest.fixture
def model() -> PartnershipModel:
    """Return a coalition after 17 months in which nobody has left or joined."""
    model = found(small(LASTING, FIXED, MIXED, months=60))
    for _ in range(17):
        model.step()
    assert len(model.coalition.members) == 9
    return model


def any_member(model: PartnershipModel) -> tuple[Parameters, Organisation]:
    return model.params, model.coalition.members[3]


def test_outcomes_share_what_is_produced_by_attention_with_returns_to_focus(model: PartnershipModel) -> None:
    coalition, returns = model.coalition, model.params.agenda.focus_returns
    total = coalition.total_social
    coalition.attention = 0.3
    coalition.produce(18)
    assert coalition.social / coalition.economic == pytest.approx((0.3 / 0.7) ** returns)
    produced = production.output(
        joint=coalition.joint_input,
        coordination=production.coordination_factor(n_members=9.0, cost=0.64, power=1.3),
        means=1.0,
        framing=framing.framing_factor(0.6, coalition.backbone.expertise, vagueness=0.19, discretion=0.42),
        switching=0.31 * 0.7 * exp(-coalition.since_switch / 3.0),
    )
    means = coalition.social / production.social_outcome(produced, attended=0.3, returns=returns)
    staffed = 0.4 + 0.6 * coalition.backbone.treasury.staffing
    led = exp(0.22 * coalition.backbone.leader) * (1.0 + 0.5 * (coalition.conditions.mean - 0.5))
    practised = means / staffed / led * 0.8
    assert coalition.practice == pytest.approx(
        production.practice(level=practised, decay=0.024, learning=0.13, learning_spacing=0.64, spacing=0.4)
    )
    assert coalition.total_social == total + coalition.social


def test_joint_input_adds_what_each_member_gives_to_each_role(model: PartnershipModel) -> None:
    inputs = [
        sum(m.contribution * m.capabilities[role] * (2.0 if role in m.roles else 1.0) for m in model.founders)
        for role in range(4)
    ]
    assert model.coalition.joint_input == pytest.approx(production.joint_input(*inputs, reference=8.0, elasticity=0.46))


def test_contributions_are_commitment_times_budget_less_shirking(model: PartnershipModel) -> None:
    params, member = any_member(model)
    member.commitment, member.budget, member.trust = 0.8, 1.2, 0.3
    member.means_from = {}
    member.contribute(model.spacing)
    withheld = 0.39 * (0.1 + 0.72 * 0.4) * (1.0 - 0.5 * 0.3) * (9.0 / 25.0) ** 0.3
    assert member.shirked == pytest.approx(withheld)
    assert member.contribution == pytest.approx(0.8 * member.size * 1.2 * (1.0 - withheld))
    assert member.kept == pytest.approx(0.8 * (1.0 - withheld))


def test_the_position_is_weighed_by_power_and_attention_follows_it(model: PartnershipModel) -> None:
    coalition = model.coalition
    powers = [m.size * m.commitment * (2.0 if m.roles else 1.0) for m in model.founders]
    coalition.take_position()
    expected = sum(p * m.effective_weight for p, m in zip(powers, model.founders, strict=True)) / sum(powers)
    assert coalition.mean_weight == pytest.approx(expected)
    remembered = coalition.remembered_attention
    coalition.set_agenda(20)  # month 20 of 24: at a balance below 0.79 the social phase has ended
    assert coalition.balance < 0.79
    assert coalition.attention == pytest.approx(coalition.balance * (1.0 - 0.7))
    assert coalition.remembered_attention == pytest.approx(remembered + (coalition.attention - remembered) / 9.0)


def test_results_are_seen_through_a_window_that_spacing_lengthens(model: PartnershipModel) -> None:
    coalition = model.coalition
    seen, credible = coalition.perceived, coalition.credibility
    coalition.social, coalition.economic = 3.0, 0.5
    coalition.assess()
    window = 15.0 * (1.0 + 1.1 * 0.4)
    assert coalition.perceived == pytest.approx(
        (seen[0] + (3.0 - seen[0]) / window, seen[1] + (0.5 - seen[1]) / window)
    )
    shown = {"perceived": coalition.perceived[0], "promised": coalition.promise[0]}
    assert coalition.credibility == pytest.approx(framing.credibility(level=credible, speed=0.086, **shown))


def test_members_appraise_by_the_goal_in_focus_and_let_aspirations_follow(model: PartnershipModel) -> None:
    coalition, (_, member) = model.coalition, any_member(model)
    aspired, seen, coalition.attention = member.aspirations, coalition.perceived, 0.9
    member.appraise()
    gaps = [
        assessment.relative_gap(seen=s, expected=0.35 * p + 0.65 * a)
        for s, p, a in zip(seen, member.promise, aspired, strict=True)
    ]
    weight = member.effective_weight + 0.7 * 0.5 * (0.9 - member.effective_weight)
    assert (member.social_gap, member.economic_gap) == pytest.approx(gaps)
    assert member.satisfaction == pytest.approx(
        assessment.satisfaction(weight=weight, social_gap=gaps[0], economic_gap=gaps[1], loss_aversion=1.58, floor=-0.7)
    )
    assert member.aspirations == pytest.approx([a + 0.065 * (s - a) for a, s in zip(aspired, seen, strict=True)])


def test_a_member_lives_in_the_three_channels_of_conflict_and_in_neglect(model: PartnershipModel) -> None:
    coalition, (params, member) = model.coalition, any_member(model)
    member.satisfaction, grievance, backlog = -0.3, member.grievance, member.backlog
    coalition.remembered_attention = 0.1
    member.clash()
    partners = [
        abs(member.effective_weight - tie.other(member).effective_weight) * (1.0 - 0.5 * tie.language)
        for tie in member.ties
    ]
    general = sqrt((member.effective_weight - coalition.mean_weight) ** 2 + coalition.weight_variance)
    distance = 0.6 * general + 0.4 * sum(partners) / len(partners)
    assert member.distance == pytest.approx(distance)
    clash = 1.25 * 4.0 * coalition.attention * (1.0 - coalition.attention)
    blame = 1.27 * (1.0 + 0.5 * (coalition.conditions.shared_measurement - 0.5)) * 0.6 * 0.3
    neglect = 2.05 * max(0.0, abs(0.1 - member.effective_weight) - 0.23)
    assert neglect > 0.0
    expected = 1.6 * (clash + params.conflict.divergence_clash + blame) * distance * (1.0 - member.trust) + neglect
    assert member.conflict == pytest.approx(expected)
    gathered = conflict.unspoken(0.17, 0.4, distance, member.trust, -0.3)
    assert member.grievance == pytest.approx(conflict.grievance(grievance, gathered, 0.017))
    behind = framing.backlog(
        level=backlog,
        growth=0.3 * 0.6 * member.resonance * coalition.credibility,
        weight=member.weight,
        economic_gap=member.economic_gap,
        decay=0.02,
    )
    assert member.backlog == pytest.approx(behind)


def test_a_tie_lives_by_what_its_two_partners_keep_and_feel(model: PartnershipModel) -> None:
    coalition, tie = model.coalition, model.coalition.network.ties[4]
    trust, language, (a, b) = tie.trust, tie.language, (tie.first, tie.second)
    communication = coalition.conditions.communication
    tie.live(coalition)
    bonds = 1.0 * 0.3 + 0.5 * 0.4 + 0.5 * tie.closure + 0.3 * communication
    felt = 0.5 * (a.satisfaction + b.satisfaction)
    expected = social_capital.trust(
        level=trust,
        drive=0.054 * (1.0 + bonds) * coalition.legitimacy,
        loss=0.046 * 0.5 * (a.conflict + b.conflict) + 0.011 * 0.6 + 0.015 * max(0.0, -felt),
        satisfaction=felt,
        kept=0.5 * (a.kept + b.kept),
    )
    assert tie.trust == pytest.approx(expected)
    assert tie.language == pytest.approx(language + 0.03 * communication * 1.3 * (1.0 - language) - 0.01 * language)


def test_commitment_moves_towards_what_binds_and_pushes(model: PartnershipModel) -> None:
    params, member = any_member(model)
    before, p = member.commitment, params.commitment
    member.deferred = 0.2
    bound = 1.5 * member.satisfaction + 1.5 * (member.trust - 0.5)
    framed = 0.6 * 0.6 * member.resonance * model.coalition.credibility
    pushed = 0.8 * member.conflict + 1.0 * member.autonomy_lost + 0.2 * member.outside + 2.0 * 0.2
    member.commit()
    target = 1.0 / (1.0 + exp(-(p.base + bound + framed - pushed)))
    assert member.commitment == pytest.approx(before + p.speed * (target - before))


@pytest.mark.parametrize(("month", "occasion"), [(18, "inside"), (24, "review"), (36, "end")])
def test_the_hazard_of_leaving_follows_the_contract(model: PartnershipModel, month: int, occasion: str) -> None:
    params, member = any_member(model)
    member.p = replace(params, {"exit.base_rate": 0.002})
    p = member.p.exit
    member.deferred, member.grievance, member.backlog, member.satisfaction = 0.01, 0.2, 0.1, -0.2
    lack = framing.hypocrisy(0.6, member.resonance, model.coalition.credibility, 0.9)
    disappointed = (2.4 + 1.7 * member.evidence_demand * 0.4) * 0.2
    reasons = 3.1 * member.conflict + disappointed + 4.0 * member.autonomy_lost + 3.5 * lack
    outside = 0.3 * member.outside + p.rival * (model.environment.rivals - 1.0)
    protected = 0.1 * model.environment.climate + 1.5 * (member.trust - 0.5)
    free = 0.002 * exp(reasons + outside - protected)
    member.decide(month)
    hazards = {"inside": free * exp(-1.16), "review": free * exp(0.5 - 1.16), "end": free * exp(1.2 + 0.3) + 0.01}
    assert member.hazard == pytest.approx(hazards[occasion])
    held = leaving.deferred_wish(level=0.01, free=free, now=hazards[occasion], decay=0.05)
    assert member.deferred == pytest.approx(0.0 if occasion == "end" else held)


def test_satisfaction_climate_and_trust_protect(model: PartnershipModel) -> None:
    params, member = any_member(model)
    member.p = replace(params, {"exit.base_rate": 0.002, "exit.climate": 0.2, "exit.trust": 2.0})
    member.satisfaction, member.trust, model.environment.climate = 0.4, 0.9, 1.5
    member.decide(18)
    hypocrisy, options = member.reasons()[3], 0.3 * member.outside + 0.385 * (model.environment.rivals - 1.0)
    reasons = 3.1 * member.conflict + 4.0 * member.autonomy_lost + hypocrisy
    protected = 0.2 * 1.5 + 2.0 * 0.4 + 0.7 * 0.4
    assert member.hazard == pytest.approx(0.002 * exp(reasons + options - protected - 1.16))


def test_renewal_speaks_out_what_had_gathered(model: PartnershipModel) -> None:
    _, member = any_member(model)
    member.grievance = member.backlog = member.deferred = 0.5
    member.renew()
    assert (member.grievance, member.backlog, member.deferred) == (0.0, 0.0, 0.0)


def test_conditions_follow_the_state_and_one_another(model: PartnershipModel) -> None:
    coalition, backbone = model.coalition, model.coalition.backbone
    levels, n = dict(coalition.conditions.levels), len(coalition.members)
    trust = sum(member.trust for member in coalition.members) / n
    shirked = sum(member.shirked for member in coalition.members) / n
    language = sum(tie.language for tie in coalition.network.ties) / len(coalition.network.ties)
    targets = {
        "common_agenda": collective_impact.agenda_target(0.5, coalition.weight_variance, 0.6, coalition.credibility),
        "shared_measurement": collective_impact.measurement_target(effort=0.5, spacing=0.4),
        "reinforcing_activities": collective_impact.activities_target(effort=0.5, roles_held=1.0, shirked=shirked),
        "communication": collective_impact.communication_target(effort=0.5, trust=trust, language=language),
        "backbone_support": collective_impact.support_target(backbone.treasury.staffing, backbone.lead_commitment),
    }
    coalition.conditions.develop(coalition)
    for name, target in targets.items():
        others = (sum(levels.values()) - levels[name]) / 4.0
        expected = levels[name] + 0.08 * (target + 0.3 * (others - 0.5) - levels[name])
        assert coalition.conditions.levels[name] == pytest.approx(expected), name
