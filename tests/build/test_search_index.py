"""The indexes of the search through builds: what they hold, which are made again, and what leaves them."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsdigest.base.settings import KINDS, WITHOUT_SEARCH, ParseRules
from newsdigest.report_screen import cannot_search
from newsroom import LIMITS, Newsroom, article

INDEXES = "recherche/index/"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path, kinds=KINDS)
    newsroom.write("vieux.txt", article("Le vieux pont ferme", "2025-03-02"))
    newsroom.write(
        "pont.txt", article("Le pont rouvre", "2025-12-30", "Le pont de Corvanne rouvre.")
    )
    newsroom.write("gel.txt", article("Le gel arrive", "2026-01-14", "Le gel gagne la plaine."))
    return newsroom


def said(files: dict[str, bytes]) -> bytes:
    """All that the site's files say, with what is packed."""
    return b"\n".join(
        gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data for data in files.values()
    )


def indexed(newsroom: Newsroom) -> dict[str, bytes]:
    return {path: data for path, data in newsroom.site.items() if path.startswith(INDEXES)}


def remade(newsroom: Newsroom) -> set[str]:
    """The indexes that a build makes again."""
    reasons = newsroom.build(allow_removals=True).reasons
    return {page.name for page in reasons if page.kind == "search_index"}


def test_a_new_article_makes_its_months_index_again_and_no_other(newsroom: Newsroom) -> None:
    newsroom.build()
    before = indexed(newsroom)
    newsroom.write("neige.txt", article("La neige arrive", "2026-01-15"))
    assert remade(newsroom) == {"2026-01"}
    after = indexed(newsroom)
    assert {path for path in before if "2026-01" not in path} < set(after)
    assert all(after[path] == before[path] for path in before if "2026-01" not in path)
    assert remade(newsroom) == set()


def test_an_edited_article_leaves_nothing_of_what_it_said(newsroom: Newsroom) -> None:
    newsroom.build()
    newsroom.write("pont.txt", article("Le pont rouvre", "2025-12-30", "Il attend le printemps."))
    assert remade(newsroom) == {"2025"}
    assert b"pont de Corvanne" not in said(newsroom.site)
    assert newsroom.site == newsroom.clean_build()


def test_a_month_that_closes_is_searched_with_its_year(newsroom: Newsroom) -> None:
    newsroom.build()
    newsroom.settings = replace(
        newsroom.settings, rules=ParseRules(now=datetime(2026, 7, 1, tzinfo=UTC))
    )
    newsroom.write("mars.txt", article("Mars commence", "2026-03-01"))
    assert remade(newsroom) == {"2026-03"}
    newsroom.write("mai.txt", article("Mai commence", "2026-05-01"))
    assert remade(newsroom) == {"2026-t1", "2026-05"}
    assert {path.split("/")[2] for path in indexed(newsroom)} == {
        *("2025", "2026-t1", "2026-05", "programme"),
    }
    assert newsroom.site == newsroom.clean_build()


