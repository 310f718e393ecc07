"""Both engines give the same tables, run by run or in blocks, whatever the workers."""

import pandas as pd
import pytest

import cisim


@pytest.mark.parametrize("workers", [1, 2])
def test_blocks_give_the_tables_of_single_runs(workers: int) -> None:
    keywords = {"replicates": 5, "seed": 3, "trajectories": True, "overrides": ["cohort.intake=9"]}
    mesa = cisim.compare("minimal", engine="mesa", workers=1, **keywords)
    compiled = cisim.compare("minimal", engine="compiled", workers=workers, **keywords)
    for name, table in mesa.present().items():
        pd.testing.assert_frame_equal(compiled.present()[name], table, check_exact=True)


def test_the_event_log_comes_out_of_both_engines_alike() -> None:
    keywords = {"replicates": 3, "seed": 3, "events": True}
    mesa = cisim.simulate("minimal", engine="mesa", **keywords).present()
    compiled = cisim.simulate("minimal", engine="compiled", **keywords).present()
    assert list(mesa) == list(compiled)
    for name, table in mesa.items():
        pd.testing.assert_frame_equal(compiled[name], table, check_exact=True)
