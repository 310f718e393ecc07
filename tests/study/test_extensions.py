"""A user's own classes are found by file or module, checked, and used by every worker."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cisim.agents.organisations import BASES
from cisim.errors import InputError
from cisim.study.own_classes import KEYS, load_extensions, resolve_extensions
from cisim.study.prepared import prepare
from cisim.study.runner import run_in_memory
from cisim.study.study import Study

PATIENT = """
from cisim.agents.strategies import Gazing


class Patient(Gazing):
    pass


NOT_A_CLASS = 3
"""


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a file with an own strategy into the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "patient.py"
    path.write_text(PATIENT, encoding="utf-8")
    return path


def load(given: dict[str, str], *folders: Path) -> dict[str, type]:
    """Resolve and load."""
    return load_extensions(resolve_extensions(given, folders))


def test_everything_that_the_model_can_extend_can_be_named() -> None:
    assert set(KEYS) == set(BASES)


def test_a_class_in_a_file_of_the_current_folder_is_found(own_file: Path) -> None:
    found = load({"gazing": "patient.py:Patient"})["gazing"]
    assert (found.__name__, issubclass(found, BASES["gazing"])) == ("Patient", True)


def test_a_class_in_a_file_beside_the_configs_is_found(own_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = own_file.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert load({"gazing": "patient.py:Patient"}, own_file.parent)["gazing"].__name__ == "Patient"


def test_a_class_in_a_module_is_found() -> None:
    assert load({"gazing": "cisim.agents.strategies:Gazing"}) == {"gazing": BASES["gazing"]}


def test_loading_twice_gives_the_same_class(own_file: Path) -> None:
    assert load({"gazing": "patient.py:Patient"}) == load({"gazing": "patient.py:Patient"})


def test_an_edited_file_is_loaded_anew(own_file: Path) -> None:
    before = load({"gazing": "patient.py:Patient"})
    own_file.write_text(PATIENT + "Patient.months = 3\n", encoding="utf-8")
    after = load({"gazing": "patient.py:Patient"})
    assert before != after
    assert after["gazing"].months == 3


@pytest.mark.parametrize(
    ("reference", "complaint"),
    [
        ("missing.py:Patient", "no file missing.py"),
        ("patient.py:Impatient", "patient.py has no class Impatient"),
        ("patient.py:NOT_A_CLASS", "has no class NOT_A_CLASS"),
        ("patient.py", "names no class"),
        ("patient.py:", "names no class"),
        (":Patient", "names no class"),
        ("patient.py:a b", "names no class"),
        ("no.such.module:Patient", "cannot be imported .ModuleNotFoundError"),
        ("cisim.errors:InputError", "must be a subclass of cisim.agents"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(own_file: Path, reference: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        load({"gazing": reference})
    assert str(caught.value).startswith("extensions.gazing")


@pytest.mark.parametrize("content", ["def", "1 / 0", "import nothing_of_that_name", "raise SystemError('x')"])
def test_a_file_that_cannot_be_imported_is_refused_and_forgotten(own_file: Path, content: str) -> None:
    own_file.write_text(content, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match="cannot be imported"):
            load({"gazing": "patient.py:Patient"})


def test_extensions_are_checked_before_anything_runs(make_study: Callable[..., Study], own_file: Path) -> None:
    with pytest.raises(InputError, match="has no class Impatient"):
        prepare(make_study(extensions={"gazing": "patient.py:Impatient"}))


@pytest.mark.parametrize("workers", [1, 2])
def test_every_worker_uses_the_extension(make_study: Callable[..., Study], own_file: Path, workers: int) -> None:
    study = make_study(extensions={"gazing": "patient.py:Patient"}, workers=workers)
    assert set(run_in_memory(prepare(study)).runs["jobs"]) == {1.0}
