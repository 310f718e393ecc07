"""Runs under disturbances whose effects can be computed by hand."""

import numpy as np
import pandas as pd

from cisim.questions.robustness.compute import read_lives
from cisim.questions.robustness.exposures import Exposure, Stress
from cisim.questions.robustness.tables import robustness_tables

EXPOSURES = (
    Exposure("", "", 0, 0.0, 0),
    Exposure("once", "external", 13, 1.0, 0),
    Exposure("standing", "relational", 0, 0.0, 2),
    Exposure("standing", "relational", 0, 0.3, 2),
)


def stress_of(labels: tuple[str, ...] = ("none",)) -> Stress:
    place = np.arange(len(labels) * len(EXPOSURES))
    return Stress(labels=labels, states=(), within=24, band=0.05, tau=100, exposures=EXPOSURES, place=place)


def runs_of(durations: list[list[int]], tau: int = 100) -> pd.DataFrame:
    """Runs by point and replicate; those that last to tau are censored, others fail."""
    rows = [
        {"point": point, "replicate": r, "duration": d, "ending": "censored" if d == tau else "failed", "status": "ok"}
        for point, row in enumerate(durations)
        for r, d in enumerate(row)
    ]
    return pd.DataFrame(rows)


def tables_of(
    durations: list[list[int]], labels: tuple[str, ...] = ("none",), weights: tuple[float, ...] = (1.0,)
) -> dict[str, pd.DataFrame]:
    stress = stress_of(labels)
    lives = read_lives(runs_of(durations), stress.n_settings, len(weights), stress.tau)
    return robustness_tables(lives, stress, np.array(weights), {})


ONE_ARM = [[5, 30, 60, 100], [5, 20, 60, 90], [5, 40, 80, 100], [5, 20, 40, 100]]
