"""Result folders are whole or not there, never overwritten, and hold the same bytes every time."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from cisim.errors import InputError
from cisim.study.store import new_folder, place, write_parquet
from cisim.study.study import Study

NOON = datetime(2026, 1, 2, 12, 0, 5)


def test_a_named_result_lies_under_its_verb(make_study: Callable[..., Study]) -> None:
    assert place(make_study(out="o", name="n"), NOON) == Path("o/compare/n")


def test_a_result_without_a_name_is_named_by_time_and_configuration(make_study: Callable[..., Study]) -> None:
    study = make_study()
    assert place(study, NOON) == Path(f"results/compare/20260102-120005-{study.fingerprint()[:8]}")


def test_a_folder_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "run" / "a"
    with new_folder(target) as folder:
        (folder / "x").write_text("x", encoding="utf-8")
        assert not target.exists()
    assert [path.name for path in target.parent.iterdir()] == ["a"]
    assert (target / "x").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_nothing_is_left_after_an_error(tmp_path: Path, error: type[BaseException]) -> None:
    def write_and_break() -> None:
        with new_folder(tmp_path / "a") as folder:
            (folder / "x").write_text("x", encoding="utf-8")
            raise error

    with pytest.raises(error):
        write_and_break()
    assert list(tmp_path.iterdir()) == []


def test_an_existing_result_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("old", encoding="utf-8")
    with pytest.raises(InputError, match="exists already.*another name="), new_folder(tmp_path / "a"):
        pytest.fail("the folder was given out")
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "x"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with new_folder(tmp_path / "a") as folder:
        (folder / "x").touch()
    assert (tmp_path / "a" / "x").exists()


def test_a_result_that_came_up_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    def write_while_another_does() -> None:
        with new_folder(tmp_path / "a") as folder:
            (folder / "x").touch()
            (tmp_path / "a").mkdir()
            (tmp_path / "a" / "theirs").touch()

    with pytest.raises(InputError, match="exists already"):
        write_while_another_does()
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "theirs"]


def test_two_processes_cannot_write_the_same_result(tmp_path: Path) -> None:
    with new_folder(tmp_path / "a"), pytest.raises(InputError, match="is being written"), new_folder(tmp_path / "a"):
        pass
    assert (tmp_path / "a").is_dir()


def test_a_folder_that_cannot_be_made_is_refused_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"cannot .*another folder with out="), new_folder(tmp_path / "file" / "a"):
        pytest.fail("the folder was given out")


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    table = pd.DataFrame({"a": [1, 2], "b": [0.5, float("nan")], "c": ["x", ""], "d": [True, False]})
    for name in ("1", "2"):
        write_parquet(table, tmp_path / name)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "1"), table)


def test_the_index_of_a_table_is_not_written(tmp_path: Path) -> None:
    table = pd.DataFrame({"a": [1, 2, 3]})
    write_parquet(table[table["a"] > 1], tmp_path / "1")
    assert pq.read_schema(tmp_path / "1").names == ["a"]
    assert pq.read_schema(tmp_path / "1").metadata is None


def test_a_table_without_rows_keeps_its_types(tmp_path: Path) -> None:
    table = pd.DataFrame({"c": pd.Series([], dtype="object"), "n": pd.Series([], dtype="int64")})
    write_parquet(table, tmp_path / "1")
    assert [str(kind) for kind in pq.read_schema(tmp_path / "1").types] == ["string", "int64"]
