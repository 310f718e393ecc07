"""What every test shares: strict floating point, drawings without a screen, and the place of the checkout."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"

import numpy as np
import pandas as pd
import pytest

from tests.survival.made_up import make_members, make_runs, make_trajectories


@pytest.fixture(autouse=True)
def strict_floating_point() -> Iterator[None]:
    """Turn a division by zero, an overflow or an invalid operation into an error, in every test."""
    with np.errstate(all="raise", under="ignore"):
        yield


@pytest.fixture(scope="session", autouse=True)
def coarse_figures() -> Iterator[None]:
    """Write figures with fewer dots than users get, in every test that does not ask for all: it takes half the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cisim.figures.entries.DOTS_PER_INCH", 80)
        yield


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the folder that holds pyproject.toml."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def runs() -> pd.DataFrame:
    """Five arms, 100 replicates, 240 months."""
    return make_runs()


@pytest.fixture(scope="session")
def trajectories(runs: pd.DataFrame) -> pd.DataFrame:
    """Monthly rows of the five arms."""
    return make_trajectories(runs)


@pytest.fixture(scope="session")
def members(runs: pd.DataFrame) -> pd.DataFrame:
    """Membership spells of the five arms."""
    return make_members(runs)
