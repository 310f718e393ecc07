"""Comparisons: arms of one scenario, or whole scenarios side by side, as a study."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cisim.config.compose import compose_one
from cisim.config.names import Names, find_names
from cisim.config.overrides import parse
from cisim.config.uncertainty import with_posterior
from cisim.core.series import SERIES
from cisim.errors import InputError
from cisim.questions.compare import VERB
from cisim.study.arms_design import ARMS
from cisim.study.design import SCENARIO, Design
from cisim.study.limits import check_memory
from cisim.study.study import Study
from cisim.study.table_schemas import KEY

#: Bytes of memory that a number of a trajectory takes while it is read.
BYTES = 16

#: Options that say what the arms are, or whose they are.
OTHERWISE = ("scenario", "strategies", "intensity", "posterior")


def plan_compare(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim compare`` runs.

    Parameters
    ----------
    overrides : sequence of str
        In Hydra's grammar; with ``scenarios=`` all else that they set holds for every scenario.
    config_dir : str, optional
        A user's own config folder; its ``scenario/*.yaml`` come on top of cisim's.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    names = find_names(VERB, config_dir)
    study, options = compose_one(overrides, names)
    study = with_posterior(study, options.posterior)
    planned = study if options.scenarios is None else _side_by_side(options.scenarios, overrides, names)
    _check_trajectories(planned)
    return planned


def _check_trajectories(study: Study) -> None:
    """Raise InputError where the trajectories, which the comparison reads as a whole, do not fit into memory."""
    if not study.trajectories:
        return
    n_points = study.points().n_points if study.design is not None else len(study.strategies)
    runs, months = n_points * study.replicates, study.params.observation.horizon
    each = months * (len(KEY) + 1 + len(SERIES)) * BYTES
    check_memory(f"{months} months of {runs} runs", runs, each, "give fewer replicates=, or trajectories=false")


def _side_by_side(listed: object, overrides: Sequence[str], names: Names) -> Study:
    """Return the study of whole scenarios; InputError if one is named twice, or another option says otherwise."""
    chosen = [str(name) for name in listed] if isinstance(listed, list) else [str(listed)]
    twice = [name for name in chosen if chosen.count(name) > 1]
    if twice or not chosen:
        complaint = f"{twice[0]} twice" if twice else "none"
        raise InputError(f"scenarios=[{','.join(chosen)}] names {complaint}; name each scenario once")
    keys = {parse(text).key_or_group for text in overrides}
    for other in OTHERWISE:
        if other in keys:
            raise InputError(f"scenarios= compares scenarios as they are, and {other}= does not; give one of them")
    plain = [text for text in overrides if parse(text).key_or_group != "scenarios"]
    studies = {name: compose_one([*plain, f"scenario={name}"], names)[0] for name in chosen}
    cases = {name: study.params for name, study in studies.items()}
    design = Design(columns={SCENARIO: np.array(chosen, dtype=object)}, kind=ARMS)
    return replace(studies[chosen[0]], scenario="+".join(chosen), strategies=(), design=design, cases=cases)
