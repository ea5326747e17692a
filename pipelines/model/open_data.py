"""Terms of the open data: the one place for the licence and for who publishes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

LICENCE_NAME = "CC0-1.0"
LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
"""The address exactly as DCAT-AP-SE wants it."""
TERMS = (
    "Regionens egna uppgifter och beräkningar är fria att använda (CC0 1.0). Citat och uppgifter "
    "ur andras källor följer källans villkor; källan anges på raden."
)


class OpenData(BaseModel):
    """Who publishes a region's open data, and where.

    ``publisher`` is shown in the catalogue (the region's label when empty), ``publisher_uri``
    identifies the organisation, ``contact`` is a function's e-mail address (never a person's) and
    ``address`` the public address of the region's files, such as
    ``https://example.org/filer/stockholm``; without it all addresses in the catalogue are relative
    to its own. A region sets them in the table ``[open_data]`` of its ``region.toml``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    publisher: str = ""
    publisher_uri: str = Field(default="", pattern=r"^(https?://\S+)?$")
    contact: str = Field(default="", pattern=r"^([^@\s]+@[^@\s]+)?$")
    address: str = Field(default="", pattern=r"^(https?://\S+[^/\s])?$")
