"""What the font of a character says about it."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_BOLD = 600


def is_bold(text_page: Any, index: int) -> bool:
    """Tell whether the character is set in bold, by the font's weight or its name."""
    if pdfium.FPDFText_GetFontWeight(text_page.raw, index) >= _BOLD:
        return True
    buffer = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(text_page.raw, index, buffer, 96, flags)
    return size > 0 and b"bold" in buffer.value.lower()
