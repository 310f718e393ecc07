"""Shares of the variance of the expected outcome: Sobol's indices, extended FAST and random balance, and HDMR."""

import warnings
from itertools import combinations
from typing import Any

import numpy as np
from SALib.analyze.rbd_fast import permute_outputs, unskew_S1
from scipy.signal import periodogram
from threadpoolctl import threadpool_limits

from cisim.questions.sensitivity.units_and_worlds import DUMMY, Floats, UnitLayout, group_means, over_pairs, ratio

FIRST, TOTAL, SECOND = "S1", "ST", "S2"

#: Harmonics that are summed, as SALib has them.
HARMONICS_FAST, HARMONICS_RBD = 4, 10

#: Fewest points of HDMR that SALib takes, and fewest of which halves can be taken.
FEWEST_HDMR, FEWEST_HDMR_HALVED = 300, 600

#: Halves for the intervals of HDMR: a standard error by 40 is itself right to a ninth.
HALVES_HDMR = 40

#: Intervals of the splines of HDMR; the two that SALib has cannot follow a response that bends three times.
INTERVALS_HDMR = 4


def sobol_indices(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return shares of the variance of the expected outcome, by Saltelli's design.

    Parameters
    ----------
    layout : UnitLayout
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


def sobol_with_dummy(layout: UnitLayout, values: Floats, change: Floats) -> tuple[UnitLayout, Floats]:
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


def sobol_without_pairs(layout: UnitLayout, values: Floats) -> tuple[UnitLayout, Floats]:
    """Leave out the rows BA_1 ... BA_k."""
    k = len(layout.names)
    if layout.n_rows == k + 2:
        return layout, values
    rows = [*range(k + 1), layout.n_rows - 1]
    return layout.named(layout.names, layout.shares[:, rows]), values[:, rows]


def fast_indices(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return the indices of extended FAST, averaged over search curves with phases of their own.

    Parameters
    ----------
    layout : UnitLayout
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


def rbd_fast_indices(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return first order indices from any sample, by the spectrum of the outcome along each parameter.

    Parameters
    ----------
    layout : UnitLayout
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
    """Return the power in the first harmonics, and in all; shape (2, m)."""
    power = periodogram(y, axis=0)[1][1:]
    return np.stack([power[:HARMONICS_RBD].sum(axis=0), power.sum(axis=0)])


def hdmr_indices(layout: UnitLayout, values: Floats) -> dict[str, Floats]:
    """Return shares of the variance of the expected outcome, by SALib's random sampling HDMR.

    Parameters
    ----------
    layout : UnitLayout
        Points, one a unit; ``pairs`` adds components of two parameters.
    values : ndarray, shape (n_units, 1, n_worlds)
        Outcomes.

    Returns
    -------
    dict of str to ndarray
        ``S1`` of shape (k,), and with pairs ``S2`` of shape (k, k), NaN on and below the diagonal, and ``ST``, the sum
        of ``S1`` and all ``S2`` of a parameter. NaN below 300 points.

    Notes
    -----
    Components are fitted to the mean over one half of the worlds, and their covariance is taken with the mean over the
    other half, each way, so that chance adds nothing to indices (Li et al. 2010, eq. 19, over pairs of worlds). The
    outcome is scaled first, since SALib ends its backfitting at a change of 0.001 in the outcome's own units.

    References
    ----------
    Rabitz & Alis 1999, Journal of Mathematical Chemistry 25:197; Li et al. 2010, Journal of Physical Chemistry A
    114:6022.
    """
    k, halves = len(layout.names), group_means(values[:, 0], 2)
    halves = (halves - halves.mean(axis=0)) / max(float(halves.std()), 1e-12)
    first, last = halves[:, 0], halves[:, -1]
    shares = np.full(k + layout.pairs * (k * (k - 1) // 2), np.nan)
    if layout.n_units >= FEWEST_HDMR:
        of_first, of_last = (_components(layout.shares[:, 0], half, layout.pairs) for half in (first, last))
        together = (of_first.T @ last + of_last.T @ first) / (2 * layout.n_units)
        shares = ratio(together, float(first @ last) / layout.n_units)
    if not layout.pairs:
        return {FIRST: shares}
    second = np.full((k, k), np.nan)
    second[tuple(np.array(list(combinations(range(k), 2))).T)] = shares[k:]
    total = shares[:k] + np.nansum(second, axis=0) + np.nansum(second, axis=1)
    return {FIRST: shares[:k], TOTAL: total, SECOND: second}


def _components(shares: Floats, outcome: Floats, pairs: bool) -> Floats:
    """Return the fitted part of each parameter, then of each pair, at every point; shape (n, terms)."""
    from SALib.analyze import hdmr as salib  # which loads matplotlib

    problem = {"num_vars": shares.shape[1], "names": [f"x{i}" for i in range(shares.shape[1])]}
    with warnings.catch_warnings(), threadpool_limits(1, "blas"):  # threads cost more than these small matrices do
        warnings.simplefilter("ignore", DeprecationWarning)  # for a method that takes hours with twenty parameters
        found = salib.analyze(
            problem, shares, outcome, maxorder=1 + pairs, m=INTERVALS_HDMR, K=1
        )  # one sample: nothing is drawn
    fitted = np.asarray(found["Y_em"])
    return np.asarray(fitted - fitted.mean(axis=0))
