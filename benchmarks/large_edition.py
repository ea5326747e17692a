"""A made-up region with as many documents as the nation, published through the warehouse.

150 000 documents and 3 million passages in 26 municipalities by default; every passage has a text
of its own, so that searching meets what it would meet in life: words that occur everywhere, words
that occur in one place, and Swedish letters.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from math import cos, pi, sin
from pathlib import Path
from unittest import mock

import numpy as np
import polars as pl

from benchmarks.national import municipality_codes, national_tables
from pipelines.indicators.catalog import catalog_indicators, derive_all
from pipelines.indicators.facts import Facts
from pipelines.model.region import PROJECT, Region, load_region
from pipelines.model.tables import TABLE, TABLES
from pipelines.reading.codebook import load_codebook
from pipelines.reading.passage import READER_VERSION
from pipelines.tables import document, planning_object
from pipelines.warehouse.catalogs import catalog_codebook, catalog_evaluation
from pipelines.warehouse.edition import Inputs, Published, publish

NAME = "stor"
MUNICIPALITIES = 26
ACTIVITIES = 300
PROCUREMENTS = 2_000
OPEN_OF = 40
"""One in so many of the nation's open plans is open here: a region has some hundreds."""
_SEED = 20_261_128
_AS_OF = "2026-01-31"
_FIRST = ("Lärk", "Björk", "Ål", "Öster", "Äng", "Sjö", "Berg", "Gran", "Hav", "Kvarn", "Ström",
          "Lind", "Furu", "Norr", "Ask", "Tall", "Rönn", "Väst", "Söder", "Häll")  # fmt: skip
_LAST = ("höjden", "backen", "ängen", "lunden", "viken", "torget", "parken", "stranden", "åsen",
         "dalen", "kullen", "hamnen", "gärdet", "udden", "holmen", "bron", "fältet")  # fmt: skip


@contextmanager
def large_region(folder: Path, scale: float, municipalities: int) -> Iterator[Region]:
    """Point the programs at a folder that holds the region, built there unless it already is."""
    data = folder / "data"
    places = {"PLANINNOVATION_DATA": str(data), "PLANINNOVATION_EDITIONS": f"{folder}/editions"}
    with mock.patch.dict(os.environ, places):
        if not (folder / "editions" / NAME / "CURRENT").is_file():
            _declare(data, municipalities)
            build_large(scale, municipalities)
        yield load_region(NAME)


def build_large(scale: float, municipalities: int) -> Published:
    """Make the facts, derive every number and publish the edition."""
    region = load_region(NAME)
    frames = {table.name: table.empty() for table in TABLES}
    frames |= national_tables(scale, municipalities)
    frames["testing_activity"] = frames["testing_activity"].head(ACTIVITIES)
    frames["procurement"] = (
        frames["procurement"]
        .head(PROCUREMENTS)
        .with_columns(pl.format("Upphandling {}", "procurement_id").alias("procurement_title"))
    )
    random = np.random.default_rng(_SEED)
    frames["passage"] = _with_texts(random, frames["passage"])
    frames["document"] = document.count(_read_documents(frames["document"]), frames["passage"])
    frames["planning_object"] = planning_object.build(
        _known(frames["planning_object"]),
        frames["document"],
        frames["passage"],
        frames["municipality"],
        frames["summary_passage"],
    )
    frames |= derive_all(Facts(region.name, region.label, frames))
    codebook = load_codebook()
    catalogs = {
        "catalog_indicator": catalog_indicators(),
        "catalog_codebook": catalog_codebook(codebook),
        "catalog_evaluation": catalog_evaluation(codebook),
        "catalog_agreement": pl.DataFrame(schema={"pair": pl.String}),
    }
    inputs = Inputs(READER_VERSION, codebook.version, codebook.hash)
    return publish(region, frames, catalogs, inputs, datetime(2026, 11, 28))


def _known(objects: pl.DataFrame) -> pl.DataFrame:
    """Objects as the registers know them, before reading; few are open at one time."""
    return objects.select(
        "object_id",
        "object_type",
        "object_kind",
        "object_name",
        "municipality_code",
        "core_id",
        "case_number",
        "object_stage",
        pl.col("is_open") & (pl.int_range(pl.len()) % OPEN_OF == 0),
        pl.col("year").cast(pl.String).alias("decided"),
        "source_url",
        pl.lit(_AS_OF).alias("status_per"),
        pl.lit(value=False).alias("is_stale"),
        *(
            pl.lit(None, pl.String).alias(name)
            for name in ("replaces_plan_id", "twin_of", "plan_kind")
        ),
    )


