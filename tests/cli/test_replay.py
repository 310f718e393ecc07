"""``cisim replay`` runs one row again, reports whether it is identical to the one kept, and prints its events."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cisim.reading.table_files import write_frame
from tests.cli.conftest import Command
from tests.sealing import seal_again

UseEngine = Callable[[str], None]
SHORT = ("observation.horizon=30", "observation.milestone=30", "workers=1")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Draw no figures, which is slow; return the names of those asked for."""
    names: list[str] = []
    monkeypatch.setattr("cisim.figures.entries.save_figure", lambda _, __, name, ___: names.append(name))
    return names


def alter(path: Path, column: str, row: int, value: object) -> None:
    table = pd.read_parquet(path)
    table.loc[row, column] = value
    write_frame(table, path)
    seal_again(path.parent)


def test_a_run_of_the_model_comes_out_bit_for_bit_on_either_engine(cisim: Command, folder: Path, drawn: list) -> None:
    cisim("compare", "scenario=hondream", "replicates=3", "name=a", "events=true", "seed=7", *SHORT)
    for engine in ("compiled", "mesa"):
        done = cisim("replay", "compare/a", "13", f"engine={engine}")
        assert done.code == 0, done.err
        assert f"on the {engine} engine came out as it was kept, bit for bit: 50 columns of runs" in done.out
    page = folder / "results" / "compare" / "a" / "replays" / "13"
    kept = pd.read_parquet(folder / "results" / "compare" / "a" / "events.parquet")
    events = pd.read_csv(page / "events.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(events, kept[(kept.point == 4) & (kept.replicate == 1)].reset_index(drop=True))
    assert len(pd.read_csv(page / "trajectory.csv")) == events["month"].max()
    assert drawn[-4:] == ["replay-single", "replay-double"] * 2
    assert "founding: corporation 0, 1, 2, 3\n" in done.out
    assert "the coalition ended: censored\n" in done.out


def test_every_point_of_a_sweep_over_scenarios_is_rebuilt(cisim: Command, drawn: list) -> None:
    cisim("sweep", "scenario=minimal,ordinary", "backbone.gazing=0,0.7", "replicates=2", "name=a", *SHORT)
    for row in (1, 6):
        assert cisim("replay", "sweep/a", str(row)).code == 0


def test_a_row_can_be_chosen_by_its_columns(cisim: Command, use_engine: UseEngine, drawn: list) -> None:
    use_engine("steady")
    cisim("compare", "scenario=minimal", "replicates=3", "name=a", *SHORT)
    for words in (["point=4", "replicate=1"], ["strategies=all", "replicate=1"], ["13"]):
        assert cisim("replay", "compare/a", *words).out.startswith("Row 13 of results/compare/a (")
    cisim("sweep", "scenario=minimal", "backbone.gazing=0,0.5", "replicates=3", "name=a", *SHORT)
    assert cisim("replay", "sweep/a", "backbone.gazing=0.5", "replicate=2").out.startswith("Row 5 of ")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("duration", 5, "cisim: runs.duration is 5 in the result and 9 now"),
        (
            "social_outcome",
            18.000000000000004,
            "cisim: runs.social_outcome is 18.000000000000004 in the result and 18.0 now",
        ),
    ],
)
def test_a_value_that_was_altered_is_named(
    cisim: Command, folder: Path, use_engine: UseEngine, drawn: list, column: str, value: float, message: str
) -> None:
    use_engine("steady")
    cisim(
        "run",
        "scenario=minimal",
        "backbone.gazing=0.1",
        "backbone.abstracting=0",
        "backbone.spacing=0",
        "replicates=2",
        "name=a",
        "seed=7",
        *SHORT,
    )
    alter(folder / "results" / "run" / "a" / "runs.parquet", column, 0, value)
    done = cisim("replay", "run/a", "0")
    assert done.code == 1
    assert "came out differently in 1 columns. Why it may: the manifest tells of no change" in done.out
    assert done.complaints == [message]


def test_what_changed_since_is_given_as_a_reason(
    cisim: Command, folder: Path, use_engine: UseEngine, drawn: list
) -> None:
    use_engine("steady")
    cisim("run", "replicates=1", "name=a", *SHORT)
    result = folder / "results" / "run" / "a"
    alter(result / "runs.parquet", "duration", 0, 99)
    path = result / "manifest.json"
    change = {"python": "2.7.18", "commit": "abc", "dirty": True}
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    seal_again(result, model="0" * 16)
    message = cisim("replay", "run/a", "0").out
    assert "the model's sources differ from those of cisim " in message
    assert ", commit abc with changes; python was 2.7.18 and is 3." in message


