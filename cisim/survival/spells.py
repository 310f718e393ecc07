"""Any table of durations, checked once: usable spells with statements of their limits, or an error."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.survival.arms import ENDINGS
from cisim.survival.counts import CENSORED, COMPETING, EVENT, checked_durations, checked_entries

#: Words that stand for true and false, in lower case.
TRUE, FALSE = ("true", "yes", "1", "1.0", "t", "y"), ("false", "no", "0", "0.0", "f", "n")


def check_columns(table: pd.DataFrame, names: Sequence[str]) -> None:
    """Raise InputError unless the table has rows and every column, each once."""
    missing = [name for name in names if name not in table]
    if missing:
        raise InputError(
            f"the table lacks the column {', '.join(missing)}: it has {', '.join(map(str, table.columns)) or 'none'}"
        )
    twice = [name for name in names if table.columns.tolist().count(name) > 1]
    if twice:
        raise InputError(f"the column {twice[0]} comes more than once: rename one of them")
    if table.empty:
        raise InputError("the table has no rows: give at least one spell")


def as_numbers(table: pd.DataFrame, name: str) -> NDArray[np.float64]:
    """Column as floats, shape (n,); InputError for text or for a value that is missing."""
    column = table[name]
    if column.dtype == bool or not (pd.api.types.is_numeric_dtype(column) or column.dtype == object):
        raise InputError(f"{name} holds {column.dtype} values: it must hold numbers")
    numbers = pd.to_numeric(column, errors="coerce")
    _refuse(column[numbers.isna() & ~column.isna()], name, len(column), "must hold numbers; correct or remove the rows")
    _refuse(column[column.isna()], name, len(column), "may not be empty; fill or remove these rows")
    return numbers.to_numpy(dtype=np.float64)


def as_flags(table: pd.DataFrame, name: str) -> NDArray[np.bool_]:
    """Column as truths, shape (n,): booleans, 1 and 0, or words for them; InputError for anything else."""
    column = table[name]
    words = column.astype(str).str.strip().str.lower()
    wrong = column.isna() | ~words.isin(TRUE + FALSE)
    _refuse(column[wrong], name, len(column), "must be true or false, 1 or 0; correct or remove the rows")
    return words.isin(TRUE).to_numpy(dtype=bool)


def as_words(table: pd.DataFrame, name: str) -> NDArray[np.str_]:
    """Column as stripped text, shape (n,); empty where a value is missing."""
    return table[name].astype(object).where(table[name].notna(), "").astype(str).str.strip().to_numpy(dtype=np.str_)


def _refuse(wrong: "pd.Series", name: str, rows: int, remedy: str) -> None:
    """Raise InputError if any value is left, naming the first by its row in the table, counted from 1."""
    if len(wrong):
        value = "empty" if pd.isna(wrong.iloc[0]) else f"'{wrong.iloc[0]}'"
        place = f"first at index {wrong.index[0]}: {value}"
        raise InputError(f"{name} of {len(wrong)} of {rows} rows is not usable ({place}): it {remedy}")


#: Months in each unit that durations may come in.
UNITS = {"months": 1.0, "years": 12.0}
#: Label of spells that are not grouped, and cause of an ending for which none is given.
EVERYONE, UNKNOWN = "all", "unknown"


@dataclass(frozen=True)
class Spells:
    """Spells of coalitions, members or whatever lasts; arrays of shape (n,), at least one row."""

    duration: NDArray[np.float64]
    """Age at the end of each spell or of following it (months), finite and not negative."""
    event_observed: NDArray[np.bool_]
    """Whether the spell ended; False = censored."""
    entry: NDArray[np.float64] | None
    """Age at which the spell came under observation (months); None = all were followed from the start."""
    cause: NDArray[np.str_]
    """Why the spell ended; empty where it is censored, or where no causes were given."""
    group: NDArray[np.str_]
    """What the spells are compared by; ``all`` where no groups were given."""
    statements: tuple[str, ...] = ()
    """What the data do not allow to estimate, one sentence each; empty if nothing."""

    @property
    def causes(self) -> list[str]:
        """Causes that occur, sorted; empty where none were given."""
        return sorted({str(cause) for cause in self.cause if cause})

    @property
    def groups(self) -> list[str]:
        """Labels of the groups in order of appearance."""
        return [str(label) for label in pd.unique(self.group)]

    def ending(self, cause: str | None = None) -> NDArray[np.int64]:
        """How each spell ended, seen from one cause or from any, coded as in :mod:`cisim.survival.counts`."""
        chosen = self.event_observed if cause is None else self.cause == cause
        return np.where(~self.event_observed, CENSORED, np.where(chosen, EVENT, COMPETING))

    def parts(self) -> Iterator[tuple[str, "Spells"]]:
        """Every group by itself, with its label."""
        for label in self.groups:
            yield label, self.where(self.group == label)

    def where(self, chosen: NDArray[np.bool_]) -> "Spells":
        """Return the chosen spells, with statements of their own limits."""
        entry = None if self.entry is None else self.entry[chosen]
        part = Spells(self.duration[chosen], self.event_observed[chosen], entry, self.cause[chosen], self.group[chosen])
        return replace(part, statements=limits(part))


def read_spells(
    table: pd.DataFrame,
    *,
    duration: str = "duration",
    event_observed: str = "event_observed",
    entry: str | None = None,
    cause: str | None = None,
    ending: str | None = None,
    group: str | None = None,
    unit: str = "months",
) -> Spells:
    """Read spells from a user's table; everything that fits and describes durations starts here.

    Parameters
    ----------
    table : DataFrame
        One row per spell.
    duration, event_observed : str
        Columns with how long each spell lasted or was followed, and whether it ended (true and false, 1 and
        0, yes and no).
    entry, cause, ending, group : str, optional
        Columns with the age at which following began (left truncation), why a spell ended, whether it ended well
        (``failed``, ``completed`` or ``censored``; used as the cause where no cause is named), and what the
        spells are compared by.
    unit : {"months", "years"}
        Unit of duration and entry in the table.

    Returns
    -------
    Spells
        In months, with statements of the limits of the data: one spell only, none ended, all ended at once,
        endings without a cause.

    Raises
    ------
    InputError
        In one line that names the column, the row and the remedy: a column missing; no rows; a missing, infinite
        or negative duration, or text in its place; an event that is neither true nor false; an entry that does
        not come before the end; an ending at odds with the event; an unknown unit.
    """
    if unit not in UNITS:
        raise InputError(f"unit is {unit!r}: it must be one of {', '.join(UNITS)}")
    check_columns(table, [name for name in (duration, event_observed, entry, cause, ending, group) if name])
    months = UNITS[unit] * checked_durations(as_numbers(table, duration))
    ended = as_flags(table, event_observed)
    entries = None if entry is None else checked_entries(UNITS[unit] * as_numbers(table, entry), months)
    if ending is not None:
        _check_endings(as_words(table, ending), ended, ending, event_observed)
    reason = cause or ending
    why = as_words(table, reason) if reason else np.full(len(table), "")
    label = as_words(table, group) if group else np.full(len(table), EVERYONE)
    _check_labels(label, group)
    given = np.where(ended, why, "")
    known = np.where(ended & (given == "") & bool(cause), UNKNOWN, given)
    spells = Spells(months, ended, entries, known, label)
    return replace(spells, statements=limits(spells, labelled=label, unexplained=int(np.sum(given != known))))


def limits(spells: Spells, labelled: NDArray[np.str_] | None = None, unexplained: int = 0) -> tuple[str, ...]:
    """Sentences on what the spells do not allow to estimate, as a whole and (where labels are given) group by group."""
    statements = [_limit(spells, "")]
    groups = [] if labelled is None else spells.groups
    if len(groups) > 1:
        statements += [_limit(part, f"{label}: ") for label, part in spells.parts()]
    if unexplained:
        statements.append(f"{unexplained} endings have no cause: they count as cause {UNKNOWN!r}")
    if spells.entry is not None and spells.entry.min() > 0:
        statements.append(
            f"no spell was followed from its start: all shares are among those that lasted {spells.entry.min():g} "
            "months"
        )
    return tuple(sentence for sentence in statements if sentence)


def _limit(spells: Spells, prefix: str) -> str:
    """Sentence on the gravest limit of these spells, if there is one."""
    n, ended = spells.duration.size, spells.event_observed
    if n == 1:
        return f"{prefix}one spell only: estimates have no standard error"
    if not ended.any():
        return (
            f"{prefix}none of {n} spells ended within {spells.duration.max():g} months: no median, no hazard "
            "and no parametric family can be estimated"
        )
    if ended.all() and np.ptp(spells.duration) == 0:
        return (
            f"{prefix}all {n} spells ended at month {spells.duration[0]:g}: they tell nothing about how durations "
            "spread, and no parametric family can be estimated"
        )
    return ""


def _check_labels(label: NDArray[np.str_], column: str | None) -> None:
    unnamed = int(np.sum(label == ""))
    if unnamed:
        raise InputError(
            f"{unnamed} of {label.size} rows have no {column}: give each spell a group, or leave out group="
        )


def _check_endings(kind: NDArray[np.str_], ended: NDArray[np.bool_], column: str, event: str) -> None:
    unknown = sorted({str(word) for word in kind} - set(ENDINGS))
    if unknown:
        raise InputError(f"{column} is {unknown[0]!r}: it must be one of {', '.join(ENDINGS)}")
    odd = (kind == "censored") == ended
    if odd.any():
        raise InputError(
            f"{int(odd.sum())} rows contradict themselves: {column} must be 'censored' exactly where {event} is false"
        )
