"""Parameters of the world around a coalition: climate, budgets, policy, shocks, observation."""

from dataclasses import dataclass

from cisim.parameters.parameter import choice, constant, uncertainty


@dataclass(frozen=True, kw_only=True)
class EnvironmentParameters:
    """Economic climate, budgets of corporations and funders, and an imposed hazard for verification."""

    climate_persistence: float = uncertainty(
        0.97, "share", 0.0, 0.995, "MODEL 3.1", "Share of the economic climate that carries over to the next month."
    )
    climate_sd: float = uncertainty(
        1.0, "climate points", 0.0, 3.0, "Jensen & Cornwell 2017", "Long-run spread of the economic climate."
    )
    budget_sd: float = uncertainty(
        0.20, "log units a year", 0.0, 0.5, "CECP 2011 (derived)", "Yearly spread of a corporate or funder budget."
    )
    budget_reversion: float = uncertainty(
        0.25, "share a year", 0.0, 1.0, "MODEL 9 (traps)", "Yearly pull of a budget back to its founding level."
    )
    bad_year_rate: float = uncertainty(
        0.10, "probability a year", 0.0, 0.5, "CECP 2011: 2009 as one such year", "Chance that a year is a bad year."
    )
    bad_year_cutters: float = uncertainty(
        0.67, "share", 0.0, 1.0, "CECP 2011: 67 % cut cash giving in 2009", "Share of firms that cut in a bad year."
    )
    bad_year_cut: float = uncertainty(
        0.25, "log units", 0.0, 1.0, "CECP 2011 (order of size)", "Size of a cut in a bad year."
    )
    rivals_mean: float = uncertainty(
        1.0, "rivals", 0.0, 4.0, "Jensen & Cornwell 2017: crowding", "Mean number of rival calls on members' attention."
    )
    rivals_sd: float = uncertainty(
        0.6, "rivals", 0.0, 2.0, "Jensen & Cornwell 2017: crowding", "Long-run spread of the number of rivals."
    )
    imposed_hazard: float = constant(
        0.0, "probability a month", 0.0, 1.0, "verification", "Constant hazard of an ending from outside."
    )


@dataclass(frozen=True, kw_only=True)
class ShocksParameters:
    """Disturbances of the three classes of S1 §2.2: random rates and sizes, and one scheduled shock."""

    internal_rate: float = uncertainty(
        0.06, "a year and member", 0.0, 0.5, "S1 §2.2; S2 §2.1", "Leadership changes and goal shifts inside members."
    )
    internal_size: float = uncertainty(0.5, "share", 0.0, 1.0, "S1 §2.2", "Size of an internal shock.")
    external_rate: float = uncertainty(
        0.12, "a year", 0.0, 1.0, "S1 §2.2; S3 comments", "Downturns, withdrawals of a funder, ends of a policy."
    )
    external_size: float = uncertainty(0.5, "share", 0.0, 1.0, "S1 §2.2", "Size of an external shock.")
    relational_rate: float = uncertainty(
        0.02, "a year and tie", 0.0, 0.3, "S1 §2.2; S2 §2.2", "Breaches of trust between two members."
    )
    relational_size: float = uncertainty(0.5, "share", 0.0, 1.0, "S1 §2.2", "Share of trust lost in a breach.")
    recovery: float = uncertainty(
        0.03, "share a month", 0.0, 0.2, "MODEL 3.1", "Monthly return of policy support and of withdrawn funds."
    )
    scheduled_class: str = choice(
        "none", ("none", "internal", "external", "relational"), "constant", "S1 §2.2", "Class of one scheduled shock."
    )
    scheduled_month: int = constant(
        60, "month", 1, 600, "MODEL 3.1", "Month of the scheduled shock, if its class is not none."
    )
    scheduled_size: float = constant(0.5, "share", 0.0, 1.0, "MODEL 3.1", "Size of the scheduled shock.")


@dataclass(frozen=True, kw_only=True)
class ObservationParameters:
    """Horizon of observation."""

    horizon: int = constant(240, "months", 1, 600, "MODEL 2", "Month at which observation ends (censoring).")
    milestone: int = constant(
        120, "months", 1, 600, "S1: about ten years", "Month at which the *_milestone outcomes are read."
    )
