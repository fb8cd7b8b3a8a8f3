"""What articles say arrives in feeds as they say it, on the day they say, and at a bearable length."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from feed_samples import ATOM, INFO, PARIS, WORDS, entry, feeds
from lxml import etree
from lxml import html as lxml_html
from msgspec.structs import replace as restated
from newsdigest.base.records import Article, Block
from newsdigest.site.feed_bytes import MAX_FEED_BYTES, Category, clean
from newsdigest.text.markup import ReferenceLink, feed_html


@pytest.mark.parametrize("words", WORDS)
def test_titles_and_texts_arrive_as_they_left(words: str) -> None:
    story = Article(
        id="x",
        path="x.txt",
        headline=words,
        published=datetime(2026, 1, 2, tzinfo=PARIS),
        date_precision="day",
        lang="vi",  # whose typography changes nothing
        blocks=(Block("paragraph", words),),
    )
    one = entry(1, title=words, html=str(feed_html(story, "https://lefil.example")))
    for data in feeds([one]):
        parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
        assert parsed.entries[0].title == unicodedata.normalize("NFC", words)
        content = parsed.entries[0].content[0].value
        assert lxml_html.fromstring(content).text_content() == words


def test_markup_in_a_summary_is_text_in_both_formats() -> None:
    atom, rss = feeds([entry(1, summary="a <script>x</script> & b")])
    feed, channel = etree.fromstring(atom), etree.fromstring(rss)
    assert feed.findtext(f".//{ATOM}summary") == "a <script>x</script> & b"
    # An RSS description is read as HTML.
    assert channel.findtext(".//item/description") == "a &lt;script&gt;x&lt;/script&gt; &amp; b"


def test_a_broken_wire_does_not_stop_the_feed() -> None:
    broken = "a\x0bb\x00c\ufffed\udc80e\x85f\x1bg"
    hostile = entry(
        1,
        id="2026/\udcff\x00",
        url="https://lefil.example/\x0b",
        title=broken,
        summary=broken,
        html=f"<p>{broken}</p>",
        authors=(broken, "\x00"),
        categories=(Category(broken), Category("")),
    )
    for data in feeds([hostile], restated(INFO, title=broken, subtitle=broken)):
        parsed = feedparser.parse(data)
        assert not parsed.bozo
        assert parsed.entries[0].title == "abcdefg"
        assert parsed.entries[0].content[0].value == "<p>abcdefg</p>"
    assert clean("é\u00a0🌾\n") == "é\u00a0🌾\n"


def test_an_article_without_text_still_makes_an_entry() -> None:
    bare = entry(1, title="", summary="", html="", authors=(), categories=())
    for data in feeds([bare]):
        parsed = feedparser.parse(data)
        assert not parsed.bozo
        assert parsed.entries[0].title == "2026/pont-1"


def test_a_hostile_article_brings_no_active_content_into_feeds() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=y> javascript:x ]]>"
    story = Article(
        id="x",
        path="x.txt",
        headline=evil,
        published=datetime(2026, 1, 2, tzinfo=PARIS),
        date_precision="day",
        lang="fr",
        blocks=(Block("paragraph", evil), Block("related", items=(evil,))),
    )
    html = str(feed_html(story, "https://lefil.example", {evil: ReferenceLink("/2026/01/a.html")}))
    for data in feeds([entry(1, title=evil, html=html)]):
        content = feedparser.parse(data, sanitize_html=False).entries[0].content[0].value
        tree = lxml_html.fromstring(f"<div>{content}</div>")
        assert {element.tag for element in tree.iter()} == {"div", "p", "h2", "ul", "li", "a"}
        assert [dict(a.attrib) for a in tree.iter("a")] == [
            {"href": "https://lefil.example/2026/01/a.html"}
        ]


@pytest.mark.parametrize(
    ("clock", "atom_date", "rss_date"),
    [
        ("2026-01-23T00:00", "2026-01-23T00:00:00+01:00", "Fri, 23 Jan 2026 00:00:00 +0100"),
        ("2026-08-14T09:05", "2026-08-14T09:05:00+02:00", "Fri, 14 Aug 2026 09:05:00 +0200"),
        ("2026-03-29T00:00", "2026-03-29T00:00:00+01:00", "Sun, 29 Mar 2026 00:00:00 +0100"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00", "Sun, 29 Mar 2026 03:30:00 +0200"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00", "Sun, 25 Oct 2026 02:30:00 +0200"),
        ("2026-10-25T04:00", "2026-10-25T04:00:00+01:00", "Sun, 25 Oct 2026 04:00:00 +0100"),
    ],
)
def test_dates_have_the_offset_of_paris_at_that_instant(
    clock: str, atom_date: str, rss_date: str
) -> None:
    moment = datetime.fromisoformat(clock).replace(tzinfo=PARIS)
    atom, rss = feeds([entry(1, published=moment, updated=moment)])
    feed, channel = etree.fromstring(atom), etree.fromstring(rss)
    assert {feed.findtext(f".//{ATOM}{n}") for n in ("updated", "published")} == {atom_date}
    assert channel.findtext(".//pubDate") == channel.findtext(".//lastBuildDate") == rss_date
    assert parsedate_to_datetime(rss_date) == datetime.fromisoformat(atom_date)


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = (datetime.fromisoformat(f"2026-10-25T02:30+0{hours}:00") for hours in (2, 1))
    atom, _ = feeds(
        [entry(1, published=first, updated=first), entry(2, published=second, updated=second)]
    )
    told = [one.text for one in etree.fromstring(atom).iter(f"{ATOM}published")]
    assert told == ["2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00"]


def test_a_wire_from_hanoi_is_dated_in_paris_time() -> None:
    hanoi = datetime(2026, 7, 1, 5, 0, tzinfo=timezone(timedelta(hours=7)))
    atom, _ = feeds([entry(1, published=hanoi, updated=hanoi)])
    assert etree.fromstring(atom).findtext(f".//{ATOM}published") == "2026-07-01T00:00:00+02:00"


def test_a_feed_stays_readable_however_long_the_articles() -> None:
    long_text = "<p>" + "mot " * 20_000 + "</p>"
    atom, rss = feeds([entry(n, html=long_text) for n in range(20)])
    assert max(len(atom), len(rss)) < 500_000
    assert len(feedparser.parse(atom).entries) == MAX_FEED_BYTES // 80_600
    assert [e.id for e in feedparser.parse(atom).entries] == [
        e.id for e in feedparser.parse(rss).entries
    ]


def test_an_endless_article_gives_its_summary_only() -> None:
    atom, _ = feeds([entry(1, html="<p>" + "&amp;" * 500_000 + "</p>")])
    assert feedparser.parse(atom).entries[0].content[0].value == "<p>Un résumé.</p>"
