"""Code lists of excerpts, typed answers and the to-do list."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList
from pipelines.model.codes import COVERAGE
from pipelines.model.plan_codes import OBJECT_TYPE

SOURCE_KIND = CodeList(
    name="source_kind",
    label="Vad som är sett",
    codes=(
        Code(
            code="plandokument",
            label="Utdrag ur handlingen",
            meaning="Ett utdrag ur själva plandokumentet.",
        ),
        Code(
            code="egen_sida",
            label="Kommunens egen sida",
            meaning="En sida, nyhet eller redovisning som kommunen själv har skrivit.",
        ),
        Code(
            code="nyhet_andra",
            label="Någon annans text",
            meaning="En nyhet eller sida som någon annan har skrivit.",
        ),
    ),
)

SUMMARY_SCOPE = CodeList(
    name="summary_scope",
    label="Gäller",
    codes=(
        Code(code="kommun", label="Kommun", meaning="Referatet gäller en kommun."),
        Code(code="region", label="Regionen", meaning="Referatet gäller regionen som helhet."),
    ),
)

ANSWER = CodeList(
    name="answer",
    label="Svar",
    codes=(
        Code(code="ja", label="Ja", meaning="Kommunen ställer krav."),
        Code(code="nej", label="Nej", meaning="Kommunen ställer inga krav."),
        Code(
            code="no_answer",
            label="Svarade inte",
            meaning="Kommunen svarade inte; det är varken ja eller nej.",
            synonyms=("ej svar", "-"),
        ),
    ),
)

CHECK_REASON = CodeList(
    name="check_reason",
    label="Att göra",
    codes=(
        Code(
            code="stale",
            label="Läget okänt",
            meaning="Läget har passerat sin hållbarhet eller saknar datum.",
        ),
        *(
            code
            for code in COVERAGE.codes
            if code.code
            in ("excerpt_only", "not_collected", "unreadable", "not_understood", "withheld")
        ),
    ),
)
"""Why something is on the to-do list: its state is unknown, or its text is."""

CHECK_SUBJECT = CodeList(
    name="check_subject",
    label="Vad det gäller",
    codes=(
        *OBJECT_TYPE.codes,
        Code(code="document", label="Dokument", meaning="Ett dokument som hör till en handling."),
        Code(code="test", label="Testverksamhet", meaning="En testverksamhet."),
        Code(
            code="climate_plan",
            label="Klimatplan",
            meaning="Ett styrdokument utanför översiktsplan, detaljplan och markanvisning.",
        ),
    ),
)
