"""Monthly series and outcomes that every engine records, in one order (MODEL 8)."""

#: The five conditions of collective impact.
CONDITIONS = ("common_agenda", "shared_measurement", "reinforcing_activities", "communication", "backbone_support")

#: What a cohort of enterprises adds up to.
COHORT = (
    "enterprises_supported",
    "enterprises_alive",
    "jobs",
    "revenue_growth",
    "twins_alive",
    "twin_jobs",
    "twin_revenue_growth",
)

#: Monthly series: means over members, conditions, the coalition, the cohort.
SERIES = (
    "trust",
    "conflict",
    "commitment",
    "satisfaction",
    "dependence",
    "shirking",
    "deferred",
    "hazard",
    "satisfied",
    "multivocality",
    *CONDITIONS,
    "conditions",
    "social",
    "economic",
    "social_outcome",
    "economic_outcome",
    "attention",
    "credibility",
    "practice",
    "members",
    "staffing",
    "reserve",
    "climate",
    "founders_retained",
    "members_retained",
    *COHORT,
)

#: Outcomes that are the last value of a series.
LAST = ("founders_retained", "members_retained", "social_outcome", "economic_outcome")

#: Outcomes that are means of a series over the spell, by series.
MEANS = {
    "mean_trust": "trust",
    "mean_conflict": "conflict",
    "mean_commitment": "commitment",
    "mean_dependence": "dependence",
    "mean_staffing": "staffing",
    "mean_credibility": "credibility",
    "mean_practice": "practice",
    "mean_shirking": "shirking",
    "mean_conditions": "conditions",
    "mean_members": "members",
    "mean_hazard": "hazard",
    "mean_satisfied": "satisfied",
    "multivocality": "multivocality",
}

#: Outcomes read once more at the milestone, by series.
AT_MILESTONE = ("founders_retained", *COHORT)

#: Outcomes of the formation: whether the coalition came about (1 or 0), whether a side gave up before (if neither, it
#: was still open), months that it took or was followed for, and whether a third party was engaged. A coalition that is
#: given has 1, 0, 0 and 0.
FORMATION = ("formed", "gave_up", "formation_months", "third_party")
