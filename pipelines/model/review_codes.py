"""Code lists of human review: why a passage was drawn."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList

SAMPLING_STRATUM = CodeList(
    name="sampling_stratum",
    label="Urvalsgrupp",
    codes=(
        Code(
            code="near_threshold",
            label="Nära gränsen",
            meaning="Maskinen var osäker på om passagen är ett belägg.",
        ),
        Code(
            code="weak_class",
            label="Svår klass",
            meaning="Belägg med en kod som människor och maskin hittills varit oeniga om.",
        ),
        Code(code="other_hit", label="Övriga belägg", meaning="Belägg som dragits slumpvis."),
        Code(
            code="considered",
            label="Prövad och avvisad",
            meaning="Passage med något av kodbokens ord som maskinen inte räknar som belägg.",
        ),
        Code(
            code="no_hit",
            label="Utan träff",
            meaning="Passage utan något av kodbokens ord, dragen för att finna det som missats.",
        ),
    ),
)
"""Every passage that can be coded belongs to exactly one group, so that weights add up."""
