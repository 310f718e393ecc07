"""Every scenario composes, is headed by what it is and how to run it, and holds the facts of its case."""

from pathlib import Path

import pytest

from cisim.cli.verbs import declared
from cisim.config.places import own_folder, scenarios
from cisim.parameters import Parameters
from tests.studies import compose_study

FILES = sorted((own_folder() / "scenario").glob("*.yaml"))


def test_there_are_the_cases_of_the_documents() -> None:
    assert {"hondream", "hjump", "ordinary", "minimal"} <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_composes_and_can_be_compared(path: Path) -> None:
    assert compose_study("compare", [f"scenario={path.stem}"]).scenario == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_is_headed_by_its_case_and_the_command_that_runs_it(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# @package _global_"
    head = [line for line in lines if line.startswith("#")]
    assert any(line.startswith("#  ") and "cisim " in line and f"scenario={path.stem}" in line for line in head)
    assert scenarios([own_folder()])[path.stem].title


def test_the_ordinary_coalition_is_the_registry_with_strategies_weakly_used() -> None:
    params = compose_study("run", ["scenario=ordinary"]).params
    backbone = params.backbone
    assert (backbone.gazing, backbone.abstracting, backbone.spacing) == (0.1, 0.3, 0.3)
    off = ["backbone.gazing=0", "backbone.abstracting=0", "backbone.spacing=0"]
    assert compose_study("run", ["scenario=ordinary", *off]).params == Parameters()
    assert sum(params.population.counts) == 25


def test_the_minimal_coalition_has_five_members_of_three_sectors() -> None:
    params = compose_study("run", ["scenario=minimal"]).params
    assert params.population.counts == (1, 2, 1, 0, 1)


def test_hondream_has_the_facts_of_its_document() -> None:
    params = compose_study("run", ["scenario=hondream"]).params
    assert params.backbone.lead == "shared"
    assert params.backbone.contract_months == params.funding.grant_months == 60
    assert params.cohort.intake * 10 == pytest.approx(224)
    assert params.ending.agenda_size == 0
    assert min(params.population.counts) > 0


def test_hjump_has_the_facts_of_its_document() -> None:
    params = compose_study("run", ["scenario=hjump"]).params
    assert params.population.counts == (1, 0, 0, 1, 0)
    assert params.formation.mode == "negotiated"
    assert (params.formation.age_months, params.formation.review_months) == (12, 3)
    assert params.population.corporation_size >= 10 * params.population.social_enterprise_size
    tactics = params.tactics
    assert min(tactics.broker, tactics.haloing, tactics.third_party, params.joint_platform.intensity) == 1.0
    assert params.backbone.lead == "shared"
    assert params.ending.least_members == 2


@pytest.mark.parametrize(
    ("variant", "used"),
    [("hjump_alone", set()), ("hjump_halo", {"haloing"}), ("hjump_third_party", {"third_party"})],
)
def test_variants_of_hjump_differ_from_it_in_the_tactics_that_they_leave_out_only(variant: str, used: set[str]) -> None:
    off = ["joint_platform.intensity=0", *(f"tactics.{name}=0" for name in sorted({"haloing", "third_party"} - used))]
    params = compose_study("run", [f"scenario={variant}"]).params
    assert params == compose_study("run", ["scenario=hjump", *off]).params
    assert all(getattr(params.tactics, name) == 1.0 for name in used)


@pytest.mark.parametrize("rest", [". And more.\n", ".\n", "\n#\n# More.\n", "\nseed: 1 # not this\n"])
def test_the_first_sentence_of_the_comment_is_the_title(tmp_path: Path, rest: str) -> None:
    (tmp_path / "scenario").mkdir()
    text = f"# @package _global_\n#\n# A case in\n# two lines{rest}"
    (tmp_path / "scenario" / "mine.yaml").write_text(text, encoding="utf-8")
    assert scenarios([tmp_path])["mine"].title == "A case in two lines"


def test_each_verb_names_its_default_scenario() -> None:
    assert [declared(verb).scenario for verb in ("run", "compare")] == ["ordinary", "hondream"]
