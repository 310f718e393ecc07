"""Observed durations as targets of a calibration: survival from age to age, and the share of completions."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.reading.stored_result import read_user_table
from cisim.survival.curves import cumulative_incidence, survival_curve
from cisim.survival.intervals import normal_quantile
from cisim.survival.spells import Spells, read_spells

#: Endings in all at least, endings between two ages if there are enough, and ages at most.
FEWEST_ENDINGS, EVEN_PART, MOST_AGES = 10, 20, 5

#: Word in the column of causes that stands for a completion.
COMPLETED = "completed"


#: Columns of a user's table that say more than durations, if they are there.
FURTHER = ("entry", "cause", "ending")


def read_observed_targets(path: Path) -> dict[str, Any]:
    """Return targets, as plain values, out of a user's table of durations; InputError if it cannot be read."""
    if not path.is_file():
        raise InputError(f"there is no file {path}; give the path of a CSV or Parquet table of durations")
    try:
        table = read_user_table(path)
    except (ValueError, OSError) as problem:
        raise InputError(f"cannot read targets={path} as a table: {problem}; save it as CSV, UTF-8") from problem
    further = {name: name for name in FURTHER if name in table}
    return observed_targets(read_spells(table, **further), path.name)


def observed_targets(spells: Spells, source: str) -> dict[str, Any]:
    """Return durations as targets, as plain values.

    The Kaplan-Meier estimate is cut at ages between which the endings are evenly spread. What is aimed at is survival
    from each age to the next with its own interval: these shares are uncorrelated in large samples [1]_, where the
    values of survival are not, and taking those as independent would count the early endings again and again. With a
    cause ``completed`` there is also the share of completions among the endings, from the Aalen-Johansen incidence at
    the last age, with Wilson's interval.

    Parameters
    ----------
    spells : Spells
        At least 10 endings.
    source : str
        What to call the table.

    Returns
    -------
    dict
        ``kernel``: normal, and ``targets``, as a file of targets holds them.

    Raises
    ------
    InputError
        If there are too few endings to aim at.

    References
    ----------
    .. [1] Andersen, Borgan, Gill & Keiding 1993, Statistical Models Based on Counting Processes, section IV.3.
    """
    ages = _ages(spells)
    targets = [_between(spells, int(a), int(b), source) for a, b in zip([0, *ages[:-1]], ages, strict=True)]
    if COMPLETED in spells.causes:
        targets += _completions(spells, int(ages[-1]), source)
    return {"kernel": "normal", "targets": targets}


def _ages(spells: Spells) -> NDArray[np.int64]:
    """Whole months that cut the endings into even parts; some spells are followed to the last of them or further."""
    ends = np.sort(np.ceil(spells.duration[spells.event_observed]))
    parts = min(MOST_AGES, max(1, len(ends) // EVEN_PART))
    if len(ends) < FEWEST_ENDINGS:
        raise InputError(f"the table has {len(ends)} endings, too few to calibrate on; give {FEWEST_ENDINGS} or more")
    cuts = [ends[(i + 1) * len(ends) // parts - 1] for i in range(parts)]
    ages = np.unique(np.array(cuts, dtype=np.int64))
    followed = ages[[bool((spells.duration + ~spells.event_observed > age).any()) for age in ages]]
    kept = followed[followed > 0]
    if not len(kept):
        raise InputError("all spells end in one month, so there is no survival to aim at")
    return kept


def _between(spells: Spells, start: int, end: int, source: str) -> dict[str, Any]:
    """Survival from one age to another among those still there at the first."""
    there = spells.duration > start
    entry = None if spells.entry is None else np.maximum(spells.entry[there] - start, 0.0)
    length = end - start
    duration, ended = spells.duration[there] - start, spells.event_observed[there]
    found = survival_curve(duration, ended, entry=entry, grid=[length]).at(length)
    name = f"alive at {end} months" + (f" of those alive at {start}" if start else "")
    return {
        "name": name,
        "statistic": "survival",
        "month": end,
        "after": start,
        "value": found.value,
        "low": found.lower,
        "high": found.upper,
        "source": source,
    }


def _completions(spells: Spells, age: int, source: str) -> list[dict[str, Any]]:
    """Share of completions among the endings up to an age; nothing if all or none are."""
    n = int(np.sum(spells.event_observed & (spells.duration <= age)))
    done = cumulative_incidence(spells.duration, spells.ending(COMPLETED), entry=spells.entry, grid=[age]).at(age).value
    gone = 1.0 - survival_curve(spells.duration, spells.event_observed, entry=spells.entry, grid=[age]).at(age).value
    share = done / gone
    if not 0.0 < share < 1.0:
        return []
    z = normal_quantile(0.95)
    middle, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    interval = {"low": float((middle - half) / (1 + z**2 / n)), "high": float((middle + half) / (1 + z**2 / n))}
    named = {"name": "completions among endings", "statistic": "share_completed", "month": age, "source": source}
    return [{**named, "value": float(share), **interval}]
