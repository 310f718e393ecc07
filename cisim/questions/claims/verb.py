"""``cisim claims``: what documents say, put to the test over the ensemble, with verdicts and where they reverse."""

from pathlib import Path

import numpy as np
import pandas as pd
from rich.table import Table

from cisim.cli.arguments import Arguments
from cisim.cli.experiment import Results, analysed, conduct, provenance_of
from cisim.cli.screen import screen
from cisim.errors import InputError
from cisim.questions.claims.claim import Claim
from cisim.questions.claims.evidence import Place, Question, Reader, UnknownError
from cisim.questions.claims.metrics import columns_of
from cisim.questions.claims.plan import plan_claims, untested_of
from cisim.questions.claims.tables import CLAIMS, UNTESTED, write_claims
from cisim.study.store.status import COMPLETE
from cisim.study.study import Study

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
    trial, ensemble = study.trial, study.ensemble
    assert trial is not None
    assert ensemble is not None
    if results.table("runs", ["status"])["status"].eq("error").all():
        return COMPLETE

    def work() -> None:
        quantities = {name for claim in trial.claims for name in _quantities(claim)}
        columns = [*COLUMNS, *columns_of(tuple(quantities))]
        communities = _communities(results, columns)
        reader = Reader(results.table("runs", columns), ensemble.weights, trial.effort.worlds, communities)
        evidence, unknown = [], []
        for claim in trial.claims:
            try:
                place = Place(**vars(trial.spots[claim.name]))
                evidence.append(reader.evidence(question_of(claim, study), place))
            except UnknownError as why:
                unknown.append(
                    {**{key: getattr(claim, key) for key in ("name", "claim", "source")}, "reason": str(why)}
                )
        if not evidence:
            raise InputError("no claim's metric is known in two members of the ensemble; give more replicates=")
        told = pd.concat([untested, pd.DataFrame(unknown)], ignore_index=True) if unknown else untested
        write_claims(evidence, told, results.folder, provenance_of(study))

    return analysed(results.folder, work)


def _communities(results: Results, columns: list[str]) -> pd.DataFrame | None:
    """Rows of every community, where runs have several."""
    if not (results.folder / "communities.parquet").exists():
        return None
    return results.table("communities", [name for name in columns if name != "status"])


def question_of(claim: Claim, study: Study) -> Question:
    """Hand a claim on as plain values."""
    given = vars(claim)
    same = {name: given[name] for name in ("name", "claim", "source", "passage", "scenario", "metric")}
    return Question(
        **same,
        contrast=in_words(claim),
        contrasts=claim.contrasts,
        direction=claim.direction,
        smallest=claim.smallest,
        horizon=float(study.all_cases()[claim.scenario].observation.horizon),
    )


def in_words(claim: Claim) -> str:
    """Contrast as it is written: ``time_free_of_failure, gazing - none``."""

    def written(terms: tuple[tuple[int, str, str], ...]) -> str:
        parts = [
            f"{'+' if sign > 0 else '-'} {arm}" + ("" if metric == claim.metric else f" ({metric})")
            for sign, arm, metric in terms
        ]
        return " ".join(parts).removeprefix("+ ")

    return f"{claim.metric}, {' and '.join(written(terms) for terms in claim.contrasts)}"


def _quantities(claim: Claim) -> list[str]:
    return [name for terms in claim.contrasts for term in terms for name in term.metric.split("/")]


def _report(results: Results) -> None:
    console, study, folder = screen(), results.study, results.folder
    assert study.trial is not None
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
