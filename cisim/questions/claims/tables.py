"""Write what a trial of claims found into its result folder."""

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cisim.questions.claims.compute import judge_claims
from cisim.questions.claims.evidence import Evidence, Search
from cisim.questions.claims.region import Regions
from cisim.reading.csv_files import write_tables
from cisim.survival.intervals import t_quantile

#: Tables by name.
CLAIMS, UNTESTED, MEMBERS, MAP, BOXES = "claims", "claims_untested", "claims_members", "claims_map", "claims_boxes"
TABLES = (CLAIMS, UNTESTED, MEMBERS, MAP, BOXES)
#: Cells of the map along each of two parameters, and along one.
SQUARE, LINE = 5, 8


def write_claims(
    evidence: Sequence[Evidence], untested: pd.DataFrame, folder: Path, provenance: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Write the tables and the figures of a trial.

    Parameters
    ----------
    evidence : sequence of Evidence
        One for each claim.
    untested : DataFrame
        Columns name, claim, source and reason.
    folder : Path
        Existing result folder; files of the same name are replaced.
    provenance : mapping of str to str
        What made the results; it goes into the figures' metadata.

    Returns
    -------
    dict of str to DataFrame
        ``claims`` with the verdicts; ``claims_untested``; ``claims_members``, the effect in each member with its
        interval; ``claims_map``, mean effects over the two parameters that explain most; ``claims_boxes``, the ends of
        the boxes in which claims hold and reverse.
    """
    table, regions = judge_claims(evidence)
    tables = {
        CLAIMS: table,
        UNTESTED: untested,
        MEMBERS: pd.concat([_members(one) for one in evidence], ignore_index=True),
        MAP: _joined([_map(one, regions[one.claim.name]) for one in evidence if one.claim.name in regions]),
        BOXES: _joined(
            [_boxes(row, regions[row["name"]]) for row in table.to_dict("records") if row["name"] in regions]
        ),
    }
    write_tables(tables, folder)
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.save import save_figure
    from cisim.questions.claims.figures import claim_figure, claims_figure

    (folder / "figures").mkdir(exist_ok=True)
    save_figure(claims_figure(table), folder / "figures", "claims", provenance)
    for name in table["name"]:
        save_figure(claim_figure(tables, name), folder / "figures", f"claim-{name}", provenance)
    return tables


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
