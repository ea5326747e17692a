"""The method as text, made from the declarations: what each number means and how it is made."""

from __future__ import annotations

from pathlib import Path

from pipelines.indicators import index_draws, innovation_index, similar
from pipelines.indicators.catalog import DEFINITIONS
from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import YEARS
from pipelines.indicators.values import FEWEST
from pipelines.model.codes import (
    ABSENCE,
    ACTIVITY,
    CAUSE,
    CHAIN_LINK,
    COMMITMENT,
    COVERAGE,
    INSTRUMENT,
    OUTCOME,
    THEME,
    VOICE,
    CodeList,
)
from pipelines.model.region import PROJECT

FILE: Path = PROJECT / "docs" / "method.md"
_GROUPS = {
    "1": "Mål 1: innovation i planering och stadsbyggande",
    "2": "Mål 2: test, uppskalning och demonstration",
    "3": "Mål 3: möjligheter för små och medelstora företag",
    "F": "Handlingsplanens aktiviteter",
    "K": "Datakvalitet",
}
_DIRECTION = {"up": "mer är bättre", "down": "mindre är bättre", "none": "ingen riktning"}


def render_method() -> str:
    """Return ``docs/method.md``: the method in Swedish under an English heading.

    >>> render_method().splitlines()[0]
    '# Method'
    """
    parts = [
        "# Method",
        "",
        "Made from `pipelines/indicators` and `pipelines/model` by `planinnovation docs`; do not",
        "edit by hand. The words are those that the dashboard and the files show.",
        "",
        *_rules(),
    ]
    for group, title in _GROUPS.items():
        parts += ["", f"# {title}"]
        for definition in DEFINITIONS:
            if definition.id.split(".")[0] == group:
                parts += ["", *_indicator(definition)]
    for codes in (
        COMMITMENT,
        INSTRUMENT,
        THEME,
        VOICE,
        COVERAGE,
        ABSENCE,
        OUTCOME,
        CHAIN_LINK,
        CAUSE,
    ):
        parts += ["", *_codes(codes)]
    return "\n".join(parts) + "\n"


def _rules() -> list[str]:
    weights = ", ".join(label.lower() for _, label in innovation_index.PARTS[1:-1])
    return [
        "## Gemensamma regler",
        "",
        "- Bara det som är läst i sin helhet utan belägg räknas som noll. Ej insamlat, oläsbart, "
        "ej förstått, endast utdrag och sekretess är frånvaro med skäl.",
        f"- Andelar visas med antal i måttet, antal kända och Wilsons 95-procentsintervall. Färre "
        f"än {FEWEST} ger inget värde.",
        "- Medianer har bootstrapintervall (Efron 1979), täthet ett intervall för kvotskattning "
        "(Cochran 1977), tid till uppskalning och granskning Kaplan–Meier.",
        "- Bara planens egna ord räknas, i handlingens senaste version; återgivet, föreslaget och "
        "andras ord visas men räknas inte.",
        "- Mätdagen är den nyaste dag som en plan, en markanvisning, ett test eller en "
        "upphandling är känd för; dagen då någon kodade eller läste in flyttar den inte.",
        "- Ett läge har en ålder. En plan före antagande gäller i tre år efter den nyaste dag den "
        "är känd för, en markanvisning före beslut i två, ett test till sitt slutår eller i två "
        "år efter att det senast sågs; det som saknar datum är okänt genast. Åldern räknas till "
        "dagen då utgåvan byggs. Ett år eller en månad räknas som sin sista dag. Det vars läge är "
        "okänt räknas för sig, aldrig som öppet eller pågående.",
        f"- Genomslag följer en antagen översiktsplan i {YEARS} år om inget annat väljs, dock inte "
        "längre än till nästa. En handling jämförs med den plan som gällde när den beslutades.",
        f"- Liknande kommuner är de {similar.NEIGHBOURS} med minst Gower-avstånd (Gower 1971) i "
        "folkmängd, befolkningstäthet, antal kända planer (logaritmer) och om kommunen äger mark. "
        "Det som är okänt för någon av två jämförs inte.",
        f"- Indexets plats prövas i {index_draws.DRAWS} dragningar: vikter för {weights} ur en "
        "Dirichletfördelning (parametrarna summerar till "
        f"{index_draws.CONCENTRATION:g}), normering ({', '.join(index_draws.NORMALISATIONS)}) och "
        f"sammanvägning ({', '.join(index_draws.AGGREGATIONS)} medel). Platser vars intervall "
        "överlappar visas inte. Känsligheten är Sobolindex, beräknade över alla kombinationer.",
        "- En ändring mellan två utgåvor delas på orsaker med Shapleyvärden; delarna summerar till "
        "ändringen.",
        "- Andra räkneregler än de publicerade (avstängda ord, annan lägsta nivå) räknas på "
        "utgåvans belägg. När ett ord stängs av faller de belägg bort som inget annat ord öppnar; "
        "kodas dokumenten om utan ordet faller oftast fler.",
    ]


def _indicator(definition: Indicator) -> list[str]:
    lines = [
        f"## {definition.id} {definition.label}",
        "",
        f"*{definition.question}*",
        "",
        f"- Formel: {definition.formula}",
        f"- Enhet: {definition.unit}; {_DIRECTION[definition.direction]}",
    ]
    if definition.interval:
        lines.append(f"- Intervall: {definition.interval}")
    lines.append(f"- Kräver: {definition.needs}")
    if definition.actions:
        activities = ", ".join(f"{code} {ACTIVITY.labels[code]}" for code in definition.actions)
        lines.append(f"- Talar för aktivitet: {activities}")
    lines += [f"- Förbehåll: {caveat}" for caveat in definition.caveats]
    return lines


def _codes(codes: CodeList) -> list[str]:
    return [
        f"# {codes.label} (`{codes.name}`)",
        "",
        "| Kod | Etikett | Betydelse |",
        "|---|---|---|",
        *(f"| `{code.code}` | {code.label} | {code.meaning} |" for code in codes.codes),
    ]
