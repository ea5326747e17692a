from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import (
    FIRST_YEAR,
    LAST_YEAR,
    STAGES,
    Filters,
    address,
    from_params,
    to_params,
)
from pipelines.indicators.scope import LOWEST
from pipelines.model.codes import INSTRUMENT, OBJECT_TYPE, THEME

REGIONS = {"exempel": "Exempelregionen", "stockholm": "Stockholmsregionen"}
PLACES = {"9901": "Askhamn", "9902": "Björkvalla", "9912": "Silvervik"}
YEARS = st.none() | st.integers(FIRST_YEAR, LAST_YEAR)


def some(values):
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=3).map(tuple)


CHOICES = st.builds(
    Filters,
    region=st.sampled_from(list(REGIONS)),
    municipalities=some(PLACES),
    object_types=some(OBJECT_TYPE.values),
    stages=some(STAGES).map(lambda words: tuple(c for word in words for c in STAGES[word])),
    year_from=YEARS,
    year_to=YEARS,
    themes=some(THEME.values),
    instruments=some(INSTRUMENT.values),
    minimum=st.integers(1, 4),
    highest=st.none() | st.integers(0, 4),
)


@given(filters=CHOICES)
def test_an_address_gives_the_same_filters_back(filters: Filters):
    params = to_params(filters, regions=REGIONS, places=PLACES)

    assert from_params(params, regions=REGIONS, places=PLACES) == filters


def test_a_link_spells_out_region_and_lowest_commitment():
    link = address(Filters("exempel"), regions=REGIONS, places=PLACES)

    assert link == "?region=Exempelregionen&minst=N%C3%A4mns"


@given(filters=CHOICES)
def test_a_short_address_gives_the_same_filters_back(filters: Filters):
    link = address(filters, regions=REGIONS, places=PLACES, is_short=True)

    assert from_params(parse_qs(link[1:]), regions=REGIONS, places=PLACES) == filters
    assert ("minst=" in link) is (filters.minimum > LOWEST)


def test_unknown_values_are_left_out():
    params = {
        "region": "Atlantis",
        "kommun": ["Askhamn", "Ingenstans"],
        "fran": "1066",
        "minst": "x",
    }

    found = from_params(params, regions=REGIONS, places=PLACES)

    assert found == Filters("exempel", municipalities=("9901",))


def test_chosen_names_what_narrows_the_view():
    filters = Filters("exempel", municipalities=("9901",), minimum=3, highest=0)

    assert filters.chosen == ("kommun", "minst", "hogst")
    assert Filters("exempel").chosen == ()


def test_only_keeps_everything_but_the_type():
    filters = Filters("exempel", object_types=("op", "dp"), themes=("energi",))

    assert filters.only("ma") == Filters("exempel", object_types=("ma",), themes=("energi",))


def test_a_stage_has_one_word_for_plans_and_allocations():
    params = {"region": "Exempelregionen", "skede": ["Avbruten"]}

    found = from_params(params, regions=REGIONS, places=PLACES)

    assert len(found.stages) == 2
    assert to_params(found, regions=REGIONS, places=PLACES)["skede"] == ["Avbruten"]
    assert found.chosen == ("skede",)
