"""Scanned documents: pages as slightly crooked, grey and grainy pictures without a text layer."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines.example.source import Source

_DPI = 130
_QUALITY = 52
_PAPER = 243


def make_scan(source: Source, pdf: bytes) -> bytes:
    """Return the same pages as pictures only, as an archive's scanner would deliver them."""
    random = np.random.default_rng(int(source.sha256[:8], 16))
    target = io.BytesIO()
    document = pypdfium2.PdfDocument(pdf)
    canvas = Canvas(target, invariant=1, pageCompression=1)
    canvas.setTitle("Skannat dokument (Exempeldata)")
    for page in document:
        width, height = page.get_size()
        picture = page.render(scale=_DPI / 72, grayscale=True).to_pil()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(_scanned(picture, random)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    document.close()
    return target.getvalue()


def _scanned(picture: Image.Image, random: np.random.Generator) -> io.BytesIO:
    turned = picture.rotate(
        float(random.uniform(-0.7, 0.7)), resample=Image.Resampling.BILINEAR, fillcolor=_PAPER - 18
    )
    grey = np.asarray(turned, dtype=np.float32) * (_PAPER / 255)
    # The lid never closes quite tight: one edge is a little darker.
    shade = np.linspace(0, float(random.uniform(6, 16)), grey.shape[1], dtype=np.float32)
    grain = random.normal(0, 6.5, grey.shape).astype(np.float32)
    noisy = np.clip(grey - shade + grain, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(noisy, mode="L").save(file, "JPEG", quality=_QUALITY)
    file.seek(0)
    return file
