"""On real facts every indicator is a number with n and coverage, or says why it is not."""

import polars as pl
import pytest

from pipelines.indicators.catalog import DEFINITIONS
from pipelines.model.codes import ABSENCE
from tests.indicators.regions import Edition


@pytest.mark.parametrize("indicator", [definition.id for definition in DEFINITIONS])
def test_each_indicator_has_a_number_or_a_reason(editions: dict[str, Edition], indicator: str):
    values = editions["stockholm"].tables["indicator_value"]
    own = values.filter(pl.col("indicator_id") == indicator)
    assert own.height
    present = own.filter(pl.col("value").is_not_null())
    assert (present["n"] > 0).all()
    assert (present["known"] >= present["n"]).all()
    absent = own.filter(pl.col("value").is_null())
    assert absent["absence"].str.ends_with(".").all()
    assert absent["absence_kind"].is_in(ABSENCE.values).all()


def test_what_only_registers_need_is_computed_today(editions: dict[str, Edition]):
    values = editions["stockholm"].tables["indicator_value"]
    whole = values.filter(pl.col("unit_kind").is_in(["region", "stadskärna"]))
    present = set(whole.drop_nulls("value")["indicator_id"])
    assert present >= {"1.8", "2.1", "2.4", "2.5", "3.1", "3.2", "3.4", "K.1", "K.3", "K.5"}


def test_no_text_number_where_no_document_is_collected(editions: dict[str, Edition]):
    if editions["stockholm"].tables["document"].height:
        pytest.fail("Stockholm har fått dokument; skriv om testet efter dem.")
    values = editions["stockholm"].tables["indicator_value"]
    texts = values.filter(pl.col("indicator_id").is_in(["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]))
    assert texts["value"].null_count() == texts.height
    assert set(texts["absence_kind"]) <= {"not_collected", "excerpt_only", "none_known"}


def test_excerpts_are_told_apart_from_what_is_not_collected(editions: dict[str, Edition]):
    edition = editions["stockholm"]
    values = edition.tables["indicator_value"].filter(
        pl.col("indicator_id") == "1.1", pl.col("unit_kind") == "kommun"
    )
    kinds = dict(values.select(pl.concat_str("unit_id", "part"), "absence_kind").iter_rows())
    coded = set(edition.tables["summary_passage"]["municipality_code"])
    with_excerpt = {unit[:4] for unit, kind in kinds.items() if kind == "excerpt_only"}
    assert with_excerpt <= coded
    assert with_excerpt
    assert "not_collected" in kinds.values()
