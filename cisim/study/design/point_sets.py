"""Points of a design: every combination, one factor at a time, Latin hypercube, Sobol sequence."""

from collections.abc import Callable, Mapping, Sequence
from math import prod

import numpy as np
from scipy.stats import qmc

from cisim.errors import InputError
from cisim.parameters import Parameters, get
from cisim.study.design.design_points import Design, cases, check_size, repeated
from cisim.study.design.factor import SCENARIO, Column, Factor, as_column


def factorial(factors: Sequence[Factor]) -> Design:
    """Every combination of the levels, the last factor changing fastest.

    More levels give a design that contains the smaller one's points, in another order.

    Raises
    ------
    InputError
        If a factor is an interval, or there are too many combinations.
    """
    return Design("factorial", cross(factors))


def cross(factors: Sequence[Factor]) -> dict[str, Column]:
    """Columns of every combination of the levels of `factors` (see `factorial`)."""
    for factor in factors:
        if factor.is_interval:
            raise InputError(
                f"{factor.name}=interval({factor.low},{factor.high}) has no levels to combine; "
                "give values or range(), or design=sobol, lhs or oat"
            )
    sizes = [len(factor.values) for factor in factors]
    check_size(prod(sizes), len(sizes))
    places = np.unravel_index(np.arange(prod(sizes)), sizes)
    return {f.name: as_column(f.name, f.values)[place] for f, place in zip(factors, places, strict=True)}


def one_at_a_time(factors: Sequence[Factor], samples: int, base: Mapping[str, Parameters]) -> Design:
    """One factor at a time around the case as it is.

    Point 0 is the case itself; then come the values of each factor in turn, the others as in the case. A value that
    the case itself has is not repeated. Where ``scenario`` is a factor, this is done for each scenario in turn.

    Parameters
    ----------
    factors : sequence of Factor
        What to vary; at least one parameter.
    samples : int
        Values of each interval, at least 2, at equal steps of its distribution from end to end (whole numbers are
        rounded). 2 * samples - 1 give a design that contains this one's points.
    base : mapping of str to Parameters
        Each scenario as it is; the only one where ``scenario`` is no factor.
    """
    if samples < 2:
        raise InputError(f"samples={samples} is too few for design=oat; give 2 or more, the ends of each interval")
    varied = [factor for factor in factors if factor.name != SCENARIO]
    if not varied:
        raise InputError("design=oat varies no parameter; name at least one, or take design=factorial")
    chosen = [str(value) for factor in factors if factor.name == SCENARIO for value in factor.values]
    most = 1 + sum(factor.n_spaced(samples) for factor in varied)
    check_size(most * max(1, len(chosen)), len(varied))
    levels = {factor.name: factor.spaced(samples).tolist() for factor in varied}
    stars = [_star(levels, base[scenario]) for scenario in cases(chosen, base)]
    columns = {name: as_column(name, [value for star in stars for value in star[name]]) for name in levels}
    if chosen:
        places = np.repeat(np.arange(len(chosen)), [len(star[varied[0].name]) for star in stars])
        columns = {SCENARIO: as_column(SCENARIO, chosen)[places], **columns}
    return Design("oat", columns)


def _star(levels: Mapping[str, Sequence[float | str]], params: Parameters) -> dict[str, list[float | str]]:
    """Points around one case, itself first, by column."""
    centre = {name: get(params, name) for name in levels}
    moves = {name: [value for value in values if value != centre[name]] for name, values in levels.items()}
    columns = {name: [centre[name]] * (1 + sum(map(len, moves.values()))) for name in levels}
    first = 1
    for name, moved in moves.items():
        columns[name][first : first + len(moved)] = moved
        first += len(moved)
    return columns


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
    check_size(samples, len(factors))
    cube = shares(samples, len(factors))
    columns = {factor.name: factor.at(cube[:, j]) for j, factor in enumerate(factors)}
    again = repeated(columns)
    if again.any():
        columns = {name: column[~again] for name, column in columns.items()}
        notes = (*notes, f"{again.sum()} of {samples} points repeat others and are left out")
    return Design(kind, columns, notes)
