"""The theme, rendered through a plain Jinja environment: valid, accessible, light, translated."""

from __future__ import annotations

import gettext
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from newsdigest.base.records import (
    Article,
    Block,
    Card,
    Count,
    EntityCard,
    EntityMention,
    Membership,
    Photo,
    Site,
    StoryCard,
    Suggestion,
)
from newsdigest.relate.stories.timeline import KeyDate
from newsdigest.relate.worddiff import Segment
from newsdigest.site import pages
from newsdigest.site.kinds.article import ALONE, Surroundings
from newsdigest.site.pages import FeedEntry
from newsdigest.site.theme import load_assets, prepare_environment

THEME = Path(__file__).parents[2] / "theme"
STATIC = THEME / "static"
LANGUAGES = ("fr", "en", "vi")
DAY = "2026-01-23"

CSS = "".join(
    (STATIC / "css" / name).read_text(encoding="utf-8")
    for name in (STATIC / "css" / "order.txt").read_text(encoding="utf-8").split()
)

EVIL = '<b onclick="x">\'&amp;</b></title>\u202e' + "Anticonstitutionnellement" * 12


# --- Sample views --------------------------------------------------------------------------


def card(at: int, **changes: object) -> Card:
    plain = Card(
        id=f"{DAY}/{at:03}",
        url=f"/2026/01/23/article-{at}.html",
        headline=f"Le port de Valmer double son quai n° {at}",
        dek="Trois armateurs ont signé un accord de dix ans.",
        iso_date=DAY,
        day=DAY,
        lang=("fr", "en", "ar")[at % 3],
        section=("economie", "culture", "")[at % 3],
        kicker="Enquête" if at % 2 else "",
        update="Mise à jour" if at % 5 == 0 else "",
        credit="AVL/CVN",
        minutes=3,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def entity(name: str, kind: str = "person", articles: int = 5, paged: bool = True) -> EntityCard:
    url = f"/entites/{len(name)}-{kind}/" if paged else ""
    return EntityCard(name, kind, f"{len(name)}-{kind}", url, articles)  # type: ignore[arg-type]


STORY = StoryCard("Quai de Valmer", "quai", "/dossiers/quai/", 12, "2025-11-02", DAY)
CARDS = [card(at) for at in range(12)]
ENTITIES = [entity("Élise Marchetti"), entity("Valmer", "place"), entity("Port", "organisation")]
EARLIER = [Count("2026-01-22", 14), Count("2026-01-21", 1)]
HOSTILE = [card(at, headline=EVIL, dek=EVIL, kicker=EVIL, credit=EVIL) for at in range(8)]
MENTIONS = [EntityMention(card(1), "Selon ", "Élise", ", le quai avance.")] * 2
MONTHS = [Count("2025-11", 2), Count("2026-01", 4)]
ARTICLE = Article(
    id="2026/quai",
    path="content/2026/quai.txt",
    headline="Le port de Valmer double son quai",
    published=datetime(2026, 1, 23, 14, 30, tzinfo=timezone(timedelta(hours=1))),
    date_precision="minute",
    lang="fr",
    blocks=(Block("paragraph", "Le port va doubler son quai."),),
    kicker="Enquête",
    update="Mise à jour",
    dateline="VALMER (AVL)",
    source_url="https://avl.example/port",
    photos=(Photo("Le quai", "AVL"),),
    agencies=("AVL", "CVN"),
)
BODY = (
    "<h2>Un pari</h2><p>Le quai.</p><ul><li>un</li></ul>"
    '<aside class="related"><h2>À lire aussi</h2><ul><li><a href="/x.html">Le quai</a> '
    '<time datetime="2026-01-12">12 janvier 2026</time></li></ul></aside>'
    '<div class="table" role="region" aria-label="Tableau" tabindex="0">'
    "<table><tbody><tr><td>1</td></tr></tbody></table></div>"
)


def sample_views(site: Site) -> Iterator[tuple[str, str, pages.View]]:
    """(name, template, view) of every page kind, poor, rich and hostile."""
    yield "front", "index", pages.front_page(site, DAY, CARDS, ENTITIES, EARLIER)
    yield "front, thin", "index", pages.front_page(site, DAY, CARDS[:1], latest_before=CARDS[1:4])
    yield "front, one", "index", pages.front_page(site, DAY, CARDS[:1])
    yield "front, empty", "index", pages.front_page(site, "", [])
    yield "front, sixty", "index", pages.front_page(site, DAY, [card(at) for at in range(60)])
    yield "front, hostile", "index", pages.front_page(site, DAY, HOSTILE, [entity(EVIL)], EARLIER)
    yield "day", "day", pages.day_page(site, DAY, CARDS, "2026-01-22", "2026-01-24", ENTITIES)
    yield "day, great", "day", pages.day_page(site, DAY, [card(at) for at in range(500)])
    counts = [Count("2026-01-01", 1), Count(DAY, 30)]
    yield "month", "month", pages.month_page(site, "2026-01", counts, CARDS[:1], "2025-12")
    yield "year", "year", pages.year_page(site, "2025", MONTHS[:1], "2024", "2026")
    years = [Count("2025", 2), Count("2026", 4)]
    yield "archives", "archives", pages.archives_page(site, years, MONTHS)
    yield "archives, empty", "archives", pages.archives_page(site, [], [])
    yield "article", "article", article_view(site, ARTICLE)
    evil = replace(ARTICLE, headline=EVIL, kicker=EVIL, update=EVIL, dateline=EVIL, lang='"><b>')
    yield "article, hostile", "article", article_view(site, evil, EVIL)
    bare = replace(
        ARTICLE, kicker=None, update=None, dateline=None, source_url=None, photos=(), agencies=()
    )
    yield "article, bare", "article", pages.article_page(site, bare, "/a.html", "", "", "", 1)
    feeds = ["/feeds/entites/x.atom", "/feeds/entites/x.rss"]
    element = ENTITIES[0]
    yield (
        "entity",
        "entity",
        pages.entity_page(site, element, ["Élise", "E."], MENTIONS, MONTHS, ENTITIES, 3, 3, feeds),
    )
    yield "entity, older", "entity", pages.entity_page(site, element, [], MENTIONS, page=2, pages=3)
    hostile = [EntityMention(HOSTILE[0], EVIL, EVIL, EVIL)]
    yield "entity, hostile", "entity", pages.entity_page(site, entity(EVIL), [EVIL], hostile)
    yield "entities", "entities", pages.entity_index(site, [*ENTITIES, entity(EVIL)])
    yield "entities, empty", "entities", pages.entity_index(site, [])
    yield (
        "entities, cut",
        "entities",
        pages.entity_index_cut(site, 900, ENTITIES, ["el", "va", "0"]),
    )
    yield "entities, part", "entities", pages.entity_index_part(site, "el", ENTITIES[:1])
    rows = [FeedEntry("Le Fil", "Tout", "/feeds/all.atom", "/feeds/all.rss", "/")]
    yield "feeds", "feeds", pages.feeds_page(site, [*rows, FeedEntry(EVIL, EVIL, "/x.atom")])
    yield "404", "404", pages.not_found_page(site, DAY)
    yield "404, empty", "404", pages.not_found_page(site, None)
    around = Surroundings(
        Membership(STORY, "similar", ("Élise Marchetti",)),
        CARDS[5:7],
        None,
        (),
        CARDS[7:8],
        [Suggestion(card(8), (), ("quai", "grue")), Suggestion(card(9), (), ())],
    )
    yield "article, in a story", "article", article_view(site, ARTICLE, around=around)
    many = replace(around, followers=CARDS[:10], membership=Membership(STORY, "cited"))
    yield "article, long overtaken", "article", article_view(site, ARTICLE, around=many)
    pieces = (Segment("same", "Le quai"), Segment("added", EVIL))
    copy = Surroundings(leader=CARDS[1], additions=[pieces])
    yield "article, a copy", "article", article_view(site, ARTICLE, around=copy)
    evil_around = Surroundings(
        Membership(replace(STORY, title=EVIL, url=""), "similar", (), (EVIL,)),
        HOSTILE[:1],
        copies=HOSTILE[:1],
        suggestions=[Suggestion(HOSTILE[2], (EVIL,), ())],
    )
    yield "article, hostile story", "article", article_view(site, ARTICLE, around=evil_around)
    passage = pages.Passage("Le quai avance.", (("2026-01-12", "Le port est grand."),))
    members = [
        pages.StoryDispatch(card(1), Membership(STORY, "cited"), (passage,)),
        pages.StoryDispatch(
            card(2, iso_date="2025-11-02", day="2025-11-02"), Membership(STORY, "")
        ),
    ]
    key_dates = [
        KeyDate(f"2026-02-{at:02}", "named", "Le quai.", card(1).id) for at in range(1, 13)
    ]
    yield (
        "story",
        "story",
        pages.story_page(
            site, STORY, members, CARDS[3:5], [Count("2025-11-02", 1), Count(DAY, 2)], key_dates,
            ENTITIES, [(EVIL, "2026-01-22")], None, ["/feeds/dossiers/quai.atom"],
        ),
    )  # fmt: skip
    hostile = replace(STORY, title=EVIL)
    bad = pages.StoryDispatch(
        HOSTILE[0], Membership(hostile, "similar", (EVIL,)), (pages.Passage(EVIL),)
    )
    yield (
        "story, hostile",
        "story",
        pages.story_page(site, hostile, [bad], CARDS[:2], quiet_since=DAY, hidden=1200),
    )
    quiet = [replace(STORY, last="2025-12-24"), replace(STORY, last="2023-01-02")]
    yield "stories", "stories", pages.story_index(site, [STORY, *quiet], DAY)
    yield "stories, empty", "stories", pages.story_index(site, [], "")


def article_view(
    site: Site, record: Article, credit: str = "AVL/CVN", around: Surroundings = ALONE
) -> pages.ArticleView:
    named = [*ENTITIES, entity(EVIL, paged=False)]
    return pages.article_page(
        site, record, "/2026/01/23/quai.html", "Le port.", BODY, credit, 3, named,
        CARDS[1:3], CARDS[0], CARDS[2], around,
    )  # fmt: skip


def environment(site: Site) -> Environment:
    env = Environment(
        loader=FileSystemLoader(THEME / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    words = gettext.translation("theme", THEME / "translations", [site.lang])
    prepare_environment(env, words)
    env.globals.update(
        site=site,
        assets=SimpleNamespace(
            css="/theme/site.1.css", js="/theme/site.1.js", icon="/theme/icon.svg", touch=""
        ),
    )
    return env


def render_all(lang: str) -> dict[str, str]:
    site = Site(lang=lang)
    env = environment(site)
    return {
        name: env.get_template(f"{template}.html").render(view=view)
        for name, template, view in sample_views(site)
    }


PAGES = {(lang, name): html for lang in LANGUAGES for name, html in render_all(lang).items()}
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=[" ".join(key) for key in PAGES])


# --- Valid, accessible HTML ----------------------------------------------------------------

VOID = frozenset({"meta", "link", "br", "img", "hr", "input", "line", "rect"})
PHRASING_ONLY = frozenset({"p", "h1", "h2", "h3", "span", "a", "time", "strong", "mark", "dt"})
BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "table", "section", "article", "aside", "nav", "h1", "h2", "h3",
     "header", "footer", "main", "dl", "figure", "details"}
)  # fmt: skip
ONLY_IN = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "dt": {"div"},
    "summary": {"details"},
}


