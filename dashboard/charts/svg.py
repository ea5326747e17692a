"""SVG as an embedded image, which Streamlit leaves in HTML; elements of its own it takes away."""

from __future__ import annotations

from base64 import b64encode


def data_address(svg: str) -> str:
    """An SVG as an address that an image can have without a request."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode('utf-8')).decode('ascii')}"


def stretched(body: str, *, width: int = 1000, height: int = 1000) -> str:
    """An image that fills its place whatever its form; lines keep their width in pixels."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'preserveAspectRatio="none"><style>path{vector-effect:non-scaling-stroke}</style>'
    )
    return f'<img alt="" src="{data_address(f"{head}{body}</svg>")}">'
