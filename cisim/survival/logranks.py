"""Log-rank tests between the arms of a comparison: which differ, given that they lived through the same worlds."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cisim.survival.arms import Arm, choose_baseline, read_arms
from cisim.survival.logrank import LogRank, holm, logrank

COLUMNS = [
    *("strategies", "baseline", "event", "observed", "expected", "statistic", "degrees", "p_value", "p_holm"),
    *("statistic_unpaired", "p_unpaired"),
]
#: What counts as the event; a completion censors when only failure does.
EVENTS = ("any", "failed")
#: Stands for all arms together where one test compares them all.
ALL_ARMS = "(all arms)"


def logrank_table(runs: pd.DataFrame, *, baseline: str | None = None) -> pd.DataFrame:
    """Test every arm against the baseline, and all arms at once.

    Parameters
    ----------
    runs : DataFrame
        As :func:`cisim.survival.arms.read_arms` takes it.
    baseline : str, optional
        Label compared with; by default "none", or the first label if "none" is missing.

    Returns
    -------
    DataFrame
        One row per event ("any" ending, or "failed") and arm other than the baseline, and one for all arms
        together: observed and expected events of the arm, ``statistic`` (chi-squared), degrees and ``p_value`` of
        the test that knows the pairing by world, ``p_holm`` (adjusted for the number of arms), and
        ``statistic_unpaired`` with ``p_unpaired``, which take the runs as independent. Empty for one arm.

    Raises
    ------
    InputError
        If the table or the baseline cannot be used.

    Notes
    -----
    For arms that lived through the same worlds the paired test is the right one: the other one counts the luck
    that the arms share as noise between them (see :func:`cisim.survival.logrank.logrank`).
    """
    arms = read_arms(runs)
    first = choose_baseline([arm.label for arm in arms], baseline)
    base = next(arm for arm in arms if arm.label == first)
    others = [arm for arm in arms if arm is not base and len(arm.runs)] if len(base.runs) else []
    parts = []
    for event in EVENTS:
        rows = [_row(event, arm.label, first, [base, arm]) for arm in others]
        part = pd.DataFrame(rows, columns=COLUMNS)
        part["p_holm"] = holm(part["p_value"])
        together = [_row(event, ALL_ARMS, "", [base, *others])] if len(others) > 1 else []
        parts += [part, pd.DataFrame(together, columns=COLUMNS)]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=COLUMNS)


def _row(event: str, label: str, baseline: str, arms: Sequence[Arm]) -> dict[str, object]:
    """Test some arms against each other, paired and not."""
    paired, plain = (_test(event, arms, paired=paired) for paired in (True, False))
    mine = slice(1, 2) if baseline else slice(None)  # the baseline comes first
    return {
        "strategies": label,
        "baseline": baseline,
        "event": event,
        "observed": np.sum(plain.observed[mine]),
        "expected": np.sum(plain.expected[mine]),
        "statistic": paired.statistic,
        "degrees": paired.degrees,
        "p_value": paired.p_value,
        "p_holm": np.nan,
        "statistic_unpaired": plain.statistic,
        "p_unpaired": plain.p_value,
    }


def _test(event: str, arms: Sequence[Arm], *, paired: bool) -> LogRank:
    return logrank(
        np.concatenate([arm.duration for arm in arms]),
        np.concatenate([arm.event_observed if event == "any" else arm.ending("failed") for arm in arms]),
        np.repeat(np.arange(len(arms)), [len(arm.runs) for arm in arms]),
        cluster=np.concatenate([arm.runs["replicate"] for arm in arms]) if paired else None,
    )
