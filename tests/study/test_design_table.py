"""Points that a user lists in a file: what fits is taken as it is, what does not is named by row and column."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cisim.errors import InputError
from cisim.study.design import Design, Factor, build

GOOD = "backbone.gazing, backbone.gazing_period,backbone.lead,scenario\n0,24,public,a\n\n1e-1,24.0,'x',b\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes a CSV file."""

    def to_file(text: str) -> Path:
        path = tmp_path / "points.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def rows(design: Design) -> list[tuple[object, ...]]:
    return list(zip(*(column.tolist() for column in design.columns.values()), strict=True))


def test_a_csv_file_is_read_in_its_order_with_the_types_of_the_registry(write: Callable[[str], Path]) -> None:
    design = build((), table=write(GOOD.replace("'x'", "funder")), scenarios=("a", "b"))
    assert design.kind == "table"
    assert list(design.columns) == ["backbone.gazing", "backbone.gazing_period", "backbone.lead", "scenario"]
    assert rows(design) == [(0.0, 24, "public", "a"), (0.1, 24, "funder", "b")]
    assert [column.dtype.kind for column in design.columns.values()] == ["f", "i", "O", "O"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "p.CSV").write_bytes(b"\xef\xbb\xbfbackbone.gazing\r\n0.5\r\n1\r\n")
    assert rows(build((), table=tmp_path / "p.CSV")) == [(0.5,), (1.0,)]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_points_of_a_design_written_to_a_file_give_the_same_design(ending: str, tmp_path: Path) -> None:
    factors = (
        Factor(name="scenario", values=("a", "b")),
        Factor(name="population.corporation_size", low=1, high=6),
        Factor(name="backbone.lead", values=("public", "funder")),
        Factor(name="backbone.gazing_period", low=2, high=120),
    )
    before = build(factors, samples=32)
    path = str(tmp_path / f"points.{ending}")
    before.frame().to_csv(path, index=False) if ending == "csv" else before.frame().to_parquet(path)
    after = build((), table=path, scenarios=("a", "b"))
    assert list(after.columns) == list(before.columns)
    assert rows(after) == rows(before)


def test_every_row_of_a_table_meets_every_level_of_the_factors_besides(write: Callable[[str], Path]) -> None:
    design = build((Factor(name="scenario", values=("a", "b")),), table=write("backbone.gazing\n0.5\n0\n"))
    assert rows(design) == [(0.5, "a"), (0.5, "b"), (0.0, "a"), (0.0, "b")]


def test_an_interval_beside_a_table_is_refused(write: Callable[[str], Path]) -> None:
    with pytest.raises(InputError, match="has no levels to combine"):
        build((Factor(name="trust.start", low=0.2, high=0.4),), table=write("backbone.gazing\n0.5\n"))


