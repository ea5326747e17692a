"""Both regions as a test builds them: the example's texts as plain text files, nothing else new.

Making and reading fifty PDF files takes minutes; the measures are the same on the same words.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipelines.indicators.facts import Facts
from pipelines.model.region import PROJECT
from pipelines.model.tables import TABLES

REGIONS = ("exempel", "stockholm")
_PAGE = 2400


@dataclass(frozen=True)
class Edition:
    """A published edition: its file and what the measures make of it."""

    region: str
    file: Path
    facts: Facts
    tables: dict[str, pl.DataFrame]

    def sql(self, query: str, **parameters: object) -> pl.DataFrame:
        with duckdb.connect(str(self.file), read_only=True) as con:
            return con.sql(query, params=parameters or None).pl()


def write_regions(data: Path) -> None:
    """Copy registers, and write each source text as a text file in the inbox."""
    for region in REGIONS:
        source = PROJECT / "data" / region
        shutil.copytree(source / "register", data / region / "register")
        shutil.copy(source / "region.toml", data / region)
    register = data / "exempel" / "register" / "dokument.csv"
    text = register.read_text("utf-8-sig")
    register.write_text(re.sub(r"\.(pdf|docx|html)(?=[;\"])", ".txt", text), "utf-8-sig")
    for file in sorted((PROJECT / "data" / "exempel" / "texter").rglob("*.md")):
        head, _, body = file.read_text("utf-8")[4:].partition("\n+++\n")
        facts = tomllib.loads(head)
        name = Path(facts["fil"]).with_suffix(".txt").name
        place = data / "exempel" / "inbox" / facts["kommunkod"] / facts["plan_id"] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{facts['titel']}\n\f" + "\f".join(_pages(body)), "utf-8")


def _pages(body: str) -> list[str]:
    pages, page = [], ""
    for line in body.split("\n"):
        page += re.sub(r"^#+ (.*)$", r"\n\1\n", line) + "\n"
        if len(page) > _PAGE and not line.strip():
            pages.append(page)
            page = ""
    return [*pages, page]


def open_built(region: str, file: Path) -> Edition:
    """Read a published edition as the dashboard does."""
    connection = duckdb.connect(str(file), read_only=True)
    tables = {table.name: connection.sql(f"FROM {table.name}").pl() for table in TABLES}
    facts = Facts(region, region.capitalize(), connection=connection)
    return Edition(region, file, facts, tables)
