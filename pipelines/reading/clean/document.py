"""One document from raw pages to clean pages and passages."""

from __future__ import annotations

from pipelines.reading.clean.blocks import build_blocks
from pipelines.reading.clean.contents import drop_contents
from pipelines.reading.clean.headings import body_size
from pipelines.reading.clean.passages import build_passages
from pipelines.reading.clean.running_heads import drop_running_heads
from pipelines.reading.extract.page_lines import RawPage
from pipelines.reading.passage import Passage


def clean_document(pages: list[RawPage]) -> tuple[list[str], tuple[Passage, ...]]:
    """Return the cleaned text of each page and the passages; the raw pages are changed."""
    drop_running_heads(pages)
    drop_contents(pages)
    texts = [_page_text(page) for page in pages]
    return texts, build_passages(build_blocks(pages, body_size(pages)))


def _page_text(page: RawPage) -> str:
    """Return the lines as one text and remember where each begins."""
    position = 0
    for line in page.lines:
        line.start = position
        position += len(line.text) + 1
    return "\n".join(line.text for line in page.lines)
