"""Files of a fictional region with three municipalities, small enough to read in a test."""

from __future__ import annotations

import json
from pathlib import Path

_REGISTERS = {
    "kommuner.csv": """Kommunkod;Kommun;Folkmängd;Folkmängd år;Landareal;Äger mark
9801;Ulvsund;41 200;2025;210,5;ja
9802;Torpa;9 800;2025;402;nej
9803;Vreta;18 000;2025;130;okänt
""",
    "stadskarnor.csv": """Stadskärna-id;Stadskärna;Kommunkoder
ulvsund-c;Ulvsunds stadskärna;9801
""",
    "planer.csv": """Plan-id;Kommunkod;Planslag;Plannamn;Diarienummer;Skede;Antagen datum;Stadskärna-id
op-gammal;9801;Översiktsplan;Översiktsplan 2010;;Antagen;2010-05-03;
op-ny;9801;Översiktsplan;Översiktsplan 2035;KS 2019/17;Antagen;2022-06;
dp-kvarnen;9801;Detaljplan;Kvarnen 3;BN 2021/204;Samråd;;ulvsund-c
op-torpa;9802;ÖP;Framtidsplan Torpa;;Antagen;2019;
dp-vreta;9803;Detaljplan;Vreta skola;;Laga kraft;2020-01-15;
""",
    "markanvisningar.csv": """Markanvisning-id;Kommunkod;Slag av markanvisning;Område;Metod;Läge;Beslutsdatum
ma-kvarnen;9801;Beslut;Kvarnen 3;Jämförelse;Beslutad;2023-03-01
ma-torpa;9802;Beslut;Åkervägen;Direkt;Beslutad;2021
""",
    "dokument.csv": """Dokument-id;Kommunkod;Handling-id;Dokumentslag;Dokumentnamn;Dokumentets skede;Dokumentdatum;Fil
d1;9801;op-ny;Översiktsplan;Översiktsplan 2035;Antagen;2022-06-13;op.txt
d2;9801;dp-kvarnen;Planbeskrivning;Kvarnen 3;Samråd;2023-02-01;kvarnen.txt
d3;9801;ma-kvarnen;Markanvisningsbeslut;Beslut Kvarnen;;2023-03-01;anvisning.html
d4;9803;dp-vreta;Planbeskrivning;Vreta skola;Laga kraft;2020-01-15;finns_inte.pdf
""",
    "testverksamhet.csv": """Test-id;Testverksamhet;Värd;Slag av värd;Kommunkod;Stadskärna-id;Teman;Slag av test;Fas;Startår;Öppen för SMF
t1;Kvarnens energilab;Ulvsunds kommun;Kommun;9801;ulvsund-c;Energi;Testbädd;Test;2023;ja
""",
    "upphandlingar.csv": """Upphandling-id;Köpare;Kommunkod;Upphandling;Slag av upphandling;Upphandlingsår
u1;Ulvsunds kommun;9801;Ny belysning;Funktionsupphandling;2024
""",
}

AIM = "Vi vill att hamnområdet används som testbädd för nya energilösningar."
"""What the comprehensive plan says of innovation."""

_DOCUMENTS = {
    "9801/op-ny/op.txt": f"""Översiktsplan 2035
Ulvsunds kommun
Dnr KS 2019/17
\fÖversiktsplan 2035                                                        2

Inriktning

Kommunen växer med 300 invånare om året. Nya bostäder placeras nära stationen.
{AIM}
Vatten och avlopp byggs ut i takt med bebyggelsen.
""",
    "9801/dp-kvarnen/kvarnen.txt": """Detaljplan för Kvarnen 3
Planbeskrivning
Ulvsunds kommun, BN 2021/204
\fKvarnen 3                                                                 2

Syfte

Planens syfte är att pröva lämpligheten för bostäder. Byggnaderna får vara högst
tolv meter höga. Marken består av lera på fast botten.
""",
    "9801/ma-kvarnen/anvisning.html": """<html><head><title>Beslut</title></head><body>
<h1>Beslut om markanvisning för Kvarnen 3</h1><p>Ulvsunds kommun</p>
<h2>Villkor</h2><p>Byggherren ska upplåta en lägenhet som testbädd för nya produkter i fem år.
Köpeskillingen betalas på tillträdesdagen.</p></body></html>
""",
}


def write_region(data: Path, name: str = "liten") -> Path:
    """Write the region below ``data`` and return its folder."""
    folder = data / name
    (folder / "register").mkdir(parents=True)
    (folder / "region.toml").write_text(
        'name = "liten"\nlabel = "Litenregionen"\nis_example = true\ntoday = 2024-06-01\n'
        'map_file = "karta.geojson"\nattribution = "Påhittad karta"\n',
        "utf-8",
    )
    (data / "karta.geojson").write_text(json.dumps(_map()), "utf-8")
    for file, text in _REGISTERS.items():
        (folder / "register" / file).write_text(text, "utf-8-sig")
    for place, text in _DOCUMENTS.items():
        file = folder / "inbox" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def _map() -> dict[str, object]:
    squares = [
        {
            "type": "Feature",
            "properties": {
                "kommun_kod": code,
                "kommun": name,
                "label_lon": x + 0.5,
                "label_lat": 0.5,
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 0], [x, 1], [x + 1, 1], [x + 1, 0], [x, 0]]],
            },
        }
        for x, (code, name) in enumerate(
            (("9801", "Ulvsund"), ("9802", "Torpa"), ("9803", "Vreta"))
        )
    ]
    return {"type": "FeatureCollection", "features": squares}
