"""Conventions as tests: what may import what, where SQL is written, what no file names."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
FLOW = ("model", "sources", "example", "reading", "tables", "indicators", "warehouse")
SOURCES = sorted([*PROJECT.glob("pipelines/**/*.py"), *PROJECT.glob("dashboard/**/*.py")])


def imports(file: Path) -> list[str]:
    tree = ast.parse(file.read_text("utf-8"))
    names = [
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    ]
    return names + [
        a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names
    ]


def relative(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("file", SOURCES, ids=relative)
def test_imports_point_one_way(file: Path):
    parts = file.relative_to(PROJECT).parts
    for name in imports(file):
        if parts[0] == "pipelines":
            assert not name.startswith("dashboard"), (
                f"pipelines must not know the dashboard: {name}"
            )
            if parts[1] in FLOW and name.startswith("pipelines.") and name.split(".")[1] in FLOW:
                assert FLOW.index(name.split(".")[1]) <= FLOW.index(parts[1]), (
                    f"{name} comes later in the flow"
                )
        elif name.startswith("pipelines."):
            allowed = ("model", "indicators", "errors", "sources", "warehouse")
            assert name.split(".")[1] in allowed, f"the dashboard must not import {name}"


@pytest.mark.parametrize("file", SOURCES, ids=relative)
def test_sql_stays_in_queries_indicators_and_warehouse(file: Path):
    if {"queries", "indicators", "warehouse"} & set(file.parts):
        return
    strings = [
        node.value
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for text in strings:
        assert not re.match(
            r"\s*(SELECT|INSERT|CREATE|WITH)\s+\S+.*\b(FROM|INTO|TABLE|AS)\b", text, re.S
        )


def test_committed_files_name_no_machine_and_no_registry():
    # In parts, so that this file can be read by its own rule.
    hosts = (("pypi", "org"), ("registry", "npmjs"), ("deb", "debian", "org"))
    named = [*(".".join(parts) for parts in hosts), "python" + "hosted", "/".join(("", "root", ""))]
    pattern = re.compile("|".join(map(re.escape, named)))
    kinds = ("*.py", "*.md", "*.toml", "*.lock", "*.csv", "*.jsonl", "Makefile")
    for kind in kinds:
        for file in PROJECT.rglob(kind):
            if {".venv", "node_modules", "output", "editions"} & set(file.parts):
                continue
            assert not pattern.search(file.read_text("utf-8")), relative(file)
