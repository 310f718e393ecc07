"""Claims: in which share of the ensemble each of them holds, and one claim by member and over what it depends on."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import TwoSlopeNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from cisim.figures.entries import DOUBLE_ONLY, DetailSection, FigureEntry
from cisim.figures.parts import footnote
from cisim.figures.style import BLACK, BLUE, DOUBLE, GREY, MM, SKY, VERMILION, new_figure, styled
from cisim.questions.claims.tables import CLAIMS
from cisim.survival.words import interval, percent

#: Paler partner of vermilion for what is not sure.
PALE = "#F5C6A5"
#: Shares in the order in which they are stacked: column, colour, label.
STACK = (
    ("surely", BLUE, "holds beyond chance"),
    ("perhaps", SKY, "holds"),
    ("against", PALE, "does not hold"),
    ("surely_against", VERMILION, "reverses beyond chance"),
)
UNSURE = "////"
#: Most millimetres for all bars, so that the figure fits a page.
HIGHEST = 215


def claims_figure(table: pd.DataFrame, width: float = DOUBLE) -> Figure:
    """Stack the shares of the ensemble in which each claim holds and reverses, with its verdict.

    Parameters
    ----------
    table : DataFrame
        From :func:`cisim.questions.claims.compute.judge_claims`.
    width : float
        Inches.
    """
    parts = pd.DataFrame(
        {
            "surely": table["share_surely_holds"],
            "perhaps": table["share_holds"] - table["share_surely_holds"],
            "against": 1.0 - table["share_holds"] - table["share_surely_reverses"],
            "surely_against": table["share_surely_reverses"],
        }
    ).clip(lower=0.0)
    with styled():
        figure = new_figure(width, (24 + min(4.2 * len(table), HIGHEST)) * MM)
        axes = figure.subplots()
        left = np.zeros(len(table))
        for column, colour, _ in STACK:
            axes.barh(range(len(table)), 100 * parts[column], left=100 * left, height=0.72, color=colour)
            left += parts[column].to_numpy()
        axes.axvline(100 * 2 / 3, color=BLACK, linewidth=0.7, linestyle=(0, (3, 2)))
        axes.set_yticks(range(len(table)), list(table["name"]), fontsize=6.5 if len(table) < 50 else 5.5)
        axes.tick_params(axis="y", length=0)
        for place, verdict in enumerate(table["verdict"]):
            weight = "bold" if verdict == "supported" else "normal"
            axes.text(
                101.5, place, str(verdict), va="center", fontsize=6.5 if len(table) < 50 else 5.5, fontweight=weight
            )
        axes.set_xlim(0, 100)
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlabel("Share of the ensemble (%)")
        handles = [Patch(color=colour, label=label) for _, colour, label in STACK]
        figure.legend(handles=handles, loc="outside upper left", ncols=4 if width > 5 else 2)
        footnote(
            figure,
            "Each bar: parameter sets of the ensemble in which the claimed effect is found. Beyond chance: the 95 % "
            "interval of a parameter set does not hold 0. Dashed: two thirds, which a supported claim exceeds.",
        )
    return figure


def claim_figure(tables: Mapping[str, pd.DataFrame], name: str, width: float = DOUBLE) -> Figure:
    """Draw the effect of one claim in every member, and over the parameters that it depends on most.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As :func:`cisim.questions.claims.tables.claims_tables` makes them.
    name : str
        Name of the claim.
    width : float
        Inches.
    """
    found = {key: table[table["name"] == name] for key, table in tables.items() if "name" in table}
    row, grid = found["claims"].iloc[0], found["claims_map"]
    sign = 1 if row["expected"] == "up" else -1
    unit = f" ({row['unit']})" if isinstance(row["unit"], str) and row["unit"] else ""
    label = f"Effect{unit}"
    with styled():
        figure = new_figure(width, 68 * MM)
        panels = figure.subplots(1, 2 if len(grid) else 1, squeeze=False, width_ratios=(1, 1.15) if len(grid) else None)
        _members(panels[0][0], found["claims_members"], row, sign, label)
        if len(grid):
            boxes = found["claims_boxes"] if "claims_boxes" in found else pd.DataFrame()
            flat = not isinstance(grid["y_name"].iloc[0], str) or not grid["y_name"].iloc[0]
            (_line if flat else _square)(figure, panels[0][1], grid, boxes, sign, label)
        footnote(figure, _footnote(row, len(grid) > 0))
    return figure


def _members(axes: Axes, members: pd.DataFrame, row: "pd.Series[float]", sign: int, label: str) -> None:
    """Effect of every member with its interval, in order, and the mean."""
    ranked = members.sort_values("effect", kind="stable")
    holds = sign * ranked["effect"] > 0
    place = np.arange(len(ranked))
    for chosen, colour in ((holds, BLUE), (~holds, VERMILION)):
        part = ranked[chosen]
        axes.vlines(place[chosen], part["lower"], part["upper"], color=colour, linewidth=0.5, alpha=0.6)
        axes.plot(place[chosen], part["effect"], ".", color=colour, markersize=3)
    axes.axhline(0, color=BLACK, linewidth=0.6)
    axes.axhspan(row["lower"], row["upper"], color=GREY, alpha=0.25, linewidth=0)
    axes.axhline(row["effect"], color=GREY, linewidth=1.0)
    axes.set_xlabel("Parameter sets of the ensemble, by effect")
    axes.set_xticks([])
    axes.set_ylabel(label)
    handles = [
        Line2D([], [], color=BLUE, marker=".", linestyle="-", linewidth=0.5, label="as claimed"),
        Line2D([], [], color=VERMILION, marker=".", linestyle="-", linewidth=0.5, label="reversed"),
        Line2D([], [], color=GREY, label="mean"),
    ]
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, handlelength=1.6)


def _square(figure: Figure, axes: Axes, grid: pd.DataFrame, boxes: pd.DataFrame, sign: int, label: str) -> None:
    """Mean effect over two parameters; hatched where it is not sure."""
    known = grid.dropna(subset=["effect"])
    most = max(float(known["effect"].abs().max()), 1e-12)
    norm, colours = TwoSlopeNorm(0.0, -most, most), "RdBu" if sign > 0 else "RdBu_r"
    image = axes.scatter([], [], c=[], cmap=colours, norm=norm)
    for cell in known.to_dict("records"):
        size = (cell["x_high"] - cell["x_low"], cell["y_high"] - cell["y_low"])
        corner = (cell["x_low"], cell["y_low"])
        axes.add_patch(Rectangle(corner, *size, facecolor=image.to_rgba(cell["effect"]), linewidth=0))
        if cell["lower"] <= 0 <= cell["upper"]:
            axes.add_patch(Rectangle(corner, *size, fill=False, hatch=UNSURE, edgecolor="#777777", linewidth=0))
    axes.set_xlim(grid["x_low"].min(), grid["x_high"].max())
    axes.set_ylim(grid["y_low"].min(), grid["y_high"].max())
    axes.set_xlabel(grid["x_name"].iloc[0])
    axes.set_ylabel(grid["y_name"].iloc[0])
    _outline(axes, grid, boxes)
    figure.colorbar(image, ax=axes, label=label, pad=0.02)


def _outline(axes: Axes, grid: pd.DataFrame, boxes: pd.DataFrame) -> None:
    """Frame the box in which the claim reverses, as far as these two parameters bound it."""
    if boxes.empty:
        return
    part = boxes[(boxes["box"] == "reverses") & (boxes["p"] < 0.05)].set_index("parameter")
    ends = []
    for letter, limits in (("x", axes.get_xlim()), ("y", axes.get_ylim())):
        name = grid[f"{letter}_name"].iloc[0]
        low, high = (part.loc[name, "low"], part.loc[name, "high"]) if name in part.index else (-np.inf, np.inf)
        ends.append((max(float(low), limits[0]), min(float(high), limits[1])))
    if len(part):
        (x, right), (y, top) = ends
        axes.add_patch(Rectangle((x, y), right - x, top - y, fill=False, edgecolor=BLACK, linewidth=1.4, clip_on=False))


def _line(figure: Figure, axes: Axes, grid: pd.DataFrame, boxes: pd.DataFrame, sign: int, label: str) -> None:  # noqa: ARG001
    """Mean effect along one parameter with its interval."""
    known = grid.dropna(subset=["effect"])
    middle = (known["x_low"] + known["x_high"]) / 2
    holds = sign * known["effect"] > 0
    axes.axhline(0, color=BLACK, linewidth=0.6)
    axes.vlines(middle, known["lower"], known["upper"], color=GREY, linewidth=1.0)
    axes.plot(middle[holds], known["effect"][holds], "o", color=BLUE)
    axes.plot(middle[~holds], known["effect"][~holds], "s", color=VERMILION)
    axes.set_xlabel(grid["x_name"].iloc[0])
    axes.set_ylabel(label)


def _footnote(row: "pd.Series[float]", has_map: bool) -> str:
    text = (
        f"{row['contrast']}; claimed to go {row['expected']}. Left: every parameter set with its 95 % interval; band: "
    )
    text += "95 % interval of the mean over sets and worlds."
    if has_map:
        text += (
            " Right: mean effect where the parameters that it depends on most are varied over their ranges, all others "
            "searched with them; hatched where its 95 % interval holds 0; framed where the claim surely reverses."
        )
    return text


def claim_figures(tables: Mapping[str, pd.DataFrame]) -> list[FigureEntry]:
    """Return the figure of every claim; `tables` as for `claim_figure`."""
    return [_claim_entry(str(name), tables) for name in tables[CLAIMS]["name"]]


def _claim_entry(name: str, tables: Mapping[str, pd.DataFrame]) -> FigureEntry:
    return FigureEntry(
        name=f"claim-{name}",
        table=CLAIMS,
        draw=lambda _, width: claim_figure(tables, name, width),
        widths=DOUBLE_ONLY,
        title="Claim",
        caption="Effect in every parameter set of the ensemble with its 95 % interval, and mean effect over the "
        "parameters that it depends on most.",
    )


def details(tables: Mapping[str, pd.DataFrame]) -> list[DetailSection]:
    """Return a section of the report for every claim; none where no claims were tested."""
    rows = tables[CLAIMS].to_dict("records") if CLAIMS in tables else []
    return [
        DetailSection(
            anchor=f"claim-{row['name']}",
            title=f"{row['name']}: {row['verdict']}",
            text=str(row["claim"]),
            facts=_facts(row),
            figure=_claim_entry(str(row["name"]), tables),
            alternative=f"{row['claim']} {row['finding']}",
        )
        for row in rows
    ]


def _facts(row: Mapping[Hashable, Any]) -> dict[str, str]:
    """Everything known of one claim, by heading."""
    unit = f" {row['unit']}" if row["unit"] else ""
    digits = 1 if row["unit"] == "months" else 4
    return {
        "Source": f"{row['source']}: \N{LEFT DOUBLE QUOTATION MARK}{row['passage']}\N{RIGHT DOUBLE QUOTATION MARK}",
        "Scenario": str(row["scenario"]),
        "Contrast": f"{row['contrast']}; claimed to go {row['expected']}",
        "Effect": f"{interval(row['effect'], row['lower'], row['upper'], digits, sign=True)}{unit}; standard "
        f"deviation {row['parametric_sd']:.3g} between parameter sets, {row['chance_sd']:.3g} by chance",
        "Ensemble": f"holds in {percent(row['share_holds'])} % of the parameter sets, beyond chance in "
        f"{percent(row['share_surely_holds'])} %; reversed beyond chance in {percent(row['share_surely_reverses'])} %",
        "Finding": str(row["finding"]),
    }


#: Figures of a report in its order.
FIGURES = (
    FigureEntry(
        name="claims",
        table="claims",
        draw=claims_figure,
        widths=DOUBLE_ONLY,
        title="Claims",
        caption="Share of the parameter sets of the ensemble in which each claim holds and in which it is reversed.",
    ),
)
