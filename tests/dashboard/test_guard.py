"""Host and Origin are checked before Streamlit; what a reader writes has limits; DuckDB is shut."""

from __future__ import annotations

import re

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard import database
from dashboard.queries.edition import edition_facts
from dashboard.queries.passages import LONGEST_WORD, MOST_WORDS, search_words
from dashboard.web.guard import HOSTS, GuardMiddleware

HERE = "http://127.0.0.1:8501"


@pytest.fixture
def reached() -> list[str]:
    """What came through to the application behind the guard."""
    return []


@pytest.fixture
def client(reached) -> TestClient:
    def page(request):
        reached.append(request.url.path)
        return PlainTextResponse("hit")

    async def socket(websocket: WebSocket):
        reached.append("socket")
        await websocket.accept()
        await websocket.close()

    routes = [
        Route("/{path:path}", page, methods=["GET", "POST"]),
        WebSocketRoute("/_stcore/stream", socket),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(GuardMiddleware)])
    return TestClient(app, base_url=HERE)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "[::1]:8501", "LOCALHOST:1"])
def test_loopback_is_answered(client, reached, host):
    assert client.get("/filer", headers={"host": host}).text == "hit"
    assert reached == ["/filer"]


@pytest.mark.parametrize(
    "host", ["panel.example", "127.0.0.1.panel.example", "localhost@panel.example", "", "[::1"]
)
def test_another_host_is_refused_in_swedish(client, reached, host):
    answer = client.get("/filer/stockholm/planer.csv", headers={"host": host})
    assert answer.status_code == 421
    assert "är inte tillåtet" in answer.text
    assert not reached


@pytest.mark.parametrize("origin", ["https://panel.example", "null", "http://127.0.0.1.evil.test"])
def test_a_foreign_origin_reaches_nothing(client, reached, origin):
    assert client.post("/filer", headers={"origin": origin}).status_code == 421
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("ws://127.0.0.1:8501/_stcore/stream", headers={"origin": origin}),
    ):
        pass
    assert not reached


def test_our_own_socket_passes(client, reached):
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(
            "ws://127.0.0.1:8501/_stcore/stream", headers={"origin": HERE}
        ) as socket,
    ):
        socket.receive_text()
    assert reached == ["socket"]


def test_the_list_of_hosts_is_a_setting(client, monkeypatch):
    monkeypatch.setenv(HOSTS, "innovation.example, annan.example")
    asked = {"host": "Innovation.example", "origin": "https://innovation.example"}
    assert client.get("/", headers=asked).status_code == 200
    assert client.get("/", headers={"host": "tredje.example"}).status_code == 421


def test_metrics_are_closed(client, reached):
    assert client.get("/_stcore/metrics").status_code == 404
    assert client.get("/laget/_stcore/metrics").status_code == 404
    assert not reached


@pytest.mark.parametrize("accept", ["text/html", "*/*", "application/json", ""])
@pytest.mark.parametrize("path", ["/", "/laget", "/belagg", "/finns-inte"])
def test_whoever_gets_the_page_gets_its_policy(accept, path):
    from dashboard.app import app

    answer = TestClient(app, base_url=HERE).get(path, headers={"accept": accept})
    assert answer.headers["content-type"].startswith("text/html")
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["connect-src"] == "'self' data: blob:"
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    for name in ("script-src", "img-src", "font-src", "worker-src"):
        assert not re.search(r"https?:|wss?:|\*", policy[name])


def test_a_search_has_limits():
    words = search_words(" ".join(f"ord{i}" for i in range(3000)) + " " + "x" * 5000)
    assert len(words) == MOST_WORDS
    assert search_words("y" * 5000) == ("y" * LONGEST_WORD,)


def test_an_editions_connection_reads_no_other_file(built, monkeypatch, tmp_path):
    built.enter(monkeypatch)
    other = tmp_path / "hemlig.csv"
    other.write_text("a\n1\n", "utf-8")

    def steal(connection: duckdb.DuckDBPyConnection) -> object:
        return connection.execute(f"SELECT * FROM read_csv('{other}')").fetchall()

    def unlock(connection: duckdb.DuckDBPyConnection) -> object:
        return connection.execute("SET enable_external_access = true")

    edition = database.current_edition("liten")
    assert database.ask_now(edition, edition_facts)["region"] == "liten"
    for attack in (steal, unlock):
        with pytest.raises(duckdb.Error):
            database.ask_now(edition, attack)
