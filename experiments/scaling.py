"""Map where starting from scratch wins, copying what works, or blending the two through a platform.

    python experiments/scaling.py                       # 60 worlds, a few minutes
    python experiments/scaling.py 200 results/scaling   # 200 worlds, and where to write

Twenty communities each, over heterogeneity (what suits differs between communities), the money of donors, and
resistance ("not invented here", ego and silos, all three alike). Programmes are open-ended, so that social outcome is
not cut off where an agenda is done. Replicate r is the same world in every cell, so leads are differences of pairs. The
platform is there in every cell; who starts from scratch does not use it.

Writes scaling.csv (every setting), scaling-leads.csv, scaling.pdf and scaling.png.
"""

import sys
from pathlib import Path

import pandas as pd

import cisim
from cisim.figures.phase_diagrams import field_figure
from cisim.survival.field_outcomes import field_leads, field_outcomes, field_table

SCENARIO = "field_platform"
MODES = ("scratch", "copy", "blend")
HETEROGENEITY = (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
BUDGET = (0.0, 0.05, 0.1, 0.2, 0.4)
RESISTANCE = (0.0, 0.1, 0.4)

#: Outcomes of the phase diagram; all stand in the tables.
SHOWN = ("months_free", "social_outcome", "social_spread")
VARIED = ["communities.heterogeneity", "donors.budget", "practice.mode"]
HORIZON = 240.0


def simulate_fields(
    replicates: int, heterogeneity: tuple[float, ...], budget: tuple[float, ...], resistance: float, workers: int = 0
) -> pd.DataFrame:
    """Run every mode over two parameters at one resistance.

    Parameters
    ----------
    replicates : int
        Worlds, at least 2.
    heterogeneity, budget : tuple of float
        Values of ``communities.heterogeneity`` and ``donors.budget``.
    resistance : float
        Mean of all three resistances, a share.
    workers : int
        Threads; 0 takes all cores.

    Returns
    -------
    DataFrame
        One row per run, from `cisim.survival.field_outcomes.field_outcomes`, with the parameters.
    """
    overrides = [
        f"practice.mode={','.join(MODES)}",
        f"communities.heterogeneity={','.join(map(str, heterogeneity))}",
        f"donors.budget={','.join(map(str, budget))}",
        *(f"communities.{name}={resistance}" for name in ("not_invented", "ego", "silos")),
        "ending.agenda_size=0",
    ]
    tables = cisim.sweep(SCENARIO, overrides=overrides, replicates=replicates, workers=workers)
    if tables.communities is None:
        raise SystemExit(f"scenario {SCENARIO} has one community only")
    setting = tables.runs[["point", *VARIED]].drop_duplicates("point")
    return field_outcomes(tables.communities, HORIZON).merge(setting, on="point").assign(resistance=resistance)


def map_modes(replicates: int, workers: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table of every setting and that of leads, over the whole plan."""
    parts = [simulate_fields(replicates, HETEROGENEITY, BUDGET, resistance, workers) for resistance in RESISTANCE]
    outcomes = pd.concat(parts, ignore_index=True)
    axes = (VARIED[0], VARIED[1])
    leads = [field_leads(outcomes, outcome, axes, "practice.mode", "resistance") for outcome in SHOWN]
    return field_table(outcomes, ["resistance", *VARIED]), pd.concat(leads, ignore_index=True)


def main(replicates: int, folder: Path) -> None:
    """Run the plan, write tables and figure, and print how often each mode wins."""
    settings, leads = map_modes(replicates)
    folder.mkdir(parents=True, exist_ok=True)
    settings.to_csv(folder / "scaling.csv", index=False)
    leads.to_csv(folder / "scaling-leads.csv", index=False)
    figure = field_figure(leads)
    for kind in ("pdf", "png"):
        figure.savefig(folder / f"scaling.{kind}", dpi=300)
    winner = leads["best"].where(leads["lower"] > 0, "not sure")
    counted = pd.crosstab([leads["outcome"], leads["facet"].rename("resistance")], winner.rename("winner"))
    sys.stdout.write(f"cells of {len(HETEROGENEITY) * len(BUDGET)} that a mode surely wins\n{counted.to_string()}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60, Path(sys.argv[2] if len(sys.argv) > 2 else "results/scaling"))
