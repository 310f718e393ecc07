"""All points of a design as records of parameters for the compiled engine, column by column."""

from collections.abc import Mapping

import numpy as np

from cisim.core.layout import PARAMETERS, code_of, encode, field_of
from cisim.parameters import REGISTRY, Parameters
from cisim.study.design.design_points import Design, split
from cisim.study.design.factor import Column


def encode_design(design: Design, base: Mapping[str, Parameters], points: range | None = None) -> Column:
    """Return records of parameters, one for each point: what `cisim.core.layout.encode` gives for each alone.

    Parameters
    ----------
    design : Design
        Its points, which fit together (`check_points`).
    base : mapping of str to Parameters
        The scenarios of the design, or the one in use if it keeps to one.
    points : range, optional
        The points wanted, a record being about 1.6 kB; all if None.

    Returns
    -------
    ndarray of dtype `PARAMETERS`, shape (n,)
        In the order of `points`.
    """
    wanted = np.arange(design.n_points) if points is None else np.asarray(points, dtype=np.int64)
    table = np.zeros(len(wanted), dtype=PARAMETERS)
    for scenario, places in split(design, base, wanted):
        table[places] = encode(base[scenario])
    for name in design.parameters:
        table[field_of(name)] = _codes(name, design.columns[name][wanted])
    return table


def _codes(name: str, column: Column) -> Column:
    """Numbers that stand for the values of a column."""
    declared = REGISTRY[name]
    if not declared.choices:
        return column
    codes = {choice: code_of(declared, choice) for choice in declared.choices}
    return np.array([codes[value] for value in column.tolist()], dtype=np.int64)
