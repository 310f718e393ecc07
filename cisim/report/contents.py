"""Contents of a report: its questions and sections in order, and every table of theirs that a result has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from cisim.errors import CisimError
from cisim.reading.finished_result import FinishedResult, NotShownError, ReportOptions, ReportTable

if TYPE_CHECKING:
    from cisim.figures.entries import DetailSection, FigureEntry


class ReportedQuestion(NamedTuple):
    """A question whose ``tables.py`` lists TABLES and whose ``figures.py`` lists FIGURES."""

    name: str
    """Folder in `cisim.questions`, and verb."""
    noun: str
    """What a result of the verb is called in the title of a report."""
    is_alone: bool = False
    """Whether a report on such a result has the tables of this question only, because its runs answer several cases at
    once; the ``details`` of its ``figures.py`` are sections of their own."""


#: In the order of tables and figures.
QUESTIONS = (
    ReportedQuestion("compare", "Comparison"),
    ReportedQuestion("sweep", "Sweep"),
    ReportedQuestion("sensitivity", "Sensitivity"),
    ReportedQuestion("claims", "Claims", is_alone=True),
    ReportedQuestion("robustness", "Robustness"),
    ReportedQuestion("discover", "Conditions"),
    ReportedQuestion("advise", "Advice"),
    ReportedQuestion("run", "Runs"),
)

#: Sections in order.
SECTIONS = {
    "claims": "What becomes of the claims",
    "last": "How long coalitions last",
    "end": "How and when they end",
    "formed": "How partnerships come about",
    "sweep": "What the swept parameters do",
    "decide": "Which parameters decide",
    "shocks": "What disturbances take",
    "break": "Under which conditions they fail early",
    "choose": "Which option to choose",
    "develop": "How they develop",
    "members": "Who is in them",
    "errors": "Runs left out",
}


def questions_for(verb: str) -> list[ReportedQuestion]:
    """Questions that a report on a result of a verb answers."""
    alone = [question for question in QUESTIONS if question.is_alone and question.name == verb]
    return alone or list(QUESTIONS)


def report_tables(verb: str) -> list[ReportTable]:
    """Tables that a report on a result of a verb may have, in its order."""
    return [table for question in questions_for(verb) for table in _module(question, "tables").TABLES]


def report_figures() -> "list[FigureEntry]":
    """Figures that a report may have, in its order; this loads matplotlib."""
    return [entry for question in QUESTIONS for entry in _module(question, "figures").FIGURES]


def report_details(verb: str, tables: Mapping[str, pd.DataFrame]) -> "list[DetailSection]":
    """Sections of their own of a report on a result of a verb; this loads matplotlib."""
    questions = [question for question in questions_for(verb) if question.is_alone]
    return [section for question in questions for section in _module(question, "figures").details(tables)]


def _module(question: ReportedQuestion, part: str) -> ModuleType:
    return import_module(f"cisim.questions.{question.name}.{part}")


@dataclass
class Contents:
    """What a report holds.

    Attributes
    ----------
    listed : dict of str to ReportTable
        Every table that it may have, in its order.
    tables : dict of str to DataFrame
        Those that this result has.
    missing : dict of str to str
        Why it has no others.
    remarks : dict of str to str
        Remarks for captions.
    """

    listed: dict[str, ReportTable]
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


def make_contents(result: FinishedResult, options: ReportOptions) -> Contents:
    """Make every table that the result allows; for every other one the reason is kept."""
    contents = Contents({table.name: table for table in report_tables(result.verb)})
    for name, listed in contents.listed.items():
        try:
            table, remark = listed.make(result, options)
        except (NotShownError, CisimError) as reason:
            contents.missing[name] = str(reason)
            continue
        contents.tables[name] = table
        if remark:
            contents.remarks[name] = remark
    return contents
