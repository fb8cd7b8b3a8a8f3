"""What stands where a retracted article stood: that it was retracted, when and why, and none of its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from newsdigest.archive.facts import Fact
from newsdigest.archive.retractions import Tombstone
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import Site
from newsdigest.site.head import About, lang_attrs, navigation, page_head
from newsdigest.site.kind import ByAddress, Context, Html, Reason
from newsdigest.site.shapes import Head, NavItem, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import words
from newsdigest.text import dates, typography


class RetractionView(Shape, frozen=True):
    """A retracted article. `headline`, with its `attrs`, is "" unless the editors keep it; `reason` is
    theirs; `iso_date` and `date` are when it was retracted."""

    head: Head
    nav: tuple[NavItem, ...]
    headline: str
    attrs: Markup
    reason: str
    iso_date: str
    date: str


def retraction_view(context: Context, address: str) -> RetractionView:
    """The page at an address that the article has or had."""
    found = context.archive.retractions.at(address)
    if found is None:
        raise LookupError(address)
    return retraction_page(context.site, context.addresses, found)


def retraction_page(site: Site, addresses: Addresses, found: Tombstone) -> RetractionView:
    """A retracted article as its page shows it."""
    entry, retraction = found
    known, lang = words(site.lang), retraction.lang or site.lang
    headline = typography.typeset(entry.headline, lang) if retraction.keeps_headline else ""
    moment = dates.aware(datetime.fromisoformat(retraction.at), site.timezone)
    day = moment.date().isoformat()
    about = About(
        href(entry.address),
        known.retracted,
        known.retracted_description,
        {"@type": "WebPage", "name": known.retracted},
        noindex=True,
    )
    return RetractionView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses),
        headline=headline,
        attrs=lang_attrs(lang, site.lang),
        reason=typography.typeset(retraction.reason, site.lang),
        iso_date=day,
        date=dates.label(day, site.lang),
    )


def _stale(touched: Touched) -> Iterable[Reason]:
    for address in sorted(touched.changes.readdressed):
        yield address, _("the article was retracted, or no longer is")


@dataclass(frozen=True, kw_only=True)
class RetractionKind(ByAddress, Html):
    """Pages at the addresses of retracted articles, which are articles' own."""


RETRACTION = RetractionKind(
    name="retraction",
    addresses=(),
    reads=frozenset({Fact.LEDGER}),
    names=lambda archive: archive.retractions.addresses(),
    has=lambda archive, address: archive.retractions.at(address) is not None,
    stale=_stale,
    template="retraction",
    view=retraction_view,
)
