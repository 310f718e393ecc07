"""Labels of arms, and numbers in words."""

import math
from collections.abc import Sequence
from itertools import combinations

from cisim.errors import InputError
from cisim.parameters.leadership import STRATEGIES

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


MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
#: Keeps an interval on one line.
NBSP = "\N{NO-BREAK SPACE}"


def number(value: float, digits: int = 1, *, sign: bool = False) -> str:
    """Return a number with so many decimals and a true minus; a dash for NaN."""
    if math.isnan(value):
        return DASH
    if math.isinf(value):
        return "\N{INFINITY}"
    return f"{value:{'+' if sign else ''}.{digits}f}".replace("-", MINUS)


def interval(value: float, lower: float, upper: float, digits: int = 1, *, sign: bool = False) -> str:
    """Return a number with its interval in brackets."""
    if math.isnan(value):
        return DASH
    limits = f" ({number(lower, digits, sign=sign)}{NBSP}to{NBSP}{number(upper, digits, sign=sign)})"
    return number(value, digits, sign=sign) + ("" if math.isnan(lower) and math.isnan(upper) else limits)


def percent(value: float, lower: float = math.nan, upper: float = math.nan) -> str:
    """Return a share in [0, 1] in per cent, with its interval if there is one."""
    return interval(100 * value, 100 * lower, 100 * upper)


def p_value(value: float) -> str:
    """Return a p value to three decimals, or that it is smaller."""
    return DASH if math.isnan(value) else "< 0.001" if value < 0.001 else f"{value:.3f}"


def counted(n: int, noun: str) -> str:
    """Return a number of things, such as 1 run and 1,000 runs."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def comma_list(names: list[str]) -> str:
    """Return names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
