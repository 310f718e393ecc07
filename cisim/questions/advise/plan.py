"""Design of a recommendation: a point for each mix of strategies, contract and period of gazing."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from cisim.errors import InputError
from cisim.parameters import Parameters, replace
from cisim.questions.advise.choices import Advice, Option
from cisim.study.arms import arms_design, parse_label
from cisim.study.design import Design

CONTRACT, PERIOD = "backbone.contract_months", "backbone.gazing_period"


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
            replace(params, {name: month})
    strategies = arms_design(list(dict.fromkeys(labels)), params, intensity)
    place = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    rows = np.array([place[label] for label in labels])
    columns = {name: column[rows] for name, column in strategies.columns.items()}
    return Design("options", columns | {name: np.array(column) for name, column in months.items()})
