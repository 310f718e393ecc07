"""Parameters of the population: composition, value weights, size, capabilities, first ties."""

from dataclasses import dataclass

from cisim.parameters.parameter import constant, uncertainty

#: Parameters that count founding members: corporation, nonprofit, funder, social enterprise, public agency.
COUNTED = ("corporations", "nonprofits", "funders", "social_enterprises", "public_agencies")


@dataclass(frozen=True, kw_only=True)
class PopulationParameters:
    """Founding members by kind, and how organisations differ."""

    corporations: int = constant(4, "organisations", 0, 499, "case fact", "Founding corporations.")
    nonprofits: int = constant(10, "organisations", 0, 499, "case fact", "Founding nonprofits.")
    funders: int = constant(3, "organisations", 0, 499, "case fact", "Founding funders.")
    social_enterprises: int = constant(3, "organisations", 0, 499, "case fact", "Founding social enterprises.")
    public_agencies: int = constant(5, "organisations", 0, 499, "case fact", "Founding public agencies.")
    divergence: float = uncertainty(
        1.0, "multiple", 0.0, 1.6, "S1 §1, §4.2", "How far apart the kinds' social value weights lie (0: all alike)."
    )
    common_weight: float = uncertainty(
        0.62, "share", 0.4, 0.8, "MODEL 9", "Social value weight that all share when divergence is 0."
    )
    corporation_weight: float = uncertainty(0.30, "share", 0.1, 0.5, "S1 §2.1; MODEL 9", "Mean weight, corporations.")
    nonprofit_weight: float = uncertainty(0.80, "share", 0.6, 0.95, "S1 §4.2; MODEL 9", "Mean weight, nonprofits.")
    funder_weight: float = uncertainty(0.60, "share", 0.4, 0.8, "S1 §4.2; MODEL 9", "Mean weight, funders.")
    social_enterprise_weight: float = uncertainty(
        0.60, "share", 0.4, 0.8, "S2 §2.1: hybrid; MODEL 9", "Mean weight, social enterprises."
    )
    public_agency_weight: float = uncertainty(0.70, "share", 0.5, 0.9, "MODEL 9", "Mean weight, public agencies.")
    weight_sd: float = uncertainty(
        0.10, "share", 0.0, 0.2, "MODEL 9", "Spread of weights inside a kind, scaled by divergence."
    )
    corporation_size: float = uncertainty(
        2.5,
        "multiple",
        1.0,
        6.0,
        "S2 §2.2: asymmetry",
        "Median size of corporations; 1 is a middling member.",
        "loguniform",
    )
    nonprofit_size: float = uncertainty(
        0.7, "multiple", 0.3, 1.5, "S1 §2.1; S2 §2.1", "Median size of nonprofits.", "loguniform"
    )
    funder_size: float = uncertainty(1.4, "multiple", 0.5, 3.0, "S1 §4.1", "Median size of funders.", "loguniform")
    social_enterprise_size: float = uncertainty(
        0.4, "multiple", 0.1, 1.0, "S2 §4.2: small and young", "Median size of social enterprises.", "loguniform"
    )
    public_agency_size: float = uncertainty(
        1.2, "multiple", 0.5, 3.0, "S1 §3", "Median size of public agencies.", "loguniform"
    )
    size_sd: float = uncertainty(0.4, "log units", 0.0, 1.0, "S2 §2.2", "Spread of sizes inside a kind.")
    speciality: float = uncertainty(
        0.80, "share", 0.6, 1.0, "S1 Fig. 2: distinct roles", "Capability of a kind in the roles that it is made for."
    )
    generality: float = uncertainty(
        0.45, "share", 0.1, 0.6, "S1 §4.1: limited experience", "Capability of a kind in other roles."
    )
    capability_sd: float = uncertainty(0.10, "share", 0.0, 0.2, "S2 §4.2", "Spread of capabilities inside a kind.")
    resonance_mean: float = uncertainty(
        0.7, "share", 0.2, 1.0, "S1 §4.3.2; MODEL 9", "Mean resonance with a master frame of social value."
    )
    resonance_sd: float = uncertainty(0.2, "share", 0.0, 0.4, "MODEL 9", "Spread of resonance.")
    tie_density: float = uncertainty(
        0.15, "probability", 0.0, 0.6, "S2 §2.2: structural capital", "Chance of a tie outside the backbone."
    )
    introduction_rate: float = uncertainty(
        0.1, "a year", 0.0, 0.5, "MODEL 2: third parties make ties", "Introductions of two members by a third."
    )

    @property
    def counts(self) -> tuple[int, ...]:
        """Founding members by kind, in the order of `COUNTED`."""
        return tuple(getattr(self, name) for name in COUNTED)
