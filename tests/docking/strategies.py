"""Configurations from anywhere in the registry, made so that they are possible: nothing is drawn and thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cisim.core.kinds import CORPORATION, LEAD_KINDS, SECTORS, SOCIAL_ENTERPRISE
from cisim.parameters import REGISTRY, Parameters, Value, replace

#: Largest seed and largest number of a replicate.
LARGEST_KEY = 2**63 - 1

#: Most members that a drawn coalition may have, and months that it may be watched.
MOST, LONGEST = 60, 240

#: Parameters that count the founding members of each kind, in the order of the kinds.
COUNTS = tuple(
    f"population.{name}" for name in ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")
)

#: Strategies of the backbone, the cohort, and tactics of the weaker side.
LEVERS = (
    *(f"backbone.{name}" for name in ("gazing", "abstracting", "spacing")),
    "cohort.intake",
    *(f"tactics.{name}" for name in ("broker", "networking", "haloing", "third_party")),
    "joint_platform.intensity",
)
#: Whether there is a platform.
PLATFORM = "platform.presence"

Changes = dict[str, Value]
T = TypeVar("T")


@dataclass(frozen=True)
class Configuration:
    """A run: the parameters that were drawn, and the keys of all its draws."""

    drawn: Changes
    seed: int
    replicate: int

    def __repr__(self) -> str:
        """Only what differs from the defaults: what a failing example is about."""
        changes = {name: value for name, value in self.drawn.items() if value != REGISTRY[name].default}
        return f"replace(Parameters(), {changes}), seed={self.seed}, replicate={self.replicate}"

    @property
    def params(self) -> Parameters:
        return replace(Parameters(), self.drawn)


def numbers(low: float, high: float, *, whole: bool) -> st.SearchStrategy[Value]:
    """Numbers of a range; every third one is one of its ends."""
    inside = st.integers(int(low), int(high)) if whole else st.floats(low, high)
    ends = st.sampled_from([int(low), int(high)] if whole else [float(low), float(high)])
    return st.one_of(inside, inside, ends)


def values(name: str) -> st.SearchStrategy[Value]:
    """Values of a parameter, from the whole of its declared range; the default is the simplest."""
    declared = REGISTRY[name]
    if declared.choices:
        return st.sampled_from(sorted(declared.choices, key=lambda choice: choice != declared.default))
    return st.just(declared.default) | numbers(declared.low, declared.high, whole=isinstance(declared.default, int))


@st.composite
def compositions(draw: st.DrawFn) -> Changes:
    """A lead, an organisation that can take it, one of another sector, and others of a few kinds or of all.

    One in three is negotiated, and has the two sides that this needs.
    """
    lead, is_negotiated = draw(values("backbone.lead")), draw(st.integers(1, 3)) == 3
    first = LEAD_KINDS[lead] if lead in LEAD_KINDS else draw(st.integers(0, 4))
    second = draw(st.sampled_from([kind for kind in range(5) if SECTORS[kind] != SECTORS[first]]))
    sides = (CORPORATION, SOCIAL_ENTERPRISE) if is_negotiated else (first, second)
    needed = [*sides, *([first] if lead in LEAD_KINDS and first not in sides else [])]
    further = draw(numbers(0, MOST - len(needed), whole=True))
    present = draw(st.lists(st.integers(0, 4), min_size=1, unique=True))
    members = [*needed, *draw(st.lists(st.sampled_from(present), min_size=further, max_size=further))]
    return {
        "backbone.lead": lead,
        "ending.least_members": draw(fewest_of(len(members))),
        "formation.mode": "negotiated" if is_negotiated else "given",
        **{name: members.count(kind) for kind, name in enumerate(COUNTS)},
    }


def fewest_of(present: int) -> st.SearchStrategy[Value]:
    """Members below which a coalition of so many ends."""
    declared = REGISTRY["ending.least_members"]
    return numbers(declared.low, min(declared.high, present), whole=True)


@st.composite
def levers(draw: st.DrawFn) -> Changes:
    """Strategies of the backbone and tactics, each absent, full or in between, and a cohort or none."""
    return {name: draw(values(name)) for name in LEVERS}


@st.composite
def grants(draw: st.DrawFn) -> Changes:
    """Smallest and largest award, shortest and longest term, in order."""
    changes: Changes = {}
    for name, whole in (("award", False), ("term", True)):
        low, high = REGISTRY[f"funding.{name}_low"], REGISTRY[f"funding.{name}_high"]
        largest = draw(numbers(high.low, high.high, whole=whole))
        smallest = draw(numbers(low.low, min(low.high, largest), whole=whole))
        changes |= {f"funding.{name}_low": smallest, f"funding.{name}_high": largest}
    return changes


@st.composite
def windows(draw: st.DrawFn) -> Changes:
    """A horizon, long more often than short; a milestone and a scheduled shock, most often before the horizon."""
    short, long = st.integers(1, 24), st.integers(LONGEST // 2, LONGEST)
    horizon = draw(st.one_of(short, long, long, st.sampled_from([1, LONGEST, LONGEST])))
    soon = numbers(1, horizon, whole=True)
    return {
        "observation.horizon": horizon,
        "observation.milestone": draw(st.one_of(soon, soon, values("observation.milestone"))),
        "shocks.scheduled_class": draw(values("shocks.scheduled_class")),
        "shocks.scheduled_month": draw(st.one_of(soon, soon, values("shocks.scheduled_month"))),
        "shocks.scheduled_size": draw(values("shocks.scheduled_size")),
    }


@st.composite
def outside_endings(draw: st.DrawFn) -> Changes:
    """The hazard of an ending from outside: in four of five none, or few runs would last."""
    hazard = "environment.imposed_hazard"
    is_imposed = draw(st.integers(1, 5)) == 5
    return {hazard: draw(values(hazard)) if is_imposed else 0.0}


#: A larger side that selects at once, and a weaker one that does not give up.
OPEN: Changes = {
    **{"formation.giving_up": 0.0, "formation.limit_months": 240, "formation.bar": 0.0, "formation.spread": 0.0},
    **{"formation.broker_rate": 0.3, "formation.readiness": 2.0, "tactics.broker": 1.0},
}


@st.composite
def neighbours(draw: st.DrawFn, *, is_tied: bool) -> Changes:
    """In three of five one community, else a few; if they may be tied, practice and platform in any of their ways."""
    number = draw(st.sampled_from([1, 1, 1, 2, 3]))
    ways: Changes = {"practice.mode": "off", PLATFORM: "absent"}
    return {"communities.number": number, **({name: draw(values(name)) for name in ways} if is_tied else ways)}


#: Parameters that are drawn one by one; all others are drawn above.
ALONE = tuple(
    name
    for name in REGISTRY
    if name not in (*COUNTS, *LEVERS, "backbone.lead", "ending.least_members", "environment.imposed_hazard")
    and name not in ("formation.mode", "communities.number", "practice.mode", PLATFORM)
    and not name.startswith(("funding.award", "funding.term", "observation.", "shocks.scheduled"))
)


@st.composite
def single_values(draw: st.DrawFn) -> Changes:
    """Values of a few of the other parameters, or of all at once: near the defaults, or far from them."""
    few = st.lists(st.sampled_from(ALONE), max_size=12, unique=True)
    names = draw(st.one_of(few, few, st.just(ALONE)))
    return draw(st.fixed_dictionaries({name: values(name) for name in names}))


#: A third body that is soon won.
HELPED: Changes = {"formation.structural": 0.8, "formation.engagement_rate": 1.0, "tactics.third_party": 1.0}


@st.composite
def openings(draw: st.DrawFn) -> Changes:
    """In half of all, an open door for who negotiates, or few would be formed; in half of these a third body too."""
    return draw(st.sampled_from([{}, {}, OPEN, OPEN | HELPED]))


@st.composite
def configurations(draw: st.DrawFn) -> Configuration:
    """A run of any configuration that the registry allows, of 2 to 60 members, 240 months and a few communities."""
    members = draw(compositions())
    is_negotiated = members["formation.mode"] == "negotiated"
    parts = (levers(), grants(), windows(), outside_endings(), neighbours(is_tied=not is_negotiated), single_values())
    drawn = members | {name: value for part in (*parts, openings()) for name, value in draw(part).items()}
    keys = numbers(0, LARGEST_KEY, whole=True)
    return Configuration(drawn, seed=draw(keys), replicate=draw(keys))


def each(strategy: st.SearchStrategy[T], number: int, test: Callable[[T], None]) -> None:
    """Call `test` with `number` examples; the first that fails is made small.

    Hypothesis derives them from the test and from constants of the modules at hand, not from chance.
    """
    derive = settings(
        max_examples=number, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    derive(given(strategy)(test))()
