"""One family of errors: what was found, what was expected, what to do."""

from __future__ import annotations

import errno
import os


class PlanInnovationError(Exception):
    """Something a person can mend.

    Three short Swedish sentences, because the same text reaches the file check, the report and the
    dashboard: what was found (with file, row and value where there is one), what was expected, and
    what to do.
    """

    def __init__(self, found: str, *, expected: str, do: str) -> None:
        self.found = found
        self.expected = expected
        self.do = do
        super().__init__(f"{found} {expected} {do}")


class SourceError(PlanInnovationError):
    """A delivery cannot be read at all: missing file, unknown format, no header row."""


class ContractError(PlanInnovationError):
    """Our own output breaks a table contract: a defect in the pipeline, never in a delivery."""


class ReadingError(PlanInnovationError):
    """A document cannot be opened or its text cannot be taken out."""


class EditionError(PlanInnovationError):
    """An edition is missing, unfinished or fails its verification."""


_SYSTEM_FAULTS = {
    errno.ENOSPC: ("Disken är full.", "Ledigt utrymme.", "Frigör plats och kör igen."),
    errno.EDQUOT: ("Lagringskvoten är slut.", "Ledigt utrymme.", "Frigör plats och kör igen."),
    errno.EFBIG: (
        "Filen får inte bli så stor här.", "En plats utan en sådan gräns.",
        "Höj gränsen för filstorlek eller flytta mappen och kör igen.",
    ),
    errno.EROFS: (
        "Mappen är skrivskyddad.", "En mapp som går att skriva i.",
        "Montera den skrivbar, eller peka ut en annan med PLANINNOVATION_EDITIONS.",
    ),
    errno.EACCES: (
        "Rättigheter saknas.", "En fil eller mapp som kontot får läsa och skriva.",
        "Ändra rättigheterna eller kör med ett annat konto.",
    ),
    errno.ENOENT: ("Filen eller mappen finns inte.", "En plats som finns.", "Rätta sökvägen."),
    errno.ENOTDIR: ("En fil ligger där en mapp väntades.", "En mapp.", "Rätta sökvägen."),
    errno.EISDIR: ("En mapp ligger där en fil väntades.", "En fil.", "Rätta sökvägen."),
    errno.EEXIST: ("Något ligger redan där.", "En ledig plats.", "Flytta det eller byt sökväg."),
    errno.ENAMETOOLONG: ("Namnet är för långt.", "Ett kortare namn.", "Byt namn och kör igen."),
    errno.EIO: (
        "Disken svarar med fel.", "En disk som går att läsa och skriva.",
        "Kontrollera disken eller nätverksmappen och kör igen.",
    ),
    errno.EMFILE: (
        "För många filer är öppna.", "Ett högre tak för öppna filer.", "Höj taket (ulimit -n).",
    ),
    errno.ENOMEM: (
        "Minnet räckte inte.", "Mer ledigt minne.", "Stäng annat på datorn och kör igen.",
    ),
    errno.ESTALE: (
        "Nätverksmappen har försvunnit.", "En ansluten mapp.", "Anslut den på nytt och kör igen.",
    ),
}  # fmt: skip
_SYSTEM_FAULTS[errno.EPERM] = _SYSTEM_FAULTS[errno.EACCES]
_LIBRARIES = ("duckdb", "_duckdb", "polars")
"""Libraries that wrap a fault of the operating system in an error of their own."""


def system_fault(error: BaseException) -> PlanInnovationError | None:
    """Return a fault of the operating system in Swedish; None where it is something else."""
    place, number = "", None
    if isinstance(error, MemoryError):
        number = errno.ENOMEM
    elif isinstance(error, OSError):
        place, number = str(error.filename or ""), error.errno
    elif type(error).__module__.split(".")[0] in _LIBRARIES:
        text = str(error)
        number = next((code for code in _SYSTEM_FAULTS if os.strerror(code) in text), None)
        place = text.splitlines()[0] if text else ""
        if number is None:
            return None
    else:
        return None
    found, expected, do = _SYSTEM_FAULTS.get(
        number or 0,
        (f"Operativsystemet svarade {error}.", "Inget fel.", "Åtgärda felet och kör igen."),
    )
    return PlanInnovationError(f"{found} ({place})" if place else found, expected=expected, do=do)
