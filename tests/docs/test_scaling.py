"""The study of scaling: its plan runs, and its leads are those of the model."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest


@pytest.fixture
def scaling(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scaling_study", checkout / "experiments" / "scaling.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HETEROGENEITY", (0.0, 1.0))
    monkeypatch.setattr(module, "BUDGET", (0.0, 0.2))
    monkeypatch.setattr(module, "RESISTANCE", (0.1,))
    return module


def test_a_small_study_writes_its_tables_and_figure(
    scaling: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scaling.main(4, tmp_path / "found")
    settings = pd.read_csv(tmp_path / "found" / "scaling.csv")
    assert len(settings) == 2 * 2 * 3
    leads = pd.read_csv(tmp_path / "found" / "scaling-leads.csv")
    assert len(leads) == 2 * 2 * len(scaling.SHOWN)
    best = leads[(leads["outcome"] == "social_outcome") & (leads["x"] == 1.0) & (leads["y"] == 0.2)]
    assert best["best"].iloc[0] != "copy"
    assert (tmp_path / "found" / "scaling.pdf").stat().st_size > 0
    assert "cells of 4 that a mode surely wins" in capsys.readouterr().out


def test_who_starts_from_scratch_lives_the_same_life_whatever_donors_give(scaling: ModuleType) -> None:
    found = scaling.simulate_fields(3, (0.5, 1.0), (0.0, 0.2), 0.1, workers=1)
    scratch = found[found["practice.mode"] == "scratch"].sort_values(
        ["donors.budget", "communities.heterogeneity", "replicate"]
    )
    values = scratch["social_outcome"].to_numpy().reshape(2, -1)
    assert values[0].tolist() == values[1].tolist()
