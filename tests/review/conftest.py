"""The codebook's search machines take a second to build; these tests build them once."""

from functools import cache

import pytest

from pipelines.reading.codebook import load_codebook

read_once = cache(load_codebook)


@pytest.fixture(autouse=True)
def codebook_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pipelines.build", "pipelines.cli.review_file"):
        monkeypatch.setattr(f"{module}.load_codebook", read_once)
