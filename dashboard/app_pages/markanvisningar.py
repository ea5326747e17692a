"""Markanvisningar: how far they bind, with which tools and themes, where, and whether it grows."""

from dashboard.components import type_page
from dashboard.components.view import current_view

type_page.draw(current_view(), "ma")
