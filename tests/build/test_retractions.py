"""A dispatch that was retracted: its page says so, and nothing else says anything of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree
from newsdigest.base.errors import BuildError, LeakError
from newsdigest.base.ledger import Retraction
from newsdigest.base.records import Site
from newsdigest.commands.correct import correct_article
from newsdigest.commands.desk import NotOneEntry, entries
from newsdigest.commands.kill import Kill, kill_article, undo_kill
from newsdigest.commands.move import move_article
from newsdigest.site.kinds import article as article_kind
from newsroom import LIMITS, Newsroom, article, strange_text

ATOM = "{http://www.w3.org/2005/Atom}"
BAD = "Le trésorier de Belrive arrêté"
BAD_PAGE = "2026/01/15/le-tresorier-de-belrive-arrete.html"
SENTENCES = [
    "Le trésorier de Belrive, Anselme Corvault, a été arrêté mardi à son domicile de la rue Haute.",
    "Il aurait détourné quarante mille euros de la caisse des écoles en trois ans, selon une source"
    " proche du dossier.",
    "La mairie n'a pas souhaité commenter cette arrestation avant la fin de la garde à vue.",
    "Anselme Corvault, en poste depuis neuf ans, passait pour un homme discret et méticuleux.",
    "Son avocate, Odile Ferrandin, dénonce une dénonciation anonyme et sans le moindre commencement de"
    " preuve.",
]
TEXT = "\n\n".join(SENTENCES)
# Words that no other text has, as they stand in bytes.
TELLING = ["domicile", "détourné", "souhaité", "méticuleux", "dénonciation"]
WHY = Kill("L'information était fausse : la personne citée n'a jamais été inquiétée.")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One that publishes by building; five others stand beside the dispatch."""
    found = Newsroom(tmp_path / "newsroom", publishes=True)
    found.write("bad.txt", article(BAD, text=TEXT))
    found.write("citing.txt", article("La caisse des écoles", "2026-01-16", related=(BAD,)))
    found.write("other.txt", article("Grève au port", "2026-01-15"))
    found.build()
    return found


def kill(newsroom: Newsroom, typed: str = "bad", asked: Kill = WHY) -> str:
    assert kill_article(newsroom.settings, typed, asked) == 0
    newsroom.build()
    return newsroom.site[BAD_PAGE].decode() if typed == "bad" else ""


def undo(newsroom: Newsroom, typed: str = "bad") -> None:
    assert undo_kill(newsroom.settings, typed) == 0
    newsroom.build()


def in_paris(moment: str) -> str:
    """Which day it is there; before midnight in Greenwich that may be the next one."""
    return datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/Paris")).date().isoformat()


def line(newsroom: Newsroom, id_: str = "bad") -> Retraction | None:
    (found,) = (one.retraction for one in entries(newsroom.settings) if one.id == id_)
    return found


def telling(newsroom: Newsroom) -> set[str]:
    """The files, of the site and of the builds' memory, in which a word of the text can be read."""
    words = [word.encode() for word in TELLING]
    folders = (newsroom.folder / "output", newsroom.folder / "cache")
    return {
        file.relative_to(newsroom.folder).as_posix()
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in words)
    }


def told(newsroom: Newsroom, feed: str = "feeds/all.atom") -> dict[str, tuple[str, str, str]]:
    """(title, updated, link) of each entry of a feed, by its id there."""
    found = {}
    for entry in etree.fromstring(newsroom.site[feed]).iter(f"{ATOM}entry"):
        title, updated, id_ = (
            entry.findtext(f"{ATOM}{it}", "") for it in ("title", "updated", "id")
        )
        found[id_] = (title, updated[:10], entry.find(f"{ATOM}link").get("href"))
    return found


# -- its page, its text ---------------------------------------------------------------------------


