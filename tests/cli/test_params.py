"""The parameter table holds every declaration in every format."""

import csv
import io
import json
from dataclasses import replace

import pytest

from cisim.parameters import REGISTRY
from cisim.questions.params.verb import as_markdown
from tests.cli.conftest import Command


def test_the_table_has_one_line_for_each_parameter(cisim: Command) -> None:
    lines = cisim("params").out.splitlines()
    first = [line.split()[0] for line in lines[1:] if line.strip()]
    assert first == list(REGISTRY)


def test_csv_can_be_read_back(cisim: Command) -> None:
    done = cisim("params", "--format=csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["name"] for row in rows] == list(REGISTRY)
    assert {row["name"]: row["source"] for row in rows} == {name: p.source for name, p in REGISTRY.items()}
    assert {row["name"]: row["range"] for row in rows} == {name: p.range_text for name, p in REGISTRY.items()}


def test_json_can_be_read_back_with_numbers_as_numbers(cisim: Command) -> None:
    rows = {row["name"]: row for row in json.loads(cisim("params", "format=json").out)}
    assert list(rows) == list(REGISTRY)
    assert rows["backbone.gazing"]["high"] == 1.0
    assert rows["backbone.lead"]["choices"] == ["corporate", "nonprofit", "funder", "public", "shared"]
    assert rows["observation.horizon"]["default"] == 240


def test_markdown_has_as_many_cells_in_every_row(cisim: Command) -> None:
    lines = cisim("params", "--format=md").out.splitlines()
    assert len(lines) == len(REGISTRY) + 2
    assert {line.replace("\\|", "").count("|") for line in lines} == {9}
    assert "`backbone.gazing`" in cisim("params", "--format=md").out


def test_a_bar_in_a_text_does_not_split_a_markdown_cell() -> None:
    odd = replace(REGISTRY["backbone.gazing"], source="a|b")
    assert "| a\\|b |" in as_markdown([odd])


@pytest.mark.parametrize("word", ["format=xml", "--format=", "seed=1", "backbone.gazing"])
def test_another_format_is_refused(cisim: Command, word: str) -> None:
    done = cisim("params", word)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
