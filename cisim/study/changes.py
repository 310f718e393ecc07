"""Changes since a result was made."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from cisim.parameters import REGISTRY, Parameters
from cisim.reading.stored_result import StoredResult
from cisim.study.design import SCENARIO
from cisim.study.manifest import model_digest, surroundings
from cisim.study.store.comparison import differences

#: What a manifest says of the surroundings that can change a number.
SURROUNDINGS = ("packages", "python", "platform")


def made_by(manifest: Mapping[str, Any]) -> str:
    """Version of cisim that a manifest names, in words."""
    commit = f", commit {str(manifest['commit'])[:12]}" if "commit" in manifest else ""
    return f"cisim {manifest.get('cisim', 'of unknown version')}{commit}{' with changes' * bool(manifest.get('dirty'))}"


def changes_since(result: StoredResult) -> list[str]:
    """Return sentences on what has changed since the result was made that can change a number."""
    then = result.manifest
    found = []
    if result.seal.model != model_digest():
        found.append(f"the model's sources differ from those of {made_by(then)}")
    there, here = ({name: source.get(name) for name in SURROUNDINGS} for source in (then, surroundings()))
    found += [
        f"{name.removeprefix('packages.')} was {old} and is {new}"
        for name, (old, new) in differing(there, here).items()
    ]
    known = {f"{group}.{name}" for group, values in groups_of(result).items() for name in values}
    added = [name for name in REGISTRY if name not in known]
    if added:
        found.append(f"parameters that the result does not know take their defaults: {', '.join(added)}")
    unseen = [reference for key, reference in own_classes(result).items() if key not in then.get("extensions", {})]
    return [*found, *(f"{reference} comes from a package whose content is not recorded" for reference in unseen)]


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what differs between two sets of named values, nested or not, by dotted name."""
    return {difference.name: difference.values for difference in differences(first, second)}  # noqa: PD011


def configured_differently(first: StoredResult, second: StoredResult) -> dict[str, tuple[Any, Any]]:
    """Return options, and parameters of every scenario that both have, that differ between two results, by name.

    Where the two have one scenario each, these are compared whatever their names.
    """
    options = [
        {
            name: value
            for name, value in result.config.items()
            if name not in (*Parameters.__dataclass_fields__, "cases")
        }
        for result in (first, second)
    ]
    found = differing(*options)
    scenarios = [list(result.config.get("cases") or [str(result.config["scenario"])]) for result in (first, second)]
    if len(scenarios[0]) == len(scenarios[1]) == 1:
        return found | differing(groups_of(first, scenarios[0][0]), groups_of(second, scenarios[1][0]))
    for scenario in scenarios[0]:
        if scenario in scenarios[1]:
            parted = differing(groups_of(first, scenario), groups_of(second, scenario))
            found |= {f"{scenario}: {name}": values for name, values in parted.items()}
    return found


def own_classes(result: StoredResult) -> dict[str, str]:
    """Return the references of the extensions that made the result, by what they replace."""
    return dict(result.config.get("extensions") or {})


def groups_of(result: StoredResult, scenario: str = "") -> Mapping[str, Any]:
    """Return the groups of parameters of a scenario of the result, or of its first one, as configured."""
    cases: Mapping[str, Any] = result.config.get("cases") or {}
    found: Mapping[str, Any] = cases.get(scenario, result.config)
    return {group: found[group] for group in Parameters.__dataclass_fields__ if group in found}


def setting_table(result: StoredResult, names: Sequence[str]) -> pd.DataFrame:
    """Design points of a result with the values that `names` have there, whether varied or not.

    Parameters
    ----------
    result : StoredResult
        A finished result.
    names : sequence of str
        Dotted names of parameters, or ``scenario``.

    Returns
    -------
    DataFrame
        point, strategies, and a column for each name; None where the result does not know it.
    """
    table = result.read("points").to_pandas()
    labels = result.read("runs", ["point", "strategies"]).to_pandas().drop_duplicates("point")
    of = table[SCENARIO] if SCENARIO in table else pd.Series(str(result.config["scenario"]), index=table.index)
    columns = {name: table[name] if name in table else of.map(_known(result, name, of)) for name in names}
    return pd.DataFrame({"point": table["point"], **columns}).merge(labels, on="point")


def _known(result: StoredResult, name: str, scenarios: "pd.Series[str]") -> dict[str, Any]:
    """Return what `name` is in every scenario."""
    if name == SCENARIO:
        return {scenario: scenario for scenario in scenarios.unique()}
    group, _, key = name.partition(".")
    return {scenario: groups_of(result, scenario).get(group, {}).get(key) for scenario in scenarios.unique()}
