"""A partnership between unequals: how long it takes to form, what tactics give and cost, and what it is like after."""

from math import exp
from statistics import fmean

import numpy as np
import pytest
from numpy.typing import NDArray

from cisim.agents.model import PartnershipModel
from cisim.agents.negotiation import STAGES, Negotiation
from cisim.core.kernel.block import simulate_block
from cisim.core.population import World
from cisim.parameters import Parameters, Value, replace
from tests.agents.directions import CALM, FIXED, LASTING
from tests.agents.directions_formation import BROKERED, PAIR, UNEQUAL
from tests.agents.settings import SMALL, run

Floats = NDArray[np.float64]

WORLDS = 1000

#: Social capital stays as it is, both sides are the same in every world, selection takes a month, nobody gives up.
CONSTANT: dict[str, Value] = {
    **BROKERED,
    **{"formation.capital_growth": 0.0, "formation.capital_decay": 0.0, "formation.giving_up": 0.0},
    **{"population.weight_sd": 0.0, "population.capability_sd": 0.0, "population.size_sd": 0.0},
    **{"formation.review_months": 1, "formation.bar": 0.0, "formation.rivals": 0.0, "formation.limit_months": 240},
    **{"formation.fear": 0.0, "formation.readiness": 2.0},
}

#: Both sides are of one size.
EQUAL: dict[str, Value] = {
    **BROKERED,
    **{"population.corporation_size": 1.0, "population.social_enterprise_size": 1.0, "population.size_sd": 0.0},
}

#: Able to do less than any other in the registry, with a network that makes a halo shine.
UNABLE: dict[str, Value] = {"population.speciality": 0.6, "population.generality": 0.1}
CONNECTED: dict[str, Value] = {"formation.structural": 1.0, "formation.halo": 1.0}

TACTICS = ("tactics.haloing", "tactics.third_party", "joint_platform.intensity", "tactics.networking")


def negotiated(changes: dict[str, Value], replicate: int) -> Negotiation:
    """Return a negotiation at its end."""
    return Negotiation(replace(Parameters(), {**PAIR, **changes}), World(1, replicate)).run()


def runs(changes: dict[str, Value], months: int = 1) -> dict[str, Floats]:
    """Return the runs of all worlds, by column."""
    params = replace(Parameters(), {**PAIR, **changes, "observation.horizon": months})
    return simulate_block(params, seed=3, replicates=range(WORLDS), trajectories=False).runs


def share_formed(changes: dict[str, Value]) -> float:
    return float(runs(changes)["formed"].mean())


def waits(negotiation: Negotiation) -> list[int]:
    """Return the months that each stage took."""
    months = {event: month for month, event in negotiation.events}
    ends = [0, *(months[event] for _, event in STAGES)]
    return [second - first for first, second in zip(ends, ends[1:], strict=False)]


def geometric(rate: float, months: int = 600) -> Floats:
    """Return the law of a wait at a constant rate a month, by month from 0."""
    law = np.zeros(months)
    law[1:] = (1.0 - exp(-rate)) * np.exp(-rate * np.arange(months - 1))
    return law


def gap(found: list[int], law: Floats) -> float:
    """Return the distance of Kolmogorov and Smirnov between what was found and a law on months."""
    cumulated = np.cumsum(np.bincount(found, minlength=len(law))) / len(found)
    return float(np.max(np.abs(cumulated - np.cumsum(law))))


#: Distance that one in a thousand samples of 600 exceeds; fewer where a law has steps.
SAMPLES, CRITICAL = 600, 1.95 / 600**0.5


def test_the_time_to_formation_follows_the_law_of_its_stages() -> None:
    found = [negotiated(CONSTANT, replicate) for replicate in range(SAMPLES)]
    assert all(negotiation.is_formed for negotiation in found)
    p = found[0].params.formation
    capital = 1.0 + p.cognitive + p.relational
    contact = p.contact_rate * p.structural + p.broker_rate
    rates = {0: contact, 1: p.goals_rate * found[0].fit, 3: p.design_rate * capital, 4: p.signing_rate}
    stages = np.array([waits(negotiation) for negotiation in found])
    for stage, rate in rates.items():
        assert gap(list(stages[:, stage]), geometric(rate)) < CRITICAL
        assert gap(list(stages[:, stage]), geometric(1.5 * rate)) > CRITICAL
    assert set(stages[:, 2]) == {1}
    law = np.array([0.0, 1.0])
    for rate in rates.values():
        law = np.convolve(law, geometric(rate))
    assert gap([negotiation.month for negotiation in found], law) < CRITICAL


