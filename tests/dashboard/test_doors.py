"""Addresses outside the pages: who may read them, cookies over https, uploads, health."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import budget
from dashboard.access import ANONYMOUS
from dashboard.limits import UPLOAD_MB, UPLOADS, WAITING
from dashboard.web import routes, uploads
from dashboard.web.login import FAILED, LoginMiddleware
from dashboard.web.uploads import UploadMiddleware

HERE = "http://127.0.0.1:8501"


def answer_of(request):
    if request.url.path == "/oauth2callback":
        answer = RedirectResponse("/", status_code=302)
        if request.query_params.get("code") == "ok":
            answer.set_cookie("_streamlit_user", "signed", httponly=True, samesite="lax")
        return answer
    return PlainTextResponse("hit", 500 if request.url.path == "/auth/login" else 200)


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[Route("/{path:path}", answer_of)],
        middleware=[Middleware(LoginMiddleware, closed=routes.CLOSED)],
    )
    return TestClient(app, base_url=HERE, follow_redirects=False)


@pytest.mark.parametrize("path", ["/filer", "/filer/liten/planer.csv", "/handling/d1"])
def test_a_closed_panel_gives_no_files_or_documents(client, monkeypatch, path):
    assert client.get(path).text == "hit"
    monkeypatch.setenv(ANONYMOUS, "ingen")

    refused = client.get(path, cookies={"_streamlit_user": "made up"})
    assert refused.status_code == 403
    assert "får inte läsa panelen" in refused.json()["fel"]
    assert client.get("/halsa").text == client.get("/handlingsplanen").text == "hit"


def test_every_own_address_is_closed_unless_it_is_meant_to_be_open():
    assert {"filer", "handling"} <= routes.CLOSED
    assert not routes.CLOSED & {"halsa", "resurser", ""}


def test_cookies_over_https_are_secure(client):
    plain = client.get("/oauth2callback?state=s&code=ok").headers["set-cookie"]
    proxied = client.get("/oauth2callback?state=s&code=ok", headers={"x-forwarded-proto": "https"})

    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Secure" not in plain, "a browser would throw it away over http"
    assert proxied.headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/oauth2callback?state=s&code=ok", "/"),
        ("/oauth2callback?state=s&code=bad", f"/?{FAILED}=misslyckades"),
        ("/oauth2callback?error=access_denied", f"/?{FAILED}=misslyckades"),
        ("/auth/login?provider=x", f"/?{FAILED}=misslyckades"),
        ("/oauth2callback", "/"),
    ],
)
def test_a_failed_login_is_told(client, path, target):
    assert client.get(path).headers["location"] == target


class Store:
    def __init__(self):
        self.file_storage = {}
        self.removed = threading.Event()

    def remove_file(self, session, file):
        del self.file_storage[session][file]
        self.removed.set()


@pytest.fixture
def store(monkeypatch) -> Store:
    made = Store()
    monkeypatch.setattr(uploads, "server_store", lambda: made)
    return made


@pytest.fixture
def sent(store):
    """Send a file; what is behind the limits keeps it as Streamlit does."""

    async def keep(request):
        body = await request.body()
        held = store.file_storage.setdefault(request.path_params["session"], {})
        held[request.path_params["file"]] = SimpleNamespace(data=body)
        return PlainTextResponse("", 204)

    route = Route("/_stcore/upload_file/{session}/{file}", keep, methods=["PUT"])
    app = Starlette(routes=[route], middleware=[Middleware(UploadMiddleware)])
    with TestClient(app, base_url=HERE) as client:
        yield lambda name, size=10: client.put(f"/_stcore/upload_file/{name}", content=b"x" * size)


def test_sixty_uploads_of_one_session_are_not_kept(sent, store):
    answers = [sent(f"s1/f{i}") for i in range(60)]

    most = int(UPLOADS.standard)
    assert [answer.status_code for answer in answers] == [204] * most + [429] * (60 - most)
    assert f"redan {most} uppladdade filer" in answers[-1].text
    assert len(store.file_storage["s1"]) == most
    assert sent("s2/f").status_code == 204, "others may still upload"


def test_all_sessions_together_have_a_limit(sent, store, monkeypatch):
    monkeypatch.setenv(UPLOAD_MB.variable, "0.5")
    answers = [sent(f"s{i}/f", 200_000) for i in range(4)]

    assert [answer.status_code for answer in answers] == [204, 204, 503, 503]
    assert "så många uppladdade filer" in answers[-1].text
    assert len(store.file_storage) == 2


def test_a_reader_may_not_upload(sent, store, monkeypatch):
    monkeypatch.setenv(ANONYMOUS, "läsare")

    refused = sent("s1/f")
    assert refused.status_code == 403
    assert "får inte kontrollera och lämna in filer" in refused.text
    assert not store.file_storage


def test_an_upload_that_nobody_took_away_goes_by_itself(sent, store, monkeypatch):
    monkeypatch.setenv("PLANINNOVATION_UPLOAD_MINUTES", "0.001")

    assert sent("s1/f").status_code == 204
    assert store.removed.wait(60)
    assert store.file_storage == {"s1": {}}


def test_an_address_says_that_the_server_is_busy(built, monkeypatch):
    built.enter(monkeypatch)
    st.cache_data.clear()  # what has been asked before is answered without a place
    monkeypatch.setattr(budget, "PLACES", budget.Places(lambda: 0))
    monkeypatch.setattr(budget, "_PATIENCE", 0)
    monkeypatch.setenv(WAITING.variable, "0.01")
    app = Starlette(routes=routes.ROUTES, exception_handlers=routes.HANDLERS)

    answer = TestClient(app, base_url=HERE).get("/filer/liten")
    assert answer.status_code == 503
    assert "Servern är upptagen" in answer.json()["fel"]
    assert answer.headers["retry-after"] == "30"


def test_health_tells_what_it_knew_while_a_new_edition_is_looked_at(built, monkeypatch):
    built.enter(monkeypatch)
    monkeypatch.setattr(routes, "HEALTH", routes.Health())
    client = TestClient(Starlette(routes=routes.ROUTES), base_url=HERE)
    first = client.get("/halsa").json()
    assert first["utgavor"]["liten"]["alder_dygn"] >= 0
    looked, slow = [], threading.Event()

    def waiting(region):
        looked.append(region)
        slow.wait(60)
        return {"fel": "ny"}

    monkeypatch.setattr(routes, "_state", waiting)
    assert client.get("/halsa").json() == first
    assert not looked, "what has not changed is not opened again"
    (built.editions / "liten" / "ny").touch()
    try:
        assert client.get("/halsa").json() == first
        slow.set()
        monkeypatch.setattr(routes.HEALTH, "patience", None)
        assert client.get("/halsa").json()["utgavor"]["liten"] == {"fel": "ny"}
    finally:
        slow.set()
        (built.editions / "liten" / "ny").unlink()
