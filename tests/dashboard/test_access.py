"""Roles: what each allows, how somebody gets one, and that a refusal holds where it is done."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import streamlit as st
from streamlit import config
from typer.testing import CliRunner

from dashboard import access
from dashboard.access import ANONYMOUS, AccessError, Settings, identify
from dashboard.roles import ACTIONS, ROLES
from dashboard.web.guard import HOSTS
from pipelines.cli import app
from pipelines.warehouse import audit

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LOGIN = Settings(
    login=True,
    anonymous=frozenset({"reader"}),
    client_id="panel",
    values={"grupp-7": frozenset({"deliverer"})},
    subjects={"anna": frozenset({"coordinator"})},
    pseudonym_key=b"k" * 32,
)
TOKEN = {"is_logged_in": True, "aud": "panel", "sub": "någon", "iat": NOW.timestamp()}


@pytest.mark.parametrize(
    ("claims", "state", "roles"),
    [
        ({}, "out", {"reader"}),
        (TOKEN, "in", {"reader"}),
        ({**TOKEN, "roles": "granskare"}, "in", {"reader", "reviewer"}),
        ({**TOKEN, "roles": ["Samordnare", "okänd"]}, "in", {"reader", "coordinator"}),
        ({**TOKEN, "roles": ["grupp-7"]}, "in", {"reader", "deliverer"}),
        ({**TOKEN, "sub": "anna", "roles": {"x": 1}}, "in", {"reader", "coordinator"}),
        ({**TOKEN, "aud": ["annan", "panel"]}, "in", {"reader"}),
        ({**TOKEN, "aud": "annan", "azp": "panel", "roles": "granskare"}, "out", {"reader"}),
        ({**TOKEN, "is_logged_in": False, "roles": "granskare"}, "out", {"reader"}),
        ({**TOKEN, "iat": NOW.timestamp() - 13 * 3600, "roles": "granskare"}, "stale", {"reader"}),
        ({**TOKEN, "iat": "nyss", "roles": "granskare"}, "stale", {"reader"}),
    ],
)
def test_claims_give_roles(claims, state, roles):
    found = identify(claims, LOGIN, NOW)

    assert (found.state, found.roles) == (state, roles)


def test_each_role_allows_its_own_and_reading():
    allowed = {
        code: {
            action for action in ACTIONS if access.Person("in", frozenset({code}), "").may(action)
        }
        for code in ROLES
    }

    assert allowed == {
        "reader": {"read"},
        "deliverer": {"read", "hand_in"},
        "reviewer": {"read", "review"},
        "coordinator": {"read", "meet", "follow_up"},
    }
    assert not access.Person("out", frozenset(), "").may("read")


def test_the_log_names_nobody_unless_the_operator_says_so():
    assert "anna" not in identify({**TOKEN, "sub": "anna"}, LOGIN, NOW).who
    assert identify({**TOKEN, "sub": "anna"}, replace(LOGIN, pseudonym_key=b""), NOW).who == "anna"


@pytest.mark.parametrize(
    ("hosts", "roles", "found"),
    [
        ("", "", set(ROLES)),
        ("panel.example", "", {"reader"}),
        ("panel.example", "samordnare, leverantör", {"coordinator", "deliverer"}),
        ("", "ingen", set()),
    ],
)
def test_without_login_the_operator_decides(monkeypatch, hosts, roles, found):
    monkeypatch.setenv(HOSTS, hosts)
    monkeypatch.setenv(ANONYMOUS, roles)

    assert access.settings() == Settings(anonymous=frozenset(found))


AUTH = """[auth]
redirect_uri = "https://panel.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "panel"
client_secret = "x"
server_metadata_url = "https://idp.example/.well-known/openid-configuration"
"""


@pytest.fixture
def secrets(monkeypatch, tmp_path):
    """Write a ``secrets.toml`` that the settings are read from."""

    def write(text: str):
        file = tmp_path / "secrets.toml"
        file.write_text(text, "utf-8")
        config.set_option("secrets.files", [str(file)])
        monkeypatch.setattr(st, "secrets", type(st.secrets)())

    before = config.get_option("secrets.files")
    yield write
    config.set_option("secrets.files", before)


def test_settings_of_roles(secrets):
    secrets(AUTH + '[roles]\nclaim = "groups"\nhours = 2\n[roles.values]\n"g-1" = "granskare"\n')

    found = access.settings()

    assert (found.login, found.client_id, found.claim, found.hours) == (True, "panel", "groups", 2)
    assert found.values == {"g-1": frozenset({"reviewer"})}
    assert found.anonymous == {"reader"}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("[auth\n", "secrets.toml"),
        (AUTH.replace("client_id", "klient"), "client_id"),
        (AUTH.replace("cdef", ""), "cookie_secret"),
        (AUTH.replace("https://panel", "http://panel"), "https"),
        (AUTH + '[roles.subjects]\nx = "chef"\n', "'chef'"),
        (AUTH + "[roles]\nhours = 0\n", "hours"),
    ],
)
def test_a_wrong_setting_opens_nothing(secrets, text, about):
    secrets(text)

    with pytest.raises(AccessError) as raised:
        access.settings()
    assert about in str(raised.value)


def test_what_a_role_may_not_do_is_neither_shown_nor_done(built, open_page, monkeypatch):
    monkeypatch.setenv(ANONYMOUS, "läsare")
    page = open_page(built, "kontrollera")

    assert not page.get("file_uploader")
    assert any(
        "Den som besöker den här panelen får inte" in each.value for each in page.get("html")
    )
    with pytest.raises(AccessError, match="leverantör"):
        access.demand("hand_in", "planer.csv")
    last = list(audit.events())[-1]
    assert (last.who, last.roles, last.about, last.outcome) == (
        "anonym", "läsare", "planer.csv", "nekat",
    )  # fmt: skip


def test_nobody_reads_a_closed_panel(built, open_page, monkeypatch):
    monkeypatch.setenv(ANONYMOUS, "ingen")
    page = open_page(built, "laget")

    assert not page.get("selectbox")
    assert any("Panelen är stängd" in each.value for each in page.get("html"))


def test_the_log_only_grows_and_drops_months_past_its_time(monkeypatch, tmp_path):
    monkeypatch.setenv(audit.FOLDER, str(tmp_path))
    monkeypatch.setenv(audit.MONTHS, "1")
    for year, month in ((2026, 8), (2026, 9), (2026, 10), (2026, 10)):
        audit.record(
            "a", "läsare", "läsa", "rad\nbrytning", "nekat", datetime(year, month, 5, tzinfo=UTC)
        )

    assert [event.at[:7] for event in audit.events()] == ["2026-09", "2026-10", "2026-10"]
    assert {event.about for event in audit.events()} == {"rad\nbrytning"}
    shown = CliRunner().invoke(app, ["audit-log", "--since", "2026-10-01", "--format", "json"])
    assert [json.loads(line)["at"][:7] for line in shown.stdout.splitlines()] == ["2026-10"] * 2
    assert "Inga händelser" in CliRunner().invoke(app, ["audit-log", "--action", "rätta"]).stdout
