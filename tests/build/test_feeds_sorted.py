"""What an entry is sorted under, what licences leave of it, and who is told that a feed changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import feedparser
import pytest
from newsdigest.base.records import Site
from newsroom import LIMITS, Newsroom, article

LIVE = "feeds/all.atom"
RSS = "feeds/all.rss"
SORTS = "tag:lefil.example,2026:"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    limits = replace(LIMITS, entity_feed_entries=9, entity_feed_from=1, entity_page_from=1)
    return Newsroom(tmp_path / "newsroom", site=Site(url="https://journal.example"), limits=limits)


def write(newsroom: Newsroom, name: str, text: str, headline: str = "") -> None:
    newsroom.write(f"{name}.txt", article(headline or f"Le marché, {name}", "2026-01-15", text))


def sorted_under(site: dict[str, bytes], file: str) -> set[tuple[str, str]]:
    (entry, *_others) = feedparser.parse(site[file]).entries
    return {(tag.term, (tag.scheme or "").removeprefix(SORTS)) for tag in entry.tags}


@pytest.mark.parametrize("file", [LIVE, RSS])
def test_categories_say_what_they_are(newsroom: Newsroom, file: str) -> None:
    text = "La ministre Anna Korvat est arrivée à Hanoï, selon l'Organisation mondiale de la santé.\n\nAFP"
    write(newsroom, "monde/a", text)
    newsroom.build()
    assert sorted_under(newsroom.site, file) == {
        ("Anna Korvat", "person"),
        ("Hanoï", "place"),
        ("OMS", "organisation"),
        ("Monde", "section"),
        *((name, "agency") for name in ("AFP", "VNA", "CVN")),
    }


def test_an_entry_follows_its_story_into_its_name_and_out_of_it(newsroom: Newsroom) -> None:
    for number in range(4):
        headline = f"Le tunnel de Corvanne fermé, jour {number}"
        cited = f"\n\n>> Le tunnel de Corvanne fermé, jour {number - 1}" if number else ""
        write(newsroom, f"t{number}", f"Le tunnel reste fermé, dit Anna Korvat.{cited}", headline)
    newsroom.build()
    assert "story" in {sort for _name, sort in sorted_under(newsroom.site, LIVE)}
    newsroom.write("decisions.toml", '[[title]]\narticle = "t1"\ntitle = "Tunnel fermé"\n')
    newsroom.build()
    assert ("Tunnel fermé", "story") in sorted_under(newsroom.site, LIVE)
    assert newsroom.site == newsroom.clean_build()


def test_an_agency_s_licence_leaves_the_summary(newsroom: Newsroom) -> None:
    texts = "Premier paragraphe du texte.\n\nLe deuxième paragraphe en dit plus long."
    write(newsroom, "a", f"{texts}\n\nAFP")
    newsroom.build(site=replace(newsroom.settings.site, summaries_only=frozenset({"Reuters"})))
    assert b"en dit plus long" in newsroom.site[LIVE]
    newsroom.build(site=replace(newsroom.settings.site, summaries_only=frozenset({"AFP"})))
    for file in (LIVE, RSS):
        assert b"en dit plus long" not in newsroom.site[file]
        assert b"Premier paragraphe" in newsroom.site[file]


# -- hubs ------------------------------------------------------------------------------------------


@contextmanager
def hub(status: int = 204) -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """A hub, and what it was told."""
    told: list[dict[str, list[str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.append(parse_qs(body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", told
        server.shutdown()


def publish(newsroom: Newsroom, hub: str) -> object:
    site = replace(newsroom.settings.site, hub=hub)
    return newsroom.build(site=site, releases=True, publishes=True).sent


def test_a_publication_tells_the_hub_of_the_feeds_that_changed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    write(newsroom, "a", "Le marché de Hanoï ouvre.")
    with hub() as (url, told):
        publish(newsroom, url)
        assert f'<link rel="hub" href="{url}"/>'.encode() in newsroom.site[LIVE]
        links = feedparser.parse(newsroom.site[RSS]).feed.links
        assert [link.href for link in links if link.rel == "hub"] == [url]
        write(newsroom, "b", "Le marché de Corvanne ouvre.")
        told.clear()
        publish(newsroom, url)
    (ping,) = told
    assert ping["hub.mode"] == ["publish"]
    assert f"https://journal.example/{LIVE}" in ping["hub.url"]
    assert not [one for one in ping["hub.url"] if "hanoi" in one]


def test_a_hub_that_does_not_answer_stops_nothing(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    write(newsroom, "a", "Le marché ouvre.")
    with hub(status=503) as (url, _told):
        sent = publish(newsroom, url)
    assert getattr(sent, "hub_silent", "") == "HTTP 503"
    write(newsroom, "b", "Le marché ferme.")
    sent = publish(newsroom, url)  # nobody listens there any more
    assert getattr(sent, "hub_silent", "")
    assert getattr(sent, "release", None)


def test_without_a_hub_none_is_named(newsroom: Newsroom) -> None:
    write(newsroom, "a", "Le marché ouvre.")
    newsroom.build()
    assert b"hub" not in newsroom.site[LIVE]