def test_stages_take_independent_times() -> None:
    stages = np.array([waits(negotiated(CONSTANT, replicate)) for replicate in range(SAMPLES)])[:, [0, 1, 3, 4]]
    correlations = np.corrcoef(stages.T)[np.triu_indices(4, 1)]
    assert np.max(np.abs(correlations)) < 4.0 / SAMPLES**0.5


def test_who_never_meets_gives_up_at_the_rate_of_its_strain_or_is_followed_to_the_limit() -> None:
    alone = {"formation.contact_rate": 0.0, "formation.giving_up": 0.02, "tactics.haloing": 1.0}
    found = [negotiated({**alone, "formation.strain": 0.5}, replicate) for replicate in range(SAMPLES)]
    assert not any(negotiation.is_formed for negotiation in found)
    law = geometric(0.02 * exp(0.5), 61)
    assert gap([negotiation.month for negotiation in found if negotiation.events], law / law.sum()) < CRITICAL * 1.2
    followed = [negotiation for negotiation in found if not negotiation.events]
    assert {negotiation.month for negotiation in followed} == {60}
    assert len(followed) / SAMPLES == pytest.approx(1.0 - law.sum(), abs=0.05)


def test_selection_waits_for_a_review() -> None:
    found = [negotiated({**BROKERED, "formation.review_months": 6}, replicate) for replicate in range(60)]
    selected = [month for negotiation in found for month, event in negotiation.events if event == "selected"]
    assert len(selected) > 10
    assert all(month % 6 == 0 for month in selected)


def test_what_is_not_formed_has_no_members_no_months_and_a_log_that_ends_where_it_began() -> None:
    record = run(replace(Parameters(), {**PAIR, "formation.bar": 3.0, "formation.giving_up": 0.05}))
    spell = record.spell
    assert (spell["ending"], spell["cause"], spell["duration"], spell["formed"]) == ("failed", "not_formed", 0, 0.0)
    assert spell["formation_months"] > 0.0
    assert record.members == []
    assert [event["event"] for event in record.events][-2:] == ["given_up", "ended"]
    assert [event["month"] for event in record.events][-2:] == [0, 0]
    assert all(len(values) == 0 for values in (record.trajectory or {}).values())


def test_a_third_party_that_has_been_won_is_a_founder_without_a_role() -> None:
    params = replace(Parameters(), {**EQUAL, "tactics.third_party": 1.0, "formation.structural": 1.0})
    models = [PartnershipModel(params, World(1, replicate)) for replicate in range(20)]
    engaged = [model for model in models if model.negotiation.is_formed and model.negotiation.engaged]
    assert len(engaged) >= 5
    for model in engaged:
        third = model.founders[-1]
        assert (len(model.founders), third.entity) == (3, model.negotiation.third.entity)
        assert not third.roles


@pytest.mark.parametrize("tactic", TACTICS)
def test_between_equals_a_tactic_has_next_to_no_advantage(tactic: str) -> None:
    advantage = share_formed({**EQUAL, tactic: 1.0}) - share_formed(EQUAL)
    assert abs(advantage) < 0.1


@pytest.mark.parametrize("tactic", ["haloing", "third_party"])
def test_between_equals_what_is_left_of_these_tactics_is_their_cost(tactic: str) -> None:
    free = {**EQUAL, "formation.strain": 0.0, "formation.coordination": 0.0}
    assert abs(share_formed({**free, f"tactics.{tactic}": 1.0}) - share_formed(free)) < 0.01


def test_between_unequals_a_third_party_has_a_large_advantage_and_a_halo_one_that_lives_on_the_network() -> None:
    small = {**BROKERED, "population.corporation_size": 6.0, "population.social_enterprise_size": 0.1}
    small["formation.age_months"] = 240
    before = share_formed(small)
    assert share_formed({**small, "tactics.third_party": 1.0}) > before + 0.15
    connected = {**small, **CONNECTED}
    assert share_formed({**connected, "tactics.haloing": 1.0}) > share_formed(connected) + 0.03
    assert share_formed({**small, "formation.structural": 0.0, "tactics.haloing": 1.0}) <= before


