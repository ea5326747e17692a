"""The parts of ``docs/handledning.md`` that are made from what the pages themselves say.

``python -m dashboard.guide`` writes them anew between their markers; a test fails while they are
out of date.
"""

from __future__ import annotations

from dashboard.glossary import GLOSSARY
from dashboard.pages import IN_MENU
from pipelines.model.region import PROJECT

FILE = PROJECT / "docs" / "handledning.md"


def page_table() -> str:
    """One row a page: title, question, how to read it."""
    rows = [f"| {page.title} | {page.question} | {page.reading} |" for page in IN_MENU.values()]
    return "\n".join(["| sida | fråga | så läser du den |", "|---|---|---|", *rows])


def term_list() -> str:
    """One line a term."""
    return "\n".join(f"- **{term.name}.** {term.meaning}" for term in GLOSSARY)


SECTIONS = {"sidor": page_table, "begrepp": term_list}
"""Name of a marked part → what stands in it."""


def render(text: str) -> str:
    """Return the guide with every marked part written anew.

    Raises:
        ValueError: a mark is missing or stands more than once.
    """
    for name, make in SECTIONS.items():
        begins, ends = f"<!-- {name} -->\n", f"\n<!-- slut {name} -->"
        if text.count(begins) != 1 or text.count(ends) != 1:
            raise ValueError(f"{FILE.name} must hold the marked part {name} just once")
        before, after = text.split(begins, maxsplit=1)[0], text.split(ends)[1]
        text = before + begins + make() + ends + after
    return text


if __name__ == "__main__":
    FILE.write_text(render(FILE.read_text("utf-8")), "utf-8")
