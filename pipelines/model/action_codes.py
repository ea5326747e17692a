"""Code lists of the action plan: its thirteen activities and the kinds of logged work."""

from __future__ import annotations

from pipelines.model.codelist import Code, CodeList

ACTIVITY = CodeList(
    name="activity",
    label="Aktivitet",
    codes=(
        Code(code="1.1", label="Kartläggningar", meaning="Aktörer, kompetens och nätverk."),
        Code(code="1.2", label="Mötesplatser", meaning="Mötesplatser för samverkan."),
        Code(code="1.3", label="Studier och verktyg", meaning="Affärs- och styrmodeller."),
        Code(code="1.4", label="Behovsnätverk", meaning="Nätverk för behovsdrivna projekt."),
        Code(
            code="1.5",
            label="Viable Cities och ShiftSweden",
            meaning="Regionens nytta av programmen.",
        ),
        Code(code="1.6", label="Medlemskap", meaning="Medlemskapet i Viable Cities."),
        Code(code="2.1", label="Kartlagd testverksamhet", meaning="Kartlagd och publicerad."),
        Code(
            code="2.2",
            label="Samarbete och synlighet",
            meaning="Samarbete, synlighet och demonstration för kunder.",
        ),
        Code(code="2.3", label="Stadskärnor som testbäddar", meaning="Kärnorna som testbäddar."),
        Code(code="2.4", label="Från test till uppskalning", meaning="Att tester skalas upp."),
        Code(
            code="3.1",
            label="Kunskap om verktyg",
            meaning="Kunskap om upphandling och planverktyg.",
        ),
        Code(code="3.2", label="Mer bruk av verktygen", meaning="Ökad användning av verktygen."),
        Code(code="3.3", label="Piloter med flera aktörer", meaning="Pilotprojekt tillsammans."),
    ),
)
"""The activities in the plan's order: number n here is indicator F.n."""

ACTION_LOG_KIND = CodeList(
    name="action_log_kind",
    label="Slag av insats",
    codes=(
        Code(
            code="mapping",
            label="Kartläggning",
            meaning="Kartläggning av aktörer, kompetens, nätverk eller tester.",
            synonyms=("kartläggningar",),
        ),
        Code(
            code="meeting_place",
            label="Mötesplats",
            meaning="Träff, nätverk eller visning där aktörer möts.",
            synonyms=("möte", "träff"),
        ),
        Code(code="study", label="Studie", meaning="Studie av affärs- eller styrmodeller."),
        Code(code="tool", label="Verktyg", meaning="Verktyg, mall eller vägledning."),
        Code(
            code="project_idea",
            label="Projektidé",
            meaning="Idé som är färdig att söka medel med.",
            synonyms=("projekt",),
        ),
        Code(code="call", label="Utlysning", meaning="Utlysning som regionen sökt eller använt."),
        Code(
            code="viable_cities",
            label="Viable Cities",
            meaning="Regional medverkan i Viable Cities.",
        ),
        Code(
            code="shiftsweden",
            label="ShiftSweden",
            meaning="Regional medverkan i ShiftSweden.",
            synonyms=("shift sweden",),
        ),
    ),
)
"""What indicator 1.10 counts."""
