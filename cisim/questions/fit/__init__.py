"""Observed durations: described, fitted, and set beside simulated ones."""

from cisim.config.options import Verb
from cisim.questions.fit.fit_options import NAMES

VERB = Verb(
    name="fit",
    title="Describe observed durations, fit families, set simulated ones beside them.",
    usage="""\
{title}

usage: cisim fit TABLE [name=value ...]

TABLE is a CSV or Parquet file with one row per coalition, see docs/survival.md

options
{words}
""",
    words=NAMES,
)
