"""The generated archive: the same everywhere, growing at its end, and read without a hitch."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the benchmarks are no installed package

from newsdigest.base.records import Article  # noqa: E402
from newsdigest.base.settings import ParseRules  # noqa: E402
from newsdigest.entities.tagger import rule_tagger  # noqa: E402
from newsdigest.read.article import parse_article  # noqa: E402

from benchmarks.generate import PER_DAY, articles, generate, headline  # noqa: E402

COUNT = 600
RULES = ParseRules(now=datetime(2026, 2, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def copy() -> list[tuple[str, str]]:
    return list(articles(COUNT))


@pytest.fixture(scope="module")
def parsed(copy: list[tuple[str, str]]) -> list[Article]:
    read = [parse_article(text.encode(), path, RULES) for path, text in copy]
    return [article for article in read if isinstance(article, Article)]


def test_the_same_articles_come_whatever_the_hash_seed():
    script = (
        "from benchmarks.generate import articles;"
        "import hashlib; print(hashlib.sha256(repr(list(articles(60))).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "20260123")
    }
    assert len(digests) == 1


def test_an_archive_grows_at_its_end(tmp_path: Path):
    whole, grown = tmp_path / "whole", tmp_path / "grown"
    paths = generate(whole, 70)
    assert generate(grown, 60) + generate(grown, 10, start=60) == paths
    assert contents(grown) == contents(whole)
    assert sorted(contents(whole)) == sorted(paths)


def test_another_seed_is_another_archive():
    assert not {text for _, text in articles(20)} & {text for _, text in articles(20, seed=2)}


def test_every_file_is_read_without_a_warning(parsed: list[Article]):
    assert len(parsed) == COUNT
    assert {warning for article in parsed for warning in article.warnings} == set()
    assert {article.status for article in parsed} == {"published"}


def test_most_copy_is_french(parsed: list[Article]):
    langs = [article.lang for article in parsed]
    assert set(langs) == {"fr", "en", "vi"}
    assert langs.count("fr") > 0.9 * COUNT


def test_a_day_holds_fifty_articles(parsed: list[Article]):
    days = [article.iso_date for article in parsed]
    assert days == sorted(days)
    assert {days.count(day) for day in days} == {PER_DAY}


def test_headlines_are_read_as_written_and_differ(
    copy: list[tuple[str, str]], parsed: list[Article]
):
    assert [article.headline for article in parsed] == [headline(n) for n in range(COUNT)]
    assert {article.kicker for article in parsed} == {None}
    assert len({article.headline for article in parsed}) == COUNT
    dated = [f" date {a.iso_date} {a.headline}" for a in parsed]
    assert all(text.startswith(head) for (_, text), head in zip(copy, dated, strict=True))


def test_an_article_has_the_length_of_the_seed(copy: list[tuple[str, str]], parsed: list[Article]):
    words = [len(" ".join(block.text for block in a.blocks).split()) for a in parsed]
    assert 325 <= mean(words) <= 375
    assert 2200 <= mean(len(text.encode()) for _, text in copy) <= 2800


def test_an_article_repeats_one_earlier_headline_on_average(parsed: list[Article]):
    # The first days have nothing three days older to refer to: they are left aside.
    place = {article.headline: n for n, article in enumerate(parsed)}
    settled = range(4 * PER_DAY, COUNT)
    back = [n - place[line] for n in settled for line in parsed[n].related]
    assert 0.85 <= len(back) / len(settled) <= 1.15
    assert min(back) >= 1
    assert mean(gap >= 3 * PER_DAY - PER_DAY for gap in back) > 0.5


def test_an_article_names_ten_entities_by_zipfs_law(parsed: list[Article]):
    tagger = rule_tagger()
    found = [{entity.name for entity in tagger.tag(article)} for article in parsed]
    assert 9 <= mean(map(len, found)) <= 11
    often = sorted(sum(name in names for names in found) for name in set().union(*found))[::-1]
    # Half of all names are in the news once; the most frequent is in every second article.
    assert often[len(often) // 2] == 1
    assert 0.3 <= often[0] / COUNT <= 0.8
    assert 0.05 <= often[9] / COUNT <= 0.15


def contents(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*.txt")
    }
