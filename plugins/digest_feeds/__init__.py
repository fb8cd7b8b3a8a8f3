"""Pelican's door to the feeds: a stock build's articles as Atom and RSS, full text, stable ids."""

from __future__ import annotations

import os
from pathlib import Path

from newsdigest import markup
from newsdigest.config import Settings, settings_from
from newsdigest.feeds import FeedEntry, FeedInfo, told_apart, write_atom, write_rss
from newsdigest.publish import stage
from newsdigest.typography import typeset
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer


def write_feeds(generator: ArticlesGenerator, writer: Writer) -> None:
    """Write the site's feeds over Pelican's own, which have other ids.

    Our own build plans them with its pages, and has written them.
    """
    if not isinstance(generator.articles, list):
        return
    settings = settings_from(generator.settings, os.environ)
    newest = [a for a in generator.articles if hasattr(a, "record")]
    entries = [_entry(article, settings) for article in newest[: settings.limits.feed_entries]]
    site, places = settings.site, settings.addresses
    info = FeedInfo(
        id=places.all_atom.rpartition(".")[0],
        title=site.name,
        subtitle=site.tagline,
        page_url=site.url + "/",
        atom_url=f"{site.url}/{places.all_atom}",
        rss_url=f"{site.url}/{places.all_rss}",
        author=site.name,
        authority=site.feed_id_authority,
        lang=site.lang,
        timezone=site.timezone,
    )
    stage(Path(writer.output_path), places.all_atom, write_atom(info, entries, settings.rules.now))
    stage(Path(writer.output_path), places.all_rss, write_rss(info, entries, settings.rules.now))


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
        categories=tuple(tag.name for tag in getattr(article, "tags", ())),
        lang=record.lang,
    )


def register() -> None:
    signals.article_writer_finalized.connect(write_feeds)
