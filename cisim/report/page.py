"""The report as one HTML page: figures and style inside, no script, no link to anywhere, good on paper."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import pandas as pd

STYLE = """
@page { size: A4; margin: 16mm; }
:root { color-scheme: light; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 178mm;
  margin: 2em auto; padding: 0 1em; }
h1, h2, th, nav, figcaption, caption { font-family: "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.6em; line-height: 1.2; margin: 0 0 .3em; }
h2 { font-size: 1.15em; margin: 2em 0 .6em; border-bottom: 1px solid #999; padding-bottom: .15em;
  break-after: avoid; }
nav { font-size: .85em; margin: 1em 0; }
nav a { color: #0072B2; margin-right: 1.2em; white-space: nowrap; }
figure { margin: 1.4em 0; break-inside: avoid; }
figure img { display: block; width: 100%; height: auto; max-height: 232mm; object-fit: contain; object-position: left; }
figcaption { font-size: .82em; line-height: 1.35; color: #333; margin-top: .5em; }
caption { font-size: 1.1em; line-height: 1.35; color: #333; text-align: left; caption-side: top;
  break-after: avoid; margin-bottom: .4em; padding-bottom: .3em; }
.table { overflow-x: auto; margin: 1.4em 0; }
table { border-collapse: collapse; font-size: .74em; line-height: 1.3; border-top: 1.5px solid #111;
  border-bottom: 1.5px solid #111; width: 100%; }
th { text-align: left; vertical-align: bottom; border-bottom: 1px solid #111; font-weight: 600; }
th, td { padding: .25em .7em .25em 0; }
td { vertical-align: top; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
td:first-child, th:first-child { min-width: 6em; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
dl { font-size: .82em; display: grid; grid-template-columns: max-content 1fr; gap: .15em 1em; }
dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; }
.summary { font-size: 1.02em; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  nav { display: none; }
  .table { overflow: visible; }
}
@media (max-width: 700px) { body { font-size: 10.5pt; } }
"""


@dataclass
class Section:
    """One part of the page: its anchor, its heading, and what stands under it as HTML."""

    anchor: str
    title: str
    parts: list[str] = field(default_factory=list)


def page(title: str, lead: str, sections: Sequence[Section]) -> str:
    """Whole document; sections without parts are left out."""
    filled = [section for section in sections if section.parts]
    links = "".join(f'<a href="#{section.anchor}">{escape(section.title)}</a>' for section in filled)
    body = "\n".join(
        f'<section id="{section.anchor}">\n<h2>{escape(section.title)}</h2>\n'
        + "\n".join(section.parts)
        + "\n</section>"
        for section in filled
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{lead}\n<nav>{links}</nav>\n{body}\n</body>\n</html>\n"
    )


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph of plain text."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def figure(image: bytes, media: str, alt: str, caption: str) -> str:
    """Return a figure with its picture inside the page."""
    data = base64.b64encode(image).decode("ascii")
    picture = f'<img src="data:{media};base64,{data}" alt="{escape(alt)}">'
    return f"<figure>\n{picture}\n<figcaption>{escape(caption)}</figcaption>\n</figure>"


def table(rows: pd.DataFrame, caption: str) -> str:
    """Return a table with its caption."""
    head = _cells("th", rows.columns, ' scope="col"')
    body = "\n".join(_cells("td", row) for row in rows.itertuples(index=False))
    return (
        f'<div class="table"><table>\n<caption>{escape(caption)}</caption>\n<thead>{head}</thead>\n<tbody>\n{body}\n'
        "</tbody>\n</table></div>"
    )


def items(texts: Iterable[str]) -> str:
    """Return a list of plain sentences."""
    return "<ul>\n" + "\n".join(f"<li>{escape(text)}</li>" for text in texts) + "\n</ul>"


def pairs(lines: Mapping[str, str]) -> str:
    """Return names and values."""
    return "<dl>\n" + "\n".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in lines.items()) + "\n</dl>"


def _cells(tag: str, values: Iterable[object], attributes: str = "") -> str:
    return "<tr>" + "".join(f"<{tag}{attributes}>{escape(str(value))}</{tag}>" for value in values) + "</tr>"
