"""Parameters of a field of many communities: practice, a platform that builds the field, its donors (MODEL 4.11)."""

from dataclasses import dataclass

from cisim.parameters.parameter import choice, constant, lever, uncertainty


@dataclass(frozen=True, kw_only=True)
class CommunitiesParameters:
    """Number of communities, how they differ, and what hinders learning from one another."""

    number: int = constant(1, "communities", 1, 200, "MODEL 2", "Communities, each with a coalition of its own.")
    heterogeneity: float = uncertainty(
        0.3, "share of the ring", 0.0, 1.0, "S3: specific community needs", "Spread of what suits the communities best."
    )
    not_invented: float = uncertainty(
        0.1, "share", 0.0, 1.0, "S3 comments; Katz & Allen 1982", "Mean discount on evidence from elsewhere."
    )
    ego: float = uncertainty(0.1, "share", 0.0, 1.0, "S3 comments", "Mean overrating of a community's own practice.")
    silos: float = uncertainty(
        0.3, "share", 0.0, 1.0, "S3 comments", "Mean share of looking, sharing and joining that silos prevent."
    )
    resistance_sd: float = uncertainty(
        0.1, "share", 0.0, 0.3, "assumption", "Spread of each of the three resistances between communities."
    )
    capital_growth: float = uncertainty(
        0.05, "share a month", 0.0, 0.2, "S2 §2.2", "Growth of relational capital between communities in exchange."
    )
    capital_decay: float = uncertainty(
        0.02, "share a month", 0.0, 0.1, "S2 §2.2", "Monthly loss of relational capital between communities."
    )


@dataclass(frozen=True, kw_only=True)
class PracticeParameters:
    """Practice of a community, and how it improves."""

    mode: str = choice(
        "off",
        ("off", "scratch", "copy", "blend"),
        "lever",
        "S3; MODEL 4.11",
        "Where practice comes from: own search, proven practice from elsewhere, or such practice adapted through the "
        "platform and own search; off: all practice suits, and E33 alone governs it.",
    )
    start_potency: float = uncertainty(
        0.7, "share", 0.3, 1.0, "assumption", "Mean of what first practices can do where they fit; 1 is the best known."
    )
    potency_sd: float = uncertainty(
        0.15, "share", 0.0, 0.3, "assumption", "Spread of what first practices can do between communities."
    )
    start_error: float = uncertainty(
        0.1, "share of the ring", 0.0, 0.3, "assumption", "Spread of first practices around what would suit."
    )
    fit_width: float = uncertainty(
        0.15, "share of the ring", 0.05, 0.5, "assumption", "Distance over which the fit of a practice fades."
    )
    misfit: float = uncertainty(
        0.6, "share", 0.0, 1.0, "MODEL 4.11: copying without fit", "Share of a practice's effect lost without any fit."
    )
    reference: float = uncertainty(
        0.63, "share", 0.3, 1.0, "assumption", "Practice at par, which founders promise: the mean first one."
    )
    search_rate: float = uncertainty(
        0.15, "probability a month", 0.0, 0.5, "March 1991", "Trials of something new by a community that searches."
    )
    search_step: float = uncertainty(
        0.05, "share of the ring", 0.0, 0.2, "March & Simon 1958", "Spread of how far a trial departs from practice."
    )
    potency_step: float = uncertainty(
        0.05, "share", 0.0, 0.2, "March 1991", "Spread of what a trial changes in what a practice can do."
    )
    trial_noise: float = uncertainty(
        0.05, "share", 0.0, 0.3, "Csaszar & Siggelkow 2010", "Noise in judging what was tried at home."
    )
    search_cost: float = uncertainty(
        0.1, "share of output", 0.0, 0.5, "March 1991", "Output lost in a month of a trial."
    )
    look_rate: float = uncertainty(
        0.08, "probability a month", 0.0, 0.5, "S3: learn from other places", "How often a community looks elsewhere."
    )
    peers: int = uncertainty(
        3, "communities", 1, 10, "assumption", "Communities seen at one look without the platform."
    )
    evidence_noise: float = uncertainty(
        0.15, "share", 0.0, 0.5, "S3: evidence; Rivkin 2000", "Noise of what is seen of practice elsewhere."
    )
    adoption_months: int = uncertainty(
        6, "months", 1, 24, "Szulanski 1996", "Months that it takes to bring a practice in, before it is judged."
    )
    adoption_cost: float = uncertainty(
        0.15, "share of output", 0.0, 0.5, "Szulanski 1996", "Output lost in these months."
    )
    stickiness: float = uncertainty(
        0.5, "share", 0.0, 1.0, "Szulanski 1996", "Skill lost with a practice from elsewhere, without assistance."
    )


