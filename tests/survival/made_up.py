"""Made-up results with known properties: arms that lived through the same worlds, with competing endings."""

import numpy as np
import pandas as pd

CAUSES = ("conflict", "disappointment", "dependence", "hypocrisy", "funding", "external")
FIVE = ("none", "gazing", "abstracting", "spacing", "all")
#: Hazard of failing relative to "none", by label.
EFFECTS = {
    "none": 1.0,
    "gazing": 0.8,
    "abstracting": 0.7,
    "spacing": 0.55,
    "gazing+abstracting": 0.62,
    "gazing+spacing": 0.45,
    "abstracting+spacing": 0.4,
    "all": 0.3,
}


def make_runs(
    labels: tuple[str, ...] = FIVE,
    replicates: int = 100,
    horizon: int = 240,
    *,
    completion: float = 0.0012,
    shared: bool = True,
    seed: int = 7,
) -> pd.DataFrame:
    """Spells under a monthly hazard; the arms of a replicate share frailty and monthly luck, or not."""
    rng = np.random.default_rng(seed)
    world = make_world(rng, replicates, horizon)
    return pd.concat(
        [make_arm(label, *(world if shared else make_world(rng, replicates, horizon)), completion) for label in labels],
        ignore_index=True,
    )


def make_world(rng: np.random.Generator, replicates: int, horizon: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Frailty of each replicate, its luck in each month, and what decides the cause if it fails then."""
    luck, which = rng.random((2, replicates, horizon))
    return rng.gamma(3.0, 1 / 3.0, replicates), luck, which


def make_arm(label: str, frailty: np.ndarray, luck: np.ndarray, which: np.ndarray, completion: float) -> pd.DataFrame:
    """Runs of one arm: the hazard of failing is twelve times as high where a contract of 60 months ends."""
    replicates, horizon = luck.shape
    contract_end = np.where(np.arange(1, horizon + 1) % 60 == 0, 12.0, 1.0)
    failing = np.minimum(0.9, 0.008 * EFFECTS.get(label, 0.6) * frailty[:, None] * contract_end)
    ends = luck < failing + completion
    last = np.where(ends.any(axis=1), ends.argmax(axis=1), horizon - 1)
    row = np.arange(replicates)
    observed = ends[row, last]
    failed = observed & (luck[row, last] < failing[row, last])
    cause = np.array(CAUSES)[np.searchsorted(np.cumsum([0.3, 0.2, 0.15, 0.1, 0.15]), which[row, last])]
    table = {"point": 0, "strategies": label, "scenario": "made_up", "replicate": row, "seed": 7}
    table |= {"duration": last + 1, "event_observed": observed}
    table |= {"ending": np.where(failed, "failed", np.where(observed, "completed", "censored"))}
    table |= {"cause": np.where(failed, cause, "")}
    table |= {"founders_retained": np.where(failed, 0.25, np.minimum(1.0, 0.5 + frailty / 4))}
    return pd.DataFrame(table | {"status": "ok", "error": ""})


def make_trajectories(runs: pd.DataFrame, seed: int = 3) -> pd.DataFrame:
    """Monthly measures of every run until it ends: a trend by arm, a level by replicate and monthly noise."""
    rng = np.random.default_rng(seed)
    rows = runs.loc[runs.index.repeat(runs["duration"]), ["point", "strategies", "replicate"]].reset_index(drop=True)
    rows["month"] = rows.groupby(["strategies", "replicate"]).cumcount() + 1
    strength = 1 - rows["strategies"].map(EFFECTS).fillna(0.6)
    level = pd.Series(rng.normal(0, 0.08, runs["replicate"].max() + 1))[rows["replicate"]].to_numpy()
    rising = 1 - np.exp(-rows["month"] / 40)
    names = {
        "trust": 0.5,
        "conflict": -0.35,
        "commitment": 0.4,
        "common_agenda": 0.45,
        "shared_measurement": 0.3,
    }
    names |= {"reinforcing_activities": 0.35, "communication": 0.5, "backbone_support": 0.25}
    for name, slope in names.items():
        noise = rng.normal(0, 0.03, len(rows))
        rows[name] = np.clip(0.4 + slope * rising * strength + level + noise, 0, 1)
    rows["social"] = np.exp(0.2 * level + 0.6 * strength * rising + rng.normal(0, 0.2, len(rows)))
    rows["economic"] = np.exp(0.2 * level + 0.3 * strength * rising + rng.normal(0, 0.2, len(rows)))
    for name in ("social", "economic"):
        rows[f"{name}_outcome"] = rows.groupby(["strategies", "replicate"])[name].cumsum()
    rows["members"] = np.round(25 + 10 * strength * rising + 40 * level).astype(int)
    rows["staffing"] = np.clip(0.8 + level, 0, 1)
    return rows


def make_members(runs: pd.DataFrame, seed: int = 5) -> pd.DataFrame:
    """Twelve members of three kinds per coalition, whose wish to leave has a part in common."""
    rng = np.random.default_rng(seed)
    rows = runs.loc[runs.index.repeat(12), ["point", "strategies", "replicate", "duration"]].reset_index(drop=True)
    rows["organisation"] = np.tile(np.arange(12), len(runs))
    rows["kind"] = np.array(["corporation", "nonprofit", "public_agency"])[rows["organisation"] % 3]
    mood = rng.gamma(2.0, 0.5, runs["replicate"].max() + 1)[rows["replicate"]]
    wish = np.ceil(rng.exponential(150.0, len(rows)) / mood).astype(int)
    rows["event_observed"] = wish < rows["duration"]
    rows["duration"] = np.minimum(wish, rows["duration"])
    return rows


def negotiate(runs: pd.DataFrame, share: float) -> pd.DataFrame:
    """Return runs in which a share of the coalitions of every arm is formed, after 1 to 24 months."""
    formed = (runs.groupby("strategies").cumcount() % 20 < round(20 * share)).to_numpy()
    months = 1.0 + runs["replicate"].to_numpy() % 24
    return runs.assign(
        formed=formed.astype(float),
        gave_up=(~formed).astype(float),
        formation_months=months,
        third_party=formed.astype(float),
        duration=np.where(formed, runs["duration"], 0),
        event_observed=np.where(formed, runs["event_observed"], True).astype(bool),
        ending=np.where(formed, runs["ending"], "failed"),
        cause=np.where(formed, runs["cause"], "not_formed"),
    )