def test_its_page_says_why_and_nothing_of_its_text_is_left(newsroom: Newsroom) -> None:
    assert telling(newsroom) >= {f"output/{BAD_PAGE}", "cache/archive.sqlite"}
    page = kill(newsroom)
    assert "jamais été inquiétée" in page
    assert "noindex=True" in page
    assert "arrêté" not in page
    assert telling(newsroom) == set()
    assert (newsroom.content / "bad.txt").is_file()
    assert newsroom.site == newsroom.clean_build()
    assert telling(newsroom) == set()


def test_no_social_card_says_its_headline_any_more(tmp_path: Path) -> None:
    newsroom = Newsroom(
        tmp_path / "newsroom",
        publishes=True,
        limits=replace(LIMITS, cards=True),
        site=Site(card="/cartes/site.png"),
    )
    newsroom.write("bad.txt", article(BAD, text=TEXT))
    newsroom.write("other.txt", article("Grève au port", "2026-01-15"))
    newsroom.build()
    own = f"cartes/articles/{BAD_PAGE.removesuffix('.html')}.png"
    assert cards_saying("trésorier", newsroom) == {own, "cartes/jours/2026-01-15.png"}
    kill(newsroom)
    assert cards_saying("trésorier", newsroom) == set()
    assert own not in newsroom.site
    assert newsroom.site == newsroom.clean_build()


def cards_saying(word: str, newsroom: Newsroom) -> set[str]:
    return {
        path
        for path, data in newsroom.site.items()
        if path.startswith("cartes/") and word.encode() in data
    }


def test_the_headline_stays_where_the_editor_says_so(newsroom: Newsroom) -> None:
    page = kill(newsroom, asked=WHY._replace(keeps_headline=True))
    assert BAD in page
    assert (
        f"{BAD} (dépêche retirée)" in newsroom.site["2026/01/16/la-caisse-des-ecoles.html"].decode()
    )
    assert telling(newsroom) == set()
    assert newsroom.site == newsroom.clean_build()


def test_pages_that_cite_it_say_that_it_was_retracted(newsroom: Newsroom) -> None:
    kill(newsroom)
    citing = newsroom.site["2026/01/16/la-caisse-des-ecoles.html"].decode()
    assert "dépêche retirée" in citing
    assert BAD not in citing
    assert BAD_PAGE not in citing
    newsroom.write("later.txt", article("Encore", "2026-01-17", related=(BAD.upper(),)))
    newsroom.build()
    assert "dépêche retirée" in newsroom.site["2026/01/17/encore.html"].decode()
    assert newsroom.site == newsroom.clean_build()


def test_it_leaves_lists_counts_names_and_maps(newsroom: Newsroom) -> None:
    newsroom.write(
        "b.txt", article("Le trésorier parle", "2026-01-16", f"{SENTENCES[3]} Il parlera.")
    )
    newsroom.write(
        "c.txt", article("Le port", "2026-01-17", "Anselme Corvault était au port lundi.")
    )
    newsroom.build()
    assert "entites/anselme-corvault/index.html" in newsroom.site
    before = newsroom.site
    outcome = kill(newsroom)
    assert outcome
    site = newsroom.site
    changed = {path for path in before if before[path] != site.get(path)}
    assert {"2026/01/15/index.html", "sitemaps/2026-01.xml", "entites/index.html"} <= changed
    for path, data in site.items():
        if path != BAD_PAGE and not path.startswith((".lefil/", "feeds/")):
            assert BAD_PAGE.encode() not in data, path
    assert site == newsroom.clean_build()


def test_the_screen_counts_it_and_the_count_adds_up(newsroom: Newsroom) -> None:
    kill_article(newsroom.settings, "bad", WHY)
    report = newsroom.build().report
    assert (report.found, report.published, report.retracted) == (3, 2, 1)
    assert report.adds_up
    assert newsroom.build().report.nothing_changed


def test_its_former_addresses_say_so_too(newsroom: Newsroom) -> None:
    move_article(newsroom.settings, "bad", "caisse")
    newsroom.build()
    kill_article(newsroom.settings, "bad", WHY)
    newsroom.build()
    for address in (BAD_PAGE, "2026/01/15/caisse.html"):
        assert "jamais été inquiétée" in newsroom.site[address].decode()
    assert "_redirects" not in newsroom.site
    assert newsroom.site == newsroom.clean_build()


