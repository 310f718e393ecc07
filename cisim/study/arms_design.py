"""Designs whose points are the arms of a comparison: combinations of the strategies, by label."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.parameters import Parameters, get
from cisim.parameters.leadership import STRATEGIES
from cisim.study.design import SCENARIO, Design
from cisim.survival.words import ALL_STRATEGIES, LABELS, NO_STRATEGY, combination_label, parse_label

#: Kind of a design whose points are the arms of a comparison.
ARMS = "arms"

#: Designs by name, each a tuple of labels.
DESIGNS = {
    "default5": (NO_STRATEGY, *STRATEGIES, ALL_STRATEGIES),
    "all8": LABELS,
}


def parse_design(design: object) -> tuple[str, ...]:
    """Labels of the arms that a design names: ``default5``, ``all8``, one label, or a list of labels.

    Raises
    ------
    InputError
        If a label is not known or comes twice, or the list is empty.
    """
    if isinstance(design, str) and design in DESIGNS:
        return DESIGNS[design]
    given = design if isinstance(design, Sequence) and not isinstance(design, str) else [design]
    labels = tuple(combination_label(parse_label(str(text))) for text in given)
    if not labels:
        raise InputError("strategies=[] names no arm; give at least one label, for instance [none,all]")
    for name in labels:
        if labels.count(name) > 1:
            raise InputError(f"strategies=[{','.join(labels)}] names {name} twice; name each arm once")
    return labels


def label_of(params: Parameters) -> str:
    """Label of the strategies that have an intensity above 0 in `params`."""
    return combination_label([name for name, lever in STRATEGIES.items() if float(get(params, lever)) > 0])


def labels_of(design: Design, cases: Mapping[str, Parameters]) -> NDArray[np.object_]:
    """Label of the strategies in use at every point of `design`; where arms are whole scenarios, their names.

    Parameters
    ----------
    design : Design
        Points that may vary ``scenario`` and ``backbone.*``.
    cases : mapping of str to Parameters
        Parameters of every scenario of the design, or of the one in use if it keeps to one.
    """
    if design.kind == ARMS and SCENARIO in design.columns:
        return design.columns[SCENARIO]
    of = design.columns.get(SCENARIO, np.full(design.n_points, next(iter(cases)), dtype=object))
    bits = np.zeros(design.n_points, dtype=np.int64)
    for bit, name in enumerate(STRATEGIES.values()):
        own = {case: float(get(params, name)) for case, params in cases.items()}
        level = design.columns[name] if name in design.columns else np.array([own[case] for case in of])
        bits += (level > 0).astype(np.int64) << bit
    return _LABELS[bits]


#: Label by bits, the first strategy the lowest.
_LABELS = np.array(
    [
        combination_label([name for bit, name in enumerate(STRATEGIES) if bits >> bit & 1])
        for bits in range(1 << len(STRATEGIES))
    ],
    dtype=object,
)


def arms_design(labels: Sequence[str], params: Parameters, intensity: float | None) -> Design:
    """One design point for each label: the strategies that it names are on, the others off.

    Parameters
    ----------
    labels : sequence of str
        Labels of the arms.
    params : Parameters
        The case; its own intensities (shares, 0-1) are used where `intensity` is None.
    intensity : float or None
        Intensity in (0, 1] for every strategy that an arm uses.

    Raises
    ------
    InputError
        If an arm uses a strategy that has no intensity.
    """
    columns = {
        lever: np.array([_level(s, params, intensity) if s in parse_label(name) else 0.0 for name in labels])
        for s, lever in STRATEGIES.items()
    }
    return Design(columns=columns, kind=ARMS)


def _level(strategy: str, params: Parameters, intensity: float | None) -> float:
    lever = STRATEGIES[strategy]
    level = float(get(params, lever)) if intensity is None else intensity
    if level == 0:
        raise InputError(
            f"{lever}=0 in this scenario, so an arm with {strategy} would be one without it; "
            f"give {lever}= above 0, or intensity= for all strategies"
        )
    return level
