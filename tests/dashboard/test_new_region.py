"""A new region opens before anything is registered: its municipalities, and what to collect."""

import pytest

from pipelines.sources.new_region import choose, create_region
from tests.built_once import Place, build
from tests.dashboard.shown import html_of, text_of


@pytest.fixture(scope="module")
def gotland(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("ny")
    place = Place(folder / "data", folder / "editions")
    with pytest.MonkeyPatch.context() as patch:
        place.enter(patch)
        name = create_region(choose(["09"], [])).name
    return build(place, name)


def test_its_first_view_says_that_nothing_is_registered(open_page, gotland):
    words = text_of(html_of(open_page(gotland, "laget")))
    assert "Inga planer eller markanvisningar är registrerade ännu" in words
    assert "Regionen har en kommun" in words
    assert "3 uppgifter att kontrollera eller samla in" in words
    assert "Kommunens översiktsplan" in words
    assert "filter för att se" not in words


def test_its_list_says_what_to_collect(open_page, gotland):
    words = text_of(html_of(open_page(gotland, "att_kontrollera")))
    assert "3 uppgifter att kontrollera eller samla in i en kommun" in words
    assert "3 luckor finns i registren" in words
    assert "Ej registrerad" in words
