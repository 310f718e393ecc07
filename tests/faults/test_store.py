"""A result is what its files prove: no shard, counter or name is believed, and what is damaged is mended or refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cisim.cli.main import main
from tests.faults.conftest import Start
from tests.faults.test_kill import wait_for
from tests.faults.tiny_studies import contents, do, prepare_folder, result_of, states_kept, words_of

SWEEP = words_of("sweep")
RESULT = result_of("sweep")
Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with what studies read, on a stand-in engine."""
    prepare_folder(tmp_path / "work", monkeypatch)
    return tmp_path


@pytest.fixture
def wanted(folder: Path) -> dict[str, bytes]:
    """Do the sweep undisturbed, then lay out the state in which all shards but the last were written."""
    states: list[Path] = []
    with states_kept(Path("results"), states, folder / "states"):
        assert main(SWEEP) == 0
    found = contents(RESULT)
    shutil.rmtree("results")
    shutil.copytree([state for state in states if len(list(state.rglob("*.runs.parquet"))) == 19][0], "results")
    return found


def shards() -> list[Path]:
    return sorted((RESULT / "shards").glob("*.runs.parquet"))


def halve(wanted_rows: float) -> Callable[[], None]:
    """Return a function that keeps a part of the rows of a shard, in a valid file that says what it said."""

    def do_it() -> None:
        rewrite(shards()[3], lambda table: table.slice(0, int(wanted_rows * table.num_rows)))

    return do_it


def rewrite(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    """Write a table back, changed, with what its file said of itself."""
    said = {k: v for k, v in pq.read_metadata(path).metadata.items() if k != b"ARROW:schema"}
    table = change(pq.read_table(path))
    with pq.ParquetWriter(path, table.schema) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata(said)


def without_durations(table: pa.Table) -> pa.Table:
    at = table.schema.get_field_index("duration")
    return table.set_column(at, "duration", pa.array([0] * table.num_rows, pa.int64()))


def lie(**values: object) -> Callable[[], None]:
    """Return a function that makes the status say something else."""

    def do_it() -> None:
        path = RESULT / "status.json"
        path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **values}), encoding="utf-8")

    return do_it


def cut(name: str) -> Callable[[], None]:
    def do_it() -> None:
        path = RESULT / name
        path.write_bytes(path.read_bytes()[:40])

    return do_it


