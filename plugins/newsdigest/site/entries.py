"""Feed entries: an article as it stands in every feed that holds it, made once and kept."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec
from markupsafe import Markup

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.readers import Archive
from newsdigest.archive.retractions import Tombstone
from newsdigest.base.addresses import href
from newsdigest.base.ledger import Entry, Retraction
from newsdigest.base.records import Site
from newsdigest.site import notes
from newsdigest.site.body import reference_links
from newsdigest.site.feed_bytes import (
    MAX_DOCUMENT_BYTES,
    Category,
    Extent,
    FeedEntry,
    FeedInfo,
    RenderedEntry,
    assemble,
    render_entry,
    told_apart,
)
from newsdigest.site.feed_json import assemble_json
from newsdigest.site.kind import FeedSource
from newsdigest.site.lists import renewed
from newsdigest.site.pictures import feed_figures, media
from newsdigest.site.words import labels, section_title, words
from newsdigest.text import markup, typography
from newsdigest.text.dates import aware

# How many articles' feed entries a worker keeps: an article is in the feeds of all it names.
KEPT_ENTRIES = 500
# A feed must carry a date, even that of an archive without articles.
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(RenderedEntry).decode


class Entries:
    """The entries of one build's feeds, in one process."""

    def __init__(self, site: Site, archive: Archive) -> None:
        self.site = site
        self.archive = archive
        # The last ones used, those used first in front. A cache of functions would hold this object, and with it
        # the archive and its connection, until Python looks for garbage.
        self._last: dict[int, RenderedEntry] = {}

    def feed(
        self, source: FeedSource, files: Sequence[str], retracted: Sequence[Tombstone] = ()
    ) -> tuple[bytes, ...]:
        """A feed's bytes, Atom, RSS and JSON; `files` are where they will stand: the first of these.

        What was `retracted` keeps its place, under the same id, as far as there is room.
        """
        site, history = self.site, source.history
        links: dict[str, str] = {}
        if history:
            links = {"prev-archive": history.before, "current": history.live}
        info = FeedInfo(
            id=files[0].rpartition(".")[0],
            title=source.title,
            subtitle=source.about,
            lang=source.lang or site.lang,
            page_url=site.url + source.page,
            atom_url=site.url + href(files[0]),
            rss_url=site.url + href(files[1]) if len(files) > 1 else "",
            json_url=site.url + href(files[2]) if len(files) > 2 else "",
            author=site.name,
            authority=site.feed_id_authority,
            timezone=site.timezone,
            links=tuple((rel, site.url + url) for rel, url in links.items() if url),
            archived=bool(history and history.live),
            hub="" if history and history.live else site.hub,
        )
        entries = [self._entry(n) for n in source.articles]
        entries += [
            render_entry(other, site.feed_id_authority, site.timezone) for other in source.others
        ]
        cancelled = [self.cancelled(*one) for one in retracted]
        extent: Extent = "all" if len(entries) + len(cancelled) < source.most else "newest"
        if source.days is not None:
            recent = _recent(entries, cancelled, source.days, source.least)
            extent = extent if len(recent) == len(entries) else "newest"
            entries = recent
        if not source.texts:
            entries = list(map(brief, entries))
        if cancelled:
            entries += cancelled
            entries.sort(key=lambda entry: entry.order, reverse=True)
        entries = entries[: source.most or None]
        if history:
            extent, entries = "document", self._within(entries, source.articles)
        made = assemble(info, entries, EMPTY_SINCE, extent)
        return (*made, assemble_json(info, entries, extent)) if info.json_url else made

    def _within(self, entries: list[RenderedEntry], articles: Sequence[int]) -> list[RenderedEntry]:
        """The same entries, the last ones by their summaries alone where all would be too much."""
        room = MAX_DOCUMENT_BYTES
        numbers = {self._entry(n).id: n for n in articles}
        found = []
        for entry in entries:
            room -= max(len(entry.atom), len(entry.rss))
            number = numbers.get(entry.id)
            found.append(entry if room > 0 or number is None else self._entry_of(number, False))
        return found

    def cancelled(self, line: Entry, retraction: Retraction) -> RenderedEntry:
        """What stands in the place of a retracted article's entry."""
        site, known = self.site, words(self.site.lang)
        kept = typography.typeset(line.headline, retraction.lang or site.lang)
        title = kept if retraction.keeps_headline else known.retracted.lower()
        reason = typography.typeset(retraction.reason, site.lang)
        return render_entry(
            FeedEntry(
                id=line.id,
                url=site.url + href(line.address),
                title=known.cancelled.format(title=title),
                summary=reason,
                html=str(Markup("<p>{}</p>").format(reason)),
                published=datetime.fromisoformat(line.published),
                updated=told_apart(datetime.fromisoformat(retraction.at), line.id),
                lang=site.lang,
                feed_id=line.feed,
            ),
            site.feed_id_authority,
            site.timezone,
        )

    def _entry(self, n: int) -> RenderedEntry:
        found = self._last.pop(n, None) or self._kept_or_new(n)
        self._last[n] = found
        if len(self._last) > KEPT_ENTRIES:
            del self._last[next(iter(self._last))]
        return found

    def _kept_or_new(self, n: int) -> RenderedEntry:
        packed = self.archive.entries.entry(n)
        return unpack_entry(packed) if packed else self.new(n)

    def new(self, n: int) -> RenderedEntry:
        """An article's entry, made anew, by the article's number."""
        return self._entry_of(n, True)

    def _entry_of(self, n: int, full: bool) -> RenderedEntry:
        """The same; without its text, if it is not to be `full`."""
        filed = self.archive.articles.filed_for_feed(n)
        article, site = filed.article, self.site
        line = filed.line
        published, updated = _dates(filed)
        figures = feed_figures(site, self.archive.addresses, article.pictures, article.lang)
        links, known = reference_links(filed), labels(article.lang)
        text = markup.feed_html(article, site.url, links, known, figures)
        told = notes.notes(line, site, article.lang)
        full = full and site.summaries_only.isdisjoint(article.agencies)
        return render_entry(
            FeedEntry(
                id=article.id,
                url=site.url + filed.url,
                title=filed.card.headline,
                summary=filed.card.dek,
                html=notes.article_html(told, site) + _renewed(filed, site) + text if full else "",
                source=article.source_url or "",
                authors=article.authors or article.agencies,
                published=published,
                updated=updated,
                categories=tuple(categories(filed, site)),
                lang=article.lang,
                feed_id=line.feed if line else "",
                media=media(site, self.archive.addresses, article) if full else None,
            ),
            site.feed_id_authority,
            site.timezone,
        )


