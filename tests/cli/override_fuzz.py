"""Command lines out of the options of every verb and the registry: most of them fit to run, each small if it does."""

import random
from collections.abc import Callable, Iterator
from dataclasses import fields

from cisim.cli.verbs import declared
from cisim.config.compose import GROUPS
from cisim.parameters import REGISTRY, Parameter

Words = list[str]

#: Values that no option is made for, or few.
NASTY = (
    *(
        "",
        "''",
        '""',
        "'",
        '"',
        "null",
        "true",
        "abc",
        "é漢字",
        "\udcff",
        "a b",
        "a\tb",
        "-",
        "--x",
        ".",
        "..",
        "/",
        "*",
        "?",
    ),
    *(
        "[]",
        "[[]]",
        "[1,1]",
        "[a,a]",
        "[[1],[2]]",
        "[null]",
        "[true]",
        "[nan]",
        "[a",
        "a]",
        "[,]",
        "['',a]",
        "{}",
        "{a:1}",
    ),
    *(
        "{a:{b:1}}",
        "{a",
        "nan",
        "inf",
        "-inf",
        "1e308",
        "1e400",
        "1e-320",
        "-0.0",
        "-1",
        "0",
        "1",
        "2.5",
        "1e3",
        "0x10",
    ),
    *("2147483647", "2147483648", "1000000000000", "1" + "0" * 21, "-" + "9" * 30, "9" * 5000, "x" * 20000),
    *("${seed}", "${nothing}", "${", "${oc.env:HOME}", "$x", "a=b", "=", "1,2", "a,b", "range(1,3)", "range(0,1e12)"),
    *(
        "range(1,0)",
        "interval(0,1)",
        "interval(1,0)",
        "choice(a,b)",
        "choice()",
        "glob(*)",
        "shuffle(1,2)",
        "sort(2,1)",
    ),
    *(
        "int(3)",
        "float(x)",
        "str(1)",
        "tag(a,1,2)",
        "extend_list(1)",
        "(",
        ")",
        ",",
        ":",
        "\\",
        "%",
        "@",
        "~",
        "+1",
        "!",
    ),
)

#: Whole words that are no override, or one that Hydra would take to move things.
ODD_WORDS = (
    *(
        "",
        "=",
        "=1",
        "abc",
        "seed",
        "seed=",
        "~seed",
        "+seed=1",
        "++seed=1",
        "seed@a=1",
        "scenario@b=minimal",
        "a.b.c=1",
    ),
    *(
        "hydra.verbose=true",
        "hydra/sweeper=nope",
        "hydra/launcher=nope",
        "hydra.run.dir=x",
        "backbone=1",
        "backbone={}",
    ),
    *("backbone={gazing:0.5}", "backbone={gazing:2}", "cluster={}", "cluster.minutes=-1", "cluster.memory_gb=nan"),
    *("extensions.gazing=nofile.py:A", "extensions.gazing=[]", "extensions={}", "scenario=[]", "scenario=[a,a]"),
    *(
        "scenario=[minimal]",
        "scenario=[minimal,ordinary]",
        "scenario=null",
        "scenario={a:1}",
        "scenario=",
        "defaults=[]",
    ),
    *("_target_=os.getcwd", "scenario._target_=a", "executor=bogus", "engine=bogus", "out=/proc/none/x", "name=.."),
)

#: Parameters whose large values make runs long, with the largest that is drawn.
SMALLER = {
    **{name: 9 for name in REGISTRY if name.startswith("population.") and isinstance(REGISTRY[name].default, int)}
}
SMALLER |= {"communities.number": 3, "cohort.intake": 20, "observation.horizon": 120}

#: A small study of each verb that runs the model.
SMALL: dict[str, Callable[[random.Random], Words]] = {
    "run": lambda rng: [f"replicates={rng.randint(1, 4)}"],
    "compare": lambda rng: [
        f"replicates={rng.randint(1, 4)}",
        f"strategies={rng.choice(['default5', 'all8', '[none,all]'])}",
    ],
    "sweep": lambda rng: [f"replicates={rng.randint(1, 3)}", *_swept(rng)],
    "sensitivity": lambda rng: [f"replicates={rng.randint(1, 4)}", *_sensed(rng)],
    "claims": lambda rng: [
        "replicates=4",
        f"only={rng.choice(CLAIMS)}",
        rng.choice(["samples=0", "samples=64"]),
        "worlds=1",
    ],
    "robustness": lambda rng: [
        "replicates=2",
        f"months={rng.choice(['12', '[12,24]'])}",
        "classes=external",
        "within=12",
    ],
    "advise": lambda rng: ["replicates=1", "posterior=false", "samples=8", "strategies=default5", *_ranged(rng)],
    "discover": lambda rng: ["replicates=1", "posterior=false", f"samples={rng.choice([8, 40])}", *_ranged(rng)],
    "calibrate": lambda rng: [
        "particles=10",
        "draws=16",
        "replicates=4",
        f"confirm={rng.choice([4, 8])}",
        "parameters=exit",
    ],
    "verify": lambda rng: [f"replicates={rng.randint(1, 2)}"],
}

