"""First and total order indices out of the spectrum of the outcome: extended FAST, and random balance designs."""

from typing import Any

import numpy as np
from SALib.analyze.rbd_fast import permute_outputs, unskew_S1
from scipy.signal import periodogram

from cisim.questions.sensitivity.layout import Floats, Layout
from cisim.questions.sensitivity.saltelli import FIRST, TOTAL
from cisim.questions.sensitivity.worlds import over_pairs, ratio

#: Harmonics that are summed, as SALib has them.
HARMONICS_FAST, HARMONICS_RBD = 4, 10


def fast(layout: Layout, values: Floats) -> dict[str, Floats]:
    """Give the indices of extended FAST, averaged over search curves with phases of their own.

    Parameters
    ----------
    layout : Layout
        Each unit holds k curves of the same length, one for each parameter.
    values : ndarray, shape (n_units, k * length, n_worlds)
        Outcomes.

    Returns
    -------
    dict of str to ndarray of shape (k,)
        ``S1`` and ``ST``.

    Notes
    -----
    The bootstrap within a curve that SALib offers is unsound, as its own warning says: the curves here are the
    resampling units, as in the paper.

    References
    ----------
    Saltelli, Tarantola & Chan 1999, Technometrics 41:39.
    """
    k = len(layout.names)
    length = layout.n_rows // k
    curves = values.reshape(layout.n_units, k, length, -1)
    omega = (length - 1) // (2 * HARMONICS_FAST)
    own = np.arange(1, HARMONICS_FAST + 1) * omega - 1
    half = (length + 1) // 2

    def power(places: Any) -> Floats:
        def summed(y: Floats) -> Floats:
            spectrum = np.abs(np.fft.rfft(y, axis=2)[:, :, 1:half]) ** 2
            return np.asarray(spectrum[:, :, places].sum(axis=2).mean(axis=0))

        return over_pairs(summed, curves - curves.mean(axis=2, keepdims=True))

    whole = power(slice(None))
    return {FIRST: ratio(power(own), whole), TOTAL: 1.0 - ratio(power(slice(0, omega // 2)), whole)}


def rbd_fast(layout: Layout, values: Floats) -> dict[str, Floats]:
    """First order indices from any sample, by the spectrum of the outcome along each parameter.

    Parameters
    ----------
    layout : Layout
        Points, one a unit.
    values : ndarray, shape (n_units, 1, n_worlds)
        Outcomes.

    Returns
    -------
    dict of str to ndarray of shape (k,)
        ``S1``, its bias taken off (Tissot & Prieur 2012).

    References
    ----------
    Tarantola, Gatelli & Mara 2006, Reliability Engineering & System Safety 91:717; Plischke 2010, the same 95:354;
    Tissot & Prieur 2012, the same 107:205.
    """
    outcome = values[:, 0]

    def shares(column: Floats) -> tuple[Floats, Floats]:
        ordered = permute_outputs(column, outcome)
        both = over_pairs(_powers, ordered)
        return both[0], both[1]

    found = [shares(column) for column in layout.shares[:, 0].T]
    raw = np.array([float(ratio(own, whole)) for own, whole in found])
    return {FIRST: np.asarray(unskew_S1(raw, HARMONICS_RBD, len(outcome)))}


def _powers(y: Floats) -> Floats:
    """Power in the first harmonics, and in all; shape (2, m)."""
    power = periodogram(y, axis=0)[1][1:]
    return np.stack([power[:HARMONICS_RBD].sum(axis=0), power.sum(axis=0)])
