"""What each folder of the dashboard may import."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboard.pages import PAGES
from pipelines.model.region import PROJECT

FOLDER = PROJECT / "dashboard"
EVERY = sorted(FOLDER.rglob("*.py"))
PURE = [
    *FOLDER.glob("charts/*.py"),
    *FOLDER.glob("queries/*.py"),
    *FOLDER.glob("app_pages/*/finding.py"),
    *(FOLDER / name for name in ("filters.py", "pages.py", "roles.py", "text.py", "theme.py")),
    FOLDER / "parts" / "findings.py",
]
LAYERS = (
    ("app", "frame", "server", "__main__", "guide"),
    ("app_pages",),
    ("meeting",),
    ("parts",),
    ("access", "web", "handling", "measures", "database", "glossary", "rules"),
    ("charts", "queries"),
    ("pages", "filters", "theme", "text", "roles"),
)
"""Folders and modules from the top down: each may import its own layer and those below it."""
LAYER = {name: place for place, names in enumerate(LAYERS) for name in names}


def imported(file: Path) -> set[str]:
    """Every module that a file imports, and ``module.name`` for each name that it takes from it."""
    tree = ast.parse(file.read_text("utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    assert not [node for node in named if node.level], f"{file}: write imports out in full"
    return (
        {node.module or "" for node in named}
        | {f"{node.module}.{alias.name}" for node in named for alias in node.names}
        | {alias.name for node in plain for alias in node.names}
    )


def names_of(file: Path) -> tuple[str, ...]:
    return file.relative_to(FOLDER).with_suffix("").parts


@pytest.mark.parametrize("file", PURE, ids=lambda file: "/".join(names_of(file)))
def test_drawing_asking_and_wording_know_nothing_of_streamlit(file: Path):
    assert not {name for name in imported(file) if name.split(".")[0] == "streamlit"}


def test_every_folder_and_module_has_a_layer():
    found = {names_of(file)[0] for file in EVERY} - {"__init__"}

    assert found == set(LAYER)


@pytest.mark.parametrize("file", EVERY, ids=lambda file: "/".join(names_of(file)))
def test_layers_point_downwards(file: Path):
    here = names_of(file)
    if here[0] == "__init__":
        return
    for name in imported(file):
        parts = name.split(".")
        if parts[0] != "dashboard" or len(parts) == 1:
            continue
        assert LAYER[parts[1]] >= LAYER[here[0]], name
        if here[0] == "app_pages" and parts[1] == "app_pages" and len(here) > 1 and len(parts) > 2:
            assert parts[2] == here[1], f"a page must not know of another page: {name}"
        assert (here[0], parts[1]) != ("charts", "queries"), "charts take frames, they do not ask"


def test_every_page_is_a_record_and_a_script():
    scripts = {file for file in FOLDER.glob("app_pages/*/*.py") if "current_view()" in
               file.read_text("utf-8")}  # fmt: skip

    assert scripts == {FOLDER / page.script for page in PAGES.values()}


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.address)
def test_a_page_is_a_table_of_contents(page):
    assert len((FOLDER / page.script).read_text("utf-8").splitlines()) <= 80


def test_only_one_place_asks_the_browser_for_a_chart_library():
    libraries = ("plotly", "altair", "matplotlib", "bokeh", "pydeck")
    for file in EVERY:
        assert not {name for name in imported(file) if name.split(".")[0] in libraries}, file
        asks = re.search(r"st\.\w+_chart\(", file.read_text("utf-8"))
        assert bool(asks) == (names_of(file) == ("parts", "plot")), file
