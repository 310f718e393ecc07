"""Parts of the report of a trial of claims, as the verb has written them: tables, and a section for each claim."""

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from cisim.questions.claims.tables import BOXES, CLAIMS, MAP, MEMBERS, TABLES, UNTESTED
from cisim.reading.finished_result import NotShownError, Result
from cisim.reading.making import Found, Maker, Options
from cisim.survival.words import interval, percent


def _read(name: str, result: Result, options: Options) -> Found:  # noqa: ARG001
    """Read a table of the result folder."""
    file = result.source / "tables" / f"{name}.csv"
    if not file.is_file():
        raise NotShownError("this is no result of cisim claims")
    table = pd.read_csv(file, keep_default_na=True).fillna(dict.fromkeys(TEXT, ""))
    if table.empty and name == UNTESTED:
        raise NotShownError("every claim of these files was tested")
    return Found(table)


#: Columns of text, in which nothing is an empty word.
TEXT = ("unit", "holds_where", "reverses_where", "y_name")

#: By the name of the table.
MAKERS: dict[str, Maker] = {name: partial(_read, name) for name in TABLES}

#: What `cisim.questions.claims.figures.claim_figure` reads.
DRAWN = (CLAIMS, MEMBERS, MAP, BOXES)


def details(row: Mapping[Hashable, Any]) -> dict[str, str]:
    """Say all of one claim, by heading."""
    unit = f" {row['unit']}" if row["unit"] else ""
    digits = 1 if row["unit"] == "months" else 4
    return {
        "Source": f"{row['source']}: \N{LEFT DOUBLE QUOTATION MARK}{row['passage']}\N{RIGHT DOUBLE QUOTATION MARK}",
        "Scenario": str(row["scenario"]),
        "Contrast": f"{row['contrast']}; claimed to go {row['expected']}",
        "Effect": f"{interval(row['effect'], row['lower'], row['upper'], digits, sign=True)}{unit}; standard "
        f"deviation {row['parametric_sd']:.3g} between parameter sets, {row['chance_sd']:.3g} by chance",
        "Ensemble": f"holds in {percent(row['share_holds'])} % of the parameter sets, beyond chance in "
        f"{percent(row['share_surely_holds'])} %; reversed beyond chance in {percent(row['share_surely_reverses'])} %",
        "Finding": str(row["finding"]),
    }
