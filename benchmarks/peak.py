"""Run a command and print what it took, as JSON: seconds, processor seconds, most memory in bytes, exit code.

``python -m benchmarks.peak COMMAND ...``. A program of its own, and a small one: the memory of whoever starts a command
counts as the command's.
"""

import json
import resource
import subprocess
import sys
import time


def main(command: list[str]) -> None:
    """Run `command` and print its time and memory."""
    begin = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    taken = time.perf_counter() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    found = {"wall": taken, "processor": used.ru_utime + used.ru_stime, "bytes": used.ru_maxrss * unit, "code": code}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
