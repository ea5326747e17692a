"""Calls for applications (utlysningar) from Vinnova's older open data.

The reply has neither the day on which a call opens nor that on which it closes, so both are left
empty. Contact persons are in the reply and are not read.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field, RootModel

from pipelines.fetching.delivery import Delivery, Payload
from pipelines.fetching.source import Settings, Source
from pipelines.fetching.web import Web
from pipelines.model.region import Region

_DAY = len("2026-11-30")


class Options(Settings):
    """Which calls are taken; ``sources/vinnova_calls.toml`` explains both."""

    published_from: date | None = None
    words: tuple[str, ...] = ()


class Link(Payload):
    """A link of a call; its address is under one of two names."""

    address: str = Field("", validation_alias=AliasChoices("URL", "Lankadress"))


class Calls(RootModel[list[dict[str, Any]]]):
    """The whole reply."""


class Call(Payload):
    """One call, as far as it is used."""

    number: str = Field(min_length=1, alias="Diarienummer")
    title: str = Field(min_length=1, alias="Titel")
    description: str | None = Field(None, alias="Beskrivning")
    published: Annotated[
        date | None,
        BeforeValidator(lambda value: value[:_DAY] or None if isinstance(value, str) else value),
    ] = Field(None, alias="Publiceringsdatum")
    links: tuple[Link, ...] | None = Field(None, alias="LankLista")
    is_public: bool = Field(default=True, alias="Publik")


def deliver(source: Source, region: Region, web: Web, out: Delivery) -> None:
    """Deliver calls about planning and testing that no register has."""
    options = source.read_options(Options)
    reply = web.get(f"{source.address}/utlysning").json()
    known = dict(out.known("funding_call").select("call_number", "call_id").iter_rows())
    seen: set[str] = set()
    others = older = hidden = 0
    for values in out.expect(Calls, reply, "listan av utlysningar").root:
        what = f"{values.get('Titel', '')} ({values.get('Diarienummer', 'utan diarienummer')})"
        call = out.parse(Call, values, "funding_call", what)
        if call is None:
            continue
        text = f"{call.title} {call.description or ''}".casefold()
        if call.number in seen:
            out.reject("funding_call", what, "Utlysningen finns två gånger i svaret.")
        elif not call.is_public:
            hidden += 1
        elif options.published_from and call.published and call.published < options.published_from:
            older += 1
        elif options.words and not any(word.casefold() in text for word in options.words):
            others += 1
        elif call.number in known:
            why = f"Finns redan i registret som {known[call.number]}."
            out.reject("funding_call", what, why, is_fault=False)
        else:
            out.add("funding_call", _row(call, source))
        seen.add(call.number)
    out.note(source.coverage)
    out.note(
        f"Lämnades: {others} om annat, {older} publicerade före {options.published_from or '–'}, "
        f"{hidden} som inte är publika."
    )


def _row(call: Call, source: Source) -> dict[str, object]:
    addresses = [each.address for each in call.links or ()]
    return {
        "call_id": f"{source.name}-{call.number}",
        "call_number": call.number,
        "call_title": call.title,
        "call_funder": source.attribution,
        "published_date": call.published or "",
        "source_url": next((a for a in addresses if a.startswith("http")), source.address),
        "as_of": date.today().isoformat(),
        "certainty": "registered",
    }
