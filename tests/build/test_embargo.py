"""Embargoes: until their minute nothing of an article is on the site; then it is there by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from newsdigest.archive.update.unnamed import Unnamed
from newsdigest.base.errors import BuildError, LeakError
from newsdigest.base.i18n import translations
from newsdigest.base.records import Page
from newsdigest.build import Outcome
from newsdigest.commands.marks import marks_of
from newsdigest.site.renderer import Renderer
from newsroom import Newsroom, article, site

HEADLINE = "Le prix Halloran revient à la physicienne Ilse Brandon"
TEXT = (
    "La physicienne Ilse Brandon a reçu le prix Halloran pour ses travaux sur le sel de Belrive,"
    " a annoncé l'académie de Genève."
)
BEFORE, END = "2026-01-20T05:59:59+01:00", "2026-01-20T06:00:00+01:00"


def embargoed(line: str = "Embargo : 20 janvier 2026 à 6h00", headline: str = HEADLINE) -> str:
    return article(headline, "2026-01-19", f"{line}\n\n{TEXT}", ("Le port de Belrive rouvre",))


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Others that name the same people, cite the article, and are like it."""
    newsroom = Newsroom(tmp_path)
    newsroom.write("port.txt", article("Le port de Belrive rouvre", "2026-01-12"))
    for number in range(3):
        newsroom.write(
            f"sel-{number}.txt",
            article(
                f"Le sel de Belrive, épisode {number}",
                f"2026-01-1{number + 5}",
                f"Ilse Brandon a décrit à Genève le sel de Belrive, chapitre {number}.",
                (HEADLINE, f"{HEADLINE}…", "Un titre que personne ne porte ici"),
            ),
        )
    return newsroom


def build(newsroom: Newsroom, moment: str, **more: Any) -> Outcome:
    now = datetime.fromisoformat(moment)
    return newsroom.build(rules=replace(newsroom.settings.rules, now=now), **more)


def pages(newsroom: Newsroom) -> list[str]:
    return [path for path in newsroom.site if not path.startswith(".lefil/")]


def told(newsroom: Newsroom) -> set[str]:
    """The files of the site that say anything of it."""
    return {
        path
        for path, data in newsroom.site.items()
        if b"Halloran" in data or b"halloran" in data or b"prix-h" in path.encode()
    }


def test_until_its_minute_nothing_of_it_is_on_the_site_and_then_all_is(newsroom: Newsroom) -> None:
    build(newsroom, BEFORE)
    without = pages(newsroom)
    newsroom.write("prix.txt", embargoed())
    report = build(newsroom, BEFORE).report
    assert (report.draft, told(newsroom), pages(newsroom)) == (1, set(), without)
    build(newsroom, END)
    page = newsroom.site["2026/01/19/le-prix-halloran-revient-a-la-physicienne-ilse-brandon.html"]
    assert b"Embargo" not in page
    assert b"2026-01-19" in page
    assert "feeds/all.atom" in told(newsroom)
    assert newsroom.site == newsroom.clean_build(
        rules=replace(newsroom.settings.rules, now=datetime.fromisoformat(END))
    )


def test_a_line_that_cites_it_is_silent_until_then_and_linked_afterwards(
    newsroom: Newsroom,
) -> None:
    build(newsroom, BEFORE)
    citing = "2026/01/15/le-sel-de-belrive-episode-0.html"
    assert b"prix Halloran" in newsroom.site[citing]  # nobody knows of an embargo yet
    newsroom.write("prix.txt", embargoed())
    build(newsroom, BEFORE)
    page = newsroom.site[citing]
    assert b"Halloran" not in page
    assert b"Un titre que personne ne porte" in page
    build(newsroom, END)
    assert b'halloran-revient-a-la-physicienne-ilse-brandon.html"' in newsroom.site[citing]


def test_a_copy_without_the_line_is_held_with_it(newsroom: Newsroom) -> None:
    newsroom.write(
        "copie/prix.txt", article(HEADLINE, "2026-01-19", TEXT, ("Le port de Belrive rouvre",))
    )
    build(newsroom, BEFORE)
    assert told(newsroom)
    newsroom.write("prix.txt", embargoed())
    report = build(newsroom, BEFORE).report
    assert (report.draft, told(newsroom)) == (2, set())
    (newsroom.content / "prix.txt").unlink()
    build(newsroom, BEFORE)
    assert told(newsroom)


def test_the_editors_decide_and_have_the_last_word(newsroom: Newsroom) -> None:
    newsroom.write("prix.txt", article(HEADLINE, "2026-01-19", TEXT))
    build(newsroom, BEFORE)
    assert told(newsroom)
    newsroom.write(
        "decisions.toml", '[[embargo]]\narticle = "prix"\nuntil = "20 janvier 2026 à 6h"\n'
    )
    build(newsroom, BEFORE)
    assert told(newsroom) == set()
    newsroom.write(
        "decisions.toml", '[[embargo]]\narticle = "prix"\nuntil = 2026-01-20T05:30:00+01:00\n'
    )
    build(newsroom, BEFORE)
    assert told(newsroom)
    newsroom.write("prix.txt", embargoed())
    build(newsroom, BEFORE)
    assert told(newsroom)  # they lifted what the text asks
    (newsroom.content / "decisions.toml").unlink()
    build(newsroom, BEFORE)
    assert told(newsroom) == set()


