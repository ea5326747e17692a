"""Covers of PDF documents: emblem, title and particulars in the municipality's colours."""

from __future__ import annotations

import random
from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit

from pipelines.example.look import Look
from pipelines.example.source import Source

WIDTH, HEIGHT = A4
EXAMPLE_WORD = "Exempeldata"


def draw_cover(canvas: Any, source: Source, look: Look) -> None:
    """Draw the first page: a cover for plans and policies, a letter head for decisions."""
    canvas.saveState()
    if source.slag == "ma_decision":
        _decision(canvas, source, look)
    else:
        {"block": _block, "band": _band, "strip": _strip, "skyline": _skyline}[look.cover](
            canvas, source, look
        )
    canvas.setFillColor(HexColor("#777777"))
    canvas.setFont(look.text.regular, 8)
    canvas.drawRightString(WIDTH - 22 * mm, 12 * mm, EXAMPLE_WORD)
    canvas.restoreState()


def draw_emblem(canvas: Any, source: Source, look: Look, x: float, y: float, size: float) -> None:
    """Draw an invented coat of arms whose upper left corner is (x, y); size in points."""
    rng = random.Random(f"vapen/{source.kommunkod}")
    canvas.saveState()
    shield = canvas.beginPath()
    shield.moveTo(x, y)
    shield.lineTo(x + size, y)
    shield.lineTo(x + size, y - size * 0.6)
    shield.curveTo(
        x + size, y - size, x + size * 0.65, y - size * 1.12, x + size / 2, y - size * 1.2
    )
    shield.curveTo(x + size * 0.35, y - size * 1.12, x, y - size, x, y - size * 0.6)
    shield.close()
    canvas.setFillColor(HexColor(look.dark))
    canvas.setStrokeColor(white)
    canvas.setLineWidth(0.8)
    canvas.drawPath(shield, fill=1, stroke=1)
    canvas.clipPath(shield, stroke=0, fill=0)
    canvas.setFillColor(HexColor(look.accent))
    base = y - size * rng.choice((0.62, 0.72))
    for k in range(4):
        canvas.wedge(
            x + k * size / 4, base - size / 5, x + (k + 1) * size / 4, base, 0, 180,
            fill=1, stroke=0,
        )  # fmt: skip
    canvas.rect(x, y - size * 1.3, size, base - y + size * 1.2, fill=1, stroke=0)
    canvas.setFillColor(HexColor("#F4E3B0"))
    if rng.random() < 0.5:
        canvas.circle(x + size / 2, y - size * 0.33, size * 0.17, fill=1, stroke=0)
    else:
        tower = size * 0.16
        canvas.rect(x + size / 2 - tower, y - size * 0.62, 2 * tower, size * 0.4, fill=1, stroke=0)
    canvas.restoreState()


def _lines(
    canvas: Any, text: str, font: str, size: float, at: tuple[float, float], width: float
) -> float:
    """Write a text in lines from the top left corner downwards; return where the next begins."""
    x, y = at
    for line in simpleSplit(text, font, size, width):
        canvas.setFont(font, size)
        canvas.drawString(x, y, line)
        y -= size * 1.16
    return y


def _particulars(canvas: Any, source: Source, look: Look, x: float, y: float) -> None:
    canvas.setFont(look.text.regular, 10)
    for line in (source.authority, source.date_in_words, f"Dnr {source.diarienummer}"):
        canvas.drawString(x, y, line)
        y -= 14


def _block(canvas: Any, source: Source, look: Look) -> None:
    low = HEIGHT * 0.36
    canvas.setFillColor(HexColor(look.dark))
    canvas.rect(0, low, WIDTH, HEIGHT - low, fill=1, stroke=0)
    canvas.setStrokeColor(Color(1, 1, 1, alpha=0.16))
    canvas.setLineWidth(1.3)
    for k in range(15):
        path = canvas.beginPath()
        y = low + 14 + k * 9
        path.moveTo(0, y)
        for part in range(4):
            x = part * WIDTH / 4
            path.curveTo(
                x + WIDTH / 12, y + 18, x + WIDTH / 6, y - 18 + k * 2, x + WIDTH / 4, y + k
            )
        canvas.drawPath(path, fill=0, stroke=1)
    canvas.setFillColor(HexColor(look.accent))
    canvas.rect(22 * mm, HEIGHT - 66 * mm, 26 * mm, 2.2 * mm, fill=1, stroke=0)
    canvas.setFillColor(white)
    y = _lines(
        canvas, source.titel, look.display.bold, 34, (22 * mm, HEIGHT - 84 * mm), WIDTH - 50 * mm
    )
    _lines(canvas, source.undertitel, look.text.regular, 14, (22 * mm, y - 6), WIDTH - 60 * mm)
    draw_emblem(canvas, source, look, 22 * mm, low - 18 * mm, 34)
    canvas.setFillColor(HexColor(look.dark))
    _particulars(canvas, source, look, 40 * mm, low - 21 * mm)
    _lines(canvas, source.kind_label, look.text.italic, 10, (22 * mm, 12 * mm), 120 * mm)


