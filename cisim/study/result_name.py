"""What a result may be called, so that every system, shell and spreadsheet takes the name for one folder."""

import unicodedata

from cisim.errors import InputError

#: Longest name, in characters and in bytes of UTF-8.
LONGEST, MOST_BYTES = 100, 200

#: What Windows takes for a device, whatever ending follows.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


def check_name(name: str) -> None:
    """Raise InputError unless `name` is a good name for one folder on every system."""
    if not _is_good(name):
        raise InputError(
            f"name={name[:LONGEST]} is not the name of one folder; give letters, digits, - and _, "
            f"at most {LONGEST} characters, the first a letter or a digit"
        )


def _is_good(name: str) -> bool:
    return (
        0 < len(name) <= LONGEST
        and is_one_line(name)
        and len(name.encode()) <= MOST_BYTES
        and not set(name) & set('/\\:*?"<>|')
        and name[0] not in "-. "
        and name[-1] not in ". "
        and not name.isspace()
        and name.partition(".")[0].rstrip().lower() not in _DEVICES
    )


def check_out(out: str) -> None:
    """Raise InputError for a folder of results whose name has line breaks or other marks that do not show."""
    if not is_one_line(out):
        raise InputError(f"out={out} has line breaks or marks that do not show; give a folder that can be read")


def is_one_line(text: str) -> bool:
    """Whether all of a text shows: no line break, control or other unprintable character."""
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in text)
