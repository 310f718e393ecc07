"""Tables of a trial of claims: out of the evidence by name, and as a report shows them."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cisim.questions.claims.compute import judge_claims
from cisim.questions.claims.evidence import Evidence, Search
from cisim.questions.claims.region import Regions
from cisim.reading.finished_result import (
    FinishedResult,
    Maker,
    NotShownError,
    ReportOptions,
    ReportTable,
    TableWithRemark,
    read_written,
)
from cisim.survival.intervals import t_quantile
from cisim.survival.words import MINUS, NBSP, comma_list, counted, p_value

#: Tables by name.
CLAIMS, UNTESTED, MEMBERS, MAP, BOXES = "claims", "claims_untested", "claims_members", "claims_map", "claims_boxes"
#: Columns of text, in which nothing is an empty word.
TEXT = ("unit", "holds_where", "reverses_where", "y_name")
#: Cells of the map along each of two parameters, and along one.
SQUARE, LINE = 5, 8


def claims_tables(evidence: Sequence[Evidence], untested: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table of a trial by its name.

    Parameters
    ----------
    evidence : sequence of Evidence
        One for each claim.
    untested : DataFrame
        Columns name, claim, source and reason.

    Returns
    -------
    dict of str to DataFrame
        ``claims`` with the verdicts; ``claims_untested``; ``claims_members``, the effect in each member with its
        interval; ``claims_map``, mean effects over the two parameters that explain most; ``claims_boxes``, the ends of
        the boxes in which claims hold and reverse.
    """
    table, regions = judge_claims(evidence)
    maps = [_map(one, regions[one.claim.name]) for one in evidence if one.claim.name in regions]
    boxes = [_boxes(row, regions[row["name"]]) for row in table.to_dict("records") if row["name"] in regions]
    return {
        CLAIMS: table,
        UNTESTED: untested,
        MEMBERS: pd.concat([_members(one) for one in evidence], ignore_index=True),
        MAP: _joined(maps),
        BOXES: _joined(boxes),
    }


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame({"name": pd.Series(dtype=str)})


def _members(one: Evidence) -> pd.DataFrame:
    """Effect in each member as the contrast is written; of several contrasts the one that is weakest there."""
    n, sign = one.effects.shape[2], one.claim.direction
    means, errors = one.effects.mean(axis=2), one.effects.std(axis=2, ddof=1) / np.sqrt(n)
    at, every = means.argmin(axis=0), np.arange(means.shape[1])
    value, half = sign * means[at, every], float(t_quantile(n - 1, 0.95)) * errors[at, every]
    columns = {"member": every, "weight": one.weights, "effect": value, "lower": value - half, "upper": value + half}
    return pd.DataFrame({"name": one.claim.name, **columns})


def _map(one: Evidence, found: Regions) -> pd.DataFrame:
    """Mean effect in equal cells over the two parameters that explain most, or along the only one."""
    search = one.search
    assert search is not None
    numbers = [str(name) for name in search.points if search.points[name].dtype != object]
    ranked = [name for name in found.tree.gains if name in numbers]
    names = [*ranked, *(name for name in numbers if name not in ranked)][:2]
    if not names:
        return pd.DataFrame()
    n = SQUARE if len(names) > 1 else LINE
    grids = [_ends(search, name, n) for name in names]
    rows = []
    for i, x in enumerate(zip(grids[0][:-1], grids[0][1:], strict=True)):
        for y in zip(grids[-1][:-1], grids[-1][1:], strict=True) if len(names) > 1 else [(np.nan, np.nan)]:
            chosen = _within(search, names[0], x, i == n - 1)
            if len(names) > 1:
                chosen &= _within(search, names[1], y, y[1] == grids[1][-1])
            rows.append({"x_low": x[0], "x_high": x[1], "y_low": y[0], "y_high": y[1], **_cell(search, chosen)})
    named = {"name": one.claim.name, "x_name": names[0], "y_name": names[1] if len(names) > 1 else ""}
    return pd.DataFrame(rows).assign(**named)


def _ends(search: Search, name: str, n: int) -> np.ndarray:
    column = search.points[name].to_numpy(dtype=np.float64)
    return np.linspace(column.min(), column.max(), n + 1)


def _within(search: Search, name: str, ends: tuple[float, float], is_last: bool) -> np.ndarray:
    column = search.points[name].to_numpy(dtype=np.float64)
    return (column >= ends[0]) & ((column <= ends[1]) if is_last else (column < ends[1]))


