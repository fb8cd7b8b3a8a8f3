"""Every page of the theme in every language, poor, rich and hostile, through a plain Jinja environment."""

from __future__ import annotations

import gettext
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import structs
from msgspec.structs import replace as restated
from newsdigest.archive.connections import read_store
from newsdigest.archive.corrections import Corrected
from newsdigest.archive.places import Place
from newsdigest.archive.readers import Archive
from newsdigest.archive.retractions import Tombstone
from newsdigest.base.ledger import Edit, Entry, Retraction
from newsdigest.base.records import (
    STANDING,
    Article,
    Block,
    Card,
    Count,
    EntityCard,
    EntityMention,
    Membership,
    Photo,
    Picture,
    Site,
    StoryCard,
    Suggestion,
)
from newsdigest.entities.coordinates import Spot
from newsdigest.relate.stories.timeline import KeyDate
from newsdigest.relate.worddiff import Segment
from newsdigest.site.kind import Context, FeedLine, Kinds
from newsdigest.site.kinds import KINDS
from newsdigest.site.kinds.agency import Agency, agency_page
from newsdigest.site.kinds.article import ArticleParts, ArticleView, article_page
from newsdigest.site.kinds.corrections import CorrectionsView, Told, corrections_page
from newsdigest.site.kinds.entity import EntityView, Portrait, entity_page
from newsdigest.site.kinds.feed_page import feed_page
from newsdigest.site.kinds.feeds import feeds_page
from newsdigest.site.kinds.front import Edition, front_page
from newsdigest.site.kinds.index import entity_index, entity_index_cut, entity_index_part
from newsdigest.site.kinds.periods import (
    Day,
    Month,
    Year,
    archives_page,
    day_page,
    month_page,
    year_page,
)
from newsdigest.site.kinds.redirect import redirect_page, story_redirect_page
from newsdigest.site.kinds.retraction import retraction_page
from newsdigest.site.kinds.search import Choice, search_page
from newsdigest.site.kinds.section import Section, section_page
from newsdigest.site.kinds.sections import Listed, sections_page
from newsdigest.site.kinds.service import not_found_view
from newsdigest.site.kinds.standing import standing_page
from newsdigest.site.kinds.stories import story_index
from newsdigest.site.kinds.story import Passage, StoryDispatch, StoryView, Thread, story_page
from newsdigest.site.pictures import figures
from newsdigest.site.shapes import Link
from newsdigest.site.spans import Span
from newsdigest.site.theme import prepare_environment
from newsroom import LIMITS, Newsroom
from newsroom import article as raw_article
from samples import ADDRESSES, DAY, EVIL, PARIS, card, entity, filed

THEME = Path(__file__).parents[2] / "theme"
STATIC = THEME / "static"
CSS = "".join(
    (STATIC / "css" / name).read_text(encoding="utf-8")
    for name in (STATIC / "css" / "order.txt").read_text(encoding="utf-8").split()
)
LANGUAGES = ("fr", "en", "vi")

# What a newsroom says of itself.
TOLD = (
    ("publisher", "Association Le Fil, 1 rue du Quai, 44000 Nantes"),
    ("director", "Élise Marchetti"),
    ("contact", "redaction@lefil.example"),
    ("host", "Hébergeur SA, 2 rue du Port, 13002 Marseille"),
    ("checked", "2026-01-23"),
)

# (name, view) of samples of one kind.
Samples = Iterator[tuple[str, Any]]


