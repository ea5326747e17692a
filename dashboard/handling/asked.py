"""What an address of a document page asks for, looked up by ids alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard import database
from dashboard.queries.edition import edition_facts
from dashboard.queries.handling import document_facts, passages_of
from pipelines.errors import EditionError
from pipelines.model.region import Region, load_region, region_names
from pipelines.warehouse import kept_documents
from pipelines.warehouse.edition import find_edition
from pipelines.warehouse.kept_documents import KeptPage, Reading

Row = Mapping[str, Any]


class NotShownError(Exception):
    """A page that is not shown.

    Attributes:
        status: HTTP status.
        heading: what is the matter, in Swedish.
        text: why, and what the reader can do, in Swedish.
        asked: what was found of the document all the same.
    """

    def __init__(self, status: int, heading: str, text: str, asked: Asked | None = None) -> None:
        super().__init__(heading)
        self.status = status
        self.heading = heading
        self.text = text
        self.asked = asked


@dataclass(frozen=True)
class Asked:
    """A document of an edition.

    Attributes:
        region: whose document it is.
        edition: the edition that it is looked up in.
        facts: the edition's own row.
        document: the document's row.
        is_other_edition: the edition asked for is not kept any more; this is the current one.
    """

    region: Region
    edition: Path
    facts: Row
    document: Row
    is_other_edition: bool

    @property
    def edition_id(self) -> str:
        """The id of the edition that was looked in."""
        return str(self.facts["edition_id"])

    @property
    def title(self) -> str:
        """The document's title, or the name of its file."""
        return str(self.document["document_title"] or self.document["file_name"])

    @property
    def is_pdf(self) -> bool:
        """Whether the pages have pictures."""
        return bool(self.document["format"] == "pdf")

    @property
    def file(self) -> Path | None:
        """The kept file, None where it is not kept."""
        return kept_documents.file_of(
            self.region.name, self.document["sha256"] or "", self.document["format"] or ""
        )

    def pages(self) -> tuple[KeptPage, ...]:
        """The kept pages, none where they are not kept."""
        reading = Reading(
            self.document["sha256"] or "",
            str(self.facts["reader_version"]),
            bool(self.document["is_ocr"]),
        )
        return kept_documents.pages_of(self.region.name, reading)

    def passages(self) -> list[dict[str, Any]]:
        """The document's passages in the order of its pages."""
        return database.ask_now(self.edition, passages_of, self.document["document_id"]).to_dicts()


def find_document(document_id: str, params: Mapping[str, str]) -> Asked:
    """Look up a document that may be shown.

    Raises:
        NotShownError: it is unknown, withheld, not collected, or the region shows no documents.
    """
    asked = _look_up(document_id, params)
    coverage = asked.document["coverage"]
    if coverage == "withheld":
        raise NotShownError(
            403,
            "Handlingen omfattas av sekretess",
            "Den visas inte här. Fråga kommunen om den får lämnas ut.",
        )
    if not asked.region.show_documents:
        raise NotShownError(
            403,
            "Handlingens sidor visas inte här",
            f"{asked.region.label} visar inga handlingar i verktyget.",
            asked,
        )
    if coverage == "not_collected":
        raise NotShownError(
            404,
            "Handlingen är inte insamlad",
            "Den är känd ur ett register, men filen har inte lämnats in.",
            asked,
        )
    return asked


def _look_up(document_id: str, params: Mapping[str, str]) -> Asked:
    wanted = params.get("region", "")
    names = (wanted,) if wanted in region_names() else () if wanted else region_names()
    for name in names:
        try:
            edition, is_other = _edition(name, params.get("utgava", ""))
        except EditionError:
            continue
        document = database.ask_now(edition, document_facts, document_id)
        if document is not None:
            facts = database.ask_now(edition, edition_facts)
            return Asked(load_region(name), edition, facts, document, is_other)
    raise NotShownError(
        404,
        "Handlingen finns inte",
        "Adressen leder inte till någon handling i utgåvan. Gå till Belägg och följ länken där.",
    )


def _edition(region: str, wanted: str) -> tuple[Path, bool]:
    """Return the edition asked for, or the current one and that it is another."""
    current = database.current_edition(region)
    if not wanted or wanted == current.stem:
        return current, False
    found = find_edition(region, wanted)
    return (found, False) if found else (current, True)
