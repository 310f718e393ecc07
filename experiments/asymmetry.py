"""Partnerships between unequals: who comes together, and how long they last, by power and by social capital.

The case is H-JUMP (S2) with and without the tactics of the weaker side. The corporation is as large as the social
enterprise at one end and sixty times as large at the other; social capital, all three kinds together, goes from none to
full; all in the same worlds. Written are maps of the share of partnerships formed, of how long the formed last, and of
both together (``formation_map``, ``lasting_map`` and ``map`` in the report), and the gain by each tactic, paired by
world.

    python experiments/asymmetry.py                    # 100 worlds: 12 000 runs
    python experiments/asymmetry.py 20 out=elsewhere
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from cisim.cli.main import main
from cisim.survival.intervals import mean_interval

NAME = "asymmetry"
ALONE, *WITH = SCENARIOS = ("hjump_alone", "hjump_halo", "hjump_third_party", "hjump")
LARGER, WEAKER = "population.corporation_size", "population.social_enterprise_size"
CAPITAL = ("formation.structural", "formation.cognitive", "formation.relational")
#: Sizes of the two sides, from equals to what the ranges of the registry allow; levels of social capital.
SIDES = ((1.0, 1.0), (1.5, 0.75), (2.0, 0.5), (3.0, 0.35), (6.0, 0.2), (6.0, 0.1))
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
HORIZON = 240.0


def run(replicates: str = "100", out: str = "out=results") -> int:
    """Sweep the plane, write the report, print the gain of each tactic; return the exit code."""
    root = Path(out.removeprefix("out="))
    root.mkdir(parents=True, exist_ok=True)
    points = root / f"{NAME}.csv"
    rows = [(*sides, level, level, level) for sides in SIDES for level in LEVELS]
    pd.DataFrame(rows, columns=[LARGER, WEAKER, *CAPITAL]).to_csv(points, index=False)
    varied = [f"scenario={','.join(SCENARIOS)}", f"table={points}"]
    code = main(["sweep", *varied, "population.size_sd=0", f"name={NAME}", f"replicates={replicates}", out])
    folder = root / "sweep" / NAME
    code = code or main(["report", str(folder), f"axes=[{WEAKER},{CAPITAL[0]}]"])
    if code == 0:
        gains = gains_by_tactic(pd.read_parquet(folder / "runs.parquet"))
        gains.to_csv(folder / "tables" / "tactics.csv", index=False)
        sys.stdout.write(gains.to_string(index=False, float_format=lambda value: f"{value:.2f}") + "\n")
    return code


def gains_by_tactic(runs: pd.DataFrame) -> pd.DataFrame:
    """Gain of each scenario over `ALONE` by asymmetry (log ratio of sizes), paired by world, with 95 % intervals.

    ``formed`` is a difference of shares, ``time_free`` of months free of failure since formation (0 if not formed).
    """
    runs = runs.assign(asymmetry=np.log(runs[LARGER] / runs[WEAKER]).round(2))
    runs["time_free"] = np.where(runs["ending"] == "failed", runs["duration"], HORIZON)
    keys, rows = ["asymmetry", "replicate"], []
    means = runs.groupby(["scenario", *keys])[["formed", "time_free"]].mean()
    for name in WITH:
        gain = means.loc[name] - means.loc[ALONE]
        for asymmetry, part in gain.groupby("asymmetry"):
            row = {"scenario": name, "asymmetry": asymmetry}
            for measure, most in (("formed", 1.0), ("time_free", HORIZON)):
                row |= mean_interval(part[measure], 0.95, -most, most).columns(measure)
            rows.append(row)
    return pd.DataFrame(rows)


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
