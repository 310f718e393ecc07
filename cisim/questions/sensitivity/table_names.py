"""Names of the tables of a sensitivity analysis."""

#: Names of the tables; those from the fifth on are there where a method and its outcomes have such a thing.
TABLE_NAMES = (
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
INDICES, CONVERGENCE, VARIANCE, VERDICTS, EFFECTS, LEVELS, SCREENED, FROZEN_CHECK = TABLE_NAMES[:8]
PAIRS, CONDITIONAL, TIME, QUALITY, ALONG = TABLE_NAMES[8:]
