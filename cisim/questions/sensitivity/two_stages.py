"""``cisim sensitivity method=auto``: a screening, then Sobol's indices of what it leaves, in one result folder."""

from pathlib import Path

import pandas as pd
from rich.console import Console

from cisim.cli.experiment import Analysis, Report, Results, conduct_one
from cisim.cli.screen import screen
from cisim.questions.sensitivity.layout import EFFECTS, FROZEN_CHECK, INDICES, SCREENED
from cisim.questions.sensitivity.plan import Sampling
from cisim.questions.sensitivity.refining import SCREENING, refined
from cisim.questions.sensitivity.screening import frozen_table
from cisim.reading.table_files import write_tables
from cisim.study.keep import inner_place, place_around
from cisim.study.plan import prepare
from cisim.study.store.status import COMPLETE
from cisim.study.study import Study


def two_stages(study: Study, command: str, analyse: Analysis, report: Report) -> int:
    """Run and analyse a screening, and the study that follows on it; return the exit code.

    Both go on after a stop: the screening is a complete result of its own inside the folder of the whole.
    """
    first = prepare(study)
    inner = inner_place(first, SCREENING)
    code = conduct_one(first, command, analyse, _screened, inner)
    table = _table(inner.folder, SCREENED)
    if table is None:
        return code or 1
    second = prepare(refined(study, frozenset(table.loc[table["is_frozen"], "parameter"])))

    def analyse_both(results: Results) -> str:
        state = analyse(results)
        if state == COMPLETE and _table(results.folder, INDICES) is not None:
            _write_both(results.folder, inner.folder, _negligible(study))
        return state

    def report_both(results: Results) -> None:
        report(results)
        checked = _table(results.folder, FROZEN_CHECK)
        for row in () if checked is None else checked.to_dict("records"):
            screen().print(f"{row['outcome']}: {row['statement']}", highlight=False, soft_wrap=True)

    return max(code, conduct_one(second, command, analyse_both, report_both, place_around(second, inner)))


def _negligible(study: Study) -> float:
    return study.task_as(Sampling).refining.negligible


def _write_both(folder: Path, inner: Path, negligible: float) -> None:
    """Put the tables of the screening beside those of the second stage, with the check of what was frozen."""
    screened, effects, indices = _table(inner, SCREENED), _table(inner, EFFECTS), _table(folder, INDICES)
    assert screened is not None
    assert effects is not None
    assert indices is not None
    checked = frozen_table(indices, screened, negligible)
    write_tables({SCREENED: screened, EFFECTS: effects, FROZEN_CHECK: checked}, folder)


def _screened(results: Results) -> None:
    """Say what the screening found."""
    table = _table(results.folder, SCREENED)
    if table is None:
        return
    kept = list(table.loc[~table["is_frozen"], "parameter"].unique())
    n = table["parameter"].nunique()
    said = f"screening: {n - len(kept)} of {n} parameters are frozen; {len(kept)} are left: {', '.join(kept)}"
    for outcome, part in table.groupby("outcome", sort=False):
        said += f"; chance makes {min(1.0, n * part['noise'].iloc[0]):.0%} of the squared effects on {outcome}"
    Console(stderr=True).print(said, soft_wrap=True, highlight=False, markup=False)


def _table(folder: Path, name: str) -> pd.DataFrame | None:
    path = folder / "tables" / f"{name}.csv"
    return pd.read_csv(path) if path.exists() else None
