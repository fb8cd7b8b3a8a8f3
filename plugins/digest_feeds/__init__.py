"""Pelican's door to the feeds: a stock build's articles as Atom and RSS, full text, stable ids."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from newsdigest.base.settings import Settings
from newsdigest.site.feed_bytes import (
    Category,
    FeedEntry,
    FeedInfo,
    told_apart,
    write_atom,
    write_rss,
)
from newsdigest.site.kinds.entity import ENTITY_FEED
from newsdigest.site.kinds.feeds import ALL_FEED
from newsdigest.site.settings import settings_from
from newsdigest.text import markup
from newsdigest.text.typography import typeset
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer


def write_feeds(generator: ArticlesGenerator, writer: Writer) -> None:
    """Write the site's feeds and each tag's over Pelican's own, which have other ids.

    Our own build plans its feeds with its pages, and has written them.
    """
    if not isinstance(generator.articles, list):
        return
    settings = settings_from(generator.settings, os.environ)
    site, addresses, limits = settings.site, settings.addresses, settings.limits
    output = Path(writer.output_path)
    _write(
        output, settings, tuple(map(addresses.of, ALL_FEED.addresses[:2])), site.name, "/",
        generator.articles[: limits.feed_entries],
    )  # fmt: skip
    for tag, articles in generator.tags.items():
        files = tuple(addresses.of(address, slug=tag.slug) for address in ENTITY_FEED.addresses[:2])
        if (output / files[0]).exists():
            title = f"{typeset(tag.name, site.lang)} – {site.name}"
            _write(
                output, settings, files, title, f"/{tag.url}",
                articles[: limits.entity_feed_entries],
            )  # fmt: skip


def _write(
    output: Path,
    settings: Settings,
    files: tuple[str, ...],
    title: str,
    page: str,
    newest: Sequence[Article],
) -> None:
    """Both formats of one feed."""
    site = settings.site
    info = FeedInfo(
        id=files[0].rpartition(".")[0],
        title=title,
        subtitle=site.tagline if page == "/" else "",
        page_url=site.url + page,
        atom_url=f"{site.url}/{files[0]}",
        rss_url=f"{site.url}/{files[1]}",
        author=site.name,
        authority=site.feed_id_authority,
        lang=site.lang,
        timezone=site.timezone,
    )
    entries = [_entry(article, settings) for article in newest if hasattr(article, "record")]
    for file, write in zip(files, (write_atom, write_rss), strict=True):
        target = output / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write(info, entries, settings.rules.now))


def _entry(article: Article, settings: Settings) -> FeedEntry:
    record, site = article.record, settings.site
    return FeedEntry(
        id=record.id,
        url=f"{site.url}/{article.url}",
        title=typeset(record.headline, record.lang),
        summary=markup.dek(record),
        html=markup.feed_html(record, site.url),
        published=record.published,
        updated=told_apart(record.published, record.id),
        authors=record.authors or record.agencies,
        categories=tuple(Category(tag.name) for tag in getattr(article, "tags", ())),
        lang=record.lang,
    )


def register() -> None:
    signals.article_writer_finalized.connect(write_feeds)
