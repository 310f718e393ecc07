"""From factors, or a file of points, to one design."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.study.design.design_points import Design
from cisim.study.design.factor import Factor
from cisim.study.design.point_sets import factorial, one_at_a_time
from cisim.study.design.points_file import read_points

#: Kinds of design that can be asked for by name; ``auto`` chooses by what is given.
AUTO, KINDS = "auto", ("factorial", "lhs", "sobol", "oat")

#: Samples where none are named: points of a drawn design, and values of each interval one at a time.
SAMPLES = {"lhs": 100, "sobol": 128, "oat": 5}


def build(
    factors: Sequence[Factor],
    *,
    kind: str = AUTO,
    samples: int | None = None,
    seed: int = 1,
    base: Mapping[str, Parameters] | None = None,
    table: str | Path | None = None,
    scenarios: Collection[str] | None = None,
) -> Design:
    """Build a design; the same arguments give the same design on every machine.

    Parameters
    ----------
    factors : sequence of Factor
        What to vary, each name once.
    kind : str
        ``factorial``, ``lhs``, ``sobol`` or ``oat``; ``auto`` is the table if there is one, ``sobol`` if a factor is
        an interval, and ``factorial`` otherwise.
    samples : int, optional
        Points of ``lhs`` and ``sobol``, values of each interval of ``oat``; None takes `SAMPLES`.
    seed : int
        0 to 2**63 - 1; decides ``lhs`` and ``sobol``.
    base : mapping of str to Parameters, optional
        The scenarios varied, or the one in use; ``oat`` reads it.
    table : str or Path, optional
        File of points (see `cisim.study.design.points_file.table`), crossed with the levels of `factors`.
    scenarios : collection of str, optional
        Scenarios that a table may name; any if None.

    Raises
    ------
    InputError
        If these do not make a design.
    """
    names = [factor.name for factor in factors]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{name} is varied twice; give all its values in one place")
    chosen = _kind(factors, kind, table)
    _check_samples(chosen, samples)
    if table is not None:
        return read_points(Path(table), factors, scenarios)
    if chosen == "factorial":
        return factorial(factors)
    n = SAMPLES[chosen] if samples is None else samples
    if chosen == "oat":
        return one_at_a_time(factors, n, base or {})
    from cisim.study.design.point_sets import latin_hypercube, sobol_points  # scipy.stats takes long to load

    return (latin_hypercube if chosen == "lhs" else sobol_points)(factors, n, seed)


def _kind(factors: Sequence[Factor], kind: str, table: str | Path | None) -> str:
    if kind not in (AUTO, *KINDS):
        raise InputError(f"design={kind} is not known; choose one of {', '.join((AUTO, *KINDS))}")
    if table is not None:
        if kind != AUTO:
            raise InputError(f"design={kind} and table={table} are two designs; leave one out")
        return "table"
    if not factors:
        raise InputError(
            "nothing is varied; give a parameter several values, for instance backbone.gazing=0,0.5,1 or "
            "backbone.gazing=interval(0,1), or give table=FILE"
        )
    if kind != AUTO:
        return kind
    return "sobol" if any(factor.is_interval for factor in factors) else "factorial"


def _check_samples(kind: str, samples: int | None) -> None:
    if samples is None:
        return
    if isinstance(samples, bool) or not isinstance(samples, int):
        raise InputError(f"samples={samples!r} is not a whole number; give 1 or more")
    if kind not in SAMPLES:
        raise InputError(
            f"samples={samples} is of no use to a {kind}, whose points are listed; leave it out, or give "
            f"design={' or '.join(SAMPLES)}"
        )
