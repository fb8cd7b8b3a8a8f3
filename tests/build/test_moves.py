"""An article that is moved: its former addresses lead to it, whatever happens then."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from newsdigest.base.errors import BuildError
from newsdigest.base.records import Site
from newsdigest.commands.desk import entries
from newsdigest.commands.move import move_article
from newsroom import Newsroom, article

ATOM = "{http://www.w3.org/2005/Atom}"
OLD = "2026/01/15/le-pont-rouvre.html"
NEW = "2026/01/15/pont-de-saint-orens.html"
HOST_FILES = ("_redirects", "redirects.caddy", "redirects.nginx")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    found = Newsroom(tmp_path / "newsroom", publishes=True)
    found.write("a.txt", article("Le pont rouvre"))
    found.write("b.txt", article("Grève au port"))
    found.write("c.txt", article("Citation", "2026-01-16", related=("Le pont rouvre",)))
    found.build()
    return found


def move(newsroom: Newsroom, typed: str, slug: str) -> None:
    assert move_article(newsroom.settings, typed, slug) == 0
    newsroom.build()


def leads_to(newsroom: Newsroom, address: str) -> str:
    """Where the page at a former address leads."""
    page = newsroom.site[address].decode()
    assert "noindex=True" in page
    return page.partition("target=Target(url='/")[2].partition("'")[0]


def test_the_former_address_leads_to_the_new_one(newsroom: Newsroom) -> None:
    assert not set(HOST_FILES) & newsroom.site.keys()
    (before,) = (line.feed for line in entries(newsroom.settings) if line.id == "a")
    move(newsroom, "a", "Pont de Saint-Orens")
    site = newsroom.site
    assert b"Le pont rouvre" in site[NEW]
    assert leads_to(newsroom, OLD) == NEW
    assert f"/{NEW}".encode() in site["2026/01/16/citation.html"]
    assert OLD.encode() not in site["2026/01/16/citation.html"]
    assert OLD.encode() not in site["sitemaps/2026-01.xml"]
    assert NEW.encode() in site["sitemaps/2026-01.xml"]
    feed = etree.fromstring(site["feeds/all.atom"])
    (entry,) = (it for it in feed.iter(f"{ATOM}entry") if it.findtext(f"{ATOM}id") == before)
    assert entry.find(f"{ATOM}link").get("href").endswith(NEW)
    assert entry.findtext(f"{ATOM}updated", "")[:10] == "2026-01-15"
    assert site == newsroom.clean_build()


def test_hosts_find_the_lines_they_read(newsroom: Newsroom) -> None:
    move(newsroom, "a", "Pont de Saint-Orens")
    assert [newsroom.site[name].decode() for name in HOST_FILES] == [
        f"/{OLD} /{NEW} 301\n",
        f"redir /{OLD} /{NEW} 301\n",
        f"/{OLD} /{NEW};\n",
    ]


def test_of_a_site_in_a_folder_the_lines_begin_with_it(newsroom: Newsroom) -> None:
    move(newsroom, "a", "Pont de Saint-Orens")
    newsroom.build(site=Site(url="https://user.example/fil"))
    assert newsroom.site["_redirects"].decode() == f"/fil/{OLD} /fil/{NEW} 301\n"
    assert f'href="/fil/{NEW}"' in newsroom.site[OLD].decode()


def test_a_chain_of_moves_is_flat_and_may_come_back(newsroom: Newsroom) -> None:
    for slug in ("deux", "trois", "quatre"):
        move(newsroom, "a", slug)
    last = "2026/01/15/quatre.html"
    for former in (OLD, "2026/01/15/deux.html", "2026/01/15/trois.html"):
        assert leads_to(newsroom, former) == last
    move(newsroom, "a", "le pont rouvre")
    assert leads_to(newsroom, last) == leads_to(newsroom, "2026/01/15/deux.html") == OLD
    assert b"Le pont rouvre" in newsroom.site[OLD]
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize("slug", ["greve au port", "citation", "autrefois"])
def test_an_address_that_another_has_or_had_is_refused(newsroom: Newsroom, slug: str) -> None:
    newsroom.write("c2.txt", article("Citation", "2026-01-15"))
    newsroom.build()
    move(newsroom, "b", "autrefois")
    move(newsroom, "b", "greve au port")
    with pytest.raises(BuildError, match="now or formerly"):
        move_article(newsroom.settings, "a", slug)


@pytest.mark.parametrize("slug", ["", "!!!", "index", "Index"])
def test_what_makes_no_address_is_refused(newsroom: Newsroom, slug: str) -> None:
    with pytest.raises(BuildError, match="makes no address"):
        move_article(newsroom.settings, "a", slug)


def test_an_address_given_up_is_nobody_elses(newsroom: Newsroom) -> None:
    move(newsroom, "a", "Pont de Saint-Orens")
    newsroom.write("z.txt", article("Le pont rouvre", text="Une tout autre histoire de pont."))
    newsroom.build()
    assert "2026/01/15/le-pont-rouvre-2.html" in newsroom.site
    assert leads_to(newsroom, OLD) == NEW
    assert newsroom.site == newsroom.clean_build()


def test_an_article_that_goes_takes_its_former_addresses_along(newsroom: Newsroom) -> None:
    move(newsroom, "a", "Pont de Saint-Orens")
    (newsroom.content / "a.txt").unlink()
    newsroom.build()
    assert not {OLD, NEW, *HOST_FILES} & newsroom.site.keys()
    newsroom.write("a.txt", article("Le pont rouvre"))
    newsroom.build()
    assert leads_to(newsroom, OLD) == NEW
    assert newsroom.site == newsroom.clean_build()


def test_a_move_taken_back_in_the_ledger_is_as_if_it_had_never_been(newsroom: Newsroom) -> None:
    file = newsroom.content / "ledger/2026-01.jsonl"
    before, lines = newsroom.site, file.read_bytes()
    move(newsroom, "a", "Pont de Saint-Orens")
    file.write_bytes(lines)
    newsroom.build()
    assert newsroom.site == before


def test_an_article_of_no_known_day_and_one_in_a_folder_of_its_own_are_moved_too(
    newsroom: Newsroom,
) -> None:
    newsroom.write("d.txt", article("La récolte", "2025-08"))
    newsroom.build()
    move(newsroom, "d", "Moisson")
    assert leads_to(newsroom, "2025/08/la-recolte.html") == "2025/08/moisson.html"
    assert newsroom.site == newsroom.clean_build()
