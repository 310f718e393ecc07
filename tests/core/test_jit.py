"""The folder of compiled code follows the sources, and a folder that cannot be written is no obstacle."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cisim.core import jit
from cisim.core.kernel import block
from cisim.core.kernel.block import simulate_block
from cisim.parameters import Parameters

CODE = "import numba, cisim.core.jit; print(numba.config.CACHE_DIR)"


def folder_in_a_new_process(checkout: Path, **environment: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE],
        cwd=checkout,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def test_compiled_code_lies_in_the_folder_that_is_set(checkout: Path, tmp_path: Path) -> None:
    folder = folder_in_a_new_process(checkout, NUMBA_CACHE_DIR=str(tmp_path))
    assert folder == tmp_path / "cisim" / jit._sources_hash()
    assert folder.is_dir()


def test_by_default_it_lies_in_the_cache_of_the_user(checkout: Path, tmp_path: Path) -> None:
    folder = folder_in_a_new_process(checkout, NUMBA_CACHE_DIR="", XDG_CACHE_HOME=str(tmp_path))
    assert folder.parent == tmp_path / "cisim"
    folder = folder_in_a_new_process(checkout, NUMBA_CACHE_DIR="", XDG_CACHE_HOME="", HOME=str(tmp_path))
    assert folder.parent == tmp_path / ".cache" / "cisim"


def test_an_edit_of_any_source_of_the_core_changes_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    core = tmp_path / "core"
    (core / "rules").mkdir(parents=True)
    monkeypatch.setattr(jit, "__file__", str(core / "jit.py"))
    hashes = []
    for name, text in (("jit.py", "a"), ("rules/x.py", "b"), ("rules/x.py", "c"), ("rules/y.txt", "d")):
        (core / name).write_text(text, encoding="utf-8")
        hashes.append(jit._sources_hash())
    assert len(set(hashes)) == 3
    assert hashes[2] == hashes[3]  # not a source


def test_it_is_warm_once_the_compiled_engine_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(jit.numba.config, "CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(jit.numba.config, "DISABLE_JIT", 0)
    assert not jit.is_warm()
    simulate_block(Parameters(), seed=1, replicates=[0])
    found = Path(block._run_block.stats.cache_path)  # where numba keeps it
    assert any(found.glob("block._run_block-*.nbi"))
    monkeypatch.setattr(jit.numba.config, "CACHE_DIR", str(found.parent))
    assert jit.is_warm()


def test_rules_release_the_lock_and_keep_to_strict_arithmetic() -> None:
    @jit.rule
    def half(x: float) -> float:
        return x / 2.0

    options = half.targetoptions
    assert options["nogil"] is True
    assert not options.get("fastmath", False)
    assert half(3.0) == 1.5
