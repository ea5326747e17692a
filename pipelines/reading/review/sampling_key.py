"""How a passage was drawn, written so that the coder cannot read the machine's answer from it.

The probability of selection must travel with the row through Excel and back, or recall could
never be estimated. In plain figures it would tell whether the machine had found the passage; the
key therefore hides it under a mask made from the passage itself. It is no secret, only unreadable
at a glance, and every decoded key stands in the edition.
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from dataclasses import dataclass

from pipelines.model.codes import SAMPLING_STRATUM
from pipelines.reading.review.quotes import plain

_LAYOUT = struct.Struct(">BIH")
_KEY = re.compile(r"([0-9a-f]{6})-([a-z2-7]{13})")


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: ``drawn`` of the ``size`` passages in a stratum of one sample."""

    sample_id: str
    stratum: str
    size: int
    drawn: int

    @property
    def probability(self) -> float:
        """The probability that a given passage of the stratum was drawn."""
        return self.drawn / self.size


def encode(draw: Draw, document_id: str, quote: str) -> str:
    """Return the key of a drawn passage, such as ``3f09ac-mzxw6ytboi2dg``."""
    content = _LAYOUT.pack(SAMPLING_STRATUM.position(draw.stratum), draw.size, draw.drawn)
    mask = _mask(draw.sample_id, document_id, quote)
    hidden = bytes(a ^ b for a, b in zip(content + _check(content), mask, strict=False))
    return f"{draw.sample_id}-{base64.b32encode(hidden).decode().rstrip('=').casefold()}"


def decode(key: str, document_id: str, quote: str) -> Draw | None:
    """Return the draw that a key tells of; None where the key or the quote has been changed."""
    match = _KEY.fullmatch(key.strip().casefold())
    if match is None:
        return None
    sample_id, text = match.groups()
    hidden = base64.b32decode(text.upper() + "===")
    shown = bytes(a ^ b for a, b in zip(hidden, _mask(sample_id, document_id, quote), strict=False))
    content = shown[: _LAYOUT.size]
    if shown[_LAYOUT.size :] != _check(content):
        return None
    stratum, size, drawn = _LAYOUT.unpack(content)
    if stratum >= len(SAMPLING_STRATUM.values) or not 0 < drawn <= size:
        return None
    return Draw(sample_id, SAMPLING_STRATUM.values[stratum], size, drawn)


def _mask(sample_id: str, document_id: str, quote: str) -> bytes:
    return hashlib.sha256(f"{sample_id}|{document_id}|{plain(quote)}".encode()).digest()


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:1]
