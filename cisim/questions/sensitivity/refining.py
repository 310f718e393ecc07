"""A screening and what follows on it: parameters that matter one at a time, the frozen ones together as one more."""

from collections.abc import Collection
from dataclasses import replace

from cisim.questions.sensitivity.designs import draw_plan, grouped_plan, note
from cisim.questions.sensitivity.plan import Sampling, as_design
from cisim.study.study import Study

#: Folder of the screening inside that of the whole analysis.
SCREENING = "screening"


def refined(screening: Study, frozen: Collection[str]) -> Study:
    """Make the second study out of the first: Sobol's indices of the parameters that are not frozen.

    Parameters
    ----------
    screening : Study
        Its sampling says what follows.
    frozen : collection of str
        Parameters that change together.

    Notes
    -----
    Nothing is fixed at a value: the total index of the frozen parameters together is what fixing them would lose
    (Sobol', Tarantola, Gatelli, Kucherenko & Mauntz 2007, Reliability Engineering & System Safety 92:957).
    """
    first = screening.task_as(Sampling)
    then, k = first.refining, len(first.factors)
    kept = [place for place, factor in enumerate(first.factors) if factor.name not in frozen]
    pairs = then.second_order
    if frozen:
        shares = grouped_plan(kept, k, then.samples, screening.seed, second_order=pairs)
    else:
        shares = draw_plan("sobol", k, then.samples, screening.seed, second_order=pairs)
    design, place = as_design("sobol", first.factors, shares, note("sobol", then.samples))
    names = tuple(factor.name for factor in first.factors if factor.name in frozen)
    plan = replace(first, method="sobol", samples=then.samples, shares=shares, place=place, second_order=pairs)
    sampling = replace(plan, frozen=names, then=None)
    return replace(screening, design=design, task=sampling)
