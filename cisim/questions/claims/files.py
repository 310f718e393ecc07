"""Claims out of the plain values of a file, every word of them checked."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Value, lookup
from cisim.questions.claims.claim import DIRECTIONS, Claim, Term, Untested, check_metric
from cisim.reading.yaml_files import read_yaml
from cisim.study.design import Factor

#: Folder of config folders that holds files of claims.
FOLDER = "claims"

NEEDED = ("name", "claim", "source", "passage", "arms", "metric", "contrast", "direction")
OPTIONAL = ("scenario", "set", "smallest", "depends", "replicates", "samples")
#: What an entry says that the model cannot speak to.
UNTESTED = ("name", "claim", "source", "reason")
#: Limits of the work on a claim, and the fewest that they may be.
LIMITS = {"replicates": 4, "samples": 64}
#: Scenario of an entry that names none.
SCENARIO = "hondream"
#: A parameter that every arm of every claim shares.
HORIZON = "observation.horizon"

_TERM = re.compile(r"\s*([+-]?)\s*([a-z_][a-z0-9_]*)(?:@([\w/]+))?\s*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_claims(plain: Any, where: str) -> tuple[list[Claim], list[Untested]]:
    """Read the entries of one file: those to be tested, and those with a reason why they cannot be.

    Parameters
    ----------
    plain : mapping
        ``claims``: a list of entries, as in ``configs/claims``.
    where : str
        Name of the file, for complaints.

    Raises
    ------
    InputError
        For the first entry that cannot be used, with its name.
    """
    entries = plain.get("claims") if isinstance(plain, Mapping) else None
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{where} holds no claims; write claims: and a list of entries as in configs/claims")
    claims, untested = [], []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, Mapping):
            raise InputError(f"{where}: entry {number} is no mapping; give it {', '.join(NEEDED)}")
        at = f"{where}: {entry.get('name', f'entry {number}')}"
        if "reason" in entry:
            _check_keys(entry, UNTESTED, (), at)
            untested.append(Untested(*(str(entry[name]) for name in UNTESTED)))
        else:
            claims.append(_claim_at(entry, at))
    return claims, untested


def _claim_at(entry: Mapping[str, Any], at: str) -> Claim:
    """Read one entry; a complaint about a parameter says which entry it is in."""
    try:
        return _claim(entry, at)
    except InputError as problem:
        raise problem if str(problem).startswith(at) else InputError(f"{at}: {problem}") from problem


def _claim(entry: Mapping[str, Any], at: str) -> Claim:
    _check_keys(entry, NEEDED, OPTIONAL, at)
    if not _NAME.fullmatch(str(entry["name"])):
        raise InputError(f"{at}: a name has small letters, digits and hyphens only")
    if entry["direction"] not in DIRECTIONS:
        raise InputError(f"{at}: direction {entry['direction']} is not known; use up or down")
    smallest = entry.get("smallest", 0.0)
    if isinstance(smallest, bool) or not isinstance(smallest, (int, float)) or smallest < 0:
        raise InputError(f"{at}: smallest {smallest} is out of range; give a number of 0 or more")
    arms = _arms(entry, at)
    contrast = entry["contrast"]
    written = contrast if isinstance(contrast, list) else [contrast]
    contrasts = tuple(_terms(str(text), arms, str(entry["metric"]), at) for text in written)
    if not contrasts:
        raise InputError(f"{at}: contrast is empty; write for instance {' - '.join(list(arms)[:2])}")
    return Claim(
        name=str(entry["name"]),
        claim=_text(entry["claim"]),
        source=str(entry["source"]),
        passage=_text(entry["passage"]),
        scenario=str(entry.get("scenario", SCENARIO)),
        arms=arms,
        metric=str(entry["metric"]),
        contrasts=contrasts,
        direction=DIRECTIONS[entry["direction"]],
        smallest=float(smallest),
        depends=_depends(entry.get("depends", ()), {name for given in arms.values() for name in given}, at),
        **{name: _most(entry, name, fewest, at) for name, fewest in LIMITS.items()},
    )


def _most(entry: Mapping[str, Any], name: str, fewest: int, at: str) -> int | None:
    """Limit of the work on a claim whose runs take long."""
    value = entry.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < fewest):
        raise InputError(f"{at}: {name} {value} is out of range; give a whole number of {fewest} or more")
    return value


def _check_keys(entry: Mapping[str, Any], needed: Sequence[str], optional: Sequence[str], at: str) -> None:
    missing = [name for name in needed if name not in entry]
    unknown = [str(name) for name in entry if name not in (*needed, *optional)]
    if missing or unknown:
        complaint = f"lacks {', '.join(missing)}" if missing else f"has {', '.join(unknown)}, which nothing reads"
        raise InputError(
            f"{at} {complaint}; an entry has {', '.join(needed)}, and may have {', '.join(optional) or 'no more'}"
        )


def _arms(entry: Mapping[str, Any], at: str) -> dict[str, dict[str, Value]]:
    shared, arms = entry.get("set", {}), entry["arms"]
    if not isinstance(shared, Mapping) or not isinstance(arms, Mapping) or not arms:
        raise InputError(f"{at}: set and arms hold no parameters; write arms: {{with: {{backbone.gazing: 0.7}}, ...}}")
    found: dict[str, dict[str, Value]] = {}
    for name, own in arms.items():
        if not isinstance(name, str):
            raise InputError(f"{at}: YAML reads the name of an arm as {name}; write it in quotes, or give another")
        if not isinstance(own, Mapping):
            raise InputError(f"{at}: arm {name} holds no parameters; write {name}: {{backbone.gazing: 0.7}}")
        given = {**shared, **own}
        for parameter, value in given.items():
            if parameter == HORIZON:
                raise InputError(f"{at}: arms share one {HORIZON}; leave it out")
            lookup(parameter).check(value)
        found[name] = {str(parameter): value for parameter, value in given.items()}
    return found


def _terms(text: str, arms: Collection[str], metric: str, at: str) -> tuple[Term, ...]:
    """Terms of a contrast such as ``all - none`` or ``one@failed - two@failed``."""
    terms: list[Term] = []
    place = 0
    while place < len(text):
        found = _TERM.match(text, place)
        if found is None or (terms and not found[1]):
            raise InputError(f"{at}: cannot read contrast {text}; write names of arms with + and -")
        if found[2] not in arms:
            raise InputError(f"{at}: contrast {text} names an unknown arm {found[2]}; choose among {', '.join(arms)}")
        terms.append(Term(-1 if found[1] == "-" else 1, found[2], found[3] or metric))
        place = found.end()
    if sum(term.sign for term in terms) != 0 or not terms:
        raise InputError(f"{at}: contrast {text} does not add as many arms as it takes off; write for instance a - b")
    return tuple(terms)


def _depends(given: Any, taken: Collection[str], at: str) -> tuple[Factor, ...]:
    """Parameters with the ranges of the registry, or with those given."""
    ranges = dict(given) if isinstance(given, Mapping) else dict.fromkeys(given)
    factors = []
    for name, ends in ranges.items():
        declared = lookup(name)
        if name in taken:
            raise InputError(f"{at}: {name} is set by an arm and cannot be searched; leave it out of depends")
        if declared.choices:
            factors.append(Factor(name=name, values=tuple(ends) if ends else declared.choices))
            continue
        if ends is not None and (not isinstance(ends, Sequence) or len(ends) != 2):
            raise InputError(f"{at}: {name} has no range [low, high] in depends; give two numbers, or its name alone")
        low, high = ends if ends is not None else (REGISTRY[name].low, REGISTRY[name].high)
        factors.append(Factor(name=name, low=low, high=high))
    return tuple(factors)


def check_metrics(claim: Claim, horizon: int) -> None:
    """Raise InputError unless every metric of a claim can be measured up to the horizon (months)."""
    for terms in claim.contrasts:
        for term in terms:
            check_metric(term.metric, horizon, claim.name)


def _text(value: object) -> str:
    return " ".join(str(value).split())


def find_claims(
    files: str | Sequence[str] | None, only: str | Sequence[str] | None, folders: Sequence[Path]
) -> tuple[list[Claim], list[Untested]]:
    """Read claims, and what cannot be tested, from files.

    Parameters
    ----------
    files : str, sequence of str or None
        Names of files in a config folder's ``claims/``, or paths of YAML files; None for all of the config folders.
    only : str, sequence of str or None
        Names of claims; None for all.
    folders : sequence of Path
        Config folders.

    Raises
    ------
    InputError
        If a file or a claim is not there or cannot be used, or a name comes twice.
    """
    known = {path.stem: path for folder in folders for path in sorted((folder / FOLDER).glob("*.yaml"))}
    claims: list[Claim] = []
    untested: list[Untested] = []
    for wanted in list(known) if files is None else _listed(files):
        path = known.get(wanted, Path(wanted))
        if wanted not in known and path.suffix.lower() not in (".yaml", ".yml"):
            raise InputError(f"files={wanted} is not known; choose among {', '.join(known)}, or give a .yaml file")
        found = read_claims(read_yaml(path, "files="), wanted)
        claims += found[0]
        untested += found[1]
    names = [*(claim.name for claim in claims), *(one.name for one in untested)]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two claims are called {name}; give each a name of its own")
    return _chosen(claims, only), untested if only is None else []


def _chosen(claims: list[Claim], only: str | Sequence[str] | None) -> list[Claim]:
    if only is not None:
        known = {claim.name: claim for claim in claims}
        for name in _listed(only):
            if name not in known:
                raise InputError(f"only={name} is no claim of these files; choose among {', '.join(known)}")
        claims = [claim for claim in claims if claim.name in _listed(only)]
    if not claims:
        raise InputError("no claim is left to test; name a file with entries that have arms")
    return claims


def _listed(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else [str(item) for item in value]
