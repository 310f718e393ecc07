"""Tables of a test of robustness: months lost to each disturbance, and whether strategies reduce the loss."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from cisim.questions.robustness.compute import (
    Floats,
    Lives,
    PairMeasure,
    Pairs,
    Ratio,
    Recoveries,
    mean_of_ratios,
    over_worlds,
    pair_measures,
    pairs_of,
    read_lives,
)
from cisim.questions.robustness.exposures import CALM, CONTRASTS, EFFECTS, FINDINGS, WHICH, Stress
from cisim.questions.robustness.findings import (
    contrasts_display,
    disturbances_display,
    findings_display,
    findings_table,
)
from cisim.questions.robustness.recovery import read_recoveries
from cisim.reading.finished_result import ReportTable, written_by
from cisim.survival.arms import choose_baseline
from cisim.survival.intervals import Estimate
from cisim.survival.logrank import holm


def tables_of_runs(
    runs: pd.DataFrame, stress: Stress, weights: Floats, folder: Path, *, baseline: str | None = None
) -> dict[str, pd.DataFrame]:
    """Every table of a test of robustness by its name.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status.
    stress : Stress
        Plan.
    weights : ndarray, shape (n_members,)
        Weights of the parameter sets that every setting was run with; one of 1 without an ensemble.
    folder : Path
        Result folder with ``trajectories.parquet`` where the recovery of states is followed.
    baseline : str, optional
        Arm that the others are compared with; by default ``none``, or the first.

    Returns
    -------
    dict of str to DataFrame
        Those of :func:`robustness_tables`, and ``robustness_findings``: the findings in sentences.
    """
    lives = read_lives(runs, stress.n_settings, len(weights), stress.tau)
    recoveries: Recoveries = {}
    if stress.trajectory_filter() is not None:
        ended_well = runs["point"] * lives.duration.shape[2] + runs["replicate"]
        completed = pd.Series(runs["ending"].to_numpy() == "completed", index=ended_well)
        whole = completed.reindex(range(stress.n_settings * lives.duration.shape[2]), fill_value=False)
        done = whole.to_numpy(dtype=bool).reshape(stress.n_settings, -1)
        recoveries = read_recoveries(folder / "trajectories.parquet", stress, done)
    tables = robustness_tables(lives, stress, weights, recoveries, baseline=baseline)
    return {**tables, FINDINGS: findings_table(tables, stress.within)}


def robustness_tables(
    lives: Lives,
    stress: Stress,
    weights: Floats,
    recoveries: Recoveries,
    *,
    baseline: str | None = None,
    confidence: float = 0.95,
) -> dict[str, pd.DataFrame]:
    """Estimate the effects of disturbances in each arm, and their differences between arms.

    Parameters
    ----------
    lives : Lives
        Durations.
    stress : Stress
        Plan.
    weights : ndarray, shape (n_members,)
        Weights of the parameter sets that every setting was run with; one of 1 without an ensemble.
    recoveries : mapping
        By arm, exposure and state, as from :func:`cisim.questions.robustness.recovery.read_recoveries`; may be empty.
    baseline : str, optional
        Arm that the others are compared with; by default ``none``, or the first.
    confidence : float
        Coverage of every interval, in (0, 1).

    Returns
    -------
    dict of str to DataFrame
        ``robustness``: a row for each arm, disturbance and measure, and one (month and size empty) for the mean over
        all disturbances of a kind and class: n_pairs that were there when it began, value, standard_error, lower,
        upper, and over an ensemble share_positive, the share of it (by weight) in which the value is above 0.
        ``robustness_contrasts``: the same for every arm minus the baseline, in the worlds where the coalition was there
        in both arms; besides, p_value and p_holm (adjusted for all contrasts of the same measure, among the means over
        a class and among the rest). A positive contrast of ``change`` means that the arm loses less.

    Notes
    -----
    Worlds are the independent units; runs of one world with several parameter sets are summed first. The mean over a
    class gives every month and size the same weight.
    """
    base = stress.labels.index(choose_baseline(list(stress.labels), baseline))
    n_exposures = range(len(stress.exposures))
    every = [[pairs_of(lives, stress, arm, e) for e in n_exposures] for arm in range(len(stress.labels))]
    given = _Given(lives, stress, weights, recoveries, confidence)
    effects, contrasts = [], []
    for arm, label in enumerate(stress.labels):
        calm = {"strategies": label, **dict.fromkeys(WHICH, np.nan), "kind": "", "class": "", "measure": CALM}
        effects.append(calm | _calm(given, [arm]))
        if arm != base:
            contrasts.append(calm | {"baseline": stress.labels[base]} | _calm(given, [arm, base]))
        for keys, places in groups(stress):
            row = {"strategies": label, **keys}
            for measure, found in _own(every[arm], given, arm, places):
                effects.append(row | {"measure": measure} | found)
            if arm != base:
                against = {"strategies": label, "baseline": stress.labels[base], **keys}
                for measure, found in _contrast(every, given, (arm, base), places):
                    contrasts.append(against | {"measure": measure} | found)
    return {EFFECTS: pd.DataFrame(effects), CONTRASTS: _adjusted(pd.DataFrame(contrasts))}


class _Given(NamedTuple):
    """Input of every estimate; fields as the arguments of `robustness_tables`."""

    lives: Lives
    stress: Stress
    weights: Floats
    recoveries: Recoveries
    confidence: float


def groups(stress: Stress) -> Iterator[tuple[dict[str, Any], list[int]]]:
    """Yield every disturbance by itself, then all of each kind and class, with their places."""
    for place in stress.disturbances:
        e = stress.exposures[place]
        yield {"kind": e.kind, "class": e.of, "month": e.month or np.nan, "size": e.size}, [place]
    for kind, of in dict.fromkeys((stress.exposures[p].kind, stress.exposures[p].of) for p in stress.disturbances):
        places = [p for p in stress.disturbances if (stress.exposures[p].kind, stress.exposures[p].of) == (kind, of)]
        yield {"kind": kind, "class": of, "month": np.nan, "size": np.nan}, places


Found = Iterator[tuple[str, dict[str, Any]]]


def _calm(given: _Given, arms: list[int]) -> dict[str, Any]:
    """Months free of failure of an arm without any disturbance, or those of the first arm minus those of the second."""
    free = np.array([given.lives.free[given.stress.setting(arm, 0)] for arm in arms])
    known = (~np.isnan(free).any(axis=0)).astype(np.float64)
    terms = [[(np.nan_to_num(values), np.ones_like(known), known)] for values in free]
    measure = PairMeasure(CALM, "months", 0.0, float(given.stress.tau), lambda p: p.change, lambda p: p.met)
    return {"n_pairs": int(known.sum())} | _estimate(terms[0], terms[1] if arms[1:] else None, measure, given)


def _own(pairs: Sequence[Pairs], given: _Given, arm: int, places: list[int]) -> Found:
    """Every measure of one arm."""
    n = int(sum(pairs[place].met.sum() for place in places))
    for measure in pair_measures(given.stress):
        terms = [(measure.top(pairs[p]), measure.bottom(pairs[p]), np.ones_like(pairs[p].met)) for p in places]
        yield measure.name, {"n_pairs": n} | _estimate(terms, None, measure, given)
    for state in _states(given.recoveries):
        if not all((arm, place, state) in given.recoveries for place in places):
            continue
        of = [(pairs[place].met[0], *given.recoveries[arm, place, state]) for place in places]
        within = given.stress.within
        for name, unit, high, found in (
            (f"struck_{state}", "probability", 1.0, [Ratio(met * struck, met) for met, struck, _ in of]),
            (f"recovery_{state}", "months", within, [Ratio(met * m, met * struck) for met, struck, m in of]),
        ):
            estimate = mean_of_ratios(found, 0.0, float(high), confidence=given.confidence)
            n_known = int(sum(ratio.denominator.sum() for ratio in found))
            yield name, {"n_pairs": n_known, "unit": unit, **_limits(estimate)}


def _contrast(every: Sequence[Sequence[Pairs]], given: _Given, arms: tuple[int, int], places: list[int]) -> Found:
    """Every measure of one arm minus that of another, where the coalition was there in both."""
    both = [every[arms[0]][place].met * every[arms[1]][place].met for place in places]
    n = int(sum(met.sum() for met in both))
    for measure in pair_measures(given.stress):
        terms, minus = (
            [(measure.top(every[a][p]), measure.bottom(every[a][p]), met) for p, met in zip(places, both, strict=True)]
            for a in arms
        )
        yield measure.name, {"n_pairs": n} | _estimate(terms, minus, measure, given)
    for state in _states(given.recoveries):
        if not all((arm, place, state) in given.recoveries for place in places for arm in arms):
            continue
        first, second = (
            [Ratio(met[0] * given.recoveries[arm, p, state][1], met[0]) for p, met in zip(places, both, strict=True)]
            for arm in arms
        )
        width = float(given.stress.within)
        found = mean_of_ratios(first, -width, width, minus=second, confidence=given.confidence)
        n_worlds = max(int((ratio.denominator > 0).sum()) for ratio in first)
        yield f"below_{state}", {"n_pairs": n, "unit": "months", **_limits(found), **_test(found, n_worlds)}


Terms = list[tuple[Floats, Floats, Floats]]


def _estimate(terms: Terms, minus: Terms | None, measure: PairMeasure, given: _Given) -> dict[str, Any]:
    """Mean of ratios, or of their differences, with its interval and the share of the ensemble where it is above 0."""
    weights = given.weights
    ratios = [over_worlds(*term, weights) for term in terms]
    others = None if minus is None else [over_worlds(*term, weights) for term in minus]
    width = measure.high - measure.low
    limits = (measure.low, measure.high) if minus is None else (-width, width)
    found = mean_of_ratios(ratios, *limits, minus=others, confidence=given.confidence)
    row = {"unit": measure.unit, **_limits(found)}
    if minus is not None:
        row |= _test(found, max(int((ratio.denominator > 0).sum()) for ratio in ratios))
    if len(weights) > 1:
        values = _by_member(terms) - (0.0 if minus is None else _by_member(minus))
        known = ~np.isnan(values)
        row["share_positive"] = (
            float(weights[known & (values > 0)].sum() / weights[known].sum()) if known.any() else np.nan
        )
    return row


def _by_member(terms: Terms) -> Floats:
    """Mean of ratios of every member of an ensemble, shape (n_members,)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = np.mean([(a * x).sum(axis=1) / (a * d).sum(axis=1) for x, d, a in terms], axis=0)
    return found