class Checker(HTMLParser):
    """Reads a page as a tree and keeps what is wrong with it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.wanted: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else ""
        found = dict(attrs)
        if len(found) != len(attrs):
            self.faults.append(f"twice the same attribute on {tag}")
        if tag in BLOCKS and PHRASING_ONLY & set(self.open):
            self.faults.append(f"{tag} inside {'>'.join(self.open[-4:])}")
        if tag in ONLY_IN and parent not in ONLY_IN[tag]:
            self.faults.append(f"{tag} inside {parent}")
        if parent in {"ul", "ol"} and tag != "li":
            self.faults.append(f"{tag} in a list")
        if tag in {"a", "button"} and {"a", "button"} & set(self.open):
            self.faults.append(f"{tag} inside a link")
        self.faults += [f"{name} on {tag}" for name in found if name.startswith("on")]
        if "style" in found or tag == "style":
            self.faults.append(f"style on {tag}")
        if found.get("id"):
            self.ids[str(found["id"])] += 1
        for name in ("aria-labelledby", "aria-describedby"):
            self.wanted |= set((found.get(name) or "").split())
        if (found.get("href") or "").startswith("#"):
            self.wanted.add(str(found["href"])[1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        # A drawing's <title> is not the page's.
        self.tags["svg title" if tag == "title" and parent == "svg" else tag] += 1
        self.attributes.append((tag, found))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


@each_page
def test_a_page_is_well_nested(page: str) -> None:
    checker = Checker(page)
    assert (checker.faults, checker.open) == ([], [])


@each_page
def test_ids_are_unique_and_every_reference_on_the_page_is_met(page: str) -> None:
    checker = Checker(page)
    assert [name for name, count in checker.ids.items() if count > 1] == []
    assert checker.wanted - set(checker.ids) == set()


@each_page
def test_a_page_has_its_landmarks_one_h1_and_no_skipped_heading(page: str) -> None:
    checker = Checker(page)
    assert {tag: checker.tags[tag] for tag in ("main", "h1", "title")} == {
        "main": 1,
        "h1": 1,
        "title": 1,
    }
    names = [attrs for tag, attrs in checker.attributes if tag in {"nav", "section", "aside"}]
    unnamed = [
        a for a in names if not {"aria-label", "aria-labelledby"} & set(a) and "class" not in a
    ]
    assert unnamed == []
    steps = zip(checker.headings, checker.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)


@each_page
def test_the_only_scripts_are_the_sites_own_and_data_that_parses(page: str) -> None:
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.S)
    assert [attrs for attrs, _ in scripts] == [
        ' src="/theme/site.1.js"',
        ' type="application/ld+json"',
    ]
    assert json.loads(scripts[1][1])["@context"] == "https://schema.org"
    assert "require-trusted-types-for" in page
    assert "unsafe" not in page


@each_page
def test_a_page_asks_nothing_of_a_third_party(page: str) -> None:
    fetched = [
        attrs.get("src") or attrs.get("href")
        for tag, attrs in Checker(page).attributes
        if tag == "script" or attrs.get("rel") in {"stylesheet", "icon"}
    ]
    assert [address for address in fetched if address] == [
        "/theme/site.1.css",
        "/theme/site.1.js",
        "/theme/icon.svg",
    ]


def test_hostile_text_stays_text() -> None:
    for name in ("front, hostile", "article, hostile", "entity, hostile", "feeds", "entities"):
        page = PAGES["fr", name]
        assert (page.count("&lt;b onclick") > 0, re.findall(r"<b[ >]|=\"x\"", page)) == (True, [])


def test_text_in_another_language_says_so() -> None:
    front = PAGES["fr", "front"]
    assert re.search(r'<a href="/2026/01/23/article-1.html" lang="en">', front)
    assert re.search(r'<a href="/2026/01/23/article-2.html" lang="ar" dir="rtl">', front)
    assert '<html lang="vi">' in PAGES["vi", "front"]


def test_the_current_page_is_marked_once_in_the_navigation() -> None:
    marks = {
        name: re.findall(r'aria-current="(\w+)"', PAGES["fr", name])
        for name in ("front", "day", "entities", "article")
    }
    assert marks == {"front": ["page"], "day": ["true"], "entities": ["page"], "article": []}


def test_only_pages_no_one_should_search_are_kept_from_search_engines() -> None:
    hidden = {name for (_, name), html in PAGES.items() if 'name="robots"' in html}
    assert hidden == {"404", "404, empty"}


# --- Weight --------------------------------------------------------------------------------


def test_an_article_and_the_styles_weigh_less_than_nine_kilobytes() -> None:
    weight = sum(len(gzip.compress(part.encode(), 9)) for part in (PAGES["fr", "article"], CSS))
    assert weight <= 9_000


def test_styles_and_script_keep_to_their_budget() -> None:
    _, files = load_assets(THEME)
    (css,) = (data for path, data in files.items() if path.endswith(".css"))
    assert len(css) <= 13_000
    assert (STATIC / "js" / "site.js").stat().st_size < 1024


def test_every_style_file_has_its_place_in_the_order() -> None:
    order = (STATIC / "css" / "order.txt").read_text(encoding="utf-8").split()
    assert sorted(order) == sorted(path.name for path in (STATIC / "css").glob("*.css"))
    assert (order[0], order[-1]) == ("tokens.css", "print.css")


def test_no_style_is_kept_for_a_class_that_no_page_has() -> None:
    used = {
        name
        for html in PAGES.values()
        for names in re.findall(r'class="([^"]*)"', html)
        for name in names.split()
    }
    styled = set(re.findall(r"\.([a-z][a-z-]*)", re.sub(r"\{[^{}]*\}", "{}", CSS)))
    # Made by newsdigest.text.markup, in bodies richer than the sample's.
    assert styled - used == {"entity", "question"}


# --- Colours -------------------------------------------------------------------------------


def tokens(scheme: int) -> dict[str, str]:
    """The colour tokens: 0 light, 1 dark."""
    pairs = re.findall(r"--(\w+):light-dark\((#\w+),(#\w+)\)", CSS)
    return {name: colours[scheme] for name, *colours in pairs}


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two #rrggbb colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_controls_stand_out_from_their_ground(scheme: int) -> None:
    colour = tokens(scheme)
    grounds = (colour["bg"], colour["surface"])
    text = dict.fromkeys(("ink", "soft", "accent", "link"), 4.5)
    for name, least in (text | {"edge": 3, "focus": 3}).items():
        assert min(contrast(colour[name], ground) for ground in grounds) >= least, name
    assert contrast(colour["ink"], colour["mark"]) >= 4.5


def test_old_browsers_get_the_light_colours() -> None:
    first = CSS[: CSS.index("@supports")]
    assert {
        name: f"--{name}:{value}" in first for name, value in tokens(0).items()
    } == dict.fromkeys(tokens(0), True)


def test_the_theme_colours_of_the_browser_are_the_pages() -> None:
    found = re.findall(r'theme-color" content="(#\w+)"', PAGES["fr", "front"])
    assert found == [tokens(0)["bg"], tokens(1)["bg"]]


# --- Words ---------------------------------------------------------------------------------


def messages_of_the_templates() -> set[str | tuple[str, ...]]:
    env = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    found: set[str | tuple[str, ...]] = set()
    for path in (THEME / "templates").rglob("*.html"):
        for _, _, message in env.extract_translations(path.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
            found.add(message if isinstance(message, str) else tuple(filter(None, message))[:2])
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_templates_is_translated_and_compiled(lang: str) -> None:
    folder = THEME / "translations" / lang / "LC_MESSAGES"
    with (folder / "theme.po").open("rb") as file:
        catalog = read_po(file, locale=lang)
    messages = [message for message in catalog if message.id]
    assert {message.id for message in messages} == messages_of_the_templates()
    assert [message.id for message in messages if message.fuzzy or not all(
        [message.string] if isinstance(message.string, str) else message.string
    )] == []  # fmt: skip
    assert [message.id for message in messages if list(message.check(catalog))] == []
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    assert words_of(compiled.getvalue()) == words_of((folder / "theme.mo").read_bytes())


def words_of(catalogue: bytes) -> dict[object, str]:
    """A compiled catalogue's words; its header names whoever compiled it."""
    words = gettext.GNUTranslations(io.BytesIO(catalogue))._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in words.items() if key}


def test_the_languages_do_not_borrow_from_english() -> None:
    def strings(lang: str) -> dict[object, object]:
        with (THEME / "translations" / lang / "LC_MESSAGES" / "theme.po").open("rb") as file:
            return {message.id: message.string for message in read_po(file) if message.id}

    english = strings("en")
    same = {
        lang: {key for key, words in strings(lang).items() if words == english[key]}
        for lang in ("fr", "vi")
    }
    assert same == {"fr": {"Archives", "Articles", "Pages", ("article", "articles")}, "vi": set()}
