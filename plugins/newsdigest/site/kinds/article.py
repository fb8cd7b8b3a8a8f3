"""One article's page: nothing on it depends on what the rest of the archive does later.

Explicit edges are the exception: the articles that cite this one, what followed in its story, and
its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, file_of, href, in_format, section_slug
from newsdigest.base.errors import _
from newsdigest.base.records import Article, Card, EntityCard, Site, Suggestion
from newsdigest.entities.tagger import UNTAGGED_BLOCKS
from newsdigest.relate.stories.threads import FOLLOWERS
from newsdigest.relate.worddiff import Segment, added
from newsdigest.site import notes
from newsdigest.site.body import rendered_body
from newsdigest.site.cards import said
from newsdigest.site.cards import which as cards
from newsdigest.site.head import (
    DESCRIPTION_LENGTH,
    About,
    capital,
    lang_attrs,
    language_feeds,
    navigation,
    page_head,
    period_url,
    short,
)
from newsdigest.site.kind import Context, Host, Html, Mapped, Reason
from newsdigest.site.lists import (
    card_link,
    chips_by_type,
    corrected,
    dated,
    reading,
    renewed,
    shared,
    story_links,
    typeset_cards,
    why,
)
from newsdigest.site.news_article import news_article, properties
from newsdigest.site.notes import Note
from newsdigest.site.pictures import shared_image
from newsdigest.site.shapes import (
    NO_ATTRS,
    ChipGroup,
    Head,
    Image,
    Link,
    NavItem,
    PeriodLink,
    Shape,
    Teaser,
)
from newsdigest.site.touched import Touched
from newsdigest.site.words import own_name, section_title
from newsdigest.text import dates, typography

SUGGESTED = 3
FORMAT_TYPES = {"text": "text/plain", "ninjs": "application/json"}


class ArticleParts(Struct, frozen=True):
    """What an article's page is made of: all that is filed of it, and its text as HTML.

    `lede` (with or without its <p>) and `body` are escaped; `entities` are those it names, in
    reading order, their names typeset; `top` is the picture above, `image` its social card; `additions` are the paragraphs in which a folded copy says
    more than its leader, or what was published here at first more than its newest version.
    """

    filed: FiledArticle
    lede: str
    body: str
    entities: Sequence[EntityCard] = ()
    additions: Sequence[Sequence[Segment]] = ()
    top: str = ""
    image: Image | None = None


class Suggested(Shape, frozen=True):
    """An earlier article on the same matters; `shared` is what both have in common, or ""."""

    teaser: Teaser
    shared: str


class Twin(Shape, frozen=True):
    """The same article in another language: `name` is what that language calls itself."""

    url: str
    lang: str
    name: str
    attrs: Markup


class Addition(Shape, frozen=True):
    """A piece of a paragraph of a copy: `new` where its leader does not say so."""

    text: str
    new: bool


class ArticleView(Shape, frozen=True):
    """An article. `body` (the lede first) is trusted markup, escaped where it was made.

    `before` are those that came just before in its story, oldest first; `cite` is how to cite it, its
    headline between what stands before and after; `reading` is "" for what is short.
    `followed` are the articles that cite it or came next in its story, newest first; `overtaken`
    the newest of the latter, `overtaken_by` how many there are (`overtaken_more`: at least).
    `copy_of` is the dispatch it is a copy of, `additions` the paragraphs in which it says more. Where a
    newer version stands, `renewed` leads to its own page, says when it came and what it adds; `earlier` is what stood
    here before, `additions` the paragraphs in which that said otherwise.
    `picture` is the one that stands above the text, trusted as that is, "" for none.
    `corrected` says that it was, and when; `notes` are its corrections, newest first. `twins` are
    the same article in other languages.
    """

    head: Head
    nav: tuple[NavItem, ...]
    attrs: Markup
    kicker: str
    headline: str
    update: str
    credit: str
    photo_credit: str
    source_url: str
    dateline: str
    iso_date: str
    date: PeriodLink
    time: str
    reading: str
    body: Markup
    chips: tuple[ChipGroup, ...]
    followed: tuple[Teaser, ...]
    previous: Link | None
    next: Link | None
    section: Link | None = None
    story: Link | None = None
    story_why: str = ""
    overtaken: Teaser | None = None
    overtaken_by: int = 0
    overtaken_more: bool = False
    copy_of: Teaser | None = None
    copies: tuple[Teaser, ...] = ()
    additions: tuple[tuple[Addition, ...], ...] = ()
    renewed: Link | None = None
    earlier: Teaser | None = None
    suggested: tuple[Suggested, ...] = ()
    before: tuple[Teaser, ...] = ()
    cite: tuple[str, str, str] = ("", "", "")
    corrected: str = ""
    notes: tuple[Note, ...] = ()
    twins: tuple[Twin, ...] = ()
    picture: Markup = NO_ATTRS


def article_view(context: Context, article_id: str) -> ArticleView:
    """The page of a published article."""
    filed = context.archive.articles.filed(article_id)
    if filed is None:
        raise LookupError(article_id)
    body = rendered_body(filed, context.addresses)
    entities = typeset_cards(filed.entity_cards, context.site.lang)
    additions = _additions(filed, context.archive)
    # A folded copy stands in no list: its page has the site's card.
    image = None if filed.leader else _card_image(context, filed.card)
    dispatch = ArticleParts(filed, body.lede, body.body, entities, additions, body.top, image)
    return article_page(context.site, context.addresses, dispatch)


def _card_image(context: Context, card: Card) -> Image | None:
    archive, site = context.archive, context.site
    return cards.of_article(archive, site, card, said.of_article(card, site))


def _additions(filed: FiledArticle, archive: Archive) -> list[tuple[Segment, ...]]:
    if filed.earlier:
        compared = filed.article, filed.earlier.article
    elif filed.leader:
        compared = archive.articles.tagged(filed.leader.id).article, filed.article
    else:
        return []
    texts = (
        [block.tagged_text for block in article.blocks if block.type not in UNTAGGED_BLOCKS]
        for article in compared
    )
    return [
        block for block in added(*texts).blocks if any(piece.kind == "added" for piece in block)
    ]


def article_page(site: Site, addresses: Addresses, dispatch: ArticleParts) -> ArticleView:
    """An article as its page shows it."""
    filed, article = dispatch.filed, dispatch.filed.article
    iso_date = article.iso_date
    return ArticleView(
        head=page_head(site, addresses, _about(site, addresses, dispatch)),
        nav=navigation(site, addresses),
        attrs=lang_attrs(article.lang, site.lang),
        section=_section(filed, site, addresses),
        kicker=typography.typeset(article.kicker or "", article.lang),
        headline=typography.typeset(article.headline, article.lang),
        update=article.update or "",
        credit=article.credit,
        photo_credit=_photo_credit(article),
        source_url=_web_address(article.source_url),
        dateline=article.dateline or "",
        iso_date=iso_date,
        date=PeriodLink(
            iso_date[:10], _period_url(addresses, filed), dates.label(iso_date[:10], site.lang)
        ),
        time=iso_date[11:16],
        reading=reading(filed.card, site.lang),
        body=Markup(_paragraph(str(dispatch.lede)) + str(dispatch.body)),
        chips=chips_by_type(dispatch.entities, site, counted=False),
        followed=dated(_followed(filed.cited_by, filed.followers), site),
        previous=card_link(filed.previous, site) if filed.previous else None,
        next=card_link(filed.next, site) if filed.next else None,
        twins=tuple(_twin(card, site) for card in filed.twins),
        corrected=corrected(filed.card, site.lang),
        notes=notes.notes(filed.line, site, article.lang),
        cite=_cite(article, site),
        picture=Markup(dispatch.top),
        **_ties(dispatch, site),
    )


def _ties(dispatch: ArticleParts, site: Site) -> dict[str, Any]:
    """What ties the article to others: its story, its copies, what it suggests."""
    filed, lang = dispatch.filed, dispatch.filed.article.lang
    membership, followers = filed.membership, filed.followers
    return {
        "story": story_links((membership.story,), site)[0] if membership else None,
        "story_why": why(membership, site) if membership else "",
        "before": dated(filed.predecessors, site),
        "overtaken": dated(followers[:1], site)[0] if followers else None,
        "overtaken_by": len(followers),
        "overtaken_more": len(followers) >= FOLLOWERS,
        "copy_of": dated((filed.leader,), site)[0] if filed.leader else None,
        "copies": dated(filed.copies, site),
        "renewed": _renewed(filed, site),
        "earlier": dated((filed.earlier.card,), site)[0] if filed.earlier else None,
        "additions": tuple(
            tuple(
                Addition(typography.typeset(piece.text, lang), piece.kind == "added")
                for piece in block
            )
            for block in dispatch.additions
        ),
        "suggested": tuple(
            Suggested(dated((found.card,), site)[0], shared(found.names, found.words, site))
            for found in _suggested(filed)
        ),
    }


def _section(filed: FiledArticle, site: Site, addresses: Addresses) -> Link | None:
    """Its section, which has a page as long as an article of the lists is in it."""
    folder = filed.article.section
    if not folder:
        return None
    url = "" if filed.leader else href(standing.section(addresses, section_slug(folder)))
    return Link(url, section_title(folder, site.lang))


def _period_url(addresses: Addresses, filed: FiledArticle) -> str:
    """Where it is listed by its date. A folded copy stands in no list: the list its leader stands in."""
    listed = filed.leader.iso_date if filed.leader else filed.article.iso_date
    return period_url(addresses, listed[:10])


def _crumbs(site: Site, addresses: Addresses, filed: FiledArticle) -> tuple[tuple[str, str], ...]:
    """What it stands below: its section, else its day."""
    section = _section(filed, site, addresses)
    if section and section.url:
        return ((section.text, section.url),)
    label = capital(dates.label(filed.article.iso_date[:10], site.lang))
    return ((label, _period_url(addresses, filed)),)


def _renewed(filed: FiledArticle, site: Site) -> Link | None:
    """When the newest version came, and where it stands alone."""
    if filed.version is None:
        return None
    text = renewed(filed.card, site.lang)
    attrs = lang_attrs(filed.article.lang, site.lang)
    return Link(filed.version.url, text[0].upper() + text[1:], filed.card.adds, attrs)


def _twin(card: Card, site: Site) -> Twin:
    return Twin(card.url, card.lang, own_name(card.lang), lang_attrs(card.lang, site.lang))


def _followed(cited_by: Sequence[Card], followers: Sequence[Card]) -> list[Card]:
    """Who cites it and who came next, each once, newest first."""
    found = {card.id: card for card in (*cited_by, *followers)}
    return sorted(found.values(), key=lambda card: (card.iso_date, card.id), reverse=True)


def _suggested(filed: FiledArticle) -> list[Suggestion]:
    """The best of those that do not stand beside it already, newest first."""
    beside = {card.id for card in (*filed.predecessors, *filed.followers, *filed.cited_by)}
    best = [one for one in filed.suggestions if one.card.id not in beside][:SUGGESTED]
    return sorted(best, key=lambda one: (one.card.iso_date, one.card.id), reverse=True)


def _cite(article: Article, site: Site) -> tuple[str, str, str]:
    """As the APA has it, but for the address: who, when, the headline, where."""
    headline = typography.typeset(article.headline, article.lang)
    day = f"({dates.label(article.iso_date[:10], site.lang)})."
    stop = "" if headline.endswith((".", "?", "!", "…")) else "."
    if not article.credit:
        return "", headline, f" {day} {site.name}."
    return f"{article.credit} {day} ", headline, f"{stop} {site.name}."


def _about(site: Site, addresses: Addresses, dispatch: ArticleParts) -> About:
    article = dispatch.filed.article
    headline = typography.typeset(article.headline, article.lang)
    description = short(typography.typeset(article.lede, article.lang), DESCRIPTION_LENGTH)
    return About(
        dispatch.filed.url,
        headline,
        description or headline,
        news_article(site, dispatch.filed, dispatch.entities, headline, description),
        og_type="article",
        crumbs=_crumbs(site, addresses, dispatch.filed),
        properties=properties(site, dispatch.filed, dispatch.entities),
        formats=tuple(
            (FORMAT_TYPES[format_], in_format(dispatch.filed.url, format_))
            for format_ in addresses.formats
        ),
        lang=article.lang,
        versions=tuple((twin.lang, twin.url) for twin in dispatch.filed.twins),
        # A folded copy stands in no feed: there may be none of its language.
        feeds=() if dispatch.filed.leader else language_feeds(site, addresses, article.lang),
        image=shared_image(site, addresses, article) or dispatch.image,
    )


def _photo_credit(article: Article) -> str:
    """Whom the photos are by that the text does not show with their captions."""
    shown = {block.credit for block in article.blocks if block.type == "photo"}
    shown |= {picture.credit for picture in article.pictures}
    credits = dict.fromkeys(photo.credit for photo in article.photos if photo.credit)
    return ", ".join(credit for credit in credits if credit not in shown)


def _web_address(address: str | None) -> str:
    """The source's address, "" unless a browser may safely follow it."""
    if address and address.lower().startswith(("https://", "http://")):
        return address
    return ""


