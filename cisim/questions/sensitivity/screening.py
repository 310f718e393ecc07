"""Which parameters a screening freezes, and what a refined analysis says of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.questions.sensitivity.layout import SEED, Floats, Ints, Layout, luck, medians
from cisim.questions.sensitivity.morris import STEP, elementary_effects
from cisim.questions.sensitivity.outcomes import MEDIAN, laid_out, outcome_values
from cisim.questions.sensitivity.saltelli import TOTAL
from cisim.questions.sensitivity.worlds import ratio

#: What frozen parameters are called where they change together.
FROZEN = "frozen"


def screening_table(
    runs: pd.DataFrame, layout: Layout, place: Ints, outcomes: Sequence[str], tau: float, negligible: float
) -> pd.DataFrame:
    """Tell the parameters that a screening freezes.

    Parameters
    ----------
    runs, layout, place, outcomes, tau
        As for :func:`cisim.questions.sensitivity.tables.sensitivity_tables`, of ``method=morris``.
    negligible : float
        Share of the squared effects that the frozen parameters may hold together, in [0, 1).

    Returns
    -------
    DataFrame
        One row for each outcome and parameter: mean_square (of the elementary effects on the mean over worlds), share
        (of the sum over parameters), noise (share that a parameter without effect has by chance; NaN in a single
        world), is_small, and ``is_frozen``, the same for all outcomes: whether it is small in each.

    Notes
    -----
    Half the mean square of the change that a step makes stands for a total index as mu* does (Campolongo, Cariboni &
    Saltelli 2007, Environmental Modelling & Software 22:1509), and it adds up: the weakest parameters that hold at most
    `negligible` of the sum are small. Squares hold the noise of chance, which is not taken off: the more noise, the
    fewer parameters are frozen. Some parameter is always left.
    """
    parts = []
    for outcome in outcomes:
        rows, units, _ = laid_out(outcome_values(runs, outcome, tau), place, (layout.n_units, layout.n_rows))
        rows = medians(rows) if outcome == MEDIAN else rows
        square = (elementary_effects(layout.part(units), rows.mean(axis=-1)) ** 2).mean(axis=0)
        share = np.nan_to_num(ratio(square, float(square.sum())))
        order = np.argsort(share, kind="stable")
        small = np.empty(len(order), dtype=bool)
        small[order] = np.cumsum(share[order]) <= negligible
        columns = {"parameter": layout.names, "mean_square": square, "share": share}
        noise = float(ratio(_noise(rows), square.sum()))
        parts.append(pd.DataFrame({"outcome": outcome, **columns, "noise": noise, "is_small": small}))
    table = pd.concat(parts, ignore_index=True)
    is_frozen = table.groupby("parameter")["is_small"].all()
    if is_frozen.all():
        is_frozen[parts[0]["parameter"].iloc[int(parts[0]["mean_square"].argmax())]] = False
    return table.assign(is_frozen=table["parameter"].map(is_frozen))


def _noise(rows: Floats) -> Floats:
    """Mean square of the elementary effect of a step that changes the worlds alone."""
    change = luck(rows, np.random.default_rng(SEED))
    return np.array(np.nan if change is None else (change.mean(axis=-1) ** 2).mean() / STEP**2)


def frozen_table(indices: pd.DataFrame, screened: pd.DataFrame, negligible: float) -> pd.DataFrame:
    """Say of each outcome whether the frozen parameters are negligible, by their total index together.

    Parameters
    ----------
    indices : DataFrame
        Table of the refined analysis, in which the frozen parameters are one.
    screened : DataFrame
        Table of `screening_table`.
    negligible : float
        Share of the variance up to which they are.

    Returns
    -------
    DataFrame
        One row for each outcome: n_frozen, n_kept, share (of the variance of the expected outcome), lower, upper,
        negligible, verdict (``confirmed``, ``refuted`` or ``open``) and a statement in words.
    """
    n_frozen = int(screened.drop_duplicates("parameter")["is_frozen"].sum())
    n_kept = screened["parameter"].nunique() - n_frozen
    rows = []
    for outcome in screened["outcome"].unique():
        row = {"outcome": outcome, "n_frozen": n_frozen, "n_kept": n_kept, "negligible": negligible}
        wanted = (indices["outcome"] == outcome) & (indices["of"] == "mean") & (indices["index"] == TOTAL)
        found = indices[wanted & (indices["parameter"] == FROZEN)]
        share, lower, upper = found[["value", "lower", "upper"]].iloc[0] if len(found) else (0.0, 0.0, 0.0)
        verdict = _verdict(lower, upper, negligible)
        said = _statement(n_frozen, (share, lower, upper), negligible, verdict)
        rows.append({**row, "share": share, "lower": lower, "upper": upper, "verdict": verdict, "statement": said})
    return pd.DataFrame(rows)


def _verdict(lower: float, upper: float, negligible: float) -> str:
    if upper <= negligible:
        return "confirmed"
    return "refuted" if lower > negligible else "open"


def _statement(n: int, found: tuple[float, float, float], negligible: float, verdict: str) -> str:
    if n == 0:
        return "no parameter is frozen: the weakest holds more than is negligible"
    share, lower, upper = (f"{100 * number:.1f} %" for number in found)
    if np.isnan(found).any():
        return f"what the {n} frozen parameters carry is not told: the outcome does not vary enough"
    carry = f"the {n} frozen parameters together carry {share} ({lower} to {upper})"
    words = {
        "confirmed": f"negligible, {negligible:.0%} or less as asked",
        "refuted": f"more than the {negligible:.0%} asked; give a smaller negligible= or more trajectories, screening=",
        "open": f"whether that is {negligible:.0%} or less is not settled; more samples= or replicates= would tell",
    }
    return f"{carry} of the variance of the expected outcome: {words[verdict]}"
