"""A slow question is ended, many take turns, one reader does not take all; all in Swedish."""

from __future__ import annotations

import threading

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import budget, database
from dashboard.budget import PLACES, BusyError, Places, asked, question
from dashboard.filters import Filters
from dashboard.limits import LIMITS, QUESTION, SESSION, WAITING, LimitError
from dashboard.measures import measure, selection_of
from pipelines.indicators.asking import ASKED
from pipelines.model.region import load_region

ENDLESS = "SELECT sum(hash(a.range + b.range)) FROM range(3000000000) a, range(3000000000) b"


def endless(connection: duckdb.DuckDBPyConnection) -> object:
    return connection.execute(ENDLESS).fetchall()


def quick(connection: duckdb.DuckDBPyConnection) -> object:
    return connection.execute("SELECT 7").fetchall()


def test_a_slow_question_is_ended_and_the_edition_answers_on(built, monkeypatch):
    built.enter(monkeypatch)
    edition = database.current_edition("liten")
    monkeypatch.setenv(QUESTION.variable, "0.05")

    with pytest.raises(LimitError, match="sekunder och avbröts"):
        database.ask_now(edition, endless)

    monkeypatch.delenv(QUESTION.variable)
    assert database.ask_now(edition, quick) == [(7,)]
    assert ASKED.get() is None


def test_a_slow_measure_leaves_its_shared_scope_whole(built, monkeypatch):
    built.enter(monkeypatch)
    edition, region = database.current_edition("liten"), load_region("liten")
    chosen = selection_of(Filters("liten"), years=7)

    def slow(scope):
        scope._make("row_set", lambda _: ENDLESS)

    def fast(scope):
        scope._make("row_set", lambda _: "SELECT 7 AS n")
        return scope.sql("SELECT n FROM row_set").item()

    monkeypatch.setenv(QUESTION.variable, "0.05")
    with pytest.raises(LimitError, match="avbröts"):
        measure(edition, region, slow, chosen)
    monkeypatch.delenv(QUESTION.variable)
    assert measure(edition, region, fast, chosen) == 7


def test_a_mistake_of_ours_is_not_called_slow(built, monkeypatch):
    built.enter(monkeypatch)

    with pytest.raises(duckdb.Error):
        database.ask_now(database.current_edition("liten"), lambda con: con.execute("FROM nothing"))


def test_who_waits_gets_the_place_that_becomes_free(monkeypatch):
    places = Places(lambda: 1)
    monkeypatch.setattr(budget, "PLACES", places)
    monkeypatch.setattr(budget, "_PATIENCE", 0)
    assert places.take(0)
    waits, answers = threading.Event(), []

    def ask() -> None:
        with question():
            answers.append("svar")

    def watched(patience: float) -> bool:
        if patience:
            waits.set()
        return Places.take(places, patience)

    monkeypatch.setattr(places, "take", watched)
    other = threading.Thread(target=lambda: asked(ask))
    other.start()
    assert waits.wait(60)
    assert not answers
    places.give_back()
    other.join(60)
    assert answers == ["svar"]
    assert places.take(0), "the place was not given back"


def test_who_waits_in_vain_is_told(monkeypatch):
    monkeypatch.setattr(budget, "PLACES", Places(lambda: 0))
    monkeypatch.setattr(budget, "_PATIENCE", 0)
    monkeypatch.setenv(WAITING.variable, "0.01")

    with pytest.raises(BusyError, match="Servern är upptagen"):
        asked(lambda: question().__enter__())


def test_one_reader_who_asks_too_much_is_told(monkeypatch):
    monkeypatch.setenv(SESSION.variable, "10")

    def page() -> None:
        import streamlit as st

        from dashboard import budget
        from dashboard.limits import LimitError
        from dashboard.parts.failure import explain

        budget._spend(st.session_state.get("seconds", 0))
        try:
            st.write(budget.asked(lambda: "svar"))
        except LimitError as error:
            explain(error)

    test = AppTest.from_function(page, default_timeout=180).run()
    assert test.markdown[0].value == "svar"
    test.session_state["seconds"] = 11
    assert "många tunga frågor" in test.run().warning[0].value


def test_a_page_says_that_its_question_was_ended(built, open_page, monkeypatch):
    monkeypatch.setattr(budget, "PLACES", Places(lambda: 0))
    monkeypatch.setattr(budget, "_PATIENCE", 0)
    monkeypatch.setenv(WAITING.variable, "0.01")
    database._answer.clear()
    page = open_page(built, "laget")

    assert "Servern är upptagen" in page.warning[0].value


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.variable)
@pytest.mark.parametrize("value", ["många", "0", "-3", "nan", "inf"])
def test_a_limit_is_a_number_above_zero(monkeypatch, limit, value):
    assert limit.value() == limit.standard
    monkeypatch.setenv(limit.variable, value)

    with pytest.raises(LimitError, match=limit.variable):
        limit.value()


def test_places_are_free_when_nobody_asks():
    assert PLACES.take(0)
    PLACES.give_back()
