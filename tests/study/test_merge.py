"""Shards of all stages in the order of the design, whatever the shards and windows."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from cisim.reading.table_files import ROW_GROUP, is_sound, read_whole, write_whole
from cisim.study.store import merge
from cisim.study.store.merge import merged
from cisim.study.store.shards import FIRST, FURTHER, TAKEN, Shards

#: Point, replicate and, for tables with several rows for a run, a number within the run.
Rows = list[tuple[int, int, int]]


def table(rows: Rows) -> pa.Table:
    return pa.table(
        {name: pa.array([row[i] for row in rows], pa.int64()) for i, name in enumerate(("point", "replicate", "x"))}
    )


def rows_of(tables: list[pa.Table]) -> Rows:
    joined = pa.concat_tables(tables)
    return list(zip(*(joined[name].to_pylist() for name in ("point", "replicate", "x")), strict=True))


@pytest.mark.parametrize("window", [1, 7, 10**6])
@pytest.mark.parametrize("size", [1, 4, 50])
def test_rows_come_by_point_and_replicate_and_rows_of_a_run_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: int, size: int
) -> None:
    monkeypatch.setattr(merge, "WINDOW", window)
    chance = np.random.default_rng(3)
    whole: Rows = [(p, r, x) for p in range(6) for r in range(5) for x in (2, 1, 3)]
    stage_of = {(p, r): str(chance.choice([TAKEN, FIRST, FURTHER])) for p, r, _ in whole if p != 3}
    shards = Shards(tmp_path / "shards", ["runs"])
    for stage in (TAKEN, FIRST, FURTHER):
        mine = [row for row in whole if stage_of.get(row[:2]) == stage]
        for number, first in enumerate(range(0, len(mine), size)):
            shards.write(stage, number, {"runs": table(mine[first : first + size])})
    found = rows_of(list(merged(shards, "runs", n_points=6, n_runs=30)))
    assert found == [row for row in whole if row[0] != 3]


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
