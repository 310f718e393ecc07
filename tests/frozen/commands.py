"""Canonical commands, small ones, one or more for every verb that writes a result."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TARGETS = """
kernel: interval
targets:
  - {name: alive after a year, statistic: survival, month: 12, value: 0.6, low: 0.3, high: 0.9, source: none}
  - {name: completed, statistic: share_completed, month: 12, value: 0.5, low: 0.1, high: 0.9, weight: 0, source: none}
"""

#: Invented durations, all different, so that no fit depends on the order of ties.
DURATIONS = "region,months,ended,why\n" + "".join(
    f"{'north' if i % 2 else 'south'},{7 + (37 * i) % 151},{'no' if i % 5 == 0 else 'yes'},"
    f"{'' if i % 5 == 0 else ('funding', 'conflict')[i % 3 % 2]}\n"
    for i in range(40)
)

#: The same without causes, under the names that a report knows.
BARE = "duration,event_observed\n" + "".join(f"{7 + (37 * i) % 151},{i % 5 != 0}\n" for i in range(40))

#: Parameters that vary in studies of sensitivity.
VARIED = "parameters=[trust.start,exit.base_rate,backbone.gazing,contribution.shirking]"


@dataclass(frozen=True)
class Frozen:
    """Commands that follow each other in one folder.

    Attributes
    ----------
    commands : tuple of str
        Words after ``cisim``, separated by spaces.
    files : mapping of str to str
        Text of the files that lie in the folder before the first command, by name.
    """

    commands: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)


#: Commands that run the model and describe the runs.
RUNS = {
    "run-hondream": Frozen(
        (
            "run scenario=hondream replicates=30 name=a trajectories=true events=true seed=3",
            "replay run/a 7",
            "replay run/a 7 engine=mesa",
        )
    ),
    "run-mesa": Frozen(("run scenario=minimal replicates=8 name=a engine=mesa trajectories=true events=true",)),
    "run-compiled": Frozen(("run scenario=minimal replicates=8 name=a engine=compiled trajectories=true events=true",)),
    "run-field": Frozen(
        (
            "run scenario=field_platform communities.number=6 observation.horizon=72 observation.milestone=60 "
            "replicates=6 name=a trajectories=true events=true",
            "report run/a",
        )
    ),
    "run-field-mesa": Frozen(
        (
            "run scenario=field communities.number=4 observation.horizon=36 observation.milestone=36 replicates=2 "
            "name=a engine=mesa events=true",
        )
    ),
    "run-hjump": Frozen(("run scenario=hjump replicates=20 name=a trajectories=true events=true",)),
    "run-posterior": Frozen(("run scenario=minimal posterior=true replicates=2 name=a",)),
    "compare-ordinary": Frozen(
        (
            "compare scenario=ordinary replicates=20 name=a",
            "compare scenario=ordinary replicates=4 name=b seed=2",
            "diff compare/a compare/b",
            "report compare/a",
        )
    ),
    "compare-scenarios": Frozen(
        (
            "compare scenarios=[hjump,hjump_alone,hjump_halo,hjump_third_party] replicates=12 name=a",
            "report compare/a",
        )
    ),
    "compare-posterior": Frozen(("compare scenario=minimal strategies=[none,all] posterior=true replicates=2 name=a",)),
    "sweep-scenarios": Frozen(
        ("sweep scenario=minimal,ordinary backbone.gazing=0,0.7 replicates=12 name=a", "report sweep/a")
    ),
    "sweep-sobol": Frozen(
        (
            "sweep scenario=minimal backbone.gazing=interval(0,1) trust.start=interval(0.2,0.8) samples=16 "
            "replicates=10 name=a",
        )
    ),
    "fit": Frozen(
        (
            "run scenario=ordinary replicates=40 name=a",
            "fit durations.csv duration=months event=ended cause=why group=region breaks=[36,72] name=a",
            "fit durations.csv duration=months event=ended with=results/run/a tau=100 name=b",
            "report bare.csv",
        ),
        {"durations.csv": DURATIONS, "bare.csv": BARE},
    ),
}

#: Commands that put a question to many settings.
QUESTIONS = {
    "sensitivity-morris": Frozen(
        (
            f"sensitivity scenario=minimal {VARIED} outcomes=[social_outcome,time_free_of_failure] samples=6 "
            "replicates=4 name=a",
            "report sensitivity/a",
        )
    ),
    "sensitivity-sobol": Frozen(
        (
            f"sensitivity scenario=minimal {VARIED} method=sobol samples=16 second_order=true replicates=10 tau=36 "
            "outcomes=[social_outcome,median,survival] name=a",
        )
    ),
    "sensitivity-auto": Frozen(
        (
            f"sensitivity scenario=minimal {VARIED} method=auto screening=6 samples=32 outcomes=social_outcome "
            "replicates=4 name=a",
        )
    ),
    "sensitivity-oat": Frozen(
        (f"sensitivity scenario=minimal {VARIED} method=oat samples=3 outcomes=share_failed replicates=4 name=a",)
    ),
    "calibrate": Frozen(
        (
            "calibrate scenario=minimal targets=mine.yaml parameters=[exit.base_rate,exit.conflict] particles=12 "
            "draws=32 replicates=16 confirm=32 seed=3 name=a",
        ),
        {"mine.yaml": TARGETS},
    ),
    "claims": Frozen(
        ("claims only=[s1-gazing,t-contract-end,s2-halo] samples=64 replicates=4 name=a", "report claims/a")
    ),
    "robustness": Frozen(
        (
            "robustness scenario=minimal strategies=[none,all] months=[6,30] sizes=1 rates=1 within=12 replicates=12 "
            "observation.horizon=60 observation.milestone=60 name=a seed=3",
            "report robustness/a",
        )
    ),
    "discover": Frozen(
        (
            "discover scenario=minimal posterior=false population.divergence=interval(0,1.6) "
            "exit.base_rate=interval(0,0.01) samples=60 replicates=4 strategies=[none,all] name=a",
            "report discover/a",
        )
    ),
    "advise": Frozen(
        (
            "advise scenario=minimal posterior=false trust.start=interval(0.2,0.8) samples=10 replicates=6 "
            "strategies=[none,all] contracts=[12,36] periods=24 name=a",
            "report advise/a",
        )
    ),
}

COMMANDS = RUNS | QUESTIONS
