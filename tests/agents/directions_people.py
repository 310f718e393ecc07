"""Directions of the parameters of who takes part."""

from tests.agents.directions import ABSTRACTING, CHANGES, DOWN, PLEASED, UP, Move

ALIKE = {"population.divergence": 0.0}

PEOPLE: dict[str, Move] = {
    "population.corporations": Move(2, 5, "mean_members", UP, "each founder is a member"),
    "population.nonprofits": Move(3, 6, "mean_members", UP, "each founder is a member"),
    "population.funders": Move(1, 4, "mean_members", UP, "each founder is a member"),
    "population.social_enterprises": Move(1, 4, "mean_members", UP, "each founder is a member"),
    "population.public_agencies": Move(2, 5, "mean_members", UP, "each founder is a member"),
    "population.divergence": Move(0.2, 1.4, "mean_conflict", UP, "distance between weights is what members clash over"),
    "population.common_weight": Move(0.45, 0.75, "social_outcome", UP, "attention goes where weights are", ALIKE),
    "population.corporation_weight": Move(0.1, 0.5, "social_outcome", UP, "attention goes where weights are"),
    "population.nonprofit_weight": Move(0.6, 0.95, "social_outcome", UP, "attention goes where weights are"),
    "population.funder_weight": Move(0.4, 0.8, "social_outcome", UP, "attention goes where weights are"),
    "population.social_enterprise_weight": Move(0.4, 0.8, "social_outcome", UP, "attention goes where weights are"),
    "population.public_agency_weight": Move(0.5, 0.9, "social_outcome", UP, "attention goes where weights are"),
    "population.weight_sd": Move(0.0, 0.2, "mean_conflict", UP, "members of one kind differ more", replicates=6),
    "population.corporation_size": Move(1.0, 6.0, "economic_outcome", UP, "larger members put in more"),
    "population.nonprofit_size": Move(0.3, 1.5, "social_outcome", UP, "larger members put in more"),
    "population.funder_size": Move(0.5, 3.0, "social_outcome", UP, "larger members put in more"),
    "population.social_enterprise_size": Move(0.1, 1.0, "social_outcome", UP, "larger members put in more"),
    "population.public_agency_size": Move(0.5, 3.0, "social_outcome", UP, "larger members put in more"),
    "population.size_sd": Move(0.0, 1.0, "social_outcome", CHANGES, "some members become larger, others smaller"),
    "population.speciality": Move(0.6, 1.0, "social_outcome", UP, "abler members give more input to their roles"),
    "population.generality": Move(0.1, 0.6, "social_outcome", UP, "abler members give more input to other roles"),
    "population.capability_sd": Move(0.0, 0.2, "social_outcome", CHANGES, "some become abler, others less so"),
    "population.resonance_mean": Move(
        0.2, 1.0, "mean_commitment", UP, "a frame that resonates binds", {**ABSTRACTING, **PLEASED}
    ),
    "population.resonance_sd": Move(
        0.0, 0.4, "mean_commitment", CHANGES, "the frame resonates more with some, less with others", ABSTRACTING
    ),
    "population.tie_density": Move(
        0.0, 0.6, "mean_trust", UP, "common third parties speed trust", {"trust.closure": 1.5}, replicates=6
    ),
    "population.introduction_rate": Move(
        0.0, 0.5, "mean_dependence", DOWN, "third parties relieve dependence (S2 4.3)", months=60
    ),
}
