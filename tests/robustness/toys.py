"""Runs under disturbances whose effects can be computed by hand."""

import numpy as np
import pandas as pd

from cisim.questions.robustness.layout import Exposure, Layout
from cisim.questions.robustness.lives import read_lives
from cisim.questions.robustness.tables import robustness_tables

EXPOSURES = (
    Exposure("", "", 0, 0.0, 0),
    Exposure("once", "external", 13, 1.0, 0),
    Exposure("standing", "relational", 0, 0.0, 2),
    Exposure("standing", "relational", 0, 0.3, 2),
)


def layout(labels: tuple[str, ...] = ("none",), weights: tuple[float, ...] = (1.0,)) -> Layout:
    n = len(labels) * len(EXPOSURES)
    return Layout(labels=labels, exposures=EXPOSURES, place=np.arange(n), weights=np.array(weights), tau=100, within=24)


def runs_of(durations: list[list[int]], tau: int = 100) -> pd.DataFrame:
    """Runs by point and replicate; those that last to tau are censored, others fail."""
    rows = [
        {"point": point, "replicate": r, "duration": d, "ending": "censored" if d == tau else "failed", "status": "ok"}
        for point, row in enumerate(durations)
        for r, d in enumerate(row)
    ]
    return pd.DataFrame(rows)


def tables_of(durations: list[list[int]], plan: Layout) -> dict[str, pd.DataFrame]:
    lives = read_lives(runs_of(durations), plan.n_settings, len(plan.weights), plan.tau)
    return robustness_tables(lives, plan, {})


ONE_ARM = [[5, 30, 60, 100], [5, 20, 60, 90], [5, 40, 80, 100], [5, 20, 40, 100]]
