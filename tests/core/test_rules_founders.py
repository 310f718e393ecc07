"""Who an organisation is at founding: E1 to E4; its power: E11."""

from collections.abc import Callable

from hypothesis import given

from cisim.core.rules.common import power
from cisim.core.rules.joining import capability, founding_size, founding_weight, resonance
from tests.core.tables import LN2, NORMAL, SHARE, Case, about, cases, quick

CORPORATION = {"kind_mean": 0.3, "common": 0.62, "sd": 0.1}

TABLE: list[Case] = [
    (founding_weight, CORPORATION | {"divergence": 1.0, "z": 1.0}, 0.4),
    (founding_weight, CORPORATION | {"divergence": 1.0, "z": 0.0}, 0.3),
    (founding_weight, CORPORATION | {"divergence": 0.5, "z": 1.0}, 0.51),
    (founding_weight, CORPORATION | {"divergence": 0.0, "z": 5.0}, 0.62),
    (founding_weight, CORPORATION | {"divergence": 1.6, "z": -5.0}, 0.0),
    (founding_weight, CORPORATION | {"divergence": 1.6, "z": 9.0}, 1.0),
    (founding_size, {"median": 2.5, "sd": 0.4, "z": 0.0}, 2.5),
    (founding_size, {"median": 2.0, "sd": 0.5, "z": 2.0 * LN2}, 4.0),
    (founding_size, {"median": 2.0, "sd": 0.5, "z": -2.0 * LN2}, 1.0),
    (capability, {"mean": 0.8, "sd": 0.1, "z": -1.0}, 0.7),
    (capability, {"mean": 0.8, "sd": 0.1, "z": 5.0}, 1.0),
    (capability, {"mean": 0.1, "sd": 0.2, "z": -3.0}, 0.05),
    (resonance, {"mean": 0.7, "sd": 0.2, "z": 1.0}, 0.9),
    (resonance, {"mean": 0.7, "sd": 0.2, "z": 3.0}, 1.0),
    (resonance, {"mean": 0.2, "sd": 0.4, "z": -3.0}, 0.0),
    (power, {"size": 2.0, "commitment": 0.5, "holds_role": 0.0}, 1.0),
    (power, {"size": 2.0, "commitment": 0.5, "holds_role": 1.0}, 2.0),
    (power, {"size": 2.0, "commitment": 0.0, "holds_role": 1.0}, 0.0),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(first=SHARE, second=SHARE, divergence=SHARE, z=NORMAL)
def test_the_distance_between_kinds_is_scaled_by_divergence(
    first: float, second: float, divergence: float, z: float
) -> None:
    shift = 0.01 * z  # small enough for nobody to reach a bound
    inside = [0.3 + 0.4 * x for x in (first, second)]
    weights = [founding_weight(x, 0.5, divergence, 0.01, z) for x in inside]
    assert weights[0] - weights[1] == about(divergence * (inside[0] - inside[1]))
    assert weights[0] == about(0.5 + divergence * (inside[0] - 0.5 + shift))


@quick
@given(mean=SHARE, sd=SHARE, z=NORMAL, divergence=SHARE)
def test_weights_capabilities_and_resonance_stay_shares(mean: float, sd: float, z: float, divergence: float) -> None:
    assert 0.0 <= founding_weight(mean, 0.62, 1.6 * divergence, sd, z) <= 1.0
    assert 0.05 <= capability(mean, sd, z) <= 1.0
    assert 0.0 <= resonance(mean, sd, z) <= 1.0
    assert founding_size(0.1 + mean, sd, z) > 0.0