def _cell(search: Search, chosen: np.ndarray) -> dict[str, float]:
    """Mean effect over some points with its 95 % interval; of several contrasts the weakest."""
    n = int(chosen.sum())
    if n < 2:
        return {"n_points": n, "effect": np.nan, "lower": np.nan, "upper": np.nan}
    effects = search.effects(chosen)
    weakest = effects[int(effects.mean(axis=1).argmin())]
    value, half = weakest.mean(), float(t_quantile(n - 1, 0.95)) * weakest.std(ddof=1) / np.sqrt(n)
    ends = sorted((search.direction * (value - half), search.direction * (value + half)))
    return {"n_points": n, "effect": search.direction * value, "lower": ends[0], "upper": ends[1]}


def _boxes(row: Mapping[Hashable, Any], found: Regions) -> pd.DataFrame:
    """One row for each parameter that bounds a box, with the adjusted p value of the box."""
    return pd.DataFrame(
        [
            {"name": row["name"], "box": word, "parameter": parameter, "low": low, "high": high, "p": row[f"{word}_p"]}
            for word, one in (("holds", found.holds), ("reverses", found.reverses))
            for parameter, (low, high) in one.box.limits.items()
        ]
    )


def _read(name: str) -> Maker:
    """Return what reads a table that ``cisim claims`` wrote; the report adds no estimate of its own."""

    def read(result: FinishedResult, options: ReportOptions) -> TableWithRemark:  # noqa: ARG001
        table = read_written(result, name, "claims").fillna(dict.fromkeys(TEXT, ""))
        if table.empty and name == UNTESTED:
            raise NotShownError("every claim of these files was tested")
        return TableWithRemark(table)

    return read


def _claims_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each claim."""
    rows = table.to_dict("records")
    return pd.DataFrame(
        {
            "Claim": table["claim"],
            "Source": table["source"],
            "Effect (95 %)": [_effect(row["effect"], row["lower"], row["upper"]) for row in rows],
            "Unit": table["unit"],
            "Claimed": table["expected"],
            "Holds in (%)": [f"{100 * row['share_holds']:.0f} ({100 * row['share_surely_holds']:.0f})" for row in rows],
            "Reversed (%)": [f"{100 * row['share_surely_reverses']:.0f}" for row in rows],
            "p, Holm": [p_value(row["p_somewhere"]) for row in rows],
            "Verdict": table["verdict"],
            "Reverses": [row["reverses_where"] if row["reverses_p"] < 0.05 else "" for row in rows],
        }
    )


def _untested_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each claim that the model cannot test."""
    return pd.DataFrame({"Claim": table["claim"], "Source": table["source"], "Reason": table["reason"]})


def _effect(value: float, lower: float, upper: float) -> str:
    texts = [f"{number:+.3g}".replace("-", MINUS) for number in (value, lower, upper)]
    return f"{texts[0]} ({texts[1]}{NBSP}to{NBSP}{texts[2]})"


def _summary(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """How many claims have which verdict, and which they are."""
    table = tables[CLAIMS]
    lines = [f"{counted(len(table), 'claim')} put to the test over {table['n_members'].max()} parameter sets."]
    for verdict, part in table.groupby("verdict", sort=False):
        lines.append(f"{str(verdict).capitalize()} ({len(part)}): {comma_list(list(part['name']))}.")
    return lines


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="claims",
        section="claims",
        title="Claims",
        make=_read("claims"),
        caption="Mean effect over the ensemble with its 95 % interval (two-way clusters: parameter sets and "
        "worlds), share of the ensemble in which the claim holds (in brackets: beyond chance) and in which "
        "it is reversed beyond chance, p value of holding anywhere adjusted for all claims by Holm's "
        "method, verdict, and where a search found it reversed and fresh runs confirmed it (adjusted too).",
        display=_claims_display,
        method="Effects of claims are means of differences within worlds over the ensemble, with intervals from "
        "two-way clusters (Cameron, Gelbach & Miller 2011). A claim holds somewhere if it does on average, "
        "in the fifth of the ensemble in which it is clearest in other worlds, or in a region, found by a "
        "regression tree on half of a space-filling search and tested on the other half with other "
        "parameter sets in other worlds (honest estimation, Athey & Imbens 2016); it is conditional then, "
        "and supported if it holds on average and in more than two thirds of the ensemble too. Either "
        "verdict is at a familywise error rate of 5 % over all claims (Holm 1979).",
        summary=_summary,
        says_if_missing=False,
    ),
    ReportTable(
        name="claims_untested",
        section="claims",
        title="Claims that were not tested",
        make=_read("claims_untested"),
        caption="What the documents say and the model cannot speak to, with the reason.",
        display=_untested_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="claims_members",
        section="claims",
        title="Effects by parameter set",
        make=_read("claims_members"),
        says_if_missing=False,
    ),
    ReportTable(
        name="claims_map",
        section="claims",
        title="Effects over parameters",
        make=_read("claims_map"),
        says_if_missing=False,
    ),
    ReportTable(
        name="claims_boxes",
        section="claims",
        title="Regions",
        make=_read("claims_boxes"),
        says_if_missing=False,
    ),
)
