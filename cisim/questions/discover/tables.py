"""Tables and sentences of scenario discovery: out of its runs by name, and as a report shows them."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cisim.questions.discover.boxes import Box, check_boxes
from cisim.questions.discover.compute import Discovery, find_boxes
from cisim.reading.finished_result import MOST_ROWS, ReportTable, sentences_display, written_by
from cisim.survival.ensembles import read_runs
from cisim.survival.words import DASH, percent

#: Tables.
BOXES, LIMITS, SENTENCES = "discovery", "discovery_limits", "discovery_sentences"

#: Every so many states, one is kept for the check; a Latin hypercube has no order that could fall in with that.
CHECKED = 3

Row = Mapping[Hashable, Any]


def discovery_tables(runs: pd.DataFrame, plan: Discovery, states: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Find the conditions under which coalitions fail early, and check them on other states.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all states of the first arm, then of the
        second, and so on.
    plan : Discovery
        What is looked for.
    states : DataFrame
        One row for each state of the world, a column for each parameter whose conditions are looked for.

    Returns
    -------
    dict of str to DataFrame
        ``discovery``: for each arm, box and sample (``found`` on two thirds of the states, ``check`` on the rest) the
        columns of :func:`cisim.questions.discover.boxes.check_boxes` and the conditions in words.
        ``discovery_limits``: arm, box, parameter, low and high (empty without a limit), categories, and the lowest and
        highest value over all states. ``discovery_sentences``: arm and sentence.

    Raises
    ------
    InputError
        If a run is missing or met an error.
    """
    n = len(states)
    failed = read_runs(runs, plan.labels, np.full(n, 1.0 / n), float(plan.before)).outcomes["share_failed"]
    is_check = np.arange(n) % CHECKED == CHECKED - 1
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in (SENTENCES, BOXES, LIMITS)}
    for place, label in enumerate(plan.labels):
        boxes = find_boxes(states[~is_check], failed[place][~is_check].mean(axis=1), plan.boxes)
        words = [*map(describe_box, boxes), ""]
        for sample, used in (("found", ~is_check), ("check", is_check)):
            table = check_boxes(boxes, states[used], failed[place][used])
            parts[BOXES].append(table.assign(strategies=label, sample=sample, conditions=words))
        parts[LIMITS].append(_limits(boxes, states).assign(strategies=label))
        who = "coalitions without strategies" if label == "none" else f"coalitions with {_named(label)}"
        described = describe_boxes(boxes, table, f"fail by month {plan.before}", who)
        parts[SENTENCES].append(pd.DataFrame({"strategies": label, "sentence": described}))
    return {name: _arm_first(pd.concat(found, ignore_index=True)) for name, found in parts.items()}


def _named(label: str) -> str:
    return "all three strategies" if label == "all" else label.replace("+", " and ")


def _limits(boxes: Sequence[Box], states: pd.DataFrame) -> pd.DataFrame:
    """One row for each restriction of each box."""
    rows = []
    for number, box in enumerate(boxes, start=1):
        for name, (low, high) in box.ranges.items():
            ends = {"low": low if np.isfinite(low) else np.nan, "high": high if np.isfinite(high) else np.nan}
            span = {"lowest": states[name].min(), "highest": states[name].max()}
            rows.append({"box": str(number), "parameter": name, **ends, "categories": "", **span})
        for name, kept in box.kept.items():
            rows.append({"box": str(number), "parameter": name, "categories": " ".join(sorted(kept))})
    columns = ["box", "parameter", "low", "high", "categories", "lowest", "highest"]
    return pd.DataFrame(rows, columns=columns)


def _arm_first(table: pd.DataFrame) -> pd.DataFrame:
    return table[["strategies", *(name for name in table if name != "strategies")]]


