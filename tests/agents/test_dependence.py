"""Living on another's resources: who provides, what is lost when a provider goes, and where a mission drifts."""

import pytest

from cisim.agents.model import PartnershipModel
from cisim.agents.organisation import Organisation
from cisim.core import kinds
from cisim.parameters import Value
from tests.agents.settings import CALM, FIXED, LASTING, found, small

STILL: dict[str, Value] = {**CALM, **FIXED, **LASTING}


def founded(changes: dict[str, Value] | None = None) -> PartnershipModel:
    return found(small(STILL, changes or {}))


def dependant(model: PartnershipModel) -> Organisation:
    """Return a member that lives on others."""
    return next(member for member in model.coalition.members if len(member.means_from) > 1)


def test_only_providing_kinds_provide_in_proportion_to_their_size() -> None:
    model = founded({"population.tie_density": 0.6})
    living = [member for member in model.coalition.members if member.means_from]
    assert {member.kind for member in living} == {kinds.NONPROFIT, kinds.SOCIAL_ENTERPRISE}
    for member in living:
        providers = [tie.other(member) for tie in member.ties if tie.other(member).kind in kinds.PROVIDERS]
        assert set(member.means_from) == set(providers)
        assert sum(member.means_from.values()) == pytest.approx(member.dependence)
        shares = [member.means_from[provider] / provider.size for provider in providers]
        assert shares == pytest.approx([shares[0]] * len(shares))


def test_at_founding_nobody_has_lost_means() -> None:
    model = founded({"population.tie_density": 0.6})
    contributions = [member.contribution for member in model.coalition.members]
    for member in model.coalition.members:
        member.contribute(model.spacing)
    assert [member.contribution for member in model.coalition.members] == contributions


def test_the_leaving_of_a_provider_cuts_means_by_its_share() -> None:
    model = founded({"population.tie_density": 0.6})
    member = dependant(model)
    provider, share = next(iter(member.means_from.items()))
    assert means(member) == pytest.approx(1.0)
    model.coalition.part([(provider, "external")], 1)
    member.contribute(model.spacing)
    assert means(member) == pytest.approx(1.0 - share)


def means(member: Organisation) -> float:
    """Return the share of its full means with which a member contributes."""
    return member.contribution / (member.commitment * member.size * (1.0 - member.shirked))


def test_a_provider_that_cuts_its_budget_cuts_means_in_proportion() -> None:
    model = founded({"population.tie_density": 0.6})
    member = dependant(model)
    provider, share = next(iter(member.means_from.items()))
    before = member.contribution
    provider.budget = 0.4
    member.contribute(model.spacing)
    assert member.contribution == pytest.approx(before * (1.0 - 0.6 * share))
    provider.budget = 1.7
    member.contribute(model.spacing)
    assert member.contribution == pytest.approx(before)


def test_lost_means_are_mended_month_by_month() -> None:
    model = founded({"population.tie_density": 0.6, "dependence.recovery": 0.1})
    member = dependant(model)
    provider, share = next(iter(member.means_from.items()))
    model.coalition.part([(provider, "external")], 1)
    for _ in range(3):
        member.depend()
    assert member.means_from[provider] == pytest.approx(share * 0.9**3)


def test_a_dependent_members_mission_drifts_towards_its_providers() -> None:
    model = founded({"dependence.drift": 0.05, "dependence.relief": 0.0})
    living = [member for member in model.coalition.members if member.means_from]
    gaps = {member: values_of_providers(member) - member.weight for member in living}
    for _ in range(24):
        model.step()
    for member, gap in gaps.items():
        moved = member.weight - member.founding_weight
        assert moved * gap > 0.0
        assert abs(moved) < abs(gap)
    others = [member for member in model.founders if not member.means_from]
    assert all(member.weight == member.founding_weight for member in others)


def values_of_providers(member: Organisation) -> float:
    total = sum(member.means_from.values())
    return sum(provider.weight * share for provider, share in member.means_from.items()) / total


def test_autonomy_is_lost_by_those_who_depend_only_and_more_the_more_they_do() -> None:
    lost = {}
    for dependence in (0.2, 0.8):
        model = founded({"dependence.nonprofit": dependence, "dependence.social_enterprise": 0.0})
        model.step()
        lost[dependence] = [m.autonomy_lost for m in model.founders if m.kind == kinds.NONPROFIT]
        assert all(m.autonomy_lost == 0.0 for m in model.founders if m.kind != kinds.NONPROFIT)
    assert all(more > less > 0.0 for less, more in zip(lost[0.2], lost[0.8], strict=True))


def test_who_loses_all_providers_is_free() -> None:
    model = founded()
    member = dependant(model)
    member.depend()
    assert member.autonomy_lost > 0.0
    model.coalition.part([(provider, "external") for provider in member.means_from], 1)
    member.depend()
    assert member.autonomy_lost == 0.0


def test_several_providers_third_parties_and_governance_relieve() -> None:
    def lost(changes: dict[str, Value]) -> float:
        model = founded(changes)
        model.step()
        return sum(member.autonomy_lost for member in model.founders)

    base = lost({"population.tie_density": 0.0})
    assert lost({"population.tie_density": 0.6}) < base
    assert lost({"population.tie_density": 0.0, "backbone.relational_governance": 1.0}) < base
