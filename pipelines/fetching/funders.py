"""Test activities from research funders in their common standard (GDP); Vinnova by default.

Persons are in the reply and are not read. Money of future years is promised, so it is not summed.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any, Literal

import polars as pl
from pydantic import Field, TypeAdapter, ValidationError

from pipelines.fetching.delivery import Delivery, Payload
from pipelines.fetching.organisations import Municipalities, organisation_kind
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import ChangedError, Web, hosts_of
from pipelines.model.region import Region

_MOST_PAGES = 200
_KINDS = {
    "Företag": "foretag", "Universitet": "akademi", "Högskola": "akademi", "Kommun": "kommun",
    "Region": "region", "Statlig myndighet": "stat", "Myndighet": "stat",
    "Forskningsinstitut": "institut", "Institut": "institut", "Förening": "forening",
    "Ideell organisation": "forening", "Stiftelse": "forening",
}  # fmt: skip
"""The funders' words for a kind of organisation; another one leaves the kind empty, and is said."""
_CSV_COLUMNS = ("ansokanDiarienummer", "organisationNamn", "organisationTyp")


class Options(Settings):
    """What the record of the source decides; ``sources/vinnova.toml`` explains each."""

    page_size: int = Field(1000, ge=1)
    decided_from: str = ""
    organisations: str = ""
    words: dict[str, str] = Field(min_length=1)


class Named(Payload):
    """Something of which only the name is used."""

    namn: str = ""


class Party(Payload):
    """An organisation that takes part."""

    namn: str = Field(min_length=1)
    organisationsnummer: str | None = None
    roll: str | None = None


class Activity(Payload):
    """One activity that a funder pays for, as far as it is used."""

    diarienummer: str = Field(min_length=1)
    titel: str = Field(min_length=1)
    startdatum: date | None = None
    slutdatum: date | None = None
    status: Literal["Beviljad", "Pågående", "Avslutad", "Avslutat"]
    finansiar: str = Field("", alias="finansiarNamn")
    lank: str | None = None
    organisationer: tuple[Party, ...] = ()
    nyckelord: tuple[Named, ...] = ()


