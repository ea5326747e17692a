"""Code lists: ordered codes with Swedish labels and meanings, loaded from ``records/codes``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from pipelines.model.records import FOLDER, Record, read_records


class Code(BaseModel):
    """One allowed value.

    ``code`` is stored, ``label`` is shown, ``meaning`` explains it in one Swedish sentence,
    ``synonyms`` are other spellings that a delivery may use.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(min_length=1, description="koden som lagras")
    label: str = Field(min_length=1, description="koden i ord")
    meaning: str = Field(pattern=r"\.$", description="en svensk mening som slutar med punkt")
    synonyms: tuple[str, ...] = Field(default=(), description="en lista med andra stavningar")


class CodeList(BaseModel):
    """An ordered list of codes; the order is the order every page and file uses.

    ``groups`` name codes that the pipeline treats alike.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="små bokstäver och understreck")
    label: str = Field(min_length=1, description="listans namn i ord")
    codes: tuple[Code, ...] = Field(min_length=1, description="minst en kod, var och en en gång")
    groups: dict[str, tuple[str, ...]] = Field(
        default={}, description="gruppens namn = en lista med listans egna koder"
    )

    @field_validator("codes")
    @classmethod
    def _differ(cls, codes: tuple[Code, ...]) -> tuple[Code, ...]:
        values = [code.code for code in codes]
        if repeated := {value for value in values if values.count(value) > 1}:
            raise ValueError(f"koden {min(repeated)} står flera gånger")
        return codes

    @field_validator("groups")
    @classmethod
    def _known(
        cls, groups: dict[str, tuple[str, ...]], info: ValidationInfo
    ) -> dict[str, tuple[str, ...]]:
        values = {code.code for code in info.data.get("codes", ())}
        for group, codes in groups.items():
            if unknown := set(codes) - values:
                raise ValueError(f"gruppen {group} har {min(unknown)}, som inte är en kod i listan")
        return groups

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The stored codes in order."""
        return tuple(code.code for code in self.codes)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Code → Swedish label."""
        return {code.code: code.label for code in self.codes}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every accepted spelling in lower case (code, label, synonym) → code."""
        found: dict[str, str] = {}
        for code in self.codes:
            for spelling in (code.code, code.label, *code.synonyms):
                found.setdefault(spelling.casefold(), code.code)
        return found

    def position(self, code: str) -> int:
        """Return the place of a code in the list, from 0; for a ladder this is its level."""
        return self.values.index(code)


def load_code_lists(folder: Path = FOLDER / "codes") -> dict[str, CodeList]:
    """Return all code lists of a folder by name.

    A text among a record's codes takes over the codes of another list (``"plan_stage"``) or one of
    them (``"coverage.withheld"``).

    Raises:
        ContractError: a record is broken; it says which one and how to mend it.
    """
    records = {record.name: record for record in read_records(folder)}
    return {name: _code_list(record, records) for name, record in records.items()}


def _code_list(record: Record, records: dict[str, Record]) -> CodeList:
    codes = _codes(record, records)
    return Record(record.file, record.name, {**record.fields, "codes": codes}).build(CodeList)


def _codes(record: Record, records: dict[str, Record]) -> list[Code]:
    written = record.fields.get("codes")
    if not isinstance(written, list):
        raise record.refused("codes", f"{written!r} är ingen lista", "En lista med koder.")
    codes: list[Code] = []
    for place, each in enumerate(written, 1):
        if isinstance(each, dict):
            name = f"{record.name}, kod {each.get('code', place)}"
            codes.append(Record(record.file, name, each).build(Code))
        else:
            codes += _taken_over(each, record, records)
    return codes


def _taken_over(text: Any, record: Record, records: dict[str, Record]) -> list[Code]:
    name, _, wanted = str(text).partition(".")
    others = {each: records[each] for each in records if each != record.name}
    taken = (
        [code for code in _codes(others[name], others) if wanted in ("", code.code)]
        if name in others
        else []
    )
    if not taken:
        raise record.refused(
            "codes",
            f"{text!r} är varken en annan kodlista eller en kod i en",
            'En kod som { code = …, label = …, meaning = … }, "lista" eller "lista.kod".',
        )
    return taken


CODE_LIST: dict[str, CodeList] = load_code_lists()
"""All code lists by name; those that code names are below."""

# coded texts and human review
INSTRUMENT = CODE_LIST["instrument"]
THEME = CODE_LIST["theme"]
COMMITMENT = CODE_LIST["commitment"]
VOICE = CODE_LIST["voice"]
COVERAGE = CODE_LIST["coverage"]
SOURCE_KIND = CODE_LIST["source_kind"]
SAMPLING_STRATUM = CODE_LIST["sampling_stratum"]
AGREEMENT_PAIR = CODE_LIST["agreement_pair"]
AGREEMENT_MEASURE = CODE_LIST["agreement_measure"]

# what a region delivers
YES_NO = CODE_LIST["yes_no"]
CERTAINTY = CODE_LIST["certainty"]
SEVERITY = CODE_LIST["severity"]
OBJECT_TYPE = CODE_LIST["object_type"]
OBJECT_STAGE = CODE_LIST["object_stage"]
PLAN_KIND = CODE_LIST["plan_kind"]
PLAN_STAGE = CODE_LIST["plan_stage"]
STAGES_BEFORE_REVIEW = PLAN_STAGE.groups["before_review"]
STAGES_BEFORE_ADOPTION = PLAN_STAGE.groups["before_adoption"]
STAGES_ENDED = PLAN_STAGE.groups["ended"]
DOCUMENT_KIND = CODE_LIST["document_kind"]
OWN_VOICE_DOCUMENTS = DOCUMENT_KIND.groups["own_voice"]
ALLOCATION_KIND = CODE_LIST["allocation_kind"]
ALLOCATION_STATUS = CODE_LIST["allocation_status"]
ALLOCATIONS_OPEN = ALLOCATION_STATUS.groups["open"]
ALLOCATIONS_BEFORE_AWARD = ALLOCATION_STATUS.groups["before_award"]
ORGANISATION_TYPE = CODE_LIST["organisation_type"]
TESTING_KIND = CODE_LIST["testing_kind"]
TESTING_PHASE = CODE_LIST["testing_phase"]
PHASES_ACTIVE = TESTING_PHASE.groups["active"]
PHASE_ENDED = "avslutad"
PROCUREMENT_KIND = CODE_LIST["procurement_kind"]
INNOVATION_PROCUREMENT = PROCUREMENT_KIND.groups["innovation"]
ACTIVITY = CODE_LIST["activity"]
ACTION_STATUS = CODE_LIST["action_status"]
ACTION_LOG_KIND = CODE_LIST["action_log_kind"]
ANSWER = CODE_LIST["answer"]

# what is derived
ABSENCE = CODE_LIST["absence_kind"]
STEP = CODE_LIST["step"]
OUTCOME = CODE_LIST["outcome"]
HELD = OUTCOME.groups["held"]
JUDGED = OUTCOME.groups["judged"]
CHAIN_LINK = CODE_LIST["chain_link"]
CAUSE = CODE_LIST["cause"]
BARRIER = CODE_LIST["barrier_kind"]
CHECK_REASON = CODE_LIST["check_reason"]
CHECK_SUBJECT = CODE_LIST["check_subject"]
