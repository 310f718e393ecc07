"""The configurations that are timed, composed as the command line composes them."""

from functools import cache

from cisim.parameters import Parameters
from cisim.questions.run.verb import plan_run

SCENARIOS = ("hondream", "ordinary", "minimal")
SEED = 1

#: Founding members of each kind out of 25, as in the scenario `ordinary`.
_MIX = {"corporations": 4, "nonprofits": 10, "funders": 3, "social_enterprises": 3, "public_agencies": 5}


@cache
def parameters(scenario: str, *overrides: str) -> Parameters:
    """Parameters of a scenario with overrides in Hydra's grammar."""
    return plan_run([f"scenario={scenario}", *overrides]).params


def of_size(n_members: int) -> tuple[str, ...]:
    """Name the overrides for `n_members` founding members in the mix of `ordinary`, one of each kind at least."""
    numbers = {kind: max(1, n_members * share // 25) for kind, share in _MIX.items()}
    numbers["nonprofits"] += n_members - sum(numbers.values())
    return tuple(f"population.{kind}={number}" for kind, number in numbers.items())
