"""Help texts, built without the libraries that run a model, so that they come at once."""

from dataclasses import fields

from cisim.cli.verbs import VERBS
from cisim.config.options import OPTIONS
from cisim.config.places import config_folders, default_scenario, scenarios
from cisim.questions.fit.fit_options import NAMES

_OVERVIEW = """\
Agent-based simulation of collective-impact coalitions.

usage: cisim VERB [name=value ...]

{verbs}

cisim VERB --help says what a verb takes; cisim --version names the version.
"""

_VERB = """\
{title}

usage: cisim {verb} [name=value ...] [-m] [--config-dir DIR]

scenario= (default {default})
{scenarios}

options
{options}

parameters
  any name that cisim params lists, for instance backbone.gazing=0.5 population.divergence=0.8

flags
  -m, --multirun     one job for each combination where a name has several values: backbone.gazing=0,0.5
  --config-dir DIR   your own configs; DIR/scenario/NAME.yaml becomes scenario=NAME
"""

#: Verbs that run no model and take words of their own.
_OTHERS = {
    "diff": """\
{title}

usage: cisim diff RESULT RESULT

RESULT
  a result folder, or its name below results/ (compare/NAME); the two may be of different verbs

exit code 0 whenever they could be compared
""",
    "fit": """\
{title}

usage: cisim fit TABLE [name=value ...]

TABLE is a CSV or Parquet file with one row per coalition, see docs/survival.md

options
{fit_options}
""",
    "params": """\
{title}

usage: cisim params [format=table|csv|md|json]
""",
    "replay": """\
{title}

usage: cisim replay RESULT ROW [name=value ...] [--config-dir DIR]

RESULT
  a result folder, or its name below results/ (compare/NAME)
ROW
  a row of runs.parquet, from 0; or columns that choose one: point=3 replicate=17, strategies=all replicate=17

options
  engine=  compiled or mesa; default: the engine that made the result
  out=     folder to write into; default: replays in the result folder

writes ROW/events.csv, ROW/trajectory.csv and ROW/figures; exit code 1 if the run is not what was kept
""",
    "report": """\
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
}


def overview() -> str:
    """Return the help text of ``cisim`` itself."""
    rows = [(f"cisim {name}", verb.title) for name, verb in VERBS.items()]
    return _OVERVIEW.format(verbs=_columns(rows))


def verb_help(verb: str, config_dir: str | None = None) -> str:
    """Return the help text of a verb, with the scenarios that there are."""
    if verb in _OTHERS:
        own = _columns([(f"{name}={default}", text) for name, (default, text) in NAMES.items()])
        return _OTHERS[verb].format(title=VERBS[verb].title, fit_options=own)
    return _VERB.format(
        title=VERBS[verb].title,
        verb=verb,
        default=default_scenario(verb),
        scenarios=_columns([(s.name, s.title) for s in scenarios(config_folders(config_dir)).values()]),
        options=_columns(_option_rows(verb)),
    )


def _option_rows(verb: str) -> list[tuple[str, str]]:
    rows = []
    for item in fields(OPTIONS[verb]):
        given = "" if item.default in (None, ...) or not isinstance(item.default, (str, int)) else str(item.default)
        shown = given.lower() if isinstance(item.default, bool) else given
        rows.append((f"{item.name}={shown}", item.metadata["text"]))
    return rows


def _columns(rows: list[tuple[str, str]]) -> str:
    """Two columns, the first as wide as it needs to be."""
    width = max(len(left) for left, _ in rows) + 2
    return "\n".join(f"  {left:<{width}}{right}".rstrip() for left, right in rows)
