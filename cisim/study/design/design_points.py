"""A design: every point of a study, one row each, as typed columns."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cisim.errors import InputError
from cisim.parameters import Parameters, Value, get
from cisim.parameters.checks import TOGETHER, check_together
from cisim.study.design.factor import SCENARIO, Column, as_column
from cisim.study.limits import check_memory, in_short

#: Most points that a design may have; each is worth at least one run.
LARGEST_DESIGN = 1_000_000

#: Bytes of memory that a value of a design takes while it is drawn and examined.
CELL = 80

#: Kind of the designs that vary more than a hundred parameters at once.
WIDE = "claims"


@dataclass(frozen=True, eq=False)
class Design:
    """Points of a study, each different from the others; without columns it is the case as it is, one point.

    Attributes
    ----------
    kind : str
        ``factorial``, ``table``, ``lhs``, ``sobol``, ``oat``, ``arms``, ``single`` or ``claims``.
    columns : mapping of str to ndarray
        One column of shape (n_points,) for each parameter varied, by dotted name, and one called ``scenario`` if
        that is varied; int64, float64, or object for text. They cannot be written to.
    notes : tuple of str
        Sentences that a user should read: what the design leaves out or gives up.

    Raises
    ------
    InputError
        If a name is not known, a value not of its type or not in its range, columns differ in length, there is no
        point or too many, or a point comes twice.
    """

    kind: str
    columns: Mapping[str, Column]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        columns = {name: as_column(name, values) for name, values in self.columns.items()}
        if len({len(column) for column in columns.values()}) > 1:
            lengths = ", ".join(f"{name} {len(column)}" for name, column in columns.items())
            raise InputError(f"columns of the design differ in length ({lengths}); give one value for each point")
        object.__setattr__(self, "columns", columns)
        check_size(self.n_points, len(columns))
        for column in columns.values():
            column.setflags(write=False)
        repeats = repeated(columns) if columns else np.zeros(1, dtype=bool)
        if repeats.any():
            raise InputError(
                f"point {repeats.argmax()} ({self.label(int(repeats.argmax()))}) comes twice; give it once"
            )

    @property
    def n_points(self) -> int:
        """Number of points."""
        return len(next(iter(self.columns.values()))) if self.columns else 1

    @property
    def parameters(self) -> tuple[str, ...]:
        """Dotted names of the parameters varied, in order; not the scenario."""
        return tuple(name for name in self.columns if name != SCENARIO)

    @property
    def told(self) -> tuple[str, ...]:
        """Parameters that are columns of every table of results; none if only the table of points has them."""
        return () if self.kind == WIDE else self.parameters

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Scenarios varied, each once, in order of first use; empty if the design keeps to one."""
        return tuple(dict.fromkeys(self.columns[SCENARIO])) if SCENARIO in self.columns else ()

    def scenario(self, point: int) -> str | None:
        """Scenario of a point; None if the design keeps to one."""
        return str(self.columns[SCENARIO][point]) if SCENARIO in self.columns else None

    def setting(self, point: int) -> dict[str, Value]:
        """Parameters varied and their values at a point, as plain Python values; not the scenario."""
        return {name: self.columns[name].item(point) for name in self.parameters}

    def rows(self) -> Iterator[dict[str, Value]]:
        """Yield the setting of every point, in order."""
        values = {name: self.columns[name].tolist() for name in self.parameters}
        for point in range(self.n_points):
            yield {name: column[point] for name, column in values.items()}

    def label(self, point: int) -> str:
        """One point in the grammar of the command line: ``scenario=minimal backbone.gazing=0.5``."""
        return " ".join(f"{name}={column.item(point)}" for name, column in self.columns.items())

    @property
    def labels(self) -> tuple[str, ...]:
        """Label of every point, in order; each is different."""
        return tuple(self.label(point) for point in range(self.n_points))

    def part(self, points: Column) -> "Design":
        """Return some of the points as a design; they need no further check."""
        made: Design = object.__new__(Design)
        columns = {name: column[points] for name, column in self.columns.items()}
        made.__dict__.update(kind=self.kind, columns=columns, notes=())
        return made

    def summary(self) -> dict[str, str | int | list[str]]:
        """Return kind, size and columns of the design, with a hash of its points."""
        return {"kind": self.kind, "points": self.n_points, "varied": list(self.columns), "digest": self._digest}

    @cached_property
    def _digest(self) -> str:
        """Hash of the points."""
        digest = hashlib.sha256()
        for name, column in self.columns.items():
            digest.update(f"{name}={column.tolist()!r};".encode())
        return digest.hexdigest()[:16]

    def frame(self) -> pd.DataFrame:
        """Points as a table, one row each, with the columns of the design; `build` takes it back as ``table=``."""
        return pd.DataFrame({name: column.copy() for name, column in self.columns.items()})


