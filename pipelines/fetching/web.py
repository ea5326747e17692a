"""Ask web services politely: pauses, limits, retries, conditional requests, replies kept raw."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import os
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina
from hishel import CacheOptions, SqliteStorage
from hishel.httpx2 import CacheTransport
from stamina.instrumentation import set_on_retry_hooks

from pipelines.errors import SourceError

set_on_retry_hooks(())  # a retry is no news for whoever reads the report
_BUSY = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_REPLIES_KEPT = 2
"""Different replies of one address that are kept raw: the newest and the one before."""


class UnreachableError(SourceError):
    """The service does not answer, or only with errors; what was fetched before stays."""


class RefusedError(SourceError):
    """The service asks for a key or permission, or the address must not be asked."""


class MissingError(SourceError):
    """There is nothing at the address (404 or 410)."""


class ChangedError(SourceError):
    """The reply is not of the form that is expected; nothing of it is taken."""


@dataclass(frozen=True)
class Limits:
    """How much is asked of a service; times in seconds, ``size`` in bytes.

    ``pause`` between two requests to one host, ``silence`` without a byte, ``whole`` for one reply
    however it drips, ``attempts`` with a wait of ``backoff`` that doubles, ``longest_wait`` what a
    service may ask for with Retry-After.
    """

    pause: float = 1.0
    silence: float = 30.0
    whole: float = 300.0
    size: int = 100_000_000
    attempts: int = 4
    backoff: float = 1.0
    longest_wait: float = 120.0
    redirects: int = 5


USUAL = Limits()


@dataclass(frozen=True)
class Reply:
    """One reply, read to its end. ``url`` is where it came from after redirects, ``at`` is UTC."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: str
    is_unchanged: bool = False

    @property
    def sha256(self) -> str:
        """Checksum of the body."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def media_type(self) -> str:
        """Media type in lower case without parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            ChangedError: it is no JSON in UTF-8.
        """
        try:
            return json.loads(self.body)
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise ChangedError(
                f"{self.url} svarade med något som inte är JSON ({error}).",
                expected="JSON i UTF-8.",
                do="Kontrollera adressen i källans beskrivning; det gamla ligger kvar så länge.",
            ) from error


class _BusyError(Exception):
    """A reply that may be better later; ``wait`` is what Retry-After asks for, if anything."""

    def __init__(self, status: int, wait: float | None) -> None:
        self.status, self.wait = status, wait
        super().__init__(f"HTTP {status}")


@dataclass
class Web:
    """A client that asks only hosts that a source or a register names.

    Args:
        hosts: names of hosts, with a port where it is another than usual; ``www.`` does not count.
        folder: where the cache (``svar.db``) and the raw replies (``ra/``) are kept.
        limits: how much may be asked.
        delays: host to a longer pause that it asks for.
        allow_local: whether addresses of the own machine and network may be asked.
    """

    hosts: set[str]
    folder: Path
    limits: Limits = USUAL
    allow_local: bool = field(default_factory=lambda: bool(os.environ.get(LOCAL)))
    requests: int = 0
    delays: dict[str, float] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hosts = {host_of(each) for each in self.hosts}
        self.folder.mkdir(parents=True, exist_ok=True)
        plain = httpx2.HTTPTransport()
        storage = SqliteStorage(database_path=self.folder / "svar.db")
        private = CacheOptions(shared=False)
        self._cached = self._client(CacheTransport(plain, storage=storage, rfc=private))
        self._plain = self._client(httpx2.HTTPTransport())

    def _client(self, transport: httpx2.BaseTransport) -> httpx2.Client:
        contact = os.environ.get(CONTACT)
        name = f"planinnovation/{version('planinnovation')}" + (f" ({contact})" if contact else "")
        return httpx2.Client(
            transport=transport,
            timeout=self.limits.silence,
            headers={"User-Agent": name, "Accept-Language": "sv"},
        )

    def close(self) -> None:
        """Close connections and the cache."""
        self._cached.close()
        self._plain.close()

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Ask for an address, conditionally where it was asked before; the reply is kept raw.

        Raises:
            SourceError: there is no whole reply with status 200; the four kinds are above.
        """
        full = str(httpx2.URL(url).copy_merge_params(dict(params))) if params else url
        # no-cache: the cache asks the service whether its copy is still right, every time
        return self._keep(self._ask(self._cached, "GET", full, headers, revalidate=True))

    def post(
        self, url: str, body: Mapping[str, Any], *, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send JSON to an address; the reply is kept raw. Raises as ``get``."""
        content = json.dumps(body, ensure_ascii=False).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        return self._keep(self._ask(self._plain, "POST", url, sent, content=content))

    def fetch_file(
        self,
        url: str,
        known: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Ask for a file that the caller keeps itself; ``is_unchanged`` says there is no newer one.

        Args:
            url: the address.
            known: ``etag`` and ``last_modified`` of the copy that is kept.
            headers: a key, where the service wants one.
        """
        conditions = {
            "If-None-Match": (known or {}).get("etag", ""),
            "If-Modified-Since": (known or {}).get("last_modified", ""),
        }
        sent = {name: value for name, value in conditions.items() if value}
        return self._ask(self._plain, "GET", url, {**(headers or {}), **sent})

    def token(self, url: str, key: str, secret: str) -> dict[str, str]:
        """Exchange a key for a token (OAuth 2, client credentials); it is kept nowhere.

        Returns the header that carries it.
        """
        basic = base64.b64encode(f"{key}:{secret}".encode()).decode()
        headers = {
            "Authorization": f"Basic {basic}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        content = b"grant_type=client_credentials"
        reply = self._ask(self._plain, "POST", url, headers, content=content).json()
        token = reply.get("access_token") if isinstance(reply, dict) else None
        if not isinstance(token, str):
            raise ChangedError(
                f"{url} gav ingen nyckel (access_token saknas).",
                expected="Ett svar enligt OAuth 2.",
                do="Kontrollera token_address i källans beskrivning.",
            )
        return {"Authorization": f"Bearer {token}"}

    # One request ----------------------------------------------------------------------------------

    def _ask(
        self,
        client: httpx2.Client,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        *,
        content: bytes | None = None,
        revalidate: bool = False,
    ) -> Reply:
        sent = {**(headers or {}), **({"Cache-Control": "no-cache"} if revalidate else {})}
        seen = [url]
        while True:
            self._check(url)
            reply = self._again_and_again(client, method, url, sent, content)
            if reply.status not in _MOVED:
                return _good(reply)
            target = urljoin(url, reply.headers.get("location", ""))
            if target in seen or len(seen) > self.limits.redirects:
                raise UnreachableError(
                    f"{seen[0]} skickar vidare i en slinga eller mer än "
                    f"{self.limits.redirects} gånger.",
                    expected="En adress som svarar.",
                    do="Öppna adressen i en webbläsare och rätta den i källan.",
                )
            seen.append(target)
            if host_of(target) != host_of(url):  # a key is for the host that it was given to
                sent.pop("Authorization", None)
            if method == "POST" and reply.status in (301, 302, 303):
                method, content = "GET", None
            url = target

    def _check(self, url: str) -> None:
        """Refuse schemes other than the web's, hosts that nobody named and the own network."""
        parts = urlsplit(url)
        host = host_of(parts.netloc)
        if parts.scheme not in ("http", "https") or host not in self.hosts:
            raise RefusedError(
                f"{url} ligger utanför de värdar som källan anger.",
                expected=f"En adress hos {', '.join(sorted(self.hosts)) or 'någon värd'}.",
                do="Stämmer adressen: lägg värden under hosts i källans beskrivning.",
            )
        if not self.allow_local and _is_local(parts.hostname or ""):
            raise RefusedError(
                f"{url} är en adress i det egna nätet.",
                expected="En publik adress.",
                do=f"Rätta adressen, eller sätt miljövariabeln {LOCAL}=1 om den är avsedd.",
            )

    def _again_and_again(
        self,
        client: httpx2.Client,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
    ) -> Reply:
        limits = self.limits
        try:
            for attempt in stamina.retry_context(
                on=self._retry,
                attempts=limits.attempts,
                timeout=None,
                wait_initial=limits.backoff,
                wait_max=limits.backoff * 30,
                wait_jitter=limits.backoff,
            ):
                with attempt:
                    return self._once(client, method, url, headers, content)
        except _BusyError as error:
            later = f" Den ber oss vänta {error.wait:.0f} sekunder." if error.wait else ""
            raise UnreachableError(
                f"{url} svarade {error.status}, också efter nya försök.{later}",
                expected="Ett svar.",
                do="Försök igen senare; det som hämtades förut ligger kvar.",
            ) from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise UnreachableError(
                f"{url} gick inte att nå, eller bröt anslutningen ({type(error).__name__}).",
                expected="Ett helt svar.",
                do="Kontrollera nätet och försök igen senare; det som hämtades förut ligger kvar.",
            ) from error
        raise AssertionError("a loop of attempts ends with a reply or an error")

    def _retry(self, error: Exception) -> bool | float:
        if isinstance(error, _BusyError):
            if error.wait is None:
                return True
            return error.wait if error.wait <= self.limits.longest_wait else False
        return isinstance(error, httpx2.TransportError)

    def _once(
        self,
        client: httpx2.Client,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
    ) -> Reply:
        host = host_of(urlsplit(url).netloc)
        pause = max(self.limits.pause, self.delays.get(host, 0.0))
        wait = self._asked.get(host, 0.0) + pause - time.monotonic()
        if host in self._asked and wait > 0:
            time.sleep(wait)
        self._asked[host] = time.monotonic()
        self.requests += 1
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with client.stream(method, url, headers=dict(headers), content=content) as response:
            if response.status_code in _BUSY:
                raise _BusyError(response.status_code, _retry_after(response.headers))
            body = self._read(response)
        cached = response.extensions.get("caching")
        return Reply(
            url,
            response.status_code,
            {name.lower(): value for name, value in response.headers.items()},
            body,
            at,
            is_unchanged=response.status_code == 304 or bool(cached and cached["from_cache"]),
        )

    def _read(self, response: httpx2.Response) -> bytes:
        """Read a body to its end within the limits of size and time."""
        end = time.monotonic() + self.limits.whole
        body = bytearray()
        announced = response.headers.get("content-length", "0")
        too_large = announced.isdigit() and int(announced) > self.limits.size
        for part in () if too_large else response.iter_bytes():
            body += part
            too_large = len(body) > self.limits.size
            if too_large:
                break
            if time.monotonic() > end:
                raise UnreachableError(
                    f"{response.url} hade inte sänt färdigt efter {self.limits.whole:g} sekunder.",
                    expected="Ett helt svar inom den tiden.",
                    do="Försök igen senare; det som hämtades förut ligger kvar.",
                )
        if too_large:
            raise RefusedError(
                f"{response.url} är större än {self.limits.size / 1e6:g} MB.",
                expected="En mindre fil.",
                do="Hämta filen för hand och lägg den i inkorgen om den behövs.",
            )
        return bytes(body)

    # Replies kept raw -----------------------------------------------------------------------------

    def _keep(self, reply: Reply) -> Reply:
        """Keep the bytes under their hash and note when they came, before anyone parses them."""
        folder = self.folder / "ra"
        folder.mkdir(exist_ok=True)
        log = folder / "svar.jsonl"
        if not (file := folder / reply.sha256).exists():
            draft = file.with_suffix(".tmp")
            draft.write_bytes(reply.body)
            draft.replace(file)
        noted = {"url": reply.url, "at": reply.at, "sha256": reply.sha256, "bytes": len(reply.body)}
        with log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(noted, ensure_ascii=False) + "\n")
        return reply

    def tidy(self) -> None:
        """Keep the newest raw replies of each address, and drop the others."""
        folder = self.folder / "ra"
        log = folder / "svar.jsonl"
        if not log.exists():
            return
        kept: dict[str, dict[str, dict[str, Any]]] = {}
        for line in log.read_text("utf-8").splitlines():
            try:
                noted = json.loads(line)
            except json.JSONDecodeError:  # the process ended in the middle of a line
                continue
            of_url = kept.setdefault(noted["url"], {})
            of_url.pop(noted["sha256"], None)
            of_url[noted["sha256"]] = noted
            while len(of_url) > _REPLIES_KEPT:
                del of_url[next(iter(of_url))]
        notes = [noted for of_url in kept.values() for noted in of_url.values()]
        draft = log.with_suffix(".tmp")
        draft.write_text("".join(json.dumps(n, ensure_ascii=False) + "\n" for n in notes), "utf-8")
        draft.replace(log)
        names = {noted["sha256"] for noted in notes}
        for file in folder.iterdir():
            if file != log and file.name not in names:
                file.unlink()


LOCAL = "PLANINNOVATION_FETCH_LOCAL"
"""Environment variable that allows addresses of the own machine and network."""
CONTACT = "PLANINNOVATION_CONTACT"
"""Environment variable with an address that services can write to; it goes into the User-Agent."""


def _good(reply: Reply) -> Reply:
    """Return a reply with status 200 or 304; raise what another status means."""
    if reply.status in (200, 304):
        return reply
    if reply.status in (401, 403):
        raise RefusedError(
            f"{reply.url} svarade {reply.status}: nyckeln saknas, gäller inte eller räcker inte.",
            expected="En nyckel som ger tillgång.",
            do="Kontrollera nyckeln i miljövariabeln som källans beskrivning anger.",
        )
    if reply.status in (404, 410):
        raise MissingError(
            f"Det finns inget på {reply.url} ({reply.status}).",
            expected="En adress som svarar.",
            do="Rätta adressen i källan eller i registret.",
        )
    text = reply.body[:200].decode("utf-8", "replace").strip()
    raise ChangedError(
        f"{reply.url} svarade {reply.status}: {text}",
        expected="Status 200.",
        do="Tjänsten kan ha ändrats: jämför frågan med dess beskrivning. Det gamla ligger kvar.",
    )


def host_of(place: str) -> str:
    """``https://www.Ort.se:443/x`` or ``www.ort.se`` → ``ort.se``."""
    netloc = urlsplit(place).netloc if "//" in place else place
    name = netloc.rpartition("@")[2].lower().removeprefix("www.")
    return name.removesuffix(":443").removesuffix(":80")


def _is_local(host: str) -> bool:
    try:
        found = {each[4][0] for each in socket.getaddrinfo(host, None)}
    except OSError:
        return False  # a name that cannot be resolved cannot be asked either
    return any(not ipaddress.ip_address(str(each).partition("%")[0]).is_global for each in found)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for, whether it is written as seconds or as a date."""
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def hosts_of(addresses: Iterable[str]) -> set[str]:
    """Return the hosts of addresses, as ``Web`` takes them."""
    return {host for address in addresses if (host := host_of(address))}
