"""Tables of hand-computed cases: a rule, its arguments by name, and its result."""

from collections.abc import Callable, Sequence
from math import exp, log
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

#: A rule, its arguments, its result.
Case = tuple[Callable[..., float], dict[str, Any], float]

#: Numbers that make results easy to compute by hand.
LN2, LN3, E = log(2.0), log(3.0), exp(1.0)

#: What properties are tried on.
SHARE = st.floats(0.0, 1.0)
POSITIVE = st.floats(0.0, 10.0)
NORMAL = st.floats(-6.0, 6.0)
SATISFACTION = st.floats(-1.5, 1.0)

#: The first call compiles, so no deadline; properties of one line need few examples.
quick = settings(deadline=None, max_examples=60, derandomize=True)

#: What a result may be off by: rounding.
ROUNDING = 1e-12


def cases(table: Sequence[Case]) -> pytest.MarkDecorator:
    """Parametrise a test by the cases of a table, named by rule and place."""
    names = [f"{rule.__name__}-{i}" for i, (rule, _, _) in enumerate(table)]
    return pytest.mark.parametrize(("rule", "arguments", "result"), table, ids=names)


def about(result: float) -> object:
    """Return `result` up to rounding."""
    return pytest.approx(result, rel=ROUNDING, abs=ROUNDING)
