"""``cisim claims``: verdicts on claims of known truth, the same table each time, and what it refuses."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.cli.conftest import Command
from tests.faults.conftest import Start, start  # noqa: F401

UseEngine = Callable[[str], None]

#: What `tests.study.engines.known` does: gazing lengthens, spacing turns with free-riding, abstracting does nothing.
MINE = """
claims:
  - &first
    name: effect
    claim: Gazing lengthens.
    source: S1 4.3.1
    passage: one aspect at a time
    scenario: minimal
    set: {backbone.spacing: 0}
    arms: {with: {backbone.gazing: 1}, none: {backbone.gazing: 0}}
    metric: time_free_of_failure
    contrast: with - none
    direction: up
    depends: [contribution.shirking, trust.growth]
  - <<: *first
    name: reversal
    set: {backbone.gazing: 0}
    arms: {with: {backbone.spacing: 1}, none: {backbone.spacing: 0}}
  - <<: *first
    name: nothing
    set: {backbone.gazing: 0, backbone.spacing: 0}
    arms: {with: {backbone.abstracting: 1}, none: {backbone.abstracting: 0}}
  - {name: silent, claim: The moon matters., source: S1 9, reason: There is no moon in the model.}
"""
WORDS = ("claims", "files=mine.yaml", "posterior=ensemble.parquet", "replicates=6", "samples=128", "workers=1")


@pytest.fixture
def mine(folder: Path) -> Path:
    """Write a file of claims and a small ensemble into an empty folder."""
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    rng = np.random.default_rng(1)
    members = {
        "weight": 1.0,
        "trust.start": rng.uniform(0.3, 0.6, 20),
        "contribution.shirking": rng.uniform(0, 0.9, 20),
    }
    pd.DataFrame(members).to_parquet(folder / "ensemble.parquet")
    return folder


@pytest.fixture
def known(use_engine: UseEngine) -> None:
    """Use an engine whose effects are known."""
    use_engine("known")


def table_of(folder: Path, name: str, table: str = "claims") -> pd.DataFrame:
    return pd.read_csv(folder / "results" / "claims" / name / "tables" / f"{table}.csv")


@pytest.mark.usefixtures("known")
def test_claims_of_known_truth_get_the_right_verdicts(cisim: Command, mine: Path) -> None:
    done = cisim(*WORDS, "name=a")
    assert done.code == 0
    table = table_of(mine, "a").set_index("name")
    assert table["verdict"].to_dict() == {
        "effect": "supported",
        "reversal": "conditional",
        "nothing": "not supported",
    }
    assert table.loc["effect", "lower"] <= 30.0 <= table.loc["effect", "upper"]
    assert table.loc["nothing", "effect"] == 0.0
    where = table.loc["reversal", "reverses_where"]
    assert where.startswith("where contribution.shirking is above 0.")
    assert float(where.split()[-1]) > 0.44
    assert table.loc["reversal", "reverses_upper"] < 0.0 < table.loc["reversal", "holds_lower"]
    assert "1 supported, 1 conditional, 1 not supported" in " ".join(done.out.split())
    assert table_of(mine, "a", "claims_untested")["name"].tolist() == ["silent"]
    figures = {path.stem for path in (mine / "results" / "claims" / "a" / "figures").glob("*.pdf")}
    assert figures == {"claims", "claim-effect", "claim-reversal", "claim-nothing"}


@pytest.mark.usefixtures("known")
def test_the_report_has_the_table_and_a_section_for_each_claim(cisim: Command, mine: Path) -> None:
    assert cisim(*WORDS, "name=a").code == 0
    assert cisim("report", "claims/a").code == 0
    folder = mine / "results" / "claims" / "a"
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<h2>What becomes of the claims</h2>" in page
    assert all(f'id="claim-{name}"' in page for name in ("effect", "reversal", "nothing"))
    assert "There is no moon in the model." in page
    latex = (folder / "paper" / "tables" / "claims.tex").read_text(encoding="utf-8")
    assert "Gazing lengthens. & S1 4.3.1" in latex
    assert (folder / "paper" / "figures" / "claim-reversal-double.pdf").is_file()


@pytest.mark.usefixtures("known")
def test_the_same_seed_gives_the_same_tables_on_more_workers_and_takes_over_runs(cisim: Command, mine: Path) -> None:
    assert cisim(*WORDS, "name=a").code == 0
    assert cisim(*WORDS[:-1], "workers=2", "name=b", "reuse=false").code == 0
    assert cisim(*WORDS, "name=c", "only=[effect,nothing]").code == 0
    status = json.loads((mine / "results" / "claims" / "c" / "status.json").read_text(encoding="utf-8"))
    assert status["runs_done"] == status["runs_total"] < 2000
    for table in ("claims", "claims_members", "claims_map", "claims_boxes"):
        paths = [mine / "results" / "claims" / name / "tables" / f"{table}.csv" for name in "ab"]
        assert paths[0].read_bytes() == paths[1].read_bytes()
    kept = table_of(mine, "a").set_index("name").loc[["effect", "nothing"], "effect"]
    assert kept.tolist() == table_of(mine, "c")["effect"].tolist()


@pytest.mark.slow
def test_a_killed_trial_goes_on_to_the_same_table(start: Start, mine: Path) -> None:  # noqa: F811
    words = (*WORDS[:3], "samples=64", "replicates=4", "workers=1", "reuse=false")
    whole = start(*words, "name=whole", engine="known")
    whole.communicate()
    assert whole.returncode == 0
    killed = start(*words, "name=killed", engine="known")
    shards = mine / "results" / "claims" / "killed" / "shards"
    while killed.poll() is None and not list(shards.glob("*.runs.parquet")):
        time.sleep(0.002)
    killed.kill()
    killed.communicate()
    assert shards.is_dir()
    again = start(*words, "name=killed", engine="known")
    stderr = again.communicate()[1]
    assert again.returncode == 0
    assert "goes on after" in " ".join(stderr.split())
    tables = [mine / "results" / "claims" / name / "tables" / "claims.csv" for name in ("whole", "killed")]
    assert tables[0].read_bytes() == tables[1].read_bytes()


@pytest.mark.slow
def test_any_run_of_a_trial_can_be_replayed(cisim: Command, mine: Path) -> None:
    words = ("samples=64", "replicates=4", "observation.horizon=24", "scenario=frictionless", "only=effect")
    assert cisim(*WORDS[:3], "workers=1", *words, "name=a").code == 0
    runs = pd.read_parquet(mine / "results" / "claims" / "a" / "runs.parquet")
    assert cisim("replay", "claims/a", str(len(runs) - 1)).code == 0


def test_another_scenario_and_own_classes_are_taken(cisim: Command, mine: Path, checkout: Path) -> None:
    own = f"extensions.corporation={checkout}/experiments/patient_corporation.py:PatientCorporation"
    small = ("samples=0", "only=effect", "observation.horizon=24", "scenario=frictionless", "name=own", "replicates=4")
    done = cisim(*WORDS[:3], "workers=1", *small, own)
    assert done.code == 0
    runs = pd.read_parquet(mine / "results" / "claims" / "own" / "runs.parquet")
    assert set(runs["scenario"]) == {"frictionless"}
    assert len(runs) == 160


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["files=nowhere"], "files=nowhere is not known; choose among s1, s2, s3, turns"),
        (["files=nowhere.yaml"], "cannot read files=nowhere.yaml"),
        (["files=[mine.yaml,mine.yaml]"], "files=[mine.yaml,mine.yaml] names one twice; name each once"),
        (["files=[mine.yaml,./mine.yaml]"], "two claims are called effect"),
        (["only=silent"], "only=silent is no claim of these files; choose among effect, reversal, nothing"),
        (["replicates=2"], "replicates=2 is too few for an interval; give 4 or more"),
        (["samples=8"], "samples=8 is too few to search; give 64 or more, or 0 for none"),
        (["worlds=0"], "worlds=0 is out of range"),
        (["posterior=false"], "posterior=False is not known"),
        (["scenario=atlantis"], "unknown scenario atlantis"),
        (["observation.horizon=0"], "observation.horizon=0 is out of range"),
        (["-m"], "takes no -m"),
    ],
)
def test_what_makes_no_trial_is_one_line_and_leaves_nothing(
    cisim: Command, mine: Path, words: list[str], complaint: str
) -> None:
    kept = [word for word in WORDS if not any(word.split("=")[0] == other.split("=")[0] for other in words)]
    done = cisim(*kept, *words)
    assert done.code == 2
    (line,) = done.complaints
    assert complaint in line
    assert not (mine / "results").exists()


def test_a_claim_whose_metric_is_never_known_is_listed_and_does_not_stop_the_others(cisim: Command, mine: Path) -> None:
    never = "  - <<: *first\n    name: never\n    metric: time_free_of_failure/failed_not_formed\n"
    (mine / "mine.yaml").write_text(MINE.replace("  - {name: silent", never + "  - {name: silent"), encoding="utf-8")
    done = cisim(*WORDS, "name=never", "only=[effect,never]")
    assert done.code == 0, done.err
    tables = mine / "results" / "claims" / "never" / "tables"
    assert pd.read_csv(tables / "claims.csv")["name"].tolist() == ["effect"]
    untested = pd.read_csv(tables / "claims_untested.csv").set_index("name")
    assert "fewer than two members" in untested.loc["never", "reason"]
