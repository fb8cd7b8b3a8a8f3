"""Saved web pages: what an editor gets of them, and which are no articles."""

from __future__ import annotations

import json
import plistlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from newsdigest.base.records import Article, Rejection
from newsdigest.read.formats import parse_raw
from newsdigest.read.remarks import remarks
from newsdigest.read.sources import is_ignored
from newsdigest.site.settings import settings_from
from newsroom import Newsroom
from pelican.settings import DEFAULT_CONFIG
from wire import RULES, copy

from benchmarks.formats import mutate

LEDE = "The harbour of Tollan reopened on Friday, three days after a storm that sank nine boats."
MASTER = "Harbour master Odile Marchefer said the last wreck had been raised on Thursday night."
VOTE = (
    "The council will vote a relief of two million crowns next week, and the fleet sails on Monday."
)
TEXT = f"<p>{LEDE}</p><p>{MASTER}</p><p>{VOTE}</p>"
HEADLINE = "Harbour of Tollan reopens after the storm"
LINKED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2026-01-23T10:00:00+01:00",
    "author": [{"@type": "Person", "name": "Ruth Adler"}],
    "publisher": {"@type": "Organization", "name": "Tollan Herald"},
}


def page(body: str = TEXT, head: str = "", linked: object = LINKED, h1: str = HEADLINE) -> bytes:
    data = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{h1} | Tollan Herald'
        f"</title>{head}{data}</head><body><nav><ul><li><a href=/>Home</a><li><a href=/s>Sport</a>"
        f"</ul></nav><article><h1>{h1}</h1>{body}</article><footer>© 2026 Tollan Herald</footer>"
        "</body></html>"
    ).encode()


def read(data: bytes, path: str = "pont.html") -> Article:
    outcome = parse_raw(data, path, RULES)
    assert isinstance(outcome, Article), outcome
    return outcome


def refused(data: bytes, path: str = "pont.html") -> Rejection:
    outcome = parse_raw(data, path, RULES)
    assert isinstance(outcome, Rejection), outcome
    return outcome


def texts(article: Article) -> list[str]:
    return [block.tagged_text for block in article.blocks if block.type != "photo"]


def test_a_saved_page_is_its_article_without_the_page() -> None:
    article = read(page())
    assert (article.headline, article.iso_date, article.authors, article.lang, article.format) == (
        HEADLINE,
        "2026-01-23T10:00+01:00",
        ("Ruth Adler",),
        "en",
        "HTML",
    )
    assert texts(article) == [LEDE, MASTER, VOTE]


def test_subheadings_lists_tables_quotations_and_captions_stay() -> None:
    body = (
        f"<figure><img src=a.jpg><figcaption>Boats on the quay.</figcaption></figure><p>{LEDE}</p>"
        f"<h2>Nine boats lost</h2><blockquote><p>{MASTER}</p></blockquote>"
        "<ul><li>nine boats were sunk in the harbour</li><li>two men are still missing</li></ul>"
        f"<p>{VOTE}</p><table><tr><th>Port</th><th>Boats</th></tr><tr><td>Tollan</td><td>9</td></tr></table>"
    )
    article = read(page(body))
    assert [block.type for block in article.blocks] == [
        *("paragraph", "subheading", "paragraph", "list", "paragraph", "table", "photo"),
    ]
    assert article.photos[0].caption == "Boats on the quay."


@pytest.mark.parametrize(
    ("head", "linked", "date"),
    [
        ('<meta property="article:published_time" content="2026-01-22T08:15:00Z">', None, "2026-01-22T08:15+00:00"),
        ('<meta name="parsely-pub-date" content="2026-01-21">', None, "2026-01-21"),
        ('<link rel="canonical" href="https://herald.example/2026/01/20/harbour">', None, "2026-01-20"),
        ("", {"@graph": [{"@type": "WebPage"}, {**LINKED, "@type": ["ReportageNewsArticle"]}]}, "2026-01-23T10:00+01:00"),
        ("", [{"@type": "BreadcrumbList"}, LINKED], "2026-01-23T10:00+01:00"),
    ],
)  # fmt: skip
def test_the_day_is_that_of_publication_wherever_the_page_tells_it(
    head: str, linked: object, date: str
) -> None:
    assert read(page(head=head, linked=linked)).iso_date == date


def test_the_day_may_only_be_seen_on_the_page() -> None:
    shown = "<div class='article-date'>23 January 2026</div>"
    assert read(page(shown + TEXT, linked=None)).iso_date == "2026-01-23"
    marked = "<time datetime='2026-01-22T09:30:00+01:00'>Thursday</time>"
    assert read(page(marked + TEXT, linked=None)).iso_date == "2026-01-22T09:30+01:00"


def test_a_page_without_a_day_is_refused_unless_its_name_has_one() -> None:
    assert refused(page(linked=None)).code == "E_DATE_MISSING"
    assert read(page(linked=None), "2026-01-23-pont.html").iso_date == "2026-01-23"