def test_feeds_lead_to_where_its_page_is_moved_to(newsroom: Newsroom) -> None:
    kill(newsroom)
    assert move_article(newsroom.settings, "bad", "Belrive tresorier") == 0
    newsroom.build()
    assert newsroom.site == newsroom.clean_build(publishes=False)
    _title, _updated, link = told(newsroom)["tag:lefil.example,2026:bad"]
    assert link.endswith("/2026/01/15/belrive-tresorier.html")


def test_a_reason_is_asked_for_and_an_article(newsroom: Newsroom) -> None:
    with pytest.raises(BuildError, match="told why"):
        kill_article(newsroom.settings, "bad", Kill("  "))
    with pytest.raises(NotOneEntry):
        kill_article(newsroom.settings, "inconnu", WHY)
    with pytest.raises(BuildError, match="not retracted"):
        undo_kill(newsroom.settings, "other")
    assert line(newsroom) is None


def test_who_takes_back_what_was_not_retracted_is_told_what_was(newsroom: Newsroom) -> None:
    with pytest.raises(NotOneEntry) as none:
        undo_kill(newsroom.settings, "other")
    assert none.value.text(str) == "other is not retracted."
    kill_article(newsroom.settings, "bad", WHY)
    with pytest.raises(NotOneEntry) as one:
        undo_kill(newsroom.settings, "other")
    told = one.value.text(str).splitlines()
    assert told[0] == "other is not retracted. Retracted are:"
    assert [row.split()[0] for row in told[1:]] == ["bad"]


# -- its entry in feeds ------------------------------------------------------------------------------


def test_its_entry_is_replaced_under_the_same_id(newsroom: Newsroom) -> None:
    (id_,) = (it for it in told(newsroom) if it.endswith(":bad"))
    kill(newsroom)
    found = line(newsroom)
    assert found
    title, updated, link = told(newsroom)[id_]
    assert (title, updated) == ("ANNULÉ\xa0– dépêche retirée", in_paris(found.at))
    assert link.endswith(BAD_PAGE)
    kill(newsroom, asked=WHY._replace(keeps_headline=True))
    assert told(newsroom)[id_][0] == f"ANNULÉ\xa0– {BAD}"
    assert set(told(newsroom)) == set(told(newsroom, "feeds/all.atom"))


def test_it_stays_in_the_feeds_it_stood_in_as_long_as_there_is_room(newsroom: Newsroom) -> None:
    for at in range(2):
        text = f"Anselme Corvault est venu {strange_text(str(at))}"
        newsroom.write(f"c{at}.txt", article(f"Le port {at}", f"2026-01-1{at}", text))
    newsroom.build()
    feed = "feeds/entites/anselme-corvault.atom"
    (id_,) = (it for it in told(newsroom, feed) if it.endswith(":bad"))
    newsroom.write("c2.txt", article("Le port 2", "2026-01-12", "Anselme Corvault est là."))
    newsroom.build()
    kill(newsroom)
    assert told(newsroom, feed)[id_][0].startswith("ANNULÉ")
    assert newsroom.site == newsroom.clean_build()
    for at in (7, 8):
        newsroom.write(
            f"d{at}.txt", article(f"Suite {at}", f"2026-01-1{at}", "Anselme Corvault, oui.")
        )
    newsroom.build()
    assert id_ not in told(newsroom, feed)
    assert len(told(newsroom, feed)) == 2
    assert newsroom.site == newsroom.clean_build()


# -- taken back --------------------------------------------------------------------------------------


