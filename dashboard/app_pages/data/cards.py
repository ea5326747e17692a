"""The parts of *Data*: files, facts of the edition, deliveries, issues, dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import htpy as h
import polars as pl
import streamlit as st

from dashboard.parts.card import card
from dashboard.parts.downloads import download, file_name
from dashboard.parts.markup import between, file_line, show
from dashboard.parts.table import Cell, show_frame, show_table
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import View
from dashboard.queries import edition
from dashboard.text import count, number
from pipelines.model.codes import SEVERITY
from pipelines.model.columns import COLUMN, Column
from pipelines.model.region import TERMS
from pipelines.model.tables import DELIVERY, ISSUE, TABLE
from pipelines.warehouse.delimited import DIALECT_LABELS, Dialect, write_csv

_DICTIONARY = (
    Column(name="table_label", label="Tabell", meaning="Tabellens namn."),
    Column(name="label", label="Kolumn", meaning="Kolumnens namn."),
    Column(name="header", label="Rubrik i standardfil", meaning="Rubriken i standardfilen."),
    Column(name="meaning", label="Betydelse", meaning="Vad kolumnen betyder."),
    Column(name="unit", label="Enhet", meaning="Enheten för tal."),
)
_ISSUE_ROWS = 15
_ADDRESSES = (
    ("csv", "_self", "CSV"),
    ("parquet", "_self", "Parquet"),
    ("json", "_blank", "JSON"),
    ("csv-metadata.json", "_blank", "kolumner"),
)
"""Ending of a table's fixed address, where it opens and what the link says."""


def delivered(view: View, deliveries: pl.DataFrame) -> None:
    """Draw every delivered file with its rows."""
    with card("leveranser", "Leveranser", "Rader in = inlästa + avvisade"):
        show_table(
            ["Fil", "Rader in", "Inlästa", "Avvisade"],
            [
                [
                    Cell(row["file_name"], second=row["table_label"]),
                    Cell(number(row["rows_in"])),
                    Cell(number(row["rows_loaded"])),
                    Cell(number(row["rows_rejected"])),
                ]
                for row in deliveries.to_dicts()
            ],
            caption="Leveranser",
            numeric=frozenset({1, 2, 3}),
        )
        with st.container(horizontal=True, gap="medium"):
            _whole(view, DELIVERY.file, deliveries, DELIVERY.columns)


def accepted(losses: pl.DataFrame) -> None:
    """Draw what the edition lacks of the one before and somebody has accepted."""
    if losses.is_empty():
        return
    under = "Färre än i förra utgåvan, godtaget när den här byggdes"
    with card("godtaget", "Godtagna minskningar", under):
        show_table(
            ["Vad", "Förut", "Nu"],
            [
                [
                    Cell(row["what"], second=row["label"]),
                    Cell(number(row["before"])),
                    Cell(number(row["now"])),
                ]
                for row in losses.to_dicts()
            ],
            caption="Godtagna minskningar",
            numeric=frozenset({1, 2}),
        )


def turned_away(view: View, issues: pl.DataFrame) -> None:
    """Draw what was rejected or should be looked over, with the remedy."""
    rejected = issues.filter(pl.col("severity") == "rejected").height
    rows = count(rejected, "avvisad rad", "avvisade rader") if rejected else "Inga avvisade rader"
    title = f"{rows}, {number(issues.height - rejected)} att se över"
    with card("avvikelser", title, "Vad som hittades, vad som väntades och vad man gör"):
        if issues.height:
            _issue_table(issues.head(_ISSUE_ROWS))
        rest_of(issues, _ISSUE_ROWS, ("rad", "rader"), _issue_table, key="avvikelser")
        with st.container(horizontal=True, gap="medium"):
            _whole(view, ISSUE.file, issues, ISSUE.columns)