def describe_box(box: Box) -> str:
    """Restrictions of a box in words."""
    parts = []
    for name, (low, high) in box.ranges.items():
        if np.isinf(low):
            parts.append(f"{name} is at most {high:.3g}")
        elif np.isinf(high):
            parts.append(f"{name} is at least {low:.3g}")
        else:
            parts.append(f"{name} lies between {low:.3g} and {high:.3g}")
    parts += [f"{name} is {' or '.join(sorted(kept))}" for name, kept in box.kept.items()]
    return " and ".join(parts)


def describe_boxes(boxes: Sequence[Box], checked: pd.DataFrame, what: str, who: str) -> list[str]:
    """Return sentences: where something happens more often, and whether so on points not used to find that out.

    Parameters
    ----------
    boxes : sequence of Box
        In the order found.
    checked : DataFrame
        From :func:`cisim.questions.discover.boxes.check_boxes`, on points that the boxes were not found on.
    what : str
        What happens, such as ``fail before month 60``.
    who : str
        To whom, such as ``coalitions with all strategies``.
    """
    rows = checked.to_dict("records")
    base = 100 * rows[-1]["base"]
    if not boxes:
        return [f"{base:.0f} % of {who} {what}; no conditions were found under which clearly more do."]
    parts = [f"{base:.0f} % of {who} {what}."]
    for box, row in zip(boxes, rows, strict=False):
        parts.append(_sentence(box, row, what))
    if len(boxes) > 1:
        everything = rows[-1]
        parts.append(
            f"Together these conditions hold for {100 * everything['mass']:.0f} % of the states and cover "
            f"{100 * everything['coverage']:.0f} % of all that {what}."
        )
    return parts


def _sentence(box: Box, row: Row, what: str) -> str:
    if row["n_points"] == 0:
        return f"Where {describe_box(box)}: no state for the check lies there, so nothing can be said."
    text = f"Where {describe_box(box)}, {100 * row['density']:.0f} % {what}{_interval(row, 'density')}"
    held = (
        f"these conditions hold for {100 * row['mass']:.0f} % of the states and cover {100 * row['coverage']:.0f} % of "
        f"all that {what}"
    )
    if not row["lift_lower"] > 0:
        return f"{text}; {held}. On states not used to find them, it is not sure that more {what} there than elsewhere."
    return f"{text}, {100 * row['lift']:.0f} points more than elsewhere{_interval(row, 'lift')}; {held}."


def _interval(row: Row, name: str) -> str:
    lower, upper = row[f"{name}_lower"], row[f"{name}_upper"]
    return "" if np.isnan(lower) else f" ({100 * lower:.0f} to {100 * upper:.0f})"


def _boxes_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each arm, box and sample."""
    part = table.head(MOST_ROWS)
    shown = {
        "Arm": part["strategies"],
        "Box": part["box"],
        "Conditions": part["conditions"].fillna(DASH).replace("", DASH),
        "States": part["sample"].map({"found": "used to find it", "check": "kept for the check"}),
        "Mass (%)": [percent(value) for value in part["mass"]],
        "Coverage (%)": [percent(value) for value in part["coverage"]],
    }
    for name in ("density", "lift"):
        rows = part[[name, f"{name}_lower", f"{name}_upper"]].itertuples(index=False)
        shown[f"{name.capitalize()} (%)"] = [percent(*limits) for limits in rows]
    return pd.DataFrame(shown)


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="discovery_sentences",
        section="break",
        title="Conditions",
        make=written_by("discover", "discovery_sentences"),
        caption="Shares of coalitions that fail early under conditions found on two thirds of the states of the "
        "world and checked on the rest, with 95 % intervals over states and worlds.",
        display=sentences_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="discovery",
        section="break",
        title="Boxes",
        make=written_by("discover", "discovery"),
        caption="Boxes found by the patient rule induction method: share of the states (mass), share of all early "
        "failures (coverage), share failing inside (density) and how far that lies above the share outside "
        "(lift).",
        display=_boxes_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="discovery_limits",
        section="break",
        title="Limits",
        make=written_by("discover", "discovery_limits"),
        says_if_missing=False,
    ),
)
