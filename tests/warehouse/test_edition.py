import duckdb
import pytest

from pipelines.errors import ContractError, EditionError
from pipelines.model.tables import TABLES
from pipelines.warehouse import edition
from pipelines.warehouse.verify import verify
from tests.conftest import World


def test_the_same_inputs_give_the_same_edition_and_read_nothing_again(world: World):
    first, second = world.untouched(), world.build()
    assert first.documents_read == 3
    assert (second.documents_read, second.documents_cached) == (0, 3)
    assert second.published.content_hash == first.published.content_hash
    assert not second.published.is_new
    assert len(edition.list_editions("liten")) == 1


def test_a_changed_delivery_gives_a_new_edition_and_keeps_the_old(world: World):
    first = world.untouched()
    (world.data / "liten/inbox/9801/dp-kvarnen/kvarnen.txt").write_text(
        "Detaljplan för Kvarnen 3\n\fSyfte\n\n"
        "Kommunen avser att pröva en ny energilösning i en testbädd.\n"
    )
    second = world.build()
    assert second.documents_read == 1
    assert second.published.edition_id != first.published.edition_id
    assert edition.current_file("liten") == second.published.file
    assert first.published.file.is_file()


def test_an_edition_describes_itself(world: World):
    world.untouched()
    with edition.open_edition("liten") as con:
        facts = con.sql("SELECT * FROM edition").pl().to_dicts()[0]
        described = {row[0] for row in con.sql("SELECT table_name FROM catalog_table").fetchall()}
        comments = con.sql(
            "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'plan' AND comment IS NULL"
        ).fetchall()
    assert facts["region"] == "liten"
    assert facts["is_example"]
    assert described == {table.name for table in TABLES}
    assert comments == [(0,)]


def test_a_region_without_an_edition_says_what_to_run(world: World):
    with pytest.raises(EditionError) as caught:
        edition.open_edition("liten")
    assert "planinnovation run --region liten" in caught.value.do


BREACHES = {
    "UPDATE passage SET commitment = 'kanske'": "okänd kod",
    "UPDATE delivery SET rows_rejected = 7": "Rader in",
    "INSERT INTO plan SELECT * FROM plan LIMIT 1": "inte unik",
    "UPDATE planning_object SET level = 0 WHERE coverage = 'not_collected'": "nolla",
    "UPDATE document SET municipality_code = '0000'": "pekar utanför",
    "UPDATE passage SET page = 99": "Sidan",
}
"""Breach of a contract → what the refusal says."""


def test_an_edition_that_breaks_a_contract_is_not_published(world: World):
    with duckdb.connect(str(world.untouched().published.file)) as con:
        verify(con)
        for breach, says in BREACHES.items():
            con.begin()
            con.execute(breach)
            with pytest.raises(ContractError, match=says):
                verify(con)
            con.rollback()


def test_a_failed_build_leaves_the_last_good_edition(world: World, monkeypatch: pytest.MonkeyPatch):
    good = world.untouched().published.file

    def fail(_: duckdb.DuckDBPyConnection) -> None:
        raise ContractError("Fel.", expected="Rätt.", do="Rätta.")

    monkeypatch.setattr(edition, "verify", fail)
    (world.data / "liten/register/upphandlingar.csv").unlink()
    with pytest.raises(ContractError):
        world.build(accept=["upphandlingar"])
    assert edition.current_file("liten") == good
    assert [file.name for file in good.parent.glob(".*")] == []


def test_old_editions_are_pruned_but_never_the_current(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(edition, "KEPT", 2)
    register = world.data / "liten/register/upphandlingar.csv"
    for number in range(3):
        register.write_text(
            register.read_text("utf-8-sig") + f"v{number};K;9801;Köp;Fkup;2024\n", "utf-8-sig"
        )
        last = world.build().published.file
    assert len(edition.list_editions("liten")) == 2
    assert edition.current_file("liten") == last


def test_going_back_to_earlier_inputs_points_back_to_their_edition(world: World):
    register = world.data / "liten/register/upphandlingar.csv"
    before = register.read_bytes()
    first = world.build().published
    written = first.file.stat().st_mtime_ns
    register.write_text("Upphandling-id;Köpare;Upphandling;Slag av upphandling\n", "utf-8")
    assert world.build(accept=["upphandlingar"]).published.edition_id != first.edition_id
    register.write_bytes(before)
    again = world.build().published
    assert again.edition_id == first.edition_id
    assert edition.current_file("liten") == first.file
    assert first.file.stat().st_mtime_ns == written
