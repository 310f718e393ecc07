"""Every rule is called with the parameter that its argument is meant for: all parameters have values of their own."""

import inspect
from collections.abc import Callable, Iterator
from operator import attrgetter
from types import ModuleType

import pytest

from cisim.core.rules import attention as agenda
from cisim.core.rules import attention as framing
from cisim.core.rules import collective_impact, funding, leaving, production, reliance, social_capital, surroundings
from cisim.core.rules import collective_impact as assessment
from cisim.core.rules import joining as entry
from cisim.core.rules import matching as partnership
from cisim.core.rules import social_capital as conflict
from cisim.parameters import REGISTRY, Parameters, Value, get, replace
from tests.agents.settings import SMALL, found

MODULES: tuple[ModuleType, ...] = (
    agenda,
    assessment,
    collective_impact,
    conflict,
    leaving,
    reliance,
    entry,
    surroundings,
    framing,
    funding,
    partnership,
    production,
    social_capital,
)

#: Arguments of rules and the parameters that they are; several where a rule is called for several purposes.
MEANT: dict[str, dict[str, str]] = {
    "attention": {"gazing": "backbone.gazing"},
    "switching_loss": {
        "cost": "agenda.switching_cost",
        "gazing": "backbone.gazing",
        "digest_months": "agenda.switching_months",
    },
    "remembered_attention": {"memory_months": "agenda.memory_months"},
    "effective_weight": {
        "abstracting": "backbone.abstracting",
        "pull": "framing.pull",
        "target": "framing.target",
    },
    "credibility": {"speed": "framing.adaptation"},
    "framing_factor": {
        "abstracting": "backbone.abstracting",
        "vagueness": "framing.vagueness",
        "discretion": "framing.discretion",
    },
    "frame_binding": {"abstracting": "backbone.abstracting"},
    "backlog_growth": {"abstracting": "backbone.abstracting", "growth": "framing.backlog_growth"},
    "backlog": {"decay": "framing.backlog_decay"},
    "hypocrisy": {"abstracting": "backbone.abstracting", "credible": "framing.credible"},
    "shirking": {
        "readiness": "contribution.shirking",
        "base": "contribution.shirking_base",
        "spacing_part": "contribution.shirking_spacing",
        "spacing": "backbone.spacing",
    },
    "size_factor": {"size_power": "contribution.shirking_size"},
    "role_input": {"holder_weight": "production.holder_weight"},
    "joint_input": {"reference": "production.reference", "elasticity": "production.role_elasticity"},
    "coordination_factor": {"cost": "production.coordination", "power": "production.coordination_power"},
    "social_outcome": {"returns": "agenda.focus_returns"},
    "economic_outcome": {"returns": "agenda.focus_returns"},
    "output_luck": {"sd": "production.noise_sd"},
    "leader_quality": {"mean": "backbone.leader_mean", "sd": "backbone.leader_sd"},
    "practice": {
        "decay": "production.practice_decay",
        "learning": "production.practice_learning",
        "learning_spacing": "production.learning_spacing",
        "spacing": "backbone.spacing",
    },
    "perceived": {
        "window": "assessment.window",
        "window_spacing": "assessment.window_spacing",
        "spacing": "backbone.spacing",
    },
    "aspiration": {"speed": "assessment.aspiration_speed"},
    "yardstick": {"promise_weight": "assessment.promise_weight"},
    "appraisal_weight": {"gazing": "backbone.gazing", "sequential": "agenda.sequential"},
    "satisfaction": {"loss_aversion": "assessment.loss_aversion", "floor": "assessment.floor"},
    "felt_distance": {"tie_share": "conflict.tie_share"},
    "tie_distance": {"relief": "trust.language_relief"},
    "agenda_clash": {"strength": "conflict.agenda_clash"},
    "confrontation": {
        "strength": "conflict.confrontation",
        "exposure": "conflict.exposure",
        "spacing": "backbone.spacing",
    },
    "neglect": {"strength": "conflict.neglect", "tolerance": "agenda.tolerance"},
    "clashes": {"divergence": "conflict.divergence_clash"},
    "conflict": {"scale": "conflict.scale"},
    "unspoken": {"growth": "exit.grievance_growth", "spacing": "backbone.spacing"},
    "grievance": {"decay": "exit.grievance_decay"},
    "goodwill": {"effect": "trust.goodwill", "spacing": "backbone.spacing"},
    "bonds": {
        "governance": "trust.governance",
        "relational_governance": "backbone.relational_governance",
        "closure_gain": "trust.closure",
    },
    "trust_drive": {"rate": "trust.growth", "coordination": "trust.coordination"},
    "legitimacy": {"effect": "trust.legitimacy"},
    "fine_control": {"rate": "trust.control_loss", "spacing": "backbone.spacing"},
    "trust_loss": {"conflict_rate": "trust.conflict_loss", "result_rate": "trust.result_loss"},
    "language": {"growth": "trust.language_growth", "relational_governance": "backbone.relational_governance"},
    "dependence_next": {"decay": "dependence.recovery"},
    "relief": {"strength": "dependence.relief", "relational_governance": "backbone.relational_governance"},
    "drifted_weight": {"drift": "dependence.drift"},
    "commitment_target": {
        f"effects.{name}": f"commitment.{name}"
        for name in ("base", "satisfaction", "conflict", "trust", "frame", "autonomy", "outside", "lock_in")
    },
    "disappointment": {
        "strength": "exit.disappointment",
        "evidence_effect": "exit.evidence",
        "spacing": "backbone.spacing",
    },
    "rival_pull": {"effect": "exit.rival"},
    "outside_pull": {"effect": "exit.outside"},
    "bound_by": {"e_climate": "exit.climate", "e_trust": "exit.trust", "e_satisfaction": "exit.satisfaction"},
    "free_hazard": {"base_rate": "exit.base_rate"},
    "protection": {
        "penalty": "exit.break_penalty",
        "complement": "backbone.contract_complement",
        "relational_governance": "backbone.relational_governance",
    },
    "inside_factor": {"review": "exit.review"},
    "hazard_now": {"contract_end": "exit.contract_end"},
    "deferred_wish": {"decay": "exit.deferral_decay"},
    "joining_probability": {
        "base": "entry.base",
        "record_effect": "entry.record",
        "distance_effect": "entry.distance",
    },
    "base_need": {"elasticity": "funding.size_cost"},
    "need_factor": {
        "effort_cost": "conditions.effort_cost",
        "relational_governance": "backbone.relational_governance",
        "governance_cost": "backbone.governance_cost",
    },
    "mean_effort": {
        "agenda": "conditions.agenda_effort",
        "measurement": "conditions.measurement_effort",
        "activities": "conditions.activities_effort",
        "communication": "conditions.communication_effort",
    },
    "grant_through": {"inside_share": "funding.inside_share"},
    "merits": {
        "e_results": "funding.win_results",
        "e_climate": "funding.win_climate",
        "e_leader": "funding.win_leader",
    },
    "missing_evidence": {"effect": "funding.win_evidence", "spacing": "backbone.spacing"},
    "win_log_odds": {"base": "funding.win_base"},
    "reserve_after": {"cap_months": "funding.reserve_cap"},
    "staffing": {"speed": "funding.staffing_speed"},
    "agenda_target": {"effort": "conditions.agenda_effort", "abstracting": "backbone.abstracting"},
    "measurement_target": {"effort": "conditions.measurement_effort", "spacing": "backbone.spacing"},
    "activities_target": {"effort": "conditions.activities_effort"},
    "communication_target": {"effort": "conditions.communication_effort"},
    "condition": {"mutual": "conditions.mutual", "speed": "conditions.speed"},
    "log_budget": {"reversion": "environment.budget_reversion", "sd": "environment.budget_sd"},
    "rivals": {"mean": "environment.rivals_mean"},
}


