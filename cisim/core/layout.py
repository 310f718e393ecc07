"""How parameters and state lie in memory: one record of parameters, records of members, ties and the coalition."""

from functools import lru_cache
from typing import Any

import numpy as np

from cisim.parameters.registry import REGISTRY, Parameters, get

#: A NumPy record as compiled code sees it: attributes are its fields.
Record = Any


def _field(name: str) -> str:
    return name.replace(".", "_")


def _dtype(default: float | str) -> str:
    return "f8" if isinstance(default, float) else "i8"


#: One field for each parameter, ``backbone.gazing`` as ``backbone_gazing``; categories are their place in the choices.
PARAMETERS = np.dtype([(_field(name), _dtype(p.default)) for name, p in REGISTRY.items()])


@lru_cache(maxsize=256)
def encode(params: Parameters) -> Record:
    """Record of all parameters, for compiled functions.

    Parameters
    ----------
    params : Parameters
        Validated parameters.

    Returns
    -------
    numpy.record
        Of dtype `PARAMETERS`.
    """
    table = np.zeros(1, dtype=PARAMETERS)
    for name, declared in REGISTRY.items():
        value = get(params, name)
        table[_field(name)] = declared.choices.index(str(value)) if declared.choices else value
    return table[0]


def _floats(*names: str) -> list[tuple[str, str]]:
    return [(name, "f8") for name in names]


def _whole(*names: str) -> list[tuple[str, str]]:
    return [(name, "i8") for name in names]
