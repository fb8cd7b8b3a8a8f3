"""The editors' texts beside the news, from build to build."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsdigest.commands.doctor_desk import standing_texts
from newsdigest.commands.texts import write_texts
from newsroom import Newsroom, article


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.build()
    return newsroom


def test_a_text_changes_its_page_and_no_other_and_ours_comes_back_without_it(
    newsroom: Newsroom,
) -> None:
    ours = newsroom.site
    newsroom.write("pages/about.md", "Title: Qui sommes-nous\n\nNous sommes trois.\n")
    outcome = newsroom.build()
    assert {page.kind: why for page, why in outcome.reasons.items()} == {
        "about": "the editors changed its text"
    }
    assert b"Nous sommes trois." in newsroom.site["a-propos/index.html"]
    assert newsroom.site == newsroom.clean_build()
    assert newsroom.build().reasons == {}
    (newsroom.content / "pages/about.md").unlink()
    newsroom.build()
    assert {p: d for p, d in newsroom.site.items() if ".lefil" not in p} == {
        p: d for p, d in ours.items() if ".lefil" not in p
    }


def test_a_text_that_cannot_be_read_leaves_the_page_as_it_was_and_is_told(
    newsroom: Newsroom,
) -> None:
    newsroom.write("pages/legal.md", "Nous publions.\n")
    newsroom.build()
    before = newsroom.site["mentions-legales/index.html"]
    for bad in (b"\xff\xfe\x00", b"> " * 400 + b"x"):
        (newsroom.content / "pages/legal.md").write_bytes(bad)
        outcome = newsroom.build()
        assert newsroom.site["mentions-legales/index.html"] == before
        assert [error.facts["file"] for error in outcome.report.unreadable] == ["pages/legal.md"]


def test_a_text_is_no_article_and_one_beside_it_is(newsroom: Newsroom) -> None:
    for name in ("about", "accessibility", "legal", "autre"):
        newsroom.write(f"pages/{name}.md", "Title: Un titre\n\nUn texte.\n")
    report = newsroom.build().report
    assert report.found == 2  # the article and pages/autre.md


def test_texts_are_written_once_and_kept(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.write("pages/legal.md", "À nous.\n")
    before = newsroom.site
    assert write_texts(newsroom.settings) == 0
    assert capsys.readouterr().out.splitlines() == [
        "pages/about.md est écrit : modifiez-le, puis invoke build.",
        "pages/accessibility.md est écrit : modifiez-le, puis invoke build.",
        "pages/legal.md est là déjà : laissé tel quel.",
    ]
    assert (newsroom.content / "pages/legal.md").read_text("utf-8") == "À nous.\n"
    newsroom.build()
    assert newsroom.site["a-propos/index.html"] == before["a-propos/index.html"]


def test_the_doctor_says_what_is_left_out_and_which_names_are_unknown(newsroom: Newsroom) -> None:
    newsroom.write("pages/about.md", "[[redaction]] [[contact]]\n")
    unknown, untold = standing_texts(newsroom.settings, newsroom.folder)
    assert unknown.facts == {"file": "pages/about.md", "names": "redaction"}
    assert untold.facts == {
        "settings": "SITE_CONTACT, ACCESSIBILITY_CHECKED, SITE_PUBLISHER, SITE_DIRECTOR, SITE_HOST"
    }