_LIST = TypeAdapter(list[dict[str, Any]])


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Deliver activities in which one of the municipalities takes part and something is tested."""
    options = source.read_options(Options)
    (key,) = source.keys()
    municipalities = Municipalities(out.known("municipality"))
    kinds = _kinds(options, web, out)
    known = _known(out)
    seen: set[str] = set()
    others = 0
    for values in _activities(source, options, key, web):
        what = f"{values.get('titel', '')} ({values.get('diarienummer', 'utan diarienummer')})"
        activity = out.parse(Activity, values, "testing_activity", what)
        if activity is None:
            continue
        kind = _kind_of_test(activity, options)
        codes = [
            code for each in activity.organisationer if (code := municipalities.code(each.namn))
        ]
        leader = next(
            (c for p in activity.organisationer if p.roll == "Koordinator"
             and (c := municipalities.code(p.namn))), "",
        )  # fmt: skip
        if activity.diarienummer in seen:
            out.reject("testing_activity", what, "Aktiviteten finns två gånger i svaret.")
        elif not kind or not codes:
            others += 1
        elif activity.diarienummer in known:
            why = f"Finns redan i registret som {known[activity.diarienummer]}."
            out.reject("testing_activity", what, why, is_fault=False)
        elif len(set(codes)) > 1 and not leader:
            where = ", ".join(municipalities.names[code] for code in sorted(set(codes)))
            why = f"Flera kommuner deltar ({where}) och ingen av dem leder; välj kommun för hand."
            out.reject("testing_activity", what, why, is_fault=False)
        else:
            out.add("testing_activity", _row(activity, kind, leader or codes[0], kinds, source))
        seen.add(activity.diarienummer)
    out.note(source.coverage)
    out.note(f"{others} aktiviteter utan kommun i regionen eller utan test lämnades.")


def _activities(source: Source, options: Options, key: str, web: Web) -> list[dict[str, Any]]:
    """Every activity, page after page; a page that is no list, or paging without end, stops it."""
    found: list[dict[str, Any]] = []
    params: dict[str, str | int] = {"limit": options.page_size}
    if options.decided_from:
        params["franBeslutDatum"] = options.decided_from
    for page in range(_MOST_PAGES):
        reply = web.get(
            f"{source.address}/finansieradeaktiviteter",
            params={**params, "offset": page * options.page_size},
            headers={"Authorization": key},
        )
        try:
            some = _LIST.validate_python(reply.json())
        except ValidationError as error:
            raise ChangedError(
                f"{source.label}: svaret är ingen lista av aktiviteter.",
                expected="En lista i JSON.",
                do="Tjänsten kan ha ändrats. Det gamla ligger kvar; jämför svaret (mappen hamtat).",
            ) from error
        if some and some == found[-len(some) :]:
            break
        found.extend(some)
        if len(some) < options.page_size:
            return found
    raise ChangedError(
        f"{source.label}: bläddringen tar aldrig slut ({len(found)} aktiviteter lästes).",
        expected=f"En sista sida med färre än {options.page_size}.",
        do="Tjänsten kan ha ändrats. Det gamla ligger kvar; jämför svaren (mappen hamtat).",
    )


def _kind_of_test(activity: Activity, options: Options) -> str:
    text = " ".join([activity.titel, *(word.namn for word in activity.nyckelord)]).casefold()
    return next((kind for word, kind in options.words.items() if word in text), "")


def _row(
    activity: Activity,
    kind: str,
    code: str,
    kinds: dict[tuple[str, str], str],
    source: Source,
) -> dict[str, object]:
    leader = next(
        (p for p in activity.organisationer if p.roll == "Koordinator"), activity.organisationer[0]
    )
    others = [p for p in activity.organisationer if p is not leader]

    def kind_of(party: Party) -> str:
        found = kinds.get((activity.diarienummer, party.namn.casefold()), "")
        return found or organisation_kind(party.namn, party.organisationsnummer or "")

    is_over = activity.status in ("Avslutad", "Avslutat")
    return {
        "activity_id": f"{source.name}-{activity.diarienummer}",
        "activity_name": activity.titel,
        "host": leader.namn,
        "host_type": kind_of(leader),
        "partners": [p.namn.replace(";", ",") for p in others],
        "partner_types": sorted({found for p in others if (found := kind_of(p))}),
        "municipality_code": code,
        "testing_kind": kind,
        "testing_phase": "avslutad"
        if is_over
        else "test"
        if activity.status == "Pågående"
        else "ide",
        "start_year": activity.startdatum.year if activity.startdatum else "",
        "end_year": activity.slutdatum.year if activity.slutdatum else "",
        "funders": [activity.finansiar or source.attribution],
        "source_url": activity.lank or source.address,
        "as_of": date.today().isoformat(),
        "certainty": "registered",
        "note": f"Diarienummer {activity.diarienummer}",
    }


def _kinds(options: Options, web: Web, out: Delivery) -> dict[tuple[str, str], str]:
    """Kinds of organisations by case number and name, from the daily file in UTF-16."""
    if not options.organisations:
        return {}
    web.hosts |= hosts_of([options.organisations])
    body = web.get(options.organisations).body
    try:
        text = body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        rows = pl.read_csv(
            io.BytesIO(text.encode()), separator=";", infer_schema=False, columns=list(_CSV_COLUMNS)
        )
    except (UnicodeDecodeError, pl.exceptions.PolarsError) as error:
        raise ChangedError(
            f"{options.organisations} har en annan form än väntat ({type(error).__name__}).",
            expected=f"CSV i UTF-16 med semikolon och kolumnerna {', '.join(_CSV_COLUMNS)}.",
            do="Filen kan ha ändrats. Det gamla ligger kvar; töm organisations i källans "
            "beskrivning för att klara sig utan.",
        ) from error
    found, unknown = {}, set()
    for number, name, kind in rows.drop_nulls().iter_rows():
        if kind in _KINDS:
            found[number, name.casefold()] = _KINDS[kind]
        else:
            unknown.add(kind)
    if unknown:
        out.note(f"Okända slag av organisation, som lämnas tomma: {', '.join(sorted(unknown))}.")
    return found


def _known(out: Delivery) -> dict[str, str]:
    """Activities of other registers by the case number that their note or address holds."""
    rows = out.known("testing_activity").select("activity_id", "note", "source_url").rows()
    return {
        word.strip(".,;()"): key
        for key, note, url in rows
        for word in f"{note or ''} {(url or '').replace('/', ' ')}".split()
        if word[:4].isdigit() and "-" in word
    }
