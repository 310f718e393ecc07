"""Labels of arms: which of the strategies are on, spelt in one way in every table, figure and option."""

from collections.abc import Sequence
from itertools import combinations

from cisim.errors import InputError
from cisim.parameters.levers import STRATEGIES

#: Labels of no strategy at all, and of all together.
NO_STRATEGY, ALL_STRATEGIES = "none", "all"


def combination_label(chosen: Sequence[str]) -> str:
    """Label of a combination: ``none``, ``gazing``, ``gazing+spacing``, ..., ``all``."""
    if len(chosen) == len(STRATEGIES):
        return ALL_STRATEGIES
    return "+".join(name for name in STRATEGIES if name in chosen) or NO_STRATEGY


#: Label of every combination, from none to all: the order of tables and figures.
LABELS = tuple(combination_label(c) for n in range(len(STRATEGIES) + 1) for c in combinations(STRATEGIES, n))


def parse_label(text: str) -> tuple[str, ...]:
    """Strategies that a label turns on, in their own order.

    Raises
    ------
    InputError
        If a part of the label is not a strategy, or comes twice.
    """
    if text in (NO_STRATEGY, ALL_STRATEGIES):
        return tuple(STRATEGIES) if text == ALL_STRATEGIES else ()
    parts = text.split("+")
    for part in parts:
        if part not in STRATEGIES:
            raise InputError(
                f"strategies={text} is not known; choose default5, all8 or a list of labels: "
                f"none, all, or any of {', '.join(STRATEGIES)} joined by +"
            )
    if len(set(parts)) < len(parts):
        raise InputError(f"strategies={text} names a strategy twice; name each once")
    return tuple(name for name in STRATEGIES if name in parts)
