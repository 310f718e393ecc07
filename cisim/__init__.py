"""Agent-based simulation of collective-impact coalitions.

::

    import cisim

    tables = cisim.compare("hondream", replicates=500, seed=1)
    runs = cisim.simulate("hondream", overrides=["backbone.spacing=0"]).runs
"""

from typing import TYPE_CHECKING, Any

from cisim._version import __version__

if TYPE_CHECKING:
    from cisim.api import compare, simulate

__all__ = ["__version__", "compare", "simulate"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import `compare` and `simulate` when they are first used: they need pandas and Hydra."""
    if name not in ("compare", "simulate"):
        raise AttributeError(f"module 'cisim' has no attribute '{name}'")
    import cisim.api

    return getattr(cisim.api, name)


def __dir__() -> list[str]:
    return __all__
