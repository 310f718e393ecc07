"""After any damage, the same command ends with the bytes of the undisturbed result, or refuses with one line."""

import random
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.faults.random_damage import DAMAGES
from tests.faults.tiny_studies import STUDIES, contents, do, prepare_folder, result_of, states_kept, words_of

#: What is damaged: a result that is half done, one that is done, one beside the result that is to be made.
HALF, DONE, BESIDE = "half-finished", "finished", "neighbouring"


@dataclass(frozen=True)
class Known:
    """A study that was done undisturbed.

    Attributes
    ----------
    whole : Path
        Folder ``results`` when it was done.
    states : tuple of Path
        That folder after every change in it.
    wanted : dict of str to bytes
        Contents of its tables.
    """

    whole: Path
    states: tuple[Path, ...]
    wanted: dict[str, bytes]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory):
    """Return a function that does a study undisturbed, once."""
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("lab")
        prepare_folder(root / "work", patch)

        @cache
        def known(study: str) -> Known:
            from cisim.cli.main import main

            shutil.rmtree("results", ignore_errors=True)
            states: list[Path] = []
            with states_kept(Path("results"), states, root / study):
                assert main(words_of(study)) in (0, 1)
            shutil.copytree("results", root / f"{study}-whole")
            return Known(root / f"{study}-whole", tuple(states), contents(result_of(study)))

        yield known
        shutil.rmtree(root)


def lay_out(results: Path) -> None:
    """Lay a copy of `results` into the current folder."""
    shutil.rmtree("results", ignore_errors=True)
    shutil.copytree(results, "results")


def check_outcome(study: str, known: Known, code: int, complaints: list[str], what: str) -> str:
    """Check that there is no third outcome; return the one that there is."""
    if code == 2:
        assert len(complaints) == 1, what
        return "refused"
    found = contents(result_of(study))
    assert code in (0, 1), what
    assert {name: found.get(name) == content for name, content in known.wanted.items()} == dict.fromkeys(
        known.wanted, True
    ), what
    assert set(found) == set(known.wanted), what
    return "same"


def damage_once(number: int, lab, capsys) -> tuple[str, str, str]:
    """Do one damage and the same command again; return the study, what was damaged, and the outcome."""
    chance = random.Random(number)
    study = list(STUDIES)[number % len(STUDIES)]
    known, victim = lab(study), (HALF, DONE, BESIDE)[number // len(STUDIES) % 3]
    lay_out(chance.choice(known.states) if victim == HALF else known.whole)
    words, folder = words_of(study), result_of(study)
    if victim == BESIDE:
        folder = folder.rename(folder.with_name("beside"))
    if not any(path.is_file() for path in folder.rglob("*")):
        return study, victim, "nothing there"
    what = f"{number}: {study}, {victim}: " + chance.choice(DAMAGES)(folder, chance)
    outcome = check_outcome(study, known, *do(words, capsys), what)
    assert victim != BESIDE or outcome == "same", what
    return study, victim, outcome


@pytest.mark.parametrize("number", range(0, 33 * 3, 4))
def test_a_damaged_result_is_mended_or_refused(number: int, lab, capsys: pytest.CaptureFixture[str]) -> None:
    damage_once(number, lab, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(40))
def test_a_thousand_damages_have_no_third_outcome(block: int, lab, capsys: pytest.CaptureFixture[str]) -> None:
    found = [damage_once(number, lab, capsys) for number in range(1000 + 25 * block, 1025 + 25 * block)]
    assert {outcome for _, _, outcome in found} >= {"same"}


@pytest.mark.slow
@pytest.mark.parametrize("study", STUDIES)
def test_from_every_state_that_a_kill_can_leave_a_study_goes_on(
    study: str, lab, capsys: pytest.CaptureFixture[str]
) -> None:
    known = lab(study)
    assert len(known.states) > 5
    for state in known.states:
        lay_out(state)
        code, complaints = do(words_of(study), capsys)
        assert code in (0, 1), (state, complaints)
        assert check_outcome(study, known, code, complaints, str(state)) == "same"
