import polars as pl

from pipelines.indicators.scaling import survival_table
from pipelines.indicators.scope import Scope
from pipelines.indicators.similar import NEIGHBOURS, similar_municipalities
from pipelines.indicators.testing import cooperation, parties
from pipelines.model.tables import TABLE
from tests.indicators.regions import Edition
from tests.indicators.small_worlds import changed


def test_the_most_alike_do_not_depend_on_the_order_of_rows(edition: Edition):
    frame = edition.facts.municipalities
    plans = pl.Series(range(frame.height)).cast(pl.Float64)
    straight = similar_municipalities(frame, plans.to_numpy())
    turned = similar_municipalities(frame.reverse(), plans.reverse().to_numpy())
    keys = ["municipality_code", "similar_rank"]
    assert straight.sort(keys).equals(turned.sort(keys))


def test_every_municipality_has_its_five_and_never_itself(edition: Edition):
    found = edition.tables["similar_municipality"]
    assert (found["municipality_code"] != found["similar_code"]).all()
    assert set(found.group_by("municipality_code").len()["len"]) == {NEIGHBOURS}
    assert found["distance"].is_between(0, 1).all()
    for _, rows in found.group_by("municipality_code"):
        assert rows.sort("similar_rank")["distance"].is_sorted()


def test_what_is_unknown_is_not_compared():
    frame = pl.DataFrame(
        {"municipality_code": ["1", "2", "3"], "population": [100, 100, None],
         "area_km2": [10.0, None, None], "owns_land": [None, "ja", None]}
    )  # fmt: skip
    found = similar_municipalities(frame, pl.Series([4.0, 4.0, 9.0]).to_numpy())
    reason = found.filter(pl.col("municipality_code") == "1", pl.col("similar_code") == "2")
    assert reason["reason"][0] == "Jämförda på folkmängd och antal kända planer."


def test_cooperation_counts_pairs_once_and_knows_municipalities(editions: dict[str, Edition]):
    edition = editions["exempel"]
    activities = edition.tables["testing_activity"]
    found = cooperation(Scope(edition.facts))
    assert (found["party"] < found["other_party"]).all()
    assert found.select("party", "other_party").is_duplicated().sum() == 0
    for row in found.head(5).iter_rows(named=True):
        both = [
            a["activity_id"] for a in activities.iter_rows(named=True)
            if {row["party"], row["other_party"]} <= {a["host"], *(a["partners"] or [])}
        ]  # fmt: skip
        assert sorted(both) == row["activity_ids"]


def test_a_party_is_counted_once_for_each_activity_it_takes_part_in(edition: Edition):
    scope, activities = Scope(edition.facts), edition.tables["testing_activity"]
    pairs = cooperation(scope)
    for row in parties(scope).head(8).iter_rows(named=True):
        own = [
            a for a in activities.iter_rows(named=True)
            if a["partners"] and row["party"] in {a["host"], *a["partners"]}
        ]  # fmt: skip
        assert row["activities"] == len(own)
        assert row["places"] == len({a["municipality_code"] for a in own})
        met = pairs.filter(pl.any_horizontal(pl.col("party", "other_party") == row["party"]))
        assert row["others"] == met.height


def test_a_municipality_is_known_by_its_names(editions: dict[str, Edition]):
    facts = editions["exempel"].facts
    activity = pl.DataFrame(
        [{"activity_id": "a", "host": "Lärkholms kommun",
          "partners": ["Askhamns kommun", "Askhamns Energi AB"]}],
        schema=pl.Schema(TABLE["testing_activity"].polars_schema),
    )  # fmt: skip
    found = cooperation(Scope(changed(facts, testing_activity=activity)))
    assert found.filter("is_municipal").select("party", "other_party").rows() == [
        ("Askhamns kommun", "Lärkholms kommun")
    ]
    assert found.height == 3


def test_the_curve_of_scaled_tests_only_rises(edition: Edition):
    found = survival_table(Scope(edition.facts))
    assert found.height > 0
    for _, rows in found.group_by("survival_group"):
        ordered = rows.sort("time_years")
        assert ordered["share_scaled"].is_sorted()
        assert ordered["at_risk"].is_sorted(descending=True)
        assert ordered["share_scaled"].is_between(0, 1).all()
        assert ordered["time_years"][0] == 0


def test_the_curve_goes_on_to_the_longest_time_anyone_has_been_followed(worked: Scope):
    found = survival_table(worked).filter(pl.col("survival_group") == "alla")
    now = worked.facts.as_of.year
    started = worked.facts["testing_activity"].filter(pl.col("testing_phase") != "ide")
    longest = (pl.coalesce("scaled_year", pl.lit(now)) - pl.col("start_year")).max()
    last = found.row(-1, named=True)
    assert last["time_years"] == started.select(longest).item()
    assert found["events"].sum() == started["scaled_year"].drop_nulls().len()
