"""The first page that a browser gets: in Swedish, with our title, style and script."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import htpy as h

from dashboard.text import PRODUCT
from dashboard.web.preloads import preload_links

RESOURCES = Path(__file__).parent / "resources"

_NOSCRIPT = h.noscript[
    h.p["Sidan behöver JavaScript. Alla tabeller finns också som filer: kör planinnovation export."]
]


@cache
def resource_version() -> str:
    """Return a short tag of all resources, so that a changed file gets a new address."""
    digest = hashlib.sha256()
    for file in sorted(RESOURCES.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def swedish_page(html: str) -> str:
    """Return Streamlit's first page with language, title, our style and our script.

    Our script comes before Streamlit's, because it tells the page that the reader's language is
    Swedish before numbers and calendars are drawn.
    """
    version = resource_version()
    ours = h.fragment[
        h.meta(charset="UTF-8"),
        (
            h.link(rel="stylesheet", href=f"./resurser/{name}.css?v={version}")
            for name in ("stil", "sidor", "diagram", "hjalp")
        ),
        h.script(src=f"./resurser/huvud.js?v={version}"),
        h.script(defer=True, src=f"./resurser/hjalp.js?v={version}"),
        preload_links(html),
    ]
    html = html.replace('<html lang="en">', '<html lang="sv">')
    html = re.sub(r"<title>.*?</title>", str(h.title[PRODUCT]), html, flags=re.S)
    html = re.sub(r"<noscript>.*?</noscript>", str(_NOSCRIPT), html, flags=re.S)
    html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
    html = html.replace("./favicon.png", f"./resurser/symbol.svg?v={version}")
    return html.replace('<meta charset="UTF-8" />', str(ours))


def content_policy(html: str) -> str:
    """Return the Content-Security-Policy that lets only this page's own scripts run."""
    inline = re.findall(r"<script>(.*?)</script>", html, flags=re.S)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'"
        for each in inline
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",  # our own socket is 'self' too
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )
