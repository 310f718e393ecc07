"""Config files and overrides become a checked study; bad ones become one clear line."""

from pathlib import Path

import pytest

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, get
from tests.studies import compose_study


def test_without_overrides_run_takes_the_ordinary_case_and_compare_hondream() -> None:
    assert compose_study("run").scenario == "ordinary"
    assert compose_study("compare").scenario == "hondream"


def test_an_override_changes_one_parameter_and_leaves_the_others() -> None:
    before, after = compose_study("run").params, compose_study("run", ["trust.start=0.7"]).params
    changed = {name for name in REGISTRY if get(before, name) != get(after, name)}
    assert changed == {"trust.start"}
    assert get(after, "trust.start") == 0.7


def test_an_override_wins_over_the_scenario_wherever_it_stands() -> None:
    for overrides in (["backbone.lead=funder", "scenario=hondream"], ["scenario=hondream", "backbone.lead=funder"]):
        assert compose_study("run", overrides).params.backbone.lead == "funder"


def test_the_last_of_two_overrides_wins() -> None:
    assert compose_study("run", ["seed=1", "seed=2"]).seed == 2


def test_hydra_grammar_works_in_overrides() -> None:
    study = compose_study(
        "run", ["backbone={gazing:0.3,spacing:0.4}", "++trust.start=${backbone.gazing}", "name='a b'"]
    )
    assert (study.params.backbone.gazing, study.params.backbone.spacing) == (0.3, 0.4)
    assert study.params.trust.start == 0.3
    assert study.name == "a b"


def test_every_parameter_can_be_overridden_and_keeps_its_type() -> None:
    defaults = Parameters()
    overrides = [f"{name}={get(defaults, name)}" for name in REGISTRY]
    params = compose_study("run", overrides).params
    assert params == defaults
    kinds = {name: type(get(params, name)) for name in REGISTRY}
    assert kinds == {name: type(declared.default) for name, declared in REGISTRY.items()}


def test_compare_knows_arms_and_keeps_trajectories() -> None:
    study = compose_study("compare", ["strategies=[none,spacing+gazing]", "intensity=0.8"])
    assert study.strategies == ("none", "gazing+spacing")
    assert study.intensity == 0.8
    assert study.trajectories
    assert not compose_study("run").trajectories


def test_extensions_are_those_that_were_given() -> None:
    study = compose_study("run", ["extensions.gazing=experiments/mine.py:Mine"])
    assert study.extensions == {"gazing": "experiments/mine.py:Mine"}


def test_the_resolved_config_says_everything_that_decides_the_results() -> None:
    resolved = compose_study("run", ["seed=42", "trust.start=0.7", "workers=3"]).resolved()
    assert resolved["seed"] == 42
    assert resolved["trust"]["start"] == 0.7
    assert "workers" not in resolved


def test_a_study_can_be_composed_inside_another_program_that_uses_hydra(tmp_path: Path) -> None:
    from hydra import compose, initialize_config_dir

    (tmp_path / "theirs.yaml").write_text("x: 1\n", encoding="utf-8")
    with initialize_config_dir(str(tmp_path), version_base="1.3"):
        assert compose_study("run").scenario == "ordinary"
        assert compose("theirs").x == 1


OWN = """# @package _global_
# Our own case. With a second sentence.

backbone:
  gazing: 0.9
"""


@pytest.fixture
def own_configs(tmp_path: Path) -> Path:
    """Make a folder of own configs, with a space and an apostrophe in its name, that has the scenario mine."""
    folder = tmp_path / "my team's"
    (folder / "scenario").mkdir(parents=True)
    (folder / "scenario" / "mine.yaml").write_text(OWN, encoding="utf-8")
    return folder


def test_a_scenario_of_ones_own_comes_from_the_config_folder_given(own_configs: Path) -> None:
    study = compose_study("run", ["scenario=mine"], str(own_configs))
    assert (study.scenario, study.params.backbone.gazing) == ("mine", 0.9)
    assert study.folders[1] == own_configs.parent


