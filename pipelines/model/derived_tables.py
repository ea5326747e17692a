"""Contracts of what the measuring layer derives beside the numbers themselves."""

from __future__ import annotations

from pipelines.model.table import Table

_HERE = {"municipality_code": "municipality"}

CARRY_THROUGH = Table(
    name="carry_through",
    file="roda_traden",
    label="Röda tråden",
    row="ett tema i en kommun i ett led från översiktsplan till test",
    layer="derived",
    computed=(
        "municipality_code",
        "theme",
        "step",
        "start_level",
        "level",
        "outcome",
        "object_id",
        "chain_link",
        "year",
        "years_after",
        "objects_read",
        "passages",
        "passage_ids",
        "activity_ids",
    ),
    key=("municipality_code", "theme", "step"),
    references=_HERE,
)

OPEN_WINDOW = Table(
    name="open_window",
    file="tidsfonster",
    label="Tidsfönster",
    row="en plan eller markanvisning som ännu kan påverkas",
    layer="derived",
    computed=(
        "object_id",
        "municipality_code",
        "object_type",
        "object_name",
        "object_stage",
        "core_id",
        "coverage",
        "since",
        "months_median",
        "months_low",
        "months_high",
        "months_left",
        "durations",
        "basis",
        "lacks",
        "lacks_basis",
    ),
    key=("object_id",),
    references=_HERE,
)

WINDOW_MATCH = Table(
    name="window_match",
    file="forslag",
    label="Förslag till tidsfönster",
    row="en test eller en formulering som passar en öppen handling",
    layer="derived",
    computed=("object_id", "theme", "match_kind", "match_rank", "match_id", "reason"),
    key=("object_id", "theme", "match_kind", "match_rank"),
)

INDEX_RANK = Table(
    name="index_rank",
    file="index",
    label="Innovationsindex",
    row="en kommuns index med platsens intervall",
    layer="derived",
    computed=(
        "municipality_code",
        "score",
        "low",
        "high",
        "depth",
        "breadth",
        "density",
        "carry",
        "rank",
        "rank_low",
        "rank_high",
        "is_withheld",
        "absence",
    ),
    key=("municipality_code",),
    references=_HERE,
)

INDEX_SENSITIVITY = Table(
    name="index_sensitivity",
    file="index_kanslighet",
    label="Indexets känslighet",
    row="hur mycket ett val påverkar en kommuns plats, eller platserna i medel",
    layer="derived",
    computed=("unit_id", "choice", "first_order", "total_order"),
    key=("unit_id", "choice"),
)

SURVIVAL = Table(
    name="survival",
    file="uppskalning",
    label="Från test till uppskalning",
    row="ett steg i kurvan över andelen uppskalade tester",
    layer="derived",
    computed=(
        "survival_group",
        "group_label",
        "time_years",
        "share_scaled",
        "low",
        "high",
        "at_risk",
        "events",
    ),
    key=("survival_group", "time_years"),
)

COOPERATION = Table(
    name="cooperation",
    file="samarbeten",
    label="Samarbeten",
    row="två parter som deltar i samma testverksamhet",
    layer="derived",
    computed=("party", "other_party", "is_municipal", "activities", "activity_ids"),
    key=("party", "other_party"),
)

SIMILAR_MUNICIPALITY = Table(
    name="similar_municipality",
    file="liknande_kommuner",
    label="Liknande kommuner",
    row="en kommun och en som liknar den",
    layer="derived",
    computed=("municipality_code", "similar_code", "similar_rank", "distance", "reason"),
    key=("municipality_code", "similar_code"),
    references=_HERE,
)

EXCERPT_COUNT = Table(
    name="excerpt_count",
    file="utdrag",
    label="I utdrag",
    row="antal referat från en kommun, eller regionen, av ett dokumentslag, en röst och en nivå",
    layer="derived",
    computed=(
        "unit_kind",
        "unit_id",
        "unit_name",
        "document_kind",
        "voice",
        "commitment",
        "level",
        "is_general",
        "excerpts",
        "unsure_excerpts",
    ),
    key=("unit_kind", "unit_id", "document_kind", "voice", "commitment", "is_general"),
)

TO_CHECK = Table(
    name="to_check",
    file="att_kontrollera",
    label="Att kontrollera och samla in",
    row="något vars läge är okänt eller vars text saknas, med vad ett svar skulle ändra",
    layer="derived",
    computed=(
        "check_order",
        "priority",
        "municipality_code",
        "check_subject",
        "subject_id",
        "subject_name",
        "check_reasons",
        "last_step",
        "status_per",
        "look_at",
        "would_change",
        "check_page",
    ),
    key=("check_subject", "subject_id"),
    references=_HERE,
)

DERIVED_TABLES: tuple[Table, ...] = (
    CARRY_THROUGH,
    OPEN_WINDOW,
    WINDOW_MATCH,
    INDEX_RANK,
    INDEX_SENSITIVITY,
    SURVIVAL,
    COOPERATION,
    SIMILAR_MUNICIPALITY,
    EXCERPT_COUNT,
    TO_CHECK,
)
