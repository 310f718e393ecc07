"""Comparisons of whole scenarios: one arm for each, as it stands."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from omegaconf import ListConfig

from cisim.config.compose import compose_one
from cisim.config.names import Names
from cisim.config.overrides import parse
from cisim.errors import InputError
from cisim.study.arms_design import ARMS
from cisim.study.design import SCENARIO, Design
from cisim.study.study import Study

#: Options that say what the arms are, or whose they are.
OTHERWISE = ("scenario", "strategies", "intensity", "posterior")


def compose_side_by_side(listed: object, overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> Study:
    """Compose the study that ``cisim compare scenarios=[...]`` runs.

    Parameters
    ----------
    listed : object
        Value of ``scenarios=``: one name, or a list of names.
    overrides : sequence of str
        The whole command line; what else it sets holds for every scenario.
    names, folders
        As for `cisim.config.compose.compose_one`.

    Raises
    ------
    InputError
        If a scenario is named twice or not known, or another option says otherwise.
    """
    chosen = [str(name) for name in listed] if isinstance(listed, ListConfig) else [str(listed)]
    twice = [name for name in chosen if chosen.count(name) > 1]
    if twice or not chosen:
        told = f"{twice[0]} twice" if twice else "none"
        raise InputError(f"scenarios=[{','.join(chosen)}] names {told}; name each scenario once")
    keys = {parse(text).key_or_group for text in overrides}
    for other in OTHERWISE:
        if other in keys:
            raise InputError(f"scenarios= compares scenarios as they are, and {other}= does not; give one of them")
    plain = [text for text in overrides if parse(text).key_or_group != "scenarios"]
    studies = {name: compose_one([*plain, f"scenario={name}"], names, folders)[0] for name in chosen}
    cases = {name: study.params for name, study in studies.items()}
    design = Design(columns={SCENARIO: np.array(chosen, dtype=object)}, kind=ARMS)
    return replace(studies[chosen[0]], scenario="+".join(chosen), strategies=(), design=design, cases=cases)
