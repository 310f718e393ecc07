"""A calibration: target files and options in, the ensemble in its folder out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from cisim.config.compose import compose_one
from cisim.config.names import find_names, list_option
from cisim.config.overrides import last_value, parse
from cisim.errors import InputError
from cisim.questions.calibrate import VERB
from cisim.questions.calibrate.observed_targets import read_observed_targets
from cisim.questions.calibrate.particles import (
    Central,
    Particles,
    StepStore,
    confirm_particles,
    find_central,
    prior_table,
    trace,
)
from cisim.questions.calibrate.prior import Prior, choose_parameters
from cisim.questions.calibrate.sampler import Problem, Settings, populations
from cisim.questions.calibrate.simulate import Simulator
from cisim.questions.calibrate.targets import NORMAL, Targets, deviations, distances, read_targets
from cisim.reading.seal import CONFIG, write_json, write_seal, write_text
from cisim.reading.table_files import write_frame, write_tables
from cisim.reading.yaml_files import read_yaml
from cisim.study.design.design_points import CELL, LARGEST_DESIGN
from cisim.study.limits import LARGEST_COUNT, check_memory, check_whole
from cisim.study.manifest import Timing, manifest_of, model_digest
from cisim.study.progress import UNTRACKED, ProgressTracker
from cisim.study.store.folder import (
    COMPLETE,
    FINISHED,
    INTERRUPTED,
    RUNNING,
    Reporter,
    Status,
    configuration_text,
    disk_problem,
    examine,
    folder_for,
    held,
    plan_identity,
)
from cisim.study.study import Study

#: Accepted moves within the targets below which an ensemble is not to be trusted.
FEWEST_MOVES = 0.7

#: Bytes of memory that an outcome of a run takes while statistics are made of it.
RUN = 24


@dataclass(frozen=True, kw_only=True)
class Calibration(Study):
    """A study that looks for the parameter sets of its case that meet targets.

    Attributes
    ----------
    names : tuple of str
        Parameters that are looked for.
    targets : Targets
        What they have to meet.
    settings : Settings
        How much work is done.
    confirm : int
        Runs of every member of the ensemble, at least 1.
    """

    names: tuple[str, ...] = ()
    targets: Targets
    settings: Settings
    confirm: int = 3000

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_work()
        if self.confirm < self.settings.replicates:
            raise InputError(
                f"confirm={self.confirm} is below replicates={self.settings.replicates}; give as many or more"
            )

    def _check_work(self) -> None:
        """Raise InputError for more parameter sets or runs than memory can hold, or than can be counted."""
        s, wide = self.settings, len(self.names) + len(self.targets.items)
        for name, sets in {"particles": s.particles, "draws": s.draws}.items():
            check_whole(name, sets, 10, LARGEST_DESIGN)
        check_whole("confirm", self.confirm, 1)
        sets, remedy = 2 ** (s.draws - 1).bit_length(), "give fewer draws="
        months = self.params.observation.horizon
        check_memory(f"draws={s.draws} of {len(self.names)} parameters", sets, CELL * (wide + months), remedy)
        outcomes = len({target.outcome for target in self.targets.items if target.outcome})
        most = {
            f"draws={s.draws} x replicates={max(4, s.replicates // 4)}": s.draws * max(4, s.replicates // 4),
            f"particles={s.particles} x replicates={s.replicates}": s.particles * s.replicates,
            f"particles={s.particles} x confirm={self.confirm}": s.particles * self.confirm,
        }
        for asked, runs in most.items():
            if runs > LARGEST_COUNT:
                raise InputError(f"{asked} are {runs} runs; give numbers whose product is {LARGEST_COUNT} or less")
            check_memory(f"{asked} runs", runs, RUN * max(1, outcomes), "give fewer of either")

    @property
    def prior(self) -> Prior:
        """Priors of the parameters looked for."""
        return Prior(self.names, self.params)


@dataclass(frozen=True)
class Calibrated:
    """Result of a calibration.

    Attributes
    ----------
    ensemble : DataFrame
        As `cisim.questions.calibrate.particles.confirm_particles` gives it.
    central : Central
        Its most central parameter set.
    sweeps : list of Particles
        The way there.
    remark : str
        ``complete``, or why the ensemble is not to be trusted.
    """

    ensemble: pd.DataFrame
    central: Central
    sweeps: list[Particles] = field(default_factory=list)
    remark: str = COMPLETE


def calibration_folder(calibration: Calibration) -> Path:
    """Return the folder that the results go to."""
    return folder_for(calibration, model_digest(), datetime.now().astimezone())


def calibrate(
    calibration: Calibration, kept: StepStore | None = None, watch: ProgressTracker = UNTRACKED
) -> Calibrated:
    """Sample the ensemble; steps that are in `kept` are not run again."""
    steps = kept or StepStore()
    simulator = Simulator(calibration, calibration.prior, calibration.targets, watch)

    problem = Problem(
        dimensions=len(calibration.names),
        simulate=simulator,
        misses=lambda statistics: deviations(statistics, calibration.targets),
        distance=lambda statistics, luck: distances(statistics, luck, calibration.targets),
        is_possible=calibration.prior.is_possible,
    )
    sweeps = list(populations(problem, calibration.settings, steps))
    ensemble = confirm_particles(sweeps[-1], simulator, calibration.confirm, calibration.seed, steps)
    central = find_central(ensemble, simulator, calibration.confirm, calibration.seed)
    confirmed = len(np.unique(sweeps[-1].shares, axis=0)) + 1
    watch.expect(sweeps[-1].runs + confirmed * calibration.confirm)
    return Calibrated(ensemble, central, sweeps, _remark(ensemble, sweeps[-1], calibration.targets))


def _remark(ensemble: pd.DataFrame, last: Particles, targets: Targets) -> str:
    """Return ``complete`` where the targets are met, else the target that fewest parameter sets meet."""
    tolerance, moves = last.tolerance, float(last.moves.mean())
    if tolerance <= 1.0 and moves < FEWEST_MOVES:
        return (
            f"the parameter sets moved {moves:.2f} times on average within the targets, too seldom to stand for all "
            "that meet them; give more replicates="
        )
    if tolerance <= 1.0 and (targets.kernel == NORMAL or ensemble["distance"].min() <= 1.0):
        return COMPLETE
    inside = {t.name: float(ensemble[t.name].between(t.low, t.high).mean()) for t in targets.items if t.weight}
    worst = min(inside, key=lambda name: inside[name])
    return (
        f"the targets were not met together (tolerance {tolerance:.3g}, 1 wanted); of the nearest parameter sets "
        f"{100 * inside[worst]:.0f} % meet '{worst}', the least met: see tables/predictive.csv, widen an interval, or "
        "free more parameters"
    )


@contextmanager
def calibration_writer(calibration: Calibration, folder: Path, command: str) -> Iterator[StepStore | None]:
    """Lock the result folder and yield the steps that it holds, None if it is finished; sealed at the end.

    Raises
    ------
    InputError
        If nothing can be written there, another process writes there, or other results are there.
    CisimError
        If the disk refuses on the way; what is done is safe.
    """
    start, model = datetime.now(UTC), model_digest()
    with held(folder):
        kept = StepStore(folder / "steps", plan_identity(calibration, model))
        if examine(folder, calibration, model) == FINISHED:
            with suppress(OSError):  # a folder that cannot be written to keeps what a killed session left
                kept.clear()
            yield None
            return
        reporter = Reporter(folder, Status(state=RUNNING))
        try:
            write_text(configuration_text(calibration), folder / CONFIG)
            reporter.write()
            yield kept
            timing = Timing(start=start, end=datetime.now(UTC))
            write_json(manifest_of(calibration, command, timing, COMPLETE), folder / "manifest.json")
            write_seal(folder, calibration.fingerprint(), model)
            reporter.change(state=COMPLETE)
            kept.clear()
        except KeyboardInterrupt:
            reporter.change(state=INTERRUPTED)
            raise
        except OSError as problem:
            raise disk_problem(folder, problem) from problem


def write_calibrated(calibration: Calibration, found: Calibrated, folder: Path) -> dict[str, pd.DataFrame]:
    """Write ensemble, central member and the tables that need no analysis; return the tables by name."""
    write_frame(found.ensemble, folder / "ensemble.parquet")
    central = found.central
    plain = {
        "member": "the case as it is" if central.member < 0 else central.member,
        "spread": round(central.spread, 4),
        "case": {
            "spread": round(central.case_spread, 4),
            "distance": round(central.case_distance, 4),
            "statistics": dict(zip(calibration.targets.names, central.case_statistics.tolist(), strict=True)),
        },
        "parameters": central.parameters,
    }
    (folder / "central.yaml").write_text(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True), encoding="utf-8")
    targets = pd.DataFrame([vars(target) for target in calibration.targets.items])
    tables = {"trace": trace(found.sweeps), "targets": targets, "prior": prior_table(calibration.prior)}
    write_tables(tables, folder)
    return tables


#: Option that names what is aimed at, and folder of the files that it may name.
TARGETS = "targets"

#: Endings of files that hold a table of observed durations.
TABLES = (".csv", ".parquet")


def plan_calibrate(overrides: Sequence[str] = (), config_dir: str | None = None) -> Calibration:
    """Return the calibration that ``cisim calibrate`` does.

    Parameters
    ----------
    overrides : sequence of str
        In Hydra's grammar.
    config_dir : str, optional
        A user's own config folder; its ``targets/*.yaml`` come on top of cisim's.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    names = find_names(VERB, config_dir)
    # Hydra takes the folder of the same name for a group of configs
    rest = [text for text in overrides if parse(text).key_or_group != TARGETS]
    study, options = compose_one(rest, names)
    given = {item.name: getattr(study, item.name) for item in fields(Study)}
    settings = Settings(
        particles=options.particles, draws=options.draws, replicates=options.replicates, seed=study.seed
    )
    return Calibration(
        **given,
        names=choose_parameters(list_option(options, "parameters", str)),
        targets=_find(last_value(overrides, TARGETS, options.targets), names.folders),
        settings=settings,
        confirm=options.confirm,
    )


def _find(wanted: str, folders: Sequence[Path]) -> Targets:
    """Read targets from a table of durations, a file of targets, or the config folders."""
    path = Path(wanted)
    if path.suffix.lower() in TABLES:
        return read_targets(read_observed_targets(path), f"targets={wanted}")
    if path.suffix.lower() in (".yaml", ".yml"):
        return _read(path)
    known = {file.stem: file for folder in folders for file in sorted((folder / TARGETS).glob("*.yaml"))}
    if wanted not in known:
        raise InputError(f"targets={wanted} is not known; choose {', '.join(known)}, or give a .yaml or .csv file")
    return _read(known[wanted])


def _read(path: Path) -> Targets:
    plain = read_yaml(path, "targets=")
    if not isinstance(plain, dict):
        raise InputError(f"targets={path} holds no targets; write kernel: and targets: as in configs/targets")
    return read_targets(plain, f"targets={path}")