def files(view: View, tables: pl.DataFrame) -> None:
    """Draw one line a table with its two files, made when asked for."""
    with card("filer", "Alla tabeller som filer", _about_files(view)):
        show(_about_addresses(view))
        for row in tables.to_dicts():
            with st.container(
                horizontal=True, key=f"fil-{row['file']}", vertical_alignment="center"
            ):
                address = f"filer/{view.region.name}/{row['file']}"
                rows = count(row["rows"], "rad", "rader")
                addresses = [
                    h.a(href=f"{address}.{ending}", target=target)[words]
                    for ending, target, words in _ADDRESSES
                ]
                show(
                    file_line(
                        row["label"],
                        f"en rad är {row['row']} · {rows} · fasta adresser: ",
                        between(addresses, " · "),
                    )
                )
                for dialect, label in DIALECT_LABELS.items():
                    st.download_button(
                        f"CSV {label}",
                        data=partial(_table_file, view, row["table_name"], dialect),
                        file_name=file_name(view, f"tabell_{row['file']}", dialect, filtered=False),
                        mime="text/csv",
                        on_click="ignore",
                        key=f"hel-{row['file']}-{dialect}",
                        type="tertiary",
                    )


def dictionary(view: View) -> None:
    """Draw what every column means; drawn when unfolded."""
    frame = view.ask(edition.dictionary)
    title = f"Ordlista: {number(frame.height)} kolumner i {number(len(TABLE))} tabeller"
    with card("ordlista", title, "Kolumnernas namn, betydelse och enhet"):
        chosen = st.selectbox(
            "Tabell",
            frame["table_label"].unique(maintain_order=True).to_list(),
            placeholder="Välj tabell",
            key="ordlistetabell",
            width=320,
        )
        show_frame(
            frame.filter(pl.col("table_label") == chosen),
            _DICTIONARY[1:],
            caption=f"Kolumner i {chosen}",
        )
        with st.container(horizontal=True, gap="medium"):
            _whole(view, "ordlista", frame, _DICTIONARY)


def _whole(view: View, name: str, frame: pl.DataFrame, columns: Sequence[Column]) -> None:
    """Files that hold everything, whatever is chosen."""
    download(view, name, frame, columns, key=name, filtered=False)


def _about_files(view: View) -> str:
    text = "För Excel: semikolon, decimalkomma och svenska rubriker. Standard: komma, punkt, UTF-8."
    return f"{text} Varje rad är märkt {view.region.mark}." if view.region.mark else text


def _about_addresses(view: View) -> h.Fragment:
    """How a program or a spreadsheet fetches the same file again and again."""
    base = f"filer/{view.region.name}"
    links = (
        (f"{base}/datapackage.json", "datapaket (Frictionless)"),
        (f"{base}/dcat.ttl", "katalog (DCAT-AP-SE)"),
        (f"{base}/SHA256SUMS", "kontrollsummor"),
        (base, "alla adresser, också för varje mått"),
    )
    listed = (h.a(href=href, target="_blank")[label] for href, label in links)
    return h.fragment[
        h.p(".under")[
            "En fast adress ger alltid den senaste utgåvan. Lägg till ",
            h.code["?form=excel"],
            " för Excel. Just den här utgåvan finns kvar under ",
            h.code[f"{base}/utgava/{view.facts['edition_id']}/"],
            ". Om filerna: ",
            between(listed, ", "),
            ".",
        ],
        h.p(".under")[TERMS],
    ]


def _table_file(view: View, name: str, dialect: Dialect) -> bytes:
    frame = view.ask(edition.whole_table, name)
    return write_csv(frame, TABLE[name].columns, dialect, view.region.mark)


def _issue_table(issues: pl.DataFrame) -> None:
    show_table(
        ["Var", "Kolumn och värde", "Fel", "Åtgärd", "Allvar"],
        [
            [
                Cell(
                    row["file_name"], second=f"rad {row['row_number']}" if row["row_number"] else ""
                ),
                Cell(
                    COLUMN[row["column_name"]].label
                    if row["column_name"] in COLUMN
                    else row["column_name"] or "–",
                    second=row["found_value"] or "",
                ),
                Cell(row["message"] or "", second=row["expected"] or ""),
                Cell(row["remedy"] or ""),
                Cell(SEVERITY.labels[row["severity"]]),
            ]
            for row in issues.to_dicts()
        ],
        caption="Avvikelser",
        numeric=frozenset(),
    )
