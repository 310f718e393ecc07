"""What every test shares: strict floating point, drawings without a screen, and the place of the checkout."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def strict_floating_point() -> Iterator[None]:
    """Turn a division by zero, an overflow or an invalid operation into an error, in every test."""
    with np.errstate(all="raise", under="ignore"):
        yield


@pytest.fixture(scope="session", autouse=True)
def coarse_figures() -> Iterator[None]:
    """Write figures with fewer dots than users get, in every test that does not ask for all: it takes half the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cisim.figures.save.DOTS_PER_INCH", 80)
        yield


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the folder that holds pyproject.toml."""
    return Path(__file__).resolve().parents[1]