def test_whatever_the_order_they_come_in_the_bytes_are_the_same(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.build()
    other = Newsroom(tmp_path / "other", kinds=KINDS)
    files = sorted(newsroom.content.glob("*.txt"), reverse=True)
    for at, file in enumerate(files):
        other.write(file.name, file.read_text("utf-8"))
        if at != 1:
            other.build()
    assert indexed(other) == indexed(newsroom)


def test_what_is_under_embargo_is_in_no_index_until_its_time(newsroom: Newsroom) -> None:
    newsroom.write(
        "traite.txt",
        "EMBARGO 2026-02-10 06:00\n\n"
        + article(
            "Le traité de Valdenne est signé", "2026-01-15", "Le traité cède le phare d'Aurelle."
        ),
    )
    newsroom.build()
    assert b"Aurelle" not in said(newsroom.site)
    later = ParseRules(now=datetime(2026, 3, 1, tzinfo=UTC))
    newsroom.build(rules=later)
    assert b"phare d'Aurelle" in said(indexed(newsroom))


def test_what_is_taken_away_leaves_the_indexes_and_an_empty_one_goes(newsroom: Newsroom) -> None:
    newsroom.build()
    assert b"Le gel gagne la plaine" in said(indexed(newsroom))
    (newsroom.content / "gel.txt").unlink()
    assert remade(newsroom) == {"2025-12", "2025-s1"}
    assert b"Le gel gagne la plaine" not in said(newsroom.site)
    assert not [path for path in indexed(newsroom) if "/2026" in path]
    assert newsroom.site == newsroom.clean_build()


def test_a_copy_is_found_as_the_dispatch_it_is_a_copy_of(newsroom: Newsroom) -> None:
    text = (
        "Le journal de bord de la frégate Aurélie a été retrouvé dans les réserves du musée maritime de"
        " Belrive, où il dormait depuis deux siècles entre des rouleaux de cordage et des caisses de"
        " vaisselle, a annoncé la conservatrice, qui montrera les premières pages au printemps."
    )
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-12", text))
    newsroom.write("b.txt", article("Un journal de bord", "2026-01-13", f"{text} Le musée exulte."))
    newsroom.build()
    assert said(indexed(newsroom)).count(b"rouleaux de cordage") == 1
    assert newsroom.site == newsroom.clean_build()


def test_without_the_program_the_site_has_no_search_and_the_build_says_so(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not newsroom.build().report.cannot_search
    monkeypatch.setattr("newsdigest.build.program", lambda: None)
    outcome = newsroom.build()
    assert outcome.report.cannot_search
    (line,) = cannot_search(outcome.report, "content", str)
    assert "pagefind[bin]" in line[0]
    assert not [path for path in newsroom.site if "recherche" in path]
    assert newsroom.site == newsroom.clean_build()


def test_a_site_that_wants_no_search_is_not_asked_for_the_program(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.build()
    monkeypatch.setattr("newsdigest.build.program", lambda: None)
    assert not newsroom.build(kinds=WITHOUT_SEARCH).report.cannot_search
    assert not indexed(newsroom)


def test_an_index_is_no_page_in_the_report(newsroom: Newsroom) -> None:
    report = newsroom.build().report
    html = [path for path in newsroom.site if path.endswith(".html")]
    assert len(html) <= report.pages_written < len(html) + 10


def test_of_a_large_month_a_day_makes_the_newest_days_again(tmp_path: Path) -> None:
    july = ParseRules(now=datetime(2026, 7, 1, tzinfo=UTC))
    limits = replace(LIMITS, search_articles=5)
    newsroom = Newsroom(tmp_path, kinds=KINDS, limits=limits, rules=july)
    for day in ("02", "06"):
        newsroom.write(f"{day}.txt", article(f"Le jour {day}", f"2026-01-{day}"))
    newsroom.build()

    def add(date: str) -> set[str]:
        newsroom.write(f"{date}.txt", article(f"Le jour {date}", date))
        return remade(newsroom)

    assert add("2026-01-09") == {"2026-01-01-07", "2026-01-08"}
    assert add("2026-01-10") == {"2026-01-08"}
    assert add("2026-01-03") == {"2026-01-01-07"}
    assert add("2026-01-16") == {"2026-01-01-14", "2026-01-15"}
    assert newsroom.site == newsroom.clean_build()
    (newsroom.content / "2026-01-16.txt").unlink()
    assert remade(newsroom) == {"2026-01-01-07", "2026-01-08"}
    assert newsroom.site == newsroom.clean_build()
    assert add("2026-02-01") == {"2026-01", "2026-02"}
    assert add("2026-01-04") == {"2026-01-01-07", "2026-01-08"}
    assert {path.split("/")[2] for path in indexed(newsroom)} == {
        "2026-01-01-07",
        "2026-01-08",
        "2026-02",
        "programme",
    }
    assert newsroom.site == newsroom.clean_build()
