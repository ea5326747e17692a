"""Översiktsplaner: how far they bind, with which tools and themes, where, and whether it grows."""

from dashboard.app_pages.planer import cards
from dashboard.parts.view import current_view

cards.draw(current_view(), "op")
