"""A study checks its options and knows what decides its results."""

from collections.abc import Callable

import pytest

from cisim.errors import InputError
from cisim.study.study import Study

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        ("seed", -1, "from 0 to 9223372036854775807"),
        ("seed", 2**63, "from 0 to 9223372036854775807"),
        ("seed", 1.0, "whole number"),
        ("seed", True, "whole number"),
        ("replicates", 0, "of 1 or more"),
        ("workers", -1, "of 0 or more"),
        ("engine", "steam", "is not known; use engine=auto, compiled, mesa"),
        ("intensity", 0.0, "above 0 and at most 1"),
        ("intensity", 1.1, "above 0 and at most 1"),
        ("intensity", float("nan"), "above 0 and at most 1"),
        ("name", "a/b", "name of one folder"),
        ("name", "..", "name of one folder"),
        ("name", "", "name of one folder"),
    ],
)
def test_an_option_out_of_range_is_refused_with_what_is_allowed(
    make_study: MakeStudy, option: str, value: object, allowed: str
) -> None:
    with pytest.raises(InputError, match=allowed) as caught:
        make_study(**{option: value})
    assert str(caught.value).startswith(f"{option}=")


def test_the_ends_of_the_range_of_seeds_are_allowed(make_study: MakeStudy) -> None:
    assert [make_study(seed=seed).seed for seed in (0, 2**63 - 1)] == [0, 2**63 - 1]


def test_place_and_workers_do_not_change_the_fingerprint(make_study: MakeStudy) -> None:
    assert make_study(out="x", name="y", workers=2).fingerprint() == make_study().fingerprint()


@pytest.mark.parametrize("change", [{"seed": 2}, {"replicates": 6}, {"strategies": ("none",)}, {"events": True}])
def test_what_decides_the_results_changes_the_fingerprint(make_study: MakeStudy, change: dict[str, object]) -> None:
    assert make_study(**change).fingerprint() != make_study().fingerprint()


def test_own_classes_run_on_the_engine_that_can_run_them(make_study: MakeStudy) -> None:
    assert make_study().runs_on == "compiled"
    assert make_study(engine="mesa").runs_on == "mesa"
    assert make_study(extensions={"gazing": "tests.study.mine:Mine"}).runs_on == "mesa"
    with pytest.raises(InputError, match="engine=compiled cannot run extensions"):
        make_study(engine="compiled", extensions={"gazing": "tests.study.mine:Mine"})
