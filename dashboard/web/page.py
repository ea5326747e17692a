"""The first page that a browser gets: in Swedish, with our title, style and script."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from dashboard.text import PRODUCT
from dashboard.web.preloads import preload_links

RESOURCES = Path(__file__).parent / "resources"

_NOSCRIPT = (
    "<noscript><p>Sidan behöver JavaScript. Alla tabeller finns också som filer: "
    "kör planinnovation export.</p></noscript>"
)


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
    ours = (
        f'<link rel="stylesheet" href="./resurser/stil.css?v={version}" />'
        f'<link rel="stylesheet" href="./resurser/sidor.css?v={version}" />'
        f'<link rel="stylesheet" href="./resurser/diagram.css?v={version}" />'
        f'<link rel="stylesheet" href="./resurser/hjalp.css?v={version}" />'
        f'<script src="./resurser/huvud.js?v={version}"></script>'
        f'<script defer src="./resurser/hjalp.js?v={version}"></script>'
    )
    ours += preload_links(html)
    html = html.replace('<html lang="en">', '<html lang="sv">')
    html = re.sub(r"<title>.*?</title>", f"<title>{PRODUCT}</title>", html, flags=re.S)
    html = re.sub(r"<noscript>.*?</noscript>", _NOSCRIPT, html, flags=re.S)
    html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
    html = html.replace("./favicon.png", f"./resurser/symbol.svg?v={version}")
    return html.replace('<meta charset="UTF-8" />', f'<meta charset="UTF-8" />{ours}')


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
