"""Where results are printed."""

from rich.console import Console

#: Columns of a line where the output is no terminal.
PLAIN_WIDTH = 100


def screen() -> Console:
    """Return a console on stdout, 100 columns wide where it is no terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=PLAIN_WIDTH)
