"""Columns of what is derived from facts: the chain, windows, the index, survival, cooperation."""

from __future__ import annotations

from pipelines.model import codes, measure_codes
from pipelines.model.column import Column


def _number(name: str, label: str, meaning: str, unit: str = "") -> Column:
    return Column(name=name, label=label, meaning=meaning, kind="decimal", unit=unit)


def _count(name: str, label: str, meaning: str) -> Column:
    return Column(name=name, label=label, meaning=meaning, kind="integer", minimum=0)


_CHAIN = (
    Column(name="theme", label="Tema", meaning="Temat som följs.", kind="code", codes=codes.THEME),
    Column(
        name="step",
        label="Led",
        meaning="Ledet i kedjan från översiktsplan till test.",
        kind="code",
        codes=measure_codes.STEP,
    ),
    Column(
        name="start_level",
        label="Nivå i översiktsplanen",
        meaning="Högsta förpliktelsegraden om temat i översiktsplanen som gällde.",
        kind="integer",
        minimum=0,
        maximum=4,
    ),
    Column(
        name="outcome",
        label="Utfall",
        meaning="Om temat växer, håller, försvagas eller läcker ut i ledet.",
        kind="code",
        codes=measure_codes.OUTCOME,
    ),
    Column(
        name="chain_link",
        label="Koppling i kedjan",
        meaning="Hur handlingen hänger ihop med översiktsplanen.",
        kind="code",
        codes=measure_codes.CHAIN_LINK,
    ),
    _count("years_after", "År efter", "År från översiktsplanen till ledet."),
    _count("objects_read", "Lästa i ledet", "Antal lästa handlingar i ledet inom åren."),
    Column(name="passage_ids", label="Beläggens id", meaning="Beläggen bakom nivån.", kind="texts"),
    Column(name="activity_ids", label="Testernas id", meaning="Testverksamheterna.", kind="texts"),
)

_WINDOW = (
    Column(name="since", label="I skedet sedan", meaning="När skedet började.", kind="date"),
    _number("months_median", "Månader, median", "Tid från skedet till granskning.", "månader"),
    _number("months_low", "Månader från", "Undre gräns, 95 procent.", "månader"),
    _number("months_high", "Månader till", "Övre gräns, 95 procent.", "månader"),
    _number("months_left", "Månader kvar", "Väntad tid kvar givet tiden hittills.", "månader"),
    _count("durations", "Antal tider", "Antal planer som tiden bygger på."),
    Column(name="basis", label="Tiden bygger på", meaning="Vilka planers tider som räknats."),
    Column(
        name="lacks",
        label="Teman som saknas",
        meaning="Teman som finns hos liknande kommuner men inte här.",
        kind="codes",
        codes=codes.THEME,
    ),
    Column(name="lacks_basis", label="Jämfört med", meaning="Vilka planer jämförelsen gäller."),
    Column(
        name="match_kind",
        label="Slag av förslag",
        meaning="Testverksamhet eller formulering.",
        kind="code",
        codes=measure_codes.MATCH_KIND,
    ),
    Column(name="match_id", label="Förslagets id", meaning="Testets eller beläggets id."),
    _count("match_rank", "Ordning", "Förslagets plats bland dem för handlingen och temat."),
    Column(name="reason", label="Därför", meaning="Varför förslaget passar, i ord."),
)

_INDEX = (
    _number("score", "Index", "Innovationsindex, 0 till 100."),
    _number("depth", "Djup", "Medel av högsta förpliktelsegrad, 0 till 100."),
    _number("breadth", "Bredd för index", "Teman och styrmedel av 22, 0 till 100."),
    _number("density", "Täthet för index", "Belägg per tio sidor på fast skala, 0 till 100."),
    _number("carry", "Genomslag", "Andel led som håller, 0 till 100."),
    _count("rank", "Plats", "Platsen med lika vikter; tom när den inte kan anges."),
    _count("rank_low", "Bästa plats", "Bästa platsen i 95 procent av dragningarna."),
    _count("rank_high", "Sämsta plats", "Sämsta platsen i 95 procent av dragningarna."),
    Column(
        name="is_withheld",
        label="Plats visas inte",
        meaning="Om platsens intervall överlappar en annan kommuns.",
        kind="boolean",
    ),
    Column(name="choice", label="Val", meaning="Vikter, normering eller sammanvägning."),
    _number("first_order", "Eget bidrag", "Andel av platsens varians som valet ensamt ger."),
    _number("total_order", "Samlat bidrag", "Andel där valet alls medverkar."),
)

_SURVIVAL = (
    Column(name="survival_group", label="Grupp", meaning="Alla, ett slag eller ett tema."),
    Column(name="group_label", label="Grupp i ord", meaning="Gruppens namn."),
    _number("time_years", "År sedan start", "Tid sedan testet började.", "år"),
    _number("share_scaled", "Andel uppskalade", "Skattad andel som skalats upp."),
    _count("at_risk", "Kvar", "Tester som ännu kan skalas upp."),
    _count("events", "Uppskalade", "Tester som skalades upp då."),
)

_COOPERATION = (
    Column(name="party", label="Part", meaning="Organisation eller kommun."),
    Column(name="other_party", label="Andra parten", meaning="Den som parten samarbetar med."),
    Column(
        name="is_municipal",
        label="Mellan kommuner",
        meaning="Om båda parterna är kommuner.",
        kind="boolean",
    ),
    _count("activities", "Tester tillsammans", "Antal tester som båda deltar i."),
    Column(name="similar_code", label="Liknande kommun", meaning="Den liknande kommunens kod."),
    _count("similar_rank", "Likhet, plats", "1 är den mest lika."),
    _number("distance", "Avstånd", "Gowers avstånd, 0 lika till 1 olika."),
)

COLUMNS: tuple[Column, ...] = (*_CHAIN, *_WINDOW, *_INDEX, *_SURVIVAL, *_COOPERATION)