#: Verbs that read what is there, with words that fit; the folder ``made`` and the file ``table.csv`` are there.
READING: dict[str, Callable[[random.Random], Words]] = {
    "report": lambda rng: [
        "made",
        *rng.sample(["tau=60", "baseline=none", "axes=[a,b]", "out=page"], rng.randint(0, 2)),
    ],
    "replay": lambda rng: ["made", *rng.choice([["0"], ["replicate=1"], ["-1"], ["10"], ["point=0", "replicate=0"]])],
    "diff": lambda rng: ["made", rng.choice(["made", "nowhere"])],
    "fit": lambda rng: [
        "table.csv",
        *rng.sample(["tau=12", "breaks=[6,12]", "unit=years", "name=f"], rng.randint(0, 2)),
    ],
    "params": lambda rng: [f"format={rng.choice(['csv', 'md', 'json', 'table'])}"],
}

#: Claims that are quick to test.
CLAIMS = ("s1-gazing", "s1-abstracting", "no-such-claim")


def _swept(rng: random.Random) -> Words:
    return rng.choice(
        [
            ["backbone.gazing=0,0.5,1"],
            ["backbone.gazing=interval(0,1)", f"samples={rng.choice([1, 2, 3, 8])}"],
            ["backbone.contract_months=range(12,40,12)", "scenario=minimal,ordinary"],
            ["exit.base_rate=interval(0,0.01)", "design=oat", "samples=3"],
            ["backbone.gazing=interval(0,1)", "backbone.spacing=interval(0,1)", "design=lhs", "samples=4"],
            ["backbone.gazing=0,1", "replicates=10", "target=30", "budget=60"],
            ["scenario=glob(h*)"],
        ]
    )


def _sensed(rng: random.Random) -> Words:
    method, samples = rng.choice(
        [
            ("morris", 2),
            ("morris", 4),
            ("sobol", 8),
            ("oat", 3),
            ("regional", 20),
            ("pawn", 20),
            ("delta", 20),
            ("fast", 16),
        ]
    )
    names = rng.sample(["exit.base_rate", "trust.growth", "backbone.gazing", "funding.win_base"], rng.randint(1, 3))
    outcomes = rng.choice(
        ["time_free_of_failure", "share_failed", "survival_12", "[causes,median]", "founders_retained"]
    )
    return [f"method={method}", f"samples={samples}", f"parameters=[{','.join(names)}]", f"outcomes={outcomes}"]


def _ranged(rng: random.Random) -> Words:
    return rng.choice(
        [["exit.base_rate=interval(0,0.01)"], ["parameters=[exit.base_rate,trust.growth]"], ["parameters=shocks"]]
    )


def command_lines(number: int, seed: int) -> Iterator[Words]:
    """Yield command lines, the same for the same seed; every verb comes, those that run the model most often."""
    rng = random.Random(seed)
    verbs = [*SMALL, *SMALL, "run", "run", "sweep", "compare", *READING]
    for _ in range(number):
        verb = rng.choice(verbs)
        yield [verb, *(_of_study(verb, rng) if verb in SMALL else _of_reading(verb, rng))]


def _of_study(verb: str, rng: random.Random) -> Words:
    words = [f"seed={rng.choice([0, 1, 7, 2**63 - 1])}", *SMALL[verb](rng)]
    if verb != "verify":
        words.append("workers=1")
    if verb != "claims" and not any(word.startswith("scenario=") for word in words):
        words.append(f"scenario={rng.choice(['minimal', 'minimal', 'ordinary', 'hondream', 'hjump', 'field'])}")
    words += [_fitting(rng) for _ in range(rng.choice([0, 1, 1, 2, 4]))]
    if rng.random() < 0.4:
        words.append(_unfit(verb, rng))
    if verb == "run" and rng.random() < 0.2:
        words += ["-m", "backbone.gazing=0,1"]
    return words


def _of_reading(verb: str, rng: random.Random) -> Words:
    words = READING[verb](rng)
    if rng.random() < 0.5:
        names = [word.partition("=")[0] for word in words if "=" in word] + ["tau", "out", "name", "engine", "duration"]
        words.append(f"{rng.choice(names)}={rng.choice(NASTY)}" if rng.random() < 0.7 else rng.choice(ODD_WORDS))
    return words


def _fitting(rng: random.Random) -> str:
    """Return a value of the registry: an end of its range, or one between."""
    declared = REGISTRY[rng.choice(list(REGISTRY))]
    if declared.choices:
        return f"{declared.name}={rng.choice(declared.choices)}"
    low, high = _span(declared)
    value = rng.choice([low, high, low + (high - low) * rng.random()])
    return f"{declared.name}={int(value) if isinstance(declared.default, int) else value}"


def _span(declared: Parameter) -> tuple[float, float]:
    assert declared.low is not None
    assert declared.high is not None
    return declared.low, min(declared.high, SMALLER.get(declared.name, declared.high))


def _unfit(verb: str, rng: random.Random) -> str:
    """Return an override that hardly fits: a nasty value, a value out of its range, or an odd word."""
    options = declared(verb).options
    assert options is not None
    kind = rng.random()
    if kind < 0.2:
        return rng.choice(ODD_WORDS)
    if kind < 0.7:
        return f"{rng.choice([item.name for item in fields(options)])}={rng.choice(NASTY)}"
    parameter = REGISTRY[rng.choice(list(REGISTRY))]
    if kind < 0.8 and parameter.high is not None:
        return f"{parameter.name}={rng.choice([parameter.high * 2 + 1, parameter.high + 1e-9, -1e9])}"
    return f"{rng.choice([parameter.name, rng.choice(GROUPS)])}={rng.choice(NASTY)}"
