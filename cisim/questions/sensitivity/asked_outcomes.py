"""Outcomes that a sensitivity analysis can be asked for, by name."""

from collections.abc import Collection, Sequence

from cisim.core.records import CAUSES
from cisim.errors import InputError
from cisim.study.columns import FIRST_OUTCOMES

#: Outcomes that need no month, and names that stand for several.
MEDIAN, THROUGH_TIME = "median", "survival"
PLAIN = ("time_free_of_failure", MEDIAN, "share_failed", "share_completed", *FIRST_OUTCOMES)
CAUSES_OF_FAILURE = tuple(f"failed_{cause}" for cause in CAUSES)
SURVIVAL = "survival_"

#: Fewest replicates that give two medians apart, and months of the first share of survival through time.
FEWEST_FOR_MEDIANS, FIRST_MONTH = 10, 12


def check_outcomes(wanted: Sequence[str], horizon: int) -> tuple[str, ...]:
    """Names of the outcomes asked for, each once; ``causes`` stands for the probability of each cause of failure.

    Raises
    ------
    InputError
        For a name that there is not, a month after the end of the window, or ``survival`` in less than a year.
    """
    named = [name for text in wanted for name in (CAUSES_OF_FAILURE if text == "causes" else (text,))]
    if not named:
        raise InputError("outcomes=[] names none; give for instance outcomes=[time_free_of_failure,share_failed]")
    for name in named:
        month = name.removeprefix(SURVIVAL)
        if name.startswith(SURVIVAL) and month.isdecimal():
            if not 1 <= int(month) <= horizon:
                raise InputError(f"outcome {name} is not followed; give a month from 1 to {horizon}")
        elif name == THROUGH_TIME:
            if horizon < FIRST_MONTH:
                raise InputError(f"outcome {name} is taken year by year; give tau={FIRST_MONTH} or more")
        elif name not in (*PLAIN, *CAUSES_OF_FAILURE):
            raise InputError(
                f"outcome {name} is not known; choose among {', '.join(PLAIN)}, survival, survival_MONTH, causes, "
                f"{', '.join(CAUSES_OF_FAILURE)}"
            )
    return tuple(dict.fromkeys(named))


def check_worlds(wanted: Collection[str], replicates: int) -> None:
    """Raise InputError if a median is asked for and there are too few worlds to tell it from chance."""
    if MEDIAN in wanted and replicates < FEWEST_FOR_MEDIANS:
        raise InputError(
            f"outcome {MEDIAN} is compared between groups of worlds, and replicates={replicates} are too few; give "
            f"replicates={FEWEST_FOR_MEDIANS} or more"
        )
