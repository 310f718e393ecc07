"""Random draws as a pure function of (seed, replicate, community, entity, month, purpose).

Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3") turns a counter made of
the keys into four words of 32 bits; two make a uniform, two a normal by the inverse distribution function (Wichura
1988, AS 241, PPND16). Nothing is stored, so no result depends on order, engine, threads or machines.
"""

import math

import numpy as np

from cisim.core.jit import rule

#: Four words of 32 bits.
Words = tuple[np.uint64, np.uint64, np.uint64, np.uint64]

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MULTIPLIER_0, _MULTIPLIER_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_SIXTEEN, _FIVE, _SIX = np.uint64(16), np.uint64(5), np.uint64(6)


@rule
def philox(c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64) -> Words:
    """Ten rounds of Philox4x32 on counter (c0..c3) and key (k0, k1), all uint64 holding 32 bits."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> _HALF) ^ c1 ^ k0,
            product_1 & _LOW,
            (product_0 >> _HALF) ^ c3 ^ k1,
            product_0 & _LOW,
        )
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@rule
def _block(seed: int, replicate: int, community: int, entity: int, month: int, purpose: int) -> Words:
    """Four random words for the keys (integers; month and purpose below 2**16, seed below 2**63)."""
    key = np.uint64(seed)
    return philox(
        np.uint64(entity) & _LOW,
        np.uint64(month) | (np.uint64(purpose) << _SIXTEEN),
        np.uint64(replicate) & _LOW,
        np.uint64(community) & _LOW,
        key & _LOW,
        key >> _HALF,
    )


@rule
def _unit(high: np.uint64, low: np.uint64) -> float:
    """Make a number in (0, 1) from two words: 53 bits, in the middle of its cell."""
    return (float(high >> _FIVE) * 67108864.0 + float(low >> _SIX) + 0.5) / 9007199254740992.0


@rule
def uniform(seed: int, replicate: int, community: int, entity: int, month: int, purpose: int) -> float:
    """Draw a uniform number in the open interval (0, 1)."""
    w0, w1, _, _ = _block(seed, replicate, community, entity, month, purpose)
    return _unit(w0, w1)


@rule
def second_uniform(seed: int, replicate: int, community: int, entity: int, month: int, purpose: int) -> float:
    """Draw the uniform number that the normal with these keys is the quantile of."""
    _, _, w2, w3 = _block(seed, replicate, community, entity, month, purpose)
    return _unit(w2, w3)


@rule
def normal(seed: int, replicate: int, community: int, entity: int, month: int, purpose: int) -> float:
    """Draw a standard normal number, independent of the uniform with the same keys."""
    return inverse_normal(second_uniform(seed, replicate, community, entity, month, purpose))


@rule
def uniform_and_normal(
    seed: int, replicate: int, community: int, entity: int, month: int, purpose: int
) -> tuple[float, float]:
    """Both numbers of one block: the uniform and the normal with these keys."""
    w0, w1, w2, w3 = _block(seed, replicate, community, entity, month, purpose)
    return _unit(w0, w1), inverse_normal(_unit(w2, w3))


# Coefficients of AS 241 (Wichura 1988, Applied Statistics 37, 477-484), highest power first.
_A = (
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
    13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
)  # fmt: skip
_B = (
    5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
    5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0,
)  # fmt: skip
_C = (
    7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
    3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
)  # fmt: skip
_D = (
    1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
    0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0,
)  # fmt: skip
_E = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
    0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
)  # fmt: skip
_F = (
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
    0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0,
)  # fmt: skip


@rule
def _ratio(top: tuple[float, ...], bottom: tuple[float, ...], x: float) -> float:
    """Ratio of two polynomials in `x` by Horner's scheme."""
    numerator = 0.0
    denominator = 0.0
    for i in range(8):
        numerator = numerator * x + top[i]
        denominator = denominator * x + bottom[i]
    return numerator / denominator


@rule
def inverse_normal(p: float) -> float:
    """Quantile of the standard normal at `p` in (0, 1), to about 1e-16 (AS 241)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(_A, _B, 0.180625 - q * q)
    r = math.sqrt(-math.log(p if q < 0.0 else 1.0 - p))
    value = _ratio(_C, _D, r - 1.6) if r <= 5.0 else _ratio(_E, _F, r - 5.0)
    return -value if q < 0.0 else value
