"""Result folders for the tests of reports, written as the verbs write them."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from cisim.reading.seal import write_seal
from tests.survival.made_up import make_members, make_runs, make_trajectories

MANIFEST = {
    "cisim": "9.8.7",
    "commit": "0123456789abcdef",
    "dirty": False,
    "python": "3.11.0",
    "packages": {"numba": "0.1", "numpy": "2.0", "lifelines": "0.30"},
    "verb": "compare",
    "scenario": "made_up",
    "engine": "compiled",
    "seed": 7,
    "configuration": "fedcba9876543210",
    "command": "cisim compare scenario=made_up <&>",
    "state": "complete",
}
CONFIG = "backbone:\n  contract_months: 60\nobservation:\n  horizon: {horizon}\n"


def write_result(folder: Path, runs: pd.DataFrame, *, horizon: int = 60, **tables: pd.DataFrame) -> Path:
    """Write runs and further tables, with manifest, configuration and seal."""
    folder.mkdir(parents=True)
    for name, table in {"runs": runs, **tables}.items():
        table.to_parquet(folder / f"{name}.parquet")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "config.yaml").write_text(CONFIG.format(horizon=horizon), encoding="utf-8")
    write_seal(folder, str(MANIFEST["configuration"]), "0" * 16)
    return folder


def write_comparison(folder: Path, labels: tuple[str, ...] = ("none", "spacing", "all"), replicates: int = 12) -> Path:
    """Write a comparison that kept everything."""
    runs = make_runs(labels, replicates, 60)
    members = make_members(runs).assign(entry=0, founder=True)
    tables = {"trajectories": make_trajectories(runs), "members": members, "events": make_events(runs)}
    return write_result(folder, runs, **tables)


def make_events(runs: pd.DataFrame) -> pd.DataFrame:
    """Log of every run: twelve founders join, two of them have a breach, one role changes hands, then the end."""
    rows = []
    for run in runs.itertuples():
        key = {"point": run.point, "strategies": run.strategies, "replicate": run.replicate}
        blank = {"month": 0, "organisation": -1, "other": -1, "detail": ""}
        steps = [{"event": "joined", "organisation": number} for number in range(12)]
        steps.append({"month": 1, "event": "shock", "organisation": 3, "other": 1, "detail": "breach"})
        steps.append({"month": 2, "event": "role_vacated", "organisation": 0, "detail": "plan"})
        steps.append({"month": 2, "event": "role_changed", "organisation": 5, "detail": "plan"})
        steps.append({"month": run.duration, "event": "ended", "detail": f"{run.ending} {run.cause}".strip()})
        rows += [key | blank | step for step in steps]
    return pd.DataFrame(rows)


def make_sweep(
    values: tuple[float, ...] = (0.0, 0.5, 1.0),
    seconds: tuple[float, ...] = (),
    labels: tuple[str, ...] = ("all",),
    replicates: int = 20,
) -> pd.DataFrame:
    """Factorial sweep of ``backbone.spacing`` (and ``population.divergence``) in the same worlds at every point."""
    parts = []
    for x in values:
        for y in seconds or (np.nan,):
            runs = make_runs(labels, replicates, 60)
            shorter = np.maximum(1, np.round(runs["duration"] * (1 - 0.6 * x) * (1 if np.isnan(y) else 1 - 0.2 * y)))
            cut = shorter < runs["duration"]
            runs["ending"] = np.where(cut, "failed", runs["ending"])
            runs["cause"] = np.where(cut, "conflict", runs["cause"])
            runs["event_observed"] = runs["event_observed"] | cut
            runs["duration"] = shorter.astype(int)
            runs.insert(5, "backbone.spacing", x)
            if seconds:
                runs.insert(6, "population.divergence", y)
            parts.append(runs.assign(point=len(parts)))
    return pd.concat(parts, ignore_index=True)
