"""Results that the tests of this folder share."""

import pandas as pd
import pytest

from tests.analysis.made_up import make_members, make_runs, make_trajectories


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