def test_a_scenario_of_ones_own_may_not_hide_one_of_cisims(own_configs: Path) -> None:
    (own_configs / "scenario" / "minimal.yaml").write_text(OWN, encoding="utf-8")
    with pytest.raises(InputError, match="scenario minimal is in .* and in cisim itself"):
        compose_study("run", [], str(own_configs))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("backbone:\n  gazin: 0.1\n", r"option backbone\.gazin in scenario/mine\.yaml; did you mean backbone\.gazing"),
        ("backbon:\n  gazing: 0.1\n", r"option backbon in scenario/mine\.yaml"),
        ("backbone:\n  gazing: abc\n", r"backbone\.gazing=abc in scenario/mine\.yaml is not a number.*0 to 1"),
        (
            "population:\n  nonprofits: 1.5\n",
            r"nonprofits=1\.5 in scenario/mine\.yaml is not a whole number; give one from 0 to",
        ),
        ("seed: much\n", r"seed=much in scenario/mine\.yaml is not a whole number"),
        ("backbone:\n  gazing: 1.5\n", r"backbone\.gazing=1\.5 is out of range; give a number from 0 to 1"),
        ("backbone:\n  gazing: [1\n", r"cannot read .*mine\.yaml, line \d+: .*; correct the file"),
        ("backbone: 3\n", r"scenario/mine"),
        ("- 3\n", r"mine"),
    ],
)
def test_a_fault_in_a_config_file_is_one_line_that_names_the_file_or_the_value(
    own_configs: Path, content: str, complaint: str
) -> None:
    (own_configs / "scenario" / "mine.yaml").write_text(f"# @package _global_\n{content}", encoding="utf-8")
    with pytest.raises(InputError, match=complaint) as caught:
        compose_study("run", ["scenario=mine"], str(own_configs))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("override", "complaint"),
    [
        ("backbone.gazin=0.5", r"unknown parameter or option backbone\.gazin; did you mean backbone\.gazing\?"),
        ("+backbone.gazin=0.5", r"did you mean backbone\.gazing\?"),
        ("backbone={gazin:0.5}", r"did you mean backbone\.gazing\?"),
        ("nonprofits=3", r"did you mean population\.nonprofits\?"),
        ("gazing=0.5", r"did you mean backbone\.gazing\?"),
        ("replicate=3", r"did you mean replicates\?"),
        ("xyzzy=3", "see cisim params and cisim run --help"),
        ("backbone.gazing=2", r"backbone\.gazing=2 is out of range; give a number from 0 to 1"),
        ("backbone.gazing=nan", "out of range"),
        ("backbone.gazing=much", "is not a number; give one from 0 to 1"),
        ("backbone.gazing=true", "is not a number"),
        ("backbone.gazing=null", "is not a number"),
        ("backbone.gazing=[0.5]", "is not a number"),
        ("population.nonprofits=2.5", "is not a whole number"),
        ("backbone.lead=king", "choose one of corporate, nonprofit"),
        ("backbone=3", "sets a whole group"),
        ("extensions=3", "sets a whole group"),
        ("extensions.gasing=x.py:X", r"did you mean extensions\.gazing"),
        ("seed=1.5", "seed=1.5 is not a whole number"),
        ("seed=null", "seed"),
        ("seed=-1", "from 0 to 9223372036854775807"),
        ("events=maybe", "is not true or false"),
        ("scenario=hondreem", "unknown scenario hondreem; choose one of .*hondream, minimal, ordinary"),
        ("scenario=null", "unknown scenario"),
        ("backbone.gazing", "cannot read the override"),
        ("backbone.gazing=a=b", "cannot read the override"),
        ("backbone.gazing=(", "cannot read the override"),
        ("~backbone.gazing", "nothing can be removed"),
        ("scenario@here=minimal", "cannot use the override"),
        ("backbone.gazing=0,1", "gives several values; add -m"),
        ("backbone.gazing=range(0,3)", "gives several values; add -m"),
        ("out=${nowhere}", "nowhere"),
        ("strategies=all8", "unknown parameter or option strategies"),
    ],
)
def test_a_bad_override_is_one_line_with_the_remedy(override: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        compose_study("run", [override])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("design", ["strategies=null", "strategies=[]", "strategies=[gazin]", "strategies=[none,none]"])
def test_a_design_that_makes_no_sense_is_refused(design: str) -> None:
    with pytest.raises(InputError, match="strategies="):
        compose_study("compare", [design])


def test_a_config_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        compose_study("run", [], str(tmp_path / "nowhere"))
