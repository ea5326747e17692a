"""Documents of municipalities' sites: found, told apart, kept once, and read into an edition."""

import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from pipelines.build import build_region
from pipelines.fetching.pages import Robots, file_name, file_type, read_page, site_of
from pipelines.fetching.refresh import refresh
from pipelines.fetching.web import Reply, Web
from pipelines.model.region import Region
from pipelines.progress import Progress
from pipelines.warehouse.edition import open_edition
from tests.fetching import three_sites as example
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer

PDF = example.as_pdf(["Planbeskrivning", "Detaljplan för Kvarnen 2"])


def fetch(region: Region):
    (outcome,) = refresh(region, ["documents"], QUICK)
    assert not outcome.error, outcome.error
    return outcome


def documents(region: Region) -> pl.DataFrame:
    file = region.registers / "dokument_documents.csv"
    return pl.read_csv(file, separator=";", infer_schema=False)


@pytest.fixture
def one_plan(region: Region, server: FaultServer) -> str:
    """The address of the only plan's page."""
    url = server.address + "/dp/kvarnen"
    (region.registers / "planer.csv").write_text(
        "Plan-id;Kommunkod;Planslag;Plannamn;Skede;Källa\n"
        f"dp-1;0126;Detaljplan;Kvarnen 2;Samråd;{url}\n",
        "utf-8",
    )
    return url


def test_three_sites_become_an_edition_and_are_asked_only_for_changes(region: Region):
    with example.three_sites() as (sites, rows):
        example.fill_region(region, sites, rows)
        first = fetch(region)
        counted = first.counts["document"]
        assert (sites.pages, len(sites.documents), counted.loaded) == (201, 60, 54)
        assert counted.fetched == counted.loaded + counted.rejected == 60
        reasons = {each.reason.split(" ")[0] for each in first.rejections}
        assert reasons == {"Adressen", *(s.address + "/planer/1/utlatande.pdf" for s in
                                         sites.servers.values())}  # fmt: skip
        asked = [path for _, path in sites.asked]
        assert not any("plankarta" in path or "meny" in path or "nyhet" in path for path in asked)

        build_region(region, progress=Progress(quiet=True))
        with open_edition(region.name) as db:
            quotes = [row[0] for row in db.sql("SELECT quote FROM passage").fetchall()]
            names = {row["plan_name"] for row in rows}
            assert {n for n in names if any(n in quote for quote in quotes)} == names
            kinds = db.sql(
                "SELECT document_kind, count(*) FROM document GROUP BY 1 ORDER BY 1"
            ).fetchall()
            assert kinds == [("dp", 18), ("mkb", 18), ("samradsredogorelse", 18)]
            unknown = db.sql(
                "SELECT DISTINCT object_id FROM document WHERE object_id LIKE '%stationen%'"
            ).fetchall()
            assert len(unknown) == 3
            sent = db.sql("SELECT DISTINCT document_date, case_number FROM document WHERE "
                          "object_id = '9801-dp-0' AND format = 'pdf'").fetchall()  # fmt: skip
            assert sent == [("2025-02-03", "BN 2024/100")]

        sites.forget()
        changed = "/planer/0/planbeskrivning.pdf"
        sites.servers["9802"].put(changed, example.as_pdf(["Planbeskrivning", "Ny lydelse"]))
        second = fetch(region)
        assert "1 nya eller ändrade filer" in second.notes[0]
        for server in sites.servers.values():
            again = [a for a in server.asked if a.path in sites.documents and "utlat" not in a.path]
            assert len(again) == 18
            assert all("if-none-match" in each.headers for each in again)
        assert (second.counts["document"].added, second.counts["document"].removed) == (0, 0)


def test_a_fetch_that_is_killed_goes_on_where_it_ended(
    region: Region, server: FaultServer, one_plan: str
):
    links = "".join(f'<a href="/fil/{n}.pdf">Planbeskrivning del {n} (pdf)</a>' for n in range(8))
    server.put("/dp/kvarnen", example.page("Kvarnen 2", links))
    for number in range(8):
        server.put(f"/fil/{number}.pdf", example.as_pdf([f"Planbeskrivning del {number}"]))
    server.put("/fil/5.pdf", Answer(example.as_pdf(["Planbeskrivning del 5"]), fault="drip"))
    command = ("fetch", "documents", "--region", region.name, "--pause", "0")
    process = subprocess.Popen([sys.executable, "-m", "pipelines", *command])
    end = time.monotonic() + 60
    while "/fil/5.pdf" not in server.paths() and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (region.registers / "dokument_documents.csv").exists()
    server.asked.clear()
    server.put("/fil/5.pdf", example.as_pdf(["Planbeskrivning del 5"]))
    outcome = fetch(region)
    assert [path for path in server.paths() if "/fil/" in path] == [
        "/fil/5.pdf", "/fil/6.pdf", "/fil/7.pdf",
    ]  # fmt: skip
    assert outcome.counts["document"].loaded == 8
    assert len(list(region.inbox.rglob("*"))) == 2 + 8


