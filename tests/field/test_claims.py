"""What must hold of a field in direction: copying wins where all are alike, and a platform without money is none."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from cisim.core.kernel.block import simulate_block
from cisim.core.kernel.engine import simulate_compiled
from cisim.parameters import Parameters, Value, replace
from cisim.questions.verify.compute import first_difference

#: Replicates; differences are paired, and sure if they are twice their standard error.
WORLDS = range(150)
OPEN: dict[str, Value] = {"communities.number": 20, "ending.agenda_size": 0.0, "platform.presence": "present"}


@cache
def outcome(name: str, *changes: tuple[str, Value]) -> NDArray[np.float64]:
    """Mean of an outcome over the communities of each replicate; ``months_free`` is months free of failure."""
    params = replace(Parameters(), OPEN | dict(changes))
    block = simulate_block(params, seed=17, replicates=WORLDS)
    if name == "months_free":
        failed = block.runs["ending"] == "failed"
        values = np.where(failed, block.runs["duration"], params.observation.horizon)
    else:
        values = block.runs[name]
    return np.asarray(values, dtype=float).reshape(len(WORLDS), -1).mean(axis=1)


def is_more(more: NDArray[np.float64], less: NDArray[np.float64]) -> bool:
    difference = more - less
    return bool(difference.mean() > 2.0 * difference.std(ddof=1) / len(difference) ** 0.5)


def by_mode(name: str, heterogeneity: float, **changes: Value) -> dict[str, NDArray[np.float64]]:
    given = {key.replace("__", "."): value for key, value in changes.items()}
    setting = {**given, "communities.heterogeneity": heterogeneity}
    return {
        mode: outcome(name, *sorted((setting | {"practice.mode": mode}).items()))
        for mode in ("scratch", "copy", "blend")
    }


@pytest.mark.parametrize(
    ("name", "presence"), [("months_free", "present"), ("months_free", "absent"), ("social_outcome", "absent")]
)
def test_copying_is_best_where_the_same_suits_all(name: str, presence: str) -> None:
    found = by_mode(name, 0.0, platform__presence=presence)
    assert is_more(found["copy"], found["scratch"])
    assert is_more(found["copy"], found["blend"])


@pytest.mark.parametrize("name", ["months_free", "social_outcome", "mean_practice"])
def test_copying_is_worst_where_nothing_suits_two(name: str) -> None:
    found = by_mode(name, 1.0)
    assert is_more(found["scratch"], found["copy"])
    assert is_more(found["blend"], found["copy"])


def test_starting_from_scratch_does_not_depend_on_how_others_differ() -> None:
    alike, different = (by_mode("social_outcome", h)["scratch"] for h in (0.0, 1.0))
    assert alike == pytest.approx(different, rel=1e-9)  # only the rounding of places on the ring


#: Nothing for infrastructure: all that donors give is tied to programmes, and there is no fee.
CUT_OFF: dict[str, Value] = {"donors.programme_bias": 1.0, "platform.fee": 0.0}


@pytest.mark.parametrize(
    "none", [{"platform.presence": "absent"}, {**CUT_OFF, "platform.start": 0.0}], ids=["absent", "cut off"]
)
def test_blending_without_a_live_platform_is_starting_from_scratch(none: dict[str, Value]) -> None:
    blend, scratch = (
        simulate_compiled(
            replace(Parameters(), OPEN | none | {"practice.mode": mode}), seed=3, replicate=2, trajectory=True
        )
        for mode in ("blend", "scratch")
    )
    pairs = zip(blend.communities, scratch.communities, strict=True)
    assert [first_difference(one, other) for one, other in pairs] == [None] * 20


def test_a_platform_cut_off_from_infrastructure_money_decays_to_the_scratch_result() -> None:
    rich = {"platform__start": 1.0, "donors__budget": 0.3}
    funded = by_mode("mean_practice", 0.3, **rich)
    cut = by_mode("mean_practice", 0.3, **rich, donors__programme_bias=1.0, platform__fee=0.0)
    assert is_more(funded["blend"], cut["blend"])
    gap, left = (float((found["blend"] - found["scratch"]).mean()) for found in (funded, cut))
    assert left < gap / 2.0
