"""Findings of a test of robustness: in sentences, and as a report shows them."""

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from cisim.questions.robustness.exposures import CALM, CONTRASTS, EFFECTS, STANDING
from cisim.survival.words import DASH, interval, p_value, percent


def findings_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each sentence."""
    return pd.DataFrame({"Disturbance": _named(table.fillna("")), "Finding": table["sentence"]})


def disturbances_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each class and measure, one column for each arm."""
    part = table[table["size"].isna() & table["class"].notna()]
    part = part.assign(what=_named(part), shown=_shown(part))
    arms = list(dict.fromkeys(part["strategies"]))
    keys = ["what", "measure", "unit"]
    shown = part[keys].drop_duplicates()
    for arm in arms:
        own = part.loc[part["strategies"] == arm, [*keys, "shown"]].rename(columns={"shown": arm})
        shown = shown.merge(own, on=keys, how="left").fillna({arm: DASH})
    what = [
        f"{measure.replace('_', ' ').capitalize()} ({'%' if unit != 'months' else unit})"
        for measure, unit in zip(shown["measure"], shown["unit"], strict=True)
    ]
    return pd.DataFrame({"Disturbance": shown["what"], "Measure": what, **{arm: shown[arm] for arm in arms}})


def contrasts_display(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each class and arm."""
    part = table[table["size"].isna() & table["class"].notna() & (table["measure"] == "change")]
    return pd.DataFrame(
        {
            "Disturbance": _named(part),
            "Arm": part["strategies"],
            "Against": part["baseline"],
            "Pairs": part["n_pairs"].map("{:,}".format),
            "Difference (months)": _shown(part),
            "p, Holm": [p_value(p) for p in part["p_holm"]],
        }
    )


def _named(table: pd.DataFrame) -> list[str]:
    """Class and kind in words."""
    names = zip(table["class"], table["kind"], strict=True)
    return [f"{of}, {kind}" if of else "none" for of, kind in names]


def _shown(table: pd.DataFrame) -> list[str]:
    """Value with its interval: months, or per cent where it is a share."""
    rows = table[["unit", "value", "lower", "upper"]].itertuples(index=False)
    return [interval(*limits) if unit == "months" else percent(*limits) for unit, *limits in rows]


#: Below this adjusted p-value a difference counts as one.
LEVEL = 0.05

#: How the two kinds of disturbance are named.
NAMES = {"once": "{} shocks that come once", STANDING: "standing {} shocks"}

Row = Mapping[Hashable, Any]


def findings_table(tables: Mapping[str, pd.DataFrame], within: int) -> pd.DataFrame:
    """Sum up each class of disturbance over months and sizes.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``robustness`` and ``robustness_contrasts``.
    within : int
        Months after a shock for which coalitions were followed.

    Returns
    -------
    DataFrame
        Columns kind, class and sentence: first what each arm changes without any disturbance, then for each kind and
        class what it takes from the baseline, whether the other arms lose less, and how states of the baseline recover.
    """
    effects, contrasts = tables[EFFECTS], tables[CONTRASTS]
    calm = contrasts[contrasts["measure"] == CALM].to_dict("records") if len(contrasts) else []
    rows = [{"kind": "", "class": "", "sentence": _calm(row)} for row in calm]
    base = contrasts["baseline"].iloc[0] if len(contrasts) else effects["strategies"].iloc[0]
    means = effects[effects["size"].isna() & (effects["strategies"] == base) & (effects["class"] != "")]
    for (kind, of), part in means.groupby(["kind", "class"], sort=False):
        found = {str(row["measure"]): row for row in part.to_dict("records")}
        sentences = [_loss(found["change"])]
        if len(contrasts):
            of_class = (contrasts["kind"] == kind) & (contrasts["class"] == of) & contrasts["size"].isna()
            against = contrasts[of_class & (contrasts["measure"] == "change")].to_dict("records")
            sentences.append(_differences(against))
        sentences += [_recovery(found, name, within) for name in found if name.startswith("recovery_")]
        rows += [{"kind": kind, "class": of, "sentence": sentence} for sentence in sentences]
    return pd.DataFrame(rows, columns=["kind", "class", "sentence"])


def _calm(row: Row) -> str:
    change = f"{abs(row['value']):.1f} months {'longer' if row['value'] >= 0 else 'less long'}"
    sure = "" if _is_sure(row) else ", which is not beyond chance"
    return (
        f"Without a disturbance {row['strategies']} stays free of failure {change} than {row['baseline']} "
        f"(difference {_limits(row)}){sure}{_ensemble(row)}."
    )


def _loss(row: Row) -> str:
    value, of, limits = row["value"], row["strategies"], _limits(row)
    name = NAMES[row["kind"]].format(row["class"])
    name = name[0].upper() + name[1:]
    if row["lower"] <= 0.0 <= row["upper"]:
        return f"{name} change the time free of failure of {of} by {value:+.1f} months ({limits}): not beyond chance."
    verb, where = ("take", "from") if value < 0 else ("add", "to")
    return f"{name} {verb} {abs(value):.1f} months {where} the time free of failure of {of} (change {limits})."


def _differences(rows: list[Row]) -> str:
    """Which arms lose fewer months than the baseline, which more, and of which neither is sure."""
    sure = [row for row in rows if _is_sure(row)]
    parts = [
        f"{row['strategies']} loses {abs(row['value']):.1f} months {'fewer' if row['value'] > 0 else 'more'} than "
        f"{row['baseline']} ({_limits(row)}){_ensemble(row)}"
        for row in sure
    ]
    rest = [
        f"{row['strategies']} {row['value']:+.1f} ({_limits(row)}){_ensemble(row)}" for row in rows if row not in sure
    ]
    if rest:
        parts.append(f"that others lose fewer or more cannot be told: {', '.join(rest)}")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _recovery(found: Mapping[str, Row], name: str, within: int) -> str:
    state = name.removeprefix("recovery_")
    struck, months = found[f"struck_{state}"], found[name]
    share = f"{100 * struck['value']:.0f} % ({100 * struck['lower']:.0f} to {100 * struck['upper']:.0f})"
    back: str = (
        ""
        if math.isnan(months["value"])
        else f", and is back after {months['value']:.1f} of at most {within} months ({_limits(months)})"
    )
    return f"{state.capitalize()} of {struck['strategies']} falls behind in {share} of the coalitions{back}."


def _is_sure(row: Row) -> bool:
    return bool(row["p_holm"] < LEVEL)


def _limits(row: Row) -> str:
    return f"{row['lower']:.1f} to {row['upper']:.1f}"


def _ensemble(row: Row) -> str:
    """Share of the ensemble in which the value is above 0."""
    share = row.get("share_positive", float("nan"))
    return "" if math.isnan(share) else f"; above 0 in {100 * share:.0f} % of the ensemble"
