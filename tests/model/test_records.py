"""Every record of the model loads, and a broken one is refused by file, record, field, remedy."""

import re
import tomllib
from pathlib import Path

import pytest

from pipelines.errors import ContractError
from pipelines.model.codes import CODE_LIST, load_code_lists
from pipelines.model.columns import COLUMN, load_columns
from pipelines.model.records import FOLDER
from pipelines.model.tables import REGISTERS, TABLE, load_tables


def written(pattern: str) -> list[tuple[str, dict]]:
    """Records as they are in the files, read without the loader."""
    return [
        (name, fields)
        for file in sorted(FOLDER.glob(pattern))
        for name, fields in tomllib.loads(file.read_text("utf-8")).items()
    ]


def test_every_column_is_loaded_as_written():
    records = written("columns/*.toml")
    assert len(records) == len(COLUMN)
    for name, fields in records:
        column = COLUMN[name]
        assert (column.label, column.meaning) == (fields["label"], fields["meaning"])
        assert column.kind == fields.get("kind", "text")
        assert (column.codes.name if column.codes else None) == fields.get("codes")
        assert (column.minimum, column.maximum) == (fields.get("minimum"), fields.get("maximum"))
        assert bool(column.pattern) == ("pattern" in fields)


def test_every_code_list_is_loaded_as_written():
    records = written("codes/*.toml")
    assert len(records) == len(CODE_LIST)
    for name, fields in records:
        codes = CODE_LIST[name]
        own = [each for each in fields["codes"] if isinstance(each, dict)]
        names = [each["code"] for each in own]
        assert [value for value in codes.values if value in names] == names
        for each in own:
            assert codes.labels[each["code"]] == each["label"]
            assert {text.casefold() for text in each.get("synonyms", ())} <= set(codes.spellings)
        assert codes.groups == {
            key: tuple(group) for key, group in fields.get("groups", {}).items()
        }


def test_every_table_is_loaded_as_written():
    records = written("tables.toml")
    assert [name for name, _ in records] == list(TABLE)
    for name, fields in records:
        table = TABLE[name]
        columns = [*fields.get("delivered", ()), *fields.get("computed", ())]
        assert [column.name for column in table.columns] == columns
        assert table.references == fields.get("references", {})
        assert table.key == tuple(fields["key"])


def test_registers_come_before_the_tables_that_need_them():
    seen: set[str] = set()
    for table in REGISTERS:
        seen.add(table.name)
        assert set(table.references.values()) <= seen


def test_codes_are_taken_over_from_other_lists_in_order():
    assert CODE_LIST["object_stage"].values == (
        *CODE_LIST["plan_stage"].values,
        *CODE_LIST["allocation_status"].values,
    )
    assert CODE_LIST["check_reason"].values[:2] == ("stale", "excerpt_only")


COLUMN_RECORD = '[area]\nlabel = "Areal"\nmeaning = "Landareal."\n'
CODES_RECORD = (
    '[size]\nlabel = "Storlek"\ncodes = [{ code = "s", label = "S", meaning = "Liten." }]\n'
)
TABLE_RECORD = (
    '[town]\nfile = "orter"\nlabel = "Orter"\nrow = "en ort"\nlayer = "fact"\n'
    'delivered = ["municipality_code", "note"]\nkey = ["municipality_code"]\n'
)

