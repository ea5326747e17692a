import base64
import hashlib
import re
from pathlib import Path

import streamlit

from dashboard.web.bundles import SCRIPTS, swedish_bundles
from dashboard.web.language import REPLACEMENTS
from dashboard.web.page import content_policy, swedish_page
from dashboard.web.preloads import ELEMENTS

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


def test_every_english_word_is_found_in_this_streamlit():
    _, missing = swedish_bundles()

    assert missing == ()


def test_rewritten_scripts_hold_the_swedish_words():
    bundles, _ = swedish_bundles()
    index = next(name for name in bundles if name.startswith("index."))
    text = bundles[index].body.decode()

    assert "Hoppa till innehållet" in text
    assert "Skip to main content" not in text
    assert len(bundles[index].packed) < len(bundles[index].body)
    assert all((SCRIPTS / name).is_file() for name in bundles)


def test_a_replacement_changes_only_what_it_names():
    for each in REPLACEMENTS:
        assert each.english != each.swedish
        assert (each.english.count("`") - each.swedish.count("`")) % 2 == 0, each


def test_the_first_page_is_swedish_and_ours():
    page = swedish_page(INDEX)

    assert '<html lang="sv">' in page
    assert "<title>Innovation i planeringen</title>" in page
    assert "service-desc" not in page
    assert page.index("huvud.js") < page.index('type="module"')


def test_only_scripts_of_this_page_may_run():
    page = swedish_page(INDEX)
    policy = content_policy(page)
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()

    assert f"'sha256-{digest}'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert "http:" not in policy


def test_the_first_page_asks_once_for_every_script_that_all_pages_need():
    asked = re.findall(
        r'<link rel="modulepreload"[^>]*href="\./static/js/([^"]+)"', swedish_page(INDEX)
    )

    assert len(asked) == len(set(asked))
    assert all((SCRIPTS / name).is_file() for name in asked)
    for element in (*ELEMENTS, "purify.es"):
        assert any(name.startswith(f"{element}.") for name in asked), element
