"""What a researcher's own class must be to take the place of a built-in one."""

from cisim.agents.organisations import KIND_CLASSES
from cisim.agents.strategies import STRATEGY_CLASSES
from cisim.core.kinds import KINDS
from cisim.errors import InputError
from cisim.parameters.levers import STRATEGIES

#: Base class of every extension point, by its key in a config.
BASES: dict[str, type] = dict(zip((*KINDS, *STRATEGIES), (*KIND_CLASSES, *STRATEGY_CLASSES), strict=True))


def check(key: str, cls: object) -> None:
    """Raise InputError unless `cls` can stand at extension point `key`."""
    if key not in BASES:
        raise InputError(f"extensions.{key} is not known; choose one of {', '.join(BASES)}")
    base = BASES[key]
    if not (isinstance(cls, type) and issubclass(cls, base)):
        raise InputError(f"extensions.{key} must be a subclass of {base.__module__}.{base.__name__}, found {cls!r}")
