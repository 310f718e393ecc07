"""How a parameter is moved and what must move with it: regions, and the measure of an effect."""

from statistics import fmean
from typing import NamedTuple

from cisim.core.kernel.engine import simulate_compiled
from cisim.parameters import Value, replace
from tests.agents.settings import CALM, FIXED, LASTING, small

UP, DOWN, CHANGES = +1, -1, 0

Region = dict[str, Value]


class Move(NamedTuple):
    """One declared direction.

    Attributes
    ----------
    low, high : number or str
        The two values that are compared.
    outcome : str
        Column of the spell that moves; the mean over communities where there are several.
    sign : int
        What the theory says of `outcome` at `high` less that at `low`: UP, DOWN, or CHANGES where it says no sign.
    why : str
        The theory, or why there is no sign.
    region : dict
        Changes to the small, calm, lasting coalition that make the mechanism matter.
    months, replicates : int
        How long and how often the coalition is watched.
    """

    low: Value
    high: Value
    outcome: str
    sign: int
    why: str
    region: Region = {}
    months: int = 36
    replicates: int = 4


#: Where every mechanism is tried: nothing random strikes, nobody leaves or joins, money never runs out.
QUIET: Region = {**CALM, **FIXED, **LASTING}

#: Members may leave, so that hazards are above zero; few do.
LEAVING: Region = {"exit.base_rate": 0.001}

#: Many leave.
FLEEING: Region = {"exit.base_rate": 0.02, "backbone.grace_months": 1}

#: The founding grant and dues are less than the need, and there are no reserves.
SCARCE: Region = {
    "funding.grant_share": 0.5,
    "funding.own_income": 0.2,
    "funding.reserve_months": 0.0,
    "funding.in_kind": 0.0,
}

#: A short founding grant, so that applications decide.
APPLYING: Region = {**SCARCE, "funding.grant_months": 12, "funding.award_low": 1.0, "funding.award_high": 1.0}

#: Much has been promised: results disappoint. Little has been promised: they please.
DISAPPOINTED: Region = {"assessment.optimism": 1.6}
PLEASED: Region = {"assessment.optimism": 0.8}

#: Results fall from month to month.
DECLINING: Region = {
    "production.practice_start": 1.0,
    "production.practice_decay": 0.1,
    "production.practice_learning": 0.0,
}

GAZING: Region = {"backbone.gazing": 1.0}
ABSTRACTING: Region = {"backbone.abstracting": 1.0}
SPACING: Region = {"backbone.spacing": 1.0}

#: More members than the 25 at which the effects of size are 1.
LARGE: Region = {"population.nonprofits": 30}

#: A programme with a yearly cohort.
NURTURING: Region = {"cohort.intake": 40.0}

#: Bad years come often and hit all firms.
BAD_YEARS: Region = {
    "environment.bad_year_rate": 0.5,
    "environment.bad_year_cutters": 1.0,
    "environment.bad_year_cut": 0.8,
}

#: Everybody wants to join.
JOINING: Region = {"entry.rate": 0.5}


def effect(name: str, move: Move) -> float:
    """Return the mean paired difference of the outcome between the two values, in the same worlds."""
    return fmean(difference(name, move, replicate) for replicate in range(move.replicates))


def difference(name: str, move: Move, replicate: int) -> float:
    """Return the outcome at the high value less that at the low value, in one world."""
    low, high = (outcome(name, value, move, replicate) for value in (move.low, move.high))
    return high - low


def outcome(name: str, value: Value, move: Move, replicate: int) -> float:
    params = replace(small(QUIET, move.region, months=move.months), {name: value})
    record = simulate_compiled(params, seed=5, replicate=replicate)
    return fmean(float(spell.spell[move.outcome]) for spell in record.communities)
