"""Both engines agree on cases that bring out all that a coalition can meet, and at the edges of what can be asked."""

import pytest

from cisim.agents.model import PartnershipModel
from cisim.core.population import World
from cisim.parameters import Parameters, Value, replace
from tests.docking.cases import CASES, CONTENT, SMALL
from tests.docking.census import EVERYTHING, census
from tests.docking.engines import docked
from tests.docking.strategies import LARGEST_KEY

#: Replicates of each case.
REPLICATES = range(5)


def test_both_engines_agree_on_cases_that_leave_nothing_out() -> None:
    occurred = set()
    for changes in CASES.values():
        params = replace(Parameters(), changes)
        for replicate in REPLICATES:
            occurred |= census(params, docked(params, replicate=replicate))
    assert EVERYTHING - occurred == set()


def of_size(n: int, **changes: Value) -> dict[str, Value]:
    """Return a coalition of `n` members of all kinds."""
    kinds = ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")
    counts = {f"population.{kind}": n // 5 + (i < n % 5) for i, kind in enumerate(kinds)}
    return counts | {name.replace("__", "."): value for name, value in changes.items()}


EDGES: dict[str, dict[str, Value]] = {
    "one month": SMALL | {"observation.horizon": 1, "observation.milestone": 1},
    "three members": of_size(3, backbone__lead="corporate"),
    "sixty members": of_size(60),
    "a contract of six months": SMALL | {"backbone.contract_months": 6},
    "a round of two months": SMALL | {"backbone.gazing_period": 2, "backbone.gazing": 1.0},
    "a grace of one month": SMALL | {"backbone.grace_months": 1, "ending.unfunded_months": 1},
    "all shocks at once": SMALL
    | {"shocks.internal_rate": 0.5, "shocks.external_rate": 1.0, "shocks.relational_rate": 0.3},
    "two hundred enterprises a year": SMALL | {"cohort.intake": 200.0},
}


@pytest.mark.parametrize("changes", EDGES.values(), ids=EDGES)
def test_both_engines_agree_at_the_edges(changes: dict[str, Value]) -> None:
    for replicate in range(3):
        docked(replace(Parameters(), changes), replicate=replicate)


@pytest.mark.parametrize(
    ("seed", "replicate"), [(0, 0), (LARGEST_KEY, 0), (0, LARGEST_KEY), (LARGEST_KEY, LARGEST_KEY)]
)
def test_both_engines_agree_at_the_limits_of_seed_and_replicate(seed: int, replicate: int) -> None:
    docked(replace(Parameters(), SMALL), seed=seed, replicate=replicate)


def test_both_engines_agree_where_everybody_leaves_at_once() -> None:
    unbearable = {
        "conflict.agenda_clash": 3.0,
        "conflict.neglect": 5.0,
        "conflict.scale": 4.0,
        "exit.base_rate": 0.02,
        "exit.break_penalty": 0.0,
        "exit.conflict": 6.0,
        "exit.disappointment": 4.0,
        "exit.trust": 0.0,
        "trust.start": 0.1,
    }
    record = docked(replace(Parameters(), SMALL | unbearable))
    assert [(row["duration"], row["event_observed"]) for row in record.members] == [(1, True)] * 9


def test_both_engines_agree_on_what_was_open_at_the_horizon() -> None:
    patient = {
        "backbone.contract_months": 6,
        "backbone.grace_months": 36,
        "backbone.takeover_rate": 0.05,
        "ending.unfunded_months": 36,
        "exit.base_rate": 0.02,
        "exit.review": 2.0,
        "observation.horizon": 24,
    }
    params = replace(Parameters(), SMALL | patient)
    followed = []
    for replicate in range(20):
        record = docked(params, replicate=replicate)
        model = PartnershipModel(params, World(1, replicate))
        model.run()
        if model.month > params.observation.horizon:
            followed.append(record.spell["ending"])
    assert set(followed) == {"failed", "censored"}  # some lasted through the grace, some were mended


def test_both_engines_agree_on_a_log_that_outgrows_its_first_room() -> None:
    busy = of_size(
        60,
        observation__horizon=180,
        ending__agenda_size=0.0,
        funding__floor=0.0,
        population__tie_density=0.6,
        shocks__relational_rate=0.3,
        shocks__relational_size=0.0,
    )
    record = docked(replace(Parameters(), CONTENT | busy | {"exit.base_rate": 0.0}))
    assert len(record.events) > 4096


def test_both_engines_agree_where_partners_take_several_words_of_bits() -> None:
    crowd = of_size(130, observation__horizon=12, population__tie_density=0.6, entry__rate=1.0, entry__base=2.0)
    record = docked(replace(Parameters(), crowd))
    assert len(record.members) > 130


@pytest.mark.slow
def test_both_engines_agree_on_five_hundred_members() -> None:
    record = docked(replace(Parameters(), of_size(500, observation__horizon=24)))
    assert len(record.members) == 500