def test_a_factor_that_comes_in_the_table_is_refused(write: Callable[[str], Path]) -> None:
    with pytest.raises(InputError, match=r"backbone.gazing is in table=.* and on the command line; give it in one"):
        build((Factor(name="backbone.gazing", values=(0, 1)),), table=write("backbone.gazing\n0.5\n"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no row of values; give at least one"),
        ("backbone.gazing\n", "has no row of values"),
        ("backbone.gazing,backbone.gazng\n0,1\n", "column 'backbone.gazng': unknown parameter .* did you mean"),
        ("backbone.gazing,\n0,1\n", "column '': unknown parameter"),
        ("seed\n1\n", "column 'seed': unknown parameter"),
        ("backbone.gazing,backbone.gazing\n0,1\n", "has two columns backbone.gazing; give each once"),
        ("backbone.gazing,trust.start\n0,1\n1\n", "row 2 has 1 cells for 2 columns"),
        ("backbone.gazing,trust.start\n0,1,2\n", "row 1 has 3 cells for 2 columns"),
        ("backbone.gazing,trust.start\n0,0.5\n0.5, \n", "row 2, column trust.start: the cell is empty"),
        ("backbone.gazing\n0\n1.5\n", r"row 2, column backbone.gazing: backbone.gazing=1\.5 is out of range"),
        ("backbone.gazing\n0\nnan\n", "row 2, column backbone.gazing: backbone.gazing=nan is out of range"),
        ("backbone.gazing\nhalf\n", "row 1, column backbone.gazing: backbone.gazing='half' is not a number"),
        ("backbone.gazing_period\n2.5\n", r"row 1, column .*gazing_period=2\.5 is not a whole number"),
        ("backbone.lead\nnobody\n", "row 1, column backbone.lead: backbone.lead=nobody is not known"),
        ("scenario\na\nc\n", "row 2, column scenario: unknown scenario c; choose one of a, b"),
        ("backbone.gazing\n0\n1\n0.0\n", "row 3 repeats an earlier one; give each point once"),
        ('backbone.gazing\n"0\n', "cannot read table=.*give a CSV file in UTF-8 or a Parquet file"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_in_one_line(
    text: str, message: str, write: Callable[[str], Path]
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        build((), table=write(text), scenarios=("a", "b"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"backbone.gazing": [0.5, None]}, "row 2, column backbone.gazing: the cell is empty"),
        ({"backbone.gazing": [True, False]}, "row 1, column backbone.gazing: backbone.gazing=True is not a number"),
        ({"backbone.gazing_period": [2.0, 2.5]}, r"row 2, column .*gazing_period=2\.5 is not a whole number"),
        ({"backbone.gazing": [[0.5]]}, r"row 1, column backbone.gazing: backbone.gazing=\[0\.5\] is not a number"),
        ({"scenario": [1]}, "row 1, column scenario: unknown scenario 1; choose one of a, b"),
        ({"backbone.lead": [1]}, "row 1, column backbone.lead: backbone.lead=1 is not known"),
        ({"backbone.gazing": []}, "has no row of values"),
    ],
)
def test_a_parquet_file_that_does_not_fit_is_refused(
    cells: dict[str, list[object]], message: str, tmp_path: Path
) -> None:
    pq.write_table(pa.table(cells), tmp_path / "points.parquet")
    with pytest.raises(InputError, match=message):
        build((), table=tmp_path / "points.parquet", scenarios=("a", "b"))


def test_whole_numbers_stored_as_floats_and_categories_are_taken(tmp_path: Path) -> None:
    frame = pd.DataFrame({"backbone.gazing_period": [2.0, 3.0], "backbone.lead": pd.Categorical(["public", "funder"])})
    frame.to_parquet(tmp_path / "points.parquet")
    assert rows(build((), table=tmp_path / "points.parquet")) == [(2, "public"), (3, "funder")]


def test_a_file_that_cannot_be_read_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_text("no parquet")
    (tmp_path / "latin.csv").write_bytes(b"backbone.lead\n\xe9\n")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "points.xlsx").write_text("")
    for name, message in {
        "missing.csv": "cannot read table=.*missing.csv: No such file",
        "missing.parquet": "cannot read table=.*missing.parquet: No such file",
        "broken.parquet": "cannot read table=.*broken.parquet: ",
        "latin.csv": "cannot read table=.*latin.csv: 'utf-8' codec",
        "folder.csv": "cannot read table=.*folder.csv: Is a directory",
        "points.xlsx": "is not a .csv or .parquet file; give one",
    }.items():
        with pytest.raises(InputError, match=message) as caught:
            build((), table=tmp_path / name)
        assert "\n" not in str(caught.value)


def test_a_table_and_factors_that_are_too_many_together_are_refused(write: Callable[[str], Path]) -> None:
    many = Factor(name="population.funders", values=tuple(range(500)))
    more = Factor(name="population.nonprofits", values=tuple(range(500)))
    with pytest.raises(InputError, match="the design has 1250000 points"):
        build((many, more), table=write("backbone.gazing\n" + "\n".join(f"0.{i}" for i in range(1, 6)) + "\n"))
