"""The manifest holds the provenance of results, and nothing about the machine's owner."""

import getpass
import json
import platform
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cisim._version import __version__
from cisim.study import manifest
from cisim.study.manifest import Timing, manifest_of, write_manifest
from cisim.study.study import Study

START = datetime(2026, 1, 2, tzinfo=UTC)
TIMING = Timing(start=START, end=START + timedelta(seconds=1.5))


def test_the_manifest_says_what_was_run_when_and_with_what(make_study: Callable[..., Study], tmp_path: Path) -> None:
    study = make_study(seed=7)
    write_manifest(manifest_of(study, "cisim compare seed=7", TIMING, "complete"), tmp_path)
    found = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert found["cisim"] == __version__
    assert found["seed"] == 7
    assert found["command"] == "cisim compare seed=7"
    assert found["start"] == "2026-01-02T00:00:00+00:00"
    assert found["wall_seconds"] == 1.5
    assert found["state"] == "complete"
    assert found["python"] == platform.python_version()
    assert found["configuration"] == study.fingerprint()
    assert {"numpy", "numba", "mesa", "pandas"} <= set(found["packages"])


def test_the_manifest_names_neither_host_nor_user_nor_path(make_study: Callable[..., Study], checkout: Path) -> None:
    text = json.dumps(manifest_of(make_study(), "cisim compare", TIMING, "complete"))
    assert str(checkout) not in text
    assert not {platform.node(), getpass.getuser()} & set(re.split(r"\W+", text))


def test_the_manifest_knows_the_content_of_own_classes(
    make_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = {"gazing": "mine.py:Mine", "funder": "package.module:Theirs"}
    found = []
    for content in ("1", "2"):
        (tmp_path / "mine.py").write_text(content, encoding="utf-8")
        found.append(manifest_of(make_study(extensions=own), "", TIMING, "complete")["extensions"])
    assert set(found[0]) == set(found[1]) == {"gazing"}
    assert found[0] != found[1]


def answer(verb: str, *rest: str) -> str:
    """Stand in for git."""
    return {"rev-parse": "0123abc", "status": " M cisim/x.py"}[verb]


@pytest.mark.parametrize("is_checkout", [True, False])
def test_the_manifest_names_the_commit_of_a_checkout_and_of_nothing_else(
    make_study: Callable[..., Study], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_checkout: bool
) -> None:
    if is_checkout:
        (tmp_path / ".git").mkdir()
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    monkeypatch.setattr(manifest, "_git", answer)
    found = manifest_of(make_study(), "", TIMING, "complete")
    assert (found.get("commit"), found.get("dirty")) == (("0123abc", True) if is_checkout else (None, None))


def test_a_broken_checkout_gives_no_commit(
    make_study: Callable[..., Study], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    assert "commit" not in manifest_of(make_study(), "", TIMING, "complete")
