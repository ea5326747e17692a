"""Every chart that the code can make is held by a check, also one that no walk happens to meet."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from tests.dashboard.slide_checks import SLIDES

ROOT = Path(dashboard.__file__).parent
TREES = {path: ast.parse(path.read_text()) for path in sorted(ROOT.rglob("*.py"))}


def called(call: ast.Call) -> str:
    """The plain name of what is called."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", node


def makers() -> dict[str, tuple[ast.FunctionDef, ast.expr]]:
    """Function that makes a chart → what it names it."""
    return {
        place: (function, keyword.value)
        for place, function in functions()
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and called(call) == "Chart"
        for keyword in call.keywords
        if keyword.arg == "name"
    }


def given(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What callers give as ``name`` to a function."""
    places = [each.arg for each in function.args.args]
    for tree in TREES.values():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and called(call) == function.name:
                named = {keyword.arg: keyword.value for keyword in call.keywords}
                yield from (value for name, value in named.items() if name == "name")
                yield from (v for n, v in zip(places, call.args, strict=False) if n == "name")


def pattern(expression: ast.expr) -> str | None:
    """The names that an expression can be; None where it is somebody else's to say."""
    if isinstance(expression, ast.Constant):
        return re.escape(str(expression.value))
    if isinstance(expression, ast.JoinedStr):
        parts = expression.values
        return "".join(pattern(each) or "" if isinstance(each, ast.Constant) else "[a-z]+"
                       for each in parts)  # fmt: skip
    if isinstance(expression, ast.Name):
        return next(
            (
                pattern(node.value)
                for tree in TREES.values()
                for node in tree.body
                if isinstance(node, ast.Assign)
                and [getattr(each, "id", "") for each in node.targets] == [expression.id]
            ),
            None,
        )
    return None


MAKERS = makers()


@pytest.mark.parametrize("maker", MAKERS)
def test_a_chart_that_can_be_made_is_held_by_a_check(maker):
    function, name = MAKERS[maker]
    own = pattern(name)
    names = [own] if own else [each for each in map(pattern, given(function)) if each]

    assert names, f"{maker}: nobody says the name of its chart"
    for each in names:
        held = [check for check in SLIDES if re.fullmatch(each, check)]
        assert held, f"{maker}: {each} is held by no check"
