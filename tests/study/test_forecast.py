"""Forecast of the time and room of a study from a short pilot."""

from pathlib import Path

import pytest

from cisim.study import progress as forecast
from cisim.study.prepared import prepare
from cisim.study.result_writer import result_folder, result_writer
from tests.studies import compose_study


def test_a_forecast_is_near_what_comes_out(tmp_path: Path) -> None:
    words = ["scenario=minimal", "backbone.gazing=0,1", "replicates=1500", f"out={tmp_path}", "workers=1"]
    plan = prepare(compose_study("sweep", words))
    expected = forecast.forecast(plan)
    assert expected is not None
    assert expected.runs == 3000
    assert 1 <= expected.batch <= 2048
    with result_writer(plan, result_folder(plan), "cisim sweep") as writer:
        writer.work(expected.batch)
        writer.finish("complete")
    found = (writer.folder / "runs.parquet").stat().st_size
    assert expected.disk / 2 < found < expected.disk * 2
    assert 50e6 < expected.memory < 2e9


def test_a_short_study_has_no_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "simulate_batch", None)
    assert forecast.forecast(prepare(compose_study("run", ["replicates=100"]))) is None


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 s"), (89.0, "89 s"), (600.0, "10 min"), (7200.0, "2.0 h")])
def test_time_is_printed_in_a_fitting_unit(seconds: float, words: str) -> None:
    text = str(forecast.Forecast(runs=1_000_000, seconds=seconds, disk=2_000_000, memory=3_000_000, batch=1))
    assert text == f"1,000,000 runs, about {words}, 2 MB on disk, 3 MB of memory"
