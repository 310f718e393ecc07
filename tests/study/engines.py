"""Engines that stand in for the model where a test is about what surrounds it; workers import them by name."""

import os
import time
from collections.abc import Mapping

import numpy as np

from cisim.core.records import RunRecord
from cisim.parameters import Parameters


def steady(
    params: Parameters,
    *,
    seed: int,
    replicate: int,
    extensions: Mapping[str, type],
    trajectory: bool,
    events: bool,
) -> RunRecord:
    """Fail, in every other replicate, after a number of months that only the arguments decide."""
    strategies = params.backbone.gazing + params.backbone.abstracting + params.backbone.spacing
    failed = replicate % 2 == 0
    duration = 1 + (7 * replicate + seed + round(10 * strategies)) % 30 if failed else params.observation.horizon
    spell = {
        "duration": duration,
        "event_observed": failed,
        "ending": "failed" if failed else "censored",
        "cause": "conflict" if failed else "",
        "founders_retained": 0.5,
        "social_outcome": 2.0 * duration,
        "economic_outcome": 1.0 * duration,
        "jobs": len(extensions),
        "jobs_milestone": 1000.0 * seed + replicate,
    }
    member = {"organisation": 7, "kind": "nonprofit", "founder": True, "entry": 0}
    member |= {"duration": duration, "event_observed": False, "cause": ""}
    log = [{"month": 1, "event": "joined", "organisation": 7, "other": -1, "detail": ""}]
    series = {"trust": np.linspace(0.0, 1.0, duration), "members": np.full(duration, 5.0)}
    return RunRecord(spell, [member], log if events else [], series if trajectory else None)


def failing(params: Parameters, **keywords) -> RunRecord:
    """Raise in replicate 3, with a message of two lines."""
    if keywords["replicate"] == 3:
        raise ValueError("no such\nworld")
    return steady(params, **keywords)


def broken(params: Parameters, **keywords) -> RunRecord:
    """Raise in every replicate."""
    raise ZeroDivisionError("nothing works")


def dying(params: Parameters, **keywords) -> RunRecord:
    """Kill the process in replicate 3."""
    if keywords["replicate"] == 3:
        os._exit(9)
    return steady(params, **keywords)


def deadly(params: Parameters, **keywords) -> RunRecord:
    """Kill the process in every replicate."""
    os._exit(9)


def interrupted(params: Parameters, **keywords) -> RunRecord:
    """Be interrupted from the keyboard in replicate 3."""
    if keywords["replicate"] == 3:
        raise KeyboardInterrupt
    return steady(params, **keywords)


def slow(params: Parameters, **keywords) -> RunRecord:
    """Run for a second."""
    time.sleep(1.0)
    return steady(params, **keywords)


def brisk(params: Parameters, **keywords) -> RunRecord:
    """Run for a hundredth of a second."""
    time.sleep(0.01)
    return steady(params, **keywords)


def linear(params: Parameters, **keywords) -> RunRecord:
    """Return a social outcome linear in the three strategies, plus an amount that each world adds to all points."""
    record = steady(params, **keywords)
    backbone = params.backbone
    social = 4.0 * backbone.gazing + 2.0 * backbone.abstracting + backbone.spacing + 0.5 * keywords["replicate"]
    return RunRecord({**record.spell, "social_outcome": social}, record.members, record.events, record.trajectory)


def known(params: Parameters, **keywords) -> RunRecord:
    """Fail at an age that gazing raises, spacing raises or lowers with free-riding, and nothing else does."""
    record = steady(params, **keywords)
    backbone, shirking = params.backbone, params.contribution.shirking
    luck = (7919 * keywords["replicate"] + 104729 * round(1000 * backbone.gazing)) % 41
    duration = 80 + luck + round(30 * backbone.gazing + 200 * backbone.spacing * (0.45 - shirking))
    spell = {**record.spell, "duration": duration, "event_observed": True, "ending": "failed", "cause": "conflict"}
    return RunRecord(spell, record.members, record.events, None)
