"""Configs are found next to the package in a checkout and inside it when installed."""

from pathlib import Path

import pytest

from cisim.config import places


@pytest.mark.parametrize("inside", [True, False])
def test_configs_are_found_in_a_wheel_and_in_a_checkout(
    inside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "cisim"
    wanted = (package if inside else tmp_path) / "configs"
    wanted.mkdir(parents=True)
    monkeypatch.setattr(places, "PACKAGE", package)
    assert places.own_folder() == wanted
