"""Text of a report: findings, what cannot be shown, and methods."""

from collections.abc import Mapping

from cisim._version import __version__
from cisim.reading.finished_result import FinishedResult
from cisim.report.contents import QUESTIONS, Contents
from cisim.survival.words import comma_list, counted

#: Keys of the manifest that a reader needs, with their words.
KEYS = {
    "cisim": "simulated with cisim",
    "commit": "commit",
    "verb": "verb",
    "scenario": "scenario",
    "engine": "engine",
    "seed": "seed",
    "configuration": "configuration",
    "command": "command",
    "start": "begun",
    "state": "state",
}


def headline(result: FinishedResult) -> str:
    """Title of the report."""
    if result.is_table:
        return f"Durations in {result.source.name}"
    scenario = result.manifest.get("scenario")
    nouns = {question.name: question.noun for question in QUESTIONS}
    return f"{nouns.get(result.verb, 'Result')} of {scenario}: {result.source.name}" if scenario else result.source.name


def summary_sentences(result: FinishedResult, contents: Contents) -> list[str]:
    """Return the number of runs, how many of them are used, and the main finding."""
    runs = result.runs
    sentences = [f"{counted(len(runs), 'spell' if result.is_table else 'run')}."]
    if result.n_dropped:
        sentences.append(f"{result.n_dropped:,} ended in an error and are left out everywhere.")
    elif not result.is_table:
        sentences.append("None ended in an error.")
    sentences += _ended(result)
    summaries = [table.summary for name, table in contents.listed.items() if table.summary and name in contents.tables]
    sentences += summaries[0](contents.tables) if summaries else []
    return [*sentences, *result.notes, *([result.selection] if result.selection else [])]


def _ended(result: FinishedResult) -> list[str]:
    """Return how the runs ended."""
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


def absences(contents: Contents) -> list[str]:
    """Return what this result cannot show and why, one sentence for each reason."""
    reasons: dict[str, list[str]] = {}
    for name, reason in contents.missing.items():
        if contents.listed[name].says_if_missing:
            reasons.setdefault(reason, []).append(contents.listed[name].title)
    return [f"{comma_list(list(dict.fromkeys(titles)))}: {reason}." for reason, titles in reasons.items()]


def provenance(result: FinishedResult) -> dict[str, str]:
    """Lines on where the result comes from; the name of the file for a bare table."""
    if result.is_table:
        return {"table": result.source.name, "rows": f"{len(result.runs)}", "analysed with cisim": __version__}
    lines = {
        words: str(result.manifest[key]) for key, words in KEYS.items() if result.manifest.get(key) not in (None, "")
    }
    if result.manifest.get("dirty"):
        lines["commit"] = f"{lines.get('commit', '')} with uncommitted changes"
    return lines | {
        "result": result.source.name,
        "replicates": f"{len(result.runs['replicate'].drop_duplicates())}",
        "runs": f"{len(result.runs)}",
        "runs left out": f"{result.n_dropped}",
        "analysed with cisim": __version__,
    }


#: Packages whose versions decide a number, by the verb they serve.
PACKAGES = {"numba": "numba", "numpy": "NumPy", "mesa": "Mesa"}
ANALYSED_WITH = {"lifelines": "lifelines", "pandas": "pandas", "scipy": "SciPy", "matplotlib": "Matplotlib"}
#: Arms that a sentence names; more are counted.
MOST_NAMED = 8


def methods_section(result: FinishedResult, contents: Contents) -> list[str]:
    """Return what was run and how it was analysed.

    Parameters
    ----------
    result : FinishedResult
        What is reported on.
    contents : Contents
        Its tables; only estimators that were used are named.

    Returns
    -------
    list of str
        Paragraphs of plain text.
    """
    runs = _table(result) if result.is_table else _simulated(result)
    estimated = [table for name, table in contents.listed.items() if table.method and name in contents.tables]
    used = [table.method for table in sorted(estimated, key=lambda table: table.method_order)]
    window = _window(contents)
    packages = result.manifest.get("packages", {})
    analysed = f"The analysis is that of cisim {__version__}{_versions(packages, ANALYSED_WITH)}. Intervals are 95 %."
    return [runs, " ".join([*window, *used, analysed])]


