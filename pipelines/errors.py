"""One family of errors: what was found, what was expected, what to do."""

from __future__ import annotations


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
