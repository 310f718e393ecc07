"""Tables of a test of robustness: what each disturbance takes, and whether a strategy makes it take less."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from cisim.questions.robustness.compute import Measure, Pairs, Recoveries, measures, over_worlds, pairs_of
from cisim.questions.robustness.findings import findings
from cisim.questions.robustness.layout import CALM, CONTRASTS, EFFECTS, FINDINGS, WHICH, Floats, Layout
from cisim.questions.robustness.lives import Lives, read_lives
from cisim.questions.robustness.ratios import Ratio, mean_of_ratios
from cisim.questions.robustness.recovery import read_recoveries
from cisim.questions.robustness.robustness_display import contrasts_display, disturbances_display, findings_display
from cisim.reading.report_table import ReportTable, written_by
from cisim.survival.arms import choose_baseline
from cisim.survival.intervals import Estimate
from cisim.survival.logrank import holm


def tables_of_runs(
    runs: pd.DataFrame,
    layout: Layout,
    folder: Path,
    *,
    states: Sequence[str] = (),
    band: float = 0.05,
    baseline: str | None = None,
) -> dict[str, pd.DataFrame]:
    """Every table of a test of robustness by its name.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status.
    layout : Layout
        What was run.
    folder : Path
        Result folder with ``trajectories.parquet`` where there are states.
    states : sequence of str
        States whose recovery is estimated.
    band : float
        Share by which a state may lie below its twin's.
    baseline : str, optional
        Arm that the others are compared with; by default ``none``, or the first.

    Returns
    -------
    dict of str to DataFrame
        Those of :func:`robustness_tables`, and ``robustness_findings``: what they say in sentences.
    """
    lives = read_lives(runs, layout.n_settings, len(layout.weights), layout.tau)
    recoveries = {}
    if states:
        ended_well = runs["point"] * lives.duration.shape[2] + runs["replicate"]
        completed = pd.Series(runs["ending"].to_numpy() == "completed", index=ended_well)
        whole = completed.reindex(range(layout.n_settings * lives.duration.shape[2]), fill_value=False)
        done = whole.to_numpy(dtype=bool).reshape(layout.n_settings, -1)
        recoveries = read_recoveries(folder / "trajectories.parquet", layout, done, states, band)
    tables = robustness_tables(lives, layout, recoveries, baseline=baseline)
    return {**tables, FINDINGS: findings(tables, layout.within)}


def robustness_tables(
    lives: Lives,
    layout: Layout,
    recoveries: Recoveries,
    *,
    baseline: str | None = None,
    confidence: float = 0.95,
) -> dict[str, pd.DataFrame]:
    """Estimate what disturbances take, arm by arm and arm against arm.

    Parameters
    ----------
    lives : Lives
        Durations.
    layout : Layout
        What was run.
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
    base = layout.labels.index(choose_baseline(list(layout.labels), baseline))
    n_exposures = range(len(layout.exposures))
    every = [[pairs_of(lives, layout, arm, e) for e in n_exposures] for arm in range(len(layout.labels))]
    effects, contrasts = [], []
    for arm, label in enumerate(layout.labels):
        calm = {"strategies": label, **dict.fromkeys(WHICH, np.nan), "kind": "", "class": "", "measure": CALM}
        effects.append(calm | _calm(lives, layout, [arm], confidence))
        if arm != base:
            contrasts.append(calm | {"baseline": layout.labels[base]} | _calm(lives, layout, [arm, base], confidence))
        for keys, places in groups(layout):
            row = {"strategies": label, **keys}
            for measure, found in _own(every[arm], layout, recoveries, arm, places, confidence):
                effects.append(row | {"measure": measure} | found)
            if arm != base:
                against = {"strategies": label, "baseline": layout.labels[base], **keys}
                for measure, found in _contrast(every, layout, recoveries, (arm, base), places, confidence):
                    contrasts.append(against | {"measure": measure} | found)
    return {EFFECTS: pd.DataFrame(effects), CONTRASTS: _adjusted(pd.DataFrame(contrasts))}