def _read_documents(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents as reading leaves them, before their passages are counted."""
    read = pl.col("coverage") == "read_found"
    return documents.with_columns(
        pl.when(read)
        .then(pl.lit("read_none"))
        .otherwise(pl.lit("not_collected"))
        .alias("coverage"),
        pl.format("Planhandling {}", "document_id").alias("document_title"),
        pl.format("{}.pdf", "document_id").alias("file_name"),
        pl.lit("2024-05-01").alias("document_date"),
        pl.lit(150).alias("pages"),
    )


def _with_texts(random: np.random.Generator, passages: pl.DataFrame) -> pl.DataFrame:
    """Give each passage a quote that names a place, and the other words of a passage."""
    sentences = _sentences()
    count = passages.height
    picks = random.integers(0, sentences.len(), (3, count))
    blocks = pl.Series([f"{first}{last}" for first in _FIRST for last in _LAST])
    block = blocks.gather(random.integers(0, blocks.len(), count))
    number = pl.Series(random.integers(1, 400, count)).cast(pl.String)
    spans = json.dumps([{"start": 0, "end": 6, "role": "deciding"}])
    frame = passages.with_columns(
        quote=pl.concat_str(
            sentences.gather(picks[0]).str.strip_chars_end("."), pl.lit(" i kvarteret "), block,
            pl.lit(" "), number, pl.lit("."),
        ),
        before=sentences.gather(picks[1]),
        after=sentences.gather(picks[2]),
        section=pl.concat_str(pl.lit("Genomförande, "), block),
        page=pl.Series(random.integers(1, 150, count)),
        document_kind=pl.col("object_type").replace({"ma": "ma_decision"}),
        year=pl.lit(2024),
        char_start=pl.lit(0),
        char_end=pl.lit(200),
        form=pl.lit("sentence"),
        spans=pl.lit(spans),
        explanation=pl.lit("Ordet ska gör meningen till ett krav på den som bygger."),
        confidence=pl.col("confidence").round(4),
    )  # fmt: skip
    order = pl.int_range(pl.len()).over("object_id")
    return (
        frame.with_columns(
            page_end=pl.col("page"), passage_id=pl.format("{}:{}", "object_id", order)
        )
        .pipe(TABLE["passage"].conform)
        .sort("passage_id")
    )


def _sentences() -> pl.Series:
    """The sentences that people have coded: their words are those of plans."""
    files = sorted((PROJECT / "data" / "codebook").glob("passages_?.jsonl"))
    lines = [json.loads(line)["text"] for file in files for line in file.open(encoding="utf-8")]
    return pl.Series(lines)


def _declare(data: Path, municipalities: int) -> None:
    """Write the region's own file and its map."""
    (data / NAME).mkdir(parents=True, exist_ok=True)
    (data / NAME / "region.toml").write_text(
        f'name = "{NAME}"\nlabel = "Storregionen"\nis_example = true\n'
        'map_file = "reference/karta.geojson"\nattribution = "Påhittad karta"\nocr = false\n',
        encoding="utf-8",
    )
    (data / "reference").mkdir(exist_ok=True)
    features = [
        _feature(place, code) for place, code in enumerate(municipality_codes(municipalities))
    ]
    body = {"type": "FeatureCollection", "features": features}
    (data / "reference" / "karta.geojson").write_text(json.dumps(body), encoding="utf-8")


def _feature(place: int, code: str) -> dict[str, object]:
    """A made-up municipality with as many corners as a generalised real one."""
    x, y = 15 + 0.4 * (place % 6), 58 + 0.2 * (place // 6)
    ring = [
        [
            round(x + 0.19 * cos(turn * pi / 24) * (1 + 0.05 * sin(7 * turn + place)), 4),
            round(y + 0.095 * sin(turn * pi / 24) * (1 + 0.05 * sin(5 * turn + place)), 4),
        ]
        for turn in range(48)
    ]
    return {
        "type": "Feature",
        "properties": {
            "kommun_kod": str(code), "kommun": f"Ort {place}", "label_lon": x, "label_lat": y,
        },
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }  # fmt: skip
