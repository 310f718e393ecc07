"""``cisim check``: a result proved sound, or what is wrong with it."""

from pathlib import Path

from rich.console import Console

from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.check.compute import Findings, inner_results, progress_of, prove
from cisim.reading.result_files import find_result
from cisim.reading.seal import CONFIG, read_seal
from cisim.reading.stored_result import command_of, open_result, read_config


def do_check(arguments: Arguments) -> int:
    """Check the result that the command line names; return the exit code."""
    if arguments.several or arguments.config_dir or len(arguments.overrides) != 1:
        raise InputError("cisim check takes one result and nothing else; write cisim check RESULT")
    folder, console = find_result(arguments.overrides[0]), screen()
    folders = [folder, *inner_results(folder)]
    return max([_check(console, one) for one in folders])


def _check(console: Console, folder: Path) -> int:
    """Check one folder and say what was found; return the exit code."""
    if (folder / CONFIG).is_file() and read_seal(folder) is None:
        found, command = progress_of(folder, read_config(folder)), command_of(folder)
        _say(console, f"{folder} is not finished: {found.runs:,} runs are held in {found.shards} sound shards")
        if found.damaged:
            _say(console, f"{found.damaged} shards are damaged or of another study; their runs will be done again")
        _say(console, f"to go on: {command}")
        return 1
    for line in _lines(folder, prove(open_result(folder))):
        _say(console, line)
    return 0


def _lines(folder: Path, found: Findings) -> list[str]:
    """Return what is sound, one line each."""
    rows = ", ".join(f"{name} {n:,}" for name, n in found.rows.items())
    lines = [
        f"{folder} is sound",
        f"files: {found.files}, each with the SHA-256 of the seal, and the seal with its own",
        f"configuration: {found.configuration[:12]}, model {found.model}",
        f"rows: {rows}",
    ]
    if found.points:
        n = found.rows["runs"]
        lines.append(f"runs: {n:,} at {found.points:,} design points, each exactly once; {found.raised:,} raised")
    return lines


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False, markup=False)
