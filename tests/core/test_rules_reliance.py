"""Living on another's resources: E60 to E64, E118, E191 to E195."""

from collections.abc import Callable

from hypothesis import given

from cisim.core.rules.reliance import (
    autonomy_lost,
    concentration,
    dependence_next,
    drifted_weight,
    felt_dependence,
    mean_weight,
    means_left,
    means_share,
    relief,
    share_lost,
    sides_concentration,
)
from tests.core.tables import POSITIVE, SHARE, Case, about, cases, quick

DRIFTING = {"weight": 0.8, "provider_weight": 0.3, "drift": 0.1, "concentration": 0.5}
BIPARTITE = {"strength": 0.6, "platform": 0.0, "concentration": 1.0}
UNRELIEVED = {"strength": 0.6, "relational_governance": 0.0, "closed": 0.0}
LIVING_ON = {"concentration": 0.5, "weight": 0.7, "founding_weight": 0.8, "provider_weight": 0.3}

TABLE: list[Case] = [
    (share_lost, {"dependence": 0.4, "provider_level": 0.75}, 0.1),
    (share_lost, {"dependence": 0.4, "provider_level": 0.0}, 0.4),
    (share_lost, {"dependence": 0.4, "provider_level": 1.3}, 0.0),
    (dependence_next, {"dependence": 0.4, "provider_present": 1, "decay": 0.1}, 0.4),
    (dependence_next, {"dependence": 0.4, "provider_present": 0, "decay": 0.1}, 0.36),
    # one provider; shares of 0.3 and 0.1; two equal ones
    (concentration, {"squares": 0.16, "total": 0.4}, 1.0),
    (concentration, {"squares": 0.1, "total": 0.4}, 0.625),
    (concentration, {"squares": 2.0, "total": 2.0}, 0.5),
    (relief, BIPARTITE | {"relational_governance": 0.5, "closed": 0.5}, 0.45),
    (relief, BIPARTITE | {"relational_governance": 0.0, "closed": 0.0}, 0.0),
    (relief, BIPARTITE | {"relational_governance": 1.0, "closed": 0.0}, 0.6),
    (relief, BIPARTITE | {"relational_governance": 0.0, "closed": 1.0}, 0.6),
    # two equal providers share a platform: half of what binds is left
    (relief, UNRELIEVED | {"platform": 1.0, "concentration": 0.5}, 0.3),
    (relief, UNRELIEVED | {"platform": 0.5, "concentration": 0.5}, 0.15),
    (relief, UNRELIEVED | {"platform": 1.0, "concentration": 1.0}, 0.0),
    (relief, UNRELIEVED | {"platform": 1.0, "concentration": 0.5, "relational_governance": 0.5}, 0.45),
    (drifted_weight, DRIFTING | {"dependence": 0.5, "relieved": 0.2}, 0.79),
    (drifted_weight, DRIFTING | {"dependence": 0.0, "relieved": 0.2}, 0.8),
    (drifted_weight, DRIFTING | {"dependence": 0.5, "relieved": 1.0}, 0.8),
    # own drift 0.1, half the distance to the providers 0.2
    (autonomy_lost, LIVING_ON | {"dependence": 0.5, "relieved": 0.5}, 0.0375),
    (autonomy_lost, LIVING_ON | {"dependence": 0.0, "relieved": 0.5}, 0.0),
    (autonomy_lost, LIVING_ON | {"dependence": 0.5, "relieved": 1.0}, 0.0),
    (means_left, {"budget": 0.8, "lost": 0.25}, 0.6),
    (means_share, {"dependence": 0.5, "size": 3.0, "total": 5.0}, 0.3),
    (mean_weight, {"weighted": 0.12, "total": 0.4}, 0.3),
    (felt_dependence, {"dependence": 0.4, "one_sided": 0.5}, 0.2),
    (sides_concentration, {"larger": 4.0, "third": 4.0, "engaged": 0.0}, 1.0),
    (sides_concentration, {"larger": 4.0, "third": 4.0, "engaged": 1.0}, 0.5),
    (sides_concentration, {"larger": 3.0, "third": 1.0, "engaged": 1.0}, 0.625),
]


@cases(TABLE)
def test_a_rule_gives_what_its_docstring_says(
    rule: Callable[..., float], arguments: dict[str, float], result: float
) -> None:
    assert rule(**arguments) == about(result)


@quick
@given(dependence=SHARE, level=POSITIVE, more=SHARE)
def test_what_a_provider_withdraws_is_lost_in_proportion_and_no_more(
    dependence: float, level: float, more: float
) -> None:
    lost = share_lost(dependence, level)
    assert 0.0 <= share_lost(dependence, level + more) <= lost <= dependence


@quick
@given(strength=SHARE, governance=SHARE, closed=SHARE, platform=SHARE, concentration=SHARE, more=SHARE)
def test_governance_third_parties_and_a_platform_relieve_dependence_up_to_the_strength_of_relief(
    strength: float, governance: float, closed: float, platform: float, concentration: float, more: float
) -> None:
    relieved = relief(strength, governance, closed, platform, concentration)
    assert relieved >= 0.0
    assert relieved <= relief(strength, min(1.0, governance + more), closed, platform, concentration) + 1e-15
    assert relieved <= relief(strength, governance, min(1.0, closed + more), platform, concentration) + 1e-15
    assert relieved <= relief(strength, governance, closed, min(1.0, platform + more), concentration) + 1e-15
    assert relieved <= relief(strength, governance, closed, platform, max(0.0, concentration - more)) + 1e-15
    assert relieved <= strength + 1e-15


@quick
@given(weight=SHARE, provider=SHARE, dependence=SHARE, concentration=SHARE, relieved=SHARE)
def test_a_mission_drifts_towards_the_provider_and_never_beyond(
    weight: float, provider: float, dependence: float, concentration: float, relieved: float
) -> None:
    now = drifted_weight(weight, provider, 0.05, dependence, concentration, relieved)
    assert min(weight, provider) - 1e-15 <= now <= max(weight, provider) + 1e-15


@quick
@given(dependence=SHARE, concentration=SHARE, weight=SHARE, founding=SHARE, provider=SHARE, relieved=SHARE)
def test_autonomy_is_lost_with_dependence_and_concentration_and_kept_by_relief(
    dependence: float, concentration: float, weight: float, founding: float, provider: float, relieved: float
) -> None:
    lost = autonomy_lost(dependence, concentration, weight, founding, provider, relieved)
    assert 0.0 <= lost <= autonomy_lost(1.0, concentration, weight, founding, provider, relieved)
    assert lost <= autonomy_lost(dependence, 1.0, weight, founding, provider, relieved)
    assert autonomy_lost(dependence, concentration, weight, founding, provider, 1.0) == 0.0 <= lost


def test_several_providers_are_a_lesser_burden_than_one() -> None:
    # two equal providers: concentration 1/2; one: concentration 1
    assert autonomy_lost(0.5, 0.5, 0.7, 0.8, 0.3, 0.0) == about(0.5 * autonomy_lost(0.5, 1.0, 0.7, 0.8, 0.3, 0.0))