def numbered(at: int, **changes: object) -> Card:
    """An article of the day: its language, section and kicker vary with its number."""
    plain = card(
        f"{at:03}",
        url=f"/2026/01/23/article-{at}.html",
        headline=f"Le port de Valmer double son quai n° {at}",
        dek="Trois armateurs ont signé un accord de dix ans.",
        lang=("fr", "en", "ar")[at % 3],
        section=("economie", "culture", "")[at % 3],
        kicker="Enquête" if at % 2 else "",
        update="Mise à jour" if at % 5 == 0 else "",
        corrected="2026-01-24" if at % 4 == 1 else "",
        credit="AVL/CVN",
        minutes=3,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def named(name: str, kind: str = "person", paged: bool = True) -> EntityCard:
    slug = f"{len(name)}-{kind}"
    return replace(entity(name, kind), slug=slug, url=f"/entites/{slug}/" if paged else "")


STORY = StoryCard("Quai de Valmer", "quai", "/dossiers/quai/", 12, "2025-11-02", DAY)
CARDS = [numbered(at) for at in range(12)]
ENTITIES = [named("Élise Marchetti"), named("Valmer", "place"), named("Port", "organisation")]
EARLIER = [Count("2026-01-22", 14), Count("2026-01-21", 1)]
HOSTILE = [numbered(at, headline=EVIL, dek=EVIL, kicker=EVIL, credit=EVIL) for at in range(8)]
MENTIONS = [EntityMention(numbered(1), "Selon ", "Élise", ", le quai avance.")] * 2
MONTHS = [Count("2025-11", 2), Count("2026-01", 4)]
ARTICLE = Article(
    id="2026/quai",
    path="content/2026/quai.txt",
    headline="Le port de Valmer double son quai",
    published=datetime(2026, 1, 23, 14, 30, tzinfo=PARIS),
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
CORRECTED = Entry(
    *("2026/quai", "2026/quai.txt", "2026/01/23/quai.html", "tag:x", "2026-01-23T14:30+01:00"),
    *("1", "1", "Le port de Valmer double son quai"),
    former=("Le port de Valmer triple son quai",),
    edits=(
        Edit("2026-01-23T16:00:00Z", "correction", "Le quai mesure 40 m.", (("A. B", "A. C"),)),
        Edit(
            "2026-01-24T08:05:00Z",
            "correction",
            "Il est doublé, et non triplé.",
            (
                ("Le port de Valmer triple son quai", "Le port de Valmer double son quai"),
                ("", "Une grue y sera placée." * 30),
            ),
        ),
    ),
)
HOSTILE_LINE = msgspec.structs.replace(
    CORRECTED, edits=(Edit("2026-01-23T16:00:00Z", "correction", EVIL, ((EVIL, f"{EVIL} x"),)),)
)
BODY = (
    "<h2>Un pari</h2><p>Le quai.</p><ul><li>un</li></ul>"
    '<aside class="related"><h2>À lire aussi</h2><ul><li><a href="/x.html">Le quai</a> '
    '<time datetime="2026-01-12">12 janvier 2026</time></li></ul></aside>'
    '<div class="table" role="region" aria-label="Tableau" tabindex="0">'
    "<table><tbody><tr><td>1</td></tr></tbody></table></div>"
)


PICTURE = Picture("port.jpg", "a" * 64, 1600, 1200, EVIL, EVIL)


# -- the kinds -----------------------------------------------------------------------------------


def fronts(site: Site) -> Samples:
    editions = {
        "front": Edition(DAY, CARDS, cited=ENTITIES, earlier=EARLIER),
        "front, thin": Edition(DAY, CARDS[:1], latest_before=CARDS[1:4]),
        "front, one": Edition(DAY, CARDS[:1]),
        "front, pictures": Edition(DAY, [replace(card, picture=PICTURE) for card in CARDS]),
        "front, empty": Edition(""),
        "front, sixty": Edition(DAY, [numbered(at) for at in range(60)]),
        "front, stories": Edition(
            DAY, CARDS, told={card.id: STORY for card in CARDS}, running=[(STORY, CARDS[0])]
        ),
        "front, hostile": Edition(DAY, HOSTILE, cited=[named(EVIL, "place")], earlier=EARLIER),
    }
    for name, edition in editions.items():
        yield name, front_page(site, ADDRESSES, edition)


PLACES = [
    Place(named("Valmer", "place"), Spot(48.85, 2.35)),
    Place(named("Rive-de-Valmer", "place", paged=False), Spot(48.86, 2.36)),
    Place(named("Osque", "place"), Spot(36.2, 37.2)),
    Place(named("Terre-Haute", "place"), Spot(39.5, -99.1, is_area=True)),
    Place(named("漢字町", "place"), Spot(35.7, 139.7)),
]
HOSTILE_PLACES = [Place(named(EVIL, "place"), Spot(-17.8, 178.0)), *PLACES]


def days(site: Site) -> Samples:
    named_there = Day(DAY, CARDS, "2026-01-22", "2026-01-24", ENTITIES, places=PLACES)
    yield "day", day_page(site, ADDRESSES, named_there)
    hostile = Day(DAY, CARDS[:1], places=HOSTILE_PLACES)
    yield "day, hostile map", day_page(site, ADDRESSES, hostile)
    yield "day, great", day_page(site, ADDRESSES, Day(DAY, [numbered(at) for at in range(500)]))


def months(site: Site) -> Samples:
    counts = [Count("2026-01-01", 1), Count(DAY, 30)]
    by_day = {"2026-01-01": CARDS[:1], DAY: [numbered(at) for at in range(200)]}
    yield (
        "month",
        month_page(site, ADDRESSES, Month("2026-01", counts, CARDS[:1], by_day, {}, "2025-12")),
    )


def years(site: Site) -> Samples:
    told = {MONTHS[0].period: [STORY]}
    yield "year", year_page(site, ADDRESSES, Year("2025", MONTHS[:1], told, "2024", "2026"))


def archives(site: Site) -> Samples:
    counts = [Count("2025", 2), Count("2026", 4)]
    yield "archives", archives_page(site, ADDRESSES, counts, MONTHS)
    yield "archives, empty", archives_page(site, ADDRESSES, [], [])


def articles(site: Site) -> Samples:
    def page(
        record: Article = ARTICLE, additions: Sequence[Sequence[Segment]] = (), **ties: object
    ) -> ArticleView:
        around = {"cited_by": tuple(CARDS[1:3]), "previous": CARDS[0], "next": CARDS[2], **ties}
        entities = [*ENTITIES, named(EVIL, paged=False)]
        dispatch = ArticleParts(filed(record, **around), "Le port.", BODY, entities, additions)
        return article_page(site, ADDRESSES, dispatch)

    evil = replace(ARTICLE, headline=EVIL, kicker=EVIL, update=EVIL, dateline=EVIL, lang='"><b>')
    bare = replace(
        ARTICLE, kicker=None, update=None, dateline=None, source_url=None, photos=(), agencies=()
    )
    told = {
        "membership": Membership(STORY, "similar", ("Élise Marchetti",)),
        "followers": CARDS[5:7],
        "predecessors": CARDS[:3],
        "copies": CARDS[7:8],
        "twins": [replace(CARDS[8], lang="en"), replace(CARDS[9], lang="ar")],
        "suggestions": [
            Suggestion(numbered(8), (), ("quai", "grue")),
            Suggestion(numbered(9), (), ()),
        ],
    }
    hostile = {
        "membership": Membership(replace(STORY, title=EVIL, url=""), "similar", (), (EVIL,)),
        "followers": HOSTILE[:1],
        "predecessors": HOSTILE[:1],
        "copies": HOSTILE[:1],
        "suggestions": [Suggestion(HOSTILE[2], (EVIL,), ())],
    }
    yield "article", page()
    yield "article, hostile", page(replace(evil, agencies=(EVIL,)))
    yield "article, bare", article_page(site, ADDRESSES, ArticleParts(filed(bare), "", ""))
    yield "article, in a story", page(**told)
    shown = replace(ARTICLE, pictures=(PICTURE, replace(PICTURE, caption="", credit="")))
    top, _at, below = figures(ADDRESSES, shown.pictures, site.lang)
    pictured = ArticleParts(filed(shown), "Le port.", BODY + "".join(below), (), (), top)
    yield "article, pictures", article_page(site, ADDRESSES, pictured)
    overtaken = {**told, "followers": CARDS[:10], "membership": Membership(STORY, "cited")}
    yield "article, long overtaken", page(**overtaken)
    pieces = (Segment("same", "Le quai"), Segment("added", EVIL))
    yield "article, a copy", page(leader=CARDS[1], additions=[pieces])
    yield "article, hostile story", page(**hostile)
    yield "article, corrected", page(line=CORRECTED)
    yield "article, hostile correction", page(line=HOSTILE_LINE)


def entities(site: Site) -> Samples:
    def page(element: EntityCard, mentions: Sequence[EntityMention], **more: Any) -> EntityView:
        return entity_page(site, ADDRESSES, Portrait(element, mentions, 3, **more))

    first = ENTITIES[0]
    rich = {
        "forms": ["Élise", "E."],
        "months": MONTHS,
        "together": ENTITIES,
        "feeds": ["/feeds/entites/x.atom", "/feeds/entites/x.rss"],
        "page": 3,
        "pages": 3,
    }
    yield "entity", page(first, MENTIONS, **rich)
    yield "entity, older", page(first, MENTIONS, page=2, pages=3)
    hostile = [EntityMention(HOSTILE[0], EVIL, EVIL, EVIL)]
    yield "entity, hostile", page(named(EVIL), hostile, forms=[EVIL])


def indexes(site: Site) -> Samples:
    yield "entities", entity_index(site, ADDRESSES, [*ENTITIES, named(EVIL, "place")])
    yield "entities, empty", entity_index(site, ADDRESSES, [])
    parts = ["el", "va", "0"]
    yield "entities, cut", entity_index_cut(site, ADDRESSES, 900, ENTITIES, parts)
    yield "entities, part", entity_index_part(site, ADDRESSES, "el", ENTITIES[:1])


def feeds(site: Site) -> Samples:
    lines = [
        FeedLine("Le Fil", "Le Fil", "/", "/feeds/all.atom", "/feeds/all.rss", "Tout"),
        FeedLine(EVIL, EVIL, "/", "/x.atom", "/x.rss", EVIL),
    ]
    yield "feeds", feeds_page(site, ADDRESSES, lines)
    folded = [FeedLine("Personnes", f"N {n}", "/", f"/{n}.atom", f"/{n}.rss") for n in range(10)]
    parts = [Link("/feeds/opml/entites-a.opml", "Noms cités, A"), Link("/x.opml", EVIL)]
    yield "feeds, in parts", feeds_page(site, ADDRESSES, [*lines, *folded], parts)


def feed_pages(site: Site) -> Samples:
    line = FeedLine("Le Fil", "Le Fil", "/feeds/suivre/all/", "/feeds/all.atom", "", "Tout")
    newest = (Link("/a.html", "Le pont rouvre", "23 janvier"), Link("/b.html", "Édition"))
    yield "feed", feed_page(site, ADDRESSES, line, newest)
    evil = FeedLine(EVIL, EVIL, "/feeds/suivre/x/", "/x.atom", "/x.rss", EVIL, "/x.json")
    yield "feed, hostile", feed_page(site, ADDRESSES, evil, (Link("/c.html", EVIL, EVIL),))
    yield "feed, empty", feed_page(site, ADDRESSES, line, ())


def stories(site: Site) -> Samples:
    def page(story: StoryCard, dispatches: Sequence[StoryDispatch], **more: Any) -> StoryView:
        return story_page(site, ADDRESSES, Thread(story, dispatches, **more))

    passage = Passage("Le quai avance.", (("2026-01-12", "Le port est grand."),))
    first = StoryDispatch(
        numbered(2, iso_date="2025-11-02", day="2025-11-02"), Membership(STORY, "")
    )
    rich = {
        "older": [numbered(5, iso_date="2025-11-01", day="2025-11-01"), CARDS[4]],
        "days": [Count("2025-11-02", 1), Count(DAY, 2)],
        "key_dates": [
            KeyDate(f"2026-02-{at:02}", "Le quai.", numbered(1).id) for at in range(1, 13)
        ],
        "named": ENTITIES,
        "waiting": [(EVIL, "2026-01-22")],
        "feeds": ["/feeds/dossiers/quai.atom"],
        "places": PLACES,
    }
    cites = Membership(STORY, "cited")
    yield "story", page(STORY, [StoryDispatch(numbered(1), cites, (passage,)), first], **rich)
    yield "story, bare", page(STORY, [first])
    yield "story, quiet", page(STORY, [first], quiet=True, hidden=1200)
    hostile = replace(STORY, title=EVIL)
    bad = StoryDispatch(
        HOSTILE[0],
        Membership(hostile, "similar", (EVIL,)),
        (Passage(EVIL, (("2026-01-01", EVIL),)),),
    )
    dates = [KeyDate(DAY, EVIL, HOSTILE[0].id)]
    yield (
        "story, hostile",
        page(hostile, [bad], older=CARDS[:2], key_dates=dates, quiet=True, places=HOSTILE_PLACES),
    )


def story_lists(site: Site) -> Samples:
    quiet = [replace(STORY, last="2025-12-24"), replace(STORY, last="2023-01-02")]
    listed = [STORY, replace(STORY, title=EVIL), *quiet]
    yield "stories", story_index(site, ADDRESSES, listed, DAY)
    yield "stories, empty", story_index(site, ADDRESSES, [], "")


def agencies(site: Site) -> Samples:
    months = [Count("2025-11", 1), Count("2026-01", 1304)]
    feeds = ["/feeds/agences/afp.atom"]
    days = ("2025-11-01", "2026-01-23")
    many = Agency(
        "AFP", "/agences/afp/", [*CARDS[:9], numbered(5, day="2025-11-01")], months, *days, feeds
    )
    yield "agency", agency_page(site, ADDRESSES, many)
    few = Agency("Belga", "/agences/belga/", CARDS[:3], [Count("2026-01", 3)], "2026-01", "2026-01")
    yield "agency, bare", agency_page(site, ADDRESSES, few)
    hostile = Agency(EVIL, "/agences/x/", [HOSTILE[0]], [Count("2026-01", 2)], *days, feeds)
    yield "agency, hostile", agency_page(site, ADDRESSES, hostile)


def sections(site: Site) -> Samples:
    months = [Count("2025-11", 1), Count("2026-01", 1304)]
    feeds = ["/feeds/rubriques/culture.atom"]
    cards = [*CARDS[:9], numbered(5, day="2025-11-01", iso_date="2025-11-01")]
    others = [("vi", [numbered(6, lang="vi")])]
    many = Section("culture", "culture", "fr", cards, months, others, feeds=feeds)
    yield "section", section_page(site, ADDRESSES, many)
    month = restated(many, month="2026-01", cards=CARDS[:9])
    yield "section, month", section_page(site, ADDRESSES, month)
    few = Section("sport", "sport", "vi", CARDS[:1], months[:1])
    yield "section, bare", section_page(site, ADDRESSES, few)
    evil = [("vi", [HOSTILE[0]])]
    hostile = Section("b", EVIL, EVIL, [HOSTILE[0]], months, evil, feeds=feeds)
    yield "section, hostile", section_page(site, ADDRESSES, hostile)


def section_lists(site: Site) -> Samples:
    listed = Listed("culture", "culture", CARDS[0], [Count("2026-01", 1304)])
    hostile = restated(listed, folder=EVIL, newest=HOSTILE[0])
    yield "sections", sections_page(site, ADDRESSES, [listed])
    yield "sections, empty", sections_page(site, ADDRESSES, [])
    yield "sections, hostile", sections_page(site, ADDRESSES, [listed, hostile])


def corrections(site: Site) -> Samples:
    def told(line: Entry, card: Card, **more: Any) -> CorrectionsView:
        found = [Corrected(number, DAY, card, line) for number, _edit in reversed(line.corrections)]
        months = [Count("2026-01", 2), Count("2025-11", 1204)]
        return corrections_page(site, ADDRESSES, Told(found, months, **more))

    feeds = ["/feeds/corrections.atom", "/feeds/corrections.rss"]
    yield "corrections", told(CORRECTED, numbered(1, corrected=DAY), feeds=feeds)
    yield "corrections, month", told(CORRECTED, numbered(2), feeds=feeds, month="2026-01")
    yield "corrections, hostile", told(HOSTILE_LINE, HOSTILE[0], feeds=feeds)


def wrong_addresses(site: Site) -> Samples:
    kinds = Kinds(KINDS)
    yield "404", not_found_view(Context(WITH_AN_ARTICLE, site, kinds), "")
    yield "404, empty", not_found_view(Context(EMPTY, site, kinds), "")


def standing_texts(site: Site) -> Samples:
    told = replace(site, told=TOLD, corrections="/corrections/")
    for name in STANDING:
        yield name, standing_page(told, ADDRESSES, name, "")
    yield "about, bare", standing_page(site, ADDRESSES, "about", "")
    evil = f"Title: {EVIL}\nSummary: {EVIL}\n\n# {EVIL}\n\n{EVIL} [x](javascript:alert(1))\n\n- {EVIL}\n"
    hostile = replace(told, told=(*((name, EVIL) for name, _value in TOLD[:-1]), TOLD[-1]))
    yield "legal, hostile", standing_page(hostile, ADDRESSES, "legal", evil + "\n[[publisher]]\n")


def searches(site: Site) -> Samples:
    held = [Span("2025", "2025-01", "2025-12", 40), Span("2026-01", "2026-01", "2026-01", 8)]
    sections, agencies = [Choice("monde", "Monde")], [Choice("afp", "AFP"), Choice("vna", "VNA")]
    years = [Choice("2026", "2026"), Choice("2025", "2025")]
    yield "search", search_page(site, ADDRESSES, held, sections, agencies, years)
    yield "search, empty", search_page(site, ADDRESSES, [])
    evil = [Choice(EVIL, EVIL), Choice("a", EVIL)]
    yield "search, hostile", search_page(site, ADDRESSES, held, evil, evil, years)


def redirects(site: Site) -> Samples:
    yield "redirect", redirect_page(site, ADDRESSES, CARDS[0])
    yield "redirect, hostile", redirect_page(site, ADDRESSES, HOSTILE[0])
    card = StoryCard("Le viaduc de Corvanne", "viaduc", "/dossiers/viaduc/", 4, DAY, DAY)
    yield "redirect, story", story_redirect_page(site, ADDRESSES, card)


def retractions(site: Site) -> Samples:
    entry = Entry(
        *("2026/quai", "2026/quai.txt", "2026/01/23/quai.html", "tag:x", "2026-01-23T00:00+01:00"),
        *("", "", "Le port de Valmer double son quai"),
    )
    killed = Retraction("2026-01-24T22:30:00Z", "Le quai n’a jamais été doublé.")
    yield "retraction", retraction_page(site, ADDRESSES, Tombstone(entry, killed))
    bad = structs.replace(entry, headline=EVIL)
    kept = structs.replace(killed, reason=EVIL, keeps_headline=True, lang='"><b>')
    yield "retraction, hostile", retraction_page(site, ADDRESSES, Tombstone(bad, kept))


def archive_of(*wire: str) -> Archive:
    """The archive of these raw articles, in memory."""
    memory = sqlite3.connect(":memory:")
    with TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder))
        for at, text in enumerate(wire):
            newsroom.write(f"{at}.txt", text)
        newsroom.build()
        with closing(read_store(Path(newsroom.settings.cache) / "archive.sqlite")) as store:
            store.backup(memory)
    return Archive(memory, ADDRESSES, LIMITS)


