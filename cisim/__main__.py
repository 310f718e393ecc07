"""``python -m cisim`` does what ``cisim`` does."""

import sys

from cisim.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
