"""The negotiation of a partnership in the compiled engine: the phases of `agents.negotiation`."""

from cisim.core import kinds, purposes
from cisim.core.jit import inlined, rule, seldom
from cisim.core.kernel import log
from cisim.core.kernel.ahead import threshold, u
from cisim.core.kernel.state import Sim
from cisim.core.layout import Record
from cisim.core.population import draw_profile
from cisim.core.rules import matching, reliance
from cisim.core.rules import matching as partnership
from cisim.core.rules import social_capital as conflict
from cisim.core.rules.common import is_due
from cisim.core.rules.joining import Capabilities
from cisim.core.rules.matching import Contender, Criteria
from cisim.core.rules.social_capital import closure

_CORPORATION, _ENTERPRISE, _AGENCY, _PLACES = (
    kinds.CORPORATION,
    kinds.SOCIAL_ENTERPRISE,
    kinds.PUBLIC_AGENCY,
    kinds.PLACES,
)
#: Draw that each stage waits for; selection has reviews instead.
_PURPOSES = (purposes.CONTACT, purposes.GOALS, -1, purposes.DESIGN, purposes.SIGNING)

#: Stages of collaborative value creation (S2 §2.3): what they lead to is the event that ends them.
MEETING, GOALS, SELECTION, DESIGN, BENEFITS, FORMED = range(6)


@seldom
def negotiate(sim: Sim) -> bool:
    """Negotiate month by month; return whether the partnership is formed."""
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
    """Initialise the two sides and the third body, their gap and what complements them."""
    p, s = sim.p, sim.s
    seed, replicate, community = s.seed, s.replicate, s.community
    larger = draw_profile(p, seed, replicate, community, _CORPORATION * _PLACES, _CORPORATION)
    weaker = draw_profile(p, seed, replicate, community, _ENTERPRISE * _PLACES, _ENTERPRISE)
    third = draw_profile(p, seed, replicate, community, _AGENCY * _PLACES + p.population_public_agencies, _AGENCY)
    s.sides_weight[0], s.sides_weight[1] = larger[0], weaker[0]
    s.sides_size[0], s.sides_size[1], s.sides_size[2] = larger[1], weaker[1], third[1]
    s.complementary = matching.complementarity(
        Capabilities(larger[2], larger[3], larger[4], larger[5]),
        Capabilities(weaker[2], weaker[3], weaker[4], weaker[5]),
    )
    s.competence = matching.true_competence(weaker[3], weaker[5])
    s.dependent = weaker[9]
    s.gap = matching.power_gap(larger[1], weaker[1], 0.0)
    s.structural, s.cognitive, s.relational = p.formation_structural, p.formation_cognitive, p.formation_relational
    s.stage, s.stage_elapsed, s.stage_threshold = MEETING, 0.0, threshold(s, kinds.COALITION, 0, purposes.CONTACT)
    s.quit_elapsed, s.quit_threshold = 0.0, threshold(s, kinds.COALITION, 0, purposes.GIVING_UP)
    s.engaged_elapsed, s.engaged_threshold = 0.0, threshold(s, kinds.COALITION, 0, purposes.ENGAGEMENT)
    s.perceived_competence = s.competence


@inlined
def _build_capital(sim: Sim) -> None:
    """Update structural capital; once the sides know each other, cognitive and relational capital too."""
    p, s = sim.p, sim.s
    growth, effort, decay = p.formation_capital_growth, p.tactics_networking, p.formation_capital_decay
    s.structural = matching.social_capital(s.structural, growth, effort, decay)
    if s.stage > MEETING:
        s.cognitive = matching.social_capital(s.cognitive, growth, effort, decay)
        s.relational = matching.social_capital(s.relational, growth, effort, decay)


@inlined
def _engage(sim: Sim) -> None:
    """Advance the clock of winning a third body, once the sides know each other."""
    p, s = sim.p, sim.s
    if s.is_engaged or s.stage == MEETING:
        return
    s.engaged_elapsed += matching.engagement_rate(p.formation_engagement_rate, p.tactics_third_party, s.structural)
    if s.engaged_elapsed >= s.engaged_threshold:
        s.is_engaged = 1
        _note(sim, log.ENGAGED)


