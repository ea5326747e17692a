"""What leaves the meeting: link and QR code for the table, pack and minutes to take home."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from html import escape

import segno
import streamlit as st

from dashboard.charts.svg import data_address
from dashboard.components.card import card
from dashboard.components.meeting_state import SLIDE_PAGE, link, today
from dashboard.components.view import View
from dashboard.meeting.agenda import Agenda
from dashboard.meeting.minutes_files import minutes_csv, minutes_markdown
from dashboard.meeting.notes import Minutes
from dashboard.meeting.pack import Pack
from dashboard.meeting.pack_pdf import write_pdf
from dashboard.meeting.pack_pptx import write_pptx
from dashboard.text import count
from pipelines.warehouse.delimited import DIALECT_LABELS, Dialect

_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def qr_image(address: str) -> str:
    """Return the address as a QR code: SVG, dark on light in both modes, with a quiet zone."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        target, kind="svg", xmldecl=False, svgns=True, border=3, light="#FFFFFF", dark="#16212E",
        omitsize=True, title="QR-kod", lineclass=None, svgclass=None,
    )  # fmt: skip
    return data_address(target.getvalue().decode("utf-8"))


def link_card(agenda: Agenda) -> None:
    """Draw the QR code and the link that open the same slides on another screen."""
    about = "Samma bilder, filter och utgåva. Protokollet följer inte med."
    with card("lank", "Följ med på egen skärm", about):
        link_and_code(link(agenda, SLIDE_PAGE))


def link_and_code(address: str) -> None:
    """Draw an address as a QR code, as a link, and as a button that copies it."""
    safe = escape(address, quote=True)
    st.html(
        f'<img class="qr" alt="QR-kod med länken nedan" src="{qr_image(address)}">'
        f'<p class="lanktext"><a href="{safe}" target="_blank" rel="noopener">{safe}</a></p>'
        f'<button type="button" class="lank" data-copy="{safe}">Kopiera länk</button>'
    )


def pack_card(view: View, pack: Callable[[], Pack]) -> None:
    """Draw the buttons of the meeting pack; each file is made when it is asked for."""
    about = "Dagordningens bilder med tabeller, källor, citat och beslut"
    with card("underlag", "Mötesunderlag", about), st.container(horizontal=True, gap="medium"):
        _file(view, "PowerPoint", lambda: write_pptx(pack()), "underlag", "pptx", _PPTX)
        _file(view, "PDF", lambda: write_pdf(pack()), "underlag", "pdf", "application/pdf")


def minutes_card(view: View, pack: Callable[[], Pack], minutes: Minutes) -> None:
    """Draw the files of the minutes, and where they are kept meanwhile."""
    written = count(minutes.entries, "post", "poster") if minutes.entries else "Inga beslut ännu"
    about = (
        f"{written}. Sparas i den här webbläsaren tills du "
        "laddar ned dem; de skickas inte med i länken."
    )
    with card("protokoll", "Protokoll", about), st.container(horizontal=True, gap="medium"):
        _file(
            view,
            "Markdown",
            lambda: minutes_markdown(pack()).encode("utf-8"),
            "protokoll",
            "md",
            "text/markdown",
        )
        for dialect, label in DIALECT_LABELS.items():
            _file(
                view,
                f"CSV {label}",
                partial(_csv, pack, dialect),
                f"protokoll_{dialect}",
                "csv",
                "text/csv",
            )


def _csv(pack: Callable[[], Pack], dialect: Dialect) -> bytes:
    return minutes_csv(pack(), dialect)


def _file(
    view: View, label: str, make: Callable[[], bytes], name: str, kind: str, mime: str
) -> None:
    first = "exempeldata" if view.region.is_example else view.region.name
    st.download_button(
        label,
        data=make,
        file_name=f"{first}_{name}_{today()}.{kind}",
        mime=mime,
        on_click="ignore",
        key=f"fil-{name}-{kind}",
        type="tertiary",
    )
