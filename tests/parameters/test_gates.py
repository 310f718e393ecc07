"""What a case does not read is known, and moves nothing."""

import pytest

from cisim.core.kernel.engine import simulate_compiled
from cisim.parameters import REGISTRY, Parameters, Value, get, replace
from cisim.parameters.checks import unread
from cisim.questions.verify.compute import first_difference
from cisim.study.varying import choose_factors

#: Groups of partnerships between unequals.
PARTNERSHIPS = {"formation", "tactics", "joint_platform"}


def values(**changes: Value) -> dict[str, Value]:
    params = replace(Parameters(), {name.replace("__", "."): value for name, value in changes.items()})
    return {name: get(params, name) for name in REGISTRY}


def groups(names: frozenset[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def test_an_ordinary_coalition_reads_nothing_of_the_field_and_of_negotiations() -> None:
    assert groups(unread(values(), ())) == {"communities", "practice", "platform", "donors", *PARTNERSHIPS}


def test_a_gate_that_is_open_or_varied_opens_its_groups() -> None:
    assert groups(unread(values(practice__mode="copy"), ())) == {"platform", "donors", *PARTNERSHIPS}
    assert groups(unread(values(platform__presence="present"), ("practice.mode",))) == PARTNERSHIPS
    assert groups(unread(values(joint_platform__intensity=0.5), ())).isdisjoint({"joint_platform"})
    sides: dict[str, Value] = {"formation__mode": "negotiated"}
    assert groups(unread(values(**sides), ("joint_platform.intensity",))).isdisjoint(PARTNERSHIPS)


@pytest.mark.parametrize("name", sorted(unread(values(), ()) - {"communities.number"}))
def test_what_is_not_read_moves_nothing(name: str) -> None:
    declared = REGISTRY[name]
    other = declared.high if get(Parameters(), name) != declared.high else declared.low
    short: dict[str, Value] = {"observation.horizon": 24, "observation.milestone": 12}
    one, two = (
        simulate_compiled(replace(Parameters(), short | changes), seed=3, replicate=1)
        for changes in ({}, {name: type(declared.default)(other)})
    )
    assert first_difference(one, two) is None


def test_an_analysis_of_uncertainties_leaves_out_what_is_not_read_and_says_so() -> None:
    chosen, notes = choose_factors("uncertainties", (), (), Parameters())
    assert {factor.name.partition(".")[0] for factor in chosen}.isdisjoint(groups(unread(values(), ())))
    assert any("practice.mode=off" in note for note in notes)
