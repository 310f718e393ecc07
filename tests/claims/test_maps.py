"""The search around a claim and a two-dimensional map agree on where each strategy starts to harm."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from cisim.parameters import REGISTRY
from cisim.questions.claims.evidence import Reader
from cisim.questions.claims.plan import Trial
from cisim.questions.claims.region import find_regions
from cisim.study.parameter_sets import SHIPPED
from cisim.study.prepared import prepare
from cisim.study.runner import run_in_memory
from cisim.study.study import Study
from tests.claims.test_reading import ENTRY
from tests.studies import compose_study

#: Strategy, what holds besides, and the two parameters that its harm is looked for in.
MAPS = {
    "gazing": ({"backbone.gazing_period": 6}, "population.divergence", "agenda.switching_cost"),
    "abstracting": ({}, "framing.vagueness", "framing.discretion"),
    "spacing": ({}, "contribution.shirking", "exit.evidence"),
}
CELLS, MEMBERS = 4, 60


def study_of(folder: Path, entry: dict[str, object], *words: str) -> Study:
    (folder / "mine.yaml").write_text(yaml.safe_dump({"claims": [{**ENTRY, **entry}]}), encoding="utf-8")
    pd.read_parquet(SHIPPED).head(MEMBERS).to_parquet(folder / "members.parquet")
    given = (f"files={folder / 'mine.yaml'}", f"posterior={folder / 'members.parquet'}", "workers=1")
    return compose_study("claims", [*given, *words])


def ends(name: str) -> tuple[float, float]:
    declared = REGISTRY[name]
    assert declared.low is not None
    assert declared.high is not None
    return float(declared.low), float(declared.high)


def centres(name: str) -> np.ndarray:
    low, high = ends(name)
    return low + (high - low) * (np.arange(CELLS) + 0.5) / CELLS


def map_of(folder: Path, strategy: str) -> pd.DataFrame:
    """Mean effect with its t value at the centre of every cell, each member in the same worlds in all of them."""
    shared, x, y = MAPS[strategy]
    spots = list(product(centres(x).tolist(), centres(y).tolist()))
    arms = {
        f"cell_{i}_{word}": {x: at[0], y: at[1], f"backbone.{strategy}": dose}
        for i, at in enumerate(spots)
        for word, dose in (("with", 0.7), ("none", 0.0))
    }
    off = {f"backbone.{name}": 0 for name in MAPS if name != strategy}
    entry = {"set": {**off, **shared}, "arms": arms, "contrast": "cell_0_with - cell_0_none", "depends": []}
    study = study_of(folder, entry, "replicates=4", "samples=0", "seed=77")
    runs = run_in_memory(prepare(study)).runs
    trial = study.task_as(Trial)
    months = runs["duration"].where(runs["ending"] == "failed", 240.0).groupby(runs["point"]).mean()
    points = trial.runs["mine"].members
    rows = []
    for i, at in enumerate(spots):
        effects = months[points[f"cell_{i}_with"]].to_numpy() - months[points[f"cell_{i}_none"]].to_numpy()
        rows.append({x: at[0], y: at[1], "effect": effects.mean(), "t": effects.mean() / effects.std() * MEMBERS**0.5})
    return pd.DataFrame(rows)


@pytest.mark.slow
@pytest.mark.parametrize("strategy", MAPS)
def test_search_and_map_agree_on_where_a_strategy_starts_to_harm(strategy: str, tmp_path: Path) -> None:
    shared, x, y = MAPS[strategy]
    off = {f"backbone.{name}": 0 for name in MAPS if name != strategy}
    arms = {word: {f"backbone.{strategy}": dose} for word, dose in (("with", 0.7), ("none", 0.0))}
    study = study_of(
        tmp_path,
        {"set": {**off, **shared}, "arms": arms, "depends": [x, y]},
        "replicates=4",
        "samples=1024",
        "worlds=2",
    )
    trial = study.task_as(Trial)
    assert study.ensemble is not None
    reader = Reader(run_in_memory(prepare(study)).runs, study.ensemble.weights, 2)
    horizon = float(study.params.observation.horizon)
    search = reader.evidence(trial.claims[0], trial.runs["mine"], horizon).search
    assert search is not None
    found = find_regions(search)
    cells = map_of(tmp_path, strategy)
    sure = cells[cells["t"].abs() > 2.0]
    predicted = found.tree.predict(sure)[:, 0]
    assert len(sure) >= 4
    assert np.mean(np.sign(predicted) == np.sign(sure["effect"])) >= 0.8
    if found.reverses.p < 0.05:
        inside = cells[found.reverses.box.holds(cells)]
        assert inside["effect"].mean() < 0.0
        assert not (inside["t"] > 2.0).any()
