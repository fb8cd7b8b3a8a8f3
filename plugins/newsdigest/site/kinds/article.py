"""One article's page: nothing on it depends on what the rest of the archive does later.

Explicit edges are the exception: the articles that cite this one, and its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from newsdigest.base.records import (
    Article,
    Card,
    EntityCard,
    EntityType,
    Membership,
    Site,
    Suggestion,
)
from newsdigest.base.settings import Addresses
from newsdigest.relate.stories.threads import FOLLOWERS
from newsdigest.relate.worddiff import Segment
from newsdigest.site.head import (
    DEFAULT_ADDRESSES,
    DESCRIPTION_LENGTH,
    JsonObject,
    card_link,
    lang_attrs,
    navigation,
    page_head,
    period_url,
    short,
    teaser,
)
from newsdigest.site.kinds.front import chips
from newsdigest.site.shapes import (
    Addition,
    ArticleView,
    ChipGroup,
    Link,
    PeriodLink,
    Suggested,
    Teaser,
)
from newsdigest.site.words import section_title, words
from newsdigest.text import dates, typography

# What Google and schema.org validators take for a headline.
HEADLINE_LENGTH = 110
ABOUT = 3
MENTIONED = 12

_TYPES: tuple[EntityType, ...] = ("person", "place", "organisation")
_SCHEMA: dict[EntityType, str] = {
    "person": "Person",
    "place": "Place",
    "organisation": "Organization",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What ties an article to others: its story and what came next there (newest first, at most
    `FOLLOWERS`), the dispatch it is a copy of and what it adds to that one, the copies folded under
    it, and earlier articles on the same matters."""

    membership: Membership | None = None
    followers: Sequence[Card] = ()
    leader: Card | None = None
    additions: Sequence[Sequence[Segment]] = ()
    copies: Sequence[Card] = ()
    suggestions: Sequence[Suggestion] = ()


ALONE = Surroundings()


