"""Hundreds of dispatches of one day that are nearly the same: none costs more for the others.

Work is counted in calls, of Python's functions and of C's, so that no clock is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from newsdigest.archive.rows import pack, unpack_terms
from newsdigest.base.records import Article
from newsdigest.entities.curated.file import Curated
from newsdigest.entities.tagger import rule_tagger
from newsdigest.read.article import parse_article
from newsdigest.relate import copies, links
from newsdigest.relate.stories import threads, window
from newsroom import Newsroom
from wire import RULES

from benchmarks.series import CASES, DAY, headline

FEW, MANY = 60, 240


def calls(job: Callable[[], object]) -> int:
    """How many functions are called while the job is done."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        job()
    finally:
        sys.setprofile(None)
    return count


def growth(job: Callable[[int], Callable[[], object]]) -> float:
    """How much more an article of many costs than one of few; 1.0 is no more."""
    return calls(job(MANY)) / calls(job(FEW)) * FEW / MANY


@cache
def packed(case: str, number: int) -> tuple[str, bytes, bytes]:
    """(id, sketch, terms) of one dispatch."""
    article = parse_article(CASES[case](number).encode(), f"{number:05}.txt", RULES)
    assert isinstance(article, Article)
    row = pack(article, rule_tagger().tag(article), Curated())
    return article.id, row.sketch, row.terms


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """What is loaded with the first array is no article's cost."""
    sketch = packed("bulletin", 0)[1]
    assert copies.containment(sketch, sketch) == 1.0


@pytest.mark.parametrize("case", CASES)
def test_a_copy_is_looked_for_at_the_same_cost_among_few_and_many(case: str) -> None:
    def job(count: int) -> Callable[[], object]:
        known = [packed(case, number) for number in range(count)]

        def look() -> None:
            found = copies.CopyWindow()
            for id_, sketch, _ in known:
                found.best((DAY, id_), sketch)
                found.add((DAY, id_), sketch)

        return look

    assert growth(job) < 1.3


def test_dispatches_that_come_last_have_none_before_them_compared() -> None:
    """A build asks all dispatches of the days around whether one of the new ones is their original."""
    come = copies.CopyWindow()
    for number in range(MANY, MANY + 20):
        come.add((f"{DAY} 12:00", packed("bulletin", number)[0]), packed("bulletin", number)[1])

    def look(when: str) -> list[copies.Copy | None]:
        return [come.best((when, id_), sketch) for id_, sketch, _ in map(_bulletin, range(FEW))]

    assert look(f"{DAY} 09:00") == [None] * FEW
    assert calls(lambda: look(f"{DAY} 09:00")) * 5 < calls(lambda: look(f"{DAY} 15:00"))


def _bulletin(number: int) -> tuple[str, bytes, bytes]:
    return packed("bulletin", number)


@pytest.mark.parametrize("case", CASES)
def test_whom_an_article_follows_is_found_at_the_same_cost_among_few_and_many(case: str) -> None:
    def job(count: int) -> Callable[[], object]:
        known = [packed(case, number) for number in range(count)]
        members = [window.Member(id_, DAY, unpack_terms(terms)) for id_, _, terms in known]

        def look() -> None:
            found = window.Window()
            for member in members:
                threads.find_parent(member, found)
                found.add(member)

        return look

    assert growth(job) < 1.3


@pytest.mark.parametrize("case", ["waiting", "cited", "number", "namesakes"])
def test_a_day_of_them_is_built_at_the_same_cost_an_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setattr(links, "MOST_NEAR", FEW // 4)

    def job(count: int) -> Callable[[], object]:
        newsroom = Newsroom(tmp_path / str(count))
        for number in range(count):
            newsroom.write(f"{number:05}.txt", CASES[case](number))
        return newsroom.build

    job(2)()  # what is loaded once
    assert growth(job) < 1.3


def test_one_more_copy_leaves_the_other_copies_pages_alone(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    for number in range(5):
        newsroom.write(f"{number:05}.txt", CASES["number"](number))
    newsroom.build()
    newsroom.write("00005.txt", CASES["number"](5))
    outcome = newsroom.build()
    articles = {page.name for page in outcome.reasons if page.kind == "article"}
    assert articles == {"00000", "00005"}
    assert newsroom.site == newsroom.clean_build()


def test_a_line_like_too_many_headlines_is_ambiguous_and_no_more_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_NEAR", 5)
    newsroom = Newsroom(tmp_path)
    for number in range(12):
        newsroom.write(f"{number:05}.txt", CASES["bulletin"](number))
    newsroom.write("99999.txt", CASES["bulletin"](99) + f"\n>> {headline(700)} à venir\n")
    report = newsroom.build().report
    assert (report.ambiguous, report.waiting) == (1, 0)
    assert newsroom.site == newsroom.clean_build()
