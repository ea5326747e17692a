"""The codebook holds together, and every entry holds for its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.errors import ContractError
from pipelines.reading.codebook import DIRECTORY, Codebook, Entry, load_codebook
from pipelines.reading.coding.code import code_texts
from pipelines.reading.coding.features import see

BOOK = load_codebook()
SENTENCE = "Kommunen vill upplåta torget som testbädd för nya leveranssätt."


def _ids(text: str) -> set[str]:
    look = see(text, BOOK, "op")
    return {entry.id for entry, _ in (*look.hits, *look.cancelled)}


@pytest.mark.parametrize("entry", BOOK.entries, ids=lambda entry: entry.id)
def test_entry_is_found_in_its_examples_and_not_in_its_counterexamples(entry: Entry) -> None:
    assert entry.examples
    assert entry.counterexamples
    assert entry.meaning.endswith(".")
    assert [text for text in entry.examples if entry.id not in _ids(text)] == []
    assert [text for text in entry.counterexamples if entry.id in _ids(text)] == []


def test_every_instrument_and_theme_has_an_entry_that_speaks_for_it() -> None:
    from pipelines.model.codes import INSTRUMENT, THEME

    spoken = {code for entry in BOOK.entries for code in (*entry.instruments, *entry.themes)}
    assert set(INSTRUMENT.values) | set(THEME.values) <= spoken


def test_hash_follows_what_changes_coding() -> None:
    assert BOOK.hash == load_codebook().hash
    assert BOOK.without(["testbadd"]).hash != BOOK.hash
    assert BOOK.with_weights({"relevant": {"konstant": 1.0}}).hash != BOOK.hash
    assert BOOK.without([]).hash == BOOK.hash


def test_an_entry_switched_off_stops_speaking() -> None:
    on = code_texts([SENTENCE], ["op"], BOOK)[0]
    off = code_texts([SENTENCE], ["op"], BOOK.without(["testbadd"]))[0]
    assert any(span.entry == "testbadd" for span in on.spans)
    assert not any(span.entry == "testbadd" for span in off.spans)
    assert off.confidence < on.confidence


@pytest.mark.parametrize("switched_off", ["prova", "uppskalning", "tema_energi", "ska", "nekas"])
def test_switching_off_never_adds_a_match_of_the_entry(switched_off: str) -> None:
    texts = [text for entry in BOOK.entries for text in entry.examples]
    less = BOOK.without([switched_off])
    for text in texts:
        found = {entry.id for entry, _ in see(text, less, "op").hits}
        assert switched_off not in found
        assert found >= {
            entry.id for entry, _ in see(text, BOOK, "op").hits if entry.id != switched_off
        }


def _copy(tmp_path: Path, name: str, text: str) -> Path:
    for path in DIRECTORY.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


ENTRY = (
    'kind = "concept"\n[[entry]]\nid = "{id}"\nlabel = "x"\nmeaning = "x."\nwords = ["x"]\n'
    'examples = ["Ett x."]\n'
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind = ", "går inte att läsa"),
        ('kind = "okänd"\n[[entry]]\nid = "x"\n', "går inte att läsa"),
        (ENTRY.format(id="testbadd"), "testbadd"),
        (ENTRY.format(id="ny") + 'themes = ["väder"]\n', "väder"),
        (ENTRY.format(id="ny") + 'level = "kanske"\n', "kanske"),
    ],
)
def test_an_unsound_file_is_named(tmp_path: Path, text: str, found: str) -> None:
    with pytest.raises(ContractError, match=found):
        load_codebook(_copy(tmp_path, "zz.toml", text))


def test_entries_can_be_read_without_weights(tmp_path: Path) -> None:
    book: Codebook = load_codebook(_copy(tmp_path, "zz.toml", ENTRY.format(id="ny")))
    assert book.weights == {}
    assert "ny" in book.by_id
    with pytest.raises(ContractError, match="saknar vikter"):
        code_texts([SENTENCE], ["op"], book)
