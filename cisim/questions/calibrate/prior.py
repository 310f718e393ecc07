"""Priors: the ranges and distributions of the registry, and which parameters are calibrated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameter, Parameters, get, lookup
from cisim.parameters.checks import TOGETHER, check_together
from cisim.study.design import Factor

Floats = NDArray[np.float64]

#: Names of sets of parameters.
BEHAVIOUR, UNCERTAINTIES = SETS = ("behaviour", "uncertainties")

#: Groups of parameters that say how organisations and their backbone behave; the others are who there is, what
#: befalls them (numbers with published sources), and the enterprises that they nurture, which bear on no duration.
BEHAVIOURAL = (
    "funding",
    "conditions",
    "agenda",
    "framing",
    "contribution",
    "production",
    "assessment",
    "conflict",
    "trust",
    "dependence",
    "commitment",
    "exit",
    "entry",
    "ending",
)


def choose_parameters(wanted: str | Sequence[str]) -> tuple[str, ...]:
    """Names of the parameters that are calibrated, in the order of the registry.

    Parameters
    ----------
    wanted : str or sequence of str
        ``behaviour`` (the uncertainties of `BEHAVIOURAL`), ``uncertainties`` (all but those of the cohort), a group
        such as ``exit``, a dotted name, or several of these.

    Raises
    ------
    InputError
        If there is no such parameter, or it is a lever or a fact of the case.
    """
    listed = [wanted] if isinstance(wanted, str) else [str(name) for name in wanted]
    chosen = {name for text in listed for name in _named(text)}
    if not chosen:
        raise InputError("parameters=[] names none; give behaviour, uncertainties, or dotted names")
    return tuple(name for name in REGISTRY if name in chosen)


def _named(text: str) -> list[str]:
    uncertain = [name for name, declared in REGISTRY.items() if declared.role == "uncertainty"]
    group = [name for name in uncertain if name.split(".")[0] == text.removesuffix(".*")]
    if text == BEHAVIOUR:
        return [name for name in uncertain if name.split(".")[0] in BEHAVIOURAL]
    if text == UNCERTAINTIES:
        return [name for name in uncertain if not name.startswith("cohort.")]
    if group:
        return group
    if lookup(text).role != "uncertainty" or lookup(text).choices:
        raise InputError(f"{text} is a {lookup(text).role}, which is not calibrated; name uncertainties only")
    return [text]


@dataclass(frozen=True)
class Prior:
    """Independent priors of some parameters of a case; a point is given by its shares of the distributions.

    Attributes
    ----------
    names : tuple of str
        Dotted names.
    params : Parameters
        Everything else.
    """

    names: tuple[str, ...]
    params: Parameters

    def values(self, shares: Floats) -> Mapping[str, Floats]:
        """Values at shares (0 to 1) of each distribution, shape (n, n_parameters), by name."""
        found = {}
        for i, name in enumerate(self.names):
            declared = REGISTRY[name]
            found[name] = Factor(name=name, low=declared.low, high=declared.high).at(shares[:, i])
        return found

    def declared(self, name: str) -> Parameter:
        """Return the declaration of a parameter."""
        return REGISTRY[name]

    def share(self, name: str, values: Floats) -> Floats:
        """Shares (0 to 1) of the prior of a parameter at which `values` lie; for a whole number, in its middle."""
        declared = REGISTRY[name]
        assert declared.low is not None
        assert declared.high is not None
        if isinstance(declared.default, int):
            return np.asarray((values - declared.low + 0.5) / (declared.high - declared.low + 1), dtype=np.float64)
        if declared.distribution == "loguniform":
            return np.asarray(np.log(values / declared.low) / np.log(declared.high / declared.low), dtype=np.float64)
        return np.asarray((values - declared.low) / (declared.high - declared.low), dtype=np.float64)

    def own_values(self) -> dict[str, float]:
        """Values of the case as it is."""
        return {name: float(get(self.params, name)) for name in self.names}

    def own_shares(self) -> Floats:
        """Shares at which the case as it is lies, shape (n_parameters,)."""
        return np.array([self.share(name, np.array([value]))[0] for name, value in self.own_values().items()])

    def is_possible(self, shares: Floats) -> NDArray[np.bool_]:
        """Whether the values of each point fit together, shape (n,); elsewhere the prior is 0."""
        bound = [name for name in TOGETHER if name in self.names]
        if not bound:
            return np.ones(len(shares), dtype=bool)
        fixed = {name: get(self.params, name) for name in TOGETHER}
        values = self.values(shares)
        columns = [values[name].tolist() for name in bound]
        return np.array([_fits(fixed | dict(zip(bound, row, strict=True))) for row in zip(*columns, strict=True)])


def _fits(values: Mapping[str, float | str]) -> bool:
    try:
        check_together(values)
    except InputError:
        return False
    return True
