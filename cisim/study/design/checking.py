"""Whether the values of every point fit together, before anything runs."""

from collections.abc import Mapping

import numpy as np

from cisim.errors import InputError
from cisim.parameters import Parameters, Value, get
from cisim.parameters.checks import TOGETHER, check_together
from cisim.study.design.design_points import Design, cases
from cisim.study.design.factor import SCENARIO, Column


def check_points(design: Design, base: Mapping[str, Parameters]) -> None:
    """Raise InputError unless the parameters of every point fit together.

    Each value alone is in its range, or there would be no `Design`; here are the rules that bind several parameters
    (`cisim.parameters.checks`).

    Parameters
    ----------
    design : Design
        Its points.
    base : mapping of str to Parameters
        The scenarios of the design, or the one in use if it keeps to one.

    Raises
    ------
    InputError
        Naming the first point that does not fit, why, and how many do not.
    """
    varied = [name for name in TOGETHER if name in design.columns]
    if not varied:
        return
    verdicts: dict[tuple[Value, ...], str] = {}
    bad: list[tuple[int, str]] = []
    for scenario, points in split(design, base, np.arange(design.n_points)):
        fixed = {name: get(base[scenario], name) for name in TOGETHER}
        columns = [design.columns[name][points].tolist() for name in varied]
        for point, values in zip(points.tolist(), zip(*columns, strict=True), strict=True):
            key = (scenario, *values)
            if key not in verdicts:
                verdicts[key] = _verdict({**fixed, **dict(zip(varied, values, strict=True))})
            if verdicts[key]:
                bad.append((point, verdicts[key]))
    if bad:
        point, reason = min(bad)
        raise InputError(
            f"{len(bad)} of {design.n_points} points do not fit, first point {point} ({design.label(point)}): {reason}"
        )


def _verdict(values: Mapping[str, Value]) -> str:
    """Say why the values do not fit together; nothing if they do."""
    try:
        check_together(values)
    except InputError as problem:
        return str(problem)
    return ""


def split(design: Design, base: Mapping[str, Parameters], points: Column) -> list[tuple[str, Column]]:
    """Return for each scenario in use which of `points` are of it, as places in `points`; see `cases`."""
    used = cases(design.scenarios, base)
    if not design.scenarios:
        return [(used[0], np.arange(len(points)))]
    column = design.columns[SCENARIO][points]
    return [(scenario, np.flatnonzero(column == scenario)) for scenario in used]
