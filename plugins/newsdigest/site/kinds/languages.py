"""The feeds of articles in other languages than the site's: its own feeds leave these out."""

from __future__ import annotations

from collections.abc import Iterable

from newsdigest.archive.facts import Fact
from newsdigest.archive.languages import language_of
from newsdigest.archive.sections import KIND
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import href
from newsdigest.base.errors import _
from newsdigest.base.records import Site
from newsdigest.site.kind import Context, Feed, FeedLine, FeedSource, Reason
from newsdigest.site.touched import Touched
from newsdigest.site.words import language_heading, own_name, words


def feed_source(context: Context, lang: str) -> FeedSource:
    """The newest articles in a language, told in it as far as we speak it."""
    most = context.limits.feed_entries
    return FeedSource(
        f"{context.site.name} – {own_name(lang)}",
        href(standing.feed_page(context.addresses, standing.of_language(lang))),
        context.archive.languages.newest(lang, most),
        _about(lang, lang),
        most=most,
        lang=lang,
    )


def _about(lang: str, told_in: str) -> str:
    language = language_heading(lang, told_in)
    return words(told_in).feed_of_language.format(language=language[:1].lower() + language[1:])


def feed_lines(context: Context) -> Iterable[FeedLine]:
    """The feeds of other languages, where there are any."""
    site = context.site
    for lang in context.archive.languages.others():
        page = href(standing.feed_page(context.addresses, standing.of_language(lang)))
        yield _line(context, site, lang, page)


def _line(context: Context, site: Site, lang: str, page: str) -> FeedLine:
    atom, rss = LANGUAGE_FEED.urls(context, lang)
    title = language_heading(lang, site.lang)
    return FeedLine(site.name, title, page, atom, rss, _about(lang, site.lang))


# -- which there are, and when they are stale ----------------------------------------------------


def _stale(touched: Touched) -> Iterable[Reason]:
    there = touched.archive.languages
    articles = touched.told_otherwise
    labels = touched.changes.labels | touched.archive.reach.labels_of(articles)
    changed = {language_of(label) for kind, label in labels if kind == KIND}
    for lang in sorted(changed):
        if there.is_other(lang):
            yield lang, _("its articles changed")


def _relisted(touched: Touched) -> bool:
    archive = touched.archive
    return archive.languages.others() != sorted(archive.manifest.names(LANGUAGE_FEED.name))


LANGUAGE_FEED = Feed(
    name="language_feed",
    addresses=(standing.LANGUAGE_ATOM, standing.LANGUAGE_RSS),
    reads=frozenset({Fact.LABELS, Fact.ENTRIES, Fact.LEDGER}),
    names=lambda archive: archive.languages.others(),
    has=lambda archive, lang: lang in archive.languages.others(),
    stale=_stale,
    source=feed_source,
    lines=feed_lines,
    chosen=feed_lines,
    relisted=_relisted,
)
