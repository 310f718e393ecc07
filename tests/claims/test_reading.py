"""Entries of claims: what is shipped can be used, and what cannot is refused with its name."""

from copy import deepcopy
from typing import Any

import pytest
import yaml

from cisim.config.places import config_folders
from cisim.errors import InputError
from cisim.questions.claims.claim import Term, check_metric
from cisim.questions.claims.files import find_claims, read_claims

ENTRY: dict[str, Any] = {
    "name": "mine",
    "claim": "Spacing helps.",
    "source": "S1 4.3.3",
    "passage": "spacing",
    "set": {"backbone.gazing": 0},
    "arms": {"with": {"backbone.spacing": 0.7}, "none": {"backbone.spacing": 0}},
    "metric": "time_free_of_failure",
    "contrast": "with - none",
    "direction": "up",
    "depends": ["contribution.shirking"],
}


def read(**changes: Any):
    (claim,), _ = read_claims({"claims": [{**deepcopy(ENTRY), **changes}]}, "mine.yaml")
    return claim


def test_an_entry_is_read_as_it_is_written() -> None:
    claim = read(smallest=6, contrast=["with - none", "+with@failed_conflict - none@failed_conflict"])
    assert claim.scenario == "hondream"
    assert claim.arms["none"] == {"backbone.gazing": 0, "backbone.spacing": 0}
    assert claim.contrasts[0] == (Term(1, "with", "time_free_of_failure"), Term(-1, "none", "time_free_of_failure"))
    assert claim.contrasts[1][1] == Term(-1, "none", "failed_conflict")
    assert (claim.direction, claim.smallest) == (1, 6.0)
    (factor,) = claim.depends
    assert (factor.name, factor.low, factor.high) == ("contribution.shirking", 0.0, 0.9)


def test_a_range_of_ones_own_and_a_category_are_searched_as_given() -> None:
    claim = read(depends={"contribution.shirking": [0.2, 0.4], "backbone.lead": None})
    assert [(f.low, f.high) for f in claim.depends] == [(0.2, 0.4), (None, None)]
    assert claim.depends[1].values == ("corporate", "nonprofit", "funder", "public", "shared")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": "My claim"}, "a name has small letters, digits and hyphens only"),
        ({"direction": "sideways"}, "direction sideways is not known; use up or down"),
        ({"smallest": -1}, "smallest -1 is out of range"),
        ({"arms": {}}, "set and arms hold no parameters"),
        ({"arms": {True: {"backbone.spacing": 0.7}}}, "YAML reads the name of an arm as True"),
        ({"arms": {"with": 0.7}}, "arm with holds no parameters"),
        ({"arms": {"with": {"backbone.spacing": 7}}}, "backbone.spacing=7 is out of range"),
        ({"arms": {"with": {"backbone.spcing": 0.7}}}, "did you mean backbone.spacing?"),
        ({"arms": {"with": {"observation.horizon": 60}}}, "arms share one observation.horizon"),
        ({"contrast": "with - nobody"}, "names an unknown arm nobody; choose among with, none"),
        ({"contrast": "with none"}, "cannot read contrast with none"),
        ({"contrast": "with + none"}, "does not add as many arms as it takes off"),
        ({"contrast": []}, "contrast is empty"),
        ({"depends": ["backbone.spacing"]}, "backbone.spacing is set by an arm and cannot be searched"),
        ({"depends": {"contribution.shirking": 0.3}}, "contribution.shirking has no range"),
        ({"depends": {"contribution.shirking": [0.5, 0.4]}}, "is empty; give the lower end first"),
        ({"hope": 1}, "has hope, which nothing reads"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InputError, match="mine") as caught:
        read(**changes)
    assert complaint in str(caught.value)


def test_an_entry_without_arms_or_reason_is_refused() -> None:
    entry = {key: value for key, value in ENTRY.items() if key != "arms"}
    with pytest.raises(InputError, match=r"mine.yaml: mine lacks arms"):
        read_claims({"claims": [entry]}, "mine.yaml")


@pytest.mark.parametrize(
    ("metric", "complaint"),
    [
        ("joy", "metric joy is not known"),
        ("failed/joy", "metric joy is not known"),
        ("failed/failed/failed", "is no ratio of two"),
        ("survival_241", "metric survival_241 is out of range"),
        ("failures_60_59", "metric failures_60_59 is out of range"),
    ],
)
def test_a_metric_that_there_is_not_is_refused(metric: str, complaint: str) -> None:
    with pytest.raises(InputError, match="mine: metric") as caught:
        check_metric(metric, 240, "mine")
    assert complaint in str(caught.value)


def test_every_shipped_claim_has_its_source_and_what_it_should_depend_on() -> None:
    claims, untested = find_claims(None, None, config_folders(None))
    assert {one.source.split()[0] for one in (*claims, *untested)} >= {"S1", "S2"}
    assert [claim.name for claim in claims if not claim.depends or not claim.passage] == []
    assert [one.name for one in untested if len(one.reason) < 20] == []
    assert [claim.name for claim in claims if claim.smallest] == []  # no effect is too small by decree


def test_shipped_files_name_the_command_that_tests_them() -> None:
    for folder in config_folders(None):
        for path in (folder / "claims").glob("*.yaml"):
            assert f"cisim claims files={path.stem}" in path.read_text(encoding="utf-8")
            assert yaml.safe_load(path.read_text(encoding="utf-8"))["claims"]
