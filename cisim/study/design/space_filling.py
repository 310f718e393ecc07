"""Designs that are drawn: Latin hypercube and Sobol sequence, each of which contains its smaller ones."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.stats import qmc

from cisim.errors import InputError
from cisim.study.design.design_points import Design, check_size, repeated
from cisim.study.design.factor import Column, Factor

#: Steps of a stratum in which a point can lie; few enough for the stratum to be read off the point exactly.
STEPS = 2**32


def latin_hypercube(factors: Sequence[Factor], samples: int, seed: int) -> Design:
    """Latin hypercube: in each factor, every one of `samples` strata of equal probability holds one point [1]_.

    The design of 2n points begins with that of n [2]_: it halves the strata and puts its new points into the free
    halves. So 100 nests in 200 and 400, and not in 150. Levels are strata of equal probability too.

    Parameters
    ----------
    factors : sequence of Factor
        What to vary.
    samples : int
        Number of points, at least 1, before those that repeat others are left out.
    seed : int
        0 to 2**63 - 1.

    References
    ----------
    .. [1] McKay, Beckman & Conover (1979), Technometrics 21, 239-245.
    .. [2] Sallaberry, Helton & Hora (2008), Reliability Engineering & System Safety 93, 1047-1059.
    """
    return _draw("lhs", factors, samples, lambda n, d: latin_shares(n, d, seed))


def latin_shares(n: int, d: int, seed: int) -> Column:
    """Latin hypercube of `n` points in the unit cube of `d` dimensions; shape (n, d), the first n / 2 nested."""
    rng = np.random.default_rng([seed, n])
    if n % 2:
        return np.asarray(qmc.LatinHypercube(d, rng=rng).random(n))
    return _doubled(latin_shares(n // 2, d, seed), rng)


def _doubled(shares: Column, rng: np.random.Generator) -> Column:
    """Append as many points as there are, each in a half stratum that none holds yet."""
    n, d = shares.shape
    free = np.ones((2 * n, d), dtype=bool)
    free[np.minimum((shares * 2 * n).astype(np.int64), 2 * n - 1), np.arange(d)] = False
    strata = np.column_stack([rng.permutation(np.flatnonzero(free[:, j])) for j in range(d)])
    inside = (rng.integers(STEPS, size=(n, d)) + 0.5) / STEPS
    return np.vstack([shares, (strata + inside) / (2 * n)])


def sobol_points(factors: Sequence[Factor], samples: int, seed: int) -> Design:
    """Sobol sequence, scrambled with the seed [1]_: the design of any size begins with every smaller one.

    Parameters
    ----------
    factors, samples, seed
        As for `latin_hypercube`. The sequence is balanced when `samples` is a power of two; a note says so else.

    References
    ----------
    .. [1] Owen (1998), Journal of Complexity 14, 466-489; `scipy.stats.qmc.Sobol` (Joe & Kuo 2008).
    """
    power = max(samples - 1, 0).bit_length()
    uneven = f"samples={samples} is not a power of two, which a Sobol sequence needs to be balanced; "
    near = f"take {2 ** (power - 1)} or {2**power}"
    notes = () if samples < 1 or samples == 2**power else (uneven + near,)
    return _draw("sobol", factors, samples, lambda n, d: _sobol_shares(power, d, seed)[:n], notes)


def _sobol_shares(power: int, d: int, seed: int) -> Column:
    return np.asarray(qmc.Sobol(d, scramble=True, rng=np.random.default_rng(seed)).random_base2(power))


def _draw(
    kind: str,
    factors: Sequence[Factor],
    samples: int,
    shares: Callable[[int, int], Column],
    notes: tuple[str, ...] = (),
) -> Design:
    """Map points of the unit cube to values, and leave out the points that repeat earlier ones."""
    if samples < 1:
        raise InputError(f"samples={samples} is too few; give 1 or more")
    check_size(samples)
    cube = shares(samples, len(factors))
    columns = {factor.name: factor.at(cube[:, j]) for j, factor in enumerate(factors)}
    again = repeated(columns)
    if again.any():
        columns = {name: column[~again] for name, column in columns.items()}
        notes = (*notes, f"{again.sum()} of {samples} points repeat others and are left out")
    return Design(kind, columns, notes)
