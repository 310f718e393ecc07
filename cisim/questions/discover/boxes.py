"""A box: ranges of some parameters, and categories of others."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Box:
    """Restrictions on parameters; a point is inside if it meets all of them.

    Attributes
    ----------
    ranges : mapping of str to tuple of float
        Lower and upper end, both inside; infinite where there is no restriction on that side.
    kept : mapping of str to frozenset of str
        Categories inside.
    """

    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    kept: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters restricted."""
        return (*self.ranges, *self.kept)

    def inside(self, points: pd.DataFrame) -> Bools:
        """Tell which points are inside, shape (n_points,)."""
        found = np.ones(len(points), dtype=bool)
        for name, (low, high) in self.ranges.items():
            values = points[name].to_numpy()
            found &= (values >= low) & (values <= high)
        for name, categories in self.kept.items():
            found &= points[name].isin(categories).to_numpy()
        return found

    def above(self, name: str, low: float) -> "Box":
        """Return the box with a higher lower end."""
        return replace(self, ranges={**self.ranges, name: (low, self.ranges.get(name, (-np.inf, np.inf))[1])})

    def below(self, name: str, high: float) -> "Box":
        """Return the box with a lower upper end."""
        return replace(self, ranges={**self.ranges, name: (self.ranges.get(name, (-np.inf, np.inf))[0], high)})

    def among(self, name: str, categories: frozenset[str]) -> "Box":
        """Return the box with other categories."""
        return replace(self, kept={**self.kept, name: categories})

    def without(self, name: str) -> "Box":
        """Return the box without restrictions on a parameter."""
        ranges, kept = ({n: v for n, v in part.items() if n != name} for part in (self.ranges, self.kept))
        return Box(ranges, kept)  # type: ignore[arg-type]
