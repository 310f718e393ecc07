"""Nothing from others runs, reads the environment or is computed by a spreadsheet, unless the user says so."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cisim.config.foreign_files import check_scenario_file
from cisim.errors import InputError
from cisim.reading.seal import read_seal, write_seal
from cisim.reading.yaml_files import read_yaml
from tests.cli.conftest import Command, cisim, folder, use_engine

__all__ = ["cisim", "folder", "use_engine"]

HEAD = "# @package _global_\n# Theirs.\n"

#: A strategy whose file leaves a mark when it is imported.
MARKING = """
from pathlib import Path
from cisim.agents.strategies import Gazing
Path("mark").write_text("imported")
class Theirs(Gazing):
    pass
"""

OWN_CLASS = "extensions.gazing=theirs.py:Theirs"

#: Scenario files that ask for more than values, and what is said about each.
FOREIGN = {
    "a callback": ("hydra: {callbacks: {x: {_target_: shutil.copy, src: theirs.py, dst: mark}}}", "sets hydra"),
    "a launcher": ("hydra: {launcher: {_target_: os.system}}", "sets hydra"),
    "a target": ("backbone: {_target_: os.system}", "_target_ names code"),
    "a target deep down": ("cluster: {address: [{a: {_target_: os.system}}]}", "_target_ names code"),
    "another launcher": ("defaults: [{override /hydra/launcher: theirs}]", "defaults takes"),
    "another file": ("defaults: ['/theirs/code']", "defaults takes"),
    "a file of another package": ("defaults: ['theirs@hydra']", "defaults takes"),
    "the environment": ("name: ${oc.env:SECRET}", "name=.* asks for more than another value"),
    "the environment, with a default": ("name: ${oc.env:SECRET,none}", "asks for more"),
    "the environment, decoded": ("seed: ${oc.decode:${oc.env:SECRET}}", "asks for more"),
    "the environment, in a list": ("strategies: [none, '${oc.env:SECRET}']", "asks for more"),
    "the environment, nested": ("out: ${a.${oc.env:SECRET}}", "asks for more"),
    "the environment, escaped": ('name: "\\x24{oc.env:SECRET}"', "asks for more"),
    "the settings of Hydra": ("name: ${hydra.runtime.cwd}", "asks for more"),
    "a resolver of its own": ("name: ${theirs:x}", "asks for more"),
    "a key filled in": ("'${oc.env:SECRET}': 1", "is no name"),
    "an object": ("name: !!python/object/apply:os.system [touch mark]", "could not determine a constructor"),
    "a path object": ("out: !!python/object/apply:pathlib.Path [mark]", "could not determine a constructor"),
    "billions of values": (
        "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
        + "".join(f"{n}: &{n} [{','.join([f'*{m}'] * 10)}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True)),
        "holds too many values",
    ),
    "itself": ("a: &a [*a]", "holds too many values"),
    "itself by name": ("a: &a {b: *a}", "holds too many values"),
    "endless nesting": ("a: " + "[" * 5000, "cannot read"),
}


@pytest.fixture
def theirs(folder: Path, use_engine: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a config folder of others, with code beside it and a secret in the environment; no model is run."""
    use_engine("steady")
    monkeypatch.setenv("SECRET", "confidential")
    (folder / "configs" / "scenario").mkdir(parents=True)
    (folder / "theirs.py").write_text(MARKING, encoding="utf-8")
    return folder / "configs" / "scenario" / "theirs.yaml"


def assert_refused(done: object, *words: str) -> None:
    """Check that a command ended with one line that has the words, and that nothing ran or became known."""
    code, out, err = done  # type: ignore[misc]
    assert code == 2, err
    assert err.startswith("cisim: ")
    assert err.count("\n") == 1
    assert all(word in err for word in words), err
    assert not Path("mark").exists()
    assert "confidential" not in out + err
    assert not [path for path in Path("results").rglob("*") if path.is_file()]


@pytest.mark.parametrize("flags", [[], ["-m"]], ids=["alone", "multirun"])
@pytest.mark.parametrize("case", FOREIGN)
def test_a_scenario_file_that_asks_for_more_than_values_is_refused(
    cisim: Command, theirs: Path, case: str, flags: list[str]
) -> None:
    content, complaint = FOREIGN[case]
    theirs.write_text(HEAD + content + "\n", encoding="utf-8")
    done = cisim("run", *flags, "--config-dir", "configs", "scenario=theirs", "workers=1", "replicates=2")
    assert_refused(done, "theirs.yaml")
    with pytest.raises(InputError, match=complaint):
        check_scenario_file(theirs)


