"""What validators of feeds ask: of all feeds, so of corrections and of what was cancelled too."""

from __future__ import annotations

import feedparser
import pytest
from gazette import Gazette

from benchmarks.feed_rules import faults

URL = "https://lefil.example"
ALL = "feeds/all.atom"
CORRECTIONS = "feeds/corrections.atom"


def feeds_of(site: dict[str, bytes]) -> dict[str, bytes]:
    """Every feed, and the list of them."""
    kinds = (".atom", ".rss", ".json", ".opml")
    return {
        path: data for path, data in site.items() if path[:6] == "feeds/" and path.endswith(kinds)
    }


def test_validators_find_nothing_in_any_feed(gazette: Gazette) -> None:
    found = feeds_of(gazette.newsroom.site)
    assert {path.rpartition(".")[2] for path in found} == {"atom", "rss", "json", "opml"}
    told = {path: faults(data, f"{URL}/{path}") for path, data in found.items()}
    assert {path: fault for path, fault in told.items() if fault} == {}
    assert all(
        feedparser.parse(data).entries for path, data in found.items() if path[-4:] in "atom.rss"
    )


def test_what_was_cancelled_and_corrected_is_among_them(gazette: Gazette) -> None:
    entries = feedparser.parse(gazette.newsroom.site[ALL]).entries
    (cancelled,) = [entry for entry in entries if entry.title.startswith("ANNULÉ")]
    assert cancelled.id == "tag:lefil.example,2026:ballon"
    (told,) = feedparser.parse(gazette.newsroom.site[CORRECTIONS]).entries
    assert told.id == "tag:lefil.example,2026:norvege:correction:1"
    assert "Il rentre par Oslo" in told.summary + str(told.get("content"))


# In a feed of one entry: what somebody may put in the place of what, and what validators say then.
DAMAGE = {
    CORRECTIONS: (
        ("</feed>", "", "SAXError"),
        ("<feed xmlns=", "<a:feed xmlns:a=", "SAXError"),
        ("<title>", "<title><b/>", "schema"),
        ("<id>tag:", "<id>", "schema"),
        ("</updated>", "Z</updated>", "schema"),
        ("<author>", "<auteur>", "SAXError"),
        ('rel="self"', 'rel="related"', "MissingSelf"),
        ("/feeds/corrections.atom", "/feeds/all.atom", "SelfDoesntMatchLocation"),
        ('rel="self"', 'rel="mine"', "UnregisteredAtomLinkRel"),
        ('href="https://lefil.example/2026', 'href="/2026', "schema"),
        ('href="https://lefil.example/2026', 'href="https:/2026', "InvalidFullLink"),
        ('href="https://lefil.example/2026', 'href="https://é/2026', "InvalidUriChar"),
        ("norvege:correction", "norv%65ge:correction", "NonCanonicalURI"),
        ('xml:lang="fr">', 'xml:lang="">', "schema"),
        ("<summary>", "<summary> ", "UnexpectedWhitespace"),
        ("<summary>", "<summary>AT&amp;amp;T ", "ContainsUndeclaredHTML"),
        ("<summary>", "<summary>&lt;b>a&lt;/b> ", "ContainsUndeclaredHTML"),
        ("<updated>2026", "<updated>1926", "ImplausibleDate"),
        ('type="html">', 'type="html">&lt;script>', "SecurityRisk"),
        ('type="html">', 'type="html">&lt;p onclick="x">&lt;/p>', "SecurityRiskAttr"),
        ('type="html">', 'type="html">&lt;a href="/a">a&lt;/a>', "ContainsRelRef"),
        ('type="html">', 'type="html">&lt;img srcset="/a.jpg 2x">', "ContainsRelRef"),
        ('type="html">', 'type="html">&lt;b>', "NotHtml"),
        ('type="html">', 'type="html">a & b', "SAXError"),
        ('type="html">', 'type="html">a &amp; b', "NotHtml"),
    ),
    "feeds/corrections.rss": (
        ("<item>", "<item><title>a</title>", "DuplicateElement"),
        ("<item>", "<item><teaser>a</teaser>", "UndefinedElement"),
        ("</item>", "</item><ttl>5</ttl>", "MisplacedItem"),
        ('isPermaLink="false"', "", "InvalidHttpGUID"),
        ('<guid isPermaLink="false">', "<guid/><!-- ", "SAXError"),
        (" +0100</pubDate>", "</pubDate>", "ProblematicalRFC822Date"),
        ("<pubDate>Sat,", "<pubDate>Sun,", "IncorrectDOW"),
        ("<title>Correction", "<title>R&amp;1 Correction", "ContainsHTML"),
        ("/feeds/corrections.rss", "/feeds/corrections.atom", "SelfDoesntMatchLocation"),
        ("<language>fr</language>", "", "InvalidLanguage"),
        ("xmlns:dc=", "xmlns:d=", "SAXError"),
    ),
}


@pytest.mark.parametrize(
    ("path", "before", "after", "rule"),
    [(path, *damage) for path, found in DAMAGE.items() for damage in found],
)
def test_a_fault_is_seen(gazette: Gazette, path: str, before: str, after: str, rule: str) -> None:
    sound = gazette.newsroom.site[path].decode()
    assert before in sound
    told = faults(sound.replace(before, after, 1).encode(), f"{URL}/{path}")
    assert rule in {one.partition(":")[0] for one in told}


def test_an_entry_told_twice_is_seen(gazette: Gazette) -> None:
    for path, end in ((CORRECTIONS, "entry"), ("feeds/corrections.rss", "item")):
        sound = gazette.newsroom.site[path].decode()
        entry = sound[sound.index(f"<{end}") : sound.index(f"</{end}>")] + f"</{end}>"
        told = faults(sound.replace(entry, entry * 2).encode(), f"{URL}/{path}")
        assert any(one.startswith(("DuplicateEntries", "DuplicateValue")) for one in told)
