"""A declared parameter, and the four functions that declare one.

A parameter is declared once, as a field of a group (`Population`, `Backbone`, ...)::

    gazing: float = lever(0.0, "share", 0, 1, "S1 §4.3.1", "Intensity of gazing.")

Everything else (configuration schema, validation, tables, engine inputs) is derived from it.
"""

from dataclasses import dataclass, field
from numbers import Real
from typing import Any, Literal

from cisim.errors import InputError

Value = int | float | str
Role = Literal["uncertainty", "lever", "constant"]

#: Key under which a field carries its declaration.
METADATA = "cisim"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One declared parameter.

    Attributes
    ----------
    name : str
        Dotted name, for instance ``backbone.gazing``.
    default : int, float or str
        Value unless another is given; its type is the type of the parameter.
    unit : str
        Unit in words; ``"share"`` is a number in [0, 1].
    low, high : float or None
        Plausible range, both ends included; None for a category.
    choices : tuple of str
        Allowed categories; empty for a number.
    distribution : str
        ``uniform``, ``loguniform``, ``integers`` or ``choice`` over the range.
    role : str
        ``uncertainty`` (the world decides), ``lever`` (a backbone chooses) or ``constant`` (a case fact or a
        convention, not varied in an analysis).
    source : str
        Passage or paper that it comes from.
    description : str
        One sentence.
    """

    name: str
    default: Value
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    distribution: str
    role: Role
    source: str
    description: str

    def check(self, value: Value) -> None:
        """Raise InputError unless `value` is of the declared type and inside the declared range."""
        if self.choices:
            if value not in self.choices:
                raise InputError(f"{self.name}={value} is not known; choose one of {', '.join(self.choices)}")
            return
        if isinstance(value, bool) or not isinstance(value, Real):
            raise InputError(f"{self.name}={value!r} is not a number; give one from {self.range_text}")
        assert self.low is not None
        assert self.high is not None
        if not self.low <= value <= self.high:  # also refuses NaN
            raise InputError(f"{self.name}={value} is out of range; give a number from {self.range_text}")
        if isinstance(self.default, int) and value != int(value):
            raise InputError(f"{self.name}={value} is not a whole number; give one from {self.range_text}")

    @property
    def range_text(self) -> str:
        """The allowed values in words."""
        if self.choices:
            return ", ".join(self.choices)
        return f"{self.low:g} to {self.high:g}"


def _declare(role: Role, default: Value, unit: str, span: dict[str, Any], source: str, text: str) -> Any:
    """Build the dataclass field that carries a declaration."""
    declared = {"default": default, "unit": unit, "role": role, "source": source, "description": text, **span}
    return field(default=default, metadata={METADATA: declared})


def _span(default: Value, low: float, high: float, distribution: str | None) -> dict[str, Any]:
    fallback = "integers" if isinstance(default, int) else "uniform"
    return {"low": low, "high": high, "choices": (), "distribution": distribution or fallback}


def uncertainty(
    default: float, unit: str, low: float, high: float, source: str, text: str, distribution: str | None = None
) -> Any:
    """Declare a number that the world decides."""
    return _declare("uncertainty", default, unit, _span(default, low, high, distribution), source, text)


def lever(
    default: float, unit: str, low: float, high: float, source: str, text: str, distribution: str | None = None
) -> Any:
    """Declare a number that a backbone can choose."""
    return _declare("lever", default, unit, _span(default, low, high, distribution), source, text)


def constant(
    default: float, unit: str, low: float, high: float, source: str, text: str, distribution: str | None = None
) -> Any:
    """Declare a case fact or a convention."""
    return _declare("constant", default, unit, _span(default, low, high, distribution), source, text)


def choice(default: str, choices: tuple[str, ...], role: Role, source: str, text: str) -> Any:
    """Declare a category."""
    span = {"low": None, "high": None, "choices": choices, "distribution": "choice"}
    return _declare(role, default, "category", span, source, text)
