"""``cisim claims``: tests of the claims of documents over the ensemble, with verdicts and where they reverse."""

from pathlib import Path

import numpy as np
import pandas as pd
from rich.table import Table

from cisim.cli.experiment import Results, analysed, conduct, provenance_of, write_outputs
from cisim.cli.screen import screen
from cisim.cli.verbs import Arguments
from cisim.errors import InputError
from cisim.questions.claims.claim import Floats, columns_of
from cisim.questions.claims.evidence import Evidence, Reader, UnknownError
from cisim.questions.claims.plan import Trial, plan_claims, untested_of
from cisim.questions.claims.tables import CLAIMS, UNTESTED, claims_tables
from cisim.study.store.folder import COMPLETE

#: Columns of the runs that every claim needs.
COLUMNS = ["point", "replicate", "status", "duration", "ending", "cause"]


def do_claims(arguments: Arguments) -> int:
    """Test the claims that the command line names; return the exit code."""
    if arguments.several:
        raise InputError("cisim claims does one trial at a time and takes no -m; leave it out")

    def analyse(results: Results) -> str:
        untested = untested_of(arguments.overrides, arguments.config_dir)
        return _analyse(results, pd.DataFrame(untested, columns=["name", "claim", "source", "reason"]))

    return conduct(arguments, plan_claims, analyse, _report)


def _analyse(results: Results, untested: pd.DataFrame) -> str:
    """Write tables and figures."""
    study = results.study
    trial, ensemble = study.task_as(Trial), study.known_ensemble
    if results.table("runs", ["status"])["status"].eq("error").all():
        return COMPLETE

    def work() -> None:
        from cisim.questions.claims.figures import FIGURES, claim_figures  # matplotlib takes a second to load

        evidence, unknown = _read_evidence(results, trial, ensemble.weights)
        if not evidence:
            raise InputError("no claim's metric is known in two members of the ensemble; give more replicates=")
        rest = pd.concat([untested, pd.DataFrame(unknown)], ignore_index=True) if unknown else untested
        tables = claims_tables(evidence, rest)
        write_outputs(tables, (*FIGURES, *claim_figures(tables)), results.folder, provenance_of(study))

    return analysed(results.folder, work)


def _read_evidence(results: Results, trial: Trial, weights: Floats) -> tuple[list[Evidence], list[dict[str, str]]]:
    """Evidence on each claim, and the claims of which a metric is not known, with the reason."""
    columns = [*COLUMNS, *columns_of(tuple({name for claim in trial.claims for name in claim.quantities}))]
    communities = _communities(results, columns)
    reader = Reader(results.table("runs", columns), weights, trial.effort.worlds, communities)
    cases = results.study.all_cases()
    evidence, unknown = [], []
    for claim in trial.claims:
        horizon = float(cases[claim.scenario].observation.horizon)
        try:
            evidence.append(reader.evidence(claim, trial.runs[claim.name], horizon))
        except UnknownError as why:
            unknown.append({"name": claim.name, "claim": claim.claim, "source": claim.source, "reason": str(why)})
    return evidence, unknown


def _communities(results: Results, columns: list[str]) -> pd.DataFrame | None:
    """Rows of every community, where runs have several."""
    if not (results.folder / "communities.parquet").exists():
        return None
    return results.table("communities", [name for name in columns if name != "status"])


def _report(results: Results) -> None:
    console, study, folder = screen(), results.study, results.folder
    if (folder / "tables" / f"{CLAIMS}.csv").exists():
        table = pd.read_csv(folder / "tables" / f"{CLAIMS}.csv")
        members, worlds = int(table["n_members"].max()), study.replicates
        title = f"{len(table)} claims, {members} parameter sets, {worlds} worlds each, seed {study.seed}"
        console.print(_as_table(table, title))
        counts = table["verdict"].value_counts()
        console.print(", ".join(f"{n} {verdict}" for verdict, n in counts.items()), highlight=False)
        n_untested = _rows(folder / "tables" / f"{UNTESTED}.csv")
        if n_untested:
            console.print(f"{n_untested} more are no claims that the model can speak to: tables/{UNTESTED}.csv")
    console.print(f"results in {folder}", soft_wrap=True, highlight=False)


def _rows(file: Path) -> int:
    return len(pd.read_csv(file)) if file.exists() else 0


def _as_table(table: pd.DataFrame, title: str) -> Table:
    shown = Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)
    for heading in ("claim", "verdict", "effect (95 %)", "unit", "holds in", "surely", "reverse"):
        shown.add_column(heading, justify="left" if heading in ("claim", "verdict", "unit") else "right", no_wrap=True)
    for row in table.to_dict("records"):
        effect = f"{row['effect']:+.3g} ({row['lower']:+.2g} to {row['upper']:+.2g})"
        unit = row["unit"] if isinstance(row["unit"], str) else ""
        shares = [f"{100 * row[f'share_{name}']:.0f} %" for name in ("holds", "surely_holds", "surely_reverses")]
        shown.add_row(row["name"], row["verdict"], effect if np.isfinite(row["effect"]) else "", unit, *shares)
    return shown
