"""docs/odd.md agrees with the code: the same equations, arguments, parameters, schedule, state and draws."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cisim.agents.field import Field
from cisim.agents.model import PartnershipModel
from cisim.agents.negotiation import Negotiation
from cisim.core import purposes
from cisim.core.population import World
from cisim.parameters import REGISTRY, Parameters, replace

HEADING = re.compile(r"^#### E(\d+)\. `(\w+)`$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


@pytest.fixture(scope="module")
def page(checkout: Path) -> str:
    return (checkout / "docs" / "odd.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rules(checkout: Path) -> dict[str, ast.FunctionDef]:
    """Return the syntax tree of every compiled function in the folder of the rules, by name."""
    paths = sorted((checkout / "cisim" / "core" / "rules").glob("*.py"))
    trees = [node for path in paths for node in ast.parse(path.read_text(encoding="utf-8")).body]
    return {node.name: node for node in trees if isinstance(node, ast.FunctionDef)}


def sections(page: str) -> dict[str, str]:
    """Text below the heading of every equation, by function."""
    starts = [*HEADING.finditer(page)]
    return {found[2]: re.split(r"\n#+ ", page[found.end() :], maxsplit=1)[0] for found in starts}


def numbered(rules: dict[str, ast.FunctionDef]) -> Iterator[tuple[int, str]]:
    """Yield number and name of every function whose docstring begins with an equation's number."""
    for name, node in rules.items():
        found = re.match(r"E(\d+)\. ", ast.get_docstring(node) or "")
        if found:
            yield int(found[1]), name


def code_words(page: str) -> set[str]:
    return set(CODE.findall(page))


def test_every_rule_is_one_heading_and_every_heading_is_a_rule(page: str, rules: dict[str, ast.FunctionDef]) -> None:
    headings = [(int(number), name) for number, name in HEADING.findall(page)]
    assert sorted(headings) == sorted(numbered(rules))


def test_every_equation_names_the_arguments_of_its_function(page: str, rules: dict[str, ast.FunctionDef]) -> None:
    missing = {
        name: [a.arg for a in rules[name].args.args if f"`{a.arg}`" not in text]
        for name, text in sections(page).items()
    }
    assert {name: arguments for name, arguments in missing.items() if arguments} == {}


def test_every_equation_is_written_out(page: str) -> None:
    assert [name for name, text in sections(page).items() if "```math" not in text] == []


def test_every_equation_that_the_page_refers_to_exists(page: str, rules: dict[str, ast.FunctionDef]) -> None:
    known = {number for number, _ in numbered(rules)}
    assert {int(number) for number in re.findall(r"\bE(\d+)\b", page)} <= known


def test_every_dotted_name_is_a_parameter(page: str) -> None:
    dotted = {word for word in code_words(page) if re.fullmatch(r"[a-z_]+\.[a-z_]+", word)}
    assert dotted - set(REGISTRY) == set()


def test_every_parameter_is_named(page: str) -> None:
    assert set(REGISTRY) - code_words(page) == set()


def test_the_schedule_is_that_of_the_model(page: str) -> None:
    written = re.findall(r"^(\d+)\. \*\*([^*]+)\.\*\*", page, re.MULTILINE)
    coded = re.findall(r"(\d+) ([a-z ]+?)(?:,|\.$)", PartnershipModel.step.__doc__.replace("\n", " ").strip())
    assert len(coded) == 14
    assert [(number, name.lower()) for number, name in written] == [(n, re.sub(" +", " ", name)) for n, name in coded]


def test_every_state_variable_exists_under_its_name(page: str) -> None:
    model = PartnershipModel(replace(Parameters(), {"cohort.intake": 5.0}), World(1, 0))
    model.step()
    coalition = model.coalition
    field = Field(replace(Parameters(), {"practice.mode": "blend"}), World(1, 0))
    entities = {
        "Organisation": coalition.members[0],
        "Tie": coalition.network.ties[0],
        "Coalition": coalition,
        "Conditions": coalition.conditions,
        "Backbone": coalition.backbone,
        "Treasury": coalition.backbone.treasury,
        "Cohort": model.cohort,
        "Environment": model.environment,
        "PartnershipModel": model,
        "Negotiation": Negotiation(Parameters(), World(1, 0)),
        "Field": field,
        "Community": field.communities[0],
        "Platform": field.platform,
        "Library": field.platform.library,
        "Donors": field.platform.donors,
    }
    named = [word.split(".") for word in code_words(page) if re.fullmatch(r"[A-Z]\w+\.\w+", word)]
    assert {entity for entity, _ in named} == set(entities)
    assert [(entity, state) for entity, state in named if not hasattr(entities[entity], state)] == []


def test_every_purpose_of_a_draw_is_listed(page: str) -> None:
    declared = {name for name in vars(purposes) if name.isupper()}
    assert {word for word in code_words(page) if re.fullmatch(r"[A-Z_]+", word)} == declared


def test_every_scenario_is_named(page: str, checkout: Path) -> None:
    names = {path.stem for path in (checkout / "configs" / "scenario").glob("*.yaml")}
    assert names - code_words(page) == set()
