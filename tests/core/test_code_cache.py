"""Compiled code is taken only from a folder that is the user's own, and only as it was written."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cisim.core import code_cache
from cisim.core.code_cache import CheckedCacheFile, code_folder

as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root makes folders of others")

#: Compiles one rule, runs it, and says what was taken from the cache.
PROGRAM = """
from cisim.core import jit

@jit.rule
def double(x):
    return 2.0 * x

assert double(4.0) == 8.0
print(sum(double.stats.cache_hits.values()), sum(double.stats.cache_misses.values()))
"""


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder that the user names for compiled code, and one for temporary files."""
    (tmp_path / "base").mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(code_cache.atexit, "register", lambda *_, **__: None)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "base"))
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "/")
    return tmp_path / "base"


def assert_private(folder: Path, base: Path) -> None:
    """Check that a folder is a fresh one, which nobody else enters and which worker processes find."""
    private = base.parent / "temporary"
    assert folder.is_relative_to(private)
    inside = [folder, *(parent for parent in folder.parents if parent.is_relative_to(private) and parent != private)]
    assert [path.stat().st_mode & 0o777 for path in inside] == [0o700] * 3
    assert os.environ["NUMBA_CACHE_DIR"] == str(inside[-1])
    assert code_folder(folder.name) == folder


def test_the_folder_is_the_users_and_no_others(base: Path) -> None:
    folder = code_folder("abc")
    assert folder == base / "cisim" / "abc"
    assert [path.stat().st_mode & 0o777 for path in (folder, folder.parent)] == [0o700, 0o700]


def test_a_folder_that_others_could_read_is_closed(base: Path) -> None:
    (base / "cisim" / "abc").mkdir(parents=True)
    (base / "cisim" / "abc").chmod(0o755)
    assert code_folder("abc").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o775, 0o722])
@pytest.mark.parametrize("place", ["cisim", "cisim/abc"])
def test_a_folder_that_others_could_write_is_not_used(base: Path, place: str, mode: int) -> None:
    (base / "cisim" / "abc").mkdir(parents=True)
    (base / place).chmod(mode)
    assert_private(code_folder("abc"), base)


@as_root
@pytest.mark.parametrize("place", ["cisim", "cisim/abc", "."])
def test_a_folder_of_somebody_else_is_not_used(base: Path, place: str) -> None:
    (base / "cisim" / "abc").mkdir(parents=True)
    os.chown(base / place, pwd.getpwnam("nobody").pw_uid, -1)
    assert_private(code_folder("abc"), base)


@pytest.mark.parametrize("place", ["cisim", "cisim/abc"])
def test_a_link_to_a_folder_is_not_used(base: Path, place: str) -> None:
    (base.parent / "elsewhere").mkdir(mode=0o700)
    (base / place).parent.mkdir(exist_ok=True)
    (base / place).symlink_to(base.parent / "elsewhere")
    assert_private(code_folder("abc"), base)


def test_a_base_in_which_anybody_renames_is_not_used(base: Path) -> None:
    base.chmod(0o777)
    assert_private(code_folder("abc"), base)


def test_a_base_in_which_everybody_has_their_own_is_used(base: Path) -> None:
    base.chmod(0o1777)
    assert code_folder("abc") == base / "cisim" / "abc"


def test_where_nothing_can_be_written_a_fresh_folder_is_made(base: Path) -> None:
    shutil.rmtree(base)
    base.write_text("a file, not a folder", encoding="utf-8")
    assert_private(code_folder("abc"), base)


@pytest.mark.parametrize(
    "given",
    [
        {"XDG_CACHE_HOME": "relative"},
        {"XDG_CACHE_HOME": "."},
        {"HOME": ""},
        {"HOME": "/"},
        {"HOME": "relative"},
        {"NUMBA_CACHE_DIR": "relative"},
    ],
    ids=str,
)
def test_no_code_goes_into_the_current_folder_or_the_root(
    base: Path, given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = base.parent / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert_private(code_folder("abc"), base)
    assert list(here.iterdir()) == []
    assert not Path("/.cache/cisim/abc").exists()


def test_a_fresh_folder_goes_with_its_process(checkout: Path, tmp_path: Path) -> None:
    places = {"NUMBA_CACHE_DIR": "", "XDG_CACHE_HOME": "relative", "HOME": "/", "TMPDIR": str(tmp_path)}
    code = "import numba, cisim.core.jit; print(numba.config.CACHE_DIR)"
    folder = Path(run(["-c", code], checkout, tmp_path, **places))
    assert folder.is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def run(words: Sequence[str], checkout: Path, folder: Path, **environment: str) -> str:
    """Run Python in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(checkout), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def cut_short(content: bytes) -> bytes:
    """Return the first half."""
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    """Return the content with one bit of its middle changed."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1 :]


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("damage", [cut_short, flipped, lambda _: b"", lambda content: content[32:]])
def test_a_damaged_cache_file_is_made_anew(
    checkout: Path, tmp_path: Path, ending: str, damage: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    cache = str(tmp_path / "cache")
    assert run(["program.py"], checkout, tmp_path, NUMBA_CACHE_DIR=cache) == "0 1"
    assert run(["program.py"], checkout, tmp_path, NUMBA_CACHE_DIR=cache) == "1 0"
    (file,) = Path(cache).rglob(f"*double*.{ending}")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert run(["program.py"], checkout, tmp_path, NUMBA_CACHE_DIR=cache) == "0 1"
    assert run(["program.py"], checkout, tmp_path, NUMBA_CACHE_DIR=cache) == "1 0"


def test_code_of_another_numba_or_source_is_made_anew(tmp_path: Path) -> None:
    def made(version: str, stamp: str) -> CheckedCacheFile:
        file = CheckedCacheFile(str(tmp_path), "rule", stamp)
        file._version = version
        return file

    made("1", "a").save("signature", {"some": "code"})
    assert made("1", "a").load("signature") == {"some": "code"}
    assert made("2", "a").load("signature") is None
    assert made("1", "b").load("signature") is None
