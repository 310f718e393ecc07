"""Tables of a trial of claims as readers see them."""

import pandas as pd

from cisim.survival.words import MINUS, NBSP, p_value


def verdicts(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each claim."""
    rows = table.to_dict("records")
    return pd.DataFrame(
        {
            "Claim": table["claim"],
            "Source": table["source"],
            "Effect (95 %)": [_effect(row["effect"], row["lower"], row["upper"]) for row in rows],
            "Unit": table["unit"],
            "Claimed": table["expected"],
            "Holds in (%)": [f"{100 * row['share_holds']:.0f} ({100 * row['share_surely_holds']:.0f})" for row in rows],
            "Reversed (%)": [f"{100 * row['share_surely_reverses']:.0f}" for row in rows],
            "p, Holm": [p_value(row["p_somewhere"]) for row in rows],
            "Verdict": table["verdict"],
            "Reverses": [row["reverses_where"] if row["reverses_p"] < 0.05 else "" for row in rows],
        }
    )


def untested(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each claim that the model cannot speak to."""
    return pd.DataFrame({"Claim": table["claim"], "Source": table["source"], "Reason": table["reason"]})


def _effect(value: float, lower: float, upper: float) -> str:
    texts = [f"{number:+.3g}".replace("-", MINUS) for number in (value, lower, upper)]
    return f"{texts[0]} ({texts[1]}{NBSP}to{NBSP}{texts[2]})"
