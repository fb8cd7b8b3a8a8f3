"""A small newspaper below a folder of its host, as its subscribers have it, and what an edit changes there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from lxml import etree
from newsdigest.base.records import Site
from newsdigest.base.settings import ParseRules
from newsdigest.commands.correct import correct_article
from newsroom import LIMITS, NOW, Newsroom, article

URL = "https://journal.example/fil"
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SOURCE = "https://agence.example/c?a=1&b=2"
COPIED = (
    "Le journal de bord de la frégate Aurélie a été retrouvé dans les réserves du musée maritime"
    " de Belrive, où il dormait depuis deux siècles entre des rouleaux de cordage, a annoncé la"
    " conservatrice, qui montrera les premières pages au printemps."
)


def write(newsroom: Newsroom) -> None:
    for day in range(10, 14):
        cited = (f"Le tunnel de Corvanne fermé, jour {day - 1}",) if day > 10 else ()
        text = f"Anna Korvat est revenue à Genève le {day}, « 1 < 2 & 3 », a-t-elle dit."
        headline = f"Le tunnel de Corvanne fermé, jour {day}"
        newsroom.write(f"monde/t{day}.txt", article(headline, f"2026-01-{day}", text, cited))
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-12", COPIED))
    newsroom.write("b.txt", article("Retrouvé, le journal de bord", "2026-01-13", COPIED))
    newsroom.write(
        "en/c.txt",
        f"date 2026-01-13\n{SOURCE}\nThe Belrive museum opens\n\nIt opens today, it said.\n\nAFP\n",
    )
    newsroom.write("d.txt", article("Le bac de Lestrane coule", "2026-01-13"))
    told = "Anna Korvat, the minister, went back to Genève today, as the city had said she would."
    newsroom.write("en/g.txt", article("The minister goes back", "2026-01-13", told))


def edit(newsroom: Newsroom) -> None:
    """A text, then a headline and the date, then a slip that readers are not told of."""
    newsroom.write("d.txt", article("Le bac de Lestrane coule", "2026-01-13", "Il sera renfloué."))
    text = "Anna Korvat est revenue à Genève le 13 au matin, selon elle."
    newsroom.write("monde/t13.txt", article("Le tunnel de Corvanne rouvre", "2026-01-12", text))
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-12", COPIED + " Enfin."))
    assert correct_article(newsroom.settings, "a", "", minor=True) == 0


@dataclass(frozen=True)
class Paper:
    """Its files as first published, and a day later with the edits."""

    before: dict[str, bytes]
    after: dict[str, bytes]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    limits = replace(LIMITS, feed_entries=50)
    newsroom = Newsroom(
        tmp_path_factory.mktemp("paper"), site=Site(url=URL), limits=limits, publishes=True
    )
    write(newsroom)
    newsroom.build()
    before = newsroom.site
    edit(newsroom)
    newsroom.build(rules=ParseRules(now=NOW + timedelta(days=1)), allow_removals=True)
    return Paper(before, newsroom.site)


def feeds(site: dict[str, bytes], form: str) -> Iterator[tuple[str, etree._Element]]:
    """(path without its ending, root) of each feed."""
    found = [path for path in site if path.endswith(f".{form}")]
    assert len(found) > 8
    yield from ((path.rpartition(".")[0], etree.fromstring(site[path])) for path in found)


def entries(site: dict[str, bytes], name: str = "feeds/all") -> dict[str, etree._Element]:
    """The entries of an Atom feed by the article's id."""
    root = etree.fromstring(site[f"{name}.atom"])
    return {e.findtext(f"{ATOM}id").rpartition(":")[2]: e for e in root.iter(f"{ATOM}entry")}


def items(site: dict[str, bytes], name: str = "feeds/all") -> dict[str, etree._Element]:
    """The same of an RSS feed."""
    root = etree.fromstring(site[f"{name}.rss"])
    return {e.findtext("guid").rpartition(":")[2]: e for e in root.iter("item")}


def test_each_feed_has_an_id_of_its_own(paper: Paper) -> None:
    for path, root in feeds(paper.after, "atom"):
        assert root.findtext(f"{ATOM}id") == f"tag:lefil.example,2026:{path}"


def test_each_feed_says_where_it_stands(paper: Paper) -> None:
    for form in ("atom", "rss"):
        for path, root in feeds(paper.after, form):
            (link,) = root.xpath("./*[@rel='self'] | ./channel/*[@rel='self']")
            assert link.get("href") == f"{URL}/{path}.{form}"


def test_each_feed_leads_to_a_page_that_leads_to_it(paper: Paper) -> None:
    for path, root in feeds(paper.after, "rss"):
        if path == "feeds/editions":  # the front page is the newest of them
            continue
        page = root.findtext("channel/link").removeprefix(f"{URL}/") + "index.html"
        assert f"/{path}.rss" in paper.after[page].decode(), path
    for path, root in feeds(paper.after, "atom"):
        (link,) = root.xpath("./*[@rel='alternate']")
        twin = paper.after.get(f"{path}.rss")
        assert not twin or link.get("href") == etree.fromstring(twin).findtext("channel/link")


def test_a_name_s_feed_has_the_newest_articles_that_name_it_in_one_language(paper: Paper) -> None:
    for name in ("feeds/entites/geneve", "feeds/dossiers/le-tunnel-de-corvanne-ferme-jour-10"):
        assert list(entries(paper.before, name)) == ["monde/t13", "monde/t12"]
        assert list(items(paper.before, name)) == ["monde/t13", "monde/t12"]