@inlined
def _advance(sim: Sim) -> None:
    """Advance to the next stage, if this month brings it."""
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
        return matching.introduction(p.formation_contact_rate, s.structural, p.formation_broker_rate, p.tactics_broker)
    if s.stage == GOALS:
        return matching.goals_rate(p.formation_goals_rate, _fit(sim))
    if s.stage == DESIGN:
        burden = matching.design_burden(
            p.formation_coordination, engaged, p.formation_setup, p.joint_platform_intensity
        )
        return matching.design_rate(p.formation_design_rate, s.cognitive, s.relational, burden)
    concentration = reliance.sides_concentration(s.sides_size[0], s.sides_size[2], engaged)
    relieved = reliance.relief(
        p.dependence_relief,
        p.backbone_relational_governance,
        closure(engaged),
        p.joint_platform_intensity,
        concentration,
    )
    dependent = reliance.felt_dependence(s.dependent, matching.one_sidedness(s.gap))
    return matching.signing_rate(p.formation_signing_rate, p.formation_fear, dependent, concentration, relieved)


@seldom
def _fit(sim: Sim) -> float:
    """Room for a common goal."""
    p, s = sim.p, sim.s
    distance = conflict.tie_distance(s.sides_weight[0], s.sides_weight[1], s.cognitive, p.trust_language_relief)
    return matching.goal_fit(p.formation_synergy, s.complementary, distance)


@seldom
def _is_selected(sim: Sim) -> bool:
    """Whether the larger side prefers the weaker one to its other options at this review."""
    p, s = sim.p, sim.s
    engaged = float(s.is_engaged)
    record = matching.track_record(float(p.formation_age_months + s.formation_months), p.formation_record_months)
    s.perceived_competence = matching.perceived_competence(
        s.competence, record, p.formation_doubt, p.tactics_haloing, p.formation_halo, s.structural
    )
    borrowed = matching.borrowed_size(engaged, p.formation_borrowed, s.sides_size[2])
    seen = Contender(
        competence=s.perceived_competence,
        reputation=matching.endorsed(record, p.formation_endorsement, engaged),
        fit=_fit(sim),
        complementary=s.complementary,
        gap=matching.power_gap(s.sides_size[0], s.sides_size[1], borrowed),
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
    best = matching.best_rival(p.formation_rivals, s.gap, p.formation_bar, p.formation_spread, luck)
    return matching.standing(seen, weights) >= best


@inlined
def _gives_up(sim: Sim) -> bool:
    """Whether a side gives up this month."""
    p, s = sim.p, sim.s
    efforts = matching.efforts(
        p.tactics_broker,
        p.tactics_networking,
        p.tactics_haloing,
        p.tactics_third_party,
        p.joint_platform_intensity,
    )
    s.quit_elapsed += matching.giving_up_rate(p.formation_giving_up, p.formation_strain, efforts)
    if s.quit_elapsed < s.quit_threshold:
        return False
    _note(sim, log.GIVEN_UP)
    return True


@inlined
def _note(sim: Sim, event: int) -> None:
    """Append an event of the negotiation; months are counted back from its end when it is over."""
    sim.s.month = sim.s.formation_months
    log.write_event(sim, event, log.NOBODY, log.NOBODY, log.PLAIN)
    sim.s.month = 0


@seldom
def carry_over(sim: Sim, weaker: int) -> None:
    """Add the trust and language that the negotiation has built to the ties of the weaker side, in that place."""
    s, t, carried = sim.s, sim.ties, sim.p.formation_carried
    for i in range(s.n_ties):
        if weaker in (t.first[i], t.second[i]):
            t.trust[i] = partnership.inherited(t.trust[i], carried, s.relational)
            t.language[i] = partnership.inherited(t.language[i], carried, s.cognitive)


@rule
def formation_outcome(s: Record) -> tuple[float, float, float, float]:
    """Values of `cisim.core.series.FORMATION`."""
    return float(s.formed), float(s.gave_up), float(s.formation_months), float(s.is_engaged)
