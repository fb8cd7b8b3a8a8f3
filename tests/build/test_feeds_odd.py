"""Whatever a newsroom writes and however its site is set up, validators find nothing in its feeds.

But one guess of theirs: a headline with "&1", "&amp;" or "</b>" in it reads as forgotten markup. It stays as written.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from newsdigest.base.records import Site
from newsdigest.commands.kill import Kill, kill_article
from newsroom import LIMITS, Newsroom, article

from benchmarks.feed_rules import faults

EVERYDAY = "Anna Korvat est revenue à Genève, a dit le ministère."


def nothing(_newsroom: Newsroom) -> None:
    """Not one article."""


def one_article(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Le bac coule"))


def months_alone(newsroom: Newsroom) -> None:
    for number in range(4):
        newsroom.write(
            f"{number}.txt", f" Le bac, {number} fois | janvier 2026\n\n{EVERYDAY}\n\nAFP\n"
        )


def english_alone(newsroom: Newsroom) -> None:
    for number in range(4):
        text = f"Anna Korvat went back to Geneva on the {number}th, the ministry said today."
        newsroom.write(f"{number}.txt", article(f"The ministry speaks {number}", text=text))


def hostile_texts(newsroom: Newsroom) -> None:
    evil = (
        "<script>alert(1)</script><img src=x onerror=y> javascript:x ]]> <!-- --> <?php ?>",
        "L’œuvre « à 12\u202f000\u00a0€ » 🌾 Nguyễn Đặng Thị Hà \u202e à l’envers",
        "Si a < b et c <d, voir <inaudible>, AT&T, &copy; et a <b et c> d, R&D, a\x0bb\ufffec",
    )
    for number, text in enumerate(evil):
        cited = (f"Le bac {number} : « x » & y",)
        newsroom.write(
            f"e/{number}.txt", article(f"Le bac {number + 1} : « x » & y", text=text, related=cited)
        )
        newsroom.write(f"f/{number}.txt", article(text, text=EVERYDAY))


def namesakes(newsroom: Newsroom) -> None:
    for number in range(4):
        newsroom.write(f"été/{number}.txt", article("Le bac coule", text=f"{EVERYDAY} {number}"))
        newsroom.write(
            f"ete/{number}.txt", article("Le bac, coulé", text=f"{EVERYDAY} Oui {number}")
        )


def long_ago(newsroom: Newsroom) -> None:
    for number, day in enumerate(("1971-03-28", "1999-12-31", "2025-10-26")):
        newsroom.write(f"{number}.txt", article(f"Le bac coule, {day}", day, EVERYDAY))


def taken_back(newsroom: Newsroom) -> None:
    one_article(newsroom)
    newsroom.build()
    assert kill_article(newsroom.settings, "a", Kill("« C’était < faux & archifaux. »")) == 0


NEWSROOMS = (nothing, one_article, months_alone, english_alone, hostile_texts, namesakes, long_ago)
SITES = (
    Site(url="https://journal.example"),
    Site(url="https://journal.example/fil", lang="fr-CA", timezone="America/Montreal"),
    Site(url="https://journal.example", name="Le Fil & <fils>", tagline="« Tout » & rien"),
    Site(url="https://journal.example", hub="https://hub.example/?a=1&b=2", lang="vi"),
)


CASES = {
    **{f"{write.__name__}": (write, SITES[0]) for write in (*NEWSROOMS, taken_back)},
    **{
        f"{write.__name__} {at}": (write, SITES[at])
        for at in range(1, len(SITES))
        for write in (nothing, english_alone, hostile_texts)
    },
}


@pytest.mark.parametrize("case", CASES)
def test_validators_find_nothing(tmp_path: Path, case: str) -> None:
    write, site = CASES[case]
    limits = replace(LIMITS, entity_feed_from=1, entity_page_from=1, feed_entries=2)
    newsroom = Newsroom(tmp_path, site=site, limits=limits, publishes=True)
    write(newsroom)
    newsroom.build()
    found = {
        path: data
        for path, data in newsroom.site.items()
        if path.startswith("feeds/") and path.endswith((".atom", ".rss", ".json", ".opml"))
    }
    assert {"feeds/all.atom", "feeds/all.rss", "feeds/all.json", "feeds/index.opml"} <= {*found}
    told = {path: faults(data, f"{site.url}/{path}") for path, data in found.items()}
    assert {path: fault for path, fault in told.items() if fault} == {}
    for path, data in newsroom.site.items():
        assert not path.endswith(".xml") or etree.fromstring(data) is not None
