"""The result in a few sentences, and what it cannot show, for the top and the bottom of a report."""

from cisim.questions.claims.tables import TABLES as CLAIMS
from cisim.questions.sensitivity.table_names import TABLES as SENSITIVITY
from cisim.reading.result import Result
from cisim.report.catalogue import SHOWN
from cisim.report.contents import Contents
from cisim.report.of_written import VERBS
from cisim.survival.arms import choose_baseline
from cisim.survival.words import counted, interval, listed, number

#: Tables of coalitions that were negotiated.
FORMATION = ("formation", "formation_curves", "formation_map", "lasting_map")
#: Tables whose absence says nothing: there is simply no such thing in this kind of result.
SILENT = ("errors", *SENSITIVITY, *CLAIMS, *VERBS, *FORMATION)
#: What each verb makes.
NOUNS = {
    "run": "Runs",
    "compare": "Comparison",
    "sweep": "Sweep",
    "sensitivity": "Sensitivity",
    "claims": "Claims",
    "robustness": "Robustness",
    "discover": "Conditions",
    "advise": "Advice",
}


def headline(result: Result) -> str:
    """Title of the report."""
    if result.is_table:
        return f"Durations in {result.source.name}"
    scenario = result.manifest.get("scenario")
    return f"{NOUNS.get(result.verb, 'Result')} of {scenario}: {result.source.name}" if scenario else result.source.name


def sentences(result: Result, contents: Contents) -> list[str]:
    """Say how much was run, how much of it is used, and what came out first of all."""
    runs = result.runs
    said = [f"{counted(len(runs), 'spell' if result.is_table else 'run')}."]
    if result.n_dropped:
        said.append(f"{result.n_dropped:,} ended in an error and are left out everywhere.")
    elif not result.is_table:
        said.append("None ended in an error.")
    said += _ended(result)
    if "claims" in contents.tables:
        said += _claims(contents)
    elif "comparison" in contents.tables:
        said += _arms(contents)
    elif "response" in contents.tables:
        said += _sweep(contents)
    return [*said, *result.told, *([result.selection] if result.selection else [])]


def _ended(result: Result) -> list[str]:
    """Say how the runs ended."""
    ok = result.runs[result.runs["status"] == "ok"]
    if ok.empty:
        return ["No run is left to analyse."]
    n_ended = int(ok["event_observed"].sum())
    if n_ended == 0:
        return [f"No coalition ended: all {len(ok):,} were still there when the observation stopped."]
    if not result.has_endings:
        return [f"{n_ended:,} of {len(ok):,} ended."]
    counts = ok["ending"].value_counts()
    failed, completed = (int(counts.get(kind, 0)) for kind in ("failed", "completed"))
    going = len(ok) - failed - completed
    failing = f"{failed:,} failed" if failed else "none failed"
    return [f"Of {len(ok):,}, {failing}, {completed:,} completed and {going:,} were still there at the end."]


def _claims(contents: Contents) -> list[str]:
    """Say how many claims have which verdict, and which they are."""
    table = contents.tables["claims"]
    said = [f"{counted(len(table), 'claim')} put to the test over {table['n_members'].max()} parameter sets."]
    for verdict, part in table.groupby("verdict", sort=False):
        said.append(f"{str(verdict).capitalize()} ({len(part)}): {listed(list(part['name']))}.")
    return said


def _arms(contents: Contents) -> list[str]:
    """Say how long the baseline lasts, and which changes are sure."""
    table = contents.tables["comparison"].set_index("strategies")
    measure = "time_free_of_failure" if "time_free_of_failure" in table else "survival_time"
    known = table.dropna(subset=[measure])
    base = choose_baseline(list(known.index))
    if "effects" in contents.tables:
        base = str(contents.tables["effects"]["baseline"].iloc[0])
    limits = known.loc[[base], [measure, f"{measure}_lower", f"{measure}_upper"]].to_numpy(dtype=float)[0]
    window = f"{known['tau'].iloc[0]:g}"
    what = "stays free of failure" if measure == "time_free_of_failure" else "lasts"
    said = [f"Of the first {window} months, a coalition of arm {base} {what} for {interval(*limits)}."]
    if "effects" in contents.tables:
        said += _changes(contents, measure)
    return said


def _changes(contents: Contents, measure: str) -> list[str]:
    """Say by how much each arm differs from the baseline, and what the pairing saves."""
    table = contents.tables["effects"]
    part = table[(table["measure"] == measure) & (table["n_pairs"] > 0)]
    changes = [
        f"{label} {interval(change, low, high, sign=True)}"
        for label, change, low, high in part[["strategies", "difference", "lower", "upper"]].itertuples(index=False)
    ]
    said = [f"Against {part['baseline'].iloc[0]}: {listed(changes)} months (95 % intervals, paired by world)."]
    ratios = part["variance_ratio"].dropna()
    if len(ratios):
        least, most = number(ratios.min()), number(ratios.max())
        times = f"{least} times" if least == most else f"{least} to {most} times"
        said.append(f"Without the pairing, equally narrow intervals would need {times} as many runs.")
    return said


def _sweep(contents: Contents) -> list[str]:
    """Say between which levels the response of each parameter moves, strongest first."""
    table = contents.tables["response"]
    several = len(table["strategies"].drop_duplicates()) > 1
    spans = table.groupby(["parameter", "strategies"], sort=False)["time_free"].agg(["min", "max"]).reset_index()
    spans["span"] = spans["max"] - spans["min"]
    widest = spans.sort_values("span", ascending=False, kind="stable").drop_duplicates("parameter")
    ranked = [
        f"{name} {number(low)} to {number(high)}" + (f" (arm {arm})" if several else "")
        for name, arm, low, high in widest[["parameter", "strategies", "min", "max"]].itertuples(index=False)
    ]
    return [
        f"Mean months free of failure, of the first {table['tau'].iloc[0]:g}, move along each parameter from their "
        f"lowest to their highest level: {'; '.join(ranked)}."
    ]


def absences(contents: Contents) -> list[str]:
    """Say what this result cannot show and why, one sentence for each reason."""
    reasons: dict[str, list[str]] = {}
    for name, reason in contents.missing.items():
        if name not in SILENT:
            reasons.setdefault(reason, []).append(SHOWN[name].title)
    return [f"{listed(list(dict.fromkeys(titles)))}: {reason}." for reason, titles in reasons.items()]