@pytest.mark.parametrize("package", ["hydra", "hydra.callbacks", "_global_.hydra"])
def test_a_scenario_file_of_another_package_is_refused(cisim: Command, theirs: Path, package: str) -> None:
    theirs.write_text(f"# @package {package}\nverbose: true\n", encoding="utf-8")
    assert_refused(cisim("run", "--config-dir", "configs", "scenario=theirs"), "theirs.yaml", "@package _global_")


def test_values_of_other_values_and_scenarios_may_be_named(cisim: Command, theirs: Path) -> None:
    content = "defaults: [minimal, _self_]\nbackbone: {gazing: 0.25, spacing: '${backbone.gazing}'}\n"
    theirs.write_text(HEAD + content, encoding="utf-8")
    for flags in ([], ["-m"]):
        words = ("--config-dir", "configs", "scenario=theirs", "workers=1", "replicates=2")
        assert cisim("run", *flags, *words).code == 0
    texts = [path.read_text(encoding="utf-8") for path in Path("results", "run").glob("*/config.yaml")]
    assert len(texts) == 2
    assert all("  spacing: 0.25\n" in text for text in texts)


@pytest.mark.parametrize("flags", [[], ["-m"]], ids=["alone", "multirun"])
@pytest.mark.parametrize(
    "override",
    [
        "name=${oc.env:SECRET}",
        r"name=$\{oc.env:SECRET\}",
        "name='${oc.env:SECRET}'",
        "strategies=[none,'${oc.env:SECRET}']",
        "backbone.gazing=${oc.decode:${oc.env:SECRET}}",
        "hydra.callbacks.x._target_=os.getcwd",
        "+hydra.callbacks={x:{_target_:os.getcwd}}",
        "hydra.callbacks={x:{_target_:os.getcwd}}",
        "hydra.launcher._target_=os.getcwd",
        "+hydra.launcher={_target_:os.getcwd}",
        "hydra.searchpath=[file:///tmp]",
        "hydra.job_logging={'()':os.getcwd}",
        "hydra.run.dir=elsewhere",
        "+backbone._target_=os.getcwd",
        "+backbone={_target_:os.getcwd}",
    ],
)
def test_an_override_that_asks_for_more_than_a_value_is_refused(
    cisim: Command, theirs: Path, override: str, flags: list[str]
) -> None:
    done = cisim("compare", *flags, "scenario=minimal", "workers=1", "replicates=2", override)
    assert_refused(done._replace(err=done.err.splitlines()[-1] + "\n"))


@pytest.mark.parametrize("flags", [[], ["-m"]], ids=["alone", "multirun"])
@pytest.mark.parametrize("word", ["seed=1", "out=x", "hydra/launcher=x"])
def test_a_folder_with_the_name_of_an_option_is_not_read(
    cisim: Command, theirs: Path, word: str, flags: list[str]
) -> None:
    name, _, value = word.partition("=")
    path = theirs.parent.parent / name / f"{value}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("# @package hydra\ncallbacks: {x: {_target_: os.getcwd}}\n", encoding="utf-8")
    assert_refused(cisim("run", *flags, "--config-dir", "configs", "scenario=minimal", word), "rename that folder")


@pytest.mark.parametrize("flags", [[], ["-m"]], ids=["alone", "multirun"])
def test_code_that_a_scenario_file_names_runs_only_with_trust(cisim: Command, theirs: Path, flags: list[str]) -> None:
    theirs.write_text(f"{HEAD}extensions: {{gazing: 'theirs.py:Theirs'}}\n", encoding="utf-8")
    words = ("run", *flags, "--config-dir", "configs", "scenario=theirs", "workers=1", "replicates=2", "name=a")
    for refused in (words, (*words, "trust=false"), (*words, "trust=true", "trust=false")):
        done = cisim(*refused)
        assert (done.code, done.complaints) == (2, done.err.splitlines())
        assert all(word in done.err for word in ("scenario theirs", "theirs.py:Theirs", "trust=true"))
        assert not Path("mark").exists()
        shutil.rmtree("results", ignore_errors=True)
    assert cisim(*words, "trust=true").code == 0
    assert Path("mark").exists()


