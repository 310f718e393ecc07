"""Write the report of a result: ``report.html`` and the paper pack ``paper/``."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from cisim.errors import CisimError, InputError
from cisim.reading.finished_result import FinishedResult, ReportOptions
from cisim.reading.result_files import read_result
from cisim.report import page
from cisim.report.contents import SECTIONS, Contents, make_contents, report_details, report_figures
from cisim.report.prose import absences, headline, methods_section, provenance, summary_sentences
from cisim.survival.arms import ordered_labels

if TYPE_CHECKING:
    from cisim.figures.entries import DetailSection
    from cisim.report.pack import Pack


@dataclass(frozen=True)
class Report:
    """A report that has been written."""

    page: Path
    """The HTML page."""
    pack: Path
    """Folder of the paper pack."""
    summary: tuple[str, ...]
    """The result in a few sentences."""
    absent: tuple[str, ...]
    """What could not be shown and why, one sentence for each reason."""


def write_report(
    source: str | Path,
    out: str | Path | None = None,
    *,
    tau: float | None = None,
    baseline: str | None = None,
    axes: tuple[str, str] | None = None,
) -> Report:
    """Report on a result.

    Parameters
    ----------
    source : str or Path
        Result folder of any verb, or a CSV or Parquet table with the columns ``duration`` (months) and
        ``event_observed`` (and, if they are there, strategies, replicate, ending, cause, status and dotted parameters).
    out : str or Path, optional
        Folder to write into, made if need be; by default the result folder itself, and for a table the folder
        ``<name>-report`` beside it. Files of an earlier report are replaced.
    tau : float, optional
        End of the window of the restricted means (months); by default the longest that all runs speak of.
    baseline : str, optional
        Arm that the others are compared with; by default "none", or the first.
    axes : tuple of str, optional
        The two parameters of a sweep that maps are drawn over; by default those that move the response most.

    Returns
    -------
    Report
        The same result gives the same bytes.

    Raises
    ------
    InputError
        If the source, tau, the baseline or the axes cannot be used.
    CisimError
        If nothing can be written to ``out``.
    """
    result = read_result(Path(source))
    _check(result, tau, baseline)
    for name in axes or ():
        if name not in result.design.varied:
            varied = ", ".join(result.design.varied) or "nothing"
            raise InputError(f"axes names {name}, which does not vary within an arm; {varied} does")
    options = ReportOptions(result.window if tau is None else tau, baseline, axes)
    contents = make_contents(result, options)
    folder = Path(out) if out is not None else _beside(result)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(result, contents, folder)
    except OSError as problem:
        raise CisimError(
            f"cannot write to {folder}: {problem.strerror or problem}; give another folder with out="
        ) from problem


def _check(result: FinishedResult, tau: float | None, baseline: str | None) -> None:
    """Raise InputError for a window or a baseline that no table of this result can have."""
    longest = max(float(result.runs["duration"].max()), result.window or 0.0)
    if tau is not None and not 0 < tau <= longest:
        raise InputError(f"tau={tau:g} is out of range; give months above 0 and up to {longest:g}, the last observed")
    if baseline is not None and baseline not in result.baselines:
        raise InputError(f"baseline={baseline} is no arm of this result; choose one of {', '.join(result.baselines)}")


def _beside(result: FinishedResult) -> Path:
    return result.source.with_name(f"{result.source.stem}-report") if result.is_table else result.source


def _write(result: FinishedResult, contents: Contents, folder: Path) -> Report:
    """Write all files."""
    from cisim.report.pack import Pack  # matplotlib takes a second to load

    pack = Pack(folder / "paper", provenance(result))
    numbers = {"Figure": 0, "Table": 0}
    sections = {key: page.Section(key, title) for key, title in SECTIONS.items()}
    for name, listed in contents.listed.items():
        if name in contents.tables:
            pack.add_data(name, contents.tables[name])
            sections[listed.section].parts += _parts(name, contents, pack, numbers)
    each = [_detail(detail, contents, pack, numbers) for detail in report_details(result.verb, contents.tables)]
    sentences, absent = summary_sentences(result, contents), absences(contents)
    done = methods_section(result, contents)
    pack.finish(done)
    last = [
        page.Section("methods", "Methods", [page.paragraph(text) for text in done]),
        page.Section("absent", "What this result cannot show", [page.list_part(absent)] if absent else []),
        page.Section("provenance", "Where it comes from", [page.facts_part(provenance(result))]),
    ]
    lead = page.paragraph(" ".join(sentences), "summary")
    text = page.page(headline(result), lead, [*sections.values(), *each, *last])
    (folder / "report.html").write_text(text, encoding="utf-8", newline="\n")
    return Report(folder / "report.html", folder / "paper", tuple(sentences), tuple(absent))


def _parts(name: str, contents: Contents, pack: "Pack", numbers: dict[str, int]) -> list[page.Part]:
    """Figures of a table, then the table itself as readers see it."""
    table, listed = contents.tables[name], contents.listed[name]
    remark = f" {contents.remarks[name]}" if name in contents.remarks else ""
    parts = []
    for entry in report_figures():
        if entry.table == name and entry.shows(table):
            caption = f"{_numbered('Figure', numbers)} {entry.title}. {entry.caption}{remark}"
            image, media = pack.add_figure(entry, table, caption)
            parts.append(page.figure_part(image, media, alternative_text(entry.title, table), caption))
    if listed.display is not None:
        shown = listed.display(table)
        caption = f"{_numbered('Table', numbers)} {listed.title}. {listed.caption}{remark}"
        pack.add_table(name, shown, caption)
        parts.append(page.table_part(shown, caption))
    return parts


def _detail(detail: "DetailSection", contents: Contents, pack: "Pack", numbers: dict[str, int]) -> page.Section:
    """Section of its own with its figure."""
    caption = f"{_numbered('Figure', numbers)} {detail.text} {detail.figure.caption}"
    image, media = pack.add_figure(detail.figure, contents.tables[detail.figure.table], caption)
    figure = page.figure_part(image, media, detail.alternative, caption)
    parts = [page.paragraph(detail.text), page.facts_part(detail.facts), figure]
    return page.Section(detail.anchor, detail.title, parts)


def _numbered(kind: str, numbers: dict[str, int]) -> str:
    numbers[kind] += 1
    return f"{kind} {numbers[kind]}."


def alternative_text(title: str, table: pd.DataFrame) -> str:
    """Return what a figure holds in words, for those who cannot see it."""
    sentences = [f"{title}."]
    if "strategies" in table:
        sentences.append(f"Arms: {', '.join(ordered_labels(table['strategies'].unique()))}.")
    if "month" in table:
        sentences.append(f"Months {table['month'].min():g} to {table['month'].max():g}.")
    if "x_name" in table:
        sentences.append(f"Parameters: {table['x_name'].iloc[0]} and {table['y_name'].iloc[0]}.")
    if "parameter" in table:
        sentences.append(f"Parameters: {', '.join(table['parameter'].unique())}.")
    return " ".join([*sentences, "The numbers are in the table of the same name in the paper pack."])
