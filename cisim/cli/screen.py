"""Output: results on stdout, errors in one line on stderr."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

#: Columns of a table where the output is no terminal.
PLAIN_WIDTH = 100


def screen(plain_width: int = PLAIN_WIDTH) -> "Console":
    """Return a console on stdout, `plain_width` columns wide where it is no terminal."""
    from rich.console import Console  # help and errors come without it

    console = Console()
    return console if console.is_terminal else Console(width=plain_width)


def complain(message: str) -> None:
    """Write `message` as one line to stderr."""
    sys.stderr.write(f"cisim: {' '.join(message.split())}\n")
