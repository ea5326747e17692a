"""The little worked region of the measures' own examples."""

from __future__ import annotations

import pytest

from pipelines.indicators.scope import Scope
from pipelines.indicators.worked_example import worked_scope


@pytest.fixture(scope="session")
def worked() -> Scope:
    return worked_scope()