def cases(scenarios: Sequence[str], base: Mapping[str, Parameters]) -> tuple[str, ...]:
    """Scenarios in use: those varied, or the only one of `base` if none is; ValueError if `base` has others."""
    used = tuple(scenarios) or tuple(base)
    if not set(used) <= set(base) or (not scenarios and len(used) != 1):
        raise ValueError(f"the design varies the scenarios {tuple(scenarios)}, and those given are {tuple(base)}")
    return used


def check_size(n_points: int, n_columns: int = 1) -> None:
    """Raise InputError if a design of that many points is too large to keep, or for the memory that is there."""
    if n_points > LARGEST_DESIGN:
        raise InputError(
            f"the design has {in_short(n_points)} points, more than {LARGEST_DESIGN}; give fewer values, or "
            "intervals with design=sobol and samples="
        )
    check_memory(
        f"{n_points} points of {n_columns} parameters",
        n_points,
        CELL * n_columns,
        "give fewer values, or fewer samples=",
    )


def repeated(columns: Mapping[str, Column]) -> Column:
    """Return whether an earlier point is the same, for each point; shape (n_points,), bool."""
    return pd.DataFrame(dict(columns)).duplicated().to_numpy()


def check_points(design: Design, base: Mapping[str, Parameters]) -> None:
    """Raise InputError unless the parameters of every point fit together.

    Each value alone is in its range, or there would be no `Design`; here are the rules that bind several parameters
    (`cisim.parameters.checks`).

    Parameters
    ----------
    design : Design
        Its points.
    base : mapping of str to Parameters
        The scenarios of the design, or the one in use if it keeps to one.

    Raises
    ------
    InputError
        Naming the first point that does not fit, why, and how many do not.
    """
    varied = [name for name in TOGETHER if name in design.columns]
    if not varied:
        return
    verdicts: dict[tuple[Value, ...], str] = {}
    bad: list[tuple[int, str]] = []
    for scenario, points in split(design, base, np.arange(design.n_points)):
        fixed = {name: get(base[scenario], name) for name in TOGETHER}
        columns = [design.columns[name][points].tolist() for name in varied]
        for point, values in zip(points.tolist(), zip(*columns, strict=True), strict=True):
            key = (scenario, *values)
            if key not in verdicts:
                verdicts[key] = _verdict({**fixed, **dict(zip(varied, values, strict=True))})
            if verdicts[key]:
                bad.append((point, verdicts[key]))
    if bad:
        point, reason = min(bad)
        raise InputError(
            f"{len(bad)} of {design.n_points} points do not fit, first point {point} ({design.label(point)}): {reason}"
        )


def _verdict(values: Mapping[str, Value]) -> str:
    """Return the error of values that do not fit together; empty if they do."""
    try:
        check_together(values)
    except InputError as problem:
        return str(problem)
    return ""


def split(design: Design, base: Mapping[str, Parameters], points: Column) -> list[tuple[str, Column]]:
    """Return for each scenario in use which of `points` are of it, as places in `points`; see `cases`."""
    used = cases(design.scenarios, base)
    if not design.scenarios:
        return [(used[0], np.arange(len(points)))]
    column = design.columns[SCENARIO][points]
    return [(scenario, np.flatnonzero(column == scenario)) for scenario in used]
