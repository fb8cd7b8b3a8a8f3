"""The feeds of one build, from the archive to their bytes: which articles, under which title."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from newsdigest.archive.articles import Archive, FiledArticle
from newsdigest.base import addresses
from newsdigest.base.records import EntityCard
from newsdigest.base.settings import Settings
from newsdigest.site.feed_bytes import (
    FeedEntry,
    FeedInfo,
    RenderedEntry,
    Subscription,
    assemble,
    opml,
    render_entry,
    told_apart,
)
from newsdigest.site.footprint import has_feed
from newsdigest.site.plan import Kind
from newsdigest.site.words import words
from newsdigest.text import markup, typography
from newsdigest.text.markup import Labels, ReferenceLink

File = tuple[str, bytes]

# How many articles' feed entries a worker keeps: an article is in the feeds of all it names.
KEPT_ENTRIES = 500
KEPT_NAMES = 20_000
# A feed must carry a date, even that of an archive without articles.
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)

# The body's few words, by the language of the article.
LABELS = {
    "fr": Labels(),
    "en": Labels(related="Read also", table="Table", photo="Photo: {credit}"),
    "vi": Labels(related="Xem thêm", table="Bảng", photo="Ảnh: {credit}"),
}

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(RenderedEntry).decode


class FeedRoom:
    """Makes any feed of one build, in one process."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self.site = settings.site
        self.places = settings.addresses
        self.limits = settings.limits
        self.archive = archive
        self.entry = lru_cache(maxsize=KEPT_ENTRIES)(self._kept_entry)

    def urls(self, kind: Kind, slug: str) -> list[str]:
        """The site-relative addresses of a feed's files, Atom first."""
        return [addresses.href(file) for file in addresses.files_of(self.places, kind, slug)]

    def opml(self, _: str) -> list[File]:
        """The list of all feeds, for feed readers."""
        site, places = self.site, self.places
        site_feed = Subscription(
            site.name, site.url + addresses.href(places.all_atom), site.url + "/"
        )
        folders: dict[str, list[Subscription]] = {site.name: [site_feed]}
        for name, type_, slug in self.archive.with_feed():
            atom, _rss = self.urls("entity_feed", slug)
            page = addresses.href(addresses.entity(places, slug))
            folders.setdefault(words(site.lang).types_plural[type_], []).append(
                Subscription(name, site.url + atom, site.url + page)
            )
        # By address: a story that goes on does not move.
        for story in sorted(self.archive.ties.stories(), key=lambda story: story.slug):
            atom, _rss = self.urls("story_feed", story.slug)
            folders.setdefault(words(site.lang).stories, []).append(
                Subscription(story.title, site.url + atom, site.url + story.url)
            )
        return [(places.opml, opml(site.name, folders.items()))]

    def all_feed(self, _: str) -> list[File]:
        """The newest articles of all."""
        newest = self.archive.newest_articles(self.limits.feed_entries)
        return self._feed(self.site.name, "/", "all_feed", "", newest, self.site.tagline)

    def entity_feed(self, slug: str) -> list[File]:
        """The newest articles that name an entity."""
        number, card = self.archive.entity(slug) or (0, None)
        if card is None or not has_feed(self.archive, card):
            return []
        (shown,) = typeset_cards((card,), self.site.lang)
        newest = self.archive.newest_naming(number, self.limits.entity_feed_entries)
        title = f"{shown.name} – {self.site.name}"
        return self._feed(title, card.url, "entity_feed", slug, newest)

    def story_feed(self, slug: str) -> list[File]:
        """The newest articles of a story."""
        story, card = self.archive.ties.story(slug) or ("", None)
        if card is None or not card.url:
            return []
        newest = self.archive.ties.newest_of(story, self.limits.entity_feed_entries)
        title = f"{typography.typeset(card.title, self.site.lang)} – {self.site.name}"
        return self._feed(title, card.url, "story_feed", slug, newest)

    def _feed(
        self, title: str, page: str, kind: Kind, slug: str, newest: Sequence[int], about: str = ""
    ) -> list[File]:
        site = self.site
        files = addresses.files_of(self.places, kind, slug)
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
        atom, rss = assemble(info, [self.entry(n) for n in newest], EMPTY_SINCE)
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


def pack_entry(entry: RenderedEntry) -> bytes:
    """The entry small enough to keep: both formats hold the same text, which compresses to one."""
    return zlib.compress(_encode(entry), 1)


def unpack_entry(packed: bytes) -> RenderedEntry:
    return _decode(zlib.decompress(packed))


def typeset_cards(cards: Sequence[EntityCard], lang: str) -> tuple[EntityCard, ...]:
    """The cards with their names typeset: the archive keeps them as the copy writes them."""
    return tuple(
        replace(card, name=name) if (name := _typeset_name(card.name, lang)) != card.name else card
        for card in cards
    )


@lru_cache(maxsize=KEPT_NAMES)
def _typeset_name(name: str, lang: str) -> str:
    return typography.typeset(name, lang)


def reference_links(filed: FiledArticle) -> dict[str, ReferenceLink | None]:
    """Where each `>>` line of the article leads, None for those that stay text."""
    return {
        reference.resolution.headline: ReferenceLink(reference.card.url, reference.card.iso_date)
        if reference.card
        else None
        for reference in filed.references
    }
