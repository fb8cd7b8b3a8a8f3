"""Of copies of one dispatch the one that readers were given goes on standing in the lists."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from newsdigest.base.settings import ParseRules
from newsroom import NOW, Newsroom, article
from nightly import rounds

BAC = (
    "Le bac qui relie Lestrane à l'île d'Aurvec a coulé dans la nuit de mercredi à jeudi, sans faire de"
    " blessé : les douze passagers avaient quitté le bord à vingt-deux heures, a dit la capitainerie."
)
ENDS = ("", " Une enquête est ouverte.", " Il datait de 1974.", " La ligne est fermée.")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One that publishes by building."""
    return Newsroom(tmp_path / "newsroom", publishes=True)


def write(newsroom: Newsroom, name: str, date: str, end: str = "") -> None:
    headline = f"Le bac de Lestrane coule, vu par {name}"
    newsroom.write(f"{name}.txt", article(headline, date, BAC + end))


def build(newsroom: Newsroom, hours: float, **changes: object) -> list[str]:
    """The ids in the feed of everything; the site is that of a clean build."""
    rules = ParseRules(now=NOW + timedelta(hours=hours))
    newsroom.build(rules=rules, allow_removals=True, allow_resending=True, **changes)
    assert newsroom.site == newsroom.clean_build(rules=rules, publishes=False)
    entries = feedparser.parse(newsroom.site["feeds/all.atom"]).entries
    return [entry.id.rpartition(":")[2] for entry in entries]


def folded(newsroom: Newsroom) -> dict[str, bool]:
    """What the ledger says of each article: was it published as a copy alone?"""
    files = sorted((newsroom.content / "ledger").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return {line["id"]: line.get("folded", False) for line in lines}


def test_an_earlier_copy_that_comes_late_does_not_take_the_lead(newsroom: Newsroom) -> None:
    write(newsroom, "b", "2026-01-15")
    assert build(newsroom, 1) == ["b"]
    write(newsroom, "a", "2026-01-14")
    assert build(newsroom, 2) == ["b"]
    assert folded(newsroom) == {"a": True, "b": False}
    write(newsroom, "a", "2026-01-14", ENDS[1])
    assert build(newsroom, 3) == ["b"]


def test_of_those_that_come_together_the_earliest_leads(newsroom: Newsroom) -> None:
    write(newsroom, "b", "2026-01-15")
    write(newsroom, "a", "2026-01-14")
    assert build(newsroom, 1) == ["a"]
    assert folded(newsroom) == {"a": False, "b": True}


def test_what_was_built_and_not_published_leads_nothing(newsroom: Newsroom) -> None:
    write(newsroom, "b", "2026-01-15")
    assert build(newsroom, 1, publishes=False) == ["b"]
    write(newsroom, "a", "2026-01-14")
    assert build(newsroom, 2, publishes=False) == ["a"]
    assert build(newsroom, 3) == ["a"]
    assert folded(newsroom) == {"a": False, "b": True}


def test_a_copy_stands_for_a_dispatch_that_is_removed_and_goes_on_doing_so(
    newsroom: Newsroom,
) -> None:
    write(newsroom, "a", "2026-01-14")
    build(newsroom, 1)
    write(newsroom, "b", "2026-01-15")
    assert build(newsroom, 2) == ["a"]
    text = (newsroom.content / "a.txt").read_text("utf-8")
    (newsroom.content / "a.txt").unlink()
    assert build(newsroom, 3) == ["b"]
    assert folded(newsroom) == {"a": False, "b": False}
    newsroom.write("a.txt", text)
    assert build(newsroom, 4) == ["a"]  # both were published: the earlier one


def test_what_editors_set_apart_is_led_by_neither(newsroom: Newsroom) -> None:
    write(newsroom, "b", "2026-01-15")
    build(newsroom, 1)
    write(newsroom, "a", "2026-01-14")
    newsroom.write("decisions.toml", '[[apart]]\narticle = "a"\nother = "b"\n')
    assert set(build(newsroom, 2)) == {"a", "b"}
    newsroom.write("decisions.toml", "")
    assert build(newsroom, 3) == ["a"]


@pytest.mark.parametrize("seed", rounds(2, 30))
def test_whatever_comes_when_a_clean_build_agrees(newsroom: Newsroom, seed: int) -> None:
    """Copies come, are edited, dated anew, leave and are set apart; now and then nothing is published."""
    draw = random.Random(seed)
    for hour in range(1, 13):
        name = draw.choice("abcd")
        act = draw.choice(("write", "write", "write", "remove", "apart"))
        if act == "write":
            write(newsroom, name, f"2026-01-{draw.randint(13, 16)}", draw.choice(ENDS))
        elif act == "remove":
            (newsroom.content / f"{name}.txt").unlink(missing_ok=True)
        else:
            other = draw.choice("abcd".replace(name, ""))
            line = f'[[apart]]\narticle = "{name}"\nother = "{other}"\n'
            newsroom.write("decisions.toml", draw.choice((line, "")))
        build(newsroom, hour, publishes=draw.random() < 0.8)


def test_a_copys_page_leads_to_where_the_same_in_another_language_stands_now(
    tmp_path: Path,
) -> None:
    newsroom, english = Newsroom(tmp_path), "The ferry of Lestrane sinks"
    write(newsroom, "b", "2026-01-14")
    write(newsroom, "c", "2026-01-15")
    for day in ("13", "12"):
        newsroom.write("en/c.txt", article(english, f"2026-01-{day}"))
        newsroom.build()
        (page,) = (path for path in newsroom.site if path.endswith("vu-par-c.html"))
        address = f"/2026/01/{day}/the-ferry-of-lestrane-sinks.html"
        assert address in newsroom.site[page].decode()
