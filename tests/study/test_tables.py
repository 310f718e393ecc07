"""Tables have the columns and types that the docs promise, whatever the runs gave."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from cisim.core.series import SERIES
from cisim.study.prepared import prepare
from cisim.study.runner import run_in_memory
from cisim.study.sinks import Tables
from cisim.study.study import Study
from cisim.study.table_schemas import RESULTS

MakeStudy = Callable[..., Study]


def tables_of(study: Study) -> Tables:
    """Run a study and return its tables."""
    return run_in_memory(prepare(study))


def test_runs_have_the_columns_of_the_contract_in_order(make_study: MakeStudy) -> None:
    expected = {
        "point": "int64",
        "strategies": "object",
        "scenario": "object",
        "replicate": "int64",
        "seed": "int64",
        "backbone.gazing": "float64",
        "backbone.abstracting": "float64",
        "backbone.spacing": "float64",
        "duration": "int64",
        "event_observed": "bool",
        "ending": "object",
        "cause": "object",
        **dict.fromkeys(RESULTS, "float64"),
        "status": "object",
        "error": "object",
        "traceback": "object",
    }
    assert RESULTS[:3] == ("founders_retained", "social_outcome", "economic_outcome")
    assert list(tables_of(make_study()).runs.dtypes.astype(str).items()) == list(expected.items())


def test_without_a_comparison_no_parameter_is_a_column(make_study: MakeStudy) -> None:
    runs = tables_of(make_study(verb="run", strategies=())).runs
    assert [name for name in runs if "." in name] == []


def test_members_name_their_run(make_study: MakeStudy) -> None:
    members = tables_of(make_study()).members
    assert members is not None
    assert list(members.columns[:3]) == ["point", "strategies", "replicate"]
    assert list(members.columns[3:]) == [
        "organisation",
        "kind",
        "founder",
        "entry",
        "duration",
        "event_observed",
        "cause",
    ]
    assert len(members) == 10


def test_a_trajectory_has_a_row_for_each_month_and_none_after_the_end(make_study: MakeStudy) -> None:
    tables = tables_of(make_study(trajectories=True))
    assert tables.trajectories is not None
    months = tables.trajectories.groupby(["point", "replicate"])["month"].apply(list)
    durations = tables.runs.set_index(["point", "replicate"])["duration"]
    assert {key: list(range(1, months_of + 1)) for key, months_of in durations.items()} == months.to_dict()
    assert tables.trajectories["trust"].iloc[0] == 0.0


def test_tables_not_asked_for_are_not_there(make_study: MakeStudy) -> None:
    tables = tables_of(make_study())
    assert (tables.trajectories, tables.events) == (None, None)
    assert list(tables.present()) == ["runs", "members"]


def test_the_event_log_names_its_run(make_study: MakeStudy) -> None:
    events = tables_of(make_study(events=True)).events
    assert events is not None
    assert list(events) == ["point", "strategies", "replicate", "month", "event", "organisation", "other", "detail"]


def test_tables_without_rows_have_their_columns_and_types(
    make_study: MakeStudy, use_engine: Callable[[str], None]
) -> None:
    whole = tables_of(make_study(events=True))
    study = make_study(events=True, trajectories=True)
    use_engine("broken")
    empty = tables_of(study)
    assert empty.events is not None
    assert whole.events is not None
    assert whole.members is not None
    assert empty.members is not None
    assert empty.members.dtypes.equals(whole.members.dtypes)
    assert empty.events.dtypes.equals(whole.events.dtypes)
    assert empty.trajectories is not None
    assert list(empty.trajectories) == ["point", "strategies", "replicate", "month", *SERIES]


def test_the_largest_seed_survives_the_table(make_study: MakeStudy) -> None:
    seeds = tables_of(make_study(seed=2**63 - 1)).runs["seed"]
    assert set(seeds) == {2**63 - 1}


@pytest.mark.parametrize("kept", ["trajectories", "events"])
def test_what_is_kept_changes_no_run(make_study: MakeStudy, kept: str) -> None:
    pd.testing.assert_frame_equal(tables_of(make_study(**{kept: True})).runs, tables_of(make_study()).runs)


def test_errors_are_listed(make_study: MakeStudy, use_engine: Callable[[str], None]) -> None:
    study = make_study()
    assert len(tables_of(study).errors) == 0
    use_engine("failing")
    assert tables_of(study).errors.tolist() == ["ValueError: no such world"] * 2
    assert np.isnan(tables_of(study).runs["jobs"]).sum() == 2
