"""Console script ``cisim``: finds the verb, shows help, and turns errors into one line and an exit code.

Exit codes: 0 success, 1 a run or the program's surroundings failed, 2 bad input, 130 interrupted. Help texts are built
without the libraries that run a model, so that they come at once.
"""

import errno
import os
import sys
from collections.abc import Sequence
from dataclasses import fields

from cisim._version import __version__
from cisim.cli.screen import complain
from cisim.cli.verbs import VERBS, check_verb, declared, do_verb, parse_arguments
from cisim.config.options import Verb
from cisim.config.places import config_folders, scenarios
from cisim.errors import CisimError, InputError

_OVERVIEW = """\
Agent-based simulation of collective-impact coalitions.

usage: cisim VERB [name=value ...]

{verbs}

cisim VERB --help lists the options of a verb; cisim --version names the version.
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


def overview() -> str:
    """Return the help text of ``cisim`` itself."""
    return _OVERVIEW.format(verbs=_columns([(f"cisim {name}", declared(name).title) for name in VERBS]))


def verb_help(name: str, config_dir: str | None = None) -> str:
    """Return the help text of a verb, with the scenarios that there are."""
    verb = declared(name)
    if verb.options is None:
        words = _columns([(f"{word}={default}", text) for word, (default, text) in verb.words.items()])
        return verb.usage.format(title=verb.title, words=words)
    return _VERB.format(
        title=verb.title,
        verb=name,
        default=verb.scenario,
        scenarios=_columns([(s.name, s.title) for s in scenarios(config_folders(config_dir)).values()]),
        options=_columns(_option_rows(verb)),
    )


def _option_rows(verb: Verb) -> list[tuple[str, str]]:
    rows = []
    for item in () if verb.options is None else fields(verb.options):
        given = "" if item.default in (None, ...) or not isinstance(item.default, (str, int)) else str(item.default)
        shown = given.lower() if isinstance(item.default, bool) else given
        rows.append((f"{item.name}={shown}", item.metadata["text"]))
    return rows


def _columns(rows: list[tuple[str, str]]) -> str:
    """Two columns, the first as wide as it needs to be."""
    width = max((len(left) for left, _ in rows), default=0) + 2
    return "\n".join(f"  {left:<{width}}{right}".rstrip() for left, right in rows)


INTERRUPTED = 130

#: Errors of the system about what is no name of a file, and letters of such a name that are shown.
NO_NAME, SHOWN = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ), 200


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    words : sequence of str, optional
        Words after ``cisim``; by default those this process was started with.

    Returns
    -------
    int
        Exit code.
    """
    try:
        return _dispatch(sys.argv[1:] if words is None else words)
    except CisimError as problem:
        complain(str(problem))
        return problem.exit_code
    except KeyboardInterrupt as interrupt:
        complain(f"interrupted; {str(interrupt) or 'nothing was written'}")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output, such as head, has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as problem:  # of a file that the command names, or of the disk
        complain(f"cannot use {str(problem.filename)[:SHOWN]}: {problem.strerror}; give another file or folder")
        return InputError.exit_code if problem.errno in NO_NAME else 1


def _dispatch(words: Sequence[str]) -> int:
    arguments = parse_arguments(words)
    if arguments.version:
        sys.stdout.write(f"cisim {__version__}\n")
        return 0
    if not arguments.verb:
        sys.stdout.write(overview())
        return 0
    check_verb(arguments.verb)
    if arguments.help:
        sys.stdout.write(verb_help(arguments.verb, arguments.config_dir))
        return 0
    return do_verb(arguments)
