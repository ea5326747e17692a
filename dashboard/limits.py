"""How much one reader, and all of them together, may ask of the server; each can be set."""

from __future__ import annotations

import os
from dataclasses import dataclass

from pipelines.errors import PlanInnovationError


@dataclass(frozen=True)
class Limit:
    """A number that the operator may set by an environment variable; always above zero."""

    variable: str
    standard: float
    about: str

    def value(self) -> float:
        """Return the operator's number, else the standard.

        Raises:
            LimitError: the variable holds something else than a number above zero.
        """
        given = os.environ.get(self.variable, "").strip()
        try:
            found = float(given) if given else self.standard
        except ValueError:
            found = 0.0
        if not 0 < found < float("inf"):
            raise LimitError(
                f"{self.variable} är {given!r}.",
                expected=f"Ett tal över noll: {self.about}.",
                do="Rätta variabeln och starta om.",
            )
        return found


class LimitError(PlanInnovationError):
    """A limit is reached, or is no number."""


QUESTION = Limit("PLANINNOVATION_QUESTION_SECONDS", 20, "sekunder för en fråga")
AT_ONCE = Limit("PLANINNOVATION_QUESTIONS", 8, "frågor som räknas samtidigt")
WAITING = Limit("PLANINNOVATION_WAIT_SECONDS", 30, "sekunder som en fråga väntar på sin tur")
SESSION = Limit("PLANINNOVATION_SESSION_SECONDS", 180, "sekunder för en läsare på fem minuter")
UPLOADS = Limit("PLANINNOVATION_UPLOADS", 5, "uppladdade filer som en läsare har på en gång")
UPLOAD_MB = Limit("PLANINNOVATION_UPLOAD_MB", 200, "MB uppladdat av alla tillsammans")
UPLOAD_MINUTES = Limit("PLANINNOVATION_UPLOAD_MINUTES", 15, "minuter som en fil hålls kvar")
LIMITS = (QUESTION, AT_ONCE, WAITING, SESSION, UPLOADS, UPLOAD_MB, UPLOAD_MINUTES)
