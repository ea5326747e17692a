"""Streamlit's scripts that every page of ours needs, asked for with the first page.

Streamlit fetches the script of an element when the first one is to be drawn, and then what that
script imports: two more rounds to the server after everything else is there.
"""

from __future__ import annotations

import re
from functools import cache

import htpy as h

from dashboard.web.bundles import SCRIPTS

ELEMENTS = ("ButtonGroup", "Multiselect", "Selectbox", "Button", "Html", "DownloadButton")
"""Scripts of the elements in the frame of every page."""
_IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")


def preload_links(html: str) -> list[h.VoidElement]:
    """Return the links to add to Streamlit's first page, which names what it asks for itself."""
    return [
        h.link(rel="modulepreload", crossorigin=True, href=f"./static/js/{name}")
        for name in _needed()
        if name not in html
    ]


@cache
def _needed() -> tuple[str, ...]:
    """The elements' scripts and all that they import, each once; empty where none is found."""
    waiting = [file.name for each in ELEMENTS for file in sorted(SCRIPTS.glob(f"{each}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name in found or not (SCRIPTS / name).is_file():
            continue
        found[name] = None
        waiting += _IMPORTED.findall((SCRIPTS / name).read_text(encoding="utf-8"))
    return tuple(found)
