"""SALib kept to itself: it seeds NumPy's global generator and changes how warnings are shown."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np


@contextmanager
def isolated() -> Iterator[None]:
    """Leave NumPy's global generator and the warnings as they were, whatever is called inside.

    ``SALib.analyze.delta.analyze(seed=...)`` resets the generator, ``pawn`` too, and ``seed=0`` counts as no seed for
    both and for ``sobol``. `delta` also replaces ``warnings.formatwarning``.
    """
    state = np.random.get_state()  # noqa: NPY002
    shown = warnings.formatwarning
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        np.random.set_state(state)  # noqa: NPY002
        warnings.formatwarning = shown