BROKEN = [
    (load_columns, '[area]\nlabel = "Areal"\n', "area", "meaning", "saknas"),
    (load_columns, '[area]\nlabel = "Areal"\nmeaning = "Utan punkt"\n', "area", "meaning", "punkt"),
    (load_columns, COLUMN_RECORD + "untt = 1\n", "area", "untt", "finns inte"),
    (load_columns, COLUMN_RECORD + 'kind = "number"\n', "area", "kind", "'number'"),
    (load_columns, COLUMN_RECORD + 'kind = "code"\n', "area", "codes", "kind är code"),
    (load_columns, COLUMN_RECORD + 'codes = "theme"\n', "area", "codes", "kind är text"),
    (load_columns, COLUMN_RECORD + 'kind = "code"\ncodes = "tema"\n', "area", "codes", "'tema'"),
    (load_columns, COLUMN_RECORD + "codes = [1]\n", "area", "codes", "[1]"),
    (load_columns, COLUMN_RECORD + 'pattern = "ids"\n', "area", "pattern", "'ids'"),
    (load_columns, COLUMN_RECORD + 'minimum = "noll"\n', "area", "minimum", "'noll'"),
    (load_columns, COLUMN_RECORD + "minimum = 2\nmaximum = 1\n", "area", "maximum", "minimum är 2"),
    (
        load_columns,
        COLUMN_RECORD + 'pattern = "municipality"\nexample = "180"\n',
        "area",
        "example",
        "'180'",
    ),
    (load_columns, COLUMN_RECORD.replace("area", "Area"), "Area", "name", "'Area'"),
    (load_columns, 'label = "Areal"\n', "label", "label", "utanför en post"),
    (load_code_lists, '[size]\nlabel = "Storlek"\n', "size", "codes", "None"),
    (load_code_lists, CODES_RECORD.replace(', label = "S"', ""), "size, kod s", "label", "saknas"),
    (load_code_lists, '[size]\nlabel = "S"\ncodes = ["plan"]\n', "size", "codes", "'plan'"),
    (load_code_lists, '[size]\nlabel = "S"\ncodes = ["size"]\n', "size", "codes", "'size'"),
    (load_code_lists, '[size]\nlabel = "S"\ncodes = []\n', "size", "codes", "[]"),
    (load_code_lists, CODES_RECORD + 'groups.big = ["l"]\n', "size", "groups", "gruppen big har l"),
    (
        load_code_lists,
        CODES_RECORD.replace("}]", '}, { code = "s", label = "Z", meaning = "Liten." }]'),
        "size",
        "codes",
        "koden s står flera gånger",
    ),
    (load_tables, TABLE_RECORD.replace('"note"', '"not"'), "town", "delivered", "kolumnen not"),
    (load_tables, TABLE_RECORD + 'computed = ["note"]\n', "town", "computed", "anmarkning"),
    (load_tables, TABLE_RECORD + 'required = ["page"]\n', "town", "required", "kolumnen page"),
    (
        load_tables,
        TABLE_RECORD.replace('y = ["municipality_code"', 'y = ["page"'),
        "town",
        "key",
        "page",
    ),
    (load_tables, TABLE_RECORD + 'references.page = "town"\n', "town", "references", "page"),
    (load_tables, TABLE_RECORD + 'references.note = "city"\n', "town", "references.note", "city"),
    (load_tables, TABLE_RECORD.replace('"fact"', '"facts"'), "town", "layer", "'facts'"),
    (
        load_tables,
        TABLE_RECORD + TABLE_RECORD.replace("[town]", "[village]"),
        "village",
        "file",
        "redan filen för town",
    ),
]


@pytest.mark.parametrize(
    ("load", "text", "record", "field", "problem"),
    BROKEN,
    ids=[f"{load.__name__}-{field}-{problem}" for load, _, _, field, problem in BROKEN],
)
def test_a_broken_record_is_refused(tmp_path: Path, load, text, record, field, problem):
    file = tmp_path / "trasig.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ContractError) as refused:
        load(tmp_path)
    error = refused.value
    assert f"trasig.toml, posten [{record}], fältet {field}:" in error.found
    assert problem in error.found + error.expected
    assert error.expected.startswith("Väntat: ")
    assert str(file) in error.do


def test_a_sound_record_is_taken(tmp_path: Path):
    (tmp_path / "bra.toml").write_text(COLUMN_RECORD + 'unit = "km²"\n', "utf-8")
    assert load_columns(tmp_path)["area"].unit == "km²"
    (tmp_path / "bra.toml").write_text(TABLE_RECORD, "utf-8")
    assert load_tables(tmp_path)[0].key == ("municipality_code",)
    (tmp_path / "bra.toml").write_text(CODES_RECORD + 'groups.small = ["s"]\n', "utf-8")
    assert load_code_lists(tmp_path)["size"].groups == {"small": ("s",)}


def test_a_name_stands_in_one_file(tmp_path: Path):
    (tmp_path / "a.toml").write_text(COLUMN_RECORD, "utf-8")
    (tmp_path / "b.toml").write_text(COLUMN_RECORD, "utf-8")
    with pytest.raises(ContractError, match=re.escape("b.toml, posten [area]") + ".*a.toml"):
        load_columns(tmp_path)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path):
    (tmp_path / "a.toml").write_text("[area\n", "utf-8")
    with pytest.raises(ContractError, match=r"a\.toml går inte att läsa"):
        load_columns(tmp_path)
