"""What has changed since a result was made."""

from collections.abc import Mapping
from typing import Any

from cisim.parameters import REGISTRY, Parameters
from cisim.study.manifest import surroundings
from cisim.study.store.differences import differences
from cisim.study.store.result import Result
from cisim.study.version import model_digest

#: What a manifest says of the surroundings that can change a number.
SURROUNDINGS = ("packages", "python", "platform")


def made_by(manifest: Mapping[str, Any]) -> str:
    """Version of cisim that a manifest names, in words."""
    commit = f", commit {str(manifest['commit'])[:12]}" if "commit" in manifest else ""
    return f"cisim {manifest.get('cisim', 'of unknown version')}{commit}{' with changes' * bool(manifest.get('dirty'))}"


def changes_since(result: Result) -> list[str]:
    """Say what has changed since the result was made that can change a number."""
    then = result.manifest
    found = []
    if result.status.model != model_digest():
        found.append(f"the model's sources differ from those of {made_by(then)}")
    there, here = ({name: source.get(name) for name in SURROUNDINGS} for source in (then, surroundings()))
    found += [
        f"{difference.name.removeprefix('packages.')} was {difference.values[0]} and is {difference.values[1]}"
        for difference in differences(there, here)
    ]
    known = {f"{group}.{name}" for group, values in groups_of(result).items() for name in values}
    added = [name for name in REGISTRY if name not in known]
    if added:
        found.append(f"parameters that the result does not know take their defaults: {', '.join(added)}")
    unseen = [reference for key, reference in own_classes(result).items() if key not in then.get("extensions", {})]
    return [*found, *(f"{reference} comes from a package whose content is not recorded" for reference in unseen)]


def own_classes(result: Result) -> dict[str, str]:
    """Return the references of the extensions that made the result, by what they replace."""
    return dict(result.config.get("extensions") or {})


def groups_of(result: Result, scenario: str = "") -> Mapping[str, Any]:
    """Return the groups of parameters of a scenario of the result, or of its first one, as configured."""
    cases: Mapping[str, Any] = result.config.get("cases") or {}
    found: Mapping[str, Any] = cases.get(scenario, result.config)
    return {group: found[group] for group in Parameters.__dataclass_fields__ if group in found}