def test_a_mistake_is_mended_by_one_command(newsroom: Newsroom) -> None:
    before = newsroom.site
    (id_,) = (it for it in told(newsroom) if it.endswith(":bad"))
    kill(newsroom)
    undo(newsroom)
    assert newsroom.site[BAD_PAGE] == before[BAD_PAGE]
    assert (
        newsroom.site["2026/01/16/la-caisse-des-ecoles.html"]
        == (before["2026/01/16/la-caisse-des-ecoles.html"])
    )
    title, updated, _link = told(newsroom)[id_]
    found = line(newsroom)
    assert found
    assert (title, updated) == (BAD, in_paris(found.lifted))
    assert newsroom.site == newsroom.clean_build()
    kill(newsroom)
    assert telling(newsroom) == set()


def test_a_ledger_taken_back_from_before_brings_it_back(newsroom: Newsroom) -> None:
    file = newsroom.content / "ledger/2026-01.jsonl"
    before, kept = newsroom.site, file.read_bytes()
    kill(newsroom)
    after = file.read_bytes()
    file.write_bytes(kept)
    newsroom.build()
    assert newsroom.site == before
    file.write_bytes(after)
    newsroom.build()
    assert telling(newsroom) == set()
    assert newsroom.site == newsroom.clean_build()


def test_retracted_twice_the_last_reason_counts(newsroom: Newsroom) -> None:
    kill(newsroom)
    first = line(newsroom)
    page = kill(newsroom, asked=Kill("Pour une autre raison."))
    assert "autre raison" in page
    assert "inquiétée" not in page
    second = line(newsroom)
    assert first
    assert second
    assert (first.rows, first.sketch, first.feeds) == (second.rows, second.sketch, second.feeds)
    newsroom.write("copy.txt", article("Tout autre titre", "2026-01-20", TEXT))
    newsroom.build()
    assert telling(newsroom) == set()


@pytest.mark.parametrize("keeps", [True, False])
def test_retracted_twice_its_headline_is_where_the_last_time_says(
    newsroom: Newsroom, keeps: bool
) -> None:
    kill(newsroom, asked=WHY._replace(keeps_headline=not keeps))
    kill(newsroom, asked=WHY._replace(keeps_headline=keeps))
    assert newsroom.site == newsroom.clean_build(publishes=False)
    citing = newsroom.site["2026/01/16/la-caisse-des-ecoles.html"].decode()
    assert (BAD in citing) is keeps


# -- its copies ------------------------------------------------------------------------------------


NEAR = TEXT.replace("mardi", "mercredi").replace("neuf ans", "dix ans")


def remarks(newsroom: Newsroom) -> list[tuple[str, str]]:
    return [
        (one.path, one.code) for one in newsroom.build().report.remarks if "RETRACTED" in one.code
    ]


