"""What goes wrong, said in one line."""

import sys


def complain(message: str) -> None:
    """Write `message` as one line to stderr."""
    sys.stderr.write(f"cisim: {' '.join(message.split())}\n")
