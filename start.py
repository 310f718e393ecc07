#!/usr/bin/env python3
"""Run cisim, or its tests, with nothing but Python: the first start makes the environment.

::

    python3 start.py compare replicates=50    # any cisim verb, with its options
    python3 start.py test -x                  # the tests on all cores, with pytest's options

The environment is ``.venv/<Python version>`` in the checkout. It holds what the locks name, checked by hash,
and is made anew when a lock, the Python or the place of the checkout changes. This file needs the standard
library only, and its syntax is old, so that a Python that is too old can still report it.
"""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
BUILD, RUN, DEVELOP = "requirements-build.lock", "requirements.lock", "requirements-dev.lock"
ALL_CORES = ["-n", "auto", "--dist", "loadfile"]
PIP_SETTINGS = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def main(arguments):
    """Run a verb, or the tests, in the environment of this checkout; return the exit code."""
    refuse_old_python(sys.version_info)
    if arguments[:1] == ["test"]:
        return run([prepare(DEVELOP), "-m", "pytest", *ALL_CORES, *arguments[1:]], cwd=ROOT)
    python = prepare(RUN)
    return run([python.with_name("cisim" + python.suffix), *arguments])


def refuse_old_python(version):
    """Leave with one line when this Python is older than cisim needs."""
    if tuple(version[:2]) < OLDEST:
        stop("Python {}.{} is too old, 3.11 is the oldest: try python3.12 start.py".format(*version))


def prepare(lock):
    """Return the environment's Python after making sure that ``lock`` and this checkout are installed."""
    environment = ROOT / ".venv" / "{}.{}".format(*sys.version_info)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if is_ready(environment, lock):
        return python
    try:
        with one_at_a_time(environment.with_name(environment.name + ".lock")):
            if not is_ready(environment, lock):
                install(environment, python, lock)
    except OSError as problem:
        stop("cannot make {}: {}; make the checkout writable".format(environment, problem))
    return python


def is_ready(environment, lock):
    """Whether ``lock`` was installed to the end; the development lock holds the run-time lock."""
    return read_stamp(environment) in [(DEVELOP, fingerprint()), (lock, fingerprint())]


def install(environment, python, lock):
    """Install ``lock`` and this checkout, on top of a finished installation or into a new environment."""
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    pip = find_installer(python, has_ensurepip)
    say("installing {} into {}, once; it downloads some 200 MB".format(lock, environment))
    if read_stamp(environment)[1] != fingerprint():
        shutil.rmtree(str(environment), ignore_errors=True)
        quietly([sys.executable, "-m", "venv", *([] if has_ensurepip else ["--without-pip"]), environment])
    write_stamp(environment, "")
    quietly([*pip, "--require-hashes", "-r", ROOT / BUILD])
    quietly([*pip, "--require-hashes", "--no-build-isolation", "-r", ROOT / lock])
    quietly([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT])
    write_stamp(environment, lock + " " + fingerprint())


def find_installer(python, has_ensurepip):
    """Return the command that installs for ``python``: its own pip, this Python's pip, or uv."""
    if has_ensurepip:
        return [python, "-m", "pip", "install"]
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "--python", python, "install"]
    if shutil.which("uv") is not None:
        return ["uv", "pip", "install", "--python", python]
    return stop("found no pip: install the package python3-venv of your system, or uv, and start again")


def fingerprint():
    """Return a digest of the locks, this Python and the place of the checkout."""
    locks = b"".join((ROOT / name).read_bytes() for name in (BUILD, RUN, DEVELOP))
    return hashlib.sha256(locks + "\n".join([sys.version, sys.base_prefix, str(ROOT)]).encode()).hexdigest()


def read_stamp(environment):
    """Return lock and fingerprint of an installation that came to its end, else two empty words."""
    path = environment / "stamp"
    words = path.read_text().split() if path.is_file() else []
    return tuple(words) if len(words) == 2 else ("", "")


def write_stamp(environment, text):
    """Note what is installed, or nothing while an installation is under way."""
    (environment / "stamp").write_text(text)


@contextlib.contextmanager
def one_at_a_time(path):
    """Hold a lock, so that two starts at once do not install over each other (not on Windows)."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as handle:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def quietly(command):
    """Run a step of the installation; show its output only when it fails."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run([str(word) for word in command], env={**os.environ, **PIP_SETTINGS}, **streams)
    if done.returncode != 0:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        stop("the installation failed, see above; start again when the cause is gone")


def run(command, cwd=None):
    """Run the command to its end and return its exit code; Ctrl-C is the command's to answer."""
    process = subprocess.Popen([str(word) for word in command], cwd=cwd)
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            code = process.wait()
            return code if code >= 0 else 128 - code


def say(line):
    """Print a message to the user, apart from the results."""
    print("cisim: " + line, file=sys.stderr, flush=True)


def stop(line):
    """Leave with one line and exit code 2."""
    say(line)
    raise SystemExit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
