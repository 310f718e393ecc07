"""Names of the tables of a sensitivity analysis, and what a command has to hold for those that not every one has."""

#: Names of the tables; those from the fifth on are there where a method and its outcomes have such a thing.
TABLES = (
    "sensitivity_indices",
    "sensitivity_convergence",
    "sensitivity_variance",
    "sensitivity_verdicts",
    "sensitivity_effects",
    "sensitivity_levels",
    "sensitivity_screening",
    "sensitivity_frozen",
    "sensitivity_pairs",
    "sensitivity_conditional",
    "sensitivity_time",
    "sensitivity_surrogate",
    "sensitivity_main_effects",
)
INDICES, CONVERGENCE, VARIANCE, VERDICTS, EFFECTS, LEVELS, SCREENED, FROZEN_CHECK = TABLES[:8]
PAIRS, CONDITIONAL, TIME, QUALITY, ALONG = TABLES[8:]

#: What the command has to hold for some of them.
ONLY = {
    EFFECTS: " by method=morris",
    LEVELS: " by method=oat",
    **dict.fromkeys((SCREENED, FROZEN_CHECK), " by method=auto"),
    PAIRS: " with indices of pairs",
    CONDITIONAL: " with spread points",
    TIME: " with outcomes=survival",
    **dict.fromkeys((QUALITY, ALONG), " with surrogate=true"),
}
