"""Run adapters: one at a time, each source on its own, what was there stays when one fails."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec

from pipelines.errors import PlanInnovationError, SourceError, system_fault
from pipelines.fetching.delivery import (
    Delivery,
    Outcome,
    fetched_folder,
    keep_outcome,
    last_outcome,
    stopped,
)
from pipelines.fetching.source import Source, load_sources
from pipelines.fetching.web import USUAL, Limits, Web, hosts_of
from pipelines.model.region import Region


def refresh(
    region: Region,
    names: Sequence[str] = (),
    limits: Limits = USUAL,
    *,
    accept_loss: bool = False,
) -> list[Outcome]:
    """Fetch from the sources named, or from all that a region can ask, and keep how it went.

    Without names, sources whose key is not set are left out.

    Raises:
        SourceError: the region is fictional, a source does not exist, or another fetch is running.
    """
    if region.is_example:
        raise SourceError(
            f"{region.label} är påhittad, och det finns inget att hämta.",
            expected="En verklig region.",
            do="Välj en annan med --region, eller gör en med planinnovation region new.",
        )
    sources = load_sources(region)
    for name in names:
        if name not in sources:
            raise SourceError(
                f"Källan {name} finns inte.",
                expected=f"En av: {', '.join(sources)}.",
                do="Välj en av dem, eller beskriv källan i regionens mapp kallor.",
            )
    chosen = [sources[name] for name in names] or [s for s in sources.values() if not s.lacks_key]
    with _alone(region):
        return [fetch(region, source, limits, accept_loss=accept_loss) for source in chosen]


def fetch(
    region: Region, source: Source, limits: Limits = USUAL, *, accept_loss: bool = False
) -> Outcome:
    """Fetch from one source; a fault ends up in the outcome and leaves the last delivery alone."""
    tried_at = datetime.now(UTC).isoformat(timespec="seconds")
    before = last_outcome(region, source)
    outcome = Outcome(source.name, source.label, tried_at)
    hosts = {*source.hosts, *hosts_of([source.address] if "//" in source.address else [])}
    web = Web(hosts, fetched_folder(region) / source.name, limits)
    try:
        delivery = Delivery(region, source)
        _adapter(source)(source, region, web, delivery)
        delivery.commit(outcome, accept_loss=accept_loss)
        outcome.fetched_at = datetime.now(UTC).isoformat(timespec="seconds")
        web.tidy()
    except Exception as error:
        fault = error if isinstance(error, PlanInnovationError) else system_fault(error)
        if fault is None:
            raise
        outcome = stopped(source, before, tried_at, fault)
    finally:
        web.close()
    outcome.requests = web.requests
    keep_outcome(region, outcome)
    return outcome


def _adapter(source: Source):  # type: ignore[no-untyped-def]
    name = f"pipelines.fetching.{source.adapter}"
    deliver = getattr(import_module(name), "deliver", None) if find_spec(name) else None
    if deliver is None:
        raise SourceError(
            f"Källan {source.name} anger adaptern {source.adapter}, som inte finns.",
            expected="Ett filnamn i pipelines/fetching med funktionen deliver.",
            do="Rätta adapter i källans beskrivning.",
        )
    return deliver


@contextmanager
def _alone(region: Region) -> Iterator[None]:
    """Hold the region's lock; the system lets go of it when the process ends, however it ends."""
    folder = fetched_folder(region)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".las").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SourceError(
                f"En annan hämtning till {region.label} pågår.",
                expected="En hämtning i taget.",
                do="Vänta tills den är klar och kör igen.",
            ) from error
        yield
