"""How much may go from one edition to the next before a build stops: the one place for it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class LossLimits(BaseModel):
    """Shares of the edition before; a build in which more is gone stops until it is accepted.

    ``rows`` holds for each register, ``plans`` for the known plans and allocations of each type,
    ``documents`` for read documents, ``passages`` for passages. What falls to nothing always stops
    a build. A region overrides them in the table ``[loss_limits]`` of its ``region.toml``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: float = Field(default=0.1, ge=0, le=1)
    plans: float = Field(default=0.1, ge=0, le=1)
    documents: float = Field(default=0.1, ge=0, le=1)
    passages: float = Field(default=0.2, ge=0, le=1)