def distinct() -> Parameters:
    """Return parameters of which no two have the same value, none 0 or 1: 37 to 63 % along the range."""
    numbers = [declared for declared in REGISTRY.values() if isinstance(declared.default, float)]
    values: dict[str, Value] = {
        declared.name: declared.low + (declared.high - declared.low) * (0.37 + 0.26 * i / len(numbers) + 1e-6 * i)
        for i, declared in enumerate(numbers)
    }
    lasting = {"exit.base_rate": 0.0003, "ending.quorum": 0.01, "funding.floor": 0.02, "ending.agenda_size": 4000.0}
    kept = lasting | {"funding.award_low": 0.4, "environment.imposed_hazard": 0.0}
    whole: dict[str, Value] = {"observation.horizon": 24, "backbone.contract_months": 12, "funding.grant_months": 12}
    return replace(Parameters(), SMALL | values | kept | whole)


@pytest.fixture(scope="module")
def calls() -> Iterator[dict[str, list[dict[str, float]]]]:
    """Yield the arguments by name of every call of a rule in two years of a life."""
    seen: dict[str, list[dict[str, float]]] = {}
    with pytest.MonkeyPatch.context() as patch:
        model = found(distinct())
        for module in MODULES:
            for name, rule in list(vars(module).items()):
                if is_rule(rule, module):
                    patch.setattr(module, name, noting(rule, seen.setdefault(name, [])))
        for _ in range(24):
            if model.end is None:
                model.step()
        yield seen


def is_rule(rule: object, module: ModuleType) -> bool:
    """Whether a name of a module is a rule of its own, and not a record or a rule from elsewhere."""
    is_own = callable(rule) and getattr(rule, "__module__", "") == module.__name__
    return is_own and not isinstance(rule, type)


def noting(rule: Callable[..., float], seen: list[dict[str, float]]) -> Callable[..., float]:
    signature = inspect.signature(getattr(rule, "py_func", rule))

    def noted(*arguments: float) -> float:
        seen.append(dict(signature.bind(*arguments).arguments))
        return rule(*arguments)

    return noted


def test_no_two_parameters_have_the_same_value() -> None:
    params = distinct()
    numbers = [get(params, name) for name, declared in REGISTRY.items() if isinstance(declared.default, float)]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("rule", MEANT)
def test_a_rule_is_called_with_the_parameters_that_it_is_meant_for(
    rule: str, calls: dict[str, list[dict[str, float]]]
) -> None:
    assert calls[rule] != []
    params = distinct()
    for argument, name in MEANT[rule].items():
        first, *fields = argument.split(".")
        given = {attrgetter(*fields)(call[first]) if fields else call[first] for call in calls[rule]}
        assert given == {get(params, name)}, argument


def test_the_meant_parameters_are_declared() -> None:
    assert {name for arguments in MEANT.values() for name in arguments.values()} <= set(REGISTRY)