def test_the_headline_is_not_signed_by_the_site_nor_cut() -> None:
    long = "Harbour of Tollan reopens after the storm that sank nine boats and closed the road along the coast for a week"
    cut = {**LINKED, "headline": long[:100].rstrip() + "…"}
    assert read(page(linked=cut, h1=long)).headline == long
    bare = page(linked=None, head='<meta name="date" content="2026-01-23">').replace(
        b"<h1>", b"<h6>"
    )
    assert read(bare.replace(b"</h1>", b"</h6>")).headline == HEADLINE


def test_related_headlines_become_related_lines_and_invitations_go() -> None:
    body = (
        f"<p>{LEDE}</p><p>Read also: Storm sinks nine boats in the harbour of Tollan</p><p>{MASTER}</p>"
        f"<p>Sign up for our morning newsletter</p><p>{VOTE}</p>"
    )
    beside = b"<aside><h3>Related stories</h3><ul><li><a href=x>Council of Tollan votes relief for fishermen</a></ul></aside></body>"
    article = read(page(body).replace(b"</body>", beside))
    assert texts(article) == [LEDE, MASTER, VOTE]
    assert article.related == (
        "Storm sinks nine boats in the harbour of Tollan",
        "Council of Tollan votes relief for fishermen",
    )


def test_the_canonical_address_is_kept_as_source() -> None:
    address = "https://herald.example/2026/01/23/harbour"
    assert read(page(head=f'<link rel="canonical" href="{address}">')).source_url == address
    noted = f"<!-- saved from url=(0041){address} -->".encode() + page()
    assert read(noted).source_url == address


def test_an_agency_is_known_by_its_name_and_signs() -> None:
    linked = {**LINKED, "author": {"name": "Agence France-Presse"}}
    assert read(page(linked=linked)).agencies == ("AFP",)
    assert read(page(linked={**LINKED, "author": []})).agencies == ("Tollan Herald",)


@pytest.mark.parametrize(
    ("title", "body", "fact"),
    [
        ("404: page not found", "<p>Sorry, the page you are looking for has moved or never was.</p>", "missing"),
        ("Page introuvable", "<p>La page demandée n'existe pas ou plus.</p>", "missing"),
        ("Le Monde & vous", "<p>Nous et nos partenaires utilisons des cookies.</p><button>Tout accepter</button>", "cookies"),
        ("Your choice", "<p>We value your privacy. We and our partners store cookies on your device.</p>", "cookies"),
        (HEADLINE, f"<p>{LEDE}</p><p>Subscribe to continue reading.</p>", "sold"),
        (HEADLINE, f"<p>{LEDE}</p><p>Il vous reste 85 % de cet article à lire. La suite est réservée aux abonnés.</p>", "sold"),
        ("Just a moment...", "<p>Checking your browser before you go on.</p>", "robot"),
    ],
)  # fmt: skip
def test_a_page_that_holds_no_article_is_refused_by_what_it_is(
    title: str, body: str, fact: str
) -> None:
    found = refused(page(body, linked={**LINKED, "headline": title}, h1=title))
    assert (found.code, found.facts) == ("E_PAGE", {fact: 1})


def test_an_article_about_cookies_and_missing_pages_is_an_article() -> None:
    more = "".join(f"<p>{n}. {MASTER} {VOTE}</p>" for n in range(6))
    body = (
        f"<p>The site answered 'page not found' and asked readers to accept all cookies.</p>{more}"
    )
    assert read(page(body)).headline == HEADLINE


def test_a_page_is_decoded_by_what_it_is_not_by_what_it_says() -> None:
    body = (
        "<p>Le marché de Corvanne a rouvert vendredi à Évry, « enfin », après l'été et la forêt brûlée.</p>"
        * 2
    )
    text = page(body + TEXT).decode()
    assert "« enfin »" in read(text.replace("utf-8", "iso-8859-1").encode()).lede
    latin = text.replace("utf-8", "windows-1252").encode("cp1252")
    assert "« enfin »" in read(latin).lede
    assert "« enfin »" in read(("\ufeff" + text).encode("utf-16-le")).lede
    stray = text.encode().replace(b"enfin", b"enfin\xff") + ("é" * 20).encode()
    assert "marché" in read(stray).lede


def test_an_mhtml_file_is_the_page_in_it() -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://herald.example/2026/01/23/harbour"
    message["Subject"] = HEADLINE
    message.set_content(page().decode(), subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\xff\xd8\xff", "image", "jpeg")
    article = read(message.as_bytes(), "pont.mhtml")
    assert texts(article) == [LEDE, MASTER, VOTE]
    assert article.source_url == "https://herald.example/2026/01/23/harbour"


def test_a_page_saved_as_text_and_a_text_saved_as_page_are_read_as_they_are() -> None:
    found = remarks(read(page(), "pont.txt"))
    assert ("W_FORMAT", {"format": "HTML", "suffix": ".txt"}) in [(r.code, r.facts) for r in found]
    text = read(copy(LEDE).encode(), "pont.html")
    assert (text.format, "W_FORMAT" in {one.code for one in remarks(text)}) == ("", True)
    assert "W_FORMAT" not in {one.code for one in remarks(read(page()))}


def test_nothing_of_a_page_s_scripts_and_styles_is_read() -> None:
    body = f"<p>{LEDE}<script>alert('x')</script></p><style>p{{color:red}}</style><p>{MASTER}</p><p onclick=x()>{VOTE}</p>"
    assert texts(read(page(body))) == [LEDE, MASTER, VOTE]


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"<html><body></body></html>",
        b"<html>" + b"<div>" * 20000 + b"text" + b"</div>" * 20000,
        b"<!DOCTYPE html><html><script type='application/ld+json'>"
        + b"[" * 50000
        + b"</script><p>a</p>",
        b"<html>\x00\x00\x00" + b"\xff" * 500,
        b"<!doctype html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><html><p>&b;</p></html>",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\n" * 9000,
    ],
)
def test_hostile_pages_end_as_an_article_or_by_name(data: bytes) -> None:
    assert isinstance(parse_raw(data, "x.html", RULES), (Article, Rejection))


