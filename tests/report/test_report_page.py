"""A report is one page with everything inside, described for everybody, and the same every time."""

import base64
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from cisim.reading.seal import write_seal
from cisim.report.pack import escape, latex_table
from cisim.report.write import Report, write_report
from tests.report.reports import Page, read_page
from tests.report.results import write_comparison


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_comparison(tmp_path_factory.mktemp("results") / "small", ("none", "a<b>&c_$"), 12)


@pytest.fixture(scope="module", autouse=True)
def _coarse() -> Iterator[None]:
    """Draw with few dots, which is quick."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cisim.figures.entries.DOTS_PER_INCH", 50)
        yield


@pytest.fixture(scope="module")
def report(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return write_report(source, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def page(report: Report) -> Page:
    return read_page(report.page)


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(report: Report, page: Page) -> None:
    assert page.unclosed == []
    assert {tag for tag, _ in page.tags} & {"script", "link", "iframe", "object", "form"} == set()
    assert all(str(image["src"]).startswith("data:image/") for image in page.all("img"))
    assert all(str(link["href"]).startswith("#") for link in page.all("a"))
    style = re.search("<style>(.*?)</style>", report.page.read_text(encoding="utf-8"), re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_every_anchor_leads_to_a_section(page: Page) -> None:
    sections = [section["id"] for section in page.all("section")]
    assert len(sections) == len(set(sections))
    assert {f"#{name}" for name in sections} == {link["href"] for link in page.all("a")}


def test_every_figure_has_words_for_those_who_cannot_see_it_and_a_caption(page: Page) -> None:
    images, figures = page.all("img"), page.all("figure")
    assert len(images) == len(figures) == 9
    assert all(len(str(image["alt"])) > 40 for image in images)
    assert len({image["alt"] for image in images}) == 9
    numbers = [caption.partition(".")[0] for caption in page.captions if caption.startswith("Figure")]
    assert numbers == [f"Figure {n}" for n in range(1, 10)]


def test_every_table_has_a_caption_and_rows_of_equal_length(page: Page) -> None:
    numbers = [caption.partition(".")[0] for caption in page.captions if caption.startswith("Table")]
    assert numbers == [f"Table {n}" for n in range(1, len(page.all("table")) + 1)]
    assert len(numbers) == 8
    assert len(page.all("caption")) == 8
    assert all(all(cell for cell in row) for row in page.rows)


def test_pictures_in_the_page_are_whole(page: Page) -> None:
    for image in page.all("img"):
        media, _, data = str(image["src"]).partition(";base64,")
        content = base64.b64decode(data)
        assert media == "data:image/svg+xml"
        assert ET.fromstring(content).tag.endswith("svg")


def test_labels_of_a_user_are_escaped_and_shown_as_they_are(report: Report, page: Page) -> None:
    assert "<b>" not in report.page.read_text(encoding="utf-8")
    assert ["a<b>&c_$"] in [row[:1] for row in page.rows]
    latex = (report.pack / "tables" / "comparison.tex").read_text(encoding="utf-8")
    assert r"a\textless{}b\textgreater{}\&c\_\$ &" in latex


def test_the_page_says_what_was_run_and_how_it_was_analysed(page: Page) -> None:
    assert "24 coalitions were simulated with cisim 9.8.7 (commit 0123456789ab)" in page.text
    assert "on its compiled engine (Python 3.11.0; numba 0.1, NumPy 2.0)" in page.text
    assert "There were 12 replicates, seed 7." in page.text
    assert "No run ended in an error." in page.text
    assert "Kaplan & Meier 1958" in page.text
    assert "fedcba987654" in page.text
    assert "cisim compare scenario=made_up <&>" in page.text


def test_the_page_prints_what_the_pairing_saves(report: Report, page: Page) -> None:
    effects = pd.read_csv(report.pack / "tables" / "effects.csv")
    ratio = effects["variance_ratio"].iloc[0]
    assert f"intervals would need {ratio:.1f} times as many runs" in page.text
    header = next(row for row in page.rows if row[0] == "Measure" and "Pairs" in row)
    first = page.rows[page.rows.index(header) + 1]
    assert first[-1] == f"\N{MULTIPLICATION SIGN}{ratio:.1f}"
    assert dict(zip(header, first, strict=True))["The same runs, taken as independent"].startswith(
        f"{effects['difference_independent'].iloc[0]:+.1f}".replace("-", "\N{MINUS SIGN}")
    )


def test_what_cannot_be_shown_is_listed_with_the_reason(report: Report, page: Page) -> None:
    assert report.absent == (
        "Response, Map, Phase diagram, Design points and Regression: no parameter varies within an arm: this is not a "
        "sweep.",
    )
    assert report.absent[0] in page.text


def test_the_pack_has_every_figure_in_its_widths_and_every_table_twice(report: Report) -> None:
    files = {path.relative_to(report.pack).as_posix() for path in report.pack.rglob("*") if path.is_file()}
    both = ("survival", "effects", "incidence", "hazard", "durations", "conditions", "network")
    names = [f"{name}-{width}" for name in both for width in ("single", "double")]
    names += ["trajectories-double", "trajectories_spread-double"]
    assert {f for f in files if f.startswith("figures/")} == {
        f"figures/{n}.{kind}" for n in names for kind in ("pdf", "png")
    }
    read = ("comparison", "survival", "effects", "logrank", "incidence", "rates", "trajectories", "members")
    whole = (*read, "durations", "hazard", "network")
    tables = {f"tables/{n}.csv" for n in whole} | {f"tables/{n}.tex" for n in read}
    assert {f for f in files if f.startswith("tables/")} == tables
    assert files - {f for f in files if "/" in f} == {"methods.txt", "methods.tex", "captions.txt"}


def test_every_figure_carries_its_provenance_and_its_width(report: Report) -> None:
    for file in (report.pack / "figures").glob("*.png"):
        with Image.open(file) as image:
            described = image.text["Description"]
            width = image.width / image.info["dpi"][0] * 25.4
        assert "simulated with cisim: 9.8.7" in described
        assert "commit: 0123456789abcdef" in described
        assert "seed: 7" in described
        assert width == pytest.approx(85 if "single" in file.stem else 175, abs=0.6)


def test_every_caption_of_the_page_is_in_the_pack(report: Report, page: Page) -> None:
    captions = (report.pack / "captions.txt").read_text(encoding="utf-8")
    assert len(page.captions) == 17
    assert [caption for caption in page.captions if caption not in captions] == []
    for name in re.findall(r"\[(?:figures|tables)/([\w-]+)", captions):
        assert list(report.pack.rglob(f"{name}.*"))


def test_the_same_result_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    for name in ("runs.parquet", "manifest.json", "config.yaml"):
        shutil.copy(source / name, small)
    write_seal(small, "0" * 64, "0" * 16)
    first, again = (write_report(small, tmp_path / name) for name in ("first", "again"))
    assert again.page.read_bytes() == first.page.read_bytes()
    files = [file for file in first.pack.rglob("*.*") if file.is_file()]
    assert len(files) > 20
    assert [
        file.name for file in files if file.read_bytes() != (again.pack / file.relative_to(first.pack)).read_bytes()
    ] == []


def test_nothing_of_the_machine_is_in_a_report(source: Path, report: Report) -> None:
    texts = [report.page, *report.pack.glob("*.t*"), *report.pack.glob("tables/*")]
    assert [file.name for file in texts if str(source.parent) in file.read_text(encoding="utf-8")] == []


def test_latex_escapes_every_special_character() -> None:
    assert escape("50 % of a_b & {x} ~ \\ ^ # $") == (
        r"50 \% of a\_b \& \{x\} \textasciitilde{} \textbackslash{} \textasciicircum{} \# \$"
    )
    assert escape("\N{MINUS SIGN}1 \N{MULTIPLICATION SIGN}2 \N{EN DASH}") == r"$-$1 $\times$2 --"


def test_a_latex_table_has_its_rules_its_caption_and_a_row_for_each_row() -> None:
    text = latex_table(pd.DataFrame({"A_1": ["x", "y"], "B": ["1 %", "2"]}), "small", "A & B.")
    assert text.splitlines() == [
        r"\begin{table}",
        r"\caption{A \& B.}",
        r"\label{tab:small}",
        r"\centering\footnotesize",
        r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%",
        r"\begin{tabular}{@{}ll@{}}",
        r"\toprule",
        r"A\_1 & B \\",
        r"\midrule",
        r"x & 1 \% \\",
        r"y & 2 \\",
        r"\bottomrule",
        r"\end{tabular}}",
        r"\end{table}",
    ]
