import polars as pl

from tests.conftest import World


def coverage(build, table: str, key: str) -> dict[str, str]:
    return dict(build.frames[table].select(key, "coverage").rows())


def test_absence_is_typed_and_only_read_objects_have_a_zero(world: World):
    build = world.untouched()
    assert coverage(build, "planning_object", "object_id") == {
        "op-gammal": "superseded",
        "op-ny": "read_found",
        "dp-kvarnen": "read_none",
        "op-torpa": "not_collected",
        "dp-vreta": "not_collected",
        "ma-kvarnen": "read_found",
        "ma-torpa": "not_applicable",
    }
    levels = dict(build.frames["planning_object"].select("object_id", "level").rows())
    assert levels["dp-kvarnen"] == 0
    assert levels["op-torpa"] is None
    assert levels["ma-torpa"] is None


def test_a_registered_file_that_is_missing_is_known_but_not_collected(world: World):
    build = world.untouched()
    assert coverage(build, "document", "document_id")["d4"] == "not_collected"
    assert any(
        issue.rule == "fil_saknas" and "finns_inte.pdf" in issue.message for issue in build.issues
    )


def test_a_passage_carries_its_quote_page_section_and_deciding_word(world: World):
    passages = world.untouched().frames["passage"].filter(pl.col("document_id") == "d3")
    assert passages.height == 1
    row = passages.row(0, named=True)
    assert row["quote"].startswith("Byggherren ska upplåta en lägenhet som testbädd")
    assert (row["page"], row["section"], row["commitment"]) == (1, "Villkor", "shall")
    assert "testbadd" in row["instruments"]
    assert row["is_counted"]
    assert '"role": "deciding"' in row["spans"]


def test_an_unregistered_document_in_its_plans_folder_is_read_and_reported(world: World):
    text = "Kvarnen 3\nGranskningsutlåtande\nDnr BN 2021/204\n\nInga synpunkter inkom.\n"
    file = world.data / "liten" / "inbox" / "9801" / "dp-kvarnen" / "utlatande.txt"
    file.write_text(text, "utf-8")
    build = world.build()
    row = build.frames["document"].filter(pl.col("file_name") == "utlatande.txt").row(0, named=True)
    assert (row["object_id"], row["link_kind"]) == ("dp-kvarnen", "folder")
    assert row["document_kind"] == "granskningsutlatande"
    assert any(issue.rule == "ej_registrerad" for issue in build.issues)


def test_an_unregistered_document_is_linked_by_its_case_number(world: World, tmp_path):
    inbox = tmp_path / "inkommet"
    inbox.mkdir()
    (inbox / "okand.txt").write_text(
        "Planbeskrivning\nUlvsunds kommun\nDiarienummer BN 2021/204\n\n"
        "Marken är plan och består av lera.\n"
    )
    build = world.build(inbox)
    row = build.frames["document"].filter(pl.col("file_name") == "okand.txt").row(0, named=True)
    assert (row["municipality_code"], row["object_id"]) == ("9801", "dp-kvarnen")
    assert row["link_kind"] == "case_number"


def test_a_document_of_no_known_municipality_is_an_issue_not_a_row(world: World, tmp_path):
    inbox = tmp_path / "inkommet"
    inbox.mkdir()
    (inbox / "vilse.txt").write_text(
        "Planbeskrivning\n\nMarken är plan och består av lera på fast botten.\n"
    )
    build = world.build(inbox)
    assert "vilse.txt" not in build.frames["document"]["file_name"].to_list()
    issue = next(issue for issue in build.issues if issue.rule == "ingen_kommun")
    assert issue.file_name == "vilse.txt"
    assert issue.remedy


def test_only_the_latest_version_of_a_document_counts(world: World):
    folder = world.data / "liten"
    register = folder / "register" / "dokument.csv"
    register.write_text(
        register.read_text("utf-8-sig")
        + "d5;9801;op-ny;Översiktsplan;Översiktsplan 2035 reviderad;Antagen;2024-01-15;op2.txt\n",
        "utf-8-sig",
    )
    text = (folder / "inbox/9801/op-ny/op.txt").read_text().replace("testbädd för nya", "plats för")
    (folder / "inbox/9801/op-ny/op2.txt").write_text(text)
    build = world.build()
    latest = dict(build.frames["document"].select("document_id", "is_latest").rows())
    assert (latest["d1"], latest["d5"]) == (False, True)
    assert build.frames["passage"].filter(document_id="d1", is_counted=True).is_empty()


