"""Console script ``cisim``: finds the verb, and turns errors into one line and an exit code.

Exit codes: 0 success, 1 a run or the program's surroundings failed, 2 bad input, 130 interrupted.
"""

import errno
import os
import sys
from collections.abc import Sequence

from cisim._version import __version__
from cisim.cli.help import overview, verb_help
from cisim.cli.screen import complain
from cisim.cli.verbs import check_verb, do_verb, parse_arguments
from cisim.errors import CisimError, InputError

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