@dataclass(frozen=True, kw_only=True)
class PlatformParameters:
    """An intermediary with a library, training and assistance, which needs steady money for what nobody sees."""

    presence: str = choice(
        "absent", ("absent", "present"), "lever", "S3; MODEL 2", "Whether there is a platform that builds the field."
    )
    start: float = uncertainty(0.2, "share", 0.0, 1.0, "assumption", "Capacity at the start.")
    speed: float = uncertainty(
        0.05, "share a month", 0.005, 0.3, "S3 comments: constant maintenance", "How fast capacity follows the money."
    )
    fixed_cost: float = uncertainty(
        0.5, "need of 25 members", 0.0, 5.0, "S3: technology", "Money a month to keep the platform up, whoever uses it."
    )
    user_cost: float = uncertainty(
        0.03, "need of 25 members", 0.0, 0.3, "S3: technology", "Money a month for each user."
    )
    assistance_cost: float = uncertainty(
        0.05, "need of 25 members", 0.0, 0.5, "S3: training", "Money a month for all the help one user wants."
    )
    fee: float = lever(0.01, "share of need", 0.0, 0.1, "S3: revenue models", "Fee of a user a month.")
    join_rate: float = uncertainty(
        0.1, "probability a month", 0.0, 0.5, "assumption", "How fast communities join a live platform that all use."
    )
    leave_rate: float = uncertainty(
        0.1, "probability a month", 0.0, 0.5, "assumption", "How fast users leave a platform without capacity."
    )
    network: float = uncertainty(
        0.5, "share", 0.0, 1.0, "S3: ecosystems; Katz & Shapiro 1985", "Share of its draw that other users make."
    )
    share_rate: float = uncertainty(
        0.1, "probability a month", 0.0, 0.5, "S3: shared tools", "How often a user puts its practice in the library."
    )
    evidence_quality: float = uncertainty(
        0.7, "share", 0.0, 1.0, "S3: data and evidence", "Share of the noise of evidence that full capacity removes."
    )
    fading: float = uncertainty(
        0.05, "share a month", 0.0, 0.3, "S3 comments: constant maintenance", "Loss of evidence without upkeep."
    )
    adaptation: float = uncertainty(
        0.5, "share", 0.0, 1.0, "S3: creative blending", "Gap to what suits that full help closes on bringing in."
    )
    search_gain: float = uncertainty(
        1.0, "multiple", 0.0, 3.0, "S3: technical assistance", "Trials that full help adds, over those without."
    )
    training_time: float = uncertainty(
        0.03, "share of output", 0.0, 0.2, "S3: training", "Output lost to training and meetings under full help."
    )


@dataclass(frozen=True, kw_only=True)
class DonorsParameters:
    """Donors of the platform, who vary from year to year and favour programmes."""

    budget: float = uncertainty(
        0.1, "need of 25 members", 0.0, 0.5, "assumption", "Median money a month for each community of the field."
    )
    volatility: float = uncertainty(
        0.4, "log units a year", 0.0, 1.0, "S3 comments; CECP 2011", "Yearly spread of what donors give."
    )
    reversion: float = uncertainty(
        0.25, "share a year", 0.0, 1.0, "MODEL 9 (traps)", "Yearly pull of giving back to its median."
    )
    programme_bias: float = uncertainty(
        0.7, "share", 0.0, 1.0, "S3: bias for programs", "Share of the money that is tied to programmes."
    )
    attention: float = uncertainty(
        0.5, "multiple", 0.0, 2.0, "S3: evidence", "How much more donors give where the library shows results."
    )
