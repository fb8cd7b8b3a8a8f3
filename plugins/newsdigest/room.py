"""One page of the plan, from the archive to its bytes: look up, decide what is shown, render.

What turns a view into HTML is the host's (Pelican's templates); what turns articles into feeds is
the core's.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape as xml_escape

import msgspec

from newsdigest import addresses, markup, pages, typography
from newsdigest.archive import Archive, FiledArticle, older_pages
from newsdigest.archive_stories import STORY_WINDOW
from newsdigest.config import Settings
from newsdigest.entities.tagger import UNTAGGED_BLOCKS
from newsdigest.feeds import (
    FeedEntry,
    FeedInfo,
    RenderedEntry,
    Subscription,
    assemble,
    opml,
    render_entry,
    told_apart,
)
from newsdigest.footprint import has_feed
from newsdigest.ingest import credit
from newsdigest.markup import Labels, ReferenceLink
from newsdigest.pages.article import Surroundings
from newsdigest.pages.words import words
from newsdigest.plan import Page
from newsdigest.records import EntityCard
from newsdigest.store import read_store, will_not_exist
from newsdigest.stories.threads import quiet_since, rhythm
from newsdigest.telling import tell_story
from newsdigest.theme import Assets
from newsdigest.verify import Verifier
from newsdigest.worddiff import Segment, added

# How many articles' feed entries a worker keeps: an article is in the feeds of all it names.
KEPT_ENTRIES = 500
# The feeds page names the feeds of the most cited; the OPML file names all.
MOST_FEEDS = 500
KEPT_PATHS = 20_000
# The roles of a long career: the page names those told most often.
ROLES = 8
# The stories that the front page and an entity's page list, and the names a story's page does.
STORIES_LISTED = 6
STORY_NAMES = 24

# A feed must carry a date, even that of an archive without articles.
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)

# The body's few words, by the language of the article.
LABELS = {
    "fr": Labels(),
    "en": Labels(related="Read also", table="Table", photo="Photo: {credit}"),
    "vi": Labels(related="Xem thêm", table="Bảng", photo="Ảnh: {credit}"),
}

File = tuple[str, bytes]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(RenderedEntry).decode


class Host(Protocol):
    """What renders pages: Pelican, behind the door that knows it."""

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """The template of that name with `context` added to what every page is shown."""
        ...

    def open_archive(self, archive: Archive) -> None:
        """Told once, before anything is rendered, where the archive can be looked up."""
        ...

    def article_context(self, filed: FiledArticle, body: str) -> Mapping[str, Any]:
        """What the host adds for an article's page (Pelican's own Article object)."""
        ...


class RenderRoom:
    """Renders any page of one build, in one process."""

    def __init__(self, settings: Settings, store: Path, assets: Assets, host: Host) -> None:
        self.host = host
        self.assets = assets
        self.site = settings.site
        self.places = settings.addresses
        self.limits = settings.limits
        self.archive = Archive(read_store(store), settings.addresses, settings.limits)
        host.open_archive(self.archive)
        self.entry = lru_cache(maxsize=KEPT_ENTRIES)(self._kept_entry)
        self.verifier = Verifier(partial(will_not_exist, self.archive.db))
        self._pages: dict[str, Callable[[str], list[File]]] = {
            "article": self._article,
            "day": self._day,
            "month": self._month,
            "year": self._year,
            "archives": self._archives,
            "front": self._front,
            "entity": self._entity,
            "entity_page": self._entity_page,
            "entities": self._entities,
            "initials": self._initials,
            "story": self._story,
            "stories": self._stories,
            "story_feed": self._story_feed,
            "feeds": self._feeds,
            "opml": self._opml,
            "all_feed": self._all_feed,
            "entity_feed": self._entity_feed,
            "not_found": self._not_found,
            "sitemap": self._sitemap,
            "sitemaps": self._sitemaps,
            "robots": self._robots,
        }

    def render(self, page: Page) -> list[File]:
        """The page's files, none if the archive holds nothing to show there."""
        return self._pages[page.kind](page.name)

    def _html(self, address: str, template: str, view: object, **more: Any) -> list[File]:
        context = {"view": view, "site": self.site, "assets": self.assets, **more}
        html = self.host.render(template, context)
        return [(addresses.file_of(address), html.encode("utf-8", "replace"))]

    # -- articles --------------------------------------------------------------------------------

    def _article(self, article_id: str) -> list[File]:
        filed = self.archive.filed(article_id)
        if filed is None:
            return []
        article = filed.article
        body = rendered_body(filed)
        view = pages.article_page(
            self.site,
            article,
            filed.url,
            body.lede,
            body.body,
            credit(article),
            filed.card.minutes,
            self._shown(filed.companies),
            filed.cited_by,
            filed.previous,
            filed.next,
            Surroundings(
                filed.membership,
                filed.followers,
                filed.leader,
                self._additions(filed),
                filed.copies,
                filed.suggestions,
            ),
            addresses=self.places,
        )
        more = self.host.article_context(filed, view.body)
        return self._html(filed.url.removeprefix("/"), "article", view, **more)

    def _additions(self, filed: FiledArticle) -> list[tuple[Segment, ...]]:
        """The paragraphs in which a folded copy says more than its leader."""
        if filed.leader is None:
            return []
        leader = self.archive.tagged(filed.leader.id).article
        texts = (
            [block.tagged_text for block in article.blocks if block.type not in UNTAGGED_BLOCKS]
            for article in (leader, filed.article)
        )
        return [
            block for block in added(*texts).blocks if any(piece.kind == "added" for piece in block)
        ]

    # -- lists by period ---------------------------------------------------------------------------

    def _front(self, _: str) -> list[File]:
        archive = self.archive
        day = archive.newest_edition()
        view = pages.front_page(
            self.site,
            day,
            archive.cards_of(day) if day else [],
            self._shown(archive.cited_on(day, self.limits.cited)) if day else (),
            archive.days_before(day, self.limits.earlier_editions),
            archive.cards_before(day, self.limits.front_cards) if day else [],
            archive.link_counts(day),
            archive.ties.running(archive.ties.newest_day(), STORIES_LISTED) if day else (),
            addresses=self.places,
        )
        return self._html("", "index", view)

    def _day(self, day: str) -> list[File]:
        archive = self.archive
        if not archive.holds(day):
            return []
        before, after = archive.neighbour_periods(day)
        view = pages.day_page(
            self.site,
            day,
            archive.cards_of(day),
            before,
            after,
            self._shown(archive.cited_on(day, self.limits.cited)),
            addresses=self.places,
        )
        return self._html(addresses.period(self.places, day), "day", view)

    def _month(self, month: str) -> list[File]:
        archive = self.archive
        if not archive.holds(month):
            return []
        before, after = archive.neighbour_periods(month)
        view = pages.month_page(
            self.site,
            month,
            archive.day_counts(month),
            archive.cards_of(month),
            before,
            after,
            addresses=self.places,
        )
        return self._html(addresses.period(self.places, month), "month", view)

    def _year(self, year: str) -> list[File]:
        archive = self.archive
        if not archive.holds(year):
            return []
        before, after = archive.neighbour_periods(year)
        view = pages.year_page(
            self.site, year, archive.month_counts(year), before, after, addresses=self.places
        )
        return self._html(addresses.period(self.places, year), "year", view)

    def _archives(self, _: str) -> list[File]:
        archive = self.archive
        view = pages.archives_page(
            self.site, archive.year_counts(), archive.month_counts(), addresses=self.places
        )
        return self._html(self.places.archives, "archives", view)

    # -- entities ----------------------------------------------------------------------------------

    def _entity(self, slug: str) -> list[File]:
        number, card = self.archive.entity(slug) or (0, None)
        if card is None or not card.url:
            return []
        last = older_pages(self.limits, card.articles) + 1
        mentions = self.archive.mentions_newest(number, self.limits.mentions_per_page)
        (shown,) = self._shown((card,))
        view = pages.entity_page(
            self.site,
            shown,
            [typography.typeset(form, self.site.lang) for form in self.archive.forms(number)],
            mentions,
            self.archive.entity_months(number),
            self._shown(self.archive.together(number)),
            last,
            last,
            self._feed_urls(card),
            self.limits.entity_index_from,
            self.archive.roles(number, ROLES),
            self.archive.link(number),
            self.archive.ties.stories_naming(number, STORIES_LISTED),
            addresses=self.places,
        )
        return self._html(addresses.entity(self.places, slug), "entity", view)

    def _entity_page(self, name: str) -> list[File]:
        slug, _, number_of_page = name.rpartition("/")
        page = int(number_of_page)
        number, card = self.archive.entity(slug) or (0, None)
        if card is None or not card.url or page > older_pages(self.limits, card.articles):
            return []
        (shown,) = self._shown((card,))
        view = pages.entity_page(
            self.site,
            shown,
            (),
            self.archive.mentions_page(number, page),
            page=page,
            pages=older_pages(self.limits, card.articles) + 1,
            index_from=self.limits.entity_index_from,
            addresses=self.places,
        )
        return self._html(addresses.entity(self.places, slug, page), "entity", view)

    def _entities(self, _: str) -> list[File]:
        archive = self.archive
        if archive.is_index_cut():
            view = pages.entity_index_cut(
                self.site,
                archive.count_with_page(),
                self._shown(archive.most_cited(self.limits.entities_most_cited)),
                archive.all_initials(),
                addresses=self.places,
            )
        else:
            named = self._shown(archive.entities_with_page())
            view = pages.entity_index(self.site, named, addresses=self.places)
        return self._html(self.places.entities, "entities", view)

    def _initials(self, part: str) -> list[File]:
        if not self.archive.is_index_cut():
            return []
        named = self._shown(self.archive.entities_with_page(part))
        if not named:
            return []
        view = pages.entity_index_part(self.site, part, named, addresses=self.places)
        return self._html(addresses.initials(self.places, part), "entities", view)

    # -- stories -----------------------------------------------------------------------------------

    def _story(self, slug: str) -> list[File]:
        ties = self.archive.ties
        story, card = ties.story(slug) or ("", None)
        if card is None or not card.url:
            return []
        members = ties.members(story, STORY_WINDOW)
        told = tell_story(self.archive, members)
        view = pages.story_page(
            self.site,
            card,
            told.dispatches,
            [member.card for member in reversed(members[: -len(told.dispatches)])],
            rhythm(ties.days(story)),
            told.key_dates,
            self._shown(self.archive.counted(ties.named_in(story), STORY_NAMES)),
            ties.waiting_in(story),
            # The day as written: that of a month's article has no page.
            members[-1].card.iso_date[:10] if quiet_since(card.last, ties.newest_day()) else None,
            self._story_feed_urls(slug),
            hidden=card.articles - len(members),
            addresses=self.places,
        )
        return self._html(addresses.story(self.places, slug), "story", view)

    def _stories(self, _: str) -> list[File]:
        ties = self.archive.ties
        view = pages.story_index(
            self.site, ties.stories(), ties.newest_day(), addresses=self.places
        )
        return self._html(self.places.stories, "stories", view)

    def _story_feed(self, slug: str) -> list[File]:
        story, card = self.archive.ties.story(slug) or ("", None)
        if card is None or not card.url:
            return []
        return self._feed(
            f"{typography.typeset(card.title, self.site.lang)} – {self.site.name}",
            "",
            card.url,
            (
                self.places.story_atom.format(slug=slug),
                self.places.story_rss.format(slug=slug),
            ),
            self.archive.ties.newest_of(story, self.limits.entity_feed_entries),
        )

    def _story_feed_urls(self, slug: str) -> list[str]:
        patterns = (self.places.story_atom, self.places.story_rss)
        return [addresses.href(pattern.format(slug=slug)) for pattern in patterns]

    # -- feeds -------------------------------------------------------------------------------------

    def _feeds(self, _: str) -> list[File]:
        rows = [
            pages.FeedEntry(
                title=self.site.name,
                about="",
                atom=addresses.href(self.places.all_atom),
                rss=addresses.href(self.places.all_rss),
                page="/",
            )
        ]
        for story in self.archive.ties.stories(MOST_FEEDS):
            atom, rss = self._story_feed_urls(story.slug)
            title = typography.typeset(story.title, self.site.lang)
            about = words(self.site.lang).feed_of_story.format(name=title)
            rows.append(pages.FeedEntry(title, about, atom, rss, story.url))
        named = [c for c in self.archive.most_cited(MOST_FEEDS) if has_feed(self.archive, c)]
        for card in sorted(self._shown(named), key=lambda card: card.slug):
            atom, rss = self._feed_urls(card)
            rows.append(pages.FeedEntry(card.name, "", atom, rss, card.url))
        view = pages.feeds_page(self.site, rows, addresses=self.places)
        return self._html(self.places.feeds, "feeds", view)

    def _opml(self, _: str) -> list[File]:
        site, places = self.site, self.places
        site_feed = Subscription(
            site.name, site.url + addresses.href(places.all_atom), site.url + "/"
        )
        folders: dict[str, list[Subscription]] = {site.name: [site_feed]}
        for name, type_, slug in self.archive.with_feed():
            feed = addresses.href(places.entity_atom.format(slug=slug))
            page = addresses.href(addresses.entity(places, slug))
            folders.setdefault(words(site.lang).types_plural[type_], []).append(
                Subscription(name, site.url + feed, site.url + page)
            )
        # By address: a story that goes on does not move.
        for story in sorted(self.archive.ties.stories(), key=lambda story: story.slug):
            feed = addresses.href(places.story_atom.format(slug=story.slug))
            folders.setdefault(words(site.lang).stories, []).append(
                Subscription(story.title, site.url + feed, site.url + story.url)
            )
        return [(places.opml, opml(site.name, folders.items()))]

    def _shown(self, cards: Sequence[EntityCard]) -> tuple[EntityCard, ...]:
        """The cards with their names typeset: the archive keeps them as the copy writes them."""
        lang = self.site.lang
        return tuple(
            replace(card, name=name)
            if (name := _typeset_name(card.name, lang)) != card.name
            else card
            for card in cards
        )

    def _feed_urls(self, card: EntityCard) -> list[str]:
        if not has_feed(self.archive, card):
            return []
        patterns = (self.places.entity_atom, self.places.entity_rss)
        return [addresses.href(pattern.format(slug=card.slug)) for pattern in patterns]

    def _all_feed(self, _: str) -> list[File]:
        return self._feed(
            self.site.name,
            self.site.tagline,
            "/",
            (self.places.all_atom, self.places.all_rss),
            self.archive.newest_articles(self.limits.feed_entries),
        )

    def _entity_feed(self, slug: str) -> list[File]:
        number, card = self.archive.entity(slug) or (0, None)
        if card is None or not has_feed(self.archive, card):
            return []
        return self._feed(
            f"{self._shown((card,))[0].name} – {self.site.name}",
            "",
            card.url,
            (
                self.places.entity_atom.format(slug=slug),
                self.places.entity_rss.format(slug=slug),
            ),
            self.archive.newest_naming(number, self.limits.entity_feed_entries),
        )

    def _feed(
        self, title: str, about: str, page: str, files: tuple[str, str], newest: Sequence[int]
    ) -> list[File]:
        site = self.site
        info = FeedInfo(
            id=files[0].rpartition(".")[0],
            title=title,
            subtitle=about,
            lang=site.lang,
            page_url=site.url + page,
            atom_url=site.url + addresses.href(files[0]),
            rss_url=site.url + addresses.href(files[1]),
            author=site.name,
            authority=site.feed_id_authority,
            timezone=site.timezone,
        )
        entries = [self.entry(n) for n in newest]
        atom, rss = assemble(info, entries, EMPTY_SINCE)
        return [(files[0], atom), (files[1], rss)]

    def _kept_entry(self, n: int) -> RenderedEntry:
        packed = self.archive.feed_entry(n)
        return unpack_entry(packed) if packed else self.new_entry(n)

    def new_entry(self, n: int) -> RenderedEntry:
        """An article as it stands in every feed that holds it."""
        filed = self.archive.filed_for_feed(n)
        article, site = filed.article, self.site
        html = markup.feed_html(
            article, site.url, reference_links(filed), LABELS.get(article.lang, LABELS["en"])
        )
        return render_entry(
            FeedEntry(
                id=article.id,
                url=site.url + filed.url,
                title=filed.card.headline,
                summary=filed.card.dek,
                html=html,
                authors=article.authors or article.agencies,
                published=article.published,
                updated=told_apart(article.published, article.id),
                categories=tuple(company.name for company in filed.companies),
                lang=article.lang,
            ),
            site.feed_id_authority,
            site.timezone,
        )

    # -- the rest ------------------------------------------------------------------------------------

    def _not_found(self, _: str) -> list[File]:
        latest = self.archive.newest_edition() or None
        view = pages.not_found_page(self.site, latest, addresses=self.places)
        return self._html(self.places.not_found, "404", view)

    def _sitemap(self, month: str) -> list[File]:
        if not self.archive.holds(month):
            return []
        urls = [addresses.href(addresses.period(self.places, month))]
        urls += [
            addresses.href(addresses.period(self.places, count.period))
            for count in self.archive.day_counts(month)
        ]
        urls += self.archive.month_urls(month)
        return [
            (
                self.places.sitemap.format(month=month),
                _sitemap_xml("urlset", "url", self._absolute(urls)),
            )
        ]

    def _sitemaps(self, _: str) -> list[File]:
        files = [
            addresses.href(self.places.sitemap.format(month=count.period))
            for count in self.archive.month_counts()
        ]
        data = _sitemap_xml("sitemapindex", "sitemap", self._absolute(files))
        return [(self.places.sitemaps, data)]

    def _absolute(self, urls: Sequence[str]) -> list[str]:
        return [self.site.url + url for url in urls]

    def _robots(self, _: str) -> list[File]:
        sitemap = self.site.url + addresses.href(self.places.sitemaps)
        return [(self.places.robots, f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n".encode())]


def pack_entry(entry: RenderedEntry) -> bytes:
    """The entry small enough to keep: both formats hold the same text, which compresses to one."""
    return zlib.compress(_encode(entry), 1)


def unpack_entry(packed: bytes) -> RenderedEntry:
    return _decode(zlib.decompress(packed))


@lru_cache(maxsize=KEPT_PATHS)
def _typeset_name(name: str, lang: str) -> str:
    return typography.typeset(name, lang)


def rendered_body(filed: FiledArticle) -> markup.RenderedBody:
    """The article's text as its page shows it, entities and related headlines linked."""
    urls = {
        (entity.name, entity.type): company.url
        for entity, company in zip(filed.entities, filed.companies, strict=True)
    }
    lang = filed.article.lang
    return markup.render_blocks(
        filed.article,
        filed.entities,
        urls,
        reference_links(filed),
        LABELS.get(lang, LABELS["en"]),
    )


def article_html(filed: FiledArticle) -> str:
    """The same in one piece, for themes that are not ours."""
    body = rendered_body(filed)
    return f'<p class="lede">{body.lede}</p>{body.body}' if body.lede else str(body.body)


def reference_links(filed: FiledArticle) -> dict[str, ReferenceLink | None]:
    """Where each `>>` line of the article leads, None for those that stay text."""
    return {
        reference.resolution.headline: ReferenceLink(reference.card.url, reference.card.iso_date)
        if reference.card
        else None
        for reference in filed.references
    }


def _sitemap_xml(root: str, item: str, urls: Sequence[str]) -> bytes:
    lines = [f"<{item}><loc>{xml_escape(url)}</loc></{item}>" for url in urls]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + f"\n</{root}>\n"
    ).encode()
