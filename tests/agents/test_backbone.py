"""Who leads, who takes over, and whose quality counts."""

import pytest

from cisim.agents.model import PartnershipModel
from cisim.agents.organisation import Organisation
from cisim.core import kinds
from cisim.core.rules.joining import suitability
from cisim.parameters import Value
from tests.agents.settings import LASTING, found, small

WILLING: dict[str, Value] = {"backbone.takeover_rate": 1.0, "backbone.takeover_bar": 0.0}


def founded(changes: dict[str, Value] | None = None) -> PartnershipModel:
    return found(small(LASTING, changes or {}))


def lead_of(model: PartnershipModel) -> Organisation:
    lead = model.coalition.backbone.holders[kinds.PLAN]
    assert lead is not None
    return lead


def let_go(model: PartnershipModel, member: Organisation, month: int = 1) -> None:
    model.coalition.part([(member, "external")], month)


@pytest.mark.parametrize(("lead", "kind"), kinds.LEAD_KINDS.items())
def test_one_office_holds_all_roles_and_is_tied_to_everybody(lead: str, kind: int) -> None:
    model = founded({"backbone.lead": lead, "population.tie_density": 0.0})
    office = lead_of(model)
    assert office.kind == kind
    assert model.coalition.backbone.holders == [office] * 4
    assert office.roles == {0, 1, 2, 3}
    assert {tie.other(office) for tie in office.ties} == set(model.coalition.members) - {office}
    assert len(model.coalition.network.ties) == 8


def test_a_shared_backbone_is_founded_by_four_and_all_are_its_founders() -> None:
    model = founded({"backbone.lead": "shared"})
    holders = model.coalition.backbone.holders
    assert len(set(holders)) == 4
    assert model.coalition.backbone.founders == holders
    assert [holder.roles for holder in holders] == [{0}, {1}, {2}, {3}]


def test_a_leaver_leaves_all_its_roles_vacant() -> None:
    model = founded()
    lead = lead_of(model)
    let_go(model, lead, 7)
    backbone = model.coalition.backbone
    assert backbone.holders == [None] * 4
    assert backbone.share_held == 0.0
    assert lead.roles == set()
    assert lead.ties == []
    assert not any(lead in (tie.first, tie.second) for tie in model.coalition.network.ties)


def test_without_a_lead_nobody_commits_for_it_and_no_expert_helps() -> None:
    model = founded({"backbone.leader_mean": 0.3})
    let_go(model, lead_of(model))
    backbone = model.coalition.backbone
    assert (backbone.lead_commitment, backbone.expertise, backbone.leader) == (0.0, 0.0, 0.3)


def test_the_leader_is_the_person_of_the_planning_member_on_the_declared_scale() -> None:
    model = founded({"backbone.leader_mean": 1.0, "backbone.leader_sd": 0.5})
    assert model.coalition.backbone.leader == 1.0 + 0.5 * lead_of(model).leader


def test_the_most_suitable_of_the_willing_and_able_takes_over() -> None:
    model = founded(WILLING)
    let_go(model, lead_of(model))
    members, backbone = model.coalition.members, model.coalition.backbone
    backbone.fill(2)
    for role, heir in enumerate(backbone.holders):
        able = [member for member in members if member.capabilities[role] >= 0.5]
        ranks = {member: suitability(member.commitment, member.capabilities[role], member.size) for member in able}
        assert heir is max(able, key=ranks.__getitem__)
        assert role in heir.roles


def test_an_heir_is_tied_to_every_member() -> None:
    model = founded(WILLING | {"population.tie_density": 0.0})
    let_go(model, lead_of(model))
    assert model.coalition.network.ties == []
    model.coalition.backbone.fill(2)
    for heir in set(model.coalition.backbone.holders):
        assert {tie.other(heir) for tie in heir.ties} == set(model.coalition.members) - {heir}
    pairs = [frozenset((tie.first, tie.second)) for tie in model.coalition.network.ties]
    assert len(pairs) == len(set(pairs))


def test_nobody_below_the_bar_takes_over() -> None:
    model = founded({"backbone.takeover_rate": 1.0, "backbone.takeover_bar": 0.9})
    let_go(model, lead_of(model))
    for member in model.coalition.members:
        member.commitment = 0.89
    model.coalition.backbone.fill(2)
    assert model.coalition.backbone.holders == [None] * 4
    model.coalition.members[0].commitment = 0.9
    model.coalition.members[0].capabilities = (0.5, 0.49, 0.5, 0.5)
    model.coalition.backbone.fill(3)
    first = model.coalition.members[0]
    assert model.coalition.backbone.holders == [first, None, first, first]


def test_a_rate_of_zero_fills_nothing_and_a_held_role_is_not_up_for_takeover() -> None:
    model = founded(WILLING | {"backbone.takeover_rate": 0.0})
    let_go(model, lead_of(model))
    model.coalition.backbone.fill(2)
    assert model.coalition.backbone.holders == [None] * 4
    model = founded(WILLING)
    before = list(model.coalition.backbone.holders)
    model.coalition.backbone.fill(2)
    assert model.coalition.backbone.holders == before


def test_volunteers_come_forward_at_the_declared_rate() -> None:
    filled = months = 0
    for replicate in range(40):
        model = found(small(WILLING, {"backbone.takeover_rate": 0.1}), replicate)
        let_go(model, lead_of(model))
        for member in model.coalition.members[1:]:
            member.capabilities = (0.0,) * 4
        model.coalition.members[0].capabilities = (1.0, 0.0, 0.0, 0.0)
        for month in range(1, 41):
            months += 1
            model.coalition.backbone.fill(month)
            if model.coalition.backbone.holders[kinds.PLAN] is not None:
                filled += 1
                break
    assert abs(filled / months - 0.1) < 4.0 * (0.1 * 0.9 / months) ** 0.5


def test_a_more_social_lead_is_more_legitimate() -> None:
    legitimacy = {}
    for lead in ("corporate", "nonprofit", "public"):
        model = founded({"backbone.lead": lead})
        model.coalition.take_position()
        legitimacy[lead] = model.coalition.legitimacy
    assert legitimacy["corporate"] < 1.0 < legitimacy["nonprofit"]
    assert legitimacy["corporate"] < legitimacy["public"]