def test_a_scenario_file_cannot_vouch_for_itself(cisim: Command, theirs: Path) -> None:
    theirs.write_text(f"{HEAD}trust: true\nextensions: {{gazing: 'theirs.py:Theirs'}}\n", encoding="utf-8")
    assert_refused(cisim("run", "--config-dir", "configs", "scenario=theirs", "workers=1", "replicates=2"), "trust")


def test_a_scenario_file_names_no_machine_that_code_comes_from(cisim: Command, theirs: Path) -> None:
    theirs.write_text(f"{HEAD}executor: dask\ncluster: {{address: 'tcp://theirs:1'}}\n", encoding="utf-8")
    assert_refused(cisim("run", "--config-dir", "configs", "scenario=theirs"), "cluster.address=tcp://theirs:1")


def test_code_on_the_command_line_is_the_users_word(cisim: Command, theirs: Path) -> None:
    for word in (OWN_CLASS, "extensions={gazing:'theirs.py:Theirs'}"):
        assert cisim("run", "scenario=minimal", "workers=1", "replicates=2", "name=a", word).code == 0
        assert Path("mark").exists()
        shutil.rmtree("results")


def test_trust_changes_nothing_of_a_result(cisim: Command, theirs: Path) -> None:
    words = ("run", "scenario=minimal", "workers=1", "replicates=2")
    assert cisim(*words, "name=a").code == cisim(*words, "name=b", "trust=true").code == 0
    for file in ("config.yaml", "runs.parquet"):
        assert Path("results/run/a", file).read_bytes() == Path("results/run/b", file).read_bytes()
    assert cisim(*words, "name=a", "trust=true").code == 0


@pytest.mark.parametrize("word", ["trust=maybe", "trust=1", "trust=true,false", "trust=null"])
def test_trust_is_true_or_false(cisim: Command, theirs: Path, word: str) -> None:
    assert_refused(cisim("run", "scenario=minimal", word), "trust=")


@pytest.mark.parametrize("reference", ["theirs.py:Theirs", "theirs:Theirs", "missing.py:Theirs"])
def test_replay_of_a_received_result_imports_nothing_unless_trusted(
    cisim: Command, theirs: Path, monkeypatch: pytest.MonkeyPatch, reference: str
) -> None:
    monkeypatch.syspath_prepend(str(Path.cwd()))
    assert cisim("run", "scenario=minimal", "workers=1", "replicates=2", "name=a", OWN_CLASS).code == 0
    received = Path("results/run/a")
    config = (received / "config.yaml").read_text(encoding="utf-8")
    Path("mark").unlink()
    Path("results").rename("received")
    rename_class(Path("received/run/a"), config, reference)
    for words in ([], ["trust=false"], ["engine=mesa"], ["engine=compiled"]):
        done = cisim("replay", "received/run/a", "0", *words)
        assert_refused(done, "received/run/a/config.yaml", f"extensions.gazing={reference}", "trust=true")
    assert_refused(cisim("replay", "received/run/a", "0", "trust=maybe"), "trust=maybe")


def rename_class(result: Path, config: str, reference: str) -> None:
    """Change the reference that a result names, and seal it again."""
    seal = read_seal(result)
    assert seal is not None
    (result / "config.yaml").write_text(config.replace("theirs.py:Theirs", reference), encoding="utf-8")
    write_seal(result, seal.configuration, seal.model)


def test_a_trusted_result_is_replayed(cisim: Command, theirs: Path) -> None:
    theirs.parent.parent.parent.joinpath("theirs.py").write_text(MARKING, encoding="utf-8")
    assert cisim("run", "scenario=minimal", "workers=1", "replicates=2", "name=a", OWN_CLASS).code == 0
    assert cisim("replay", "run/a", "1", "trust=true").code in (0, 1)
    assert Path("results/run/a/replays").exists()


@pytest.mark.parametrize("verb", ["claims files=theirs.yaml", "calibrate targets=theirs.yaml"])
@pytest.mark.parametrize("content", ["a: !!python/object/apply:os.system [touch mark]", "[" * 5000, "\x00", "a: ["])
def test_yaml_that_makes_objects_is_refused_wherever_it_is_read(
    cisim: Command, theirs: Path, verb: str, content: str
) -> None:
    Path("theirs.yaml").write_text(content, encoding="utf-8")
    assert_refused(cisim(*verb.split()), "theirs.yaml")
    with pytest.raises(InputError, match=r"cannot read theirs\.yaml"):
        read_yaml(Path("theirs.yaml"))
