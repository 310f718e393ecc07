"""Tables and sentences of scenario discovery: out of its runs by name, and as a report shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cisim.questions.discover.boxes import Box
from cisim.questions.discover.check import check_boxes
from cisim.questions.discover.compute import find_boxes
from cisim.questions.discover.sentences import conditions, sentences
from cisim.reading.report_table import MOST_ROWS, ReportTable, sentences_display, written_by
from cisim.survival.ensembles import read_runs
from cisim.survival.words import DASH, percent

#: Tables.
BOXES, LIMITS, SENTENCES = "discovery", "discovery_limits", "discovery_sentences"

#: Every so many states, one is kept for the check; a Latin hypercube has no order that could fall in with that.
CHECKED = 3


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What was run, and what is looked for.

    Attributes
    ----------
    labels : tuple of str
        Arms.
    states : DataFrame
        One row for each state of the world, a column for each parameter whose conditions are looked for.
    before : int
        Month by the end of which failures count.
    most : int
        Boxes for each arm at most.
    """

    labels: tuple[str, ...]
    states: pd.DataFrame
    before: int
    most: int


def discovery_tables(runs: pd.DataFrame, searched: Searched) -> dict[str, pd.DataFrame]:
    """Find the conditions under which coalitions fail early, and check them on other states.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all states of the first arm, then of the
        second, and so on.
    searched : Searched
        What was run.

    Returns
    -------
    dict of str to DataFrame
        ``discovery``: for each arm, box and sample (``found`` on two thirds of the states, ``check`` on the rest) the
        columns of :func:`cisim.questions.discover.check.check_boxes` and the conditions in words.
        ``discovery_limits``: arm, box, parameter, low and high (empty without a limit), categories, and the lowest and
        highest value over all states. ``discovery_sentences``: arm and sentence.

    Raises
    ------
    InputError
        If a run is missing or met an error.
    """
    n = len(searched.states)
    failed = read_runs(runs, searched.labels, np.full(n, 1.0 / n), float(searched.before)).outcomes["share_failed"]
    is_check = np.arange(n) % CHECKED == CHECKED - 1
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in (SENTENCES, BOXES, LIMITS)}
    for place, label in enumerate(searched.labels):
        boxes = find_boxes(searched.states[~is_check], failed[place][~is_check].mean(axis=1), searched.most)
        words = [*map(conditions, boxes), ""]
        for sample, used in (("found", ~is_check), ("check", is_check)):
            table = check_boxes(boxes, searched.states[used], failed[place][used])
            parts[BOXES].append(table.assign(strategies=label, sample=sample, conditions=words))
        parts[LIMITS].append(_limits(boxes, searched.states).assign(strategies=label))
        who = "coalitions without strategies" if label == "none" else f"coalitions with {_named(label)}"
        said = sentences(boxes, table, f"fail by month {searched.before}", who)
        parts[SENTENCES].append(pd.DataFrame({"strategies": label, "sentence": said}))
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
