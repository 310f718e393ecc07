"""Errors that a user can meet, and the exit code of each.

::

    CisimError                 exit 1
    └── InputError             exit 2: something the user gave is wrong, nothing was written
"""


class CisimError(Exception):
    """Base of all errors that cisim raises on purpose; its message is one line."""

    exit_code = 1


class InputError(CisimError):
    """Bad input: the message names the value found, the range allowed and the remedy."""

    exit_code = 2


def in_one_line(problem: BaseException) -> str:
    """Name and message of an exception, on one line."""
    return " ".join(f"{type(problem).__name__}: {problem}".split())
