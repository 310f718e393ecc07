"""A coalition at its founding: what is promised does not contain the strategies, nor depend on who is counted first."""

import pytest

from cisim.agents.model import PartnershipModel
from cisim.parameters import Value
from tests.agents.settings import FIXED, LASTING, found, small

STRATEGIES = ("gazing", "abstracting", "spacing")
ALL_ON: dict[str, Value] = {f"backbone.{name}": 1.0 for name in STRATEGIES}


def founded(*changes: dict[str, Value]) -> PartnershipModel:
    return found(small({"population.tie_density": 0.3}, *changes))


@pytest.mark.parametrize("switched", [*({f"backbone.{name}": 1.0} for name in STRATEGIES), ALL_ON])
def test_neither_the_promise_nor_the_dues_contain_the_strategies(switched: dict[str, Value]) -> None:
    without, with_them = founded(), founded(switched)
    assert with_them.coalition.promise == without.coalition.promise
    assert with_them.coalition.fair_result == without.coalition.fair_result
    assert with_them.coalition.backbone.treasury.founding_paid == without.coalition.backbone.treasury.founding_paid


def test_a_promise_is_what_is_to_be_had_times_optimism_and_what_is_seen_first_is_fair() -> None:
    coalition = founded({"assessment.optimism": 1.5}).coalition
    assert coalition.perceived == coalition.fair_result
    assert coalition.promise == pytest.approx([1.5 * result for result in coalition.fair_result])
    for member in coalition.members:
        assert member.promise == member.aspirations == coalition.promise
    assert coalition.record == pytest.approx(1.0 / 1.5 - 1.0)


def test_contributions_at_founding_are_those_of_a_second_count() -> None:
    model = founded()
    first = [member.contribution for member in model.coalition.members]
    for member in model.coalition.members:
        member.contribute(model.spacing)
    assert [member.contribution for member in model.coalition.members] == first


def test_a_newcomer_expects_what_it_sees_with_the_optimism_of_a_beginner() -> None:
    model = founded(LASTING, {"entry.rate": 1.0, "entry.base": 2.0, "assessment.optimism": 1.2})
    while len(model.coalition.members) <= 9:
        model.step()
    newcomer = model.coalition.members[-1]
    seen = model.coalition.perceived
    assert newcomer.promise == newcomer.aspirations == (1.2 * seen[0], 1.2 * seen[1])
    assert newcomer.is_member
    assert {tie.other(newcomer) for tie in newcomer.ties} >= set(model.coalition.backbone.holders)


def test_founders_are_members_in_the_order_of_their_numbers_and_newcomers_follow() -> None:
    model = founded({"entry.rate": 1.0, "entry.base": 2.0})
    for _ in range(24):
        model.step()
        numbers = [member.entity for member in model.coalition.members]
        assert numbers == sorted(numbers)
    assert len(model.coalition.members) > 9


@pytest.mark.parametrize(("left", "joins"), [(0, False), (1, True)])
def test_candidates_join_somebody_but_not_nobody(left: int, joins: bool) -> None:
    model = founded({"entry.rate": 1.0, "entry.base": 2.0})
    coalition = model.coalition
    coalition.part([(member, "external") for member in coalition.members[left:]], 1)
    for month in range(1, 13):
        model._admit(month)
    assert (len(coalition.members) > left) == joins


def test_a_coalition_never_grows_beyond_the_largest() -> None:
    model = founded(LASTING, FIXED, {"entry.rate": 1.0, "entry.base": 2.0})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cisim.agents.model.LARGEST", 11)
        for _ in range(24):
            model.step()
    assert len(model.coalition.members) == 11
