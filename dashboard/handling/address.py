"""The address under which a passage opens on its page; every quotation's link is made here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from pipelines.model.region import Region

FOLDER = "handling"
_COLLECTED = ("read_found", "read_none", "not_understood", "unreadable")
"""Coverage of documents whose files are kept."""


def passage_address(
    region: Region, edition_id: str, row: Mapping[str, Any], *, base: str = ""
) -> str:
    """Return where a passage opens: its page here, or the source where the region shows none.

    Args:
        region: whose document it is.
        edition_id: the edition that numbers the passage.
        row: ``document_id, page, passage_id`` and, where pages are not shown, ``source_url``.
        base: the dashboard's own address, for what leaves it; without one the link is relative.
    """
    if not region.show_documents:
        return source_address(region, row.get("source_url"), row["page"])
    return base + page_address(
        region.name,
        str(row["document_id"]),
        page=row["page"],
        passage_id=str(row["passage_id"]),
        edition_id=edition_id,
    )


def document_address(region: Region, edition_id: str, row: Mapping[str, Any]) -> str:
    """Return where a document opens on its first page; the source where its pages are not kept.

    Args:
        region: whose document it is.
        edition_id: the edition that knows it.
        row: ``document_id, coverage, source_url``.
    """
    if region.show_documents and row["document_id"] and row["coverage"] in _COLLECTED:
        return page_address(region.name, str(row["document_id"]), edition_id=edition_id)
    return source_address(region, row["source_url"])


def page_address(
    region: str,
    document_id: str,
    *,
    page: int | None = None,
    passage_id: str = "",
    edition_id: str = "",
) -> str:
    """Return the relative address of a document's page.

    >>> page_address("exempel", "D01", page=7, passage_id="D01:00012")
    'handling/D01?region=exempel&sida=7&belagg=D01%3A00012#belagg'
    """
    values = {"region": region, "sida": page, "belagg": passage_id, "utgava": edition_id}
    query = urlencode({name: value for name, value in values.items() if value})
    mark = "#belagg" if passage_id else ""
    return f"{FOLDER}/{quote(document_id, safe='')}?{query}{mark}"


def source_address(region: Region, source_url: str | None, page: int | None = None) -> str:
    """Return the address of the original, opened on a page; empty where there is none to open.

    A fictional document has no original, whatever its register says.
    """
    address = "" if region.is_example else outside_address(source_url)
    if address and page and not urlsplit(address).fragment:
        return f"{address}#page={page}"
    return address


def outside_address(url: str | None) -> str:
    """Return an address of the web as it is; empty where there is nothing to open.

    Hosts under ``.invalid`` exist nowhere (RFC 2606): fictional registers have their sources there.

    >>> outside_address("https://www.jarfalla.se/plan"), outside_address("https://ort.invalid/plan")
    ('https://www.jarfalla.se/plan', '')
    """
    parts = urlsplit(url or "")
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return url if url and is_web and not str(parts.hostname).endswith(".invalid") else ""
