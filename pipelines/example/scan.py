"""Scanned documents: pages as slightly crooked, grey and grainy pictures without a text layer."""

from __future__ import annotations

import io
import time

import numpy as np
import pypdfium2
from PIL import Image

from pipelines.example.source import Source

_DPI = 130
_QUALITY = 52
_PAPER = 243
_ALWAYS = time.gmtime(0)
"""A date that never changes, so that equal texts give equal bytes."""


def make_scan(source: Source, pdf: bytes) -> bytes:
    """Return the same pages as pictures only, as an archive's scanner would deliver them."""
    random = np.random.default_rng(int(source.sha256[:8], 16))
    document = pypdfium2.PdfDocument(pdf)
    pages = [
        _scanned(page.render(scale=_DPI / 72, grayscale=True).to_pil(), random) for page in document
    ]
    document.close()
    target = io.BytesIO()
    pages[0].save(
        target,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=_DPI,
        quality=_QUALITY,
        title="Skannat dokument (Exempeldata)",
        creationDate=_ALWAYS,
        modDate=_ALWAYS,
    )
    return target.getvalue()


def _scanned(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    turned = picture.rotate(
        float(random.uniform(-0.7, 0.7)), resample=Image.Resampling.BILINEAR, fillcolor=_PAPER - 18
    )
    grey = np.asarray(turned, dtype=np.float32) * (_PAPER / 255)
    # The lid never closes quite tight: one edge is a little darker.
    shade = np.linspace(0, float(random.uniform(6, 16)), grey.shape[1], dtype=np.float32)
    grain = random.normal(0, 6.5, grey.shape).astype(np.float32)
    noisy = np.clip(grey - shade + grain, 0, 255).astype(np.uint8)
    return Image.fromarray(noisy, mode="L")