def article_page(
    site: Site,
    article: Article,
    url: str,
    lede_html: str,
    body_html: str,
    credit: str,
    minutes: int,
    entities: Sequence[EntityCard] = (),
    cited_by: Sequence[Card] = (),
    previous: Card | None = None,
    next: Card | None = None,
    around: Surroundings = ALONE,
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> ArticleView:
    """The article at `url`. `lede_html` (with or without its <p>) and `body_html` are escaped.

    `entities` are those it names, in reading order; `cited_by` the articles whose related
    headlines lead here; `credit` its byline, "" when no agency is known.
    """
    headline = typography.typeset(article.headline, article.lang)
    kicker = article.kicker or ""
    kicker = (
        typography.typeset(kicker, article.lang)
        if kicker
        else section_title(article.section, article.lang)
    )
    iso_date = article.iso_date
    # A folded copy stands in no list: its date leads to the list its leader stands in.
    period = around.leader.iso_date[:10] if around.leader else iso_date[:10]
    membership = around.membership
    description = short(typography.typeset(article.lede, article.lang), DESCRIPTION_LENGTH)
    return ArticleView(
        head=page_head(
            site,
            addresses,
            url,
            headline,
            description or headline,
            _news_article(site, article, url, headline, description, kicker, credit, entities),
            og_type="article",
            lang=article.lang,
        ),
        nav=navigation(site.lang, addresses),
        attrs=lang_attrs(article.lang, site.lang),
        kicker=kicker,
        headline=headline,
        update=article.update or "",
        credit=credit,
        photo_credit=_photo_credit(article),
        source_url=_web_address(article.source_url),
        dateline=article.dateline or "",
        iso_date=iso_date,
        date=PeriodLink(
            iso_date[:10], period_url(addresses, period), dates.label(iso_date[:10], site.lang)
        ),
        time=iso_date[11:16],
        reading=words(site.lang).reading.format(minutes=minutes),
        body=Markup(_paragraph(str(lede_html)) + str(body_html)),
        chips=_chips_by_type(entities, site),
        followed=_dated(_followed(cited_by, around.followers), site),
        previous=card_link(previous, site) if previous else None,
        next=card_link(next, site) if next else None,
        story=Link(membership.story.url, typography.typeset(membership.story.title, site.lang))
        if membership
        else None,
        story_why=why(membership, site) if membership else "",
        overtaken=_dated(around.followers[:1], site)[0] if around.followers else None,
        overtaken_by=len(around.followers),
        overtaken_more=len(around.followers) >= FOLLOWERS,
        copy_of=_dated([around.leader], site)[0] if around.leader else None,
        copies=_dated(around.copies, site),
        additions=tuple(
            tuple(
                Addition(typography.typeset(piece.text, article.lang), piece.kind == "added")
                for piece in block
            )
            for block in around.additions
        ),
        suggested=tuple(
            Suggested(_dated([found.card], site)[0], shared(found.names, found.words, site))
            for found in around.suggestions
        ),
    )


def why(membership: Membership, site: Site) -> str:
    """Why an article is in its story, for readers; "" for the one that opens it."""
    known = words(site.lang)
    if membership.kind == "cited":
        return known.why_cited
    if membership.kind == "decision":
        return known.why_decided
    return shared(membership.names, membership.words, site)


def shared(names: Sequence[str], plain: Sequence[str], site: Site) -> str:
    """`Poutine, Witkoff en commun`: names where there are any, else words; "" for nothing."""
    told = names or plain
    if not told:
        return ""
    return words(site.lang).why_shared.format(names=typography.typeset(", ".join(told), site.lang))


def _followed(cited_by: Sequence[Card], followers: Sequence[Card]) -> list[Card]:
    """Who cites it and who came next, each once, newest first."""
    found = {card.id: card for card in (*cited_by, *followers)}
    return sorted(found.values(), key=lambda card: (card.iso_date, card.id), reverse=True)


def _dated(cards: Sequence[Card], site: Site) -> tuple[Teaser, ...]:
    return tuple(teaser(card, site, dates.label(card.iso_date, site.lang)) for card in cards)


def _news_article(
    site: Site,
    article: Article,
    url: str,
    headline: str,
    description: str,
    kicker: str,
    credit: str,
    entities: Sequence[EntityCard],
) -> JsonObject:
    address = site.url + url
    data: JsonObject = {
        "@type": "NewsArticle",
        "headline": short(headline, HEADLINE_LENGTH),
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": article.iso_date,
        "dateModified": article.iso_date,
        "inLanguage": article.lang,
        "isAccessibleForFree": True,
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": site.name,
            "url": site.url + "/",
        },
    }
    if description:
        data["description"] = description
    if kicker:
        data["articleSection"] = kicker
    authors = _authors(article, credit)
    if authors:
        data["author"] = authors
    if article.dateline:
        data["dateline"] = article.dateline.partition(" (")[0]
    named = [_thing(entity, site) for entity in entities[: ABOUT + MENTIONED]]
    if named[:ABOUT]:
        data["about"] = named[:ABOUT]
    if named[ABOUT:]:
        data["mentions"] = named[ABOUT:]
    return data


def _authors(article: Article, credit: str) -> JsonObject | list[JsonObject] | None:
    """The people who signed, else the agencies as one organisation: the credit as printed."""
    if article.authors and article.agencies:
        return [
            *({"@type": "Person", "name": name} for name in article.authors),
            {"@type": "Organization", "name": "/".join(article.agencies)},
        ]
    name = "/".join(article.agencies) or credit
    return {"@type": "Organization", "name": name} if name else None


def _thing(entity: EntityCard, site: Site) -> JsonObject:
    thing: JsonObject = {"@type": _SCHEMA[entity.type], "name": entity.name}
    if entity.url:
        thing["url"] = site.url + entity.url
    return thing


def _chips_by_type(entities: Sequence[EntityCard], site: Site) -> tuple[ChipGroup, ...]:
    labels = words(site.lang).types_plural
    groups = (
        (labels[kind], [entity for entity in entities if entity.type == kind]) for kind in _TYPES
    )
    return tuple(
        ChipGroup(label, chips(named, site, counted=False)) for label, named in groups if named
    )


def _photo_credit(article: Article) -> str:
    return ", ".join(dict.fromkeys(photo.credit for photo in article.photos if photo.credit))


def _web_address(address: str | None) -> str:
    """The source's address, "" unless a browser may safely follow it."""
    if address and address.lower().startswith(("https://", "http://")):
        return address
    return ""


def _paragraph(lede_html: str) -> str:
    if not lede_html or lede_html.startswith("<p"):
        return lede_html
    return f'<p class="lede">{lede_html}</p>'
