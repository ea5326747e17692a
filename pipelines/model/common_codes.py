"""Code lists that several registers share: yes or no, certainty, severity."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList

YES_NO = CodeList(
    name="yes_no",
    label="Ja eller nej",
    codes=(
        Code(code="ja", label="Ja", meaning="Uppgiften är bekräftad."),
        Code(code="nej", label="Nej", meaning="Uppgiften är bekräftad."),
        Code(
            code="okant", label="Okänt", meaning="Källan säger inget.", synonyms=("okänd", "vet ej")
        ),
    ),
)

CERTAINTY = CodeList(
    name="certainty",
    label="Säkerhet",
    codes=(
        Code(
            code="registered",
            label="Registrerad",
            meaning="Lämnad av den som ansvarar för uppgiften.",
        ),
        Code(code="seen", label="Sedd i källan", meaning="Uppgiften står i den angivna källan."),
        Code(code="recalled", label="Osäker", meaning="Allmän kunskap; ingen källa är sedd."),
        Code(code="example", label="Exempel", meaning="Påhittad uppgift i exempelregionen."),
    ),
)

SEVERITY = CodeList(
    name="severity",
    label="Allvar",
    codes=(
        Code(code="rejected", label="Avvisad", meaning="Raden är inte inläst."),
        Code(code="warning", label="Observera", meaning="Inläst, men något bör ses över."),
    ),
)

CODED_BY = CodeList(
    name="coded_by",
    label="Kodad av",
    codes=(
        Code(code="machine", label="Maskin", meaning="Kodboken avgjorde."),
        Code(code="human", label="Människa", meaning="En kodare har granskat och bestämt."),
    ),
)