@pytest.mark.parametrize(("network", "more", "less"), [({}, 0.01, 0.5), (CONNECTED, 0.1, 8.0)])
def test_with_a_halo_the_unable_form_more_partnerships_that_last_less(
    network: dict[str, Value], more: float, less: float
) -> None:
    region = {**BROKERED, **UNEQUAL, **UNABLE, **network, "ending.agenda_size": 0.0}
    plain, shone = (runs({**region, "tactics.haloing": haloing}, months=120) for haloing in (0.0, 1.0))
    assert shone["formed"].mean() - plain["formed"].mean() > more
    both = (plain["formed"] == 1.0) & (shone["formed"] == 1.0)
    lost = (plain["duration"] - shone["duration"])[both].astype(float)
    assert lost.mean() - 1.96 * lost.std() / len(lost) ** 0.5 > less
    formed_plain, formed_shone = (found["duration"][found["formed"] == 1.0].mean() for found in (plain, shone))
    assert formed_shone < formed_plain


def test_partnerships_of_the_unable_last_less_with_a_halo_because_more_was_believed_of_them() -> None:
    region = {**BROKERED, **UNEQUAL, **UNABLE, **CONNECTED, "ending.agenda_size": 0.0, "formation.belief": 0.0}
    plain, shone = (runs({**region, "tactics.haloing": haloing}, months=120) for haloing in (0.0, 1.0))
    both = (plain["formed"] == 1.0) & (shone["formed"] == 1.0)
    assert abs((plain["duration"] - shone["duration"])[both].mean()) < 0.5


def autonomy_lost(changes: dict[str, Value]) -> dict[int, float]:
    """Return what the weaker side loses of its autonomy in the first month, by world in which it is formed."""
    params = replace(Parameters(), {**PAIR, **CALM, **FIXED, **LASTING, **UNEQUAL, "tactics.broker": 1.0, **changes})
    lost = {}
    for replicate in range(60):
        model = PartnershipModel(params, World(1, replicate))
        if model.negotiation.is_formed:
            model.step()
            weaker = next(m for m in model.founders if m.entity == model.negotiation.weaker.entity)
            lost[replicate] = weaker.autonomy_lost
    return lost


@pytest.mark.parametrize(
    "providers",
    [
        {"tactics.third_party": 1.0, "formation.structural": 1.0},
        {"population.public_agencies": 2},
        {"population.funders": 2},
    ],
    ids=["third party", "public agencies", "funders"],
)
def test_several_providers_lower_dependence(providers: dict[str, Value]) -> None:
    alone, several = autonomy_lost({}), autonomy_lost(providers)
    both = alone.keys() & several.keys()
    assert len(both) >= 10
    assert fmean(several[world] for world in both) < 0.8 * fmean(alone[world] for world in both)


def test_a_joint_platform_lowers_dependence_where_there_are_several_providers_only() -> None:
    patient = {"formation.giving_up": 0.0, "formation.setup": 0.0}
    for agencies, is_lower in ((0, False), (2, True)):
        several: dict[str, Value] = {**patient, "population.public_agencies": agencies}
        alone, shared = autonomy_lost(several), autonomy_lost({**several, "joint_platform.intensity": 1.0})
        both = alone.keys() & shared.keys()
        assert len(both) >= 10
        assert all((shared[world] < alone[world]) == is_lower for world in both)


def test_equals_do_not_depend_on_one_another() -> None:
    lost = autonomy_lost({**EQUAL, "population.size_sd": 0.0})
    assert len(lost) >= 10
    assert set(lost.values()) == {0.0}


def test_a_coalition_that_is_given_owes_nothing_to_the_parameters_of_formation() -> None:
    changes: dict[str, Value] = {
        "formation.carried": 1.0,
        "formation.belief": 2.0,
        "formation.structural": 1.0,
        "formation.cognitive": 1.0,
        "formation.relational": 1.0,
        "formation.giving_up": 0.05,
        "formation.fear": 10.0,
        "formation.limit_months": 6,
        "formation.bar": 3.0,
        **{f"tactics.{name}": 1.0 for name in ("broker", "networking", "haloing", "third_party")},
    }
    plain, changed = (run(replace(Parameters(), {**SMALL, **more})) for more in ({}, changes))
    assert changed.events == plain.events
    assert changed.members == plain.members
    assert str(changed.spell) == str(plain.spell)
    assert (plain.spell["formed"], plain.spell["formation_months"], plain.spell["third_party"]) == (1.0, 0.0, 0.0)
