"""The worked examples of experiments/: own classes change what they override, and nothing else."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import cisim
from cisim.agents.model import PartnershipModel
from cisim.agents.organisations import BASES
from cisim.cli.main import main
from cisim.cli.verbs import VERBS, declared
from cisim.core.population import World
from cisim.errors import InputError
from cisim.parameters import Parameters, replace
from cisim.study.own_classes import load_extensions
from cisim.study.sinks import Tables

PATIENT = "extensions.corporation=experiments/patient_corporation.py:PatientCorporation"
ADAPTIVE = "extensions.gazing=experiments/adaptive_gazing.py:AdaptiveGazing"


@cache
def simulate(*overrides: str) -> Tables:
    return cisim.simulate("ordinary", overrides=overrides, replicates=12)


def founding_corporations(tables: Tables):
    members = tables.members
    return members[members["founder"] & (members["kind"] == "corporation")]


def test_patient_corporations_stay_longer_in_the_same_worlds() -> None:
    built_in, patient = founding_corporations(simulate()), founding_corporations(simulate(PATIENT))
    assert patient["duration"].mean() > built_in["duration"].mean()


def test_no_patient_corporation_leaves_disappointed_while_its_patience_lasts() -> None:
    def early(corporations):
        return corporations[(corporations["cause"] == "disappointment") & (corporations["duration"] <= 60)]

    assert len(early(founding_corporations(simulate()))) > 0
    assert len(early(founding_corporations(simulate(PATIENT)))) == 0


def test_a_patient_class_changes_nothing_where_no_corporation_takes_part() -> None:
    built_in, patient = simulate("population.corporations=0"), simulate("population.corporations=0", PATIENT)
    assert built_in.runs.equals(patient.runs)


def test_adaptive_gazing_changes_nothing_where_nobody_gazes() -> None:
    built_in, adaptive = simulate("backbone.gazing=0"), simulate("backbone.gazing=0", ADAPTIVE)
    assert built_in.runs.equals(adaptive.runs)


def worse_result(checkout: Path, overrides: list[str]) -> float:
    """Perceived over promised result of the goal that is further behind, mean of ten years in eight worlds."""
    params = replace(Parameters(), {"backbone.gazing": 1.0, "ending.agenda_size": 0.0})
    references = dict(text.removeprefix("extensions.").split("=") for text in overrides)
    classes = load_extensions({key: str(checkout / place) for key, place in references.items()})
    found = []
    for replicate in range(8):
        model = PartnershipModel(params, World(1, replicate), classes)
        while model.end is None and model.month < 120:
            model.step()
            coalition = model.coalition
            found.append(min(coalition.perceived[i] / coalition.promise[i] for i in (0, 1)))
    return float(np.mean(found))


def test_adaptive_gazing_lifts_the_goal_that_is_further_behind(checkout: Path) -> None:
    assert worse_result(checkout, [ADAPTIVE]) > worse_result(checkout, [])


#: What a verb varies besides, as little as it can.
VARIED = {
    "sweep": ["trust.start=0.4,0.5"],
    "sensitivity": ["parameters=[trust.start,trust.growth]", "samples=4"],
    "advise": ["strategies=[none,all]", "contracts=36", "periods=24", "replicates=4", "posterior=false"]
    + ["trust.start=interval(0.4,0.5)", "samples=8"],
    "discover": ["posterior=false", "trust.start=interval(0.4,0.5)", "samples=8"],
    "robustness": ["strategies=[none,all]", "classes=internal", "months=12", "sizes=1", "rates=[]"],
}


@pytest.mark.parametrize(
    "verb", [verb for verb in VERBS if declared(verb).options and verb not in ("verify", "calibrate", "claims")]
)
def test_every_verb_that_writes_runs_takes_own_classes(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    varied = VARIED.get(verb, [])
    assert main([verb, "scenario=minimal", "replicates=2", "workers=1", "name=own", PATIENT, ADAPTIVE, *varied]) == 0
    assert (tmp_path / "results" / verb / "own" / "runs.parquet").is_file()


def test_a_class_of_another_kind_is_refused_with_what_it_must_be() -> None:
    with pytest.raises(InputError, match=r"extensions.gazing must be a subclass of cisim.agents.strategies.Gazing"):
        simulate(PATIENT.replace("corporation=", "gazing="))


def test_a_class_of_another_kind_ends_in_one_line_and_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ADAPTIVE.replace("gazing=", "funder=")
    assert main(["run", "scenario=minimal", "replicates=1", wrong]) == 2
    error = capsys.readouterr().err
    assert "extensions.funder must be a subclass of cisim.agents.organisations.Funder" in error
    assert error.count("\n") == 1


def test_the_page_names_every_extension_point_with_its_class_and_methods(checkout: Path) -> None:
    page = (checkout / "docs" / "extending.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `extensions\.(\w+)=` \| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert {key: name for key, name, _ in rows} == {key: base.__name__ for key, base in BASES.items()}
    methods = [(BASES[key], method) for key, _, text in rows for method in re.findall(r"`(\w+)`", text)]
    assert [(base, method) for base, method in methods if not callable(getattr(base, method, None))] == []


def test_the_study_script_runs_on_its_own(checkout: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(checkout / "experiments" / "extensions.py"), "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.split("  ")[0] for line in done.stdout.splitlines()[2:]] == [
        "built-in",
        "patient corporation",
        "adaptive gazing",
    ]
