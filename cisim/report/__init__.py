"""From a result folder, or any table of durations, to a self-contained page and a paper pack.

Read in this order: ``contents`` (the questions, and the tables of theirs that a result has) <- ``prose`` (words) <-
``page`` (HTML) and ``pack`` (files of a paper) <- ``write``. The tables and figures of a question are listed in its
``tables.py`` and ``figures.py``.
"""

from cisim.config.options import Verb

VERB = Verb(
    name="report",
    title="Make a page and a paper pack from a result or a table of durations.",
    usage="""\
{title}

usage: cisim report RESULT [name=value ...]

RESULT
  a result folder, its name below results/ (compare/NAME), or a CSV or Parquet table with the columns duration
  (months) and event_observed

options
  out=       folder to write into; default: the result folder, or NAME-report beside a table
  baseline=  arm that the others are compared with; default: none, or the first
  axes=      two parameters of a sweep to draw maps over, axes=[FIRST,SECOND]; default: those that move most
  tau=       months that the restricted means look at; default: as long as all runs were followed

writes report.html, which opens without a network, and paper/ with every figure (PDF, PNG), every table (CSV, LaTeX),
the methods and the captions
""",
)
