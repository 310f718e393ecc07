"""``cisim sensitivity method=auto``: a screening, then Sobol's indices of what it leaves, in one result folder."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console

from cisim.cli.experiment import Analysis, Report, Results, conduct_one
from cisim.cli.screen import screen
from cisim.questions.sensitivity.elementary_effects import STEP, elementary_effects
from cisim.questions.sensitivity.outcomes import MEDIAN, outcome_values, rows_laid_out
from cisim.questions.sensitivity.plan import FROZEN, Sampling, refined_study
from cisim.questions.sensitivity.units_and_worlds import (
    EFFECTS,
    FROZEN_CHECK,
    INDICES,
    SCREENED,
    SEED,
    Floats,
    Ints,
    UnitLayout,
    chance_changes,
    group_medians,
    ratio,
)
from cisim.questions.sensitivity.variance_based import TOTAL
from cisim.reading.table_files import write_tables
from cisim.study.prepared import prepare
from cisim.study.result_writer import result_folder
from cisim.study.store.folder import COMPLETE
from cisim.study.study import Study

#: Folder of the screening inside that of the whole analysis.
SCREENING = "screening"


def screening_table(
    runs: pd.DataFrame, layout: UnitLayout, place: Ints, outcomes: Sequence[str], tau: float, negligible: float
) -> pd.DataFrame:
    """Return which parameters a screening freezes.

    Parameters
    ----------
    runs, layout, place, outcomes, tau
        As for :func:`cisim.questions.sensitivity.compute.sensitivity_tables`, of ``method=morris``.
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
        rows, units, _ = rows_laid_out(outcome_values(runs, outcome, tau), place, (layout.n_units, layout.n_rows))
        rows = group_medians(rows) if outcome == MEDIAN else rows
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
    """Return the mean square of the elementary effect of a step that changes the worlds alone."""
    change = chance_changes(rows, np.random.default_rng(SEED))
    return np.array(np.nan if change is None else (change.mean(axis=-1) ** 2).mean() / STEP**2)


def frozen_table(indices: pd.DataFrame, screened: pd.DataFrame, negligible: float) -> pd.DataFrame:
    """Return for each outcome whether frozen parameters are negligible, by their total index together.

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
        statement = _statement(n_frozen, (share, lower, upper), negligible, verdict)
        rows.append({**row, "share": share, "lower": lower, "upper": upper, "verdict": verdict, "statement": statement})
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


def two_stages(study: Study, command: str, analyse: Analysis, report: Report) -> int:
    """Run and analyse a screening, and the study that follows on it; return the exit code.

    Both go on after a stop: the screening is a complete result of its own inside the folder of the whole.
    """
    first = prepare(study)
    inner = result_folder(first, SCREENING)
    code = conduct_one(first, command, analyse, _screened, inner)
    table = _table(inner, SCREENED)
    if table is None:
        return code or 1
    second = prepare(refined_study(study, frozenset(table.loc[table["is_frozen"], "parameter"])))

    def analyse_both(results: Results) -> str:
        state = analyse(results)
        if state == COMPLETE and _table(results.folder, INDICES) is not None:
            _write_both(results.folder, inner, _negligible(study))
        return state

    def report_both(results: Results) -> None:
        report(results)
        checked = _table(results.folder, FROZEN_CHECK)
        for row in () if checked is None else checked.to_dict("records"):
            screen().print(f"{row['outcome']}: {row['statement']}", highlight=False, soft_wrap=True)

    return max(code, conduct_one(second, command, analyse_both, report_both, inner.parent, inner.name))


def _negligible(study: Study) -> float:
    return study.task_as(Sampling).refining.negligible


def _write_both(folder: Path, inner: Path, negligible: float) -> None:
    """Write the tables of the screening beside those of the second stage, with the check of what was frozen."""
    screened, effects, indices = _table(inner, SCREENED), _table(inner, EFFECTS), _table(folder, INDICES)
    assert screened is not None
    assert effects is not None
    assert indices is not None
    checked = frozen_table(indices, screened, negligible)
    write_tables({SCREENED: screened, EFFECTS: effects, FROZEN_CHECK: checked}, folder)


def _screened(results: Results) -> None:
    """Print what the screening found."""
    table = _table(results.folder, SCREENED)
    if table is None:
        return
    kept = list(table.loc[~table["is_frozen"], "parameter"].unique())
    n = table["parameter"].nunique()
    statement = f"screening: {n - len(kept)} of {n} parameters are frozen; {len(kept)} are left: {', '.join(kept)}"
    for outcome, part in table.groupby("outcome", sort=False):
        statement += f"; chance makes {min(1.0, n * part['noise'].iloc[0]):.0%} of the squared effects on {outcome}"
    Console(stderr=True).print(statement, soft_wrap=True, highlight=False, markup=False)


def _table(folder: Path, name: str) -> pd.DataFrame | None:
    path = folder / "tables" / f"{name}.csv"
    return pd.read_csv(path) if path.exists() else None
