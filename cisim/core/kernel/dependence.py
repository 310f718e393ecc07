"""Living on the means of others: phases of `agents.organisation` that follow each member's providers."""

from cisim.core import kinds
from cisim.core.jit import inlined, seldom
from cisim.core.kernel.state import Sim
from cisim.core.rules import reliance

_CORPORATION, _FUNDER, _AGENCY = kinds.PROVIDERS
_NEGLIGIBLE = kinds.NEGLIGIBLE


@seldom
def find_providers(sim: Sim, place: int) -> None:
    """Spread the dependent share of means over tied members whose kind provides, by their size."""
    m = sim.m
    if m.dependence[place] <= 0.0:
        return
    total = 0.0
    n = 0
    for i in range(sim.s.n_ties):
        first, second = sim.ties.first[i], sim.ties.second[i]
        if place in (first, second):
            other = second if place == first else first
            if m.kind[other] in (_CORPORATION, _FUNDER, _AGENCY):
                sim.provider[place, n] = other
                total += m.magnitude[other]
                n += 1
    m.n_providers[place] = n if total > 0.0 else 0
    for i in range(m.n_providers[place]):
        size = m.magnitude[sim.provider[place, i]]
        sim.means_from[place, i] = reliance.means_share(m.dependence[place], size, total)


@inlined
def means_lost(sim: Sim, k: int) -> float:
    """Share of means that the providers of the member in place `k` have withdrawn."""
    lost = 0.0
    for i in range(sim.m.n_providers[k]):
        provider = sim.provider[k, i]
        lost += reliance.share_lost(sim.means_from[k, i], sim.m.budget[provider] if provider >= 0 else 0.0)
    return lost


@inlined
def depend(sim: Sim) -> None:
    """Update dependence: recovery of lost means, mission drift, and autonomy lost."""
    recovery = sim.p.dependence_recovery
    for k in range(sim.s.n_members):
        held, squares, values = 0.0, 0.0, 0.0
        for i in range(sim.m.n_providers[k]):
            provider = sim.provider[k, i]
            share = reliance.dependence_next(sim.means_from[k, i], 1 if provider >= 0 else 0, recovery)
            sim.means_from[k, i] = share
            if provider >= 0:
                held += share
                squares += share * share
                values += share * sim.m.weight[provider]
        if held >= _NEGLIGIBLE:
            felt = reliance.felt_dependence(held, sim.m.one_sided[k])
            _drift(sim, k, felt, reliance.concentration(squares, held), reliance.mean_weight(values, held))
        elif sim.m.n_providers[k] > 0:
            sim.m.autonomy_lost[k] = 0.0


@inlined
def _drift(sim: Sim, k: int, held: float, concentration: float, provider_weight: float) -> None:
    p, m = sim.p, sim.m
    relieved = reliance.relief(
        p.dependence_relief, p.backbone_relational_governance, m.closure[k], p.joint_platform_intensity, concentration
    )
    m.weight[k] = reliance.drifted_weight(
        m.weight[k], provider_weight, p.dependence_drift, held, concentration, relieved
    )
    m.autonomy_lost[k] = reliance.autonomy_lost(
        held, concentration, m.weight[k], m.founding_weight[k], provider_weight, relieved
    )