def _limits(found: Estimate) -> dict[str, float]:
    return {"value": found.value, "standard_error": found.standard_error, "lower": found.lower, "upper": found.upper}


def _test(found: Estimate, n: int) -> dict[str, float]:
    """Student's t test that there is no difference; none where nothing spreads."""
    if not found.standard_error > 0 or n < 2:
        return {"p_value": np.nan}
    return {"p_value": float(2.0 * stats.t.sf(abs(found.value) / found.standard_error, n - 1))}


def _adjusted(contrasts: pd.DataFrame) -> pd.DataFrame:
    """Adjust p-values by Holm's method within each measure, means over a class apart from single disturbances."""
    if contrasts.empty:
        return contrasts
    means = contrasts["size"].isna()
    return contrasts.assign(p_holm=contrasts.groupby(["measure", means], sort=False)["p_value"].transform(holm))


def _states(recoveries: Recoveries) -> list[str]:
    return list(dict.fromkeys(state for _, _, state in recoveries))


#: Tables of a report in its order.
TABLES = (
    ReportTable(
        name="robustness",
        section="shocks",
        title="Effects of disturbances",
        make=written_by("robustness", "robustness"),
        caption="Change against the same coalitions in the same worlds without the disturbance, among those that "
        "were there when it began, with 95 % intervals: means over the months and sizes, or rates, of each "
        "class.",
        display=disturbances_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="robustness_contrasts",
        section="shocks",
        title="Strategies under disturbances",
        make=written_by("robustness", "robustness_contrasts"),
        caption="Change in months free of failure of each arm minus that of the baseline, with 95 % intervals; "
        "above 0 the arm loses less. Means over each class.",
        display=contrasts_display,
        says_if_missing=False,
    ),
    ReportTable(
        name="robustness_findings",
        section="shocks",
        title="Findings",
        make=written_by("robustness", "robustness_findings"),
        caption="What each class of disturbance takes, as a mean over months and sizes, and whether a strategy "
        "makes it take less, in the worlds where the coalition was there in both arms. A difference counts "
        "as told where its p value, adjusted by Holm's method for all of them, is below 0.05.",
        display=findings_display,
        says_if_missing=False,
    ),
)