def _band(canvas: Any, source: Source, look: Look) -> None:
    canvas.setFillColor(HexColor(look.dark))
    canvas.rect(0, 0, 52 * mm, HEIGHT, fill=1, stroke=0)
    canvas.setFillColor(HexColor(look.accent))
    canvas.rect(52 * mm, 0, 3 * mm, HEIGHT, fill=1, stroke=0)
    draw_emblem(canvas, source, look, 17 * mm, HEIGHT - 22 * mm, 46)
    canvas.setFillColor(white)
    canvas.setFont(look.display.regular, 10)
    canvas.drawString(14 * mm, 24 * mm, source.authority)
    canvas.setFillColor(HexColor(look.accent))
    canvas.setFont(look.display.bold, 10)
    canvas.drawString(66 * mm, HEIGHT - 88 * mm, source.kind_label)
    canvas.setFillColor(HexColor(look.dark))
    y = _lines(canvas, source.titel, look.display.bold, 29, (66 * mm, HEIGHT - 104 * mm), 124 * mm)
    canvas.setFillColor(HexColor("#333333"))
    _lines(canvas, source.undertitel, look.text.regular, 13, (66 * mm, y - 8), 120 * mm)
    _particulars(canvas, source, look, 66 * mm, 42 * mm)


def _strip(canvas: Any, source: Source, look: Look) -> None:
    draw_emblem(canvas, source, look, 26 * mm, HEIGHT - 24 * mm, 36)
    canvas.setFillColor(HexColor(look.dark))
    canvas.setFont(look.display.bold, 13)
    canvas.drawString(44 * mm, HEIGHT - 32 * mm, source.authority)
    canvas.setStrokeColor(HexColor(look.dark))
    canvas.setLineWidth(1.4)
    canvas.line(26 * mm, HEIGHT - 46 * mm, WIDTH - 26 * mm, HEIGHT - 46 * mm)
    y = _lines(
        canvas, source.titel, look.display.bold, 30, (26 * mm, HEIGHT - 112 * mm), WIDTH - 52 * mm
    )
    canvas.setFillColor(HexColor("#333333"))
    _lines(canvas, source.undertitel, look.text.italic, 14, (26 * mm, y - 8), WIDTH - 60 * mm)
    for k, share in enumerate((0.5, 0.3, 0.2)):
        canvas.setFillColor(HexColor((look.dark, look.accent, look.tint)[k]))
        start = 26 * mm + (WIDTH - 52 * mm) * (0, 0.5, 0.8)[k]
        canvas.rect(start, 66 * mm, (WIDTH - 52 * mm) * share, 7 * mm, fill=1, stroke=0)
    canvas.setFillColor(HexColor("#333333"))
    _particulars(canvas, source, look, 26 * mm, 50 * mm)


def _skyline(canvas: Any, source: Source, look: Look) -> None:
    rng = random.Random(f"siluett/{source.id}")
    base = HEIGHT * 0.42
    canvas.setFillColor(HexColor(look.tint))
    canvas.rect(0, base, WIDTH, HEIGHT - base, fill=1, stroke=0)
    canvas.setFillColor(HexColor(look.accent))
    canvas.circle(WIDTH * 0.76, base + 150, 34, fill=1, stroke=0)
    x = -10.0
    while x < WIDTH:
        wide, high = rng.uniform(24, 58), rng.uniform(26, 110)
        canvas.setFillColor(HexColor(look.dark))
        canvas.rect(x, base, wide, high, fill=1, stroke=0)
        if rng.random() < 0.5:
            roof = canvas.beginPath()
            roof.moveTo(x, base + high)
            roof.lineTo(x + wide / 2, base + high + wide * 0.4)
            roof.lineTo(x + wide, base + high)
            roof.close()
            canvas.drawPath(roof, fill=1, stroke=0)
        canvas.setFillColor(HexColor(look.tint))
        for row in range(int(high // 16)):
            for column in range(int(wide // 13)):
                canvas.rect(x + 5 + column * 13, base + 7 + row * 16, 5, 7, fill=1, stroke=0)
        x += wide + rng.choice((0, 0, 7))
    canvas.setFillColor(HexColor(look.dark))
    y = _lines(
        canvas, source.titel, look.display.bold, 32, (24 * mm, HEIGHT - 54 * mm), WIDTH - 50 * mm
    )
    canvas.setFillColor(HexColor("#333333"))
    _lines(canvas, source.undertitel, look.text.regular, 13, (24 * mm, y - 6), WIDTH - 60 * mm)
    draw_emblem(canvas, source, look, 24 * mm, base - 16 * mm, 34)
    _particulars(canvas, source, look, 42 * mm, base - 19 * mm)


def _decision(canvas: Any, source: Source, look: Look) -> None:
    draw_emblem(canvas, source, look, 24 * mm, HEIGHT - 18 * mm, 26)
    canvas.setFillColor(HexColor(look.dark))
    canvas.setFont(look.display.bold, 11)
    canvas.drawString(36 * mm, HEIGHT - 25 * mm, source.authority)
    canvas.setFont(look.text.regular, 9)
    for row, line in enumerate(
        (source.kind_label, source.datum.isoformat(), f"Dnr {source.diarienummer}")
    ):
        canvas.drawString(WIDTH - 72 * mm, HEIGHT - 22 * mm - row * 12, line)
    canvas.setStrokeColor(HexColor(look.accent))
    canvas.setLineWidth(1)
    canvas.line(24 * mm, HEIGHT - 38 * mm, WIDTH - 24 * mm, HEIGHT - 38 * mm)
    y = _lines(
        canvas, source.titel, look.display.bold, 22, (24 * mm, HEIGHT - 92 * mm), WIDTH - 56 * mm
    )
    canvas.setFillColor(HexColor("#333333"))
    _lines(canvas, source.undertitel, look.text.regular, 12, (24 * mm, y - 6), WIDTH - 60 * mm)
