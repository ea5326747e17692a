"""The shared shape of the three pages about plans: spread, themes and tools, growth, list."""

from __future__ import annotations

from dashboard import findings
from dashboard.charts import ladder, region_map, trend
from dashboard.components import follows, page, panels
from dashboard.components.card import card, chart_card
from dashboard.components.coverage_table import theme_instrument_table
from dashboard.components.quotation import best_quotation
from dashboard.components.view import View
from dashboard.queries import objects
from dashboard.text import TYPE_PLURAL


def opening(view: View, object_type: str) -> None:
    """The page's finding and so-what."""
    chosen = view.filters.only(object_type)
    whole = ladder.widen(view.ask(objects.ladder_by_type, chosen))
    places = view.ask(objects.highest_by_municipality, chosen)
    page.opening(findings.type_today(object_type, whole, places))


def spread(view: View, object_type: str) -> None:
    """The ladder, one bar a municipality, with the strongest passage below."""
    wide = ladder.widen(view.ask(objects.ladder_by_municipality, view.filters.only(object_type)))
    chart = ladder.ladder(
        wide,
        view.style,
        name=f"forpliktelse_per_kommun_{object_type}",
        title=findings.by_municipality_title(object_type, wide),
        subtitle=f"Antal {TYPE_PLURAL[object_type]} efter högsta förpliktelsegrad, per kommun. "
        "Klicka på en del för att läsa beläggen.",
        unit_label="Kommun",
    )
    chart_card(
        view,
        chart,
        key=f"kommuner-{object_type}",
        follow=follows.municipality_and_level(object_type),
        below=lambda: page.level_links(view, wide, object_types=(object_type,)),
    )


def region(view: View, object_type: str) -> None:
    """The map of the highest level."""
    places = view.ask(objects.highest_by_municipality, view.filters.only(object_type))
    chart = region_map.commitment_map(
        places,
        view.geo,
        view.style,
        height=430,
        title=findings.map_title(places),
        subtitle=f"Högsta förpliktelsegrad i {TYPE_PLURAL[object_type]}, per kommun",
    )
    chart_card(view, chart, key=f"karta-{object_type}", follow=follows.municipality_of(object_type))


def proof(view: View, object_type: str, number: int = 2) -> None:
    """The strongest passages, at most one a municipality; summaries while nothing is read."""
    if not has_read(view, object_type):
        with card(f"citat-{object_type}", "Inget att citera ännu"):
            panels.summary_instead(view, object_type)
        return
    with card(f"citat-{object_type}", "Så står det", "Starkaste beläggen i urvalet, ordagrant"):
        best_quotation(view, number, object_type=object_type)
        page.evidence_or_reason(view, object_type)


def has_read(view: View, object_type: str) -> bool:
    """Whether any document of the type is read; before that there are no themes and no growth."""
    ladder_rows = view.ask(objects.ladder_by_type, view.filters.only(object_type))
    return ladder_rows["level"].drop_nulls().len() > 0


def growth(view: View, object_type: str) -> None:
    """Year by year, as soon as something is read."""
    if not has_read(view, object_type):
        return
    frame = view.ask(objects.by_year, view.filters.only(object_type))
    chart_card(
        view,
        trend.trend(frame, view.style, object_type=object_type),
        key=f"ar-{object_type}",
        follow=follows.level_in_year(object_type),
    )


def themes(view: View, object_type: str) -> None:
    """Themes against instruments, as soon as something is read."""
    if not has_read(view, object_type):
        return
    theme_instrument_table(view, object_type)


def everything(view: View, object_type: str) -> None:
    """The list of plans."""
    found = view.ask(objects.object_list, view.filters.only(object_type))
    page.object_card(
        view, found, key=f"lista-{object_type}", title=f"Alla {TYPE_PLURAL[object_type]}"
    )
