"""Table, sentences and figure of a recommendation out of its runs, and their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cisim.questions.advise.compute import Floats, rank_options
from cisim.questions.advise.sentences import advise
from cisim.reading.csv_files import write_tables
from cisim.survival.ensembles import read_runs

#: Tables.
OPTIONS, SENTENCES = "advice", "advice_sentences"
TABLES = (SENTENCES, OPTIONS)


@dataclass(frozen=True, eq=False, kw_only=True)
class Chosen:
    """What was compared.

    Attributes
    ----------
    options : DataFrame
        One row for each option: choice (in words), strategies, contract_months, gazing_period (empty without gazing).
    reference : int
        Row of the option without strategies; -1 if there is none.
    weights : ndarray, shape (n_states,)
        Weights of the states of the world.
    states : str
        What they are, in words.
    tau : int
        End of the window (months).
    """

    options: pd.DataFrame
    reference: int
    weights: Floats
    states: str
    tau: int


def advice_tables(runs: pd.DataFrame, chosen: Chosen) -> dict[str, pd.DataFrame]:
    """Rank the options, the longest expected persistence first, and put the advice in words.

    Parameters
    ----------
    runs : DataFrame
        Columns point, replicate, duration, ending and status; points are all states of the first option, then of the
        second, and so on.
    chosen : Chosen
        What was compared.

    Raises
    ------
    InputError
        If a run is missing or met an error, or there are too few worlds.
    """
    labels = list(chosen.options["choice"])
    found = read_runs(runs, labels, chosen.weights, float(chosen.tau))
    free = found.outcomes["time_free_of_failure"]
    table = chosen.options.join(rank_options(free, chosen.weights, float(chosen.tau)))
    said = advise(table, chosen.reference, chosen.tau, chosen.states)
    ranked = table.sort_values("expected", ascending=False, kind="stable").reset_index(drop=True)
    return {OPTIONS: ranked.assign(tau=chosen.tau), SENTENCES: pd.DataFrame({"sentence": said})}


def write_advice(
    runs: pd.DataFrame, chosen: Chosen, folder: Path, provenance: Mapping[str, str]
) -> Mapping[str, pd.DataFrame]:
    """Write the tables of `advice_tables`, ``advice.txt`` and the figure."""
    # matplotlib takes a second to load: not before there is something to draw
    from cisim.figures.registry import write_figures

    tables = advice_tables(runs, chosen)
    (folder / "figures").mkdir(exist_ok=True)
    write_tables(tables, folder)
    (folder / "advice.txt").write_text(as_text(tables[SENTENCES]["sentence"].tolist()), encoding="utf-8")
    write_figures(tables, folder / "figures", provenance)
    return tables


def as_text(sentences: Sequence[str]) -> str:
    """Sentences below one another."""
    return "\n".join(sentences) + "\n"
