"""Both engines agree on fields in which practice is sought, copied and blended."""

import pytest

from cisim.parameters import Parameters, Value, replace
from tests.docking.cases import SMALL
from tests.docking.engines import docked

OPEN: dict[str, Value] = SMALL | {
    "communities.number": 7,
    "communities.ego": 0.0,
    "communities.not_invented": 0.0,
    "observation.horizon": 120,
    "practice.look_rate": 0.3,
}
RICH: dict[str, Value] = {"platform.presence": "present", "platform.start": 1.0, "donors.budget": 0.3}

FIELDS: dict[str, dict[str, Value]] = {
    "scratch": {"practice.mode": "scratch", "practice.search_rate": 0.5},
    "copy": {"practice.mode": "copy"},
    "copy through the platform": {"practice.mode": "copy", **RICH},
    "blend": {"practice.mode": "blend", **RICH},
    "blend with a platform that fades": {"practice.mode": "blend", **RICH, "donors.budget": 0.0},
    "platform that nobody needs": {"practice.mode": "off", **RICH},
    "all resist": {"practice.mode": "copy", **RICH, "communities.ego": 0.3, "communities.not_invented": 0.3},
    "no misfit and no noise": {
        "practice.mode": "blend",
        **RICH,
        "communities.heterogeneity": 0.0,
        "practice.evidence_noise": 0.0,
        "practice.trial_noise": 0.0,
        "practice.misfit": 0.0,
    },
    "spaced": {"practice.mode": "blend", **RICH, "backbone.spacing": 1.0},
    "two": {"practice.mode": "copy", **RICH, "communities.number": 2, "practice.peers": 10},
}


@pytest.mark.parametrize("changes", FIELDS.values(), ids=FIELDS)
def test_both_engines_agree_on_a_field(changes: dict[str, Value]) -> None:
    for replicate in range(2):
        record = docked(replace(Parameters(), OPEN | changes), seed=11, replicate=replicate)
        assert len(record.communities) == changes.get("communities.number", 7)
