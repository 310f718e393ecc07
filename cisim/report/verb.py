"""``cisim report``: a page and a paper pack from finished results."""

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.reading.result_files import find_result
from cisim.report.write import write_report

OPTIONS = ("out", "baseline", "tau", "axes")


def do_report(arguments: Arguments) -> int:
    """Write the report that the command line asks for; return the exit code."""
    source, options = split_words(arguments.overrides)
    if arguments.several:
        raise InputError("cisim report takes one result at a time; leave out -m")
    with Console(stderr=True).status("tables and figures"):
        report = write_report(
            find_result(source),
            options.get("out"),
            tau=_months(options),
            baseline=options.get("baseline"),
            axes=_axes(options),
        )
    console = screen()
    console.print(" ".join(report.summary), highlight=False, markup=False)
    for sentence in report.absent:
        console.print(f"not shown: {sentence}", soft_wrap=True, highlight=False, markup=False)
    console.print(
        f"report in {report.page}, paper pack in {report.pack}", soft_wrap=True, highlight=False, markup=False
    )
    return 0


def split_words(words: tuple[str, ...]) -> tuple[str, Mapping[str, str]]:
    """Return the result and the options; InputError unless there is one result and all options are known."""
    options = {}
    sources = []
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name in OPTIONS:
            if not value:
                raise InputError(f"{name}= has no value; write {name}=VALUE, or leave it out")
            options[name] = value
        elif equals and not Path(word).exists():
            raise InputError(
                f"cisim report does not take {word}; its options are {', '.join(f'{o}=' for o in OPTIONS)}"
            )
        else:
            sources.append(word)
    if len(sources) != 1:
        raise InputError(f"cisim report takes one result, and {len(sources)} are given; write cisim report RESULT")
    return sources[0], options


def _months(options: Mapping[str, str]) -> float | None:
    if "tau" not in options:
        return None
    try:
        return float(options["tau"])
    except ValueError:
        raise InputError(f"tau={options['tau']} is no number; give months above 0, for instance tau=120") from None


def _axes(options: Mapping[str, str]) -> tuple[str, str] | None:
    if "axes" not in options:
        return None
    names = [name.strip() for name in options["axes"].strip("[]").split(",")]
    if len(names) != 2 or names[0] == names[1] or not all(names):
        raise InputError(f"axes={options['axes']} does not name two parameters; write axes=[FIRST,SECOND]")
    return names[0], names[1]
