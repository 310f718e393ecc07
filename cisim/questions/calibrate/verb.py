"""``cisim calibrate``: parameter sets that meet target patterns, how well, and what the patterns do not identify."""

from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from cisim.cli.experiment import provenance_of, write_outputs
from cisim.cli.screen import complain, screen
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.calibrate.particles import StepStore
from cisim.questions.calibrate.plan import (
    Calibration,
    calibrate,
    calibration_folder,
    calibration_writer,
    plan_calibrate,
    write_calibrated,
)
from cisim.questions.calibrate.tables import calibration_tables
from cisim.study.prepared import prepare
from cisim.study.progress import show_progress
from cisim.study.store.folder import COMPLETE

#: Parameters that the terminal shows.
SHOWN = 8


def do_calibrate(arguments: Arguments) -> int:
    """Run the calibration that the command line names; return the exit code."""
    if arguments.several:
        raise InputError("cisim calibrate does one calibration at a time and takes no -m; leave it out")
    calibration = plan_calibrate(arguments.overrides, arguments.config_dir)
    prepare(calibration)  # what is wrong with the case or its extensions, before there is a folder
    folder = calibration_folder(calibration)
    try:
        with calibration_writer(calibration, folder, arguments.command) as kept:
            remark = COMPLETE if kept is None else _work(calibration, kept, folder)
    except KeyboardInterrupt as interrupt:
        raise KeyboardInterrupt(f"the same command goes on from {folder}") from interrupt
    if kept is None:
        Console(stderr=True).print(f"{folder} is complete already; nothing was run", highlight=False)
    _report(calibration, folder)
    if remark != COMPLETE:
        complain(remark)
    return 0 if remark == COMPLETE else 1


def _work(calibration: Calibration, kept: StepStore, folder: Path) -> str:
    """Calibrate and write everything; return ``complete``, or why the ensemble is not to be trusted."""
    from cisim.questions.calibrate.figures import calibration_figures  # matplotlib takes a second to load

    title = f"calibrate {calibration.scenario}, {len(calibration.names)} parameters"
    with show_progress(title, _expected(calibration)) as watch:
        found = calibrate(calibration, kept, watch)
    written = write_calibrated(calibration, found, folder)
    tables = calibration_tables(found.ensemble, written["targets"], written["prior"])
    write_outputs(tables, calibration_figures(found.ensemble), folder, provenance_of(calibration))
    return found.remark


def _expected(calibration: Calibration) -> int:
    """Guess the runs of a calibration that needs eight tolerances."""
    s = calibration.settings
    return s.draws * s.replicates // 4 + s.particles * (70 * s.replicates + calibration.confirm)


def _report(calibration: Calibration, folder: Path) -> None:
    """Show how the ensemble meets the patterns, and the parameters that these identify best."""
    console = screen()
    predictive = pd.read_csv(folder / "tables" / "predictive.csv")
    identified = pd.read_csv(folder / "tables" / "identifiability.csv")
    members = len(pd.read_parquet(folder / "ensemble.parquet", columns=["member"]))
    console.print(_patterns(predictive, f"{calibration.scenario}: {members} parameter sets, seed {calibration.seed}"))
    n = int(identified["is_informed"].sum())
    console.print(f"the patterns inform {n} of {len(identified)} parameters; most of all:", highlight=False)
    console.print(_informed(identified.head(SHOWN)))
    console.print(f"results in {folder}", soft_wrap=True, highlight=False)


def _patterns(predictive: pd.DataFrame, title: str) -> Table:
    table = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for heading in ("pattern", "target", "interval", "median", "90 % of sets", "inside"):
        table.add_column(heading, justify="left" if heading == "pattern" else "right")
    for row in predictive.to_dict("records"):
        span, most = f"{row['low']:.4g} to {row['high']:.4g}", f"{row['p5']:.4g} to {row['p95']:.4g}"
        cells = (f"{row['value']:.4g}", span, f"{row['median']:.4g}", most, f"{100 * row['share_inside']:.0f} %")
        table.add_row(str(row["pattern"]), *cells)
    return table


def _informed(identified: pd.DataFrame) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("parameter", "prior", "posterior median", "90 %", "sd ratio", "KS"):
        table.add_column(heading, justify="left" if heading == "parameter" else "right")
    for row in identified.to_dict("records"):
        span, most = f"{row['low']:.3g} to {row['high']:.3g}", f"{row['p5']:.3g} to {row['p95']:.3g}"
        numbers = (f"{row['median']:.3g}", most, f"{row['sd_ratio']:.2f}", f"{row['ks']:.2f}")
        table.add_row(str(row["parameter"]), span, *numbers)
    return table
