"""Sobol's indices of first, second and total order from Saltelli's design."""

import numpy as np

from cisim.questions.sensitivity.layout import DUMMY, Floats, Layout
from cisim.questions.sensitivity.worlds import over_pairs, ratio

FIRST, TOTAL, SECOND = "S1", "ST", "S2"


def sobol(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Shares of the variance of the expected outcome.

    Parameters
    ----------
    layout : Layout
        Rows A, AB_1 ... AB_k, (with second order) BA_1 ... BA_k, B of each base point.
    values : ndarray, shape (n_units, n_rows, n_worlds)
        Outcomes.

    Returns
    -------
    dict of str to ndarray
        ``S1`` and ``ST`` of shape (k,), with second order ``S2`` of shape (k, k), NaN on and below the diagonal.

    Notes
    -----
    First order after Saltelli et al. 2010, total order after Jansen 1999, second order after Saltelli 2002, as in
    SALib, each over pairs of different worlds.

    References
    ----------
    Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola 2010, Computer Physics Communications 181:259; Saltelli
    2002, Computer Physics Communications 145:280.
    """
    k = len(layout.names)
    centred = values - values.mean(axis=(0, 1))
    variance = over_pairs(lambda y: y[:, [0, -1]].var(axis=(0, 1)), centred)
    found = {
        FIRST: ratio(over_pairs(lambda y: _mean(y[:, -1:] * (y[:, 1 : k + 1] - y[:, :1])), centred), variance),
        TOTAL: ratio(over_pairs(lambda y: _mean((y[:, :1] - y[:, 1 : k + 1]) ** 2) / 2.0, centred), variance),
    }
    if layout.n_rows == 2 * k + 2:
        closed = ratio(over_pairs(_closed, centred), variance)
        second = closed - found[FIRST][:, None] - found[FIRST]
        found[SECOND] = np.where(np.triu(np.ones((k, k), dtype=bool), 1), second, np.nan)
    return found


def _mean(rows: Floats) -> Floats:
    return np.asarray(rows.mean(axis=0))


def _closed(y: Floats) -> Floats:
    """Variance that each two parameters explain together, unscaled; shape (k, k, m)."""
    k = (y.shape[1] - 2) // 2
    ab, ba = y[:, 1 : k + 1].transpose(2, 0, 1), y[:, k + 1 : 2 * k + 1].transpose(2, 1, 0)
    together = (ba @ ab / len(y)).transpose(1, 2, 0)
    return np.asarray(together - _mean(y[:, 0] * y[:, -1]))


def with_dummy(layout: Layout, values: Floats, change: Floats) -> tuple[Layout, Floats]:
    """Add a parameter that changes nothing but the worlds that a row is run in."""
    k = len(layout.names)
    shares = np.concatenate([layout.shares, layout.shares[..., :1]], axis=-1)
    last, other = values[:, :1] + change[:, :1], values[:, -1:] + change[:, -1:]
    parts, rows = [values[:, : k + 1], last], [shares[:, : k + 1], shares[:, :1]]
    if layout.n_rows == 2 * k + 2:
        parts += [values[:, k + 1 : 2 * k + 1], other]
        rows += [shares[:, k + 1 : 2 * k + 1], shares[:, -1:]]
    made = layout.named((*layout.names, DUMMY), np.concatenate([*rows, shares[:, -1:]], axis=1))
    return made, np.concatenate([*parts, values[:, -1:]], axis=1)
