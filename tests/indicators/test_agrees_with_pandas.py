"""A third way to the pages' numbers: plain pandas on a made-up nation, under filters.

It also holds the benchmark to its word, that both ways compute the same.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest

from benchmarks.indicators import ALIKE, FILTERS, PAGES
from benchmarks.national import national_facts
from benchmarks.plain import WHOLE, Frames, frames_of
from pipelines.indicators import innovation_index
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.intervals import FEWEST
from pipelines.indicators.scope import Scope
from pipelines.indicators.selection import Selection
from pipelines.model.codes import COMMITMENT

SCALE, MUNICIPALITIES = 0.006, 30
PAGE = {page.ours.__name__: page for page in PAGES}
PARTS = {
    "1.1": "{}", "1.3": "{}", "1.8": "{}", "K.1": "{}", "1.6": "{}", "1.6:alla": "alla",
    **{f"1.2:{code}": f"{{}}:{code}" for code in COMMITMENT.values},
    "1.4:themes": "themes", "1.4:instruments": "instruments", "1.7": "dp",
    "2.1": "alla", "2.1:tema": "tema:{}", "2.1:fas": "fas:{}", "2.2": "alla", "2.3:smf": "smf",
    "2.3:partnerslag": "partnerslag", "2.5": "andel", "3.1": "alla", "3.2": "alla",
    "3.2:slag": "slag:{}", "3.2:varde": "varde", "3.3:smf": "smf", "3.3:nya": "nya",
    "3.4": "alla", "3.5": "alla", "K.2": "alla",
}  # fmt: skip
"""Our part of each plain table; the place in braces is for the second level of its index."""
SHARES = ("1.1", "1.2", "1.3", "1.6", "1.7", "2.2", "2.3", "2.5", "3.1", "3.3", "K.1", "K.2")
CASES = [
    (name, selection)
    for name in PAGE
    if name != "index"
    for selection in (ALIKE[:1] if name == "municipality" else (Selection(), *FILTERS[::2]))
]


@pytest.fixture(scope="module")
def nation() -> tuple[FactIndex, Frames]:
    facts = national_facts(SCALE, MUNICIPALITIES)
    return FactIndex(facts), frames_of(facts)


def side_by_side(key: str, table: pd.DataFrame, values: pl.DataFrame) -> pd.DataFrame:
    """Plain numbers with ours for the same unit and part."""
    plain = table.reset_index()
    names = plain.columns[: table.index.nlevels]
    part = PARTS[key].format
    plain["part"] = [part(*rest) for rest in plain[names[1:]].itertuples(index=False)]
    ours = values.filter(pl.col("indicator_id") == key.partition(":")[0]).to_pandas()
    ours["unit"] = ours.unit_id.where(ours.unit_kind.isin(["kommun", "stadskärna"]), WHOLE)
    return plain.merge(
        ours, left_on=[names[0], "part"], right_on=["unit", "part"], how="left",
        suffixes=("_plain", ""), indicator=True,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "selection"), CASES, ids=str)
def test_a_page_counts_what_plain_pandas_counts(
    nation: tuple[FactIndex, Frames], name: str, selection: Selection
):
    index, frames = nation
    values = PAGE[name].ours(Scope(index, selection))["values"]
    tables = PAGE[name].plain(frames, selection)
    checked = [key for key in tables if key in PARTS]
    assert checked
    for key in checked:
        both = side_by_side(key, tables[key], values)
        assert (both._merge == "both").all(), key
        assert np.allclose(
            both.numerator.astype(float).fillna(0), both.numerator_plain.astype(float)
        ), key
        if key.partition(":")[0] in SHARES:
            assert (both.n == both.n_plain).all(), key
            enough = both[both.n >= FEWEST]
            for column in ("value", "low", "high"):
                assert np.allclose(
                    enough[column].astype(float), enough[f"{column}_plain"].astype(float), atol=1e-6
                ), key


def test_the_index_has_the_components_that_plain_pandas_has(nation: tuple[FactIndex, Frames]):
    index, frames = nation
    plain = PAGE["index"].plain(frames, Selection())
    ranks = PAGE["index"].ours(Scope(index))["index_rank"].drop_nulls("score").to_pandas()
    ranks = ranks.set_index("municipality_code")
    assert len(ranks) >= 2
    assert set(ranks.index) == set(plain["components"].index)
    parts = list(innovation_index.COMPONENTS)
    plain_parts = plain["components"].loc[ranks.index, parts]
    assert np.allclose(ranks[parts].to_numpy(), plain_parts.to_numpy())
    own = plain["1.9"].loc[ranks.index]
    assert np.allclose(ranks.score, own.score)
    assert (ranks["rank"] == own["rank"]).all()
    # Both draw a thousand times, by other numbers: the ends of the intervals are near each other.
    assert np.abs(ranks.rank_low - own.low).mean() < 0.1 * len(ranks)
    assert np.abs(ranks.rank_high - own.high).mean() < 0.1 * len(ranks)
