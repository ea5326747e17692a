"""What each folder of the dashboard may import."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from dashboard.pages import PAGES
from pipelines.model.region import PROJECT

FOLDER = PROJECT / "dashboard"
EVERY = sorted(FOLDER.rglob("*.py"))
PURE = [
    *FOLDER.glob("charts/*.py"),
    *FOLDER.glob("draw/*.py"),
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
    ("access", "web", "handling", "measures", "database", "budget", "limits", "glossary", "rules"),
    ("charts", "queries"),
    ("draw",),
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


IMPORTED = {file: imported(file) for file in EVERY}


def names_of(file: Path) -> tuple[str, ...]:
    return file.relative_to(FOLDER).with_suffix("").parts


def test_drawing_asking_and_wording_know_nothing_of_streamlit():
    assert not [file for file in PURE if "streamlit" in {n.split(".")[0] for n in IMPORTED[file]}]


def test_every_folder_and_module_has_a_layer():
    found = {names_of(file)[0] for file in EVERY} - {"__init__"}

    assert found == set(LAYER)


def points_down(here: tuple[str, ...], name: str) -> bool:
    """Whether a file may take something: from its own layer or below, never of another page."""
    parts = name.split(".")
    if parts[0] != "dashboard" or len(parts) == 1:
        return True
    if here[0] == parts[1] == "app_pages" and len(here) > 1 and len(parts) > 2:
        return parts[2] == here[1]
    # Charts take frames, they do not ask.
    return LAYER[parts[1]] >= LAYER[here[0]] and (here[0], parts[1]) != ("charts", "queries")


def test_layers_point_downwards():
    wrong = [
        f"{file.relative_to(FOLDER)}: {name}"
        for file in EVERY
        if file != FOLDER / "__init__.py"
        for name in IMPORTED[file]
        if not points_down(names_of(file), name)
    ]
    assert not wrong


def test_every_page_is_a_record_and_a_script():
    scripts = {file for file in FOLDER.glob("app_pages/*/*.py") if "current_view()" in
               file.read_text("utf-8")}  # fmt: skip

    assert scripts == {FOLDER / page.script for page in PAGES.values()}


def test_a_page_is_a_table_of_contents():
    lines = {page.script: len((FOLDER / page.script).read_text("utf-8").splitlines())
             for page in PAGES.values()}  # fmt: skip
    assert not {script: n for script, n in lines.items() if n > 80}


def test_only_one_place_asks_the_browser_for_a_chart_library():
    libraries = ("plotly", "altair", "matplotlib", "bokeh", "pydeck")
    for file in EVERY:
        assert not {name for name in IMPORTED[file] if name.split(".")[0] in libraries}, file
        asks = re.search(r"st\.\w+_chart\(", file.read_text("utf-8"))
        assert bool(asks) == (names_of(file) == ("parts", "plot")), file


ESCAPERS = {"html", "xml.sax.saxutils", "markupsafe"}
MARKUP = {
    "draw/pptx.py": "PowerPoint's borders are XML of their own",
    "draw/printed.py": "names how Unicode says that a letter is raised",
    "web/page.py": "finds what it replaces in Streamlit's first page",
    "guide.py": "marks its places in Markdown",
}
"""Modules that may write markup in a string, and why; all other HTML is made by htpy."""


def test_markup_is_made_by_a_library():
    """A string with markup can forget an escape; htpy cannot."""
    assert not {(file, name) for file in EVERY for name in IMPORTED[file] & ESCAPERS}
    found = set()
    for file in EVERY:
        tree = ast.parse(file.read_text("utf-8"))
        prose = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        texts = (each for each in ast.walk(tree) if isinstance(each, ast.Constant))
        if any(
            re.search(r"</?[a-z]+[ >/]|<$|</|&[a-z]+;|<!--", str(text.value))
            for text in texts
            if id(text) not in prose
        ):
            found.add(file.relative_to(FOLDER).as_posix())

    assert found == MARKUP.keys()
