"""Folders of config files, and the scenarios in them; without Hydra, so that help is quick."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cisim.errors import InputError

#: Folder of the package.
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Scenario:
    """A file in ``scenario/``: a case.

    Attributes
    ----------
    name : str
        File name without its ending.
    title : str
        First line of the comment that heads the file.
    folder : Path
        Config folder that it is in.
    """

    name: str
    title: str
    folder: Path


def own_folder() -> Path:
    """Return the config folder of cisim: inside the package when installed, next to it in a checkout."""
    inside = PACKAGE / "configs"
    return inside if inside.is_dir() else PACKAGE.parent / "configs"


def config_folders(config_dir: str | None) -> tuple[Path, ...]:
    """Folders that configs are taken from: cisim's, and a user's own.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    if config_dir is None:
        return (own_folder(),)
    folder = Path(config_dir)
    if not folder.is_dir():
        raise InputError(f"--config-dir {config_dir}: there is no such folder; give one that has scenario/*.yaml")
    return own_folder(), folder.resolve()


def scenarios(folders: Sequence[Path]) -> dict[str, Scenario]:
    """Scenarios by name, sorted.

    Raises
    ------
    InputError
        If a user's scenario has the name of one of cisim's.
    """
    found: dict[str, Scenario] = {}
    for folder in folders:
        for path in sorted((folder / "scenario").glob("*.yaml")):
            if path.stem in found:
                raise InputError(
                    f"scenario {path.stem} is in {folder} and in cisim itself; give your file another name"
                )
            found[path.stem] = Scenario(path.stem, _title(path), folder)
    return dict(sorted(found.items()))


def _title(path: Path) -> str:
    """First sentence of the comment at the head of a config file."""
    text = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        comment = line.removeprefix("#").strip()
        if not line.startswith("#") or (text and not comment):
            break
        if not comment.startswith("@package"):
            text = f"{text} {comment}".strip()
    return text.split(". ")[0].removesuffix(".")
