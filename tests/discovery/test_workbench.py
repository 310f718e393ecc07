"""Boxes are those of another implementation of the patient rule induction method, up to one peel.

The reference numbers are of the EMA Workbench 2.5.3 (Kwakkel 2017, Environ. Model. Softw. 96:239), which is too heavy
to be installed for a test. They were made with NumPy 2 by::

    pip install ema_workbench==2.5.3
    from ema_workbench.analysis.prim import Prim, PRIMObjectiveFunctions
    box = Prim(points, happened, threshold=0.8, peel_alpha=0.05, mass_min=0.05,
               obj_function=PRIMObjectiveFunctions.ORIGINAL).find_box()
    path = box.peeling_trajectory
    best = (path["mass"] ** 0.5 * (path["density"] - happened.mean())).idxmax()
    box.box_lims[best], path["mass"][best], path["density"][best]

with points and happenings as below. The workbench rounds the share that a peel takes off up, this package down, so that
a box may differ by a peel: 5 % of its points.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from cisim.questions.discover.compute import box_quality, peel

N = 1500


class Published(NamedTuple):
    """Best box of the workbench: ends by parameter (infinite where it keeps the first or last point), and measures."""

    ranges: dict[str, tuple[float, float]]
    mass: float
    density: float


CORNER = Published({"g.x0": (0.59962595, np.inf), "g.x1": (-np.inf, 0.49479529)}, 0.18866667, 1.0)
BAND = Published({"g.x2": (0.30650390, 0.60041633)}, 0.28733333, 0.99767981)

Law = Callable[[pd.DataFrame], "pd.Series[bool]"]


def corner(points: pd.DataFrame) -> "pd.Series[bool]":
    return (points["g.x0"] > 0.6) & (points["g.x1"] < 0.5)


def band(points: pd.DataFrame) -> "pd.Series[bool]":
    return points["g.x2"].between(0.3, 0.6)


@pytest.mark.parametrize(("seed", "law", "published"), [(1, corner, CORNER), (2, band, BAND)])
def test_the_best_box_of_a_trajectory_is_that_of_the_workbench(seed: int, law: Law, published: Published) -> None:
    points = pd.DataFrame(np.random.default_rng(seed).random((N, 6)), columns=[f"g.x{i}" for i in range(6)])
    happened = law(points).to_numpy().astype(float)
    trajectory = list(peel(points, happened))
    best = max(trajectory, key=lambda box: box_quality(box.inside(points), happened))
    inside = best.inside(points)
    assert set(best.names) == set(published.ranges)
    for name, ends in published.ranges.items():
        assert best.ranges[name] == pytest.approx(ends, abs=0.02)
    assert inside.mean() == pytest.approx(published.mass, rel=0.05)
    assert happened[inside].mean() == pytest.approx(published.density, rel=0.05)
    quality = published.mass**0.5 * (published.density - happened.mean())
    assert box_quality(inside, happened) == pytest.approx(quality, abs=0.01)
