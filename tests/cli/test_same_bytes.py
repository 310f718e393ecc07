"""Same seed, same bytes: whatever the number of workers, and on every run."""

from pathlib import Path

import pytest

from cisim.cli.main import main

WORDS = ("scenario=minimal", "replicates=9", "observation.horizon=60", "observation.milestone=60", "events=true")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Compare two arms with one, two and three workers, with one again, and with another seed."""
    out = tmp_path_factory.mktemp("results")
    options = {
        "one": ("workers=1",),
        "two": ("workers=2",),
        "three": ("workers=3",),
        "again": ("workers=1",),
        "other seed": ("workers=1", "seed=2"),
    }
    for name, extra in options.items():
        assert main(["compare", *WORDS, "strategies=[none,all]", f"out={out}", f"name={name}", *extra]) == 0
    return {name: out / "compare" / name for name in options}


@pytest.mark.parametrize("table", ["runs", "members", "trajectories", "events"])
@pytest.mark.parametrize("other", ["two", "three", "again"])
def test_tables_have_the_same_bytes(results: dict[str, Path], table: str, other: str) -> None:
    first, second = (results[name] / f"{table}.parquet" for name in ("one", other))
    assert first.read_bytes() == second.read_bytes()


def test_the_resolved_configuration_has_the_same_bytes(results: dict[str, Path]) -> None:
    assert (results["one"] / "config.yaml").read_bytes() == (results["two"] / "config.yaml").read_bytes()


def test_figures_have_the_same_bytes(results: dict[str, Path]) -> None:
    pictures = sorted(path.name for path in (results["one"] / "figures").iterdir())
    assert pictures
    for name in pictures:
        first, second = (results[key] / "figures" / name for key in ("one", "three"))
        assert first.read_bytes() == second.read_bytes(), name


def test_another_seed_gives_other_worlds(results: dict[str, Path]) -> None:
    first, second = (results[name] / "runs.parquet" for name in ("one", "other seed"))
    assert first.read_bytes() != second.read_bytes()
