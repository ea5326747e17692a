"""What is asked of a service and how, and that each of its faults is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.errors import SourceError
from pipelines.fetching.web import (
    LOCAL,
    ChangedError,
    MissingError,
    RefusedError,
    UnreachableError,
    Web,
)
from tests.fetching.conftest import QUICK
from tests.fetching.fault_server import Answer, FaultServer


@pytest.fixture
def web(server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Web:
    monkeypatch.setenv(LOCAL, "1")
    return Web({server.address}, tmp_path / "web", QUICK)


FAULTS = [
    (Answer(status=401), RefusedError, "401", 1),
    (Answer(status=403), RefusedError, "403", 1),
    (Answer(status=404), MissingError, "404", 1),
    (Answer(status=400, body="okänt fält"), ChangedError, "400: okänt fält", 1),
    (Answer(status=500), UnreachableError, "svarade 500", 4),
    (
        Answer(status=429, headers={"Retry-After": "3600"}),
        UnreachableError,
        "vänta 3600 sekunder",
        1,
    ),
    (Answer("halv", fault="cut"), UnreachableError, "bröt anslutningen", 4),
    (Answer(fault="closed"), UnreachableError, "bröt anslutningen", 4),
    (Answer(status=302, headers={"Location": "/sida"}), UnreachableError, "slinga", 1),
    (Answer(status=302, headers={"Location": "http://annan.invalid/"}), RefusedError, "utanför", 1),
    (Answer(status=302, headers={"Location": "file:///etc/passwd"}), RefusedError, "utanför", 1),
]


@pytest.mark.parametrize(("answer", "error", "words", "asked"), FAULTS, ids=lambda v: str(v)[:40])
def test_each_fault_is_named(
    web: Web, server: FaultServer, answer: Answer, error: type[SourceError], words: str, asked: int
):
    with pytest.raises(error, match=words) as raised:
        web.get(server.put("/sida", answer))
    assert raised.value.do
    assert len(server.asked) == asked


def test_a_reply_that_drips_or_is_too_large_is_left(web: Web, server: FaultServer):
    web.limits = replace(QUICK, whole=0.2, size=1000)
    with pytest.raises(UnreachableError, match="hade inte sänt färdigt"):
        web.get(server.put("/dropp", Answer("x" * 500, fault="drip")))
    with pytest.raises(RefusedError, match="större än"):
        web.get(server.put("/stor", "x" * 2000))


@pytest.mark.parametrize(
    "first",
    [
        Answer(status=500),
        Answer(status=429, headers={"Retry-After": "0"}),
        Answer("h", fault="cut"),
    ],
    ids=("500", "429", "cut"),
)  # fmt: skip
def test_a_passing_fault_is_asked_again(web: Web, server: FaultServer, first: Answer):
    assert web.get(server.put("/sida", first, "hela svaret")).body == b"hela svaret"
    assert len(server.asked) == 2


def test_what_has_not_changed_is_not_sent_again(web: Web, server: FaultServer):
    url = server.put("/sida", "ett", "ett", "två")
    replies = [web.get(url) for _ in range(3)]
    assert [reply.body for reply in replies] == [b"ett", b"ett", "två".encode()]
    assert [reply.is_unchanged for reply in replies] == [False, True, False]
    assert "if-none-match" in server.asked[1].headers
    assert len(list((web.folder / "ra").iterdir())) == 3  # two replies and the log of when


def test_raw_replies_are_kept_before_anybody_reads_them(web: Web, server: FaultServer):
    reply = web.get(server.put("/trasig", '{"a": '))
    with pytest.raises(ChangedError, match="inte är JSON"):
        reply.json()
    assert (web.folder / "ra" / reply.sha256).read_bytes() == b'{"a": '
    for text in ("1", "2", "3"):
        web.get(server.put("/trasig", text))
    web.tidy()
    kept = {file.read_bytes() for file in (web.folder / "ra").iterdir() if file.suffix == ""}
    assert kept == {b"2", b"3"}


def test_the_own_network_is_asked_only_when_it_is_meant(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(LOCAL, raising=False)
    with pytest.raises(RefusedError, match="egna nätet"):
        Web({server.address}, tmp_path, QUICK).get(server.put("/sida", "x"))
    assert not server.asked


def test_a_key_does_not_follow_to_another_host(server: FaultServer, web: Web):
    other = server.address.replace("127.0.0.1", "localhost")
    web.hosts.add(other.removeprefix("http://"))
    server.put("/fil", Answer(status=303, headers={"Location": f"{other}/ny"}))
    server.put("/ny", "fil")
    web.get(server.address + "/fil", headers={"Authorization": "Basic hemlig"})
    assert [("authorization" in each.headers) for each in server.asked] == [True, False]
