"""These files changed: what does the archive now say, and which pages does that make stale?"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsdigest.build import Outcome
from newsroom import Newsroom, article

TEXT = "La réunion a duré deux heures, ont indiqué les organisateurs."


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def stale(outcome: Outcome, *kinds: str) -> dict[tuple[str, str], str]:
    """Each stale page of these kinds, with its reason."""
    return {(p.kind, p.name): reason for p, reason in outcome.reasons.items() if p.kind in kinds}


def agrees(newsroom: Newsroom) -> bool:
    return newsroom.site == newsroom.clean_build()


def test_only_the_new_article_and_its_neighbour_are_made_again(newsroom: Newsroom) -> None:
    for day in range(1, 6):
        newsroom.write(f"{day}.txt", article(f"Nouvelle {'abcde'[day - 1]}", f"2026-01-0{day}"))
    newsroom.build()
    newsroom.write("6.txt", article("Nouvelle f", "2026-01-06"))
    assert stale(newsroom.build(), "article", "day") == {
        ("article", "6"): "new article",
        ("article", "5"): "the article before or after changed",
        ("day", "2026-01-06"): "its articles changed",
        ("day", "2026-01-05"): "the day before or after changed",
    }
    assert agrees(newsroom)


def test_an_article_dated_back_moves_and_both_places_close_up(newsroom: Newsroom) -> None:
    for day in range(1, 7):
        newsroom.write(f"{day}.txt", article(f"Nouvelle {'abcdef'[day - 1]}", f"2026-01-0{day}"))
    newsroom.build()
    newsroom.write("5.txt", article("Nouvelle e", "2026-01-02"))
    assert stale(newsroom.build(), "article") == {
        ("article", "5"): "article changed",
        ("article", "2"): "the article before or after changed",
        ("article", "3"): "the article before or after changed",
        ("article", "4"): "the article before or after changed",
        ("article", "6"): "the article before or after changed",
    }
    assert "2026/01/05/nouvelle-e.html" not in newsroom.site
    assert "2026/01/05/index.html" not in newsroom.site
    assert agrees(newsroom)


def test_a_waiting_headline_heals_when_its_article_comes_back_dated(newsroom: Newsroom) -> None:
    newsroom.write("suite.txt", article("La suite", "2026-01-20", related=("Le début",)))
    newsroom.write("entre.txt", article("Entre les deux", "2026-01-15"))
    assert newsroom.build().report.waiting == 1
    newsroom.write("debut.txt", article("Le début", "2026-01-10"))
    outcome = newsroom.build()
    assert outcome.report.healed == [("suite", "Le début")]
    assert stale(outcome, "article") == {
        ("article", "debut"): "new article",
        ("article", "suite"): "a headline it cites changed",
        ("article", "entre"): "the article before or after changed",
    }
    assert agrees(newsroom)


def test_a_namesake_makes_a_link_ambiguous_and_its_leaving_heals_it(newsroom: Newsroom) -> None:
    newsroom.write("suite.txt", article("La suite", "2026-01-20", related=("Le début",)))
    newsroom.write("debut.txt", article("Le début", "2026-01-10"))
    assert newsroom.build().report.linked == 1
    newsroom.write("autre.txt", article("Le début", "2026-01-12", "Un autre texte."))
    report = newsroom.build().report
    assert (report.linked, report.ambiguous) == (0, 1)
    assert agrees(newsroom)
    (newsroom.content / "autre.txt").unlink()
    assert newsroom.build().report.linked == 1
    assert agrees(newsroom)


def test_a_line_that_means_a_nearer_namesake_from_now_on_makes_its_page_again(
    newsroom: Newsroom,
) -> None:
    newsroom.write("suite.txt", article("La suite", "2026-01-20", related=("Le début",)))
    newsroom.write("ancien.txt", article("Le début", "2025-06-10"))
    newsroom.build()
    assert b'"/2025/06/10/le-debut.html"' in newsroom.site["2026/01/20/la-suite.html"]
    newsroom.write("debut.txt", article("Le début", "2026-01-10", "Un autre texte."))
    outcome = newsroom.build()
    assert stale(outcome, "article")[("article", "suite")] == "a headline it cites changed"
    assert b'"/2025/06/10/le-debut.html"' not in newsroom.site["2026/01/20/la-suite.html"]
    assert agrees(newsroom)


def test_of_two_equal_articles_the_one_published_first_stays_published(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", article("La même", "2026-01-10"))
    newsroom.build()
    newsroom.write("a.txt", article("La même", "2026-01-10"))
    report = newsroom.build().report
    assert (report.published, report.duplicate, report.duplicates) == (1, 1, [("a", "b")])
    assert agrees(newsroom)
    newsroom.write("b.txt", article("La même", "2026-01-10", "Un autre texte."))
    report = newsroom.build().report
    assert (report.published, report.duplicate) == (2, 0)
    assert b"Un autre texte" in newsroom.site["2026/01/10/la-meme.html"]
    assert agrees(newsroom)
    newsroom.write("b.txt", article("La même", "2026-01-10"))
    assert newsroom.build().report.duplicates == [("a", "b")]
    (newsroom.content / "b.txt").unlink()
    report = newsroom.build().report
    assert (report.published, report.duplicate) == (1, 0)
    assert agrees(newsroom)


def test_of_equal_articles_that_come_together_the_first_by_id_is_published(
    newsroom: Newsroom,
) -> None:
    for name in ("b", "a", "c"):
        newsroom.write(f"{name}.txt", article("La même", "2026-01-10"))
    assert newsroom.build().report.duplicates == [("b", "a"), ("c", "a")]


@pytest.mark.parametrize(
    ("copy", "original"),
    [
        ("Copie de pont", "pont"),
        ("bản sao của pont", "pont"),
        ("monde - Copie/pont", "monde/pont"),
        ("monde (1)/pont", "monde/pont"),
    ],
)
@pytest.mark.parametrize("text", ["Le même texte.", "Le vieux texte."])
def test_a_copy_that_comes_with_its_original_takes_neither_its_place_nor_its_address(
    newsroom: Newsroom, copy: str, original: str, text: str
) -> None:
    newsroom.write(f"{original}.txt", article("Le pont rouvre", text="Le même texte."))
    newsroom.write(f"{copy}.txt", article("Le pont rouvre", text=text))
    newsroom.build()
    assert address_of(newsroom, original) == "2026/01/15/le-pont-rouvre.html"
    assert agrees(newsroom)


# -- first publication wins ------------------------------------------------------------------------


def address_of(newsroom: Newsroom, article_id: str) -> str:
    with closing(sqlite3.connect(newsroom.folder / "cache" / "archive.sqlite")) as store:
        query = "SELECT url FROM articles WHERE id = ?"
        return store.execute(query, (article_id,)).fetchone()[0]


def breves(newsroom: Newsroom, *names: str) -> None:
    for name in names:
        newsroom.write(f"{name}.txt", article("Brèves", "2026-01-10", f"Le texte {name}."))


def numbers(newsroom: Newsroom) -> dict[str, str]:
    """Whose text stands at which of the addresses of one headline."""
    return {
        path.removeprefix("2026/01/10/").removesuffix(".html"): name
        for path, data in newsroom.site.items()
        for name in "abcd"
        if path.startswith("2026/01/10/breves") and f"Le texte {name}." in data.decode()
    }


def test_an_article_that_comes_later_never_takes_a_published_address(newsroom: Newsroom) -> None:
    breves(newsroom, "c")
    newsroom.build()
    breves(newsroom, "a", "b")
    outcome = newsroom.build()
    assert numbers(newsroom) == {"breves": "c", "breves-2": "a", "breves-3": "b"}
    assert outcome.report.pages_deleted == 0
    assert agrees(newsroom)


def test_an_edit_of_the_text_keeps_the_address_and_one_of_the_headline_gives_it_up(
    newsroom: Newsroom,
) -> None:
    breves(newsroom, "b")
    newsroom.build()
    breves(newsroom, "a")
    newsroom.build()
    newsroom.write("b.txt", article("Brèves", "2026-01-10", "Le texte b. Il est plus long."))
    newsroom.build()
    assert numbers(newsroom) == {"breves": "b", "breves-2": "a"}
    newsroom.write("b.txt", article("Brèves", "2026-01-11", "Le texte b."))
    breves(newsroom, "c")
    newsroom.build()
    assert numbers(newsroom) == {"breves": "c", "breves-2": "a"}
    assert "2026/01/11/breves.html" in newsroom.site
    assert agrees(newsroom)
    newsroom.write("a.txt", article("Brèves du soir", "2026-01-10", "Le texte a."))
    newsroom.write("b.txt", article("Brèves", "2026-01-10", "Le texte b."))
    newsroom.build()
    assert numbers(newsroom) == {"breves": "c", "breves-2": "b", "breves-du-soir": "a"}
    assert agrees(newsroom)


@pytest.mark.parametrize("lost", ["cache", "version"])
def test_addresses_hold_when_the_store_is_lost_or_of_another_version(
    newsroom: Newsroom, lost: str
) -> None:
    for name in "cba":
        breves(newsroom, name)
        newsroom.build()
    newsroom.write("z.txt", article("La même", "2026-01-12"))
    newsroom.build()
    newsroom.write("y.txt", article("La même", "2026-01-12"))
    newsroom.build()
    before = newsroom.site
    if lost == "cache":
        shutil.rmtree(newsroom.folder / "cache")
    else:
        with closing(sqlite3.connect(newsroom.folder / "cache" / "archive.sqlite")) as store:
            store.execute("UPDATE meta SET value = 'other' WHERE name = 'version'")
            store.commit()
    newsroom.write("Y.txt", article("Brèves", "2026-01-10"))
    newsroom.write("x.txt", article("La même", "2026-01-12"))
    assert newsroom.build().report.duplicates == [("x", "z"), ("y", "z")]
    assert numbers(newsroom) == {"breves": "c", "breves-2": "b", "breves-3": "a"}
    assert "2026/01/10/breves-4.html" in newsroom.site
    assert {p for p in before if p.endswith(".html")} <= set(newsroom.site)
    assert agrees(newsroom)


def test_what_a_killed_build_settled_and_never_published_keeps_what_it_got(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    breves(newsroom, "b")
    monkeypatch.setattr("newsdigest.rendering.load_assets", interrupted)
    with pytest.raises(KeyboardInterrupt):
        newsroom.build()
    monkeypatch.undo()
    breves(newsroom, "a")
    newsroom.build()
    assert numbers(newsroom) == {"breves": "b", "breves-2": "a"}
    assert agrees(newsroom)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "line",
    [
        "place\tGenève\t\tnotag=always",
        "place\tGenève\t\tlabel=Genève-Ville",
        "organisation\tGenève",
        "place\tGenève\tlac",
        "place\tGenève\t\tat=44.93,4.89",
        "person\tAnna Korvat\t\tnotag=always",
    ],
)
@pytest.mark.parametrize("instead", ["", "Tout autre chose."])
def test_a_copy_that_takes_its_twins_place_has_the_names_the_editors_gave_meanwhile(
    newsroom: Newsroom, line: str, instead: str
) -> None:
    text = "Anna Korvat est arrivée à Genève lundi, au bord du lac."
    for name in "ab":
        newsroom.write(f"{name}.txt", article("La même", "2026-01-10", text))
    newsroom.write("c.txt", article("Une autre", "2026-01-11", text + " Elle en est repartie."))
    newsroom.build()
    if instead:
        newsroom.write("a.txt", article("La même", "2026-01-10", instead))
    else:
        (newsroom.content / "a.txt").unlink()
    newsroom.write("entities.tsv", f"{line}\n")
    newsroom.build()
    assert agrees(newsroom)


def test_a_twin_that_gives_way_while_the_names_change_leaves_no_trace(newsroom: Newsroom) -> None:
    text = "Anna Korvat est arrivée à Genève lundi."
    newsroom.write("b.txt", article("La même", "2026-01-10", text))
    newsroom.write("c.txt", article("Une autre", "2026-01-11", text + " Elle en est repartie."))
    newsroom.build()
    newsroom.write("b.txt", article("La même", "2026-02-10", text))
    newsroom.write("a.txt", article("La même", "2026-01-10", text))
    newsroom.write("entities.tsv", "place\tGenève\t\tnotag=always\n")
    newsroom.build()
    assert agrees(newsroom)


def test_two_articles_that_exchange_their_headlines(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Le pont rouvre", "2026-01-10", "Premier texte."))
    newsroom.write("b.txt", article("Le port ferme", "2026-01-10", "Second texte."))
    newsroom.build()
    newsroom.write("a.txt", article("Le port ferme", "2026-01-10", "Premier texte."))
    newsroom.write("b.txt", article("Le pont rouvre", "2026-01-10", "Second texte."))
    newsroom.build()
    assert "Premier texte" in newsroom.site["2026/01/10/le-port-ferme.html"].decode()
    assert agrees(newsroom)


def test_an_address_given_up_is_taken_by_whoever_comes_next_of_that_headline(
    newsroom: Newsroom,
) -> None:
    breves(newsroom, "a", "b", "c")
    newsroom.build()
    assert numbers(newsroom) == {"breves": "a", "breves-2": "b", "breves-3": "c"}
    (newsroom.content / "a.txt").unlink()
    newsroom.build()
    assert numbers(newsroom) == {"breves-2": "b", "breves-3": "c"}
    assert agrees(newsroom)
    breves(newsroom, "d")
    newsroom.build()
    assert numbers(newsroom) == {"breves": "d", "breves-2": "b", "breves-3": "c"}
    assert agrees(newsroom)


def test_a_file_that_is_renamed_keeps_its_articles_address(newsroom: Newsroom) -> None:
    breves(newsroom, "a", "b")
    newsroom.build()
    (newsroom.content / "a.txt").rename(newsroom.content / "z.txt")
    newsroom.build()
    assert address_of(newsroom, "z") == "2026/01/10/breves.html"
    assert agrees(newsroom)


def test_a_draft_is_published_when_its_day_has_come(newsroom: Newsroom) -> None:
    newsroom.write("annonce.txt", article("L'annonce", "2026-02-10"))
    newsroom.write("suite.txt", article("La suite", "2026-02-20", related=("L'annonce",)))
    assert newsroom.build().report.draft == 2
    later = replace(newsroom.settings.rules, now=datetime(2026, 2, 12, tzinfo=UTC))
    report = newsroom.build(rules=later).report
    assert (report.published, report.draft) == (1, 1)
    assert newsroom.site == newsroom.clean_build(rules=later)
    last = replace(later, now=datetime(2026, 3, 1, tzinfo=UTC))
    report = newsroom.build(rules=last).report
    assert (report.published, report.linked) == (2, 1)
    assert newsroom.site == newsroom.clean_build(rules=last)


def test_the_parts_of_a_large_index_go_when_it_is_small_again(newsroom: Newsroom) -> None:
    """Their entities go with them: nobody plans the part of a letter that no name has."""
    people = ["Anna Korvat", "Ilse Brandon", "Lucien Maréchal", "Oscar Dupleix"]
    for name in people:
        for time in (1, 2):
            text = f"Le ministre {name} a rencontré la presse lundi."
            newsroom.write(f"{name[0]}{time}.txt", article(f"{name} parle {time}", text=text))
    newsroom.build()
    assert any(path.startswith("entites/a-z/") for path in newsroom.site)
    for name in people[:2]:
        (newsroom.content / f"{name[0]}2.txt").unlink()
        (newsroom.content / f"{name[0]}1.txt").unlink()
    newsroom.build()
    assert not any(path.startswith("entites/a-z/") for path in newsroom.site)
    assert agrees(newsroom)


def test_an_archive_that_is_emptied_has_the_empty_archives_pages(newsroom: Newsroom) -> None:
    newsroom.write("seul.txt", article("Seul"))
    newsroom.build()
    (newsroom.content / "seul.txt").unlink()
    newsroom.build(allow_removals=True)
    assert agrees(newsroom)
    assert sorted(path for path in newsroom.site if path.endswith(".html")) == [
        "404.html",
        "a-propos/index.html",
        "accessibilite/index.html",
        "archives/index.html",
        "dossiers/index.html",
        "entites/index.html",
        "feeds/index.html",
        "feeds/suivre/all/index.html",
        "feeds/suivre/editions/index.html",
        "index.html",
        "mentions-legales/index.html",
        "rubriques/index.html",
    ]


def test_a_file_read_just_after_it_was_written_is_read_again(tmp_path: Path) -> None:
    """Two writes within one tick of the file system leave the same size and times."""
    newsroom = Newsroom(tmp_path)
    newsroom.write("a.txt", article("Le pont rouvre"))
    newsroom.build()
    with closing(sqlite3.connect(tmp_path / "cache" / "archive.sqlite")) as store:
        (stamp,) = store.execute("SELECT stamp FROM files").fetchone()
    assert stamp.startswith("fresh ")
    again = newsroom.build().report
    assert (again.changed, again.nothing_changed) == (0, True)


def test_a_feed_gains_the_link_though_the_theme_changed_in_the_same_build(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("prix.txt", article("Les prix montent", related=("Le pont rouvre",)))
    newsroom.build()
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.restyle("body{order:1}")
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
