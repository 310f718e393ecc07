"""What the regression test remembers of a few runs of each scenario."""

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

from cisim.agents.engine import simulate_mesa
from cisim.core.records import RunRecord
from tests.agents.settings import scenario
from tests.frozen.signature import libm

FILE = Path(__file__).with_suffix(".json")

#: Replicates by scenario.
REPLICATES = {"minimal": 6, "ordinary": 4, "hondream": 3, "hjump": 3}
SEED = 2020

#: Key of the digest of the elementary functions in the file.
LIBM = "libm"

Summary = dict[str, float | int | str | None]


def summary(record: RunRecord) -> Summary:
    """Return a spell with its number of events of each kind and of memberships; what is not a number is None."""
    events = Counter(f"events_{event['event']}" for event in record.events)
    causes = Counter(f"left_{row['cause']}" for row in record.members if row["event_observed"])
    spell = {name: None if is_nan(value) else value for name, value in record.spell.items()}
    return spell | dict(sorted(events.items())) | dict(sorted(causes.items())) | {"memberships": len(record.members)}


def is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def simulated(name: str) -> list[Summary]:
    """Run the replicates of a scenario."""
    runs = range(REPLICATES[name])
    return [summary(simulate_mesa(scenario(name), seed=SEED, replicate=r, events=True)) for r in runs]


def remembered() -> dict[str, list[Summary]]:
    """Return what is remembered, by scenario."""
    return {name: runs for name, runs in read().items() if name != LIBM}


def is_exact() -> bool:
    """Whether the elementary functions are to the last bit those of the platform that wrote the file."""
    return bool(read()[LIBM] == libm())


def read() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return content


def remember() -> None:
    """Write the file anew from what the model does now."""
    baseline = {LIBM: libm()} | {name: simulated(name) for name in REPLICATES}
    FILE.write_text(json.dumps(baseline, indent=1) + "\n", encoding="utf-8")
