"""The figures of docs/performance.md, drawn from the rows of the benchmark."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from benchmarks.cases import SCENARIOS
from benchmarks.engines import COMPILED as ONE_THREAD
from benchmarks.growth import slope
from cisim.figures.entries import DOTS_PER_INCH
from cisim.figures.style import BLACK, BLUE, DOUBLE, GREEN, MM, ORANGE, new_figure, styled

Row = dict[str, Any]

#: Colour and marker of each case of the growth panels and of each engine, in their order.
_STYLES = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (BLACK, "D"))

#: Largest value of an axis that is labelled with plain numbers, not with powers of ten.
PLAIN_UP_TO = 1000

#: Panels of growth: quantity, label of the x axis, label of the y axis.
_PANELS = (
    ("runs", "Runs", "Processor time of a study (s)"),
    ("months", "Mean months that a run lives", "Processor time of a run (s)"),
    ("members", "Founding members", "Processor time of a month (s)"),
)


def draw(results: Mapping[str, list[Row]], folder: Path) -> list[Path]:
    """Draw what there are results for, as PNG files in `folder`; return their paths."""
    with styled():
        drawn = {}
        if "engines" in results and "threads" in results:
            drawn["performance-speed"] = _speed(results["engines"], results["threads"])
        if "growth" in results:
            drawn["performance-growth"] = _growth(results["growth"])
        paths = [folder / f"{name}.png" for name in drawn]
        for path, figure in zip(paths, drawn.values(), strict=True):
            figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": "cisim"})
    return paths


def _speed(engines: list[Row], threads: list[Row]) -> Figure:
    """Draw the runs a second of every engine on every scenario."""
    speeds = {(row["engine"], row["scenario"]): _spread(row, "runs_per_second") for row in engines}
    for row in threads:
        if row["case"] in SCENARIOS:
            speeds[ONE_THREAD, row["case"]] = _spread(row, "runs_per_second_1")
            speeds["compiled engine, 2 threads", row["case"]] = _spread(row, "runs_per_second_2")
    figure = new_figure(DOUBLE, 55 * MM)
    axes = figure.subplots()
    names = list(dict.fromkeys(engine for engine, _ in speeds))
    for at, (name, (colour, marker)) in enumerate(zip(names, _STYLES, strict=True)):
        for place, scenario in enumerate(SCENARIOS):
            median, low, high = speeds[name, scenario]
            y = place + 0.18 * (at - 1.5)
            axes.plot([low, high], [y, y], color=colour)
            axes.plot(median, y, marker, color=colour, label=name if place == 0 else None)
            axes.annotate(f"{median:,.0f}", (high, y), (5, 0), textcoords="offset points", va="center", fontsize=6)
    axes.set_xscale("log")
    axes.set_yticks(range(len(SCENARIOS)), SCENARIOS)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.set_xlabel("Runs a second (logarithmic; lines hold the middle 80 % of the turns)")
    figure.legend(loc="outside right center")
    return figure


def _spread(row: Row, name: str) -> tuple[float, float, float]:
    return row[name], row[f"{name}_low"], row[f"{name}_high"]


def _growth(rows: list[Row]) -> Figure:
    """Draw cost over runs, months and members on log-log axes, with the slopes of straight lines through the points."""
    figure = new_figure(DOUBLE, 75 * MM)
    panels = zip(figure.subplots(1, len(_PANELS)), _PANELS, "abc", strict=True)
    for axes, (quantity, x_label, y_label), letter in panels:
        _panel(axes, [row for row in rows if row["quantity"] == quantity], f"({letter}) slope: all points, last two")
        axes.set_xlabel(x_label)
        axes.set_ylabel(y_label)
    return figure


def _panel(axes: Axes, rows: list[Row], title: str) -> None:
    cases = list(dict.fromkeys(row["case"] for row in rows))
    for case, (colour, marker) in zip(cases, _STYLES, strict=False):
        points = [row for row in rows if row["case"] == case]
        xs, ys = [row["x"] for row in points], [row["seconds"] for row in points]
        label = f"{case}: {slope(points):.2f}, {slope(points[-2:]):.2f}"
        axes.plot(xs, ys, color=colour, marker=marker, label=label)
    axes.set_xscale("log")
    axes.set_yscale("log")
    if max(row["x"] for row in rows) <= PLAIN_UP_TO:
        axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_formatter(NullFormatter())
    axes.legend(loc="lower left", bbox_to_anchor=(-0.05, 1.0), title=title, alignment="left")
