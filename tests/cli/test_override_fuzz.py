"""Whatever is written after a verb, it ends in results, rows with errors, or one line; in little time and memory."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from cisim.cli.main import main
from tests.cli.fuzzed import FREE, fault, fault_of
from tests.cli.override_fuzz import Words, command_lines

#: Verbs that are left out of the sample: they run the model itself, or many runs in Python.
HEAVY = ("verify", "calibrate", "claims", "report", "advise", "replay")


def make_result(folder: Path) -> Path:
    """Return a small result of the stand-in engine or of the model, for the verbs that read one."""
    words = ["run", "scenario=minimal", "replicates=3", f"out={folder}", "name=made", "workers=1"]
    assert main(words) == 0
    return folder / "run" / "made"


def told(words: Words, wrong: str) -> str:
    """Return a command with what is wrong with it, long words cut."""
    return f"cisim {' '.join(word[:200] for word in words)!r}: {wrong}"


def test_a_sample_of_overrides_ends_as_commands_may(
    tmp_path: Path, use_engine: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_engine("steady")
    monkeypatch.setattr("cisim.study.limits.memory_there", lambda: FREE)
    made = make_result(tmp_path)
    lines = [words for words in command_lines(120, seed=3) if words[0] not in HEAVY][:60]
    monkeypatch.setattr("cisim.figures.entries.write_figures", lambda *_: [])  # they take most of the time
    assert [told(words, wrong) for words in lines if (wrong := fault(words, made))] == []


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600)
def test_two_thousand_overrides_end_as_commands_may(tmp_path: Path) -> None:
    made = make_result(tmp_path)
    lines = list(command_lines(2000, seed=16))
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=200) as pool:
        faults = list(pool.map(fault_of, ((words, made) for words in lines)))
    assert [told(words, wrong) for words, wrong in zip(lines, faults, strict=True) if wrong] == []
