"""What lives on ties: the phases of `agents.tie`, each one loop over the ties."""

from cisim.core.aggregate import mean_of_sum
from cisim.core.jit import inlined, seldom
from cisim.core.kernel.sim import Sim
from cisim.core.layout import Record
from cisim.core.rules import conflict, social_capital


@inlined
def _add_along_ties(sim: Sim, values: Record) -> None:
    """Add up `values` of ties for both partners, tie by tie.

    Ties come in runs of the same first partner: its sum stays in a register, instead of going through memory each time.
    """
    m, first, second = sim.m, sim.ties.first, sim.ties.second
    for k in range(sim.s.n_members):
        m.tie_sum[k] = 0.0
    n_ties = sim.s.n_ties
    i = 0
    while i < n_ties:
        place = first[i]
        held = m.tie_sum[place]
        while i < n_ties and first[i] == place:
            held += values[i]
            m.tie_sum[second[i]] += values[i]
            i += 1
        m.tie_sum[place] = held


@inlined
def meet(sim: Sim) -> None:
    """Update each member's mean trust, and mean structural capital where ties have changed."""
    s, m = sim.s, sim.m
    _add_along_ties(sim, sim.ties.trust)
    for k in range(s.n_members):
        m.trust[k] = mean_of_sum(m.tie_sum[k], m.n_ties[k])
    if s.is_recounted:
        _meet_third_parties(sim)


@seldom
def _meet_third_parties(sim: Sim) -> None:
    m = sim.m
    _add_along_ties(sim, sim.ties.closure)
    for k in range(sim.s.n_members):
        m.closure[k] = mean_of_sum(m.tie_sum[k], m.n_ties[k])
    sim.s.is_recounted = 0


@inlined
def feel_distances(sim: Sim) -> None:
    """Set the distance along every tie, and add up for each member those along its own."""
    t, weight, relief = sim.ties, sim.m.effective_weight, sim.p.trust_language_relief
    for i in range(sim.s.n_ties):
        t.distance[i] = conflict.tie_distance(weight[t.first[i]], weight[t.second[i]], t.language[i], relief)
    _add_along_ties(sim, t.distance)


@inlined
def bring_to_ties(sim: Sim) -> None:
    """Write what both partners bring to each tie: the part of the month on ties that jumps about in memory."""
    m, t, n_ties = sim.m, sim.ties, sim.s.n_ties
    i = 0
    while i < n_ties:  # run by run, as in `_add_along_ties`
        place = t.first[i]
        satisfaction, conflict_, kept = m.satisfaction[place], m.conflict[place], m.kept[place]
        while i < n_ties and t.first[i] == place:
            second = t.second[i]
            t.satisfaction[i] = social_capital.both_partners(satisfaction, m.satisfaction[second])
            t.conflict[i] = social_capital.both_partners(conflict_, m.conflict[second])
            t.kept[i] = social_capital.both_partners(kept, m.kept[second])
            i += 1


@inlined
def live_on_ties(sim: Sim) -> None:
    """One month of trust won and lost, and of shared language, on every tie."""
    p, s, t = sim.p, sim.s, sim.ties
    communication, relational = s.conditions[3], p.backbone_relational_governance
    growth, governance, closing, speaking = p.trust_growth, p.trust_governance, p.trust_closure, p.trust_language_growth
    coordination, legitimacy, by_conflict, by_result = (
        p.trust_coordination, s.legitimacy, p.trust_conflict_loss, p.trust_result_loss
    )  # fmt: skip
    goodwill = social_capital.goodwill(p.trust_goodwill, p.backbone_spacing)
    control = social_capital.fine_control(p.trust_control_loss, p.backbone_spacing)
    for i in range(s.n_ties):
        bound = social_capital.bonds(governance, relational, goodwill, closing, t.closure[i])
        drive = social_capital.trust_drive(growth, bound, communication, coordination, legitimacy)
        lost = social_capital.trust_loss(t.conflict[i], by_conflict, control, by_result, t.satisfaction[i])
        t.trust[i] = social_capital.trust(t.trust[i], drive, lost, t.satisfaction[i], t.kept[i])
        t.language[i] = social_capital.language(t.language[i], speaking, communication, relational)
