"""What is round every page: language, navigation, region, filters, marks. Streamlit runs it."""

from __future__ import annotations

import htpy as h
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.access import Person, person
from dashboard.database import ask, current_edition
from dashboard.pages import FIRST, MENUS, PAGES, Page
from dashboard.parts import filter_bar, terms
from dashboard.parts.failure import explain
from dashboard.parts.login import login_button, login_failed, refused
from dashboard.parts.markup import show
from dashboard.parts.municipality import only_own
from dashboard.parts.terms import help_button
from dashboard.parts.view import View, build_view, opening_region, region_order
from dashboard.queries.edition import municipality_names
from dashboard.queries.objects import coverage_counts
from dashboard.text import PRODUCT, listing
from dashboard.web.page import RESOURCES
from pipelines.errors import EditionError, PlanInnovationError
from pipelines.model.region import load_region, region_names
from pipelines.warehouse.edition import find_current

_NOT_YET = "Exemplet visas tills planhandlingar är lästa i {others}. Byt region under Filter."

_DAMAGED = "En senare utgåva är skadad och visas inte. Här visas utgåvan {day}, den nyaste hela."


def main() -> None:
    """Draw the frame, then run the chosen page, if this reader may see it."""
    try:
        asking = person()
    except PlanInnovationError as error:
        explain(error)
        return
    pages = {
        page.address: st.Page(
            page.script,
            title=page.title,
            url_path=page.address,
            default=page.address == FIRST,
            visibility="hidden" if page.is_hidden or not asking.may(page.needs) else "visible",
        )
        for page in PAGES.values()
    }
    menus = {menu: [pages[address] for address in addresses] for menu, addresses in MENUS.items()}
    chosen = st.navigation(menus, position="top")
    st.set_page_config(page_title=f"{chosen.title} – {PRODUCT}", layout="wide")
    wordmark = "ordmarke_mork.svg" if st.context.theme.type == "dark" else "ordmarke.svg"
    st.logo(RESOURCES / wordmark, size="large")
    terms.begin_page()
    filter_bar.forget_link_values()
    page = next(each for each in PAGES.values() if each.title == chosen.title)
    login_failed(asking)
    if not asking.may("read"):
        refused(page, "read", asking)
        return
    try:
        view, link_place = _filters(page, asking)
    except PlanInnovationError as error:
        explain(error)
        return
    _tags(view)
    if asking.may(page.needs):
        chosen.run()
    else:
        refused(page, page.needs, asking)
    with link_place:
        filter_bar.copy_link(view.filters, view.regions, view.places)


def _filters(page: Page, asking: Person) -> tuple[View, DeltaGenerator]:
    """Draw the row of filters and help; return the choice and the place of *Kopiera länk*."""
    names = region_order()
    if not names:
        raise EditionError(
            "Det finns ingen utgåva att visa.",
            expected="Minst en byggd region.",
            do="Kör planinnovation demo och ladda om sidan.",
        )
    regions = {name: load_region(name).label for name in names}
    opening = opening_region(names)
    with st.container(horizontal=True, key="filterrad", vertical_alignment="center"):
        with st.expander("Filter", key="filter"):
            region = filter_bar.region_switch(regions, opening)
            edition = current_edition(region)
            places = ask(edition, municipality_names)
            filters = filter_bar.filter_widgets(region, places)
            link_place = filter_bar.buttons(edition, filters, places)
        view = build_view(filters, regions, edition)
        only_own(places, filters.municipalities)
        help_button(view, page)
        login_button(asking)
        chosen = filter_bar.choice_in_words(filters, regions, places)
        show(h.p(".val")[filter_bar.summary(chosen)], h.p(".underlagsrad")[_coverage(view)])
    why = _why_this_region(view, opening) if page.address == FIRST else ""
    # Always drawn, empty or not: what follows keeps its place, so that a new headline replaces the
    # old one instead of being drawn beside it until the run ends.
    with st.container(key="varfor"):
        if why:
            show(h.p[why])
    return view, link_place


def _coverage(view: View) -> str:
    counts: dict[str, int] = {}
    for _, coverage, objects in view.ask(coverage_counts, view.filters).rows():
        counts[coverage] = counts.get(coverage, 0) + objects
    return filter_bar.coverage_words(counts)


def _why_this_region(view: View, opening: str) -> str:
    """Say in one sentence why the example is shown, as long as nothing real can be."""
    others = [load_region(name).label for name in region_names() if name != opening]
    if view.region.is_example and view.region.name == opening and others:
        return _NOT_YET.format(others=listing(others))
    return ""


def _tags(view: View) -> None:
    mark = view.region.mark
    with st.container(key="marken"):
        edition = h.span(".tag")[f"Utgåva {view.edition_day}"]
        show(h.p[mark and h.span(".tag.varm")[mark], edition])
    if find_current(view.region.name).damaged:
        with st.container(key="skadad"):
            show(h.p[_DAMAGED.format(day=view.edition_day)])


main()
