"""What varies in a table of runs: the parameters that a sweep moves, and the arms that it compares at each point."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

#: Up to so many design points each is an arm of its own, so that whole curves can be set side by side.
FEW_POINTS = 8
#: Of more points along one parameter, so many are, spread evenly.
CHOSEN = 5


@dataclass(frozen=True)
class Variation:
    """What varies between the runs of a result."""

    varied: tuple[str, ...]
    """Parameters, by dotted name, that vary within an arm; none in a comparison or a single run."""
    has_arms: bool
    """Whether the strategies label varies beyond the varied parameters."""
    n_points: int
    """Distinct settings, arms included."""

    @property
    def is_sweep(self) -> bool:
        """Whether any parameter varies within an arm."""
        return bool(self.varied)


def read_variation(runs: pd.DataFrame, parameters: Sequence[str] | None = None) -> Variation:
    """Return what varies in a table of runs.

    Parameters
    ----------
    runs : DataFrame
        Column strategies and one column for each parameter that may vary.
    parameters : sequence of str, optional
        Their names; by default every column with a dot in its name.

    Returns
    -------
    Design
        A parameter that differs between arms only (the intensities of a comparison) belongs to the arm. A label that
        follows from the varied parameters (a sweep of an intensity, from "none" to "spacing") is no arm.
    """
    names = [str(name) for name in runs if "." in str(name)] if parameters is None else list(parameters)
    settings = runs[["strategies", *names]].drop_duplicates()
    n_labels = len(settings["strategies"].drop_duplicates())
    varied = tuple(name for name in names if len(settings[["strategies", name]].drop_duplicates()) > n_labels)
    labels = settings.groupby(list(varied), dropna=False)["strategies"].nunique().max() if varied else n_labels
    has_arms = bool(labels > 1)
    points = settings[["strategies", *varied]] if has_arms or not varied else settings[list(varied)]
    return Variation(varied, has_arms, len(points.drop_duplicates()))


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Last part of each dotted name, or the whole name where two would be alike."""
    lasts = [name.rpartition(".")[2] for name in names]
    return {name: last if lasts.count(last) == 1 else name for name, last in zip(names, lasts, strict=True)}


def point_labels(runs: pd.DataFrame, design: Variation) -> pd.Series:
    """Label of each run's design point, such as ``divergence=0.4`` or ``all, divergence=0.4``."""
    short = short_names(design.varied)
    parts = [short[name] + "=" + runs[name].map(_plain) for name in design.varied]
    if design.has_arms:
        parts.insert(0, runs["strategies"].astype(str))
    label = parts[0]
    for part in parts[1:]:
        label = label + ", " + part
    return label


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def chosen_values(runs: pd.DataFrame, design: Variation) -> list[object] | None:
    """Values of the only varied parameter whose curves are drawn where there are too many; None for other designs."""
    if len(design.varied) != 1 or design.has_arms:
        return None
    values = sorted(runs[design.varied[0]].unique())
    places = sorted({round(i * (len(values) - 1) / (CHOSEN - 1)) for i in range(CHOSEN)})
    return [values[place] for place in places]
