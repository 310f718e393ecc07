"""A seal anew, for tests that alter a result as if it had been written so."""

from pathlib import Path

from cisim.reading.seal import read_seal, write_seal


def seal_again(folder: Path, model: str | None = None) -> None:
    """Seal a result as it stands now; `model` is put in the place of the hash of its model."""
    seal = read_seal(folder)
    assert seal is not None
    write_seal(folder, seal.configuration, model or seal.model)
