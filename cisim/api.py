"""Studies from Python: the same as on the command line, with the tables in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cisim.cli.experiment import Planner
from cisim.questions.compare.plan import plan_compare
from cisim.questions.run.verb import plan_run
from cisim.questions.sweep.plan import plan_sweep
from cisim.study.arms_design import parse_design
from cisim.study.prepared import prepare
from cisim.study.progress import check_runs
from cisim.study.runner import run_in_memory
from cisim.study.sinks import Tables


def simulate(
    scenario: str = "ordinary",
    *,
    overrides: Sequence[str] = (),
    replicates: int = 100,
    seed: int = 1,
    engine: str = "auto",
    workers: int = 1,
    trajectories: bool = False,
    events: bool = False,
    config_dir: str | None = None,
) -> Tables:
    """Run one scenario.

    Parameters
    ----------
    scenario : str
        Name of the case, a file in ``configs/scenario``.
    overrides : sequence of str
        As on the command line, for instance ``["backbone.spacing=0"]``.
    replicates : int
        Runs, at least 1.
    seed : int
        0 to 2**63 - 1.
    engine : str
        ``compiled`` or ``mesa``, with the same results; ``auto`` is compiled, and mesa where there are extensions.
    workers : int
        Processes: 1 is this one, 0 all cores. With more than one, call this under ``if __name__ == "__main__":``.
    trajectories, events : bool
        Whether to keep the monthly trajectories, and the timed event log.
    config_dir : str, optional
        A folder of your own configs.

    Returns
    -------
    Tables
        ``runs``, ``members`` and, if asked for, ``trajectories`` and ``events``, with the columns of the files;
        ``communities`` if a run has several (see ``docs/fields.md``).

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    options = {"replicates": replicates, "seed": seed, "engine": engine, "workers": workers}
    kept = {"trajectories": trajectories, "events": events}
    return _conduct(plan_run, scenario, overrides, config_dir, {**options, **kept})


def compare(
    scenario: str = "hondream",
    *,
    strategies: str | Sequence[str] = "default5",
    intensity: float | None = None,
    overrides: Sequence[str] = (),
    replicates: int = 100,
    seed: int = 1,
    engine: str = "auto",
    workers: int = 1,
    trajectories: bool = True,
    events: bool = False,
    config_dir: str | None = None,
) -> Tables:
    """Run a scenario with several combinations of strategies, replicate r in the same world in every arm.

    Parameters
    ----------
    strategies : str or sequence of str
        ``default5`` (none, each alone, all), ``all8`` (every combination), or labels such as
        ``["none", "gazing+spacing"]``.
    intensity : float, optional
        Intensity in (0, 1] of a strategy in use; by default the scenario's own.
    scenario, overrides, replicates, seed, engine, workers, trajectories, events, config_dir
        As for `simulate`; `replicates` counts the runs of each arm.

    Returns
    -------
    Tables
        As from `simulate`; the column ``strategies`` names the arm.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    options = {"replicates": replicates, "seed": seed, "engine": engine, "workers": workers}
    kept = {"trajectories": trajectories, "events": events}
    level = "null" if intensity is None else intensity
    arms = [f"strategies=[{','.join(parse_design(strategies))}]", f"intensity={level}"]
    return _conduct(plan_compare, scenario, [*overrides, *arms], config_dir, {**options, **kept})


def sweep(
    scenario: str = "ordinary",
    *,
    overrides: Sequence[str],
    replicates: int = 100,
    seed: int = 1,
    engine: str = "auto",
    workers: int = 1,
    members: bool = False,
    trajectories: bool = False,
    events: bool = False,
    config_dir: str | None = None,
) -> Tables:
    """Run a design over parameters, replicate r in the same world at every point; see ``docs/sweeps.md``.

    Parameters
    ----------
    scenario : str
        As for `simulate`; several joined by commas, or ``glob(*)``, are swept.
    overrides : sequence of str
        What varies, and options of the design, for instance
        ``["backbone.gazing=interval(0,1)", "samples=64", "backbone.contract_months=36,60"]``.
    replicates : int
        Runs of each point, at least 1.
    members : bool
        Whether to keep the membership spells.
    seed, engine, workers, trajectories, events, config_dir
        As for `simulate`.

    Returns
    -------
    Tables
        As from `simulate`; columns ``point`` and one for each parameter that varies.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    options = {"replicates": replicates, "seed": seed, "engine": engine, "workers": workers}
    kept = {"members": members, "trajectories": trajectories, "events": events}
    return _conduct(plan_sweep, scenario, [*overrides, f"seed={seed}"], config_dir, {**options, **kept})


def _conduct(
    plan: Planner, scenario: str, overrides: Sequence[str], config_dir: str | None, options: Mapping[str, Any]
) -> Tables:
    """Compose and run; `options` are arguments of this call and win over configs."""
    study = plan([f"scenario={scenario}", *overrides], config_dir)
    if study.ensemble is not None:
        options = {**options, "trajectories": False}
    prepared = prepare(replace(study, **options))
    check_runs(prepared)
    return run_in_memory(prepared)
