"""What was done, in words with the numbers in them, for the methods section of a paper."""

from collections.abc import Mapping

from cisim._version import __version__
from cisim.reading.finished_result import Result
from cisim.report.contents import Contents
from cisim.survival.words import counted, listed

#: Packages whose versions decide a number, by the verb they serve.
PACKAGES = {"numba": "numba", "numpy": "NumPy", "mesa": "Mesa"}
ANALYSED_WITH = {"lifelines": "lifelines", "pandas": "pandas", "scipy": "SciPy", "matplotlib": "Matplotlib"}
#: Arms that a sentence names; more are counted.
MOST_NAMED = 8

#: What is said of each table that is there.
ESTIMATORS = {
    "claims": "Effects of claims are means of differences within worlds over the ensemble, with intervals from two-way "
    "clusters (Cameron, Gelbach & Miller 2011). A claim holds somewhere if it does on average, in the fifth of the "
    "ensemble in which it is clearest in other worlds, or in a region, found by a regression tree on half of a "
    "space-filling search and tested on the other half with other parameter sets in other worlds (honest estimation, "
    "Athey & Imbens 2016); it is conditional then, and supported if it holds on average and in more than two thirds of "
    "the ensemble too. Either verdict is at a familywise error rate of 5 % over all claims (Holm 1979).",
    "survival": "Survival is the product-limit estimate (Kaplan & Meier 1958) with log-log intervals (Kalbfleisch & "
    "Prentice 2002), exact with ties.",
    "incidence": "Failures by cause and completions are competing events: their cumulative incidence is the "
    "Aalen-Johansen estimate (1978) with the delta-method variance of Dinse & Larson (1986).",
    "comparison": "The headline is the restricted mean time free of failure, in which a completed coalition counts "
    "as free of failure until the end of the window (Andersen 2013, Stat. Med. 32:5278); its interval is symmetric "
    "on the log-log scale.",
    "effects": "Differences between arms are means of differences within replicates, with Student t intervals; "
    "where runs are censored inside the window, pseudo-observations stand for them (Andersen, Klein & Rosthoj 2003).",
    "logrank": "Log-rank tests allow for arms that share worlds; their p values are adjusted by Holm's method.",
    "hazard": "The hazard by age is the monthly Nelson-Aalen increment smoothed with Epanechnikov's kernel and "
    "local lines at the borders.",
    "rates": "Rates are endings over months lived through, with exact Poisson limits (Garwood 1936).",
    "durations": "Shares of a histogram have exact binomial limits (Clopper & Pearson 1934).",
    "formation": "Time to formation is a spell of its own: its cumulative incidence is the Aalen-Johansen estimate, "
    "with giving up as the competing end.",
    "response": "Along a parameter of the sweep, runs of a replicate at several design points are averaged first and "
    "replicates count as independent, so intervals speak of other worlds at these design points.",
    "regression": "Effects of parameters on the hazard are from Cox regression (Efron's ties) on standardised "
    "parameters, with standard errors clustered by world (Lee, Wei & Amato 1992) and a test of proportional hazards "
    "(Grambsch & Therneau 1994), fitted by lifelines.",
    "sensitivity_indices": "Sensitivity indices are of the expected outcome; shares of variance take products between "
    "different worlds only, so that chance adds nothing to them. Standard errors are by random halves of the design "
    "and of the worlds (Shao & Wu 1989).",
    "sensitivity_conditional": "Conditional means are over classes of a parameter with equally many points; their "
    "intervals speak of other points and other worlds.",
    "sensitivity_time": "Through time, the outcome is the share of coalitions that have neither failed nor completed "
    "after each year.",
    "trajectories": "Trajectories are means over the coalitions alive in a month, with Student t intervals.",
    "members": "Intervals of membership spells allow for clusters of members in coalitions (Williams 1995).",
}


def methods(result: Result, contents: Contents) -> list[str]:
    """Say what was run and how it was analysed.

    Parameters
    ----------
    result : Result
        What is reported on.
    contents : Contents
        Its tables; only estimators that were used are named.

    Returns
    -------
    list of str
        Paragraphs of plain text.
    """
    runs = _table(result) if result.is_table else _simulated(result)
    used = [text for name, text in ESTIMATORS.items() if name in contents.tables]
    window = _window(contents)
    packages = result.manifest.get("packages", {})
    analysed = f"The analysis is that of cisim {__version__}{_versions(packages, ANALYSED_WITH)}. Intervals are 95 %."
    return [runs, " ".join([*window, *used, analysed])]


