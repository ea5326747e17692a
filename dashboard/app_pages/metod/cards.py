"""Cards of *Metod och kvalitet*: the ladder, limits, absence, quality, terms, measures."""

from __future__ import annotations

from typing import Any

import htpy as h
import polars as pl
import streamlit as st

from dashboard.glossary import GLOSSARY
from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.markup import facts, show
from dashboard.parts.measure_words import Rows, by_type, interval_words, measure_list, value_words
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import View
from dashboard.queries import method
from dashboard.text import DASH, count, number
from pipelines.model.codes import COMMITMENT, COVERAGE, OBJECT_TYPE
from pipelines.model.columns import Column
from pipelines.model.tables import INDICATOR_VALUE

_GOALS = {
    "1": "Mål 1: innovation i planeringen",
    "2": "Mål 2: test och uppskalning",
    "3": "Mål 3: mindre företag",
    "F": "Handlingsplanens aktiviteter",
    "K": "Kvaliteten i underlaget",
}
_DIRECTION = {"up": "Högre är mer", "down": "Lägre är bättre", "none": "Ingen riktning"}
_INDICATOR_COLUMNS = (
    Column(name="indicator_id", label="Id", meaning="Måttets id."),
    Column(name="label", label="Mått", meaning="Måttets namn."),
    Column(name="question", label="Fråga", meaning="Frågan som måttet svarar på."),
    Column(name="unit", label="Enhet", meaning="Måttets enhet."),
    Column(name="formula", label="Så räknas det", meaning="Formeln i ord."),
    Column(name="caveats", label="Förbehåll", meaning="Vad måttet inte visar.", kind="texts"),
    Column(name="actions", label="Aktiviteter", meaning="Talar för.", kind="texts"),
)
LIMITS = (
    "Att något står i en plan är inte att det blir gjort. Röda tråden och testverksamheten visar "
    "vad som syns på plats.",
    "Fler belägg är inte bättre planering. En kort plan med ett tydligt krav kan betyda mer än "
    "många avsikter.",
    "Måtten säger inte varför. En aktivitet i handlingsplanen kan ha bidragit, men det går inte "
    "att läsa ur talen.",
    "Bara det som är insamlat och läst räknas. Ej insamlad är aldrig noll.",
    "Läsaren är en maskin. Den missar ovanliga ord och tar ibland fel på vem som talar; därför "
    "står citatet bredvid talet.",
    "Nivån Ska är inte alltid laglig. Krav i detaljplan märks för kontroll av lagstöd.",
    "Upphandlingar och tester kommer ur register som samlats in för hand och är inte fullständiga.",
)
_COLUMNS = (
    Column(name="source_label", label="Prövat på", meaning="Texterna som läsaren prövades på."),
    Column(name="n", label="Antal passager", meaning="Antal märkta passager.", kind="integer"),
    Column(name="measure_label", label="Mått på läsningen", meaning="Hur lika."),
    Column(name="value", label="Värde", meaning="1 är full likhet.", kind="decimal"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
    Column(name="measured_on", label="Mätt", meaning="Dag då läsaren mättes."),
    Column(name="coded_by", label="Kodat av", meaning="Vem som kodade texten."),
)
_SUBTITLE = "Likhet mellan maskin och människa, 1 är full likhet, med 95 procents intervall"
_NOT_PROVED = (
    "Ingen text är läst med vikter som har sett den; de osedda källorna har inte heller använts "
    "när ord, regler och gränser valdes. Prosan, som de är en femtedel av, är verkliga kommunala "
    "texter sagda med andra ord, kodade två gånger utan "
    "att kodarna såg varandras svar; deras egen likhet är F1 0,79. De påhittade texterna är kodade "
    "av dem som byggt läsaren och ger en övre gräns. Inget av talen är precision eller täckning i "
    "hela verkliga planer: det kräver dokument kodade av människor, och visas som K.4 när passager "
    "har granskats."
)


def ladder(view: View) -> None:
    """The five levels and the words that decide each."""
    entries = view.ask(method.codebook).filter(pl.col("kind") == "deciding")
    items = [
        h.li[
            h.span(class_=f"niva n{level}")[code.label],
            " ",
            h.span[code.meaning, h.br, h.span(".tyst")[_deciding(entries, code.code)]],
        ]
        for level, code in enumerate(COMMITMENT.codes)
    ]
    title = "Förpliktelsegraden: det verb som styr avgör"
    with card("graden", title, "Inte det starkaste ordet i meningen, utan verbet som styr det nya"):
        show(h.ol(".stege")[items])
        show(
            h.p(".under")[
                "Ett förbehåll (",
                h.i["om möjligt, där så är lämpligt"],
                ") sänker ett ska till bör. Nekade skrivningar, återgiven text, förslag och andras "
                "synpunkter visas men räknas inte.",
            ]
        )


def _deciding(entries: pl.DataFrame, level: str) -> str:
    terms = entries.filter(pl.col("level") == level)["terms"].explode().drop_nulls().to_list()
    plain = [term.split("|")[0].rstrip("*") for term in terms if "~" not in term]
    shown = list(dict.fromkeys(plain))[:9]
    return f"Till exempel: {', '.join(shown)}" if shown else ""


def absence(view: View) -> None:
    """Every kind of coverage with its meaning and how many there are."""
    frame = view.ask(method.coverage)
    counts = {(row["coverage"], row["object_type"]): row["objects"] for row in frame.to_dicts()}
    total = int(frame["objects"].sum()) if frame.height else 0
    title = "Saknat underlag har alltid ett skäl"
    with card("underlag", title, "Bara Läst, inget funnet räknas som noll"):
        show_table(
            ["Underlag", *OBJECT_TYPE.labels.values()],
            [
                [
                    Cell(code.label, second=code.meaning),
                    *(Cell(_count(counts, code.code, each)) for each in OBJECT_TYPE.values),
                ]
                for code in COVERAGE.codes
            ],
            caption=title,
            numeric=frozenset({1, 2, 3}),
        )
        note(view, f"{number(total)} kända handlingar, även ersatta")


def _count(counts: dict[tuple[str, str], int], coverage: str, object_type: str) -> str:
    found = counts.get((coverage, object_type))
    return number(found) if found else DASH


def quality(view: View, frame: pl.DataFrame) -> None:
    """The K measures: one line each, its parts beside each other with basis and interval."""
    with card("kvalitet", _quality_title(frame), "Värde, underlag och 95 procents intervall"):
        measures: dict[str, Rows] = {}
        for row in frame.to_dicts():
            measures.setdefault(row["indicator_id"], []).append(row)
        ordered = {key: sorted(rows, key=by_type) for key, rows in measures.items()}
        show(measure_list(ordered, questions=True))
        if not frame.filter(pl.col("indicator_id") == "K.4").drop_nulls("value").height:
            show(
                h.p(".under")[
                    "Hur ofta maskin och människa är överens (K.4) är inte mätt i den här utgåvan: "
                    "inga passager är granskade."
                ]
            )
        note(view, "", "leveranserna och planhandlingarna")
        with st.container(horizontal=True, gap="medium"):
            download(view, "kvalitet", frame, INDICATOR_VALUE.columns, key="kvalitet")


def _quality_title(frame: pl.DataFrame) -> str:
    right = frame.filter(pl.col("indicator_id") == "K.4", pl.col("part") == "precision")
    for row in right.drop_nulls("value").to_dicts():
        return (
            f"{value_words(row)} av maskinens belägg är rätt enligt granskning "
            f"({interval_words(row)})"
        )
    rejected = frame.filter(pl.col("indicator_id") == "K.5").drop_nulls("value").to_dicts()
    if not rejected:
        return "Kvaliteten i underlaget"
    row = rejected[0]
    bad = number(row["numerator"]) if row["numerator"] else "Inga"
    return f"{bad} av {number(row['n'])} levererade rader avvisade"


def indicators(view: View, frame: pl.DataFrame) -> None:
    """Every measure's definition, family by family."""
    with card("matt", f"{number(frame.height)} mått, så räknas de", "Fråga, formel och förbehåll"):
        families = frame.with_columns(
            pl.col("indicator_id").str.split(".").list.first().alias("family")
        )
        for (family,), rows in families.group_by("family", maintain_order=True):
            label = _GOALS.get(str(family), str(family))
            with st.expander(f"{label} ({rows.height})", expanded=str(family) == "1"):
                show_table(
                    ["Mått", "Så räknas det", "Enhet", "Förbehåll"],
                    [_indicator_row(row) for row in rows.to_dicts()],
                    caption=label,
                    numeric=frozenset(),
                )
        note(view, "Andelar visas med Wilsons intervall; under fem lästa visas ingen andel")
        with st.container(horizontal=True, gap="medium"):
            download(
                view, "mattdefinitioner", frame, _INDICATOR_COLUMNS, key="matt", filtered=False
            )


def _indicator_row(row: dict[str, Any]) -> list[Cell]:
    return [
        Cell(f"{row['indicator_id']} {row['label']}", second=row["question"]),
        Cell(row["formula"]),
        Cell(row["unit"], second=_DIRECTION.get(row["direction"], "")),
        Cell(" ".join(row["caveats"]) or DASH),
    ]


def limits() -> None:
    """What the figures do not prove."""
    with card("granser", "Vad talen inte visar"):
        show(h.ul(".granser")[(h.li[each] for each in LIMITS)])


def terms() -> None:
    """Draw the words of planning and of the method with their meanings."""
    about = "De svåraste har en prickad linje på sidorna, första gången de står där"
    with card("begrepp", f"{len(GLOSSARY)} begrepp i planering och metod", about):
        show(facts(((term.name, term.meaning) for term in GLOSSARY), "begreppslista"))


def measured(view: View) -> None:
    """Draw the measures with their intervals, and what they do not prove."""
    frame = view.ask(method.evaluation)
    if frame.is_empty():
        return
    sources = dict(frame.select("source_label", "n").unique(maintain_order=True).rows())
    with card("lasaren", _title(frame), _SUBTITLE):
        show_table(
            ["Mått", *(label.split(",", maxsplit=1)[0] for label in sources)],
            _by_measure(frame, list(sources)),
            caption="Läsaren prövad",
            numeric=frozenset(),
        )
        tried = ". ".join(
            f"{label}: {count(n, 'passage', 'passager')}" for label, n in sources.items()
        )
        show(h.p(".under")[f"{tried}."])
        show(h.p(".under")[_who(frame), _NOT_PROVED])
        _confidence(view)
        note(view, "", "kodbokens egna märkta passager")
        with st.container(horizontal=True, gap="medium"):
            download(view, "lasaren_provad", frame, _COLUMNS, key="lasaren", filtered=False)


def _by_measure(frame: pl.DataFrame, sources: list[str]) -> list[list[Cell]]:
    """One row a measure, one column for each text that the reader was tried on."""
    found = {(row["measure_label"], row["source_label"]): row for row in frame.to_dicts()}
    measures = frame["measure_label"].unique(maintain_order=True)
    return [
        [Cell(measure), *(_value(found.get((measure, source))) for source in sources)]
        for measure in measures
    ]


def _value(row: dict[str, Any] | None) -> Cell:
    if row is None:
        return Cell(DASH)
    if row["low"] is None:
        return Cell(number(row["value"], 2))
    interval = f"{number(row['low'], 2)}–{number(row['high'], 2)}"
    return Cell(f"{number(row['value'], 2)} ({interval})")


def _who(frame: pl.DataFrame) -> str:
    """When the first text was measured, and who coded it."""
    row = frame.row(0, named=True)
    if not row["measured_on"]:
        return ""
    name = row["source_label"].split(",")[0]
    return f"{name} mättes {row['measured_on']} och kodades av {row['coded_by']}. "


def _confidence(view: View) -> None:
    """Draw what a confidence is worth: of those said with it, how many were right."""
    steps = view.ask(method.calibration)
    if steps.is_empty():
        return
    with st.expander("Vad läsarens säkerhet är värd"):
        show_table(
            ["Läsarens säkerhet", "Passager", "Andel belägg enligt människor"],
            [
                [
                    Cell(f"{number(row['low'], 2)}–{number(row['high'], 2)}"),
                    Cell(number(row["n"])),
                    Cell(number(row["share_right"], 2)),
                ]
                for row in steps.to_dicts()
            ],
            caption="Säkerhet mot andel belägg, på källor som vikterna inte har sett",
            numeric=frozenset({1, 2}),
        )


def _title(frame: pl.DataFrame) -> str:
    """Of ten passages how many are found, on the text that the reader has seen least of."""
    shares = method.of_ten(frame)
    if shares is None:
        return "Läsaren prövad på märkta passager"
    found, right = shares
    return f"Av tio belägg finner läsaren {found}, och av tio funna är {right} rätt"
