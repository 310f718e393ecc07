"""Freeze what commands write now: ``python -m tests.frozen.update_frozen [NAME ...]``, then look at the difference.

Without a name, every command is frozen anew. It is done once with every Python that is recorded, since these come with
other packages. A change of hashes belongs in the commit that changes the results, with the reason in the CHANGELOG.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"

from tests.frozen.commands import COMMANDS
from tests.frozen.freezing import freeze
from tests.frozen.recorded import Hashes, platforms, record
from tests.frozen.signature import signature


def frozen_now(name: str) -> dict[str, str]:
    """Run a command in a folder that is removed afterwards; return its hashes."""
    with tempfile.TemporaryDirectory() as folder:
        return freeze(COMMANDS[name], Path(folder))


if __name__ == "__main__":
    names = sys.argv[1:] or list(COMMANDS)
    hashes: Hashes = next((kept for other, kept in platforms() if other == signature()), {})
    hashes |= {name: frozen_now(name) for name in names}
    record({name: hashes[name] for name in COMMANDS})
