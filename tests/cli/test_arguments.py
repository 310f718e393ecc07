"""The command line is parsed into a verb, overrides and a few flags."""

import pytest

from cisim.cli.verbs import Arguments, parse_arguments
from cisim.errors import InputError


def test_the_first_word_is_the_verb_and_flags_may_stand_anywhere() -> None:
    expected = Arguments(verb="run", overrides=("a=1", "b=2"), config_dir="d", several=True)
    assert parse_arguments(["-m", "run", "a=1", "--config-dir", "d", "b=2"]) == expected
    assert parse_arguments(["run", "a=1", "b=2", "--config-dir=d", "--multirun"]) == expected


def test_nothing_at_all_is_no_verb() -> None:
    assert parse_arguments([]) == Arguments()


def test_the_format_may_be_given_with_dashes() -> None:
    assert parse_arguments(["params", "--format=csv"]).overrides == ("format=csv",)


def test_a_command_is_recorded_as_it_was_given() -> None:
    command = "cisim run -m --config-dir d a=1"
    assert parse_arguments(command.split()[1:]).command == command


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["run", "--replicates=3"], "unknown flag --replicates; write replicates=3 without dashes"),
        (["run", "--fast"], "unknown flag --fast; see cisim --help"),
        (["run", "-x"], "unknown flag -x"),
        (["run", "--"], "unknown flag --;"),
        (["run", "--config-dir"], "--config-dir names no folder"),
    ],
)
def test_an_unknown_flag_is_refused(words: list[str], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        parse_arguments(words)