def _simulated(result: Result) -> str:
    """Say what was simulated, with what, how often and from which seeds."""
    manifest, runs = result.manifest, result.runs
    commit = str(manifest.get("commit", ""))
    dirty = ", with uncommitted changes" if manifest.get("dirty") else ""
    made = f"cisim {manifest.get('cisim', 'of an unknown version')}" + (
        f" (commit {commit[:12]}{dirty})" if commit else ""
    )
    engine = f" on its {manifest['engine']} engine" if "engine" in manifest else ""
    packages = _versions(manifest.get("packages", {}), PACKAGES, "; ")
    python = f" (Python {manifest['python']}{packages})" if "python" in manifest else ""
    configuration = str(manifest.get("configuration", ""))[:12]
    sentences = [
        f"{counted(len(runs), 'coalition')} were simulated with {made}, an agent-based model of cross-sector "
        f"coalitions{engine}{python}.",
        _design(result),
        _worlds(result),
        f"Each coalition was followed for at most {_horizon(result)} months, until it failed, completed its agenda "
        "or was censored.",
        _dropped(result),
        f"The configuration has the hash {configuration}." if configuration else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _design(result: Result) -> str:
    """Say which scenario, arms and parameters."""
    design = result.design
    scenarios = sorted(set(map(str, result.runs["scenario"].unique()))) if "scenario" in result.runs else []
    case = f"Scenario: {listed(scenarios)}. " if scenarios else ""
    arms = result.labels
    named = f" ({listed(arms)})" if 1 < len(arms) <= MOST_NAMED else ""
    if design.is_sweep:
        within = f" in each of {len(arms)} arms{named}" if design.has_arms else ""
        number = counted(design.n_points, "design point")
        return f"{case}A sweep over {listed(list(design.varied))} of {number}{within}."
    return f"{case}{len(arms)} arms{named} were compared." if len(arms) > 1 else f"{case}One arm was run: {arms[0]}."


def _worlds(result: Result) -> str:
    """Say how many replicates, from which seeds, and what they share."""
    runs = result.runs
    n_replicates = len(runs["replicate"].drop_duplicates())
    seeds = sorted(set(runs["seed"].tolist())) if "seed" in runs else []
    seed = f", seed {listed([str(s) for s in seeds])}" if 0 < len(seeds) <= MOST_NAMED else ""
    shared = (
        " Replicate r is the same world everywhere (common random numbers), so that arms and design points differ "
        "by what was changed and not by luck."
        if len(runs) > n_replicates
        else ""
    )
    fewest = int(runs.groupby(["strategies", *result.design.varied], dropna=False).size().min())
    number = (f"{fewest:,} to " if fewest < n_replicates else "") + counted(n_replicates, "replicate")
    return f"There were {number}{seed}.{shared}"


def _horizon(result: Result) -> str:
    horizon = result.config.get("observation", {}).get("horizon")
    return f"{horizon}" if horizon is not None else f"{result.runs['duration'].max():g}"


def _dropped(result: Result) -> str:
    """Say how many runs were left out."""
    if result.n_dropped == 0:
        return "No run ended in an error."
    return f"{result.n_dropped:,} of {counted(len(result.runs), 'run')} ended in an error and are left out."


def _table(result: Result) -> str:
    """Say what a bare table holds."""
    runs = result.runs
    ended = int(runs["event_observed"].sum())
    return " ".join(
        [
            f"The table {result.source.name} holds {counted(len(runs), 'spell')}, of which {ended:,} ended and "
            f"{len(runs) - ended:,} were censored.",
            *([_dropped(result)] if result.n_dropped else []),
            *result.told,
        ]
    )


def _window(contents: Contents) -> list[str]:
    """Say which window the restricted means have."""
    for name in ("comparison", "points", "response"):
        if name in contents.tables:
            return [f"Restricted means are over the first {contents.tables[name]['tau'].iloc[0]:g} months."]
    return []


def _versions(packages: Mapping[str, str], names: Mapping[str, str], before: str = " with ") -> str:
    known = [f"{shown} {packages[name]}" for name, shown in names.items() if name in packages]
    return before + ", ".join(known) if known else ""
