"""``cisim verify`` docks both engines on a configuration and prints the result in a sentence to be quoted."""

from importlib.metadata import version
from pathlib import Path

import pytest

from cisim._version import __version__
from cisim.agents.strategies import Spacing
from cisim.cli.main import main
from cisim.core.records import RunRecord
from cisim.parameters import Parameters
from cisim.questions.verify import compute as docking
from tests.cli.conftest import Command


def test_engines_that_agree_are_reported_in_one_sentence_with_exit_code_0(cisim: Command, folder: Path) -> None:
    done = cisim("verify", "scenario=minimal", "replicates=3", "seed=5", "observation.horizon=12")
    assert done.code == 0
    assert done.out.count("\n") == 1
    assert f"of cisim {__version__} (Mesa {version('mesa')}, numba {version('numba')}, NumPy " in done.out
    assert " gave identical records, event for event and bit for bit, in 3 runs of scenario minimal " in done.out
    assert ", seed 5): 36 months of 36 series, " in done.out
    assert done.out.endswith(" memberships.\n")
    assert done.err.splitlines()[0] == "verify minimal: 3 runs"
    assert done.complaints == []
    assert list(folder.iterdir()) == []


def test_the_configuration_is_that_of_the_command_line(cisim: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Parameters] = []
    exact = docking.simulate_mesa

    def simulate(params: Parameters, **keys) -> RunRecord:
        seen.append(params)
        return exact(params, **keys)

    monkeypatch.setattr(docking, "simulate_mesa", simulate)
    first = cisim("verify", "scenario=minimal", "replicates=1", "backbone.gazing=0.25", "observation.horizon=6")
    other = cisim("verify", "scenario=minimal", "replicates=1", "backbone.gazing=0.75", "observation.horizon=6")
    assert [params.backbone.gazing for params in seen] == [0.25, 0.75]
    assert [params.population.nonprofits for params in seen] == [2, 2]
    assert " in 1 run of scenario minimal (configuration " in first.out
    assert first.out != other.out


def test_engines_that_part_are_reported_with_the_place_and_exit_code_1(
    cisim: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = Spacing.correct
    monkeypatch.setattr(Spacing, "correct", lambda self, practice: exact(self, practice) + 1e-9)
    done = cisim("verify", "scenario=minimal", "replicates=2")
    assert done.code == 1
    assert " differ in 2 of 2 runs of scenario minimal (" in done.out
    assert "), first in replicate 0, month 1, practice: 0." in done.out
    assert "identical" not in done.out


def test_an_engine_that_fails_is_one_line_and_exit_code_1(cisim: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def simulate(params: Parameters, **keys) -> RunRecord:
        raise ZeroDivisionError("nothing\nworks")

    monkeypatch.setattr(docking, "simulate_mesa", simulate)
    done = cisim("verify", "scenario=minimal", "replicates=2")
    assert (done.code, done.out) == (1, "")
    assert done.complaints == ["cisim: the Mesa engine failed in replicate 0: ZeroDivisionError: nothing works"]


def test_a_block_that_fails_names_its_replicates(cisim: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def simulate_block(params: Parameters, **keys) -> None:
        raise MemoryError

    monkeypatch.setattr(docking, "simulate_block", simulate_block)
    done = cisim("verify", "scenario=minimal", "replicates=2")
    assert done.code == 1
    assert done.complaints[0].startswith(
        "cisim: the compiled engine in a block failed in replicate 0 to 1: MemoryError"
    )


def test_several_configurations_are_docked_one_by_one(cisim: Command) -> None:
    done = cisim("verify", "-m", "scenario=minimal", "replicates=1", "observation.horizon=3,4")
    assert done.code == 0
    assert [line.split("): ")[1].split(" months")[0] for line in done.out.splitlines()] == ["3", "4"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (
            ["extensions.gazing=mine.py:Mine"],
            "cannot dock own classes (gazing): they run on the Mesa engine only; leave",
        ),
        (["replicates=0"], "replicates=0 is out of range; give a whole number of 1 or more"),
        (["replicates=some"], "replicates=some is not a whole number; see cisim verify --help"),
        (["seed=-1"], "seed=-1 is out of range"),
        (["workers=2"], "unknown parameter or option workers; see cisim params and cisim verify --help"),
        (["scenario=atlantis"], "unknown scenario atlantis"),
        (["backbone.gazing=2"], "backbone.gazing=2 is out of range"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(folder: Path, capsys, words: list[str], complaint: str) -> None:
    assert main(["verify", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert complaint in captured.err
    assert list(folder.iterdir()) == []
