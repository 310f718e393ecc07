"""Compare built-in classes and own classes in the same worlds.

    python experiments/extensions.py          # 100 worlds
    python experiments/extensions.py 20       # 20 worlds

Replicate r is the same world in every row, so the change is a difference of pairs.
"""

import sys

import pandas as pd

import cisim
from cisim.questions.compare.compute import comparison_table

SCENARIO = "hondream"

#: Overrides of each row; a file is looked up in the current folder, then in the checkout.
CASES = {
    "built-in": (),
    "patient corporation": ("extensions.corporation=experiments/patient_corporation.py:PatientCorporation",),
    "adaptive gazing": ("extensions.gazing=experiments/adaptive_gazing.py:AdaptiveGazing",),
}

MEANS = ("social_outcome", "economic_outcome", "mean_conflict")
FREE, CHANGE = "time_free_of_failure", "difference_time_free_of_failure"


def compare_classes(replicates: int, workers: int = 0) -> pd.DataFrame:
    """Simulate every case and compare it with the built-in classes.

    Parameters
    ----------
    replicates : int
        Worlds, at least 1.
    workers : int
        Processes; 0 takes all cores.

    Returns
    -------
    DataFrame
        One row per case: months free of failure, their change against the built-in classes with its 95 % interval, and
        mean outcomes.
    """
    runs = pd.concat(
        cisim.simulate(SCENARIO, overrides=overrides, replicates=replicates, workers=workers).runs.assign(
            strategies=case
        )
        for case, overrides in CASES.items()
    )
    table = comparison_table(runs, baseline="built-in").set_index("strategies")
    columns = [FREE, CHANGE, f"{CHANGE}_lower", f"{CHANGE}_upper"]
    return table[columns].join(runs.groupby("strategies")[list(MEANS)].mean())


if __name__ == "__main__":
    found = compare_classes(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
    short = {FREE: "months free of failure", CHANGE: "change", f"{CHANGE}_lower": "from", f"{CHANGE}_upper": "to"}
    sys.stdout.write(found.rename(columns=short).round(2).to_string() + "\n")
