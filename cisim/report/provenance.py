"""Where a result comes from, as short lines; the same for the page and for the metadata of every figure."""

from cisim._version import __version__
from cisim.reading.finished_result import FinishedResult

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
