"""Numbers as readers see them: rounded, with their interval, and nothing where there is no number."""

import math

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
