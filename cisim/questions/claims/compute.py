"""Verdicts on all claims together, with error rates that hold for all of them.

Three families of tests, each adjusted over the claims by Holm's method at 5 %:

- a claim *holds somewhere*: on average over the ensemble, or in the fifth of its members in which it is clearest, or in
  the region found (three looks, so the smallest p value counts three times);
- a claim *holds in most*: on average, and in more than two thirds of the ensemble (both, so the larger p value);
- a claim *reverses somewhere*: as for holding, in the other direction.

What is concluded of a region where a claim holds, or reverses, is adjusted in the same way.

``supported`` holds somewhere and in most, ``conditional`` holds somewhere, ``not supported`` does neither. So where
nothing has any effect, the chance that a single one of all claims is not ``not supported`` is at most 5 %; and so is
the chance of a single ``supported`` among claims that do not hold on average, or hold in two thirds or less.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.questions.claims.claim import unit_of
from cisim.questions.claims.evidence import Average, Evidence, mean_over_ensemble, p_of_a_fifth, shares
from cisim.questions.claims.region import Confirmed, Regions, describe_region, find_regions
from cisim.survival.ensembles import variance_parts
from cisim.survival.logrank import holm

Floats = NDArray[np.float64]

SUPPORTED, CONDITIONAL, NOT_SUPPORTED = "supported", "conditional", "not supported"
LEVEL = 0.05
SURE = ("surely_holds", "surely_reverses")
NOWHERE = " The search found no region where it surely reverses."


def judge_claims(evidence: Sequence[Evidence]) -> tuple[pd.DataFrame, dict[str, Regions]]:
    """Return verdicts on claims together.

    Parameters
    ----------
    evidence : sequence of Evidence
        One for each claim.

    Returns
    -------
    table : DataFrame
        One row for each claim: what it says, the effect as the contrast is written (of several contrasts the weakest)
        with its 95 % interval over members and worlds, ``parametric_sd`` and ``chance_sd``, shares of the ensemble,
        adjusted p values, verdict, and where it holds and reverses.
    regions : dict of str to Regions
        By the name of the claim, where there was a search.
    """
    regions = {
        one.claim.name: find_regions(one.search, one.claim.smallest)
        for one in evidence
        if one.search is not None and one.search.points.shape[1]
    }
    rows = [_row(one, regions.get(one.claim.name)) for one in evidence]
    table = pd.DataFrame(rows)
    for family in ("p_somewhere", "p_most", "p_reverses", "holds_p", "reverses_p"):
        table[family] = holm(table[family])
    somewhere, most, reverses = (table[f"p_{family}"] < LEVEL for family in ("somewhere", "most", "reverses"))
    table["verdict"] = np.where(somewhere & most, SUPPORTED, np.where(somewhere, CONDITIONAL, NOT_SUPPORTED))
    table["is_reversed_somewhere"] = reverses
    table["finding"] = [verdict_sentence(row) for row in table.to_dict("records")]
    return table, regions


def _row(one: Evidence, found: Regions | None) -> dict[str, Any]:
    claim, weights = one.claim, one.weights
    means = [mean_over_ensemble(part, weights, claim.smallest) for part in one.effects]
    weakest = int(np.argmax([mean.p_above for mean in means]))
    mean = means[weakest]
    p_fifth, p_against = p_of_a_fifth(one.effects, weights, claim.smallest)
    spread = shares(one.effects, weights, claim.smallest)
    below = min(1.0, len(means) * min(m.p_below for m in means))
    above = max(m.p_above for m in means)
    parts = variance_parts(one.effects[weakest], weights)
    regional = (found.holds.p, found.reverses.p) if found else (1.0, 1.0)
    looks = 3 if found else 2
    return {
        **{name: getattr(claim, name) for name in ("name", "claim", "source", "passage", "scenario", "contrast")},
        "metric": claim.metric,
        "unit": unit_of(claim.metric),
        "expected": "up" if claim.direction > 0 else "down",
        "smallest": claim.smallest,
        "n_members": len(weights),
        "n_worlds": one.effects.shape[2],
        **_signed(mean, claim.direction),
        "parametric_sd": parts["parametric_sd"],
        "chance_sd": parts["chance_sd"],
        "share_holds": spread.holds,
        "share_surely_holds": spread.surely_holds,
        "share_surely_reverses": spread.surely_reverses,
        "p_average": above,
        "p_somewhere": min(1.0, looks * min(above, p_fifth, regional[0])),
        "p_most": max(above, spread.p_most),
        "p_reverses": min(1.0, looks * min(below, p_against, regional[1])),
        "p_reversed_average": below,
        **_where("holds", found.holds if found else None, claim.direction),
        **_where("reverses", found.reverses if found else None, claim.direction),
    }


def _signed(mean: Average, direction: int) -> dict[str, float]:
    """Effect as the contrast is written."""
    low, high = sorted((direction * mean.lower, direction * mean.upper))
    return {"effect": direction * mean.value, "standard_error": mean.standard_error, "lower": low, "upper": high}


def _where(word: str, found: Confirmed | None, direction: int) -> dict[str, Any]:
    if found is None:
        empty = dict.fromkeys(("share", "effect", "lower", "upper", "p"), np.nan)
        return {f"{word}_where": "", **{f"{word}_{name}": value for name, value in empty.items()}}
    low, high = sorted((direction * found.lower, direction * found.upper))
    return {
        f"{word}_where": describe_region(found.box),
        f"{word}_share": found.share,
        f"{word}_effect": direction * found.value,
        f"{word}_lower": low,
        f"{word}_upper": high,
        f"{word}_p": found.p,
    }


def verdict_sentence(row: dict[Any, Any]) -> str:
    """Return one verdict in a sentence or two."""
    unit = f" {row['unit']}" if row["unit"] and row["unit"] != "probability" else ""
    holds, sure, against = (f"{100 * row[f'share_{name}']:.0f} %" for name in ("holds", *SURE))
    text = (
        f"{str(row['verdict']).capitalize()}: {row['contrast']} is {amount(row['effect'])}{unit} "
        f"({amount(row['lower'])} to {amount(row['upper'])}) on average, as claimed in {holds} of the ensemble "
        f"(beyond chance in {sure}, the reverse in {against})."
    )
    if row["verdict"] == CONDITIONAL and row["holds_p"] < LEVEL:
        text += f" It holds {_region_in_words(row, 'holds', unit)}."
    if row["reverses_where"]:
        text += f" It reverses {_region_in_words(row, 'reverses', unit)}." if row["reverses_p"] < LEVEL else NOWHERE
    return text


def _region_in_words(row: dict[Any, Any], word: str, unit: str) -> str:
    limits = f"{amount(row[f'{word}_lower'])} to {amount(row[f'{word}_upper'])}"
    share = "" if row[f"{word}_share"] == 1 else f", {100 * row[f'{word}_share']:.0f} % of the ranges"
    return f"{row[f'{word}_where']}: {amount(row[f'{word}_effect'])}{unit} ({limits}{share})"


def amount(value: float) -> str:
    """Return a signed number with three significant digits, and no exponent above 0.0001."""
    if not np.isfinite(value):
        return "unknown"
    if abs(value) >= 100:
        return f"{value:+.0f}"
    return f"{value:+.1f}" if abs(value) >= 10 else f"{value:+.3g}"
