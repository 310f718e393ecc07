"""Observed durations: described, fitted, and set beside simulated ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cisim.config.options import Verb
from cisim.errors import InputError
from cisim.study.result_name import check_name, check_out

#: Every name with its default and what it is for, in the order of the help text.
NAMES = {
    "duration": ("duration", "column of durations"),
    "event": ("event_observed", "column with whether the spell ended: true and false, or 1 and 0"),
    "entry": ("", "column of the age at which following began, for spells not seen from their start"),
    "cause": ("", "column of why spells ended"),
    "group": ("", "column of what spells are compared by"),
    "unit": ("months", "months or years: the unit of durations and entries; everything else is in months"),
    "breaks": ("", "ages in months at which the hazard may change, such as ends of contracts: breaks=[36,72]"),
    "tau": ("", "window of the restricted means in months; default: the longest that every group speaks of"),
    "with": ("", "folder of a result of cisim run or cisim compare: simulated coalitions beside the observed"),
    "out": ("results", "folder of all results"),
    "name": ("", "folder of this result; default: time and short hash of the table"),
}


@dataclass(frozen=True, kw_only=True)
class FitOptions:
    """The parsed words after ``cisim fit``."""

    table: Path
    words: dict[str, str]
    """Value of every name, empty where there is none."""
    breaks: tuple[float, ...]
    """Months."""
    tau: float | None
    """Months."""

    def column(self, name: str) -> str | None:
        """Column of the table that stands for `name`, if one is given."""
        return self.words[name] or None


def read_options(words: Sequence[str]) -> FitOptions:
    """Parse the words after the verb; InputError for one that cannot be read."""
    paths = [word for word in words if "=" not in word]
    if len(paths) != 1:
        found = f"names {len(paths)} tables ({', '.join(paths)})" if paths else "names no table"
        raise InputError(f"cisim fit {found}; write cisim fit TABLE.csv, then name=value")
    given = dict.fromkeys(NAMES, "") | {name: default for name, (default, _) in NAMES.items()}
    seen = set()
    for name, _, value in (word.partition("=") for word in words if "=" in word):
        if name not in NAMES:
            raise InputError(f"cisim fit does not take {name}=; choose from {', '.join(f'{key}=' for key in NAMES)}")
        if name in seen or not value:
            raise InputError(f"{name}= is {'given twice' if value else 'empty'}; give one value, or leave it out")
        seen.add(name)
        given[name] = value
    if given["name"]:
        check_name(given["name"])
    check_out(given["out"])
    breaks = [part for part in re.split(r"[,\s]+", given["breaks"].strip("[]()")) if part]
    return FitOptions(
        table=Path(paths[0]),
        words=given,
        breaks=tuple(_months("breaks", part) for part in breaks),
        tau=_months("tau", given["tau"]) if given["tau"] else None,
    )


def _months(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as problem:
        raise InputError(f"{name}={text} is not a number of months; write for instance {name}=36") from problem


VERB = Verb(
    name="fit",
    title="Describe observed durations, fit families, set simulated ones beside them.",
    usage="""\
{title}

usage: cisim fit TABLE [name=value ...]

TABLE is a CSV or Parquet file with one row per coalition, see docs/survival.md

options
{words}
""",
    words=NAMES,
)
