"""What a click on a chart's part means: its data → filter values; None leads nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipelines.model.plan_codes import OBJECT_TYPE

EVIDENCE = "belagg"
"""The page of passages, where most parts lead."""
Follow = Callable[[list[Any]], dict[str, Any] | None]


def type_and_level(data: list[Any]) -> dict[str, Any] | None:
    """``[object_type, level]``; what is not read or holds nothing has no passages."""
    object_type, level = data
    return {"typ": [object_type], "hogst": level} if level > 0 else None


def municipality_and_level(object_type: str) -> Follow:
    """``[municipality_code, level]`` within one document type."""

    def follow(data: list[Any]) -> dict[str, Any] | None:
        code, level = data
        values = {"kommun": [code], "typ": [object_type], "hogst": level}
        return values if level > 0 else None

    return follow


def municipality_of(object_type: str) -> Follow:
    """``[municipality_code, level]`` on a map: all passages of that municipality."""

    def follow(data: list[Any]) -> dict[str, Any] | None:
        code, level = data
        return {"kommun": [code], "typ": [object_type]} if level else None

    return follow


def municipality(data: list[Any]) -> dict[str, Any] | None:
    """``[municipality_code]``: all of its own; a party that is no municipality has none."""
    (code,) = data
    return {"kommun": [code]} if code else None


def object_type(data: list[Any]) -> dict[str, Any] | None:
    """``[part]`` of a measure; parts that are no document type have no passages of their own."""
    return {"typ": [data[0]]} if data[0] in OBJECT_TYPE.values else None


def level_in_year(object_type: str) -> Follow:
    """``[level, year]`` of a trend; what is not read or holds nothing has no passages."""

    def follow(data: list[Any]) -> dict[str, Any] | None:
        level, year = data
        values = {"typ": [object_type], "hogst": level, "fran": year, "till": year}
        return values if level > 0 else None

    return follow
