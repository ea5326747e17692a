"""Write a PDF in a font of its own, with or without a character map.

A program of its own, because fonts that other tests register in the same process change the codes.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

BLOCKS = ("Lotsen", "Kajen", "Masten", "Seglet", "Ankaret")


def write_pdf(path: Path, *pages: tuple[str, ...], mapped: bool = True) -> Path:
    """Write pages in a font of the file's own; without `mapped` it has no character map."""
    subprocess.run(
        [sys.executable, __file__, str(path), json.dumps(pages), json.dumps(mapped)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path


def _write(path: Path, pages: list[list[str]], *, mapped: bool) -> None:
    name = "Vera" if mapped else "VeraNumbered"  # its codes are places in the font, no letters
    pdfmetrics.registerFont(TTFont(name, "Vera.ttf", asciiReadable=mapped))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, pageCompression=0)
    for block, lines in zip(BLOCKS, pages, strict=False):
        canvas.setFont(name, 9)
        for place, line in enumerate(lines):  # the same line on every page is a running head
            canvas.drawString(60, 780 - 18 * place, line.replace(".", f" ({block})."))
        canvas.showPage()
    canvas.save()
    content = data.getvalue()
    path.write_bytes(content if mapped else content.replace(b"/ToUnicode", b"/NoUnicode"))


if __name__ == "__main__":
    _write(Path(sys.argv[1]), json.loads(sys.argv[2]), mapped=json.loads(sys.argv[3]))
