"""Tables of advice and of discovery, small."""

import numpy as np
import pandas as pd

from cisim.questions.advise.compute import rank_options


def advice() -> pd.DataFrame:
    free = 100 + 30 * np.random.default_rng(1).random((3, 4, 8))
    choices = [f"all three strategies, contracts of {months} months, period 24" for months in (12, 36, 60)]
    return pd.DataFrame({"choice": choices, "tau": 240}).join(rank_options(free, np.full(4, 0.25), 240.0))


def limits() -> pd.DataFrame:
    ends = {"low": [0.3, np.nan], "high": [np.nan, 0.9], "lowest": 0.0, "highest": 1.6}
    names = {"strategies": "all", "box": "1", "parameter": ["population.divergence", "shocks.internal_rate"]}
    return pd.DataFrame({**names, "categories": "", **ends})
