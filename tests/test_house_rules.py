"""Conventions as tests: what may import what, where SQL is written, what no file names."""

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FLOW = (
    "model", "sources", "example", "reading", "tables", "indicators", "warehouse", "fetching",
)  # fmt: skip
SEEN_BY_DASHBOARD = ("model", "indicators", "errors", "sources", "warehouse")
NODES = {
    file.relative_to(PROJECT): list(ast.walk(ast.parse(file.read_text("utf-8"))))
    for folder in ("pipelines", "dashboard")
    for file in sorted((PROJECT / folder).rglob("*.py"))
}
SQL = re.compile(r"\s*(SELECT|INSERT|CREATE|WITH)\s+\S+.*\b(FROM|INTO|TABLE|AS)\b", re.DOTALL)


def imported(nodes: list[ast.AST]) -> list[str]:
    """The modules that a file imports."""
    taken = [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return taken + [a.name for node in nodes if isinstance(node, ast.Import) for a in node.names]


def may_import(file: Path, name: str) -> bool:
    """The dashboard knows the pipelines, never the reverse; the flow points one way."""
    own, folder = file.parts[:2]
    top, _, rest = name.partition(".")
    of = rest.partition(".")[0]
    if own == "dashboard":
        return top != "pipelines" or of in SEEN_BY_DASHBOARD
    if top == "pipelines" and folder in FLOW and of in FLOW:
        return FLOW.index(of) <= FLOW.index(folder)
    return top != "dashboard"


def test_imports_point_one_way():
    wrong = [
        f"{file}: {name}"
        for file, nodes in NODES.items()
        for name in imported(nodes)
        if not may_import(file, name)
    ]
    assert not wrong


def test_sql_stays_in_queries_indicators_and_warehouse():
    wrong = [
        f"{file}:{node.lineno}"
        for file, nodes in NODES.items()
        if not {"queries", "indicators", "warehouse"} & set(file.parts)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert not wrong


def test_committed_files_name_no_machine_and_no_registry():
    # In parts, so that this file can be read by its own rule.
    hosts = (("pypi", "org"), ("registry", "npmjs"), ("deb", "debian", "org"))
    named = [*(".".join(parts) for parts in hosts), "python" + "hosted", "/".join(("", "root", ""))]
    pattern = re.compile("|".join(map(re.escape, named)))
    own = [each for each in PROJECT.iterdir() if each.name not in (".venv", ".git", "node_modules")]
    kinds = (".py", ".md", ".toml", ".lock", ".csv", ".jsonl")
    wrong = [
        file.relative_to(PROJECT).as_posix()
        for each in own
        for file in (each, *each.rglob("*"))
        if file.suffix in kinds or file.name == "Makefile"
        if not {"output", "editions"} & set(file.parts) and pattern.search(file.read_text("utf-8"))
    ]
    assert not wrong


CLAIMS = ("SECURITY.md", "CONTRIBUTING.md", "docs/operations.md", "docs/reliability.md")


def test_every_test_and_script_that_a_claim_names_is_there():
    wrong = []
    for name in CLAIMS:
        text = (PROJECT / name).read_text("utf-8")
        named = re.findall(r"tests/[\w/.]+|deploy/[\w@.]+\w", text)
        named += [f"benchmarks/{each}.py" for each in re.findall(r"benchmarks\.(\w+)", text)]
        wrong += [f"{name}: {each}" for each in named if not (PROJECT / each).exists()]
        assert named
    parts = (PROJECT / "benchmarks/faults.py").read_text("utf-8")
    asked = re.findall(r"benchmarks\.faults ([a-z_]+)`", (PROJECT / CLAIMS[-1]).read_text("utf-8"))
    wrong += [f"faults {each}" for each in asked if f'"{each}"' not in parts]
    assert not wrong


def test_every_claim_about_security_and_every_part_of_operations_names_its_test():
    claims = re.split(r"^- ", (PROJECT / CLAIMS[0]).read_text("utf-8"), flags=re.MULTILINE)[1:]
    claims += re.split(r"^## ", (PROJECT / CLAIMS[2]).read_text("utf-8"), flags=re.MULTILINE)[1:]
    without = ("Registers hold no personal data", "Report a weakness", "Measuring speed")
    names = re.compile(r"`tests/|`python -m benchmarks")
    wrong = [each for each in claims if not names.search(each) and not each.startswith(without)]
    assert not wrong
