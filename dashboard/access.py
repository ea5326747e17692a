"""Who may do what: the settings that give people roles, and the two questions.

:func:`may` decides whether something is shown. :func:`demand` is called by each function that does
it, refuses in Swedish, and writes the audit log. Login is off until ``secrets.toml`` has a section
``auth`` (docs/operations.md); nothing here asks for a password.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import streamlit as st

from dashboard.roles import ACTIONS, ROLES, Action
from dashboard.text import listing
from dashboard.web.guard import HOSTS, LOOPBACK
from pipelines.errors import PlanInnovationError
from pipelines.warehouse import audit

_LOG = logging.getLogger(__name__)

ANONYMOUS = "PLANINNOVATION_ROLES"
"""Environment variable: roles of those who are not logged in, split by commas; or *ingen*."""
SECRETS = "PLANINNOVATION_SECRETS"
"""Environment variable: the file of login and roles; else ``.streamlit/secrets.toml``."""
NOBODY = "ingen"
DEFAULT_HOURS = 12.0
_SHORTEST_SECRET = 32
_NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")

LoginState = Literal["off", "out", "in", "stale"]


class AccessError(PlanInnovationError):
    """Somebody asked for what their roles do not allow, or the settings of roles are wrong."""


@dataclass(frozen=True)
class Settings:
    """What the operator has decided.

    Attributes:
        login: whether people can log in.
        anonymous: codes of the roles of those who are not logged in.
        client_id: our name at the provider; tokens made out to another name give no role.
        redirect_uri: where the provider sends people back to.
        claim: the claim of the identity token that names roles.
        values: value of the claim → roles; codes and Swedish names need no entry.
        subjects: ``sub`` of a person → roles.
        hours: how long after it was issued an identity is trusted.
        pseudonym_key: makes pseudonyms in the audit log; empty to log ``sub`` as it is.
    """

    login: bool = False
    anonymous: frozenset[str] = frozenset(ROLES)
    client_id: str = ""
    redirect_uri: str = ""
    claim: str = "roles"
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    subjects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hours: float = DEFAULT_HOURS
    pseudonym_key: bytes = b""


@dataclass(frozen=True)
class Person:
    """Somebody at the other end: how far they are logged in, their roles, their name in the log."""

    state: LoginState
    roles: frozenset[str]
    who: str

    def may(self, action: Action) -> bool:
        """Whether one of the roles allows it."""
        return any(action == "read" or action in ROLES[role].may for role in self.roles)

    @property
    def role_words(self) -> str:
        """The roles by name: ``leverantör och granskare``; *läsare* only where it is the only."""
        more = [ROLES[role].label for role in ROLES if role in self.roles and ROLES[role].may]
        return listing(more) if more else ROLES["reader"].label if self.roles else NOBODY


def may(action: Action) -> bool:
    """Whether the one who looks at this page may do it; for what is shown."""
    return person().may(action)


def demand(action: Action, about: str = "") -> None:
    """Refuse what the one at the other end may not do, and write it to the audit log.

    Called first by every function that changes something for others.

    Args:
        action: what is done.
        about: what it is done with, as a file's or a plan's name; no personal data.

    Raises:
        AccessError: their roles do not allow it, or the log cannot be written while login is on.
    """
    asking = person()
    allowed = asking.may(action)
    try:
        outcome = "tillåtet" if allowed else "nekat"
        words = asking.role_words
        audit.record(asking.who, words, ACTIONS[action], about, outcome, datetime.now(UTC))
    except OSError as error:
        _LOG.error("Händelseloggen går inte att skriva: %s", error)
        if asking.state != "off":
            raise AccessError(
                "Händelseloggen går inte att skriva, så inget ändrades.",
                expected="En logg över vem som gör vad.",
                do="Meddela den som driver panelen.",
            ) from error
    if not allowed:
        raise refusal(asking, action)


def refusal(asking: Person, action: Action) -> AccessError:
    """Return the Swedish words for what somebody may not do."""
    able = [role.label for role in ROLES.values() if action == "read" or action in role.may]
    who = {
        "in": f"Rollen {asking.role_words}",
        "stale": "Den vars inloggning har gått ut",
        "out": "Den som inte är inloggad",
        "off": "Den som besöker den här panelen",
    }[asking.state]
    return AccessError(
        f"{who} får inte {ACTIONS[action]}.",
        expected=f"Rollen {listing(able, last='eller')}.",
        do="Be den som driver panelen om rollen."
        if asking.state in ("in", "off")
        else "Logga in, eller be den som driver panelen om rollen.",
    )


def person() -> Person:
    """Return the one who looks at this page, asked anew each time."""
    found = settings()
    claims: Mapping[str, Any] = dict(st.user.to_dict()) if found.login else {}
    return identify(claims, found, datetime.now(UTC))


def person_of(cookie: bytes | None) -> Person:
    """Return who sends a request, by the content of its checked cookie of login."""
    try:
        claims = json.loads(cookie or b"{}")
    except ValueError:
        claims = {}
    return identify(claims if isinstance(claims, dict) else {}, settings(), datetime.now(UTC))


def identify(claims: Mapping[str, Any], found: Settings, now: datetime) -> Person:
    """Return who somebody is by the claims of a checked identity token.

    A token made out to another client gives nothing, and an old one no longer gives its roles:
    Streamlit keeps the cookie for thirty days and looks at neither.
    """
    if not found.login:
        return Person("off", found.anonymous, "anonym")
    given = claims.get("aud")
    audience = [given] if isinstance(given, str) else given
    subject = claims.get("sub")
    ours = isinstance(audience, list) and found.client_id in audience
    if claims.get("is_logged_in") is not True or not ours or not isinstance(subject, str):
        return Person("out", found.anonymous, "anonym")
    who = _name_in_log(subject, found)
    issued = claims.get("iat")
    if not isinstance(issued, int | float) or (
        now - datetime.fromtimestamp(issued, UTC) > timedelta(hours=found.hours)
    ):
        return Person("stale", found.anonymous, who)
    roles = found.subjects.get(subject, frozenset()) | _claimed(claims.get(found.claim), found)
    return Person("in", roles | {"reader"}, who)


def _claimed(value: object, found: Settings) -> frozenset[str]:
    values = value.replace(",", " ").split() if isinstance(value, str) else value
    roles: set[str] = set()
    for each in values if isinstance(values, list) else ():
        roles |= found.values.get(str(each), frozenset())
        code = _code(str(each))
        roles |= {code} if code else set()
    return frozenset(roles)


def _name_in_log(subject: str, found: Settings) -> str:
    if not found.pseudonym_key:
        return subject
    return hmac.new(found.pseudonym_key, subject.encode(), hashlib.sha256).hexdigest()[:16]


def settings() -> Settings:
    """Read what the operator has decided, from ``secrets.toml`` and the environment.

    Without login everybody has all roles, as long as only this machine can ask; when
    ``PLANINNOVATION_HOSTS`` names others, everybody is a reader. ``PLANINNOVATION_ROLES`` says
    otherwise.

    Read once: a file that vanishes under a running server does not open it.

    Raises:
        AccessError: the file cannot be read, or a setting is missing, unsafe or unknown.
    """
    return _read(
        tuple(st.get_option("secrets.files")),
        os.environ.get(SECRETS, ""),
        os.environ.get(HOSTS, ""),
        os.environ.get(ANONYMOUS, ""),
    )


@lru_cache(maxsize=4)
def _read(files: tuple[str, ...], named: str, hosts: str, anonymous: str) -> Settings:
    there = [Path(file) for file in files if Path(file).is_file()]
    if named and not there:
        raise _wrong(f"{SECRETS} pekar på {named}, som inte finns.", "En fil i TOML.")
    if there and not st.secrets.load_if_toml_exists():
        raise _wrong(f"{there[0].name} går inte att läsa.", "En fil i TOML.")
    auth: Mapping[str, Any] = st.secrets.get("auth", {}) if there else {}
    more: Mapping[str, Any] = st.secrets.get("roles", {}) if there else {}
    if not auth:
        return Settings(anonymous=_anonymous(anonymous, ("reader",) if hosts.strip() else ROLES))
    _check_auth(auth)
    hours = more.get("hours", DEFAULT_HOURS)
    if not isinstance(hours, int | float) or not hours > 0:
        raise _wrong(f"[roles] hours = {hours!r}.", "Ett antal timmar över noll.")
    return Settings(
        login=True,
        anonymous=_anonymous(anonymous, ("reader",)),
        client_id=str(auth["client_id"]),
        redirect_uri=str(auth["redirect_uri"]),
        claim=str(more.get("claim", "roles")),
        values=_role_table(more, "values"),
        subjects=_role_table(more, "subjects"),
        hours=float(hours),
        pseudonym_key=b"" if more.get("log_subject") else str(auth["cookie_secret"]).encode(),
    )


def _check_auth(auth: Mapping[str, Any]) -> None:
    for name in _NEEDED:
        if not auth.get(name):
            raise _wrong(f"[auth] saknar {name}.", f"Alla av {listing(_NEEDED)}.")
    if len(str(auth["cookie_secret"])) < _SHORTEST_SECRET:
        raise _wrong(
            "[auth] cookie_secret är för kort.", f"Minst {_SHORTEST_SECRET} slumpade tecken."
        )
    address = urlsplit(str(auth["redirect_uri"]))
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise _wrong(
            f"[auth] redirect_uri är {auth['redirect_uri']}.",
            "En adress som börjar med https, utom på den egna datorn.",
        )


def _anonymous(named: str, default: Iterable[str]) -> frozenset[str]:
    if not named.strip():
        return frozenset(default)
    if named.strip().casefold() == NOBODY:
        return frozenset()
    return _codes(named.split(","), ANONYMOUS)


def _role_table(more: Mapping[str, Any], name: str) -> dict[str, frozenset[str]]:
    table = more.get(name, {})
    if not isinstance(table, Mapping):
        raise _wrong(f"[roles] {name} är ingen tabell.", f"[roles.{name}] med rader.")
    return {
        key: _codes([value] if isinstance(value, str) else list(value), f"[roles.{name}] {key}")
        for key, value in table.items()
    }


def _codes(names: Iterable[str], where: str) -> frozenset[str]:
    codes = set()
    for name in names:
        code = _code(name)
        if code is None:
            known = listing([role.label for role in ROLES.values()], last="eller")
            raise _wrong(f"{where} har rollen {name.strip()!r}, som inte finns.", f"{known}.")
        codes.add(code)
    return frozenset(codes)


def _code(name: str) -> str | None:
    """Return the code of a role by its code or its Swedish name."""
    wanted = name.strip().casefold()
    return next((code for code, role in ROLES.items() if wanted in (code, role.label)), None)


def _wrong(found: str, expected: str) -> AccessError:
    do = "Rätta inställningen och starta om; se docs/operations.md."
    return AccessError(found, expected=expected, do=do)
