"""How parameters and state lie in memory: one record of parameters, records of members, ties and the coalition."""

from functools import lru_cache
from typing import Any

import numpy as np

from cisim.parameters.checks import LARGEST
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


def _columns(size: int, fields: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Make every field a column of `size` values; what has a shape keeps that in front."""
    return [(name, kind, (*(shape[0] if shape else ()), size)) for name, kind, *shape in fields]


#: The spell of one organisation, present or gone; `left` is 0 while it stays, `cause` a place in `records.CAUSES`.
MEMBER = _row(_whole("entity", "kind", "entry", "left", "cause"))

#: The present members, a column for each variable, so that a loop over members runs through memory in one stride and
#: the compiler sees that columns do not overlap. `slot` is the place in the spells, roles are bits, `magnitude` is the
#: size (NumPy keeps that name), `yearly` the budget level of the year, `kept` the promised part of a contribution. The
#: last columns are scratch space: the probability of an introduction by number of third parties; terms of sums.
PRESENT = _row(
    _columns(
        LARGEST,
        [
            *_whole("slot", "entity", "kind", "roles", "n_providers", "n_ties"),
            *_floats("weight", "founding_weight", "effective_weight", "magnitude", "resonance", "outside", "leader"),
            *_floats(
                "dependence", "one_sided", "evidence_demand", "log_budget", "yearly", "support", "budget", "commitment"
            ),
            ("capabilities", "f8", (4,)),
            *_floats("satisfaction", "conflict", "distance", "autonomy_lost", "trust", "closure", "shirked", "kept"),
            *_floats("contribution", "social_gap", "economic_gap", "grievance", "backlog", "deferred", "hazard"),
            *_floats("aspired_social", "aspired_economic", "promised_social", "promised_economic", "leave_elapsed"),
            *_floats("leave_threshold", "shock_elapsed", "shock_threshold", "tie_sum", "power", "share"),
            *_floats("chance", "a", "b"),
        ],
    )
)

#: Ties in the order in which they were made, in columns: places of the partners, social capital, the clock that waits
#: for a breach, and what both partners bring to the month (means of their states).
TIES = _row(
    _columns(
        LARGEST * (LARGEST - 1) // 2,
        [
            ("first", "u4"),
            ("second", "u4"),
            *_floats(
                "trust", "language", "closure", "elapsed", "threshold", "distance", "satisfaction", "conflict", "kept"
            ),
        ],
    )
)

#: Months for which draws are made at once.
AHEAD = 24

#: The coalition and its world; holders are places or -1, founding holders slots, `open_since` is 0 where nothing falls
#: short. From `shirking_factor` on stand values of rules that change with the members or not at all in a run,
#: draws for the months to come (`kernel.ahead`), and by place who leaves, why (-1: stays), where the others move up to.
STATE = _row(
    [
        *_whole("seed", "replicate", "community", "month", "n_founding", "n_slots", "n_members", "n_ties", "n_events"),
        *_whole("n_enterprises", "n_intakes", "is_bad_year", "grant_end", "next_months", "quorum", "last_cause", "end"),
        *_whole("ending", "end_cause", "n_left", "logs_events", "is_recounted", "has_sectors"),
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
        *_floats("worth", "undisturbed", "fee", "fee_paid"),
        *_floats("shirking_factor", "coordination", "need", "founders_retained", "members_retained", "arrival"),
        *_floats("need_ends", "promise_factor"),
        *_whole("formed", "gave_up", "formation_months", "is_engaged", "stage"),
        *_floats("structural", "cognitive", "relational", "gap", "complementary", "competence", "perceived_competence"),
        *_floats("dependent", "stage_elapsed", "stage_threshold", "quit_elapsed", "quit_threshold"),
        *_floats("engaged_elapsed", "engaged_threshold"),
        ("sides_weight", "f8", (2,)),
        ("sides_size", "f8", (3,)),
        ("ahead", "f8", (6, AHEAD)),
        ("leavers", "i8", (LARGEST,)),
        ("reasons", "i8", (LARGEST,)),
        ("moved", "i8", (LARGEST,)),
    ]
)

#: A community in its field: its practice and what it held to before the one that it is bringing in, resistances,
#: relational capital, its part in the platform, and what it shows to others this month. `adopting` counts months down,
#: `last_source` is the community that its last practice came from, -1 for none; flags are 0 or 1.
COMMUNITY = _row(
    [
        *_whole("is_user", "adopting", "last_source", "exchanged", "in_library"),
        *_floats("target", "position", "potency", "old_position", "old_potency", "not_invented", "ego", "silos"),
        *_floats("capital", "shown_position", "shown_potency", "shown_worth"),
        *_floats("library_position", "library_potency", "library_evidence"),
    ]
)

#: What the communities of a field share: the platform, its money, the best three entries of its library (-1: none).
FIELD = _row(
    [
        *_whole("month", "n_users", "n_entries", "first", "second"),
        *_floats("capacity", "log_giving", "given", "fees", "assistance", "evidence"),
    ]
)

#: One line of the timed log: codes of `kernel.log`, slots turned into entity numbers, -1 for nobody.
EVENT = _row(_whole("month", "event", "first", "second", "detail"))
