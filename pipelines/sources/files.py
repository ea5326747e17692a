"""Files as they are delivered: every one that there is, and those that nobody can take."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.sources.issues import REJECTED, WARNING, Issue

_SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore"})


@dataclass(frozen=True, slots=True)
class Left:
    """Why a file is not taken: the rule, words that follow the name, what was expected, the remedy.

    ``severity`` is *warning* where nothing that was meant to be read is lost.
    """

    rule: str
    reason: str
    expected: str
    remedy: str
    severity: str = REJECTED

    def issue(self, table: str, name: str) -> Issue:
        """The issue of a file; ``name`` is its path below the folder that it was delivered in."""
        text = f"Filen {name} {self.reason}."
        return Issue(
            table, name, 0, "", "", self.rule, text, self.expected, self.remedy, self.severity
        )


def walk(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder in path order, links too; links are not followed."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder, followlinks=False):
        here = Path(root)
        found.extend(here / name for name in files)
        # a link to a folder is listed among the folders and never entered
        found.extend(here / name for name in folders if (here / name).is_symlink())
    return iter(sorted(found))


def left_out(file: Path) -> Left | None:
    """Tell why a file cannot be taken whatever it should be, or None."""
    try:
        state = file.lstat()
    except OSError:
        return Left(
            "gar_ej_att_oppna", "gick inte att öppna", "en fil som får läsas",
            "Kontrollera filens rättigheter.",
        )  # fmt: skip
    if stat.S_ISLNK(state.st_mode):
        return Left(
            "lank", "är en länk till en annan plats och följs inte", "filen själv i mappen",
            "Lägg en kopia av filen i mappen.",
        )  # fmt: skip
    if not stat.S_ISREG(state.st_mode):
        return Left("ingen_fil", "är ingen vanlig fil", "ett dokument", "Ta bort den ur mappen.")
    return _by_name(file.name.casefold(), state.st_size)


def _by_name(name: str, size: int) -> Left | None:
    if name in _SYSTEM:
        return _SYSTEM_FILE
    for starts, ends, left in _BY_NAME:
        if (starts and name.startswith(starts)) or (ends and name.endswith(ends)):
            return left
    return None if size else _EMPTY


_SYSTEM_FILE = Left(
    "systemfil",
    "hör till operativsystemet och lästes inte",
    "inget",
    "Inget behöver göras.",
    WARNING,
)
_EMPTY = Left(
    "tom_fil", "är tom (0 byte)", "hela filen", "Hämta filen på nytt och lägg den i mappen."
)
_BY_NAME: tuple[tuple[tuple[str, ...], tuple[str, ...], Left], ...] = (
    (("._",), (), _SYSTEM_FILE),
    (
        ("~$", ".~lock.", "~wrl"),
        (),
        Left(
            "lasfil",
            "är Offices låsfil för ett dokument som är öppet, eller en rest av den",
            "det sparade dokumentet",
            "Stäng dokumentet i Office, kontrollera att det är sparat och ta bort låsfilen.",
            WARNING,
        ),
    ),
    (
        (),
        (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp"),
        Left(
            "halv_hamtning",
            "är en hämtning som inte blev klar",
            "hela dokumentet",
            "Hämta dokumentet igen och lägg det i mappen.",
        ),
    ),
    (
        (),
        (".bak", ".old", ".wbk", ".xlk", "~"),
        Left(
            "sakerhetskopia",
            "är en säkerhetskopia och lästes inte",
            "det gällande dokumentet",
            "Ta bort filen, eller ge den dokumentets ändelse om den ska läsas.",
            WARNING,
        ),
    ),
    (
        (),
        (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"),
        Left(
            "arkiv",
            "är ett arkiv och packas inte upp",
            "filerna var för sig",
            "Packa upp arkivet och lägg filerna i mappen för sin handling.",
        ),
    ),
)
