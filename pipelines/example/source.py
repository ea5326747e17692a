"""A source text: TOML front matter between ``+++`` lines, then the body in Markdown."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipelines.errors import SourceError
from pipelines.model.codes import DOCUMENT_KIND, PLAN_STAGE
from pipelines.model.columns import ID_PATTERN, MUNICIPALITY_PATTERN

FENCE = "+++"
SUFFIXES = (".pdf", ".docx", ".html", ".txt")
EXAMPLE_WORD = "Exempeldata"
"""What every document says of itself."""
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


class Source(BaseModel):
    """The front matter of one source text, with its body.

    The field names are those of the front matter; ``body`` is Markdown and ``sha256`` the digest
    of the whole file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=f"^{ID_PATTERN}$")
    kommunkod: str = Field(pattern=f"^{MUNICIPALITY_PATTERN}$")
    plan_id: str = Field(pattern=f"^{ID_PATTERN}$")
    slag: str
    skede: str
    datum: datetime.date
    fil: str
    titel: str
    undertitel: str = ""
    diarienummer: str
    layout: Literal["en_spalt", "tva_spalter", "skannad"]
    sidhuvud: str
    sidfot: str
    innehall: bool = False
    body: str
    sha256: str

    @field_validator("slag")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in DOCUMENT_KIND.values:
            raise ValueError(f"ett av {', '.join(DOCUMENT_KIND.values)}")
        return value

    @field_validator("skede")
    @classmethod
    def _known_stage(cls, value: str) -> str:
        if value not in PLAN_STAGE.values:
            raise ValueError(f"ett av {', '.join(PLAN_STAGE.values)}")
        return value

    @field_validator("fil")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if Path(value).name != value or Path(value).suffix not in SUFFIXES:
            raise ValueError(f"ett filnamn som slutar på {', '.join(SUFFIXES)}")
        return value

    @property
    def format(self) -> str:
        """The ending of the file to make: ``.pdf``, ``.docx``, ``.html`` or ``.txt``."""
        return Path(self.fil).suffix

    @property
    def authority(self) -> str:
        """The municipality as it signs, for example ``Askhamns kommun``."""
        found = re.match(r".*?\bkommun\b", self.sidfot)
        return found[0] if found else self.sidfot

    @property
    def kind_label(self) -> str:
        """The Swedish name of the document kind."""
        return DOCUMENT_KIND.labels[self.slag]

    @property
    def date_in_words(self) -> str:
        """The date as a cover shows it: ``13 juni 2022``."""
        return f"{self.datum.day} {_MONTHS[self.datum.month - 1]} {self.datum.year}"

    @property
    def place(self) -> Path:
        """Where the document lies in the inbox: ``<kommunkod>/<plan_id>/<fil>``."""
        return Path(self.kommunkod, self.plan_id, self.fil)


def read_source(file: Path) -> Source:
    """Read one source text.

    Raises:
        SourceError: the front matter is missing, is not TOML, or lacks or misspells a field.
    """
    content = file.read_bytes()
    parts = content.decode("utf-8").split(f"{FENCE}\n", 2)
    name = f"{file.parent.name}/{file.name}"
    if len(parts) != 3 or parts[0].strip():
        raise SourceError(
            f"Texten {name} saknar uppgifter mellan två rader med {FENCE}.",
            expected="Uppgifterna överst i filen, sedan texten.",
            do="Utgå från en annan text i samma mapp.",
        )
    try:
        fields = tomllib.loads(parts[1])
        return Source(
            **fields, body=parts[2].strip() + "\n", sha256=hashlib.sha256(content).hexdigest()
        )
    except tomllib.TOMLDecodeError as error:
        raise SourceError(
            f"Uppgifterna i {name} är inte TOML ({error}).",
            expected='Rader som titel = "…".',
            do="Rätta raden.",
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise SourceError(
            f"Uppgiften {'.'.join(str(part) for part in first['loc'])} i {name} går inte att "
            f"använda: {first['msg']}.",
            expected="De fält som data/exempel/README.md räknar upp, rätt stavade.",
            do="Rätta uppgiften.",
        ) from error
