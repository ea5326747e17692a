"""Whose a file is, by the folders that it lies in: a municipality's, and a plan's of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from pipelines.sources.characters import composed


class Homes:
    """The region's municipalities, plans and allocations, as folders can be named after them.

    A folder is a municipality's when it is named by its code or its name, also as *9801 Ulvsund*
    or *Ulvsunds kommun*; an object's when it is named by its id or, where that is the name of one
    object only, by its name.
    """

    def __init__(self, municipalities: pl.DataFrame, objects: pl.DataFrame) -> None:
        """Take ``municipality_code`` and ``municipality_name``; ``object_id`` and the rest."""
        self.names: dict[str, str] = {
            composed(name).casefold(): code
            for code, name in municipalities.select("municipality_code", "municipality_name").rows()
        }
        self._objects = [
            (str(object_id), code, composed(str(object_id)).casefold(), _plain(name or ""))
            for object_id, code, name in objects.select(
                "object_id", "municipality_code", "object_name"
            ).rows()
        ]

    def municipality(self, folders: Sequence[str]) -> str:
        """Return the code of the municipality that a folder is named after, "" if none is."""
        for folder in folders:
            name = composed(folder).casefold().strip()
            code = re.match(r"(\d{4})(?!\d)", name)
            if code and code[1] in self.names.values():
                return code[1]
            name = re.sub(r"s? (?:kommun|stad)$", "", name)
            if name in self.names:
                return self.names[name]
        return ""

    def object(self, folders: Sequence[str], code: str = "") -> str:
        """Return the id of the object that a folder is named after, "" if none or several are."""
        here = [each for each in self._objects if not code or each[1] == code]
        for folder in reversed(folders):
            name = composed(folder).casefold().strip()
            for matches in (
                {each[0] for each in here if each[2] == name},
                {each[0] for each in here if len(each[3]) > 3 and each[3] == _plain(name)},
            ):
                if len(matches) == 1:
                    return matches.pop()
        return ""


def _plain(text: str) -> str:
    return re.sub(r"[^0-9a-zåäöé]", "", composed(text).casefold())