def test_a_damaged_document_is_typed_not_fatal(world: World):
    (world.data / "liten/inbox/9803/dp-vreta").mkdir(parents=True)
    (world.data / "liten/inbox/9803/dp-vreta/finns_inte.pdf").write_bytes(b"%PDF-1.7 trasig")
    build = world.build()
    assert coverage(build, "document", "document_id")["d4"] == "unreadable"
    assert coverage(build, "planning_object", "object_id")["dp-vreta"] == "unreadable"


ENGLISH = (
    "The plan area is situated by the lake and consists of two blocks with housing for all.\n"
    "The developer shall provide a flat as a test bed for new energy solutions in the area.\n"
)


def test_a_plan_in_another_language_is_not_understood_and_no_zero(world: World):
    (world.data / "liten/inbox/9803/dp-vreta").mkdir(parents=True)
    (world.data / "liten/inbox/9803/dp-vreta/finns_inte.pdf").write_text(ENGLISH)
    build = world.build()
    assert coverage(build, "document", "document_id")["d4"] == "not_understood"
    row = build.frames["planning_object"].filter(object_id="dp-vreta").row(0, named=True)
    assert (row["coverage"], row["level"], row["passages"]) == ("not_understood", None, None)
    assert "engelska" in row["coverage_reason"]
    shares = build.frames["indicator_value"].filter(indicator_id="1.1", unit_id="9803", part="dp")
    assert shares["absence_kind"].to_list() == ["not_understood"]


def test_an_object_with_a_part_that_is_not_understood_is_no_zero_either(world: World):
    folder = world.data / "liten/inbox/9801/dp-kvarnen"
    register = world.data / "liten/register/dokument.csv"
    register.write_text(
        register.read_text("utf-8-sig")
        + "d5;9801;dp-kvarnen;Planbeskrivning;Plan description;Samråd;2024-01-15;plan_map.txt\n",
        "utf-8-sig",
    )
    (folder / "plan_map.txt").write_text(ENGLISH)
    build = world.build()
    assert coverage(build, "planning_object", "object_id")["dp-kvarnen"] == "not_understood"


def test_an_object_with_a_part_that_cannot_be_read_is_no_zero_either(world: World):
    folder = world.data / "liten/inbox/9801/dp-kvarnen"
    register = world.data / "liten/register/dokument.csv"
    register.write_text(
        register.read_text("utf-8-sig")
        + "d5;9801;dp-kvarnen;Planbeskrivning;Plan;Samråd;2024-01-15;plan_bilaga.pdf\n",
        "utf-8-sig",
    )
    found = coverage(world.build(), "planning_object", "object_id")["dp-kvarnen"]
    assert found != "unreadable"
    (folder / "plan_bilaga.pdf").write_bytes(b"%PDF-1.7 trasig")
    row = world.build().frames["planning_object"].filter(object_id="dp-kvarnen").row(0, named=True)
    assert (row["coverage"], row["level"], row["passages"]) == ("unreadable", None, None)
    assert "skadad" in row["coverage_reason"]


def test_a_document_whose_coding_broke_its_limits_is_no_zero(world: World, monkeypatch):
    from pipelines import build as steps

    code = steps.code_documents

    def without_the_plan(items, *args, **kwargs):
        found = code(items, *args, **kwargs)
        return {key: value for key, value in found.items() if key != "d2"}

    monkeypatch.setattr(steps, "code_documents", without_the_plan)
    build = world.build()
    assert coverage(build, "document", "document_id")["d2"] == "unreadable"
    row = build.frames["planning_object"].filter(object_id="dp-kvarnen").row(0, named=True)
    assert (row["coverage"], row["level"]) == ("unreadable", None)
    assert "Kodningen avbröts" in row["coverage_reason"]