def test_a_folder_of_pages_and_texts_is_one_digest(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    (newsroom.content / "monde").mkdir(parents=True)
    (newsroom.content / "monde" / "pont.html").write_bytes(
        page(TEXT + "<p>Read also: Storm sinks nine boats</p>")
    )
    (newsroom.content / "monde" / "pont_files").mkdir()
    (newsroom.content / "monde" / "pont_files" / "ad.html").write_bytes(page())
    newsroom.write(
        "monde/storm.txt", copy(MASTER, title="Storm sinks nine boats", date="2026-01-20")
    )
    report = newsroom.build().report
    assert (report.published, report.duplicates, report.rejections) == (2, [], [])
    assert (
        b"storm-sinks-nine-boats"
        in newsroom.site["2026/01/23/harbour-of-tollan-reopens-after-the-storm.html"]
    )


def test_pages_of_pelican_s_own_are_no_articles() -> None:
    given = {**DEFAULT_CONFIG, "PAGE_PATHS": ["pages"], "STATIC_PATHS": ["img"]}
    settings = settings_from(given, {})
    left = ("pages/about.html", "pages/legal/terms.htm", "img/banner.html")
    assert [path for path in left if not is_ignored(path, settings.ignored)] == []
    assert not is_ignored("monde/pont.html", settings.ignored)


def test_safari_s_archive_is_the_page_in_it() -> None:
    main = {
        "WebResourceData": page(),
        "WebResourceURL": "https://herald.example/a",
        "WebResourceTextEncodingName": "UTF-8",
    }
    article = read(
        plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY), "pont.webarchive"
    )
    assert (article.headline, article.source_url) == (HEADLINE, "https://herald.example/a")


def test_rows_of_teasers_and_bare_divs_are_told_apart() -> None:
    teasers = "".join(
        f"<div class=card><a href=/{n}><h3>Something else that happened on the coast {n}</h3></a><p>A line or two about"
        " what happened there, and who says so.</p></div>"
        for n in range(4)
    )
    body = f"<div class=x><div>{LEDE}</div><div>{MASTER}</div><h2>A vote</h2><div>{VOTE}</div></div><div>{teasers}</div>"
    assert texts(read(page(body))) == [LEDE, MASTER, "A vote", VOTE]


def test_a_row_of_teasers_with_several_links_each_is_taken_off_once() -> None:
    card = "<div class=card><h3><a href=/a>Something else happened</a> <a href=/b>on the coast</a></h3><p>A line.</p></div>"
    assert texts(read(page(f"{TEXT}<div>{card * 3}</div>"))) == [LEDE, MASTER, VOTE]


def test_a_text_in_a_frame_of_tables_and_breaks_is_paragraphs() -> None:
    body = f"<table><tr><td>Menu</td><td>{LEDE}<br><br>{MASTER}<br><br>{VOTE}<br><br>{LEDE[:-1]} again.</td></tr></table>"
    assert texts(read(page(body)))[:3] == [LEDE, MASTER, VOTE]


def test_linked_data_takes_off_what_stands_around_a_text() -> None:
    promo = "<p>Get unlimited access to the Herald for a crown a week, and read all day.</p>"
    told = {**LINKED, "articleBody": f"{LEDE} {MASTER} {VOTE}"}
    assert texts(read(page(promo + TEXT + promo.replace("unlimited", "daily"), linked=told))) == [
        LEDE,
        MASTER,
        VOTE,
    ]


def test_mutated_files_of_any_format_never_raise() -> None:
    assert mutate(25) >= 200


def test_a_page_that_is_xhtml_and_holds_no_text_warns_of_nothing(
    recwarn: pytest.WarningsRecorder,
) -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        "<title>Le pont</title></head><body><p>Rien.</p></body></html>"
    )
    parse_raw(page.encode(), "a.html", RULES)
    assert [str(one.message) for one in recwarn] == []


@pytest.mark.parametrize("mark", ["source", "photo-credit", "author copyright"])
def test_a_figure_that_is_marked_as_its_own_credit_is_read(mark: str) -> None:
    figure = f'<figure class="{mark}"><img src="a.jpg"><figcaption>The quay</figcaption></figure>'
    assert texts(read(page(TEXT + figure))) == [LEDE, MASTER, VOTE]
