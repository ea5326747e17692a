"""The measures on a page about one type say what the indicators say, and why one is missing."""

import polars as pl
import pytest

from dashboard.app_pages.planer.cards import _SHOWN, measures_title
from pipelines.indicators.catalog import INDICATOR


def rows(**values):
    parts = {"density": ("1.5", "dp"), "themes": ("1.4", "themes")}
    given = [(*parts[name], value) for name, value in values.items()]
    schema = {"indicator_id": pl.String, "part": pl.String, "value": pl.Float64}
    return pl.DataFrame(given, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"density": 2.43, "themes": 9.0}, "2,4\u00a0belägg per tio sidor, om nio av elva teman"),
        ({"density": 0.0, "themes": 0.0}, "0,0\u00a0belägg per tio sidor, om inget av elva teman"),
        ({"density": None}, "Inget kan räknas ännu: inga detaljplaner i urvalet är lästa"),
    ],
)
def test_the_title_is_the_density_and_the_breadth(values, title):
    assert measures_title(rows(**values), "dp") == title


def test_what_is_shown_is_declared():

    assert set(_SHOWN) <= set(INDICATOR)
