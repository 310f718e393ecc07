"""Kinds of organisation, roles of a backbone, sectors, and the numbers that stand for entities in draws."""

CORPORATION, NONPROFIT, FUNDER, SOCIAL_ENTERPRISE, PUBLIC_AGENCY = range(5)
KINDS = ("corporation", "nonprofit", "funder", "social_enterprise", "public_agency")

#: Roles of a backbone (S1 Fig. 2): who plans, implements, funds, and brings domain expertise.
PLAN, IMPLEMENT, FUND, EXPERTISE = range(4)
ROLES = ("plan", "implement", "fund", "expertise")

#: Roles that a kind is made for (S1 §4.1 and Fig. 2; S2 §2.1 on expertise and resources).
SPECIALITIES = (
    (PLAN, FUND),  # corporation: planning, organising, money
    (IMPLEMENT, EXPERTISE),  # nonprofit: practical implementation, long experience
    (FUND,),  # funder
    (IMPLEMENT, EXPERTISE),  # social enterprise: expertise at the local level
    (PLAN, IMPLEMENT),  # public agency
)

#: Sectors of S1 §3: private, civil, public.
SECTORS = (0, 1, 1, 1, 2)

#: Month of the draws of what never changes.
ONCE = 0

#: Kinds whose means others live on (S2 §2.2), and kinds that live on others.
PROVIDERS = (CORPORATION, FUNDER, PUBLIC_AGENCY)

#: Share of means below which nobody depends on anybody.
NEGLIGIBLE = 1e-12

#: How much evidence of results a kind wants, by kind (MODEL 4.3: funders and members who want evidence).
EVIDENCE_DEMAND = (1.0, 0.4, 1.0, 0.4, 0.7)

#: Kinds that may hold each role of a shared backbone at its founding, best first (S1 Fig. 2).
SHARED_HOLDERS = (
    (CORPORATION, PUBLIC_AGENCY, NONPROFIT, FUNDER, SOCIAL_ENTERPRISE),
    (NONPROFIT, SOCIAL_ENTERPRISE, PUBLIC_AGENCY, CORPORATION, FUNDER),
    (FUNDER, CORPORATION, PUBLIC_AGENCY, NONPROFIT, SOCIAL_ENTERPRISE),
    (NONPROFIT, SOCIAL_ENTERPRISE, PUBLIC_AGENCY, FUNDER, CORPORATION),
)

#: Who may lead, in the order of the parameter backbone.lead; shared means different members for the roles.
LEADS = ("corporate", "nonprofit", "funder", "public", "shared")

#: Kind of a lead office that holds all roles.
LEAD_KINDS = {"corporate": CORPORATION, "nonprofit": NONPROFIT, "funder": FUNDER, "public": PUBLIC_AGENCY}

#: Entity numbers: founding organisations are kind * 1000 + place, so that adding one renumbers nobody; the
#: candidate who arrives in a month is 5000 + month; pairs are one number; 8191 is the coalition itself.
PLACES = 1000
CANDIDATE = 5000
COALITION = 8191
_PAIR = 8192

#: Community whose draws hold for all communities of a field: the climate, bad years, donors.
SHARED = 0


def founder_id(kind: int, place: int) -> int:
    """Entity number of the founding organisation `place` (from 0) of `kind`."""
    return kind * PLACES + place


def candidate_id(month: int) -> int:
    """Entity number of the candidate who arrives in `month` (1 to 3000)."""
    return CANDIDATE + month


def pair_id(first: int, second: int) -> int:
    """Entity number of an unordered pair of organisations."""
    return (min(first, second) + 1) * _PAIR + max(first, second)