def test_a_run_that_raised_raises_again_and_shows_where(cisim: Command, use_engine: UseEngine, drawn: list) -> None:
    use_engine("failing")
    cisim("run", "replicates=5", "name=a", *SHORT)
    done = cisim("replay", "run/a", "3")
    assert done.code == 0
    assert "came out as it was kept" in done.out
    assert 'raise ValueError("no such\\nworld")' in done.out
    assert drawn == []
    use_engine("steady")
    done = cisim("replay", "run/a", "3")
    assert done.code == 1
    assert "cisim: runs.status is 'error' in the result and 'ok' now" in done.complaints


def test_a_run_that_killed_its_process_kills_another_and_not_this_one(
    cisim: Command, use_engine: UseEngine, drawn: list
) -> None:
    use_engine("dying")
    cisim("run", "replicates=4", "name=a", "engine=mesa", *SHORT[:2], "workers=2")
    done = cisim("replay", "run/a", "3")
    assert done.code == 0
    assert "came out as it was kept" in done.out
    assert "\nWorkerDied: " in done.out


def test_an_extension_that_was_edited_is_refused(
    cisim: Command, folder: Path, use_engine: UseEngine, drawn: list
) -> None:
    use_engine("steady")
    own = folder / "own.py"
    own.write_text("from cisim.agents.strategies import Gazing\n\nclass Mine(Gazing):\n    pass\n")
    assert cisim("run", "replicates=1", "name=a", "extensions.gazing=own.py:Mine", *SHORT).code == 0
    assert cisim("replay", "run/a", "0", "trust=true").code == 0
    own.write_text(own.read_text() + "\n# another line\n")
    done = cisim("replay", "run/a", "0", "trust=true")
    assert done.code == 2
    assert done.complaints[0].startswith("cisim: extensions.gazing=own.py:Mine has changed since the result was made (")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run/a", "2"], "row 2 is out of range: runs.parquet of results/run/a has the rows 0 to 1"),
        (["run/a", "x"], "row x is no whole number"),
        (["run/a"], "cisim replay takes a result and one row"),
        (["run/a", "1", "replicate=1"], "cisim replay takes a result and one row"),
        (["run/b", "1"], "there is no folder run/b"),
        (["run/a", "point=0"], "2 runs have point=0; add replicate=, strategies=, scenario="),
        (["run/a", "replicate=7"], "no run has replicate=7; give other values"),
        (["run/a", "replicate=x"], "replicate=x is no whole number"),
        (["run/a", "duration=3"], "duration= does not distinguish runs of results/run/a"),
        (["run/a", "0", "engine=fast"], "engine=fast is not known"),
        (["run/a", "0", "out="], "out= has no value"),
        (["run/a", "0", "-m"], "cisim replay takes one run at a time"),
    ],
)
def test_bad_input_ends_in_one_line(cisim: Command, use_engine: UseEngine, words: list, message: str) -> None:
    use_engine("steady")
    cisim("run", "replicates=2", "name=a", *SHORT)
    done = cisim("replay", *words)
    assert done.code == 2
    assert [line.startswith(f"cisim: {message}") for line in done.complaints] == [True]


def test_a_result_that_is_not_whole_is_refused(cisim: Command, folder: Path, use_engine: UseEngine) -> None:
    use_engine("steady")
    cisim("run", "replicates=2", "name=a", *SHORT)
    result = folder / "results" / "run" / "a"
    whole = {path: path.read_bytes() for path in result.iterdir()}

    def message() -> str:
        done = cisim("replay", "run/a", "0")
        assert (done.code, len(done.complaints)) == (2, 1)
        for path, content in whole.items():
            path.write_bytes(content)
        return done.complaints[0]

    for name in ("runs.parquet", "members.parquet", "config.yaml", "manifest.json"):
        (result / name).write_bytes(whole[result / name][:-100])
        assert message().startswith(f"cisim: results/run/a/{name} is not what was written (its SHA-256 differs")
    (result / "points.parquet").unlink()
    assert message().startswith("cisim: results/run/a/points.parquet cannot be read (No such file")
    (result / "seal.json").unlink()
    assert message().startswith(
        "cisim: results/run/a is not finished, it holds no seal.json; finish it first: cisim run "
    )
    (result / "seal.json").write_bytes(whole[result / "seal.json"][:-100])
    assert message().startswith("cisim: results/run/a/seal.json cannot be read (")
    text = whole[result / "config.yaml"].decode().replace("\n  divergence:", "\n  diversity:")
    (result / "config.yaml").write_text(text)
    seal_again(result)
    assert "does not fit this version of cisim (unknown parameter population.diversity" in message()
