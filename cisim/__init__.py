"""Agent-based simulation of collective-impact coalitions.

::

    import cisim

    tables = cisim.compare("hondream", replicates=500, seed=1)
    runs = cisim.simulate("hondream", overrides=["backbone.spacing=0"]).runs
    sweep = cisim.sweep("minimal", overrides=["backbone.gazing=0,0.5,1"]).runs
"""

from typing import TYPE_CHECKING, Any

from cisim._version import __version__

if TYPE_CHECKING:
    from cisim.api import compare, simulate, sweep

__all__ = ["__version__", "compare", "simulate", "sweep"]


def __getattr__(name: str) -> Any:
    """Import a function when it is first used: it needs pandas and Hydra."""
    if name not in __all__:
        raise AttributeError(f"module 'cisim' has no attribute '{name}'")
    import cisim.api

    return getattr(cisim.api, name)


def __dir__() -> list[str]:
    return __all__
