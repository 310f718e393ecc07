"""The negotiation of a partnership in the compiled engine: the phases of `agents.negotiation`."""

from cisim.core import kinds, purposes
from cisim.core.jit import phase, rule, seldom
from cisim.core.kernel import log
from cisim.core.kernel.keys import threshold, u
from cisim.core.kernel.sim import Sim
from cisim.core.layout import Record
from cisim.core.population import draw_profile
from cisim.core.rules import conflict, dependence, formation, partnership
from cisim.core.rules.common import is_due
from cisim.core.rules.formation import Contender, Criteria
from cisim.core.rules.population import Capabilities
from cisim.core.rules.ties import closure

_CORPORATION, _ENTERPRISE, _AGENCY, _PLACES = (
    kinds.CORPORATION,
    kinds.SOCIAL_ENTERPRISE,
    kinds.PUBLIC_AGENCY,
    kinds.PLACES,
)
_FUNDER = kinds.FUNDER
#: Draw that each stage waits for; selection has reviews instead.
_PURPOSES = (purposes.CONTACT, purposes.GOALS, -1, purposes.DESIGN, purposes.SIGNING)

#: Stages of collaborative value creation (S2 §2.3): what they lead to is the event that ends them.
MEETING, GOALS, SELECTION, DESIGN, BENEFITS, FORMED = range(6)


@seldom
def negotiate(sim: Sim) -> bool:
    """Let the two sides come together month by month; return whether they do."""
    p, s = sim.p, sim.s
    if p.formation_mode == 0:
        return True
    _meet_for_the_first_time(sim)
    while s.stage != FORMED and s.formation_months < p.formation_limit_months:
        s.formation_months += 1
        _build_capital(sim)
        _engage(sim)
        _advance(sim)
        if s.stage != FORMED and _gives_up(sim):
            s.gave_up = 1
            break
    s.formed = 1 if s.stage == FORMED else 0
    s.promise_factor = partnership.promise_factor(p.formation_belief, s.perceived_competence, s.competence)
    for i in range(min(s.n_events, sim.events.size)):
        sim.events[i].month -= s.formation_months
    return bool(s.formed)


@seldom
def _meet_for_the_first_time(sim: Sim) -> None:
    """Find out who the two sides and the third body are, and what parts and what complements them."""
    p, s = sim.p, sim.s
    seed, replicate, community = s.seed, s.replicate, s.community
    larger = draw_profile(p, seed, replicate, community, _CORPORATION * _PLACES, _CORPORATION)
    weaker = draw_profile(p, seed, replicate, community, _ENTERPRISE * _PLACES, _ENTERPRISE)
    third = draw_profile(p, seed, replicate, community, _AGENCY * _PLACES + p.population_public_agencies, _AGENCY)
    s.sides_weight[0], s.sides_weight[1] = larger[0], weaker[0]
    s.sides_size[0], s.sides_size[1], s.sides_size[2] = larger[1], weaker[1], third[1]
    s.complementary = formation.complementarity(
        Capabilities(larger[2], larger[3], larger[4], larger[5]),
        Capabilities(weaker[2], weaker[3], weaker[4], weaker[5]),
    )
    s.competence = formation.true_competence(weaker[3], weaker[5])
    s.dependent = weaker[9]
    s.gap = formation.power_gap(larger[1], weaker[1], 0.0)
    s.structural, s.cognitive, s.relational = p.formation_structural, p.formation_cognitive, p.formation_relational
    s.stage, s.stage_elapsed, s.stage_threshold = MEETING, 0.0, threshold(s, kinds.COALITION, 0, purposes.CONTACT)
    s.quit_elapsed, s.quit_threshold = 0.0, threshold(s, kinds.COALITION, 0, purposes.GIVING_UP)
    s.engaged_elapsed, s.engaged_threshold = 0.0, threshold(s, kinds.COALITION, 0, purposes.ENGAGEMENT)
    s.perceived_competence = s.competence


@phase
def _build_capital(sim: Sim) -> None:
    """Build the network; once the sides know each other, language and trust between them too."""
    p, s = sim.p, sim.s
    growth, effort, decay = p.formation_capital_growth, p.tactics_networking, p.formation_capital_decay
    s.structural = formation.social_capital(s.structural, growth, effort, decay)
    if s.stage > MEETING:
        s.cognitive = formation.social_capital(s.cognitive, growth, effort, decay)
        s.relational = formation.social_capital(s.relational, growth, effort, decay)


@phase
def _engage(sim: Sim) -> None:
    """Go on winning a third body, once the sides know each other."""
    p, s = sim.p, sim.s
    if s.is_engaged or s.stage == MEETING:
        return
    s.engaged_elapsed += formation.engagement_rate(p.formation_engagement_rate, p.tactics_third_party, s.structural)
    if s.engaged_elapsed >= s.engaged_threshold:
        s.is_engaged = 1
        _note(sim, log.ENGAGED)


@phase
def _advance(sim: Sim) -> None:
    """Go on to the next stage, if this month brings it."""
    s = sim.s
    if s.stage == SELECTION:
        is_over = is_due(s.formation_months, sim.p.formation_review_months) == 1 and _is_selected(sim)
    else:
        s.stage_elapsed += _rate(sim)
        is_over = s.stage_elapsed >= s.stage_threshold
    if is_over:
        _note(sim, log.INTRODUCED + s.stage)
        s.stage += 1
        if s.stage not in (SELECTION, FORMED):
            s.stage_elapsed, s.stage_threshold = 0.0, threshold(s, kinds.COALITION, 0, _PURPOSES[s.stage])


