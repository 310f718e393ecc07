"""The five conditions of collective impact: the phases of `agents.conditions`."""

from cisim.core.aggregate import mean_of_sum
from cisim.core.jit import inlined
from cisim.core.kernel.sim import Sim
from cisim.core.rules import collective_impact
from cisim.core.rules.common import share_of


@inlined
def mean_condition(sim: Sim) -> float:
    """Mean of the five conditions."""
    result = 0.0
    for i in range(5):
        result += sim.s.conditions[i]
    return mean_of_sum(result, 5)


@inlined
def develop(sim: Sim) -> None:
    """Move every condition towards what the state supports and the others lend it."""
    p, s = sim.p, sim.s
    trust = shirked = language = 0.0
    for k in range(s.n_members):
        trust += sim.m.trust[k]
        shirked += sim.m.shirked[k]
    for i in range(s.n_ties):
        language += sim.ties.language[i]
    held = 0
    for role in range(4):
        held += s.holders[role] >= 0
    lead = s.holders[0]
    targets = (
        collective_impact.agenda_target(
            p.conditions_agenda_effort, s.weight_variance, p.backbone_abstracting, s.credibility
        ),
        collective_impact.measurement_target(p.conditions_measurement_effort, p.backbone_spacing),
        collective_impact.activities_target(
            p.conditions_activities_effort, share_of(float(held), 4.0), mean_of_sum(shirked, s.n_members)
        ),
        collective_impact.communication_target(
            p.conditions_communication_effort, mean_of_sum(trust, s.n_members), mean_of_sum(language, s.n_ties)
        ),
        collective_impact.support_target(s.staffing, sim.m.commitment[lead] if lead >= 0 else 0.0),
    )
    mean = mean_condition(sim)
    for i in range(5):
        others = collective_impact.mean_of_others(mean, s.conditions[i])
        s.conditions[i] = collective_impact.condition(
            s.conditions[i], targets[i], others, p.conditions_mutual, p.conditions_speed
        )
