"""SVG as an embedded image, which Streamlit leaves in HTML; elements of its own it takes away."""

from __future__ import annotations

from urllib.parse import quote

from dashboard.draw.chart import Point

_PLAIN = " !$'()*+,-./:;=?@_~"
"""What an address may hold as it is; outlines are mostly digits and spaces, so base64 is longer."""


def data_address(svg: object) -> str:
    """An SVG as an address that an image can have without a request."""
    # As bytes, because htpy's text escapes what is put into it.
    single = str(svg).encode().replace(b'"', b"'")
    return f"data:image/svg+xml,{quote(single, safe=_PLAIN)}"


def outline(ring: tuple[Point, ...]) -> str:
    """A closed path, each point written as the step from the one before."""
    (x, y), *others = ring
    steps = []
    for one, two in others:
        steps.append(f"{one - x:g} {two - y:g}")
        x, y = one, two
    return f"M{ring[0][0]:g} {ring[0][1]:g}l{' '.join(steps).replace(' -', '-')}z"
