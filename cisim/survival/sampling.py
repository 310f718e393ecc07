"""The worlds that runs share, and a draw of whole worlds from a table too large to fit at once."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Seed of the draw, so that the same table gives the same sample.
SEED = 0


def read_worlds(table: pd.DataFrame) -> NDArray[np.int64]:
    """Return the number of each row's world, shape (n,).

    Rows of the same seed and replicate share one; without a column replicate each row has its own, and counts as
    independent of the others.
    """
    if "replicate" not in table:
        return np.arange(len(table))
    return _numbers(table, ["seed", "replicate"])


def draw_rows(table: pd.DataFrame, most_rows: int) -> tuple[pd.DataFrame, list[str]]:
    """Draw whole worlds, or whole design points where these are more, so that runs stay paired.

    Parameters
    ----------
    table : DataFrame
        Runs, with the columns replicate, seed, point and strategies as far as there are.
    most_rows : int
        Rows wanted at most.

    Returns
    -------
    DataFrame, list of str
        The rows drawn, in their order, and a sentence that says so; all rows and nothing where they are few enough.
    """
    if len(table) <= most_rows:
        return table, []
    kinds = {"worlds": read_worlds(table), "design points": _numbers(table, ["point", "strategies"])}
    name, blocks = max(kinds.items(), key=lambda item: int(item[1].max()))
    sizes = np.bincount(blocks)
    order = np.random.default_rng(SEED).permutation(sizes.size)
    chosen = order[np.cumsum(sizes[order]) <= most_rows]
    sample = table[np.isin(blocks, chosen)].reset_index(drop=True)
    drawn = f"{chosen.size} of {sizes.size} {name}, drawn at random, always the same"
    return sample, [f"fitted on {len(sample)} of {len(table)} rows ({drawn})"]


def _numbers(table: pd.DataFrame, names: list[str]) -> NDArray[np.int64]:
    """Return the number of each row's combination of those columns that there are, shape (n,)."""
    keys = [name for name in names if name in table]
    if not keys:
        return np.zeros(len(table), dtype=np.int64)
    return table.groupby(keys, sort=False, dropna=False).ngroup().to_numpy().astype(np.int64)
