"""Journeys of those who log in: each role sees its own; a wrong token opens nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.web.login import FAILED
from tests.browser.provider import CLIENT, SECRET, Provider, providing
from tests.browser.serving import serving
from tests.browser.walking import settle
from tests.built_once import tiny_and_stockholm

KEY = "0123456789abcdef0123456789abcdef"
SETTINGS = """[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{key}"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{metadata}"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as started:
        yield started


@pytest.fixture(scope="module")
def panel(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that only those who log in may read."""
    file = tmp_path_factory.mktemp("login") / "secrets.toml"
    text = SETTINGS.format(client=CLIENT, secret=SECRET, key=KEY, metadata=provider.metadata)
    file.write_text(text, "utf-8")
    places = tiny_and_stockholm(tmp_path_factory).environment()
    own = {"PLANINNOVATION_SECRETS": str(file), "PLANINNOVATION_ROLES": "ingen"}
    with serving({**places, **own}) as found:
        yield found


@pytest.fixture(scope="module")
def browsing(browser: Browser) -> Iterator[BrowserContext]:
    """One browser for all, so that scripts are fetched once."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="sv-SE")
    yield context
    context.close()


@pytest.fixture
def visitor(browsing: BrowserContext, provider: Provider) -> Iterator[Page]:
    """Somebody who is not logged in; the provider forgets what it was told."""
    provider.claims, provider.state, provider.key = {}, "", provider.published
    browsing.clear_cookies()
    page = browsing.new_page()
    page.set_default_timeout(90_000)
    yield page
    page.close()


def opened(page: Page, address: str) -> None:
    """Open an address; everything is fetched anew after each change of who asks, so wait long."""
    page.goto(address)
    expect(page.locator("h1").first).to_be_visible(timeout=180_000)
    settle(page)


def user_cookies(visitor: Page) -> list[Any]:
    """The cookies that say who is logged in."""
    return [each for each in visitor.context.cookies() if each["name"] == "_streamlit_user"]


@pytest.mark.parametrize(
    ("claim", "shown", "meets", "hands_in"),
    [
        (None, "Läsare", False, False),
        ("leverantör", "Leverantör", False, True),
        (["granskare"], "Granskare", False, False),
        (["samordnare", "leverantör"], "Leverantör och samordnare", True, True),
    ],
)
def test_each_role_sees_its_own(
    visitor: Page, provider: Provider, panel: str, claim, shown: str, meets: bool, hands_in: bool
):
    provider.claims = {} if claim is None else {"roles": claim}
    opened(visitor, panel)
    expect(visitor.locator("a[data-testid^=stTopNav]")).to_have_count(0)
    visitor.get_by_role("button", name="Logga in").click()
    expect(visitor.locator(".roll")).to_have_text(shown, timeout=180_000)
    settle(visitor)
    menu = visitor.locator("a[data-testid^=stTopNav]").filter(has_text="Möte")
    expect(menu).to_have_count(int(meets))
    kept = user_cookies(visitor)
    assert [(each["httpOnly"], each["sameSite"]) for each in kept] == [(True, "Lax")]

    opened(visitor, f"{panel}/kontrollera")
    refused = visitor.get_by_role("heading", name="Kontrollera fil visas inte för dig")
    expect(refused).to_have_count(int(not hands_in))
    expect(visitor.get_by_test_id("stFileUploader")).to_have_count(int(hands_in))
    if shown == "Granskare":
        expect(visitor.locator(".ingress")).to_contain_text(
            "Rollen granskare får inte kontrollera och lämna in filer. Det får rollen leverantör."
        )

    visitor.get_by_role("button", name="Logga ut").click()
    expect(visitor.get_by_role("button", name="Logga in")).to_be_visible(timeout=180_000)
    # The button is drawn before the browser has followed the address that takes the cookie away.
    for _ in range(600):
        if not user_cookies(visitor):
            break
        visitor.wait_for_timeout(100)
    assert not user_cookies(visitor)


@pytest.mark.parametrize(
    "fault", ["", "audience", "azp", "expired", "issuer", "nonce", "state", "signature"]
)
def test_what_is_wrong_with_an_answer_opens_nothing(provider: Provider, panel: str, fault: str):
    now = int(time.time())
    wrong = {
        "audience": {"aud": "annan"},
        "azp": {"aud": "annan", "azp": CLIENT},
        "expired": {"iat": now - 9000, "exp": now - 8000},
        "issuer": {"iss": "http://127.0.0.1:1"},
        "nonce": {"nonce": "annan"},
    }
    provider.claims = wrong.get(fault, {})
    provider.state = "annan" if fault == "state" else ""
    provider.key = RSAKey.generate_key(2048, {"kid": "1"}) if fault == "signature" else (
        provider.published
    )  # fmt: skip
    asked = jwt.encode(
        {"alg": "HS256"}, {"provider": "default", "exp": now + 60}, OctKey.import_key(KEY)
    )
    with httpx.Client(follow_redirects=True, timeout=120) as person:
        landed = person.get(f"{panel}/auth/login", params={"provider": asked})
        files = person.get(f"{panel}/filer")

    # Authlib lets a token for another client pass when it names us as the one that asked.
    assert (FAILED in landed.url.params) == (fault not in ("", "azp"))
    assert files.status_code == (403 if fault else 200)


def test_a_failed_login_is_told_and_a_phone_finds_the_way_in(
    visitor: Page, provider: Provider, panel: str
):
    provider.state = "annan"
    visitor.set_viewport_size({"width": 390, "height": 844})
    opened(visitor, panel)
    visitor.get_by_role("button", name="Logga in").click()

    told = visitor.get_by_text("Inloggningen gick inte att slutföra.")
    expect(told).to_be_visible(timeout=180_000)
    expect(visitor.get_by_role("button", name="Logga in")).to_be_visible()
    settle(visitor)
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 390