def test_a_page_with_thousands_of_files_is_bounded_and_said(
    region: Region, server: FaultServer, one_plan: str
):
    links = "".join(f'<a href="/f/{n}.pdf">Planbeskrivning {n}</a>' for n in range(3000))
    server.put("/dp/kvarnen", example.page("Kvarnen 2", links))
    for number in range(3000):
        server.put(f"/f/{number}.pdf", PDF)
    outcome = fetch(region)
    assert any("3000 filer" in note for note in outcome.notes)
    assert len(server.asked) == 62  # robots.txt, the page and 60 files


def test_robots_decide_and_odd_files_are_named(region: Region, server: FaultServer, one_plan: str):
    server.put("/robots.txt", "User-agent: *\nDisallow: /*hemlig\nDisallow: /*.docx$\n")
    files = {
        "hemlig/planbeskrivning.pdf": (PDF, "robots.txt"),
        "planbeskrivning.docx": (b"PK", "robots.txt"),
        "tom-planbeskrivning.pdf": (b"", "tom"),
        "planbeskrivning.zip.pdf": (b"PK\x03\x04\x00", "läses inte"),
        "borta-planbeskrivning.pdf": (Answer(status=404), "404"),
    }
    links = "".join(f'<a href="/{name}">Planbeskrivning {name} (pdf)</a>' for name in files)
    links += '<a href="http://annan.invalid/planbeskrivning.pdf">Planbeskrivning hos annan</a>'
    server.put("/dp/kvarnen", example.page("Kvarnen 2", links))
    for name, (answer, _) in files.items():
        server.put(f"/{name}", answer)
    outcome = fetch(region)
    told = {each.what: each.reason for each in outcome.rejections}
    assert {server.address + "/" + name for name in files} == set(told)
    for name, (_, words) in files.items():
        assert words in told[f"{server.address}/{name}"]
    assert not any("hemlig" in path or "docx" in path for path in server.paths())
    assert any("annan webbplats" in note for note in outcome.notes)


def test_sites_that_are_down_leave_what_was_fetched(
    region: Region, server: FaultServer, one_plan: str
):
    server.put("/dp/kvarnen", example.page("Kvarnen 2", '<a href="/a.pdf">Planbeskrivning</a>'))
    server.put("/a.pdf", PDF)
    fetch(region)
    before = documents(region)
    assert before["Handling-id"].to_list() == ["dp-1"]
    assert before["Dokumentslag"].to_list() == ["dp"]
    for path in ("/robots.txt", "/dp/kvarnen", "/a.pdf"):
        server.put(path, Answer(fault="closed"))
    (outcome,) = refresh(region, ["documents"], QUICK)
    assert "Ingen webbplats svarade" in outcome.error
    assert "ligger kvar" in outcome.notes[0]
    assert documents(region).equals(before)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('<a href="/18.3/Planbeskrivning_antagande.pdf">Ladda ner</a>', "dp"),
        ('<a href="/a.pdf">Samrådsredogörelse, 2 MB</a>', "samradsredogorelse"),
        ('<a href="/samradsredogorelse_x.pdf">Läs mer</a>', "samradsredogorelse"),
        ('<a href="/a.pdf">Dagvattenutredning till detaljplan</a>', "-"),
        ('<a href="/plankarta.pdf">Detaljplan Kvarnen</a>', "-"),
        ('<a href="/a.pdf">Handling 3</a>', ""),
    ],
)
def test_a_link_tells_what_it_leads_to(words: str, kind: str):
    body = example.page("Kvarnen 2", words).encode()
    (link,) = read_page(Reply("https://ort.invalid/dp", 200, {}, body, "")).links
    assert link.kind == kind


def test_names_and_types_of_files():
    sent = 'attachment; filename="Ã\x96versiktsplan.pdf"'
    reply = Reply("https://ort.invalid/x", 200, {"content-disposition": sent}, PDF, "")
    assert file_name(reply, ".pdf") == "Översiktsplan.pdf"
    plain = Reply("https://ort.invalid/a/..%2Fplan%20%C3%A5.PDF?x=1", 200, {}, PDF, "")
    assert file_name(plain, ".pdf") == "plan å.pdf"
    assert [file_type(body) for body in (PDF, b"{\\rtf1", b"<!DOCTYPE html>", b"\x00\x01")] == [
        ".pdf", ".rtf", ".html", "",
    ]  # fmt: skip
    assert site_of("https://dok.ort.se/x") == site_of("http://www.ort.se") == "ort.se"


def test_rules_with_wildcards_are_understood(server: FaultServer, tmp_path, monkeypatch):
    monkeypatch.setenv("PLANINNOVATION_FETCH_LOCAL", "1")
    rules = "User-agent: *\nCrawl-delay: 3\nDisallow: /sok\nDisallow: /*?sort=\nDisallow: /*.doc$\n"
    server.put("/robots.txt", rules)
    web = Web({server.address}, tmp_path, QUICK)
    robots = Robots(web)
    allowed = {
        path: robots.allow(server.address + path)
        for path in ("/", "/sok/a", "/x?sort=1", "/a.doc", "/a.docx")
    }
    assert allowed == {"/": True, "/sok/a": False, "/x?sort=1": False, "/a.doc": False,
                       "/a.docx": True}  # fmt: skip
    assert set(web.delays.values()) == {3.0}
