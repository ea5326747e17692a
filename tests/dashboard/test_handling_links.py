"""From every quotation, on page, slide and paper, a link leads to its page."""

from __future__ import annotations

import io
import re
from html import unescape

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pptx import Presentation

from dashboard.meeting.notes import Minutes
from dashboard.meeting.pack import make_pack
from dashboard.meeting.pack_pdf import write_pdf
from dashboard.meeting.pack_pptx import write_pptx
from tests.dashboard.handling_world import client
from tests.dashboard.meeting_world import DAY, full_agenda, whole

_BASE = "https://innovation.region.example"
_ADDRESS = re.compile(r'href="(handling/[^"]+)"')


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("belagg", {}),
        ("formuleringsbank", {}),
        ("laget", {}),
        ("oversiktsplaner", {}),
        ("kommun", {"kommun": ["Askhamn"]}),
    ],
)
def test_the_quotations_of_a_page_lead_to_their_pages(
    regions, open_page, monkeypatch, page, params
):
    test = open_page(regions, page, region="Exempelregionen", **params)
    html = "".join(each.proto.body for each in test.get("html"))
    quoted = re.findall(r'<(?:blockquote class="citat|article class="(?:belagg|skrivning))', html)
    found = [unescape(each) for each in _ADDRESS.findall(html) if "belagg=" in each]

    assert quoted
    assert len(found) == len(quoted)
    asked = client(regions, monkeypatch)
    for address in set(found):
        assert '<mark id="belagg"' in asked.get("/" + address.partition("#")[0]).text
    assert "exempel.invalid" not in "".join(re.findall(r"<blockquote.*?</blockquote>", html))


@pytest.fixture
def pack(regions, monkeypatch):
    regions.enter(monkeypatch)
    agenda = full_agenda("exempel", "citat")
    return make_pack(whole(agenda), agenda, Minutes(), DAY, _BASE)


def test_powerpoint_and_pdf_lead_to_the_page_in_full(pack):
    (address,) = set(pack.addresses.values())
    assert address.startswith(f"{_BASE}/handling/")
    assert "utgava=" in address

    runs = [
        run.hyperlink.address
        for slide in Presentation(io.BytesIO(write_pptx(pack))).slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert address.partition("#")[0] in {(each or "").partition("#")[0] for each in runs}
    assert address in _links(write_pdf(pack))


def test_without_an_address_of_its_own_a_pack_leads_nowhere(regions, monkeypatch):
    regions.enter(monkeypatch)
    agenda = full_agenda("exempel", "citat")
    assert make_pack(whole(agenda), agenda, Minutes(), DAY).addresses == {}


def _links(content: bytes) -> set[str]:
    """The web addresses that a PDF leads to."""
    found: set[str] = set()
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            at, link = pdfium.c_int(0), pdfium.FPDF_LINK()
            while pdfium.FPDFLink_Enumerate(page, at, link):
                action = pdfium.FPDFLink_GetAction(link)
                length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
                buffer = pdfium.ctypes.create_string_buffer(length)
                pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
                found.add(buffer.value.decode())
    return found


@pytest.mark.parametrize(
    "page",
    ["testverksamhet", "upphandling", "oversiktsplaner", "kommun", "tidsfonster",
     "handlingsplanen", "att_kontrollera"],
)  # fmt: skip
def test_fictional_sources_are_no_links(regions, open_page, page):
    test = open_page(regions, page, region="Exempelregionen", kommun=["Askhamn"])
    html = "".join(each.proto.body for each in test.get("html"))

    assert "<a href=" in html
    assert not re.findall(r'href="https?://[^"/]*\.invalid[^"]*"', html)
