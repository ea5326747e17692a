"""Web pages as municipalities publish them: menu, header, footer and the document as ``main``."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from pipelines.example import blocks as b
from pipelines.example.look import look_of
from pipelines.example.pdf import map_picture
from pipelines.example.source import EXAMPLE_WORD, Source

_PLAIN = str.maketrans("åäöé", "aaoe")


def make_html(source: Source, blocks: list[b.Block]) -> bytes:
    """Set a document as one self-contained web page in UTF-8."""
    page = Path(__file__).with_name("page.html").read_text("utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(page)
    return template.render(
        source=source,
        look=look_of(source.kommunkod),
        example=EXAMPLE_WORD,
        blocks=[(type(block).__name__, block) for block in blocks],
        key=_key,
        picture=lambda figure: base64.b64encode(map_picture(source, figure)).decode("ascii"),
    ).encode("utf-8")


def _key(heading: b.Heading) -> str:
    """Return a heading's address on the page."""
    return re.sub(r"[^a-z0-9]+", "-", heading.shown.casefold().translate(_PLAIN)).strip("-")
