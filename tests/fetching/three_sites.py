"""Web sites of three fictional municipalities: 200 pages, 60 documents, some of them broken.

``python -m tests.fetching.three_sites`` shows the way from an empty folder to an edition.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipelines.model.region import Region, load_region
from tests.fetching.fault_server import Answer, FaultServer, serving

NAMES = {"9801": "Ulvsund", "9802": "Torpa", "9803": "Vreta"}
PLACES = ("Kvarnen", "Hamnkajen", "Lärkbacken", "Tegelbruket", "Åkervägen", "Stationen")
AIM = "Kommunen ska använda kvarteret {name} som testbädd för nya energilösningar."
"""What each plan says of innovation; ``name`` is the plan's."""
_PAGES = 200


@dataclass
class Sites:
    servers: dict[str, FaultServer]
    documents: list[str] = field(default_factory=list)
    pages: int = 0

    @property
    def asked(self) -> list[tuple[str, str]]:
        return [(code, each.path) for code, s in self.servers.items() for each in s.asked]

    def forget(self) -> None:
        for server in self.servers.values():
            server.asked.clear()


def text_of(name: str, kind: str, case: str) -> list[str]:
    voice = (
        f"{kind} för {name}", f"Detaljplan för {name}, Dnr {case}", "Samrådshandling 2025-02-03",
        "Planens syfte är att pröva bostäder och en förskola vid torget.",
    )  # fmt: skip
    if kind == "Samrådsredogörelse":
        return [*voice, "Inkomna synpunkter besvaras nedan. Hyresgästföreningen önskar fler träd."]
    return [*voice, AIM.format(name=name), "Gatan byggs om med bredare gångbanor."]


def as_pdf(lines: list[str]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 24 * number, line)
    canvas.save()
    return out.getvalue()


def as_docx(lines: list[str]) -> bytes:
    document, out = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def as_html(lines: list[str]) -> bytes:
    return page(lines[0], "".join(f"<p>{line}</p>" for line in lines[1:])).encode()


def as_rtf(lines: list[str]) -> bytes:
    return b"{\\rtf1\\ansi\\ansicpg1252 " + "\\par ".join(lines).encode("cp1252") + b"}"


def as_text(lines: list[str]) -> bytes:
    return "\n\n".join(lines).encode("cp1252")


FORMATS = {
    "pdf": as_pdf, "docx": as_docx, "html": as_html, "txt": as_text, "rtf": as_rtf,
}  # fmt: skip


def page(heading: str, body: str) -> str:
    menu = '<nav><a href="/meny/planbeskrivning.pdf">Planbeskrivning i menyn</a></nav>'
    return f"<!doctype html><html><body>{menu}<main><h1>{heading}</h1>{body}</main></body></html>"


def _fill(sites: Sites, code: str, server: FaultServer, rows: list[dict[str, str]]) -> None:
    own: list[str] = []

    def put(path: str, *answers: Answer | str | bytes) -> None:
        sites.pages += 1
        server.put(path, *answers)

    for number, place in enumerate(PLACES):
        name, case = f"{place} {number + 2}", f"BN 2024/{code[-1]}{number:02}"
        root = f"/planer/{number}"
        links = []
        for kind in ("Planbeskrivning", "Samrådsredogörelse", "Miljökonsekvensbeskrivning"):
            ending = list(FORMATS)[(number + len(links)) % len(FORMATS)]
            body = FORMATS[ending](text_of(name, kind, case))
            plain = kind.lower().translate(str.maketrans("åäö", "aao"))
            path = f"{root}/{plain}.{ending}"
            server.put(path, body)
            sites.documents.append(path)
            links.append(f'<a href="{path}">{kind} ({ending})</a>')
        links.append(f'<a href="{root}/plankarta.pdf">Plankarta (pdf)</a>')
        if place == "Hamnkajen":  # a level down, with a file that is cut and one that is none
            server.put(f"{root}/utlatande.pdf", Answer(as_pdf(["x"])[:200], fault="cut"))
            server.put(f"{root}/granskningsutlatande.pdf", page("Logga in", ""))
            more = (
                '<a href="utlatande.pdf">Särskilt utlåtande (pdf)</a>'
                '<a href="granskningsutlatande.pdf">Granskningsutlåtande (pdf)</a>'
            )
            put(f"{root}/handlingar", page("Handlingar", "".join([*links, more])))
            links = [f'<a href="{root}/handlingar">Alla handlingar</a>']
            sites.documents += [f"{root}/utlatande.pdf", f"{root}/granskningsutlatande.pdf"]
        put(root, page(f"Detaljplan för {name}", "".join(links)))
        own.append(f'<li><a href="{root}">{name}</a></li>')
        if number < 5:  # the last is one that no register knows
            rows.append(
                {
                    "plan_id": f"{code}-dp-{number}", "municipality_code": code, "plan_kind": "dp",
                    "plan_name": name, "case_number": case, "plan_stage": "Samråd",
                    "stage_date": "2025-02-03", "source_url": server.address + root,
                }
            )  # fmt: skip
    put("/planer", page("Pågående detaljplaner", f"<ul>{''.join(own)}</ul>"))
    server.put("/robots.txt", "User-agent: *\nDisallow: /planer/*/hemlig\n")