def _paragraph(lede_html: str) -> str:
    if not lede_html or lede_html.startswith("<p"):
        return lede_html
    return f'<p class="lede">{lede_html}</p>'


# -- which there are, and when they are stale ----------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ArticleKind(Html):
    """An article's address is the archive's to know: it depends on those of its day."""

    def address(self, archive: Archive, name: str, which: int = 0) -> str:
        found = archive.articles.address(name)
        if found is None:
            raise LookupError(name)
        return found

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        found = archive.articles.address(name)
        return (file_of(found),) if found is not None else ()


def _stale(touched: Touched) -> Iterable[Reason]:
    changes = touched.changes
    for ids, reason in (
        *touched.texts,
        (changes.cited, _("the articles citing it changed")),
        (changes.restoried, _("its story changed")),
        (changes.followed, _("what stands beside it in its story changed")),
        (changes.resuggested, _("what it suggests changed")),
        (changes.neighbours, _("the article before or after changed")),
        (touched.twins, _("the same article in another language changed")),
        (touched.recent_of(cards.ARTICLE), _("other days are recent")),
    ):
        for article_id in sorted(ids):
            yield article_id, reason


def _more(host: Host, context: Context, name: str, view: ArticleView) -> Mapping[str, Any]:
    filed = context.archive.articles.filed(name) if host.sees_articles() else None
    return host.article_context(filed, view.body) if filed else {}


def _mapped(archive: Archive, month: str) -> Iterable[Mapped]:
    return ((found.url, found.at) for found in archive.periods.modified(month))


ARTICLE = ArticleKind(
    name="article",
    addresses=(standing.ARTICLE, standing.ARTICLE_OF_MONTH),
    # Its own pictures are in its text.
    reads=frozenset(Fact) - {Fact.PICKS, Fact.LABELS, Fact.ENTRIES, Fact.PICTURES, Fact.STANDING},
    names=lambda archive: archive.articles.ids(),
    has=lambda archive, id_: archive.articles.address(id_) is not None,
    stale=_stale,
    mapped=_mapped,
    template="article",
    view=article_view,
    more=_more,
    of_article=True,
)
