"""SVG as an embedded image, which Streamlit leaves in HTML; elements of its own it takes away."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

_PLAIN = " !$'()*+,-./:;=?@_~"
"""What an address may hold as it is; outlines are mostly digits and spaces, so base64 is longer."""


def data_address(svg: str) -> str:
    """An SVG as an address that an image can have without a request."""
    single = svg.replace('"', "'")
    return f"data:image/svg+xml,{quote(single, safe=_PLAIN)}"


def stretched(body: str, *, width: int = 1000, height: int = 1000) -> str:
    """An image that fills its place whatever its form; lines keep their width in pixels."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'preserveAspectRatio="none"><style>path{vector-effect:non-scaling-stroke}</style>'
    )
    return f'<img alt="" src="{data_address(f"{head}{body}</svg>")}">'


def outline(points: Iterable[tuple[float, float]]) -> str:
    """A closed path through points in whole units, each told as steps from the one before.

    Points that round to the one before are left out: they would not be seen.
    """
    told: list[str] = []
    before: tuple[int, int] | None = None
    for point in points:
        x, y = round(point[0]), round(point[1])
        if before is None:
            told.append(f"M{x} {y}l")
        elif (x, y) != before:
            told.append(f"{x - before[0]} {y - before[1]}".replace(" -", "-"))
        before = (x, y)
    start, *steps = told
    return f"{start}{' '.join(steps).replace(' -', '-')}z"