def test_decisions_that_speak_of_an_embargo_and_cannot_be_read_stop_the_build(
    newsroom: Newsroom,
) -> None:
    newsroom.write("decisions.toml", "")
    build(newsroom, BEFORE)
    before = newsroom.site
    newsroom.write("prix.txt", article(HEADLINE, "2026-01-19", TEXT))
    for until in ('"bientôt"', "6", '"20 janvier 2026'):
        newsroom.write("decisions.toml", f'[[embargo]]\narticle = "prix"\nuntil = {until}\n')
        with pytest.raises(BuildError) as refused:
            build(newsroom, BEFORE)
        assert (refused.value.exitcode, newsroom.site) == (1, before)


def test_a_published_article_whose_embargo_is_not_understood_is_taken_off(
    newsroom: Newsroom,
) -> None:
    newsroom.write("prix.txt", article(HEADLINE, "2026-01-19", TEXT))
    build(newsroom, BEFORE)
    newsroom.write("prix.txt", embargoed("Embargo : bientôt"))
    report = build(newsroom, BEFORE).report
    assert ([r.code for r in report.rejections], report.kept) == (["E_EMBARGO"], 0)
    # The lines of others that name it are then as of any article that is not there.
    assert not any("le-prix-halloran" in path for path in newsroom.site)


def test_a_clock_turned_back_holds_it_again(newsroom: Newsroom) -> None:
    newsroom.write("prix.txt", embargoed())
    build(newsroom, END)
    assert told(newsroom)
    build(newsroom, BEFORE, allow_clock_back=True)
    assert told(newsroom) == set()


def test_a_headline_that_another_article_bears_is_no_secret(newsroom: Newsroom) -> None:
    newsroom.write("prix.txt", embargoed())
    newsroom.write("annonce.txt", article(HEADLINE, "2026-01-10", "Le prix sera remis mardi."))
    newsroom.write("cite.txt", article("On en parle", "2026-01-16", "", (f"{HEADLINE}…",)))
    build(newsroom, BEFORE)
    page = newsroom.site["2026/01/15/le-sel-de-belrive-episode-0.html"]
    assert b"2026/01/10/le-prix-halloran" in page
    # The line as the article writes it.
    assert f"{HEADLINE}…".encode() in newsroom.site["2026/01/16/on-en-parle.html"]
    assert not any("2026/01/19" in path for path in newsroom.site)


def test_the_screen_counts_down(newsroom: Newsroom) -> None:
    newsroom.write("prix.txt", embargoed())
    newsroom.write("nuit.txt", embargoed("Embargo : 21 janvier 2026 à 0h30", "La nuit de Belrive"))
    french = translations("fr").gettext
    for moment, text in (
        ("2026-01-18T12:00:00+01:00", "2 sous embargo, le prochain le 2026-01-20 à 06:00"),
        ("2026-01-19T12:00:00+01:00", "2 sous embargo, le prochain demain 06:00"),
        ("2026-01-20T05:00:00+01:00", "2 sous embargo, le prochain aujourd’hui 06:00"),
        ("2026-01-20T06:00:00+01:00", "1 sous embargo, le prochain demain 00:30"),
        ("2026-01-21T00:30:00+01:00", ""),
    ):
        embargoes = build(newsroom, moment).report.embargoes
        assert embargoes.text(french) == text
    assert embargoes.as_json() == {"count": 0, "next": None}


def refused(newsroom: Newsroom) -> str:
    """Why a build published nothing: something would have told."""
    before = newsroom.site
    with pytest.raises(LeakError) as error:
        build(newsroom, BEFORE)
    assert (error.value.exitcode, newsroom.site) == (3, before)
    assert error.value.facts["id"] == "prix"
    return str(error.value)


def test_an_article_that_tells_the_headline_stops_the_build(newsroom: Newsroom) -> None:
    newsroom.write("prix.txt", embargoed())
    build(newsroom, BEFORE)
    newsroom.write("bruit.txt", article("Un bruit court", "2026-01-19", f"On dit : {HEADLINE}."))
    assert "under embargo until 2026-01-20 06:00" in refused(newsroom)
    newsroom.write("bruit.txt", article("Un bruit court", "2026-01-19", "On ne dit plus rien."))
    build(newsroom, BEFORE)
    assert told(newsroom) == set()


