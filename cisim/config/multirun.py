"""``-m``: one job for each combination of values, through Hydra's own sweepers and launchers."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from cisim.config.compose import HYDRA_VERSION, explain, is_input_problem, register_schema, search_path, study_from
from cisim.config.names import Names, find_names
from cisim.config.options import Verb
from cisim.config.overrides import check_overrides, last_value, split_trust
from cisim.config.places import own_folder
from cisim.config.uncertainty import with_posterior
from cisim.errors import CisimError, InputError
from cisim.study.study import Study

#: Hydra settings that keep its logs and folders out of the way.
QUIET = ("hydra/job_logging=none", "hydra/hydra_logging=none", "hydra.output_subdir=null", "hydra.sweep.subdir=.")


@dataclass(frozen=True)
class Job:
    """How one job of a multirun ended.

    Attributes
    ----------
    number : int
        Place in the multirun, from 0.
    overrides : list of str
        What sets it apart.
    exit_code : int
        0 if all went well.
    error : str
        One line, or nothing.
    """

    number: int
    overrides: list[str]
    exit_code: int
    error: str


def run_jobs(verb: Verb, overrides: Sequence[str], config_dir: str | None, work: Callable[[Study], int]) -> list[Job]:
    """Run `work` on every study that the overrides span, and note under ``out/multirun`` how each job ended.

    Parameters
    ----------
    verb : Verb
        Declaration of the verb.
    overrides : sequence of str
        In Hydra's grammar; an override may give several values, and ``hydra/sweeper=`` and ``hydra/launcher=`` choose
        any that is installed.
    config_dir : str or None
        A user's own config folder.
    work : callable
        Does one study and returns its exit code. A `CisimError` ends its job and no other.

    Returns
    -------
    list of Job
        In order.

    Raises
    ------
    InputError
        If the overrides are wrong; then no job has started.
    """
    names = find_names(verb, config_dir)
    check_overrides(overrides, names, several=True)
    register_schema(verb)

    def task(config: DictConfig) -> None:
        _do(config, names, overrides, notes, work)

    with _new_notes(last_value(overrides, "out", "results")) as notes:
        arguments = [*QUIET, f"hydra.sweep.dir='{notes}'", *search_path(names.folders), *split_trust(overrides)[0]]
        try:
            with _as_command_line(["cisim", "--multirun", *arguments]):
                hydra.main(str(own_folder()), verb.name, version_base=HYDRA_VERSION)(task)()
        except Exception as problem:
            if is_input_problem(problem):
                raise explain(problem, names) from problem
            raise
        jobs = _read_notes(notes)
        if not jobs:
            raise InputError(f"{' '.join(overrides)} gives no job at all; give at least one value for each name")
        return jobs


def _do(config: DictConfig, names: Names, overrides: Sequence[str], notes: Path, work: Callable[[Study], int]) -> None:
    """Do one job and note how it ended; the note is a file, since a launcher may run jobs anywhere."""
    job = HydraConfig.get()
    number, code, error = int(job.job.num), 0, ""
    try:
        study = study_from(config, names, job.runtime.choices["scenario"], overrides)
        study = with_posterior(study, config.get("posterior"))
        code = work(study if study.name is None else replace(study, name=f"{study.name}-{number}"))
    except CisimError as problem:
        code, error = problem.exit_code, str(problem)
    note = Job(number, list(job.overrides.task), code, error)
    (notes / f"{number}.json").write_text(json.dumps(asdict(note), indent=2) + "\n", encoding="utf-8")


@contextmanager
def _new_notes(out: str) -> Iterator[Path]:
    """Make a folder for the notes of this multirun; it stays if there are any."""
    notes = Path(out).absolute() / "multirun" / f"{datetime.now():%Y%m%d-%H%M%S-%f}"
    try:
        notes.mkdir(parents=True)
    except OSError as problem:
        raise InputError(f"cannot write to {out}: {problem.strerror}; give another folder with out=") from problem
    try:
        yield notes
    finally:
        if not _read_notes(notes):
            shutil.rmtree(notes)
            with suppress(OSError):  # notes of other multiruns
                notes.parent.rmdir()


def _read_notes(notes: Path) -> list[Job]:
    """Read the notes of all jobs that ended, in order."""
    found = [Job(**json.loads(path.read_text(encoding="utf-8"))) for path in notes.glob("*.json")]
    return sorted(found, key=lambda job: job.number)


@contextmanager
def _as_command_line(arguments: list[str]) -> Iterator[None]:
    """Set ``sys.argv`` to `arguments`, which Hydra reads itself, and make it raise errors as they are."""
    before = sys.argv, os.environ.get("HYDRA_FULL_ERROR")
    sys.argv, os.environ["HYDRA_FULL_ERROR"] = arguments, "1"
    try:
        yield
    finally:
        sys.argv = before[0]
        if before[1] is None:
            del os.environ["HYDRA_FULL_ERROR"]
        else:
            os.environ["HYDRA_FULL_ERROR"] = before[1]
