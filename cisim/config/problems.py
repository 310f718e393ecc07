"""What Hydra and OmegaConf complain about, in one line of this program's words."""

import re

from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException

from cisim.config.names import Names
from cisim.errors import CisimError, InputError
from cisim.parameters import REGISTRY

_FILE = re.compile(r"In '([^']+)'")
_KEY = re.compile(r"full_key: (\S+)")
_VALUE = re.compile(r"[Vv]alue '(.*?)'")


def is_input_problem(problem: Exception) -> bool:
    """Tell whether `problem` is about configuration, and not a fault of the program."""
    known = (HydraException, OmegaConfBaseException)
    return isinstance(problem, known) or hasattr(problem, "problem_mark")


def explain(problem: Exception, names: Names) -> CisimError:
    """Turn a complaint about configuration into an InputError of one line.

    Parameters
    ----------
    problem : Exception
        From Hydra, OmegaConf or the YAML reader.
    names : Names
        What can be set.
    """
    mark = getattr(problem, "problem_mark", None)
    if mark is not None:
        fault = getattr(problem, "problem", None) or "not YAML"
        return InputError(f"cannot read {mark.name}, line {mark.line + 1}: {fault}; correct the file")
    text = f"{problem}\n{problem.__cause__ or ''}"
    file, key, value = (found[1] if found else "" for found in (p.search(text) for p in (_FILE, _KEY, _VALUE)))
    where = f" in {file}.yaml" if file else ""
    if key and " not in " in text:
        return names.unknown(key, where)
    if key and value:
        return _wrong_type(key, value, where, names)
    return InputError(" ".join(text.split()))


def _wrong_type(key: str, value: str, where: str, names: Names) -> InputError:
    if key in REGISTRY:
        declared = REGISTRY[key]
        kind = "a whole number" if isinstance(declared.default, int) else "a number"
        return InputError(f"{key}={value}{where} is not {kind}; give one from {declared.range_text}")
    return InputError(f"{key}={value}{where} is not {names.verb.kind_of(key)}; see cisim {names.verb.name} --help")
