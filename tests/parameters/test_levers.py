"""The list of strategies names levers of the registry, and classes of the model."""

from cisim.agents.organisations import BASES
from cisim.agents.strategies import STRATEGY_CLASSES, without_strategies
from cisim.parameters import REGISTRY, Parameters, get, replace
from cisim.parameters.leadership import STRATEGIES


def test_every_strategy_has_a_lever_that_is_an_intensity_and_is_off_by_default() -> None:
    for name, lever in STRATEGIES.items():
        declared = REGISTRY[lever]
        assert (declared.role, declared.unit, declared.low, declared.high) == ("lever", "share", 0, 1), name
        assert declared.default == 0.0


def test_every_strategy_has_a_class_of_its_name() -> None:
    assert [cls.__name__.lower() for cls in STRATEGY_CLASSES] == list(STRATEGIES)
    assert [BASES[name] for name in STRATEGIES] == list(STRATEGY_CLASSES)


def test_without_strategies_all_their_levers_are_off_and_nothing_else_changes() -> None:
    full = replace(Parameters(), dict.fromkeys(STRATEGIES.values(), 1.0))
    assert all(get(full, lever) == 1.0 for lever in STRATEGIES.values())
    assert without_strategies(full) == Parameters()
