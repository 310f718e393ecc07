"""What decides the last bits of a number: elementary functions, linear algebra, and versions of packages.

The C library, NumPy and the linear algebra choose their code by what the processor can do, and these codes round
differently. Results are the same to the last bit only where the whole signature is.
"""

import hashlib
import importlib.metadata
import math
from functools import cache

import numba
import numpy as np
import scipy.linalg
from numpy.typing import NDArray

#: Packages whose version may change a number or the bytes of a file.
PACKAGES = (
    *("lifelines", "mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "PyYAML", "rich", "SALib"),
    *("scikit-learn", "scipy"),
)

#: Arguments of every elementary function.
ARGUMENTS = 20_000


@cache
def signature() -> dict[str, str]:
    """Return digests of functions of this platform by their library, and versions by package."""
    digests = {"libm": libm(), "ufuncs": ufuncs(), "linear algebra": linear_algebra()}
    return digests | {name: importlib.metadata.version(name) for name in PACKAGES}


@cache
def libm() -> str:
    """Return the digest of the elementary functions that compiled code of the model calls."""
    values = np.empty((7, ARGUMENTS))
    elementary(arguments(), values)
    return sha256(values)


@numba.njit(error_model="numpy")
def elementary(x: NDArray[np.float64], values: NDArray[np.float64]) -> None:
    """Fill `values`, shape (7, n), with functions of `x`, shape (n,)."""
    for i in range(len(x)):
        size = abs(x[i])
        values[0, i] = math.exp(x[i])
        values[1, i] = math.expm1(x[i])
        values[2, i] = math.tanh(x[i])
        values[3, i] = math.log(size)
        values[4, i] = math.log1p(size)
        values[5, i] = math.pow(size, 0.46)
        values[6, i] = math.pow(size, x[i] / 9.0)


def ufuncs() -> str:
    """Return the digest of functions that NumPy computes on whole arrays."""
    x = arguments()
    size = np.abs(x)
    return sha256(
        np.array([np.exp(x), np.tanh(x), np.sin(x), np.cos(x), np.log(size), np.log2(size), size**0.46, np.sqrt(size)])
    )


def linear_algebra() -> str:
    """Return the digest of a product, solutions and eigenvectors of matrices of fixed numbers."""
    matrix = arguments()[:1200].reshape(60, 20)
    square = matrix.T @ matrix + np.eye(20)
    solved = np.linalg.solve(square, matrix.T)
    factor = scipy.linalg.cholesky(square)
    return sha256(np.concatenate([square, solved.T, factor, np.linalg.eigh(square).eigenvectors]))


def arguments() -> NDArray[np.float64]:
    """Return numbers between -20 and 20 that are spread evenly and have all their digits."""
    steps = np.arange(1, ARGUMENTS + 1) * ((math.sqrt(5.0) - 1.0) / 2.0)
    return 40.0 * (steps - np.floor(steps)) - 20.0


def sha256(values: NDArray[np.float64]) -> str:
    """SHA-256 of the bits of an array in hexadecimal digits."""
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()