def _simulated(result: FinishedResult) -> str:
    """Return what was simulated, with what, how often and from which seeds."""
    manifest, runs = result.manifest, result.runs
    commit = str(manifest.get("commit", ""))
    dirty = ", with uncommitted changes" if manifest.get("dirty") else ""
    made = f"cisim {manifest.get('cisim', 'of an unknown version')}" + (
        f" (commit {commit[:12]}{dirty})" if commit else ""
    )
    engine = f" on its {manifest['engine']} engine" if "engine" in manifest else ""
    packages = _versions(manifest.get("packages", {}), PACKAGES, "; ")
    python = f" (Python {manifest['python']}{packages})" if "python" in manifest else ""
    configuration = str(manifest.get("configuration", ""))[:12]
    sentences = [
        f"{counted(len(runs), 'coalition')} were simulated with {made}, an agent-based model of cross-sector "
        f"coalitions{engine}{python}.",
        _design(result),
        _worlds(result),
        f"Each coalition was followed for at most {_horizon(result)} months, until it failed, completed its agenda "
        "or was censored.",
        _dropped(result),
        f"The configuration has the hash {configuration}." if configuration else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _design(result: FinishedResult) -> str:
    """Return which scenario, arms and parameters."""
    design = result.design
    scenarios = sorted(set(map(str, result.runs["scenario"].unique()))) if "scenario" in result.runs else []
    case = f"Scenario: {comma_list(scenarios)}. " if scenarios else ""
    arms = result.labels
    named = f" ({comma_list(arms)})" if 1 < len(arms) <= MOST_NAMED else ""
    if design.is_sweep:
        within = f" in each of {len(arms)} arms{named}" if design.has_arms else ""
        number = counted(design.n_points, "design point")
        return f"{case}A sweep over {comma_list(list(design.varied))} of {number}{within}."
    return f"{case}{len(arms)} arms{named} were compared." if len(arms) > 1 else f"{case}One arm was run: {arms[0]}."


def _worlds(result: FinishedResult) -> str:
    """Return how many replicates, from which seeds, and what they share."""
    runs = result.runs
    n_replicates = len(runs["replicate"].drop_duplicates())
    seeds = sorted(set(runs["seed"].tolist())) if "seed" in runs else []
    seed = f", seed {comma_list([str(s) for s in seeds])}" if 0 < len(seeds) <= MOST_NAMED else ""
    shared = (
        " Replicate r is the same world everywhere (common random numbers), so that arms and design points differ "
        "by what was changed and not by luck."
        if len(runs) > n_replicates
        else ""
    )
    fewest = int(runs.groupby(["strategies", *result.design.varied], dropna=False).size().min())
    number = (f"{fewest:,} to " if fewest < n_replicates else "") + counted(n_replicates, "replicate")
    return f"There were {number}{seed}.{shared}"


def _horizon(result: FinishedResult) -> str:
    horizon = result.config.get("observation", {}).get("horizon")
    return f"{horizon}" if horizon is not None else f"{result.runs['duration'].max():g}"


def _dropped(result: FinishedResult) -> str:
    """Return how many runs were left out."""
    if result.n_dropped == 0:
        return "No run ended in an error."
    return f"{result.n_dropped:,} of {counted(len(result.runs), 'run')} ended in an error and are left out."


def _table(result: FinishedResult) -> str:
    """Return what a bare table holds."""
    runs = result.runs
    ended = int(runs["event_observed"].sum())
    return " ".join(
        [
            f"The table {result.source.name} holds {counted(len(runs), 'spell')}, of which {ended:,} ended and "
            f"{len(runs) - ended:,} were censored.",
            *([_dropped(result)] if result.n_dropped else []),
            *result.notes,
        ]
    )


def _window(contents: Contents) -> list[str]:
    """Return which window the restricted means have."""
    for name in ("comparison", "points", "response"):
        if name in contents.tables:
            return [f"Restricted means are over the first {contents.tables[name]['tau'].iloc[0]:g} months."]
    return []


def _versions(packages: Mapping[str, str], names: Mapping[str, str], before: str = " with ") -> str:
    known = [f"{shown} {packages[name]}" for name, shown in names.items() if name in packages]
    return before + ", ".join(known) if known else ""
