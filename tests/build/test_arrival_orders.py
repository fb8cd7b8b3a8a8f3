"""However three hundred articles came in, what is known of them and the site are the same in the end,
but for which of two had an address first: that the site itself knows.

Some come twice from two agencies, some cite a headline not quite as it is written, some are late,
wrong at first, or withdrawn again. Nightly runs play two hundred orders, each to the last byte.
"""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from derived import derived
from newsdigest.base.settings import ParseRules
from newsroom import Newsroom

from benchmarks.generate import articles

COUNT = 300
ORDERS = 200 if os.environ.get("LEFIL_NIGHTLY") == "1" else 1
DECISIONS = """
[[split]]
article = "{split}"

[[title]]
article = "{title}"
title = "Un dossier de la rédaction"
"""
NAMES = "person\tBenoît Morvère\t\tlabel=B. Morvère\nplace\tOrvennes\tCorvanne\n"


def the_articles() -> dict[str, str]:
    """Path -> text of the three hundred: a tenth are copies, a tenth cite a cut headline."""
    found = dict(articles(COUNT - 2 * (COUNT // 11), seed=7))
    some = sorted(found)
    draw = random.Random(3)
    for path in draw.sample(some, COUNT // 11):
        first, _, body = found[path].partition("\n")
        # The same dispatch by another agency: other headline, one sentence less.
        sentences = body.split(". ")
        found[path.replace(".txt", "-bis.txt")] = f"{first} (bis)\n{'. '.join(sentences[:-2])}.\n"
    for path in draw.sample(some, COUNT // 11):
        first = found[path].partition("\n")[0].split()
        cut = " ".join(first[2:7])
        text = (
            f" {' '.join(first[:2])} Suite {len(found)}\n\nIl y a du nouveau.\n\n>> {cut}…\n\nAFP\n"
        )
        found[path.replace(".txt", "-suite.txt")] = text
    return found


@pytest.fixture(scope="module")
def final() -> dict[str, str]:
    return the_articles()


@pytest.fixture(scope="module")
def clean(
    final: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], dict[str, list[Any]]]:
    """The site of one build of all, and what it knows."""
    newsroom = newsroom_in(tmp_path_factory.mktemp("clean"))
    fill(newsroom, final)
    decide(newsroom, final)
    newsroom.build()
    return newsroom.site, derived(newsroom.folder / "cache" / "archive.sqlite")


def newsroom_in(folder: Path) -> Newsroom:
    return Newsroom(folder, rules=ParseRules(now=datetime(2027, 1, 1, tzinfo=UTC)))


def fill(newsroom: Newsroom, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        newsroom.write(path, text)


def decide(newsroom: Newsroom, final: dict[str, str]) -> None:
    ids = sorted(path.removesuffix(".txt") for path in final)
    newsroom.write("decisions.toml", DECISIONS.format(split=ids[40], title=ids[60]))
    newsroom.write("entities.tsv", NAMES)


@pytest.mark.parametrize("seed", range(ORDERS))
def test_the_end_does_not_tell_the_order(
    final: dict[str, str],
    tmp_path: Path,
    seed: int,
) -> None:
    draw = random.Random(seed)
    newsroom = newsroom_in(tmp_path)
    order = sorted(final)
    draw.shuffle(order)
    steps = draw.randint(2, 4)
    decided = draw.randrange(steps)
    for step in range(steps):
        for path in order[step::steps]:
            newsroom.write(path, final[path])
        last = step == steps - 1
        for path in draw.sample(order, 12):
            if (newsroom.content / path).exists() and not last:
                if draw.random() < 0.4:
                    (newsroom.content / path).unlink()
                else:
                    newsroom.write(path, final[draw.choice(order)])
        if last:
            fill(newsroom, final)
        if step == decided:
            decide(newsroom, final)
        newsroom.build()
    site = newsroom.clean_build()
    known = derived(newsroom.folder / "clean" / "cache" / "archive.sqlite")
    anew = derived(newsroom.folder / "cache" / "archive.sqlite")
    for table, rows in known.items():
        assert anew[table] == rows, table
    arrived = newsroom.site
    assert sorted(arrived) == sorted(site)
    for path, data in site.items():
        assert arrived[path] == data, path


def test_the_set_has_what_the_test_is_about(
    clean: tuple[dict[str, bytes], dict[str, list[Any]]], final: dict[str, str]
) -> None:
    site, known = clean
    assert len(final) == COUNT
    assert len(known["copies"]) >= 20
    assert sum(row[6] == "prefix" for row in known["refs"]) >= 5
    assert any(path.startswith("dossiers/") for path in site)
