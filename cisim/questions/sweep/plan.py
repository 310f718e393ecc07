"""Designs over parameters and scenarios, as a study."""

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

from cisim.config.compose import compose_one
from cisim.config.names import find_names
from cisim.config.overrides import read_factors, refuse_overlap
from cisim.config.uncertainty import with_posterior
from cisim.errors import InputError
from cisim.parameters import Parameters
from cisim.questions.sweep import VERB, SweepOptions
from cisim.study.design import SCENARIO, build
from cisim.study.replication import Replication
from cisim.study.study import Study


def plan_sweep(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim sweep`` runs: every scenario that it varies composed, and the design of them.

    Parameters
    ----------
    overrides : sequence of str
        In Hydra's grammar, of one value or of several, ``backbone.gazing=0,0.5,1``, or ``interval(0,1)``.
    config_dir : str, optional
        A user's own config folder; its ``scenario/*.yaml`` come on top of cisim's.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    names = find_names(VERB, config_dir)
    plain, factors = read_factors(overrides, names)
    varied = [str(scenario) for factor in factors if factor.name == SCENARIO for scenario in factor.values]

    def case(scenario: str) -> Parameters:
        return compose_one([*plain, f"scenario={scenario}"], names)[0].params

    first, options = compose_one([*plain, *(f"scenario={scenario}" for scenario in varied[:1])], names)
    design = build(
        factors,
        kind=options.design,
        samples=options.samples,
        seed=first.seed,
        base={scenario: case(scenario) for scenario in varied} or {first.scenario: first.params},
        table=options.table,
        scenarios=names.scenarios,
    )
    refuse_overlap(plain, design.columns)
    cases = {scenario: case(scenario) for scenario in design.scenarios} or {first.scenario: first.params}
    study = replace(
        first, scenario="+".join(cases), design=design, cases=cases, replication=_replication(options, first.params)
    )
    return with_posterior(study, options.posterior)


def _replication(options: SimpleNamespace, params: Parameters) -> Replication | None:
    """How precise every point has to be, if that is asked for."""
    if options.target is None:
        for name in ("target_of", "target_month", "budget"):
            value = getattr(options, name)
            if value != SweepOptions.__dataclass_fields__[name].default:
                raise InputError(f"{name}={value} has no effect without target=; give target=, or leave it out")
        return None
    month = params.observation.horizon if options.target_month is None else options.target_month
    return Replication(target=options.target, outcome=options.target_of, month=month, budget=options.budget)
