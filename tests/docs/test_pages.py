"""The generated page is current, and what the pages point to exists."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from cisim.cli.main import main

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").glob("*.md"))]
TOP = {path.name for path in CHECKOUT.iterdir()}


def test_the_parameter_page_is_what_cisim_params_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["params", "--format=md"]) == 0
    page = (CHECKOUT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert page == capsys.readouterr().out, "write it anew: cisim params --format=md > docs/parameters.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / unquote(name) if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_in_code_type_exists(page: Path) -> None:
    words = re.findall(r"`([\w.-]+(?:/[\w.*{},-]+)+/?)`", page.read_text(encoding="utf-8"))
    paths = [word for word in words if word.partition("/")[0] in TOP and not word.startswith("results/")]
    assert [path for path in paths if not (CHECKOUT / path).exists()] == []


def test_every_experiment_is_named_in_a_page() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    names = [f"experiments/{path.name}" for path in sorted((CHECKOUT / "experiments").glob("*.py"))]
    assert [name for name in names if f"`{name}`" not in text] == []


def anchors(page: Path) -> set[str]:
    """Anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
