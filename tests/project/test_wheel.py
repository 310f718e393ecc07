"""The wheel: what is installed away from the checkout has all it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path


def test_the_wheel_carries_the_code_the_data_and_every_config(checkout: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    configs = {f"cisim/{path.relative_to(checkout)}" for path in (checkout / "configs").rglob("*.yaml")}
    code = {str(path.relative_to(checkout)) for path in (checkout / "cisim").rglob("*.py")}
    templates = {str(path.relative_to(checkout)) for path in (checkout / "cisim").rglob("*.j2")}
    data = {str(path.relative_to(checkout)) for path in (checkout / "cisim" / "data").iterdir()}
    assert configs != set()
    assert templates != set()
    assert "cisim/data/ordinary.parquet" in data
    assert (configs | code | templates | data) - carried == set()
