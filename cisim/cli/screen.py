"""Where results are printed."""

from rich.console import Console

#: Columns of a table where the output is no terminal.
PLAIN_WIDTH = 100


def screen(plain_width: int = PLAIN_WIDTH) -> Console:
    """Return a console on stdout, `plain_width` columns wide where it is no terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=plain_width)
