"""A design point: one setting of the parameters that a study varies."""

from collections.abc import Mapping
from dataclasses import dataclass

from cisim.parameters import Parameters, Value, replace


@dataclass(frozen=True, kw_only=True)
class Point:
    """One row of a design.

    Attributes
    ----------
    index : int
        Place in the design, from 0.
    label : str
        Label of the strategies in use (see `cisim.study.arms`).
    setting : mapping of str to int, float or str
        The varied parameters by dotted name; the same names at every point of a design.
    """

    index: int
    label: str
    setting: Mapping[str, Value]

    def apply(self, params: Parameters) -> Parameters:
        """Return `params` with the setting of this point; InputError if they do not fit."""
        return replace(params, self.setting)