def test_articles_of_one_day_are_told_apart(paper: Paper) -> None:
    for _path, root in feeds(paper.after, "atom"):
        moments = [e.findtext(f"{ATOM}updated") for e in root.iter(f"{ATOM}entry")]
        assert len(moments) == len(set(moments))
    days = [e.findtext(f"{ATOM}updated")[:10] for e in entries(paper.before).values()]
    assert days.count("2026-01-13") == 4


def test_an_entry_is_in_the_language_of_its_article(paper: Paper) -> None:
    told = {
        "atom": {id_: entry.get(LANG) for id_, entry in entries(paper.before).items()},
        "rss": {id_: item.findtext(f"{DC}language") for id_, item in items(paper.before).items()},
        "json": {
            item["id"].rpartition(":")[2]: item["language"]
            for item in json.loads(paper.before["feeds/all.json"])["items"]
        },
    }
    for langs in told.values():
        assert (langs["en/c"], langs["a"], langs["d"]) == ("en", "fr", "fr")


def test_an_entry_says_where_its_copy_is_from(paper: Paper) -> None:
    (via,) = entries(paper.before)["en/c"].xpath("./*[@rel='via']")
    assert via.get("href") == SOURCE
    assert items(paper.before)["en/c"].findtext(f"{DC}source") == SOURCE
    json_items = json.loads(paper.before["feeds/all.json"])["items"]
    assert [one["external_url"] for one in json_items if "external_url" in one] == [SOURCE]


def test_an_entry_names_who_signed_it(paper: Paper) -> None:
    signed = ["AFP", "VNA", "CVN"]
    entry, item = entries(paper.before)["d"], items(paper.before)["d"]
    assert [name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")] == signed
    assert [name.text for name in item.findall(f"{DC}creator")] == signed


def test_a_copy_has_no_entry_of_its_own(paper: Paper) -> None:
    for form, found in (("atom", entries), ("rss", items)):
        for path, _root in feeds(paper.before, form):
            names = found(paper.before, path)
            assert "b" not in names, path
    assert "a" in entries(paper.before)


def test_texts_lead_into_the_folder_of_the_site(paper: Paper) -> None:
    html = entries(paper.before)["monde/t13"].findtext(f"{ATOM}content")
    assert re.findall(r'href="([^"]*)"', html) == [
        f"{URL}/2026/01/12/le-tunnel-de-corvanne-ferme-jour-12.html"
    ]
    for form in ("atom", "rss"):
        for _path, root in feeds(paper.after, form):
            found = re.findall(r'(?:href|src)="([^"]*)"', " ".join(root.itertext()))
            assert all(urlsplit(link).scheme == "https" for link in found)


def test_an_edit_is_dated_in_each_format_and_moves_nothing_else(paper: Paper) -> None:
    before, after = entries(paper.before)["d"], entries(paper.after)["d"]
    item = items(paper.after)["d"]
    edited = after.findtext(f"{ATOM}updated")
    assert edited.startswith("2026-02-02T01:00:00")
    assert item.findtext(f"{ATOM}updated") == edited
    (told,) = (
        one for one in json.loads(paper.after["feeds/all.json"])["items"] if one["id"][-2:] == ":d"
    )
    assert (told["date_modified"], told["date_published"][:10]) == (edited, "2026-01-13")
    for name in ("id", "published"):
        assert after.findtext(f"{ATOM}{name}") == before.findtext(f"{ATOM}{name}")
    assert parsedate_to_datetime(item.findtext("pubDate")) == datetime.fromisoformat(
        after.findtext(f"{ATOM}published")
    )
    assert "Il sera renfloué" in after.findtext(f"{ATOM}content")


def test_another_headline_and_date_leave_the_id_and_the_day_it_came_out(paper: Paper) -> None:
    for name in ("feeds/all", "feeds/entites/geneve", "feeds/rubriques/monde"):
        before, after = (entries(site, name)["monde/t13"] for site in (paper.before, paper.after))
        assert after.findtext(f"{ATOM}title") == "Le tunnel de Corvanne rouvre"
        assert after.findtext(f"{ATOM}published") == before.findtext(f"{ATOM}published")
        assert after.findtext(f"{ATOM}updated") > before.findtext(f"{ATOM}updated")


def test_a_slip_that_readers_are_not_told_of_moves_no_date(paper: Paper) -> None:
    before, after = entries(paper.before)["a"], entries(paper.after)["a"]
    assert after.findtext(f"{ATOM}content").endswith("Enfin.</p>")
    assert after.findtext(f"{ATOM}updated") == before.findtext(f"{ATOM}updated")


def test_the_list_for_feed_readers_has_every_feed_once(paper: Paper) -> None:
    root = etree.fromstring(paper.after["feeds/index.opml"])
    listed = [line.get("xmlUrl") for line in root.iter("outline") if line.get("xmlUrl")]
    standing = [f"{path}.atom" for path, _root in feeds(paper.after, "rss")]
    assert sorted(listed) == sorted(f"{URL}/{path}" for path in standing)
    assert all(
        line.get("htmlUrl").startswith(URL) for line in root.iter("outline") if len(line) == 0
    )
