"""Plan of a calibration: target files and options in, a checked calibration out."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import yaml

from cisim.config.compose import compose_one
from cisim.config.names import find_names
from cisim.config.overrides import last_value, parse
from cisim.errors import InputError
from cisim.questions.calibrate import VERB
from cisim.questions.calibrate.calibration import Calibration
from cisim.questions.calibrate.observed_targets import read_observed_targets
from cisim.questions.calibrate.prior import choose_parameters
from cisim.questions.calibrate.sampler import Settings
from cisim.questions.calibrate.targets import Targets, read_targets
from cisim.study.study import Study

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
        names=choose_parameters(options.parameters),
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
    try:
        plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise InputError(f"cannot read targets={path}: {' '.join(str(problem).split())}; give a YAML file") from problem
    if not isinstance(plain, dict):
        raise InputError(f"targets={path} holds no targets; write kernel: and targets: as in configs/targets")
    return read_targets(plain, f"targets={path}")
