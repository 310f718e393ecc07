"""Recommendations for a case: its options and what is uncertain in, a study with its plan out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cisim.config.names import Names
from cisim.config.uncertainty import read_case
from cisim.config.values import listed, window_of
from cisim.parameters.levers import STRATEGIES
from cisim.questions.advise.plan import CONTRACT, PERIOD, advice_design, choices_of
from cisim.study.study import Study

#: Parameters that the options set.
LEVERS = (CONTRACT, PERIOD, *(f"backbone.{name}" for name in STRATEGIES))

#: Months of contracts and periods that are options besides those of the case, unless the command line gives one.
CONTRACTS, PERIODS = (12, 36, 60), (12, 24, 48)


def compose_advise(overrides: Sequence[str], names: Names, folders: Sequence[Path]) -> Study:
    """Compose the study that ``cisim advise`` runs; InputError for every bad input, in one line."""
    case = read_case(overrides, names, folders, levers=LEVERS)
    study, own = case.study, case.study.params.backbone
    usual = {
        "contracts": (CONTRACT, own.contract_months, CONTRACTS),
        "periods": (PERIOD, own.gazing_period, PERIODS),
    }
    months = {
        option: listed(case.config, option, int) or ([value] if name in case.fixed else sorted({value, *others}))
        for option, (name, value, others) in usual.items()
    }
    advice = choices_of(study.strategies, months["contracts"], months["periods"], study.params)
    advice = replace(advice, tau=window_of(case.config.tau, study.params.observation.horizon))
    design = advice_design(advice, study.params, study.intensity)
    return case.over_states(replace(study, design=design, task=advice))
