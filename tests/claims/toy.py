"""Evidence of known law: effects of members in shared worlds, and a search over two parameters."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from cisim.questions.claims.claim import Claim, Term
from cisim.questions.claims.evidence import Evidence, Search

Floats = np.ndarray

MEMBERS, WORLDS, POINTS = 40, 32, 512


def claim(name: str, direction: int = 1, smallest: float = 0.0) -> Claim:
    """Return a claim in which only the name matters."""
    metric = "time_free_of_failure"
    return Claim(
        name=name,
        claim="claim",
        source="S1 1",
        passage="passage",
        scenario="hondream",
        arms={"with": {}, "none": {}},
        metric=metric,
        contrasts=((Term(1, "with", metric), Term(-1, "none", metric)),),
        direction=direction,
        smallest=smallest,
    )


def evidence(
    name: str,
    effect: Callable[[Floats, Floats, Floats], Floats],
    rng: np.random.Generator,
    *,
    noise: float = 40.0,
    spread: float = 10.0,
) -> Evidence:
    """Draw evidence on a claim whose effect is a function of two parameters and of what sets a member apart.

    Members differ in both parameters (uniform on 0 to 1) and in a trait (standard normal, times `spread`); a world adds
    noise of which half is common to all members.
    """
    x, y, trait = rng.random(MEMBERS), rng.random(MEMBERS), spread * rng.standard_normal(MEMBERS)
    common = rng.standard_normal(WORLDS)
    own = rng.standard_normal((MEMBERS, WORLDS))
    runs = effect(x, y, trait)[:, None] + noise * (common + own) / np.sqrt(2.0)
    member = rng.permutation(np.arange(POINTS) % MEMBERS)
    points = pd.DataFrame({"x": rng.random(POINTS), "y": rng.random(POINTS)})
    searched = effect(points["x"].to_numpy(), points["y"].to_numpy(), trait[member])
    values = searched + noise / 2.0 * rng.standard_normal(POINTS)
    search = Search(points, member, [[(1, values, None)]], 1)
    return Evidence(claim(name), np.full(MEMBERS, 1.0 / MEMBERS), runs[None], search)


def known_effect(x: Floats, y: Floats, trait: Floats) -> Floats:
    """Return +30 everywhere, plus what differs between members."""
    return 30.0 + trait


def known_reversal(x: Floats, y: Floats, trait: Floats) -> Floats:
    """Return +30 below x = 0.5 and -30 above."""
    return np.where(x < 0.5, 30.0, -30.0) + 0.0 * y + trait


def nothing(x: Floats, y: Floats, trait: Floats) -> Floats:
    """Return no effect in any member."""
    return np.zeros_like(x)


def centred(x: Floats, y: Floats, trait: Floats) -> Floats:
    """Return effects of both signs that are 0 on average."""
    return trait
