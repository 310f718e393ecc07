"""States of the world that a case may be in: an ensemble, ranges of parameters, or both."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.errors import InputError
from cisim.study.design import Factor
from cisim.study.design.sampling import latin_shares
from cisim.study.ensemble import Ensemble

#: Fewest states that a range is worth.
FEWEST = 8


def draw_states(ensemble: Ensemble | None, factors: Sequence[Factor], samples: int, seed: int) -> Ensemble:
    """Draw states of the world: the members of the ensemble, or points of the ranges, alike ones once.

    Parameters
    ----------
    ensemble : Ensemble or None
        What is not known otherwise.
    factors : sequence of Factor
        Parameters with ranges; a Latin hypercube spreads over them, and each state takes the parameters left over from
        a member, members by their weights (systematic resampling, Kitagawa 1996, J. Comput. Graph. Stat. 5:1).
    samples : int
        States, where there are ranges.
    seed : int
        Of the hypercube and of the order of members.

    Raises
    ------
    InputError
        If nothing is uncertain, or there are too few states.
    """
    if not factors:
        if ensemble is None:
            raise InputError("nothing is uncertain here; give posterior=true, parameters=, or ranges")
        return ensemble
    if samples < FEWEST:
        raise InputError(f"samples={samples} is too few; give {FEWEST} or more")
    shares = latin_shares(samples, len(factors), seed)
    columns = {factor.name: factor.at(shares[:, j]) for j, factor in enumerate(factors)}
    name = "ranges"
    if ensemble is not None:
        rng = np.random.default_rng(seed)
        at = (np.arange(samples) + rng.random()) / samples
        member = rng.permutation(
            np.minimum(np.searchsorted(np.cumsum(ensemble.weights), at), len(ensemble.weights) - 1)
        )
        columns = {n: column[member] for n, column in ensemble.parameters.items() if n not in columns} | columns
        name = f"{ensemble.name} and ranges"
    table = pd.DataFrame(columns)
    times = table.groupby(list(columns), sort=False).size().to_numpy()
    first = ~table.duplicated().to_numpy()
    return Ensemble(name, times / samples, {n: column[first] for n, column in columns.items()})
