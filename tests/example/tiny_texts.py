"""One tiny source text of our own, and a region that holds it."""

from __future__ import annotations

from pathlib import Path

from pipelines.model.region import Region

FRONT = """+++
id = "X1"
kommunkod = "9999"
plan_id = "dp-provet"
slag = "dp"
skede = "antagen"
datum = 2024-05-06
fil = "{fil}"
titel = "Detaljplan för Provet"
undertitel = "Planbeskrivning"
diarienummer = "P 2024-1"
layout = "{layout}"
sidhuvud = "Provets planbeskrivning"
sidfot = "Provby kommun · Dnr P 2024-1"
innehall = true
+++
"""

SENTENCE = (
    "Samhällsbyggnadsförvaltningens bostadsförsörjningsprogram förutsätter att "
    "kollektivtrafikförbindelserna mellan stadsdelscentrum och järnvägsstationen förtätas."
)

BODY = f"""# Syftet med planen
Planen gör det möjligt att bygga 1 200 bostäder vid ån & torget.

{" ".join([SENTENCE] * 6)}

## Det som ingår
- En förskola med sex avdelningar.
- Ett torg.

1. Först byggs gatan.
2. Sedan byggs husen.

| Kvarter | Bostäder | Höjd |
|---|---|---|
| Alen | 120 | 14 meter |
| Asken | – | 9 meter |

![Karta: Provets läge i Provby](karta)

<!-- sida -->

# Följder
Buller och skuggor har beräknats.
"""


def write_text(region: Region, fil: str, layout: str = "en_spalt", body: str = BODY) -> Path:
    """Write the text that makes the given file; return where it lies."""
    text = region.texts / "9999" / f"{Path(fil).stem}_{layout}.md"
    text.parent.mkdir(parents=True, exist_ok=True)
    text.write_text(FRONT.format(fil=fil, layout=layout) + body, encoding="utf-8")
    return text


def tiny_region(folder: Path) -> Region:
    """Return a fictional region without any text."""
    return Region(
        name="prov", label="Provet", is_example=True, map_file="", attribution="", folder=folder
    )
