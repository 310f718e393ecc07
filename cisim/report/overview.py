"""Top and bottom of a report: the result in a few sentences, what it cannot show, and where it comes from."""

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
    """Return how much was run, how much of it is used, and what came out first of all."""
    runs = result.runs
    said = [f"{counted(len(runs), 'spell' if result.is_table else 'run')}."]
    if result.n_dropped:
        said.append(f"{result.n_dropped:,} ended in an error and are left out everywhere.")
    elif not result.is_table:
        said.append("None ended in an error.")
    said += _ended(result)
    summaries = [table.summary for name, table in contents.listed.items() if table.summary and name in contents.tables]
    said += summaries[0](contents.tables) if summaries else []
    return [*said, *result.notes, *([result.selection] if result.selection else [])]


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
