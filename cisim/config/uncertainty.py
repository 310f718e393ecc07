"""What is uncertain of a case: ``posterior=``, ``parameters=`` and ranges on the command line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace

from cisim.config.compose import compose_one
from cisim.config.factors import read_factors
from cisim.config.names import Names
from cisim.config.overrides import parse
from cisim.config.posterior import find_ensemble, over_ensemble
from cisim.config.values import listed
from cisim.errors import InputError
from cisim.parameters import REGISTRY
from cisim.study.design import SCENARIO, Factor, check_points
from cisim.study.parameter_sets import draw_states
from cisim.study.study import Study
from cisim.study.varying import choose


@dataclass(frozen=True)
class Case:
    """A case with what is not known of it.

    Attributes
    ----------
    study : Study
        The case, without a design.
    options : SimpleNamespace
        Options of the verb.
    factors : tuple of Factor
        Parameters with ranges.
    notes : tuple of str
        Why a parameter of a set has none.
    fixed : collection of str
        Parameters that the command line sets to one value.
    """

    study: Study
    options: SimpleNamespace
    factors: tuple[Factor, ...]
    notes: tuple[str, ...]
    fixed: Collection[str]

    def over_states(self, planned: Study) -> Study:
        """Return the planned study at every state of the world; InputError if a state is impossible."""
        states = draw_states(find_ensemble(self.options.posterior), self.factors, self.options.samples, self.study.seed)
        made = over_ensemble(planned, states, ranged=[factor.name for factor in self.factors])
        design = replace(made.points(), notes=(*self.notes, *made.points().notes))
        check_points(design, made.all_cases())
        return replace(made, design=design)


def read_case(
    overrides: Sequence[str],
    names: Names,
    *,
    default: Sequence[str] = (),
    levers: Collection[str],
) -> Case:
    """Read a case and the ranges of what is uncertain.

    Parameters
    ----------
    overrides, names
        As for :func:`cisim.config.compose.compose_one`.
    default : sequence of str
        Parameters, groups or sets that are uncertain where neither ranges nor ``parameters=`` are given.
    levers : collection of str
        Parameters that the verb sets itself and that cannot be uncertain.
    """
    plain, given = read_factors(overrides, names)
    for factor in given:
        if factor.name == SCENARIO or factor.name in levers:
            raise InputError(f"{factor.name} cannot be uncertain here; give it one value, or none")
    study, options = compose_one(plain, names)
    fixed = {parse(text).key_or_group for text in plain} & set(REGISTRY)
    wanted = listed(options, "parameters", str) or ([] if given else list(default))
    factors, notes = choose(wanted, given, fixed | set(levers), study.params) if wanted or given else ((), ())
    return Case(study, options, factors, notes, fixed)
