import doctest
import importlib
import pkgutil

import pytest

import pipelines.indicators
from pipelines.indicators import method
from pipelines.indicators.catalog import DEFINITIONS, catalog_indicators
from pipelines.model.codes import ACTIVITY
from tests.indicators.regions import Edition

FRAMEWORK = (
    [f"1.{n}" for n in range(1, 11)]
    + [f"2.{n}" for n in range(1, 6)]
    + [f"3.{n}" for n in range(1, 7)]
    + [f"F.{n}" for n in range(1, 14)]
    + [f"K.{n}" for n in range(1, 6)]
)
MODULES = [module.name for module in pkgutil.iter_modules(pipelines.indicators.__path__)]
WORKED_EXAMPLES = {
    "actions": 2, "chain": 4, "innovation_index": 2, "market": 5, "planning": 8, "quality": 5,
    "scaling": 3, "testing": 5, "windows": 2,
}  # fmt: skip
"""Least number of functions with a worked example, in each module that computes indicators."""


def test_every_indicator_of_the_framework_is_declared_once_and_in_order():
    assert [definition.id for definition in DEFINITIONS] == FRAMEWORK


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_a_definition_says_what_a_reader_must_know(definition):
    assert definition.question.endswith((".", "?"))
    assert definition.formula.endswith(".")
    assert definition.needs.endswith(".")
    assert all(caveat.endswith(".") for caveat in definition.caveats)
    assert set(definition.actions) <= set(ACTIVITY.values)
    assert set(definition.goals) <= {1, 2, 3}


def test_every_activity_has_an_indicator_that_speaks_for_it():
    spoken = {action for each in DEFINITIONS if each.id[0] != "F" for action in each.actions}
    assert spoken == set(ACTIVITY.values)


@pytest.mark.parametrize("name", MODULES)
def test_worked_examples_hold(name: str):
    module = importlib.import_module(f"pipelines.indicators.{name}")
    result = doctest.testmod(module)
    assert result.failed == 0
    with_examples = [test for test in doctest.DocTestFinder().find(module) if test.examples]
    assert len(with_examples) >= WORKED_EXAMPLES.get(name, 0)


def test_every_declared_indicator_is_computed(edition: Edition):
    assert set(edition.tables["indicator_value"]["indicator_id"]) == set(FRAMEWORK)


def test_the_catalog_carries_the_definitions(edition: Edition):
    catalog = edition.sql("SELECT * FROM catalog_indicator ORDER BY position")
    assert catalog["indicator_id"].to_list() == FRAMEWORK
    assert catalog.equals(catalog_indicators())


def test_the_method_document_is_up_to_date():
    assert method.FILE.read_text("utf-8") == method.render_method()