@pytest.mark.parametrize(
    ("path", "text", "headline", "day"),
    [
        ("copy.txt", TEXT, BAD, "2026-01-15"),
        ("monde/copy.txt", TEXT, BAD, "2026-01-15"),
        ("copy.txt", NEAR, BAD, "2026-01-16"),
        ("copy.txt", NEAR, "Arrestation à Belrive", "2026-01-15"),
        ("copy.txt", SENTENCES[0] + "\n\n" + SENTENCES[1], "Arrestation à Belrive", "2026-01-15"),
        ("copy.txt", TEXT, "Dix jours plus tard", "2026-01-25"),
    ],
)
def test_a_copy_that_comes_afterwards_is_held_and_told(
    newsroom: Newsroom, path: str, text: str, headline: str, day: str
) -> None:
    kill(newsroom)
    newsroom.write(path, article(headline, day, text))
    assert remarks(newsroom) == [(path, "W_RETRACTED_COPY")]
    report = newsroom.build().report
    assert (report.found, report.published, report.retracted) == (4, 2, 2)
    assert report.remarks == []
    assert telling(newsroom) == set()
    assert newsroom.site == newsroom.clean_build()
    undo(newsroom)
    assert newsroom.build().report.retracted == 0
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize(
    ("text", "headline"), [(TEXT, BAD), (NEAR, BAD), (NEAR, "Arrestation à Belrive")]
)
def test_copies_are_named_and_go_with_it(
    newsroom: Newsroom, text: str, headline: str, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.write("copy.txt", article(headline, "2026-01-15", text))
    newsroom.write("same.txt", article(headline, "2026-01-15", text))
    newsroom.build()
    capsys.readouterr()
    kill(newsroom)
    screen = capsys.readouterr().out
    assert "copy" in screen
    assert "same" in screen
    assert telling(newsroom) == set()
    assert newsroom.site == newsroom.clean_build()
    undo(newsroom)
    assert not any(one.retracted for one in entries(newsroom.settings))
    assert newsroom.site == newsroom.clean_build()


def test_a_copy_that_leads_its_folded_original_goes_with_it(newsroom: Newsroom) -> None:
    newsroom.write("a0.txt", article("Avant", "2026-01-14", NEAR))
    newsroom.build()
    kill(newsroom)
    assert telling(newsroom) == set()
    assert newsroom.site == newsroom.clean_build()


def test_its_copies_stay_where_it_alone_is_meant(newsroom: Newsroom) -> None:
    newsroom.write("near.txt", article("Arrestation à Belrive", "2026-01-16", NEAR))
    newsroom.write("same.txt", article(BAD, "2026-01-15", TEXT))
    newsroom.build()
    kill(newsroom, asked=WHY._replace(only=True))
    site = newsroom.site
    assert b"discret et m" in site["2026/01/16/arrestation-a-belrive.html"]
    assert "jamais été inquiétée" in site[BAD_PAGE].decode()
    assert site == newsroom.clean_build()
    newsroom.write(
        "late.txt", article("Belrive : arrestation", "2026-01-17", NEAR + "\n\nEt puis.")
    )
    newsroom.build()
    assert "2026/01/17/belrive-arrestation.html" in newsroom.site
    assert newsroom.site == newsroom.clean_build()


def test_editors_may_declare_that_a_held_text_is_no_copy(newsroom: Newsroom) -> None:
    kill(newsroom)
    newsroom.write("copy.txt", article("Arrestation à Belrive", "2026-01-16", NEAR))
    newsroom.build()
    newsroom.write("decisions.toml", '[[apart]]\narticle = "copy"\nother = "bad"\n')
    newsroom.build()
    assert "2026/01/16/arrestation-a-belrive.html" in newsroom.site
    assert newsroom.site == newsroom.clean_build()
    (newsroom.content / "decisions.toml").unlink()
    newsroom.build()
    # Published by then, it is an article of its own: it goes by a kill of its own.
    assert "2026/01/16/arrestation-a-belrive.html" in newsroom.site
    kill(newsroom, "copy")
    assert telling(newsroom) == set()


def test_the_version_in_another_language_is_another_dispatch(newsroom: Newsroom) -> None:
    english = (
        "The treasurer of Belrive, Anselme Corvault, was arrested at his home on Tuesday.\n\n"
        "The town hall would not comment before the end of police custody."
    )
    newsroom.write("en/bad.txt", article("Belrive treasurer arrested", text=english))
    newsroom.build()
    kill(newsroom)
    assert b"police custody" in newsroom.site["2026/01/15/belrive-treasurer-arrested.html"]
    assert newsroom.site == newsroom.clean_build()


# -- what happens to its file --------------------------------------------------------------------------


def test_a_file_edited_afterwards_stays_retracted_and_is_told(newsroom: Newsroom) -> None:
    kill(newsroom)
    newsroom.write("bad.txt", article("Tout autre chose", text=strange_text("autre")))
    assert remarks(newsroom) == [("bad.txt", "W_RETRACTED_EDITED")]
    assert remarks(newsroom) == []
    assert "2026/01/15/tout-autre-chose.html" not in newsroom.site
    undo(newsroom)
    assert strange_text("autre").split()[3] in newsroom.site[BAD_PAGE].decode()


@pytest.mark.parametrize("to", ["z.txt", "monde/bad.txt"])
def test_a_file_renamed_afterwards_stays_retracted(newsroom: Newsroom, to: str) -> None:
    before = newsroom.site[BAD_PAGE]
    kill(newsroom)
    (newsroom.content / to).parent.mkdir(exist_ok=True)
    (newsroom.content / "bad.txt").rename(newsroom.content / to)
    newsroom.build()
    assert telling(newsroom) == set()
    assert newsroom.site == newsroom.clean_build()
    undo(newsroom)
    assert to == "monde/bad.txt" or newsroom.site[BAD_PAGE] == before
    assert telling(newsroom) >= {f"output/{BAD_PAGE}"}
    assert newsroom.site == newsroom.clean_build()


def test_a_file_removed_afterwards_changes_nothing_and_back_it_stays_retracted(
    newsroom: Newsroom,
) -> None:
    kill(newsroom)
    before = newsroom.site
    (newsroom.content / "bad.txt").unlink()
    newsroom.build()
    assert newsroom.site == before
    newsroom.write("bad.txt", article(BAD, text=TEXT))
    newsroom.build()
    assert newsroom.site == before == newsroom.clean_build()


def test_an_article_whose_file_is_gone_is_retracted_all_the_same(newsroom: Newsroom) -> None:
    (newsroom.content / "bad.txt").unlink()
    newsroom.build()
    assert BAD_PAGE not in newsroom.site
    assert "jamais été inquiétée" in kill(newsroom)
    newsroom.write("bad.txt", article(BAD, text=TEXT))
    newsroom.build()
    assert telling(newsroom) == set()
    assert newsroom.site == newsroom.clean_build()


def test_one_edited_before_is_looked_for_as_it_was_published(newsroom: Newsroom) -> None:
    newsroom.write("bad.txt", article(BAD, text=NEAR))
    newsroom.build()
    kill(newsroom)
    assert telling(newsroom) == set()
    (found,) = (one for one in entries(newsroom.settings) if one.id == "bad")
    assert "mercredi" not in json.dumps([edit.changes for edit in found.edits])


@pytest.mark.parametrize("lost", ["a month", "the ledger", "the content"])
def test_nothing_is_retracted_by_a_ledger_that_is_not_there(newsroom: Newsroom, lost: str) -> None:
    """A share that is not mounted: a dispatch would be taken for one that nobody saw, and the month
    written with its line alone."""
    kill(newsroom)
    before = newsroom.site
    away = {
        "a month": newsroom.content / "ledger/2026-01.jsonl",
        "the ledger": newsroom.content / "ledger",
        "the content": newsroom.content,
    }[lost]
    away.rename(newsroom.folder / "away")
    newsroom.content.mkdir(exist_ok=True)
    left = sorted(newsroom.content.rglob("*"))
    with pytest.raises(BuildError, match=r"ledger/2026-01\.jsonl"):
        kill_article(newsroom.settings, "other", WHY)
    assert sorted(newsroom.content.rglob("*")) == left
    if lost == "the content":
        newsroom.content.rmdir()
    (newsroom.folder / "away").rename(away)
    newsroom.build()
    assert newsroom.site == before


def test_one_under_embargo_is_held_for_good_and_leaves_no_page(newsroom: Newsroom) -> None:
    text = f"Embargo : 3 mars 2026 à 6 h\n\n{strange_text('a')}\n\n{strange_text('b')}"
    newsroom.write("soon.txt", article("Le prix Halloran à Belrive", "2026-01-30", text))
    newsroom.write("citing2.txt", article("Un prix", related=("Le prix Halloran à Belrive",)))
    newsroom.build()
    before = newsroom.site
    assert kill_article(newsroom.settings, "soon", WHY) == 0
    report = newsroom.build().report
    assert (report.draft, report.retracted, report.embargoes.count) == (0, 1, 0)
    assert newsroom.site == before == newsroom.clean_build()
    assert undo_kill(newsroom.settings, "soon") == 0
    report = newsroom.build().report
    assert (report.draft, report.retracted, report.embargoes.count) == (1, 0, 1)
    assert [one.id for one in entries(newsroom.settings) if one.id == "soon"] == []


def test_what_corrected_it_goes_with_it(newsroom: Newsroom) -> None:
    newsroom.write("bad.txt", article(BAD, text=NEAR))
    correct_article(newsroom.settings, "bad", "Le jour était faux.", False)
    newsroom.build()
    assert b"mercredi \xc3\xa0" in newsroom.site["corrections/index.html"]
    kill(newsroom)
    assert telling(newsroom) == set()
    assert b"mercredi \xc3\xa0" not in b"".join(newsroom.site.values())
    assert newsroom.site == newsroom.clean_build()


# -- the proof ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_left_in_any_file_stops_the_build(newsroom: Newsroom, sentence: str) -> None:
    before = newsroom.site
    planted = newsroom.folder / "output" / "promo.html"
    planted.write_text(f"<p>À lire\xa0: <b>{sentence.upper()}</b></p>", encoding="utf-8")
    kill_article(newsroom.settings, "bad", WHY)
    with pytest.raises(LeakError, match=r"promo\.html") as stopped:
        newsroom.build()
    assert stopped.value.exitcode == 3
    planted.unlink()
    assert newsroom.site == before
    newsroom.build()
    assert telling(newsroom) == set()


def test_a_page_that_still_said_it_would_not_be_published(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill(newsroom)
    before = newsroom.site
    leaking = f"{SENTENCES[1][:70]}…"
    monkeypatch.setattr(article_kind, "_cite", lambda *_asked: ("", leaking, ""))
    newsroom.write("new.txt", article("Un nouveau", "2026-01-18"))
    with pytest.raises(LeakError, match=r"\.html would still say what bad said"):
        newsroom.build()
    assert newsroom.site == before


def test_a_headline_that_another_was_published_with_is_none_of_its_secrets(
    newsroom: Newsroom,
) -> None:
    """A line that waits for one so called may say it: it is not known whose it meant."""
    for headline in (BAD, "Le trésorier de Belrive nommé"):
        newsroom.write("late.txt", article(headline, "2026-01-30"))
        newsroom.build()
    kill(newsroom)
    newsroom.build()
    assert newsroom.site == newsroom.clean_build(publishes=False)


def test_an_article_that_quotes_a_sentence_of_it_stands_and_is_named(newsroom: Newsroom) -> None:
    text = (
        f"On avait écrit : « {SENTENCES[1]} » {strange_text('x')} {strange_text('y')}\n\n"
        + "\n\n".join(strange_text(str(at)) for at in range(6))
    )
    newsroom.write("quoting.txt", article("Une réponse", "2026-01-17", text))
    newsroom.build()
    kill_article(newsroom.settings, "bad", WHY)
    found = newsroom.build().report.remarks
    assert [(one.path, one.code, one.facts["of"]) for one in found] == [
        ("quoting.txt", "W_QUOTES_RETRACTED", "bad")
    ]
    assert "quarante mille euros" in newsroom.site["2026/01/17/une-reponse.html"].decode()
    assert newsroom.site == newsroom.clean_build()
    newsroom.write("again.txt", article("Une autre réponse", "2026-01-18", f"Aussi : {text}"))
    assert remarks(newsroom) == [("again.txt", "W_QUOTES_RETRACTED")]
    newsroom.write("again.txt", article("Une autre réponse", "2026-01-18", strange_text("z")))
    (newsroom.content / "quoting.txt").unlink()
    newsroom.build()
    assert b"quarante mille" not in b"".join(newsroom.site.values())
    planted = newsroom.folder / "theme/static/css/site.css"
    planted.write_text(f"body{{}}/* {SENTENCES[1]} */", encoding="utf-8")
    newsroom.build()


def test_a_build_killed_before_it_proved_anything_leaves_that_to_the_next(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = newsroom.folder / "output" / "notes.txt"
    planted.write_text(SENTENCES[2], encoding="utf-8")
    kill_article(newsroom.settings, "bad", WHY)
    for _build in range(2):
        with pytest.raises(LeakError, match=r"notes\.txt"):
            newsroom.build()
    planted.unlink()
    newsroom.build()
    assert newsroom.build().report.nothing_changed
