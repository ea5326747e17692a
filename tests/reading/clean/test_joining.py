"""Words broken over lines are joined; hyphens that belong to the language stay."""

from __future__ import annotations

import pytest

from pipelines.reading.clean.joining import glue, join_inline


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("en testbäd-", "dar i hamnen", "en testbäddar i hamnen"),
        ("för el-", "och värme", "för el- och värme"),
        ("en test-", "och demonstrationsmiljö", "en test- och demonstrationsmiljö"),
        ("Almviks-", "eller Ekebymodellen", "Almviks- eller Ekebymodellen"),
        ("plan-, bygg-", "samt miljöfrågor", "plan-, bygg- samt miljöfrågor"),
        ("ett gemen-", "samt ansvar", "ett gemensamt ansvar"),
        ("normen revideras efter-", "som den är gammal", "normen revideras eftersom den är gammal"),
        ("parkeringsnor-", "men ändras", "parkeringsnormen ändras"),
        ("bostads-", "kontors- och handelshus", "bostads- kontors- och handelshus"),
        ("en E-", "tjänst", "en E-tjänst"),
        ("ett CO2-", "krav", "ett CO2-krav"),
        ("kommunens VA-", "plan", "kommunens VA-plan"),
        ("ett u-", "område", "ett u-område"),
        ("linjen Södra viken-", "Ekeby", "linjen Södra viken-Ekeby"),
        ("under 2010-", "2012", "under 2010-2012"),
        ("OMRÅDE FÖR VERKSAM-", "HETER", "OMRÅDE FÖR VERKSAMHETER"),
        ("gator och/", "eller torg", "gator och/eller torg"),
        ("byggs i trä", "och tegel", "byggs i trä och tegel"),
        ("en plan –", "den första", "en plan – den första"),
    ],
)
def test_lines_are_glued_as_a_reader_would(before: str, after: str, joined: str) -> None:
    left, between = glue(before, after)
    assert left + between + after == joined


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Här byggs testbäd- dar för el.", "Här byggs testbäddar för el."),
        ("Nät för el- och värme.", "Nät för el- och värme."),
        ("Skydd av mark- vatten- och luftmiljö.", "Skydd av mark- vatten- och luftmiljö."),
        ("Inget att göra - och det är bra.", "Inget att göra - och det är bra."),
    ],
)
def test_words_broken_inside_a_line_are_joined(text: str, joined: str) -> None:
    assert join_inline(text) == joined
