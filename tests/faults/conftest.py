"""A study in a process of its own, on an engine that takes a known time, to be killed or starved."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cisim.cli.main import main
from cisim.study.engines import ENGINES

PROGRAM = """
import sys
from cisim.study.engines import ENGINES
from cisim.cli.main import main

if __name__ == "__main__":
    for engine in ENGINES:
        ENGINES[engine] = "NAME"
    sys.exit(main(sys.argv[1:]))
"""

#: A sweep of 300 runs; the words that say where it goes are left out.
SWEEP = ("sweep", "scenario=minimal", "backbone.gazing=0,0.5,1", "replicates=100", "workers=1", "seed=1")

#: Engines of `tests.faults.engines`; others are of `tests.study.engines`.
OWN = ("bounded", "waiting")

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, checkout: Path) -> Start:
    """Return a function that starts cisim in a process of its own, on an engine of `tests.study.engines`."""

    def run(*words: str, engine: str = "brisk", **keywords: object) -> "subprocess.Popen[str]":
        program = tmp_path / f"{engine}.py"
        reference = f"tests.{'faults' if engine in OWN else 'study'}.engines:{engine}"
        program.write_text(PROGRAM.replace("NAME", reference), encoding="utf-8")
        return subprocess.Popen(
            [sys.executable, str(program), *words],
            env={**os.environ, "PYTHONPATH": str(checkout)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            **keywords,  # type: ignore[call-overload]
        )

    return run


@pytest.fixture
def undisturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """Return a function that gives the bytes of ``runs.parquet`` of a study that nothing disturbs."""

    def run(*words: str) -> bytes:
        for engine in ENGINES:
            monkeypatch.setitem(ENGINES, engine, "tests.study.engines:steady")
        out = tmp_path / "undisturbed"
        assert main([*words, f"out={out}", "name=whole", "reuse=false"]) == 0
        return (out / "sweep" / "whole" / "runs.parquet").read_bytes()

    return run
