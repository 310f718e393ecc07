"""Observed durations with the families fitted to them, or beside simulated coalitions: one panel per observed group."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cisim.figures.entries import DOUBLE_ONLY, FigureEntry
from cisim.figures.parts import (
    drawn_on,
    footnote,
    label_time,
    legend_columns,
    marked,
    small_multiples,
)
from cisim.figures.style import (
    BLACK,
    BLUE,
    DOUBLE,
    GREEN,
    GREY,
    MM,
    ORANGE,
    PURPLE,
    SINGLE,
    VERMILION,
    ArmStyle,
    arm_styles,
    new_figure,
    styled,
)

MOST_COLUMNS = 3
OBSERVED = ArmStyle(BLACK, "-", "")
FAMILY_STYLES = {
    "exponential": ArmStyle(ORANGE, (0, (4, 1.2)), ""),
    "Weibull": ArmStyle(BLUE, "-", ""),
    "log-normal": ArmStyle(GREEN, (0, (1.5, 1)), ""),
    "log-logistic": ArmStyle(PURPLE, (0, (7, 1.5)), ""),
    "piecewise exponential": ArmStyle(VERMILION, (0, (3, 1, 1, 1)), ""),
}
#: The simulated baseline, whose black belongs to the observed curve here, and a simulated arm without a label.
ALONE = ArmStyle(VERMILION, "-", "o")
#: The family that is drawn where simulated curves share the panel.
BEST = ArmStyle(GREY, (0, (2.5, 1)), "")


def persistence_figure(
    survival: pd.DataFrame,
    observed: list[str],
    families: pd.DataFrame | None = None,
    curves: pd.DataFrame | None = None,
) -> Figure:
    """Draw the observed curve of each group with what it is compared with.

    Parameters
    ----------
    survival : DataFrame
        Columns group, month, survival, lower and upper, from :func:`cisim.questions.fit.compute.curves_table`.
    observed : list of str
        Groups that were observed, a panel each; other groups of ``survival`` are simulated and drawn in every panel.
    families, curves : DataFrame, optional
        ``families`` and ``family_curves`` of :func:`cisim.questions.fit.compute.family_tables`. All families are
        drawn; beside simulated groups only the one with the smallest AIC.

    Returns
    -------
    Figure
        One column wide for one observed group, else the full page.
    """
    simulated = _simulated_styles([label for label in survival["group"].unique() if label not in observed])
    shown = _shown_families(families, curves, alone=not simulated)
    n_rows = -(-len(observed) // MOST_COLUMNS)
    with styled():
        figure = new_figure(SINGLE if len(observed) == 1 else DOUBLE, (26 + 50 * n_rows) * MM)
        panels = small_multiples(figure, len(observed), MOST_COLUMNS, share_y=True)
        for axes, label in zip(panels, observed, strict=True):
            _draw_steps(axes, survival[survival["group"] == label], OBSERVED, [], 0.12)
            for i, (other, style) in enumerate(simulated.items()):
                part = survival[survival["group"] == other]
                _draw_steps(axes, part, style, marked(i, len(simulated), len(part)), 0.08)
            for name, part in reversed(shown.get(label, {}).items()):  # the dashed exponential over a like Weibull
                style = BEST if simulated else FAMILY_STYLES[name]
                axes.plot(part["month"], part["survival"], color=style.colour, linestyle=style.line, lw=1.0)
            if len(observed) > 1:
                axes.set_title(label)
        panels[0].set_ylim(0, 1.02)
        figure.supylabel("Share not ended", fontsize="medium")
        label_time(panels, max(1.0, float(survival["month"].max())))
        _add_legend(figure, simulated, sorted({name for part in shown.values() for name in part}, key=_rank))
        footnote(figure, _note(observed, simulated, shown))
    return figure


def _simulated_styles(labels: list[str]) -> dict[str, ArmStyle]:
    """Style of each simulated group: that of its strategies label everywhere else, the baseline apart from black."""
    names = {label: label.partition(", ")[2] for label in labels}
    styles = arm_styles([name for name in names.values() if name])
    return {label: styles.get(name, ALONE) if name not in ("", "none") else ALONE for label, name in names.items()}


def _shown_families(
    families: pd.DataFrame | None, curves: pd.DataFrame | None, *, alone: bool
) -> dict[str, dict[str, pd.DataFrame]]:
    """Curves to draw by group and family."""
    if families is None or curves is None:
        return {}
    rows = families if alone else families[families["aic_difference"] == 0]
    shown: dict[str, dict[str, pd.DataFrame]] = {}
    for row in rows[["group", "family"]].itertuples(index=False):
        chosen = (curves["group"] == row.group) & (curves["family"] == row.family)
        shown.setdefault(str(row.group), {})[str(row.family)] = curves[chosen]
    return shown


def _draw_steps(axes: Axes, part: pd.DataFrame, style: ArmStyle, marks: list[int], alpha: float) -> None:
    """Draw a Kaplan-Meier curve with its band."""
    whole = drawn_on(part.dropna(subset=["survival"]))
    axes.fill_between(
        whole["month"], whole["lower"], whole["upper"], step="post", color=style.colour, alpha=alpha, lw=0
    )
    axes.step(
        whole["month"],
        whole["survival"],
        where="post",
        color=style.colour,
        linestyle=style.line,
        marker=style.marker or None,
        markevery=marks,
    )


def _add_legend(figure: Figure, simulated: Mapping[str, ArmStyle], families: list[str]) -> None:
    """Legend of every line, above the panels."""
    entries = {"observed (Kaplan-Meier)": OBSERVED, **simulated}
    entries |= {"best family": BEST} if simulated and families else {name: FAMILY_STYLES[name] for name in families}
    handles = [
        Line2D([], [], color=style.colour, linestyle=style.line, marker=style.marker or None, label=label)
        for label, style in entries.items()
    ]
    columns = legend_columns(entries, figure.get_figwidth())
    figure.legend(handles=handles, loc="outside upper center", ncols=columns)


def _rank(name: str) -> int:
    return list(FAMILY_STYLES).index(name)


def _note(observed: list[str], simulated: Mapping[str, ArmStyle], shown: dict[str, dict[str, pd.DataFrame]]) -> str:
    best = [f"{label}: {name}" if len(observed) > 1 else name for label, part in shown.items() for name in part]
    best_by_aic = f" Best family by AIC: {', '.join(best)}." if simulated and best else ""
    return f"Bands: pointwise 95 % intervals.{best_by_aic}"


def persistence_figures(tables: Mapping[str, pd.DataFrame], observed: Sequence[str]) -> list[FigureEntry]:
    """Return the figure of a fit.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        From :func:`cisim.questions.fit.tables.persistence_tables`.
    observed : sequence of str
        Groups that were observed, as they are named in the tables.
    """

    def draw(survival: pd.DataFrame, width: float) -> Figure:  # noqa: ARG001
        return persistence_figure(survival, list(observed), tables.get("families"), tables.get("family_curves"))

    return [FigureEntry("persistence", "survival", draw, DOUBLE_ONLY)]
