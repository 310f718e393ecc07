"""Shards, in the order of the design, whatever the shards and windows; and files that are whole or not there."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from cisim.errors import CisimError
from cisim.reading.table_files import ROW_GROUP, is_sound, read_whole, write_whole
from cisim.study.cells import Cells
from cisim.study.store import shards as merge
from cisim.study.store.shards import Shards, merged

#: Point, replicate and, for tables with several rows for a run, a number within the run.
Rows = list[tuple[int, int, int]]


def table(rows: Rows) -> pa.Table:
    columns = {
        name: pa.array([row[i] for row in rows], pa.int64()) for i, name in enumerate(("point", "replicate", "x"))
    }
    return pa.table({**columns, "status": pa.array(["ok"] * len(rows))})


def rows_of(tables: list[pa.Table]) -> Rows:
    joined = pa.concat_tables(tables)
    return list(zip(*(joined[name].to_pylist() for name in ("point", "replicate", "x")), strict=True))


@pytest.mark.parametrize("window", [1, 7, 10**6])
@pytest.mark.parametrize("size", [1, 4, 50])
def test_rows_come_by_point_and_replicate_and_rows_of_a_run_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: int, size: int
) -> None:
    monkeypatch.setattr(merge, "WINDOW", window)
    cells = Cells.of([5, 5, 5, 0, 5, 5])
    runs = [(p, r) for p in range(6) for r in range(5) if p != 3]
    shuffled = [runs[i] for i in np.random.default_rng(3).permutation(len(runs))]
    shards = Shards(tmp_path / "shards", ["runs", "events"], "plan")
    for first in range(0, len(runs), size):
        some = sorted(shuffled[first : first + size])
        events = [(p, r, x) for p, r in some for x in (2, 1, 3)]
        shards.write({"runs": table([(p, r, 0) for p, r in some]), "events": table(events)})
    assert rows_of(list(merged(shards, "runs", cells, 6))) == [(p, r, 0) for p, r in runs]
    assert rows_of(list(merged(shards, "events", cells, 6))) == [(p, r, x) for p, r in runs for x in (2, 1, 3)]


@pytest.mark.parametrize("rows", [[(0, 0, 0)], [(0, 0, 0), (0, 2, 0)], [(0, 0, 0), (0, 1, 0), (1, 0, 0)]])
def test_runs_that_are_not_those_of_the_study_are_never_merged(tmp_path: Path, rows: Rows) -> None:
    shards = Shards(tmp_path / "shards", ["runs"], "plan")
    shards.write({"runs": table(rows)})
    with pytest.raises(CisimError, match="do not hold every run exactly once"):
        list(merged(shards, "runs", Cells.of([2]), 2))


def test_shards_are_held_for_what_they_hold_and_not_for_their_names(tmp_path: Path) -> None:
    shards = Shards(tmp_path / "shards", ["runs", "events"], "plan")
    for point in range(4):
        shards.write({"runs": table([(point, 0, 0)]), "events": table([(point, 0, x) for x in range(3)])})
    folder = tmp_path / "shards"
    (folder / "0000001.runs.parquet").rename(folder / "0000009.runs.parquet")  # its events are gone
    (folder / "0000002.events.parquet").write_bytes((folder / "0000003.events.parquet").read_bytes())
    found = Shards(folder, ["runs", "events"], "plan")
    assert found.find() == 3
    assert found.runs()[0].tolist() == [0, 3]
    assert len(list(folder.iterdir())) == 4
    assert Shards(folder, ["runs", "events"], "another plan").find() == 2
    assert not any(folder.iterdir())


def test_the_same_rows_give_the_same_bytes_whatever_their_parts(tmp_path: Path) -> None:
    rows = pa.table({"x": np.arange(2 * ROW_GROUP + 10)})
    for name, step in (("1", 1000), ("2", ROW_GROUP + 1), ("3", 10**7)):
        parts = [rows.slice(first, step) for first in range(0, rows.num_rows, step)]
        write_whole(iter(parts), rows.schema, tmp_path / name)
    assert len({(tmp_path / name).read_bytes() for name in "123"}) == 1
    assert read_whole(tmp_path / "1").equals(rows)


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    schema = pa.schema([("c", pa.string()), ("n", pa.int64())])
    write_whole([], schema, tmp_path / "a")
    assert read_whole(tmp_path / "a").schema.equals(schema)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    rows = pa.table({"x": [1, 2]})
    write_whole([rows], rows.schema, tmp_path / "a")

    def break_off() -> object:
        yield rows
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(break_off(), rows.schema, tmp_path / "a")  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert read_whole(tmp_path / "a").equals(rows)


def test_damage_is_found_wherever_it_is(tmp_path: Path) -> None:
    rows, path = pa.table({"x": np.arange(1000), "y": np.random.default_rng(1).random(1000)}), tmp_path / "a"
    write_whole([rows], rows.schema, path)
    content = path.read_bytes()
    assert is_sound(path, 1000)
    assert not is_sound(path, 999)
    for at in range(4, len(content) - 1000, 97):
        path.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        assert not is_sound(path) or read_whole(path).equals(rows), at
    for length in (0, 1, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:length])
        assert not is_sound(path)
