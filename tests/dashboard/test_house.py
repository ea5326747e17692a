"""What the dashboard's own folders may know of."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipelines.model.region import PROJECT

FOLDER = PROJECT / "dashboard"
PURE = [
    *FOLDER.glob("charts/*.py"),
    *FOLDER.glob("queries/*.py"),
    *(FOLDER / name for name in ("filters.py", "findings.py", "text.py", "theme.py")),
]
PAGES = [file for file in FOLDER.glob("app_pages/*.py") if file.name != "__init__.py"]
LAYERS = ("app_pages", "components", "charts", "queries")


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return named | plain


@pytest.mark.parametrize("file", PURE, ids=lambda file: file.name)
def test_drawing_and_asking_know_nothing_of_streamlit(file: Path):
    assert not {name for name in imported(file) if name.split(".")[0] == "streamlit"}


@pytest.mark.parametrize("file", [*FOLDER.rglob("*.py")], ids=lambda file: file.stem)
def test_layers_point_downwards(file: Path):
    layer = file.relative_to(FOLDER).parts[0]
    if layer not in LAYERS:
        return
    for name in imported(file):
        parts = name.split(".")
        if parts[0] == "dashboard" and len(parts) > 1 and parts[1] in LAYERS:
            assert LAYERS.index(parts[1]) >= LAYERS.index(layer), name
            assert (layer, parts[1]) != ("charts", "queries"), "charts take frames, they do not ask"


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_page_is_a_table_of_contents(file: Path):
    assert len(file.read_text("utf-8").splitlines()) <= 80


def test_no_page_asks_the_browser_for_a_chart_library():
    libraries = ("plotly", "altair", "matplotlib", "bokeh", "pydeck")
    for file in FOLDER.rglob("*.py"):
        assert not {name for name in imported(file) if name.split(".")[0] in libraries}, file
        assert not re.search(r"st\.\w+_chart\(", file.read_text("utf-8")), file