def test_a_line_that_is_printed_by_a_fault_of_ours_stops_the_build(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Unnamed, "names", lambda *_: False)
    newsroom.write("prix.txt", embargoed())
    build(newsroom, "2026-01-14T12:00:00+01:00")  # the articles that cite it are still to come
    refused(newsroom)


@pytest.mark.parametrize(
    "leaked",
    [
        HEADLINE,
        "tag:lefil.example,2026:prix",
        "/2026/01/19/le-prix-halloran-revient-a-la-physicienne-ilse-brandon.html",
    ],
)
@pytest.mark.parametrize("kind", ["front", "sitemap", "all_feed", "article"])
def test_any_page_that_a_fault_makes_tell_stops_the_build(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, leaked: str, kind: str
) -> None:
    newsroom.write("prix.txt", embargoed())
    build(newsroom, BEFORE)
    rendered = Renderer.render

    def leaking(renderer: Renderer, page: Page, *asked: object) -> list[tuple[str, bytes]]:
        files = rendered(renderer, page, *asked)
        return [
            (
                path,
                data.replace(b">", f"><!-- {leaked} -->".encode(), 2)
                if page.kind == kind
                else data,
            )
            for path, data in files
        ]

    monkeypatch.setattr(Renderer, "render", leaking)
    newsroom.write("autre.txt", article("La halle de Corvanne rouvre", "2026-01-18"))
    refused(newsroom)


def test_a_preview_shows_all_in_its_place_and_leaves_the_site_alone(newsroom: Newsroom) -> None:
    newsroom.write("prix.txt", embargoed())
    newsroom.write("soir.txt", article("Le bac du soir", "2026-01-25 18:00"))
    build(newsroom, BEFORE)
    before = newsroom.site
    aside = {
        "output": str(newsroom.folder / "preview" / "site"),
        "cache": str(newsroom.folder / "preview" / "cache"),
        "allow_clock_back": True,
        "allow_removals": True,
    }

    def preview(moment: str, holding: bool) -> dict[str, bytes]:
        build(newsroom, moment, holding=holding, **aside)
        return site(newsroom.folder / "preview" / "site")

    shown = preview(BEFORE, holding=False)
    page = "2026/01/19/le-prix-halloran-revient-a-la-physicienne-ilse-brandon.html"
    assert {page, "2026/01/25/le-bac-du-soir.html"} <= shown.keys()
    assert HEADLINE.encode() in shown["index.html"]
    assert page.encode() in shown["2026/01/15/le-sel-de-belrive-episode-0.html"]
    # As of a moment: what is due by then, and no more; whichever preview was built before.
    later = preview(END, holding=True)
    assert page in later
    assert "2026/01/25/le-bac-du-soir.html" not in later
    assert preview(BEFORE, holding=True) == before
    assert preview(BEFORE, holding=False) == shown
    assert newsroom.site == before


def test_above_its_pages_a_preview_says_that_it_is_one(newsroom: Newsroom) -> None:
    newsroom.write("prix.txt", embargoed())
    newsroom.write("soir.txt", article("Le bac du soir", "2026-01-25 18:00"))
    build(newsroom, BEFORE, holding=False)
    settings = newsroom.settings
    now = datetime.fromisoformat(BEFORE)
    marks = marks_of(settings, now, None)
    assert marks.everywhere == "Aperçu, pas le site. Articles qui ne sont pas encore publics : 2."
    assert dict(marks.of_files) == {
        "2026/01/19/le-prix-halloran-revient-a-la-physicienne-ilse-brandon.html": (
            "Sous embargo jusqu’au 2026-01-20 06:00."
        ),
        "2026/01/25/le-bac-du-soir.html": "Brouillon jusqu’au 2026-01-25 18:00.",
    }
    assert (
        "tel qu’il sera le 2026-01-20 06:00"
        in marks_of(settings, now, datetime.fromisoformat(END)).everywhere
    )


def test_what_a_reused_file_name_withholds_stops_no_build(newsroom: Newsroom) -> None:
    """Its id and its headline, as a part of another, are public already."""
    writing = {"publishes": True, "allow_removals": True, "allow_resending": True}
    newsroom.write("latest.txt", article("La halle de Corvanne rouvre", "2026-01-18"))
    newsroom.write("suite.txt", article(f"{HEADLINE} : « une surprise »", "2026-01-18"))
    build(newsroom, BEFORE, **writing)
    newsroom.write("latest.txt", embargoed())
    assert build(newsroom, BEFORE, **writing).report.draft == 1
    newsroom.write("autre.txt", article("Un mot de plus", "2026-01-19"))
    build(newsroom, BEFORE, **writing)
    newsroom.write("suite.txt", article(f"Une surprise de taille : {HEADLINE}", "2026-01-18"))
    build(newsroom, BEFORE, **writing)
    newsroom.write("bruit.txt", article("Un bruit court", "2026-01-19", f"On dit : {HEADLINE}."))
    with pytest.raises(LeakError):
        build(newsroom, BEFORE, **writing)