EMPTY, WITH_AN_ARTICLE = archive_of(), archive_of(raw_article("Le pont rouvre", DAY))

# By template.
SAMPLES = {
    "index": fronts,
    "day": days,
    "month": months,
    "year": years,
    "archives": archives,
    "article": articles,
    "entity": entities,
    "entities": indexes,
    "feeds": feeds,
    "feed": feed_pages,
    "search": searches,
    "404": wrong_addresses,
    "standing": standing_texts,
    "story": stories,
    "stories": story_lists,
    "agency": agencies,
    "section": sections,
    "sections": section_lists,
    "redirect": redirects,
    "corrections": corrections,
    "retraction": retractions,
}


# -- the pages -----------------------------------------------------------------------------------


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
            css="/theme/site.1.css",
            js="/theme/site.1.js",
            icon="/theme/icon.svg",
            touch="",
            favicon="",
            manifest="",
            search="/theme/site.1.js",
        ),
    )
    return env


def render_all(lang: str) -> dict[str, str]:
    site = Site(lang=lang, search="/recherche/")
    env = environment(site)
    return {
        name: env.get_template(f"{template}.html").render(view=view)
        for template, made in SAMPLES.items()
        for name, view in made(site)
    }


# By language and name.
PAGES = {(lang, name): html for lang in LANGUAGES for name, html in render_all(lang).items()}
