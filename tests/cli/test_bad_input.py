"""Bad input ends in one line on stderr and exit code 2; nothing runs and nothing is written."""

from pathlib import Path

import pytest

from cisim.cli.verbs import VERBS
from tests.cli.conftest import Command

ONE_SECTOR = ("corporations=0", "funders=0", "social_enterprises=0", "public_agencies=0")

CASES = {
    "an unknown verb": (["simulate"], f"unknown verb simulate; choose one of {', '.join(VERBS)}"),
    "an unknown flag": (["run", "--fast"], "unknown flag --fast"),
    "an unknown parameter": (["run", "backbone.gasing=0.5"], "did you mean backbone.gazing?"),
    "an unknown option": (["run", "replicats=5"], "did you mean replicates?"),
    "a value out of range": (["run", "backbone.gazing=1.5"], "backbone.gazing=1.5 is out of range; give a number from"),
    "text for a number": (["run", "trust.start=high"], "is not a number"),
    "a fraction for a whole number": (["run", "population.nonprofits=2.5"], "is not a whole number"),
    "an unknown category": (["run", "backbone.lead=king"], "choose one of corporate"),
    "horizon 0": (["run", "observation.horizon=0"], "observation.horizon=0 is out of range"),
    "an empty coalition": (["run", *(f"population.{k}" for k in ONE_SECTOR), "population.nonprofits=0"], "is empty"),
    "one sector": (["run", *(f"population.{k}" for k in ONE_SECTOR), "backbone.lead=nonprofit"], "one sector only"),
    "too few members": (["run", "scenario=minimal", "population.nonprofits=0", "population.funders=0"], "3 to 500"),
    "a lead that is not there": (
        ["run", "scenario=minimal", "backbone.lead=funder", "population.funders=0"],
        "funders",
    ),
    "crossed awards": (["run", "funding.award_low=1", "funding.award_high=0.5"], "lower the first or raise the second"),
    "an unknown scenario": (["run", "scenario=atlantis"], "unknown scenario atlantis; choose one of"),
    "own classes on the compiled engine": (
        ["run", "engine=compiled", "extensions.gazing=mine.py:Mine"],
        "engine=compiled cannot run extensions; use engine=mesa, or leave engine out",
    ),
    "an unknown engine": (["run", "engine=steam"], "engine=steam is not known; use engine=auto, compiled, mesa"),
    "an unknown strategy": (["compare", "strategies=[none,hazing]"], "none, all, or any of gazing"),
    "an arm twice": (["compare", "strategies=[none,none]"], "names none twice"),
    "a strategy without intensity": (
        ["compare", "scenario=minimal", "backbone.gazing=0"],
        "backbone.gazing=0 in this scenario",
    ),
    "an intensity above 1": (["compare", "intensity=1.5"], "intensity=1.5 is out of range"),
    "no replicates": (["run", "replicates=0"], "replicates=0 is out of range"),
    "fewer than no workers": (["run", "workers=-1"], "workers=-1 is out of range"),
    "a negative seed": (["run", "seed=-1"], "seed=-1 is out of range; give a whole number from 0 to"),
    "a seed too large": (["run", f"seed={2**63}"], "out of range"),
    "a fraction as seed": (["run", "seed=0.5"], "seed=0.5 is not a whole number"),
    "a malformed override": (["run", "backbone.gazing"], "cannot read the override backbone.gazing; write name=value"),
    "several values without -m": (["run", "backbone.gazing=0,1"], "gives several values; add -m"),
    "a removal": (["run", "~backbone.gazing"], "nothing can be removed"),
    "a missing extension file": (["run", "extensions.gazing=nowhere.py:Mine"], "no file nowhere.py"),
    "a missing extension class": (["run", "extensions.gazing=cisim.errors:Mine"], "has no class Mine"),
    "an extension of the wrong kind": (["run", "extensions.funder=cisim.errors:CisimError"], "must be a subclass of"),
    "an unknown extension point": (["run", "extensions.bank=x.py:Bank"], "unknown parameter or option extensions.bank"),
    "a name that is a path": (["run", "name=../x"], "name=../x is not the name of one folder"),
    "results under a file": (["run", "out=file"], "cannot write to file"),
    "an existing result": (["run", "name=taken"], "exists already and is not overwritten"),
    "no config folder": (["run", "--config-dir", "nowhere"], "there is no such folder"),
    "a bad value among several": (["run", "-m", "backbone.gazing=0,2"], "backbone.gazing=2 is out of range"),
    "an unknown scenario among several": (["run", "-m", "scenario=minimal,atlantis"], "unknown scenario atlantis"),
    "a launcher that is not installed": (["run", "-m", "seed=1,2", "hydra/launcher=rocket"], "rocket"),
    "several jobs under a file": (["run", "-m", "seed=1,2", "out=file"], "cannot write to file"),
}


@pytest.mark.parametrize(("words", "complaint"), CASES.values(), ids=CASES)
def test_bad_input_is_one_line_and_exit_code_2(cisim: Command, folder: Path, words: list[str], complaint: str) -> None:
    (folder / "file").touch()
    (folder / "results" / "run" / "taken" / "runs.parquet").mkdir(parents=True)
    before = sorted(folder.rglob("*"))
    done = cisim(*words)
    assert done.code == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1, done.err
    assert done.err.startswith("cisim: ")
    assert complaint in done.err
    assert sorted(folder.rglob("*")) == before