DAMAGES: dict[str, Callable[[], object]] = {
    "a shard halved": lambda: shards()[3].write_bytes(shards()[3].read_bytes()[:1000]),
    "a shard without rows, in a valid file": halve(0.0),
    "a shard copied over another": lambda: shutil.copyfile(shards()[1], shards()[2]),
    "a shard twice": lambda: shutil.copyfile(shards()[1], shards()[1].with_name("0000099.runs.parquet")),
    "a shard renamed": lambda: shards()[1].rename(shards()[1].with_name("0000077.runs.parquet")),
    "two shards exchanged": lambda: [
        shards()[1].rename("x"),
        shards()[1].rename(shards()[0].with_name("0000001.runs.parquet")),
        Path("x").rename(shards()[0].with_name("0000002.runs.parquet")),
    ],
    "durations of 0 in a valid file": lambda: rewrite(shards()[4], without_durations),
    "a shard without a column": lambda: rewrite(shards()[4], lambda table: table.drop_columns(["status"])),
    "a shard that is a folder": lambda: [shards()[0].unlink(), shards()[0].with_name("0000000.runs.parquet").mkdir()],
    "points cut": cut("points.parquet"),
    "the configuration lost": lambda: (RESULT / "config.yaml").unlink(),
    "the status cut": cut("status.json"),
    "the status lost": lambda: (RESULT / "status.json").unlink(),
    "the manifest cut": cut("manifest.json"),
    "a status that says complete": lie(state="complete", runs_done=20, runs_total=20),
    "a status with another batch": lie(batch=0),
    "nothing at all": lambda: None,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_an_unfinished_sweep_ends_with_each_run_exactly_once(
    damage: Callable[[], object], wanted: dict[str, bytes]
) -> None:
    damage()
    assert main(SWEEP) == 0
    assert contents(RESULT) == wanted
    assert main(["check", str(RESULT)]) == 0


def test_a_kill_before_anything_but_the_folder_is_no_obstacle(folder: Path, capsys: Capsys) -> None:
    states: list[Path] = []
    with states_kept(Path("results"), states, folder / "states"):
        assert main(SWEEP) == 0
    found = contents(RESULT)
    early = [state for state in states if not list(state.rglob("status.json"))]
    assert len(early) > 5
    for state in early:
        shutil.rmtree("results")
        shutil.copytree(state, "results")
        assert do(SWEEP, capsys) == (0, [])
        assert contents(RESULT) == found


def test_one_of_two_studies_with_one_name_is_refused_whatever_the_order(start: Start, tmp_path: Path) -> None:
    words = [word for word in SWEEP if not word.startswith("seed=")]
    first = start(*words, "seed=1", engine="waiting")
    second = start(*words, "seed=2", engine="waiting")
    assert wait_for(lambda: len(list(tmp_path.glob("begun-*"))) == 1, 60.0)
    assert wait_for(lambda: first.poll() is not None or second.poll() is not None, 60.0)
    (tmp_path / "go").touch()
    errors = [running.communicate()[1] for running in (first, second)]
    assert sorted(running.returncode for running in (first, second)) == [0, 2]
    winner = first if first.returncode == 0 else second
    assert "is being written by another process" in errors[int(winner is first)]
    runs = pd.read_parquet(tmp_path / RESULT / "runs.parquet")
    assert set(runs["seed"]) == {1 if winner is first else 2}
    assert len(runs) == 20
    third = start(*words, "seed=1" if winner is second else "seed=2", engine="waiting")
    assert "holds other results (seed" in third.communicate()[1]
    assert third.returncode == 2


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


READERS = {
    "report": ["report", str(RESULT)],
    "check": ["check", str(RESULT)],
    "replay": ["replay", str(RESULT), "0"],
    "diff": ["diff", str(RESULT), str(RESULT)],
    "the same command": SWEEP,
}


@pytest.mark.parametrize("words", READERS.values(), ids=READERS)
def test_one_flipped_bit_in_any_file_is_refused_by_every_reader(words: list[str], folder: Path, capsys: Capsys) -> None:
    assert main(SWEEP) == 0
    files = [*RESULT.glob("*.parquet"), RESULT / "config.yaml", RESULT / "manifest.json", RESULT / "seal.json"]
    for path in [*files, *RESULT.glob("tables/*.csv")]:
        sound = path.read_bytes()
        flip(path)
        code, complaints = do(words, capsys)
        assert (code, len(complaints)) == (2, 1), path
        assert path.name in complaints[0]
        path.write_bytes(sound)
    assert do(["check", str(RESULT)], capsys) == (0, [])


def test_fit_and_an_ensemble_refuse_a_flipped_bit(folder: Path, capsys: Capsys) -> None:
    assert main(SWEEP) == 0
    assert main(words_of("calibrate")) in (0, 1)
    pd.DataFrame({"duration": range(1, 40), "event_observed": True}).to_csv("observed.csv", index=False)
    flip(RESULT / "runs.parquet")
    code, complaints = do(["fit", "observed.csv", f"with={RESULT}"], capsys)
    assert (code, "is not what was written" in complaints[0]) == (2, True)
    ensemble = result_of("calibrate") / "ensemble.parquet"
    flip(ensemble)
    code, complaints = do(["run", "scenario=minimal", "replicates=2", f"posterior={ensemble}"], capsys)
    assert (code, "is not what was written" in complaints[0]) == (2, True)


def test_a_step_of_a_calibration_with_a_flipped_bit_is_done_again(folder: Path) -> None:
    states: list[Path] = []
    words, result = words_of("calibrate"), result_of("calibrate")
    with states_kept(Path("results"), states, folder / "states"):
        assert main(words) in (0, 1)
    found = contents(result)
    shutil.rmtree("results")
    shutil.copytree([s for s in states if len(list(s.rglob("steps/*.parquet"))) == 2][0], "results")
    for step in (result / "steps").glob("*.parquet"):
        flip(step)
    assert main(words) in (0, 1)
    assert contents(result) == found


NEIGHBOURS: dict[str, Callable[[Path], object]] = {
    "runs cut": lambda other: (other / "runs.parquet").write_bytes(b"PAR1"),
    "points of another kind": lambda other: (other / "points.parquet").write_text("none"),
    "points without a key": lambda other: pq.write_table(pa.table({"point": [0]}), other / "points.parquet"),
    "a seal that is no mapping": lambda other: (other / "seal.json").write_text("[]"),
    "a seal with another file": lambda other: (other / "seal.json").write_text('{"files": 3, "digest": 1}'),
    "a manifest that is no JSON": lambda other: (other / "manifest.json").write_text("{"),
    "a configuration that is no YAML": lambda other: (other / "config.yaml").write_text("{"),
    "a bit": lambda other: flip(other / "runs.parquet"),
    "a file in place of the folder": lambda other: [shutil.rmtree(other), other.write_text("x")],
}


@pytest.mark.parametrize("damage", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_a_broken_neighbour_neither_stops_nor_changes_a_new_sweep(
    damage: Callable[[Path], object], folder: Path, capsys: Capsys
) -> None:
    assert main(SWEEP) == 0
    found = contents(RESULT)
    other = RESULT.rename(RESULT.with_name("other"))
    damage(other)
    assert do(SWEEP, capsys) == (0, [])
    assert contents(RESULT) == found
    unnamed = [word for word in SWEEP if not word.startswith("name=")]
    assert do([*unnamed, "seed=4"], capsys) == (0, [])


def test_a_calibration_that_cannot_begin_leaves_nothing(folder: Path, capsys: Capsys) -> None:
    words = words_of("calibrate")
    code, complaints = do([*words, "extensions.gazing=nowhere.py:None"], capsys)
    assert (code, len(complaints)) == (2, 1)
    assert not result_of("calibrate").exists()
    assert main(words) in (0, 1)


def test_errors_are_done_again_although_the_session_before_was_killed_at_its_very_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cisim.study.engines import ENGINES

    states: list[Path] = []
    for engine in ENGINES:
        monkeypatch.setitem(ENGINES, engine, "tests.study.engines:failing")
    with states_kept(Path("results"), states, folder / "states"):
        assert main(SWEEP) == 1
    shutil.rmtree("results")
    shutil.copytree([state for state in states if list(state.rglob("seal.json"))][0], "results")
    assert shards()
    for engine in ENGINES:
        monkeypatch.setitem(ENGINES, engine, "tests.study.engines:steady")
    assert main([*SWEEP, "retry=errors"]) == 0


def test_a_result_that_was_reported_on_can_go_on(folder: Path) -> None:
    assert main(SWEEP) == 0
    found = contents(RESULT)
    (RESULT / "report.html").touch()
    (RESULT / "seal.json").unlink()
    assert main(SWEEP) == 0
    assert contents(RESULT) == found


def test_a_full_disk_does_not_leave_half_a_configuration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.name == ".config.yaml.partial":
            self.write_text(self.read_text(encoding="utf-8")[:100], encoding="utf-8")
            raise OSError(28, "No space left on device")
        return write(self, target)

    RESULT.mkdir(parents=True)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        assert main(SWEEP) == 1
    assert main(SWEEP) == 0


def test_a_command_that_is_refused_leaves_the_folder_of_the_one_at_work(start: Start, tmp_path: Path) -> None:
    first = start(*SWEEP, engine="waiting")
    assert wait_for(lambda: bool(list(tmp_path.glob("begun-*"))), 60.0)
    second = start(*SWEEP, engine="waiting")
    assert "is being written" in second.communicate()[1]
    assert (tmp_path / RESULT / "config.yaml").is_file()
    (tmp_path / "go").touch()
    first.communicate()
    assert first.returncode == 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_workers_end_when_their_parent_is_killed(start: Start, tmp_path: Path) -> None:
    words = [word for word in SWEEP if not word.startswith("workers=")]
    running = start(*words, "workers=2", "executor=processes", "engine=mesa", engine="waiting")
    assert wait_for(lambda: len(list(tmp_path.glob("begun-*"))) == 2, 60.0)
    workers = [int(path.name.partition("-")[2]) for path in tmp_path.glob("begun-*")]
    running.kill()
    running.communicate()
    assert running.pid not in workers
    assert wait_for(lambda: not any(is_alive(pid) for pid in workers), 20.0)


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def test_check_says_how_far_an_unfinished_result_is(wanted: dict[str, bytes], capsys: Capsys) -> None:
    shards()[0].write_bytes(b"")
    capsys.readouterr()
    before = {path: path.stat().st_mtime_ns for path in RESULT.rglob("*")}
    assert main(["check", str(RESULT)]) == 1
    said = capsys.readouterr().out
    assert "is not finished: 18 runs are held in 18 sound shards" in said
    assert "1 shards are damaged" in said
    assert f"to go on: cisim {' '.join(SWEEP)}" in said
    assert {path: path.stat().st_mtime_ns for path in RESULT.rglob("*")} == before


@pytest.mark.parametrize("study", ["run", "compare", "target", "auto", "claims", "calibrate", "robustness"])
def test_check_proves_a_result_of_any_verb(study: str, folder: Path, capsys: Capsys) -> None:
    assert main(words_of(study)) in (0, 1)
    assert do(["check", str(result_of(study))], capsys) == (0, [])
