"""Web pages as municipalities publish them: menu, header, footer and the document as ``main``."""

from __future__ import annotations

import base64
import re
from html import escape

from pipelines.example import blocks as b
from pipelines.example.look import Look, look_of
from pipelines.example.pdf import map_picture
from pipelines.example.source import EXAMPLE_WORD, Source

_MENU = (
    "Barn och utbildning",
    "Bygga, bo och miljö",
    "Omsorg och stöd",
    "Kommun och politik",
    "Uppleva och göra",
)


def make_html(source: Source, blocks: list[b.Block]) -> bytes:
    """Set a document as one self-contained web page in UTF-8."""
    look = look_of(source.kommunkod)
    headings = [block for block in blocks if isinstance(block, b.Heading)]
    keys = _keys(headings)
    contents = "".join(
        f'<li><a href="#{keys[heading]}">{escape(heading.shown)}</a></li>'
        for heading in headings
        if heading.level == 1
    )
    menu = "".join(f'<li><a href="#">{escape(name)}</a></li>' for name in _MENU)
    body = "\n".join(_element(block, source, keys) for block in blocks)
    toc = f'<nav class="innehall" aria-label="Innehåll"><ol>{contents}</ol></nav>'
    page = f"""<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{escape(source.titel)} - {escape(source.authority)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{_style(look)}</style>
</head>
<body>
<header class="sidhuvud"><p class="avsandare">{escape(source.authority)}</p>
<nav aria-label="Huvudmeny"><ul>{menu}</ul></nav></header>
<nav class="stig" aria-label="Här är du"><a href="#">Startsida</a> /
<a href="#">{escape(_MENU[1])}</a> / <a href="#">{escape(source.kind_label)}</a></nav>
<main id="content">
<h1 class="titel">{escape(source.titel)}</h1>
<p class="undertitel">{escape(source.undertitel)}</p>
<p class="uppgifter">{source.date_in_words} · Dnr {escape(source.diarienummer)} · {EXAMPLE_WORD}</p>
{toc if source.innehall else ""}
{body}
</main>
<footer><p>{escape(source.sidfot)} · {EXAMPLE_WORD}</p>
<p>Kontaktcenter är öppet vardagar 8–16. Om webbplatsen. Tillgänglighetsredogörelse.</p></footer>
</body>
</html>
"""
    return page.encode("utf-8")


def _keys(headings: list[b.Heading]) -> dict[b.Heading, str]:
    """Give every heading an address on the page."""
    plain = str.maketrans("åäöé", "aaoe")
    return {
        heading: re.sub(r"[^a-z0-9]+", "-", heading.shown.casefold().translate(plain)).strip("-")
        for heading in headings
    }


def _element(block: b.Block, source: Source, keys: dict[b.Heading, str]) -> str:
    match block:
        case b.Heading():
            tag = f"h{block.level + 1}"
            return f'<{tag} id="{keys[block]}">{escape(block.shown)}</{tag}>'
        case b.Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case b.Listing():
            tag = "ol" if block.ordered else "ul"
            items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
            return f"<{tag}>{items}</{tag}>"
        case b.Grid():
            return _table(block)
        case b.Figure():
            picture = base64.b64encode(map_picture(source, block)).decode("ascii")
            caption = escape(block.caption)
            image = f'<img alt="{caption}" src="data:image/png;base64,{picture}">'
            return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
        case b.PageBreak():
            return "<hr>"


def _table(grid: b.Grid) -> str:
    header = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in grid.header)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in grid.rows
    )
    return f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"


def _style(look: Look) -> str:
    return f"""
body{{margin:0;font:17px/1.6 {look.web_font};color:#222}}
header.sidhuvud{{background:{look.dark};color:#fff;padding:18px 6%}}
header.sidhuvud a{{color:#fff;text-decoration:none}}
.avsandare{{font-weight:bold;font-size:1.3em;margin:0 0 8px}}
header ul{{list-style:none;display:flex;flex-wrap:wrap;gap:24px;margin:0;padding:0}}
.stig{{padding:12px 6%;font-size:.85em;background:{look.tint}}}
main{{max-width:46em;margin:0 auto;padding:24px 6% 48px}}
h1,h2,h3,h4{{color:{look.dark};line-height:1.25}}
.undertitel{{font-size:1.15em;margin-top:-8px}}
.uppgifter{{color:#666;font-size:.85em}}
.innehall{{border-left:4px solid {look.accent};background:{look.tint};padding:8px 16px}}
table{{border-collapse:collapse;margin:18px 0;width:100%}}
th,td{{text-align:left;padding:6px 10px;border-bottom:1px solid #ccc;vertical-align:top}}
th{{background:{look.tint}}}
figure{{margin:24px 0}} img{{max-width:100%}} figcaption{{font-style:italic;font-size:.85em}}
footer{{background:{look.dark};color:#fff;padding:20px 6%;font-size:.85em}}
"""
