"""Boxes in plain sentences."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cisim.questions.discover.boxes import Box

Row = Mapping[Hashable, Any]


def conditions(box: Box) -> str:
    """Restrictions of a box in words."""
    said = []
    for name, (low, high) in box.ranges.items():
        if np.isinf(low):
            said.append(f"{name} is at most {high:.3g}")
        elif np.isinf(high):
            said.append(f"{name} is at least {low:.3g}")
        else:
            said.append(f"{name} lies between {low:.3g} and {high:.3g}")
    said += [f"{name} is {' or '.join(sorted(kept))}" for name, kept in box.kept.items()]
    return " and ".join(said)


def sentences(boxes: Sequence[Box], checked: pd.DataFrame, what: str, who: str) -> list[str]:
    """Say under which conditions something happens, and whether that holds on points not used to find them.

    Parameters
    ----------
    boxes : sequence of Box
        In the order found.
    checked : DataFrame
        From :func:`cisim.questions.discover.check.check_boxes`, on points that the boxes were not found on.
    what : str
        What happens, such as ``fail before month 60``.
    who : str
        To whom, such as ``coalitions with all strategies``.
    """
    rows = checked.to_dict("records")
    base = 100 * rows[-1]["base"]
    if not boxes:
        return [f"{base:.0f} % of {who} {what}; no conditions were found under which clearly more do."]
    said = [f"{base:.0f} % of {who} {what}."]
    for box, row in zip(boxes, rows, strict=False):
        said.append(_sentence(box, row, what))
    if len(boxes) > 1:
        everything = rows[-1]
        said.append(
            f"Together these conditions hold for {100 * everything['mass']:.0f} % of the states and cover "
            f"{100 * everything['coverage']:.0f} % of all that {what}."
        )
    return said


def _sentence(box: Box, row: Row, what: str) -> str:
    if row["n_points"] == 0:
        return f"Where {conditions(box)}: no state for the check lies there, so nothing can be said."
    text = f"Where {conditions(box)}, {100 * row['density']:.0f} % {what}{_limits(row, 'density')}"
    held = (
        f"these conditions hold for {100 * row['mass']:.0f} % of the states and cover {100 * row['coverage']:.0f} % of "
        f"all that {what}"
    )
    if not row["lift_lower"] > 0:
        return f"{text}; {held}. On states not used to find them, it is not sure that more {what} there than elsewhere."
    return f"{text}, {100 * row['lift']:.0f} points more than elsewhere{_limits(row, 'lift')}; {held}."


def _limits(row: Row, name: str) -> str:
    lower, upper = row[f"{name}_lower"], row[f"{name}_upper"]
    return "" if np.isnan(lower) else f" ({100 * lower:.0f} to {100 * upper:.0f})"
