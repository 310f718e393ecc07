"""Tables of a test of robustness as readers see them."""

import pandas as pd

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
