"""A tiny study of every verb on a stand-in engine: done undisturbed, in every state of being done, and done again."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cisim.cli.main import main
from cisim.study.engines import ENGINES
from tests.calibrate.test_verb import TARGETS
from tests.cli.test_claims import MINE

_RANGES = "parameters=[backbone.gazing,backbone.spacing]"
_UNCERTAIN = ("posterior=false", "samples=8", "replicates=2")

#: Words of a study for each verb; `COMMON` come on top.
STUDIES = {
    "run": ("run", "replicates=6", "events=true"),
    "compare": ("compare", "replicates=4", "strategies=[none,gazing]"),
    "sweep": ("sweep", "backbone.gazing=0,0.5", "replicates=10"),
    "target": ("sweep", "backbone.gazing=0,0.5", "replicates=10", "target=10", "budget=60"),
    "sensitivity": ("sensitivity", _RANGES, "samples=4", "replicates=2", "outcomes=social_outcome"),
    "auto": (
        "sensitivity",
        _RANGES,
        "method=auto",
        "screening=4",
        "samples=8",
        "replicates=2",
        "outcomes=social_outcome",
    ),
    "robustness": (
        *("robustness", "strategies=[none,all]", "months=6", "sizes=1", "rates=1", "within=12"),
        *("observation.horizon=40", "classes=external", "replicates=4"),
    ),
    "discover": ("discover", "population.divergence=interval(0,1.6)", *_UNCERTAIN, "samples=16"),
    "advise": (
        *("advise", "trust.start=interval(0.2,0.8)", *_UNCERTAIN),
        *("strategies=[none,all]", "contracts=12", "periods=24"),
    ),
    "claims": (
        *("claims", "files=mine.yaml", "posterior=ensemble.parquet", "replicates=4", "samples=64", "only=effect"),
    ),
    "calibrate": (
        *("calibrate", "targets=targets.yaml", "parameters=[exit.base_rate]", "particles=10", "draws=16"),
        *("replicates=4", "confirm=8"),
    ),
}
COMMON = ("workers=1", "seed=3", "name=a")

#: Files of a result that are not the same twice: times and figures' pages.
UNLIKE = ("manifest.json", "status.json", "seal.json")


def words_of(study: str) -> list[str]:
    """Return the whole command of a study."""
    words = STUDIES[study]
    scenario = [] if words[0] == "claims" else ["scenario=minimal"]
    return [words[0], *scenario, *words[1:], *COMMON]


def result_of(study: str) -> Path:
    """Return the folder of its result."""
    return Path("results") / STUDIES[study][0] / "a"


def prepare_folder(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Lay into a folder what studies read, go there, and take a stand-in engine; figures are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    (folder / "targets.yaml").write_text(TARGETS, encoding="utf-8")
    shirking = np.random.default_rng(1).uniform(0, 0.9, 4)
    pd.DataFrame({"weight": 1.0, "contribution.shirking": shirking}).to_parquet(folder / "ensemble.parquet")
    patch.chdir(folder)
    patch.setattr("cisim.figures.entries.write_figures", lambda *_: [])
    for engine in ENGINES:
        patch.setitem(ENGINES, engine, "tests.faults.engines:bounded")


def do(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Run a command; return its exit code and its complaints."""
    capsys.readouterr()
    code = main(words)
    return code, [line for line in capsys.readouterr().err.splitlines() if line.startswith("cisim: ")]


def contents(result: Path) -> dict[str, bytes]:
    """Return the bytes of every table and configuration of a result by path."""
    found = [path for pattern in ("*.parquet", "*.csv", "*.yaml") for path in result.rglob(pattern)]
    return {path.relative_to(result).as_posix(): path.read_bytes() for path in found if path.name not in UNLIKE}


_WATCH: dict[str, Callable[[str], None] | None] = {"see": None}


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    see = _WATCH["see"]
    if see is not None and event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        see(str(arguments[0]))


sys.addaudithook(_hook)


@contextmanager
def states_kept(folder: Path, states: list[Path], into: Path) -> Iterator[None]:
    """Keep a copy of a folder each time that something in it has changed: all that a kill could leave behind."""
    known = [_listing(folder)]

    def see(path: str) -> None:
        if "results" not in path:
            return
        _WATCH["see"] = None
        try:
            listing = _listing(folder)
            if listing != known[-1]:
                known.append(listing)
                states.append(shutil.copytree(folder, into / f"{len(states):05d}"))
        finally:
            _WATCH["see"] = see

    _WATCH["see"] = see
    try:
        yield
    finally:
        _WATCH["see"] = None


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    if not folder.is_dir():
        return []
    stats = [(path, path.stat()) for path in sorted(folder.rglob("*"))]
    return [(str(path), stat.st_size, stat.st_mtime_ns if path.is_file() else 0) for path, stat in stats]
