"""A day's digest, whatever it is written as: which day is meant, and what stands in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import href
from newsdigest.base.records import Card, Site
from newsdigest.site.body import reference_links
from newsdigest.site.edition import by_rank
from newsdigest.site.shapes import NO_ATTRS, Teaser
from newsdigest.site.words import labels, words
from newsdigest.text import dates, markup
from newsdigest.text.moments import folded, read_moment, words_of
from newsdigest.text.shorten import whole_sentences

# Below a headline of a section, a sentence or two.
SUMMARY = 220

_WHOLE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of an edition, as plain text but for `body`, its whole text as HTML. `url` and the
    links of `body` are absolute; `attrs` tells another language than the site's."""

    url: str
    headline: str
    dek: str
    kicker: str
    meta: str
    lang: str
    attrs: Markup
    updated: datetime
    body: Markup


@dataclass(frozen=True, slots=True)
class Section:
    """Articles under one heading, "" for those of no section."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A day's digest: `page` is the day's page on the site, absolute."""

    day: str
    title: str
    site: Site
    page: str
    sections: tuple[Section, ...]

    @property
    def pieces(self) -> Iterator[Piece]:
        return (piece for section in self.sections for piece in section.pieces)

    @property
    def updated(self) -> datetime:
        """When the newest of its articles was published or corrected: no clock is asked."""
        return max(piece.updated for piece in self.pieces)


def gathered(archive: Archive, site: Site, day: str, cards: Sequence[Card]) -> Edition:
    """The day's `cards` in the order of its page: the lead and the seconds, then by section."""
    by_url = {card.url: card for card in cards}
    page = href(archive.addresses.of(standing.DAY, **standing.of_period(day)))
    ranked = by_rank(
        list(reversed(cards)),
        site,
        archive.stories.on_day(day),
        most=len(cards),
        fold=False,
        whole_day=page,
        picked=archive.periods.picked(day),
    )
    top = [one for one in (ranked.lead, *ranked.seconds) if one]
    groups = [(words(site.lang).front if ranked.groups else "", top)]
    groups += [(group.title, list(group.teasers)) for group in ranked.groups]
    return Edition(
        day,
        words(site.lang).news_of.format(day=dates.edition_label(day, site.lang)),
        site,
        site.url + page,
        tuple(
            Section(
                title,
                tuple(_piece(archive, site, one, by_url[one.url], one in top) for one in teasers),
            )
            for title, teasers in groups
            if teasers
        ),
    )


def _piece(archive: Archive, site: Site, shown: Teaser, card: Card, is_top: bool) -> Piece:
    filed = archive.articles.filed(card.id)
    assert filed is not None  # a card of the lists has its article
    article = filed.article
    edited = filed.line.updated if filed.line else ""
    return Piece(
        url=site.url + card.url,
        headline=shown.headline,
        dek=shown.dek if is_top else whole_sentences(card.dek, SUMMARY),
        kicker=shown.kicker,
        meta=shown.meta,
        lang=article.lang,
        attrs=shown.attrs or NO_ATTRS,
        updated=datetime.fromisoformat(edited) if edited else article.published,
        body=markup.feed_html(article, site.url, reference_links(filed), labels(article.lang)),
    )


def read_day(typed: str, now: datetime, zone: str, lang: str) -> date | None:
    """The day that an editor means: `2026-01-23`, « hier », « lundi » (the last one), « 23 janvier
    2026 »; None where it is not understood."""
    today = now.astimezone(ZoneInfo(zone)).date()
    text = folded(typed).strip()
    whole = _WHOLE.fullmatch(text)
    try:
        if whole:
            return date(*map(int, whole.groups()))
        if text in words_of("past"):
            return today - timedelta(int(words_of("past")[text]))
        if text in words_of("weekday"):
            return today - timedelta((today.weekday() - int(words_of("weekday")[text])) % 7)
    except ValueError:
        return None
    moment = read_moment(typed, zone, today, lang)
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None
