"""The report as one HTML page: figures and style inside, no script, no link to anywhere, good on paper."""

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

#: What `page.html.j2` shows: its ``kind`` and what that kind needs, as plain values that the template escapes.
Part = Mapping[str, Any]


@dataclass
class Section:
    """One part of the page: its anchor, its heading, and what stands under it."""

    anchor: str
    title: str
    parts: list[Part] = field(default_factory=list)


def page(title: str, lead: Part, sections: Sequence[Section]) -> str:
    """Whole document; sections without parts are left out."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("cisim.report", ""),
        autoescape=True,
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    filled = [section for section in sections if section.parts]
    return environment.get_template("page.html.j2").render(title=title, lead=lead, sections=filled)


def _escaped(value: object) -> Markup:
    """Return text as HTML, with quotes as the standard library writes them, so that pages keep their bytes."""
    return value if isinstance(value, Markup) else Markup(html.escape(str(value)))


def paragraph(text: str, style: str = "") -> Part:
    """Plain text, with a class of its own if it has one."""
    return {"kind": "paragraph", "text": text, "style": style}


def figure_part(image: bytes, media: str, alternative: str, caption: str) -> Part:
    """Figure whose picture is inside the page, with words for those who cannot see it."""
    data = base64.b64encode(image).decode("ascii")
    return {"kind": "figure", "data": data, "media": media, "alternative": alternative, "caption": caption}


def table_part(rows: pd.DataFrame, caption: str) -> Part:
    """Table with its caption."""
    return {"kind": "table", "columns": list(rows), "rows": list(rows.itertuples(index=False)), "caption": caption}


def list_part(texts: Sequence[str]) -> Part:
    """List of plain sentences."""
    return {"kind": "list", "texts": texts}


def facts_part(facts: Mapping[str, str]) -> Part:
    """Names and values."""
    return {"kind": "facts", "facts": facts}
