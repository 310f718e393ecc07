"""Which parameters of the registry a sensitivity analysis varies, over which ranges."""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

import numpy as np

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, Value, get, lookup
from cisim.parameters.checks import GATES, TOGETHER, check_together, unread
from cisim.study.design import Factor

#: Sets of parameters by the role that they have.
SETS = {"uncertainties": ("uncertainty",), "levers": ("lever",), "all": ("uncertainty", "lever")}


def choose_factors(
    wanted: str | Sequence[str], given: Sequence[Factor], fixed: Collection[str], params: Parameters
) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """Parameters to vary, in the order of the registry, and sentences on those that are left out.

    Parameters
    ----------
    wanted : str or sequence of str
        ``uncertainties``, ``levers``, ``all`` (both), a group such as ``exit``, a dotted name, or several of these.
    given : sequence of Factor
        Parameters with ranges or levels of their own; they are varied besides.
    fixed : collection of str
        Names that the command line sets to one value: left out of sets and groups.
    params : Parameters
        The case, which all else comes from.

    Returns
    -------
    factors : tuple of Factor
        Over the whole range of the registry unless given.
    notes : tuple of str
        Why a parameter of a set is not varied.

    Raises
    ------
    InputError
        If a name is not known, is given one value too, or none is left.
    """
    listed = [wanted] if isinstance(wanted, str) else [str(name) for name in wanted]
    own = {factor.name: factor for factor in given}
    by_name = {name for name in listed if name in REGISTRY} | set(own)
    for name in sorted(by_name & set(fixed)):
        raise InputError(f"{name} is set to one value and named in parameters= too; leave out one of them")
    names = {name for text in listed for name in _named(text)} - set(fixed) | set(own)
    idle = unread({name: get(params, name) for name in REGISTRY}, names) & names - by_name
    names -= idle
    factors = {name: own.get(name) or _over_range(name) for name in REGISTRY if name in names}
    clashing = _clashing({name: factors[name] for name in factors if name not in by_name}, factors, params)
    chosen = tuple(factor for name, factor in factors.items() if name not in clashing)
    if not chosen:
        raise InputError("no parameter is left to vary; give parameters=uncertainties, levers, all, or names")
    notes = _idle_note(idle)
    if not clashing:
        return chosen, notes
    reason = f"{', '.join(clashing)} stay as the case has them, since their whole ranges contradict it or one another"
    return chosen, (f"{reason}; give a range that fits, for instance {_example(clashing[0])}", *notes)


def _idle_note(idle: Collection[str]) -> tuple[str, ...]:
    """Return a note on the groups that the case does not read, if any."""
    groups = [group for group in GATES if any(name.startswith(f"{group}.") for name in idle)]
    if not groups:
        return ()
    gates = dict.fromkeys(f"{GATES[group].name}={GATES[group].closed}" for group in groups)
    return (f"{', '.join(groups)} are not varied: the case has {' and '.join(gates)}, which leaves them unread",)


def _named(text: str) -> list[str]:
    if text in SETS:
        return [name for name, declared in REGISTRY.items() if declared.role in SETS[text]]
    group = [name for name in REGISTRY if name.split(".")[0] == text.removesuffix(".*")]
    if group:
        return [name for name in group if REGISTRY[name].role in SETS["all"]]
    return [lookup(text).name]


def _over_range(name: str) -> Factor:
    declared = REGISTRY[name]
    if declared.choices:
        return Factor(name=name, values=declared.choices)
    return Factor(name=name, low=declared.low, high=declared.high)


def _clashing(sets: Mapping[str, Factor], all_of: Mapping[str, Factor], params: Parameters) -> list[str]:
    """Parameters out of sets whose ranges do not fit the case and the other parameters that are varied.

    Rules that bind several parameters (`cisim.parameters.checks`) hold everywhere in a box if they hold at its corners.
    """
    case = {name: get(params, name) for name in TOGETHER}
    kept = {name: _ends(factor) for name, factor in all_of.items() if name in TOGETHER and name not in sets}
    left_out = []
    for name in TOGETHER:
        if name in sets:
            tried = {**kept, name: _ends(sets[name])}
            if _fits_at_corners(case, tried):
                kept = tried
            else:
                left_out.append(name)
    return left_out


def _ends(factor: Factor) -> tuple[Value, ...]:
    if not factor.is_interval:
        return tuple(factor.spaced(2).tolist())
    return tuple(factor.at(np.array([0.0, 1.0])).tolist())


def _fits_at_corners(case: Mapping[str, Value], box: Mapping[str, tuple[Value, ...]]) -> bool:
    for corner in product(*box.values()):
        try:
            check_together({**case, **dict(zip(box, corner, strict=True))})
        except InputError:
            return False
    return True


def _example(name: str) -> str:
    declared = REGISTRY[name]
    if declared.choices:
        return f"{name}={','.join(declared.choices[:2])}"
    return f"{name}=interval({declared.low:g},{declared.default:g})"
