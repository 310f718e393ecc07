"""Fields in blocks, with others of other sizes in the same space, are the fields one by one."""

import numpy as np
import pytest

from cisim.core.kernel.block import simulate_points
from cisim.core.kernel.engine import simulate_compiled
from cisim.core.layout import encode
from cisim.parameters import Parameters, Value, replace
from cisim.questions.verify.compute import block_records, first_difference
from tests.docking.cases import SMALL
from tests.field.test_docking import OPEN, RICH

#: Blending fields and copying ones, larger and smaller, and a coalition alone between them.
POINTS: list[dict[str, Value]] = [
    OPEN | RICH | {"practice.mode": "blend"},
    SMALL,
    OPEN | {"practice.mode": "copy", "communities.number": 3},
    OPEN | RICH | {"practice.mode": "copy", "communities.number": 5, "cohort.intake": 20.0},
]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0)])
def test_fields_that_share_a_block_owe_nothing_to_one_another(order: tuple[int, ...]) -> None:
    params = [replace(Parameters(), POINTS[at] | {"observation.horizon": 60}) for at in order]
    points, replicates = np.repeat(np.arange(4), 3), np.tile(np.arange(3), 4)
    block = simulate_points([encode(point) for point in params], points, replicates, seed=9, trajectories=True)
    mixed = block_records(block)
    assert [len(record.communities) for record in mixed[::3]] == [p.communities.number for p in params]
    for at, replicate, record in zip(points, replicates, mixed, strict=True):
        alone = simulate_compiled(params[at], seed=9, replicate=int(replicate), trajectory=True)
        pairs = zip(alone.communities, record.communities, strict=True)
        assert {first_difference(one, other) for one, other in pairs} == {None}
