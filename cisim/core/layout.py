"""How parameters and state lie in memory: one record of parameters, records of members, ties and the coalition."""

from functools import lru_cache
from typing import Any

import numpy as np

from cisim.parameters.parameter import Parameter, Value
from cisim.parameters.registry import REGISTRY, Parameters, get

#: A NumPy record as compiled code sees it: attributes are its fields.
Record = Any


def _row(columns: list[tuple[Any, ...]]) -> "np.dtype[Any]":
    """Type of a record whose fields are attributes, in Python as in compiled code."""
    return np.dtype((np.record, columns))


def field_of(name: str) -> str:
    """Field of `PARAMETERS` that holds the parameter with dotted `name`."""
    return name.replace(".", "_")


def _dtype(default: float | str) -> str:
    return "f8" if isinstance(default, float) else "i8"


#: One field for each parameter, ``backbone.gazing`` as ``backbone_gazing``; categories are their place in the choices.
PARAMETERS = _row([(field_of(name), _dtype(p.default)) for name, p in REGISTRY.items()])


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
        table[field_of(name)] = code_of(declared, get(params, name))
    return table[0]


def code_of(declared: Parameter, value: Value) -> float:
    """Return the number that stands for `value`: itself, or the place of a category in the choices."""
    return declared.choices.index(str(value)) if declared.choices else float(value)


def _floats(*names: str) -> list[tuple[Any, ...]]:
    return [(name, "f8") for name in names]


def _whole(*names: str) -> list[tuple[Any, ...]]:
    return [(name, "i8") for name in names]


#: One organisation: `magnitude` is its size (NumPy keeps that name), roles are bits, `left` is 0 while it stays,
#: `cause` is its place in `records.CAUSES`.
MEMBER = _row(
    [
        *_whole("entity", "kind", "roles", "is_member", "entry", "left", "cause", "n_providers", "n_ties"),
        *_floats(
            "weight", "founding_weight", "effective_weight", "magnitude", "resonance", "outside", "leader", "dependence"
        ),
        ("capabilities", "f8", (4,)),
        *_floats("evidence_demand", "log_budget", "support", "budget", "commitment", "satisfaction", "conflict"),
        *_floats("distance", "autonomy_lost", "trust", "closure", "shirked", "contribution", "social_gap"),
        *_floats("economic_gap", "grievance", "backlog", "deferred", "hazard", "aspired_social", "aspired_economic"),
        *_floats("promised_social", "promised_economic", "leave_elapsed", "leave_threshold", "shock_elapsed"),
        *_floats("shock_threshold", "tie_sum"),
    ]
)

#: One tie: slots of its partners, social capital, and the clock that waits for a breach.
TIE = _row([*_whole("first", "second"), *_floats("trust", "language", "closure", "elapsed", "threshold")])

#: The coalition and its world; holders are slots or -1, `open_since` is 0 where nothing falls short.
STATE = _row(
    [
        *_whole("seed", "replicate", "community", "month", "n_founding", "n_slots", "n_members", "n_ties", "n_events"),
        *_whole("n_enterprises", "is_bad_year", "grant_end", "next_months", "quorum", "last_cause", "end", "ending"),
        *_whole("end_cause", "n_left", "logs_events", "is_recounted"),
        ("holders", "i8", (4,)),
        ("founding_holders", "i8", (4,)),
        ("open_since", "i8", (4,)),
        ("open_cause", "i8", (4,)),
        ("conditions", "f8", (5,)),
        *_floats("climate", "policy", "crowding", "external_elapsed", "external_threshold", "mean_weight"),
        *_floats("weight_variance", "balance", "legitimacy", "attention", "since_switch", "remembered_attention"),
        *_floats("credibility", "practice", "joint", "social", "economic", "total_social", "total_economic"),
        *_floats("perceived_social", "perceived_economic", "promised_social", "promised_economic", "founding_need"),
        *_floats("grant", "next_grant", "own", "reserve", "staffing", "founding_paid", "agenda"),
    ]
)

#: One line of the timed log: codes of `kernel.events`, slots turned into entity numbers, -1 for nobody.
EVENT = _row(_whole("month", "event", "first", "second", "detail"))
