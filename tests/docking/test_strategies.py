"""Generated configurations come from the whole registry, and all of them are possible."""

from hypothesis import Phase, find, settings

from cisim.parameters import REGISTRY, Parameters, replace
from tests.docking.strategies import (
    ALONE,
    COUNTS,
    LEVERS,
    Changes,
    Configuration,
    compositions,
    configurations,
    each,
    grants,
    values,
    windows,
)

#: The same search at every call, that leaves what it finds as it is.
SEARCH = settings(derandomize=True, database=None, max_examples=2000, phases=[Phase.generate])


def test_every_parameter_is_drawn_alone_or_together_with_those_that_bind_it() -> None:
    def hold_all(configuration: Configuration) -> None:
        assert set(configuration.drawn) | set(ALONE) == set(REGISTRY)

    each(configurations(), 5, hold_all)


def test_near_and_far_from_the_defaults_are_both_drawn() -> None:
    sizes: list[int] = []
    each(configurations(), 40, lambda configuration: sizes.append(len(configuration.drawn)))
    assert max(sizes) == len(REGISTRY)
    assert min(sizes) < len(REGISTRY) / 4


def test_every_parameter_reaches_both_ends_of_its_range_and_between() -> None:
    for name in (*ALONE, *LEVERS):
        low, high = REGISTRY[name].low, REGISTRY[name].high
        for wanted in (lambda x: x == low, lambda x: x == high, lambda x: low < x < high):  # noqa: B023 - used at once
            find(values(name), wanted, settings=SEARCH)


def test_a_choice_reaches_every_category() -> None:
    for name, declared in REGISTRY.items():
        for choice in declared.choices:
            find(values(name), lambda value: value == choice, settings=SEARCH)  # noqa: B023 - used at once


def test_coalitions_are_possible_and_have_2_to_60_members() -> None:
    members: list[int] = []

    def note(drawn: Changes) -> None:
        members.append(sum(replace(Parameters(), drawn).population.counts))

    each(compositions(), 200, note)
    assert (min(members), max(members)) == (2, 60)
    assert len(set(members)) > 10


def test_given_and_negotiated_coalitions_are_drawn_and_bipartite_partnerships_of_both() -> None:
    for mode in ("given", "negotiated"):
        found = find(
            compositions(),
            lambda drawn: drawn["formation.mode"] == mode and sum(int(drawn[name]) for name in COUNTS) == 2,  # noqa: B023
            settings=SEARCH,
        )
        assert found["ending.least_members"] == 2


def test_every_kind_is_sometimes_absent() -> None:
    for kind in COUNTS:
        find(compositions(), lambda drawn: drawn[kind] == 0, settings=SEARCH)  # noqa: B023 - used at once


def test_awards_and_terms_are_in_order() -> None:
    each(grants(), 200, lambda drawn: replace(Parameters(), drawn) and None)


def test_coalitions_are_watched_for_1_to_240_months_and_shocks_mostly_strike_before() -> None:
    months: list[int] = []
    early: list[bool] = []

    def note(drawn: Changes) -> None:
        months.append(int(drawn["observation.horizon"]))
        early.append(int(drawn["shocks.scheduled_month"]) <= months[-1])

    each(windows(), 300, note)
    assert (min(months), max(months)) == (1, 240)
    assert sum(early) > len(early) / 2