@contextmanager
def three_sites() -> Iterator[tuple[Sites, list[dict[str, str]]]]:
    """Serve the sites; yields them and the rows of the plan register that points at them."""
    with ExitStack() as stack:
        sites = Sites({code: stack.enter_context(serving()) for code in NAMES})
        rows: list[dict[str, str]] = []
        for code, server in sites.servers.items():
            _fill(sites, code, server, rows)
        number = 0
        while sites.pages < _PAGES:  # what else a municipality writes about
            for server in sites.servers.values():
                server.put(f"/nyheter/{number}", page(f"Nyhet {number}", "<p>Isbanan öppnar.</p>"))
                sites.pages += 1
            number += 1
        for server in sites.servers.values():
            news = "".join(f'<a href="/nyheter/{n}">Nyhet {n}</a>' for n in range(number))
            listed = server.answer("/planer").body
            server.put("/planer", str(listed).replace("</ul>", f"</ul>{news}"))
        yield sites, rows


def fill_region(region: Region, sites: Sites, rows: list[dict[str, str]]) -> None:
    """Write the registers of the fictional municipalities and where their plan pages begin."""
    for template in region.registers.glob("*.xlsx"):
        template.unlink()
    places = [
        {"municipality_code": c, "municipality_name": n, "website": sites.servers[c].address}
        for c, n in NAMES.items()
    ]
    for name, table in (("kommuner", places), ("planer", rows)):
        with (region.registers / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(table[0]))
            writer.writeheader()
            writer.writerows(table)
    start = ", ".join(f'{c} = ["{s.address}/planer"]' for c, s in sites.servers.items())
    record = region.folder / "kallor" / "documents.toml"
    record.parent.mkdir()
    kinds = '"dp", "program", "samradsredogorelse", "granskningsutlatande", "mkb"'
    record.write_text(f"[options]\nkinds = [{kinds}]\nstart = {{ {start} }}\n", "utf-8")


def demonstrate() -> None:
    """Go from an empty folder to an edition, with the commands that a person types."""
    from pipelines.cli import output
    from tests.cli.test_commands import run

    with tempfile.TemporaryDirectory() as folder, three_sites() as (sites, rows):
        os.environ |= {
            "PLANINNOVATION_DATA": f"{folder}/data", "PLANINNOVATION_FETCH_LOCAL": "1",
            "PLANINNOVATION_EDITIONS": f"{folder}/editions",
        }  # fmt: skip
        output.line(run("region", "new", "--municipality", "0114,0115", "--label", "Prov").stdout)
        fill_region(load_region("prov"), sites, rows)
        for command in (
            ("fetch", "documents", "--region", "prov", "--pause", "0"),
            ("run", "--region", "prov", "--quiet"),
            ("fetch", "documents", "--region", "prov", "--pause", "0"),
        ):
            sites.forget()
            done = run(*command)
            output.line(f"$ planinnovation {' '.join(command)}\n{done.stdout}{done.stderr}")
            output.line(f"({len(sites.asked)} requests at the servers)\n")
        files = sorted(Path(folder, "data/prov/inbox").rglob("*.*"))
        output.line(
            f"{len(files)} files in the inbox, {sites.pages} pages, {len(sites.documents)} linked"
        )


if __name__ == "__main__":
    demonstrate()
