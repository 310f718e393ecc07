"""Design of a recommendation: a point for each mix of strategies, contract and period of gazing."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from cisim.config.names import find_names, list_option, window_of
from cisim.config.uncertainty import read_case
from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.parameters import replace as change
from cisim.parameters.leadership import STRATEGIES
from cisim.questions.advise import VERB
from cisim.questions.advise.compute import Advice, Option
from cisim.study.arms_design import arms_design
from cisim.study.design import Design
from cisim.study.study import Study
from cisim.survival.words import parse_label

CONTRACT, PERIOD = "backbone.contract_months", "backbone.gazing_period"

#: Parameters that the options set.
LEVERS = (CONTRACT, PERIOD, *(f"backbone.{name}" for name in STRATEGIES))

#: Months of contracts and periods that are options besides those of the case, unless the command line gives one.
CONTRACTS, PERIODS = (12, 36, 60), (12, 24, 48)


def choices_of(labels: Sequence[str], contracts: Sequence[int], periods: Sequence[int], own: Parameters) -> Advice:
    """Cross mixes, contracts and, where gazing is in use, periods.

    Parameters
    ----------
    labels : sequence of str
        Mixes of strategies.
    contracts, periods : sequence of int
        Months.
    own : Parameters
        The case, whose period an option without gazing keeps.

    Raises
    ------
    InputError
        If there are fewer than two options, or a month is given twice.
    """
    for name, given in {"contracts": contracts, "periods": periods}.items():
        if not given or len(set(given)) < len(given):
            raise InputError(f"{name}=[{','.join(map(str, given))}] is no choice; give some months, each once")
    found = []
    for label, contract in product(labels, contracts):
        gazes = "gazing" in parse_label(label)
        found += [Option(label, contract, p) for p in (periods if gazes else [own.backbone.gazing_period])]
    if len(found) < 2:
        raise InputError("there is one option only; give several strategies=, contracts= or periods=")
    at = [place for place, o in enumerate(found) if (o.label, o.contract) == ("none", own.backbone.contract_months)]
    return Advice(choices=tuple(found), reference=at[0] if at else -1, tau=own.observation.horizon)


def advice_design(advice: Advice, params: Parameters, intensity: float | None) -> Design:
    """Return a point for each option; InputError if a month is out of range."""
    labels = [option.label for option in advice.choices]
    months = {
        CONTRACT: [option.contract for option in advice.choices],
        PERIOD: [option.period for option in advice.choices],
    }
    for name, column in months.items():
        for month in dict.fromkeys(column):
            change(params, {name: month})
    strategies = arms_design(list(dict.fromkeys(labels)), params, intensity)
    place = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    rows = np.array([place[label] for label in labels])
    columns = {name: column[rows] for name, column in strategies.columns.items()}
    return Design("options", columns | {name: np.array(column) for name, column in months.items()})


def plan_advise(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim advise`` runs; InputError for every bad input, in one line."""
    case = read_case(overrides, find_names(VERB, config_dir), levers=LEVERS)
    study, own = case.study, case.study.params.backbone
    usual = {
        "contracts": (CONTRACT, own.contract_months, CONTRACTS),
        "periods": (PERIOD, own.gazing_period, PERIODS),
    }
    months = {
        option: list_option(case.options, option, int) or ([value] if name in case.fixed else sorted({value, *others}))
        for option, (name, value, others) in usual.items()
    }
    advice = choices_of(study.strategies, months["contracts"], months["periods"], study.params)
    advice = replace(advice, tau=window_of(case.options.tau, study.params.observation.horizon))
    design = advice_design(advice, study.params, study.intensity)
    return case.over_states(replace(study, design=design, task=advice))