def groups(layout: Layout) -> Iterator[tuple[dict[str, Any], list[int]]]:
    """Yield every disturbance by itself, then all of each kind and class, with their places."""
    for place in layout.disturbances:
        e = layout.exposures[place]
        yield {"kind": e.kind, "class": e.of, "month": e.month or np.nan, "size": e.size}, [place]
    for kind, of in dict.fromkeys((layout.exposures[p].kind, layout.exposures[p].of) for p in layout.disturbances):
        places = [p for p in layout.disturbances if (layout.exposures[p].kind, layout.exposures[p].of) == (kind, of)]
        yield {"kind": kind, "class": of, "month": np.nan, "size": np.nan}, places


Found = Iterator[tuple[str, dict[str, Any]]]


def _calm(lives: Lives, layout: Layout, arms: list[int], confidence: float) -> dict[str, Any]:
    """Months free of failure of an arm without any disturbance, or those of the first arm minus those of the second."""
    free = np.array([lives.free[layout.setting(arm, 0)] for arm in arms])
    known = (~np.isnan(free).any(axis=0)).astype(np.float64)
    terms = [[(np.nan_to_num(values), np.ones_like(known), known)] for values in free]
    measure = Measure(CALM, "months", 0.0, float(layout.tau), lambda p: p.change, lambda p: p.met)
    return {"n_pairs": int(known.sum())} | _estimate(
        terms[0], terms[1] if arms[1:] else None, measure, layout, confidence
    )


def _own(
    pairs: Sequence[Pairs], layout: Layout, recoveries: Recoveries, arm: int, places: list[int], confidence: float
) -> Found:
    """Every measure of one arm."""
    n = int(sum(pairs[place].met.sum() for place in places))
    for measure in measures(layout):
        terms = [(measure.top(pairs[p]), measure.bottom(pairs[p]), np.ones_like(pairs[p].met)) for p in places]
        yield measure.name, {"n_pairs": n} | _estimate(terms, None, measure, layout, confidence)
    for state in _states(recoveries):
        if not all((arm, place, state) in recoveries for place in places):
            continue
        of = [(pairs[place].met[0], *recoveries[arm, place, state]) for place in places]
        for name, unit, high, found in (
            (f"struck_{state}", "probability", 1.0, [Ratio(met * struck, met) for met, struck, _ in of]),
            (f"recovery_{state}", "months", layout.within, [Ratio(met * m, met * struck) for met, struck, m in of]),
        ):
            estimate = mean_of_ratios(found, 0.0, float(high), confidence=confidence)
            yield (
                name,
                {"n_pairs": int(sum(ratio.denominator.sum() for ratio in found)), "unit": unit, **_limits(estimate)},
            )


def _contrast(
    every: Sequence[Sequence[Pairs]],
    layout: Layout,
    recoveries: Recoveries,
    arms: tuple[int, int],
    places: list[int],
    confidence: float,
) -> Found:
    """Every measure of one arm minus that of another, where the coalition was there in both."""
    both = [every[arms[0]][place].met * every[arms[1]][place].met for place in places]
    n = int(sum(met.sum() for met in both))
    for measure in measures(layout):
        terms, minus = (
            [(measure.top(every[a][p]), measure.bottom(every[a][p]), met) for p, met in zip(places, both, strict=True)]
            for a in arms
        )
        yield measure.name, {"n_pairs": n} | _estimate(terms, minus, measure, layout, confidence)
    for state in _states(recoveries):
        if not all((arm, place, state) in recoveries for place in places for arm in arms):
            continue
        first, second = (
            [Ratio(met[0] * recoveries[arm, p, state][1], met[0]) for p, met in zip(places, both, strict=True)]
            for arm in arms
        )
        width = float(layout.within)
        found = mean_of_ratios(first, -width, width, minus=second, confidence=confidence)
        told = max(int((ratio.denominator > 0).sum()) for ratio in first)
        yield f"below_{state}", {"n_pairs": n, "unit": "months", **_limits(found), **_test(found, told)}


Terms = list[tuple[Floats, Floats, Floats]]


def _estimate(terms: Terms, minus: Terms | None, measure: Measure, layout: Layout, confidence: float) -> dict[str, Any]:
    """Mean of ratios, or of their differences, with its interval and the share of the ensemble where it is above 0."""
    weights = layout.weights
    ratios = [over_worlds(*term, weights) for term in terms]
    others = None if minus is None else [over_worlds(*term, weights) for term in minus]
    width = measure.high - measure.low
    limits = (measure.low, measure.high) if minus is None else (-width, width)
    found = mean_of_ratios(ratios, *limits, minus=others, confidence=confidence)
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
