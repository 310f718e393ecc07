"""Ctrl-C on a terminal reaches every process of a study; it ends in seconds, with one line and nothing half-written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

#: A shell gives its programs the usual handler of Ctrl-C; a program that ignores it hands that on to ours.
PROGRAM = """
import signal
import sys
from cisim.study.engines import ENGINES
from cisim.cli.main import main

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ENGINES["compiled"] = "tests.study.engines:slow"
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="process groups are interrupted in another way there")
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_from_the_keyboard_ends_a_study_cleanly(tmp_path: Path, checkout: Path, workers: int) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    out = tmp_path / "results"
    running = subprocess.Popen(
        [sys.executable, str(program), "run", "replicates=1000", f"workers={workers}", f"out={out}"],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stderr is not None
    assert running.stderr.readline() == "run ordinary: 1000 runs\n"
    time.sleep(1.5)
    os.killpg(running.pid, signal.SIGINT)
    printed, error = running.communicate(timeout=5)
    assert running.returncode == 130
    assert (printed, error) == ("", "cisim: interrupted; nothing was written\n")
    assert not out.exists()
