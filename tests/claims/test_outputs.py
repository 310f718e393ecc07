"""Tables and figures of a trial agree with its evidence."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cisim.cli.experiment import write_outputs
from cisim.questions.claims.figures import FIGURES, claim_figure, claim_figures
from cisim.questions.claims.tables import LINE, SQUARE, claims_tables
from tests.claims.toy import evidence, known_effect, known_reversal

UNTESTED = pd.DataFrame([("moon", "It matters.", "S1 9", "None here.")], columns=["name", "claim", "source", "reason"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a trial of two claims, one of them searched along a single parameter."""
    rng = np.random.default_rng(1)
    square, line = evidence("square", known_reversal, rng), evidence("line", known_effect, rng)
    narrow = type(line.search)(line.search.points[["x"]], line.search.member, line.search.parts, 1)
    line = type(line)(line.claim, line.weights, line.effects, narrow)
    out = tmp_path_factory.mktemp("trial")
    tables = claims_tables([square, line], UNTESTED)
    write_outputs(tables, (*FIGURES, *claim_figures(tables)), out, {"cisim": "test"})
    return out


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / "tables" / f"{name}.csv")


def test_the_map_has_the_mean_effect_of_every_cell(folder: Path) -> None:
    cells = table(folder, "claims_map")
    assert cells.groupby("name").size().to_dict() == {"line": LINE, "square": SQUARE**2}
    square = cells[cells["name"] == "square"]
    assert square["n_points"].sum() == 512
    along = "x" if square["x_name"].iloc[0] == "x" else "y"
    low, high = (square[square[f"{along}_high"] < 0.45], square[square[f"{along}_low"] > 0.55])
    assert low["effect"].mean() == pytest.approx(30.0, abs=4.0)
    assert high["effect"].mean() == pytest.approx(-30.0, abs=4.0)


def test_every_member_has_its_effect_with_an_interval(folder: Path) -> None:
    members = table(folder, "claims_members")
    assert members.groupby("name").size().to_dict() == {"line": 40, "square": 40}
    assert (members["lower"] <= members["effect"]).all()
    assert members.groupby("name")["weight"].sum().tolist() == pytest.approx([1.0, 1.0])
    mean = members[members["name"] == "line"]["effect"].mean()
    assert mean == pytest.approx(table(folder, "claims").set_index("name").loc["line", "effect"])


def test_boxes_have_the_ends_that_the_sentence_names(folder: Path) -> None:
    boxes, claims = table(folder, "claims_boxes"), table(folder, "claims").set_index("name")
    (row,) = boxes.query("name == 'square' and box == 'reverses' and parameter == 'x'").to_dict("records")
    assert f"x is above {row['low']:.3g}" in claims.loc["square", "reverses_where"]
    assert np.isinf(row["high"])


@pytest.mark.parametrize("name", ["square", "line"])
def test_the_figure_of_a_claim_keeps_everything_inside(folder: Path, name: str) -> None:
    tables = {key: table(folder, key) for key in ("claims", "claims_members", "claims_map", "claims_boxes")}
    figure = claim_figure(tables, name)
    figure.draw_without_rendering()
    box = figure.get_tightbbox()
    assert (box.x0, box.y0) > (-0.02, -0.02)
    assert box.x1 < figure.get_figwidth() + 0.02
    colours = len(figure.axes[1].collections) + len(figure.axes[1].patches)
    assert colours > (SQUARE**2 if name == "square" else 0)