def _recent(
    entries: Iterable[RenderedEntry], cancelled: Sequence[RenderedEntry], days: int, least: int
) -> list[RenderedEntry]:
    """The newest entries: so many at least, and those of so many days before the newest of all. What was
    cancelled counts as one, so that taking an article away brings none back that had left."""
    every = sorted((*entries, *cancelled), key=lambda entry: entry.order, reverse=True)
    newest = max((entry.published.date() for entry in every), default=None)
    gone = {entry.order for entry in cancelled}
    return [
        entry
        for at, entry in enumerate(every)
        if (at < least or (newest and (newest - entry.published.date()).days <= days))
        and entry.order not in gone
    ]


def brief(entry: RenderedEntry) -> RenderedEntry:
    """The entry without its text, where it has a summary."""
    if b"<summary>" not in entry.atom:
        return entry
    atom, rss = _ATOM_TEXT.sub(b"", entry.atom), _RSS_TEXT.sub(b"", entry.rss)
    return msgspec.structs.replace(entry, atom=atom, rss=rss)


# What is in an entry's text is escaped: it ends where its element does.
_ATOM_TEXT = re.compile(rb"<content[ >][^<]*</content>")
_RSS_TEXT = re.compile(rb"<content:encoded>[^<]*</content:encoded>")


def _renewed(filed: FiledArticle, site: Site) -> Markup:
    """What goes before the text of a newer version: when it came, and what it adds; "" for any other."""
    if filed.version is None:
        return Markup("")
    label, adds = renewed(filed.card, site.lang), filed.card.adds
    label = label[0].upper() + label[1:]
    told = words(site.lang).renewed_adds.format(renewed=label, adds=adds) if adds else f"{label}."
    return Markup("<p><em>{}</em></p>").format(told)


def place(filed: FiledArticle, timezone: str) -> tuple[datetime, datetime, str]:
    """Where an article stands in a feed, as `RenderedEntry.order`: newest first is the reverse."""
    published, updated = _dates(filed)
    return aware(published, timezone), aware(updated, timezone), filed.article.id


def _dates(filed: FiledArticle) -> tuple[datetime, datetime]:
    """When its entry was published and last changed."""
    line, article = filed.line, filed.article
    published = datetime.fromisoformat(line.published) if line else article.published
    edited = [one.sent for one in (line, filed.version_line) if one and one.sent]
    moments = [*map(datetime.fromisoformat, edited), notes.renewed(filed)]
    updated = max((moment for moment in moments if moment), default=published)
    return published, told_apart(updated, article.id)


def categories(filed: FiledArticle, site: Site) -> Iterator[Category]:
    """Who is named, the story, the section and the agencies, each said to be what it is."""
    yield from (Category(card.name, card.type) for card in filed.entity_cards)
    if filed.membership and filed.membership.story.url:
        yield Category(filed.membership.story.title, "story")
    if filed.article.section:
        yield Category(section_title(filed.article.section, site.lang), "section")
    yield from (Category(name, "agency") for name in filed.article.agencies)


def pack_entry(entry: RenderedEntry) -> bytes:
    """The entry small enough to keep: both formats hold the same text, which compresses to one."""
    return zlib.compress(_encode(entry), 1)


def unpack_entry(packed: bytes) -> RenderedEntry:
    """The same, read again."""
    return _decode(zlib.decompress(packed))