@seldom
def _rate(sim: Sim) -> float:
    """Rate a month of going on from this stage."""
    p, s = sim.p, sim.s
    engaged = float(s.is_engaged)
    if s.stage == MEETING:
        return formation.introduction(p.formation_contact_rate, s.structural, p.formation_broker_rate, p.tactics_broker)
    if s.stage == GOALS:
        return formation.goals_rate(p.formation_goals_rate, _fit(sim))
    if s.stage == DESIGN:
        burden = formation.design_burden(
            p.formation_coordination, engaged, p.formation_setup, p.joint_platform_intensity
        )
        return formation.design_rate(p.formation_design_rate, s.cognitive, s.relational, burden)
    concentration = dependence.sides_concentration(s.sides_size[0], s.sides_size[2], engaged)
    relieved = dependence.relief(
        p.dependence_relief,
        p.backbone_relational_governance,
        closure(engaged),
        p.joint_platform_intensity,
        concentration,
    )
    dependent = dependence.felt_dependence(s.dependent, formation.one_sidedness(s.gap))
    return formation.signing_rate(p.formation_signing_rate, p.formation_fear, dependent, concentration, relieved)


@seldom
def _fit(sim: Sim) -> float:
    """Room for a common goal."""
    p, s = sim.p, sim.s
    distance = conflict.tie_distance(s.sides_weight[0], s.sides_weight[1], s.cognitive, p.trust_language_relief)
    return formation.goal_fit(p.formation_synergy, s.complementary, distance)


@seldom
def _is_selected(sim: Sim) -> bool:
    """Whether the larger side prefers the weaker one to its other options at this review."""
    p, s = sim.p, sim.s
    engaged = float(s.is_engaged)
    record = formation.track_record(float(p.formation_age_months + s.formation_months), p.formation_record_months)
    s.perceived_competence = formation.perceived_competence(
        s.competence, record, p.formation_doubt, p.tactics_haloing, p.formation_halo, s.structural
    )
    borrowed = formation.borrowed_size(engaged, p.formation_borrowed, s.sides_size[2])
    seen = Contender(
        competence=s.perceived_competence,
        reputation=formation.endorsed(record, p.formation_endorsement, engaged),
        fit=_fit(sim),
        complementary=s.complementary,
        gap=formation.power_gap(s.sides_size[0], s.sides_size[1], borrowed),
        relational=s.relational,
    )
    weights = Criteria(
        competence=p.formation_competence,
        reputation=p.formation_reputation,
        fit=p.formation_fit,
        complementarity=p.formation_complementarity,
        size=p.formation_size,
        risk=p.formation_risk,
        readiness=p.formation_readiness,
    )
    luck = u(s, kinds.COALITION, s.formation_months, purposes.RIVAL)
    best = formation.best_rival(p.formation_rivals, s.gap, p.formation_bar, p.formation_spread, luck)
    return formation.standing(seen, weights) >= best


@phase
def _gives_up(sim: Sim) -> bool:
    """Whether patience or means are at an end this month."""
    p, s = sim.p, sim.s
    efforts = formation.efforts(
        p.tactics_broker,
        p.tactics_networking,
        p.tactics_haloing,
        p.tactics_third_party,
        p.joint_platform_intensity,
    )
    s.quit_elapsed += formation.giving_up_rate(p.formation_giving_up, p.formation_strain, efforts)
    if s.quit_elapsed < s.quit_threshold:
        return False
    _note(sim, log.GIVEN_UP)
    return True


@phase
def _note(sim: Sim, event: int) -> None:
    """Write an event of the negotiation down; months are counted back from its end when it is over."""
    sim.s.month = sim.s.formation_months
    log.note(sim, event, log.NOBODY, log.NOBODY, log.PLAIN)
    sim.s.month = 0


@seldom
def co_created(sim: Sim) -> float:
    """Multiplier of output by a joint platform."""
    p, providers = sim.p, 0
    for k in range(sim.s.n_members):
        providers += sim.m.kind[k] in (_CORPORATION, _FUNDER, _AGENCY)
    return partnership.platform_factor(
        p.joint_platform_intensity,
        p.joint_platform_gain,
        float(providers),
        p.joint_platform_loss,
        p.joint_platform_months,
        float(sim.s.month - 1),
    )


@seldom
def carry_over(sim: Sim, weaker: int) -> None:
    """Let the ties of the weaker side, in that place, start with the trust and language that has been built."""
    s, t, carried = sim.s, sim.ties, sim.p.formation_carried
    for i in range(s.n_ties):
        if weaker in (t.first[i], t.second[i]):
            t.trust[i] = partnership.inherited(t.trust[i], carried, s.relational)
            t.language[i] = partnership.inherited(t.language[i], carried, s.cognitive)


@rule
def formation_outcome(s: Record) -> tuple[float, float, float, float]:
    """Values of `cisim.core.series.FORMATION`."""
    return float(s.formed), float(s.gave_up), float(s.formation_months), float(s.is_engaged)
