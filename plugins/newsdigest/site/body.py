"""An article's text as HTML: on its page, and in one piece for feeds and foreign themes."""

from __future__ import annotations

from newsdigest.archive.articles import FiledArticle, Reference
from newsdigest.base.addresses import Addresses
from newsdigest.base.link_reasons import Cause
from newsdigest.site.lists import corrected
from newsdigest.site.pictures import figures
from newsdigest.site.words import labels
from newsdigest.text import markup
from newsdigest.text.markup import ReferenceLink


def rendered_body(filed: FiledArticle, addresses: Addresses) -> markup.RenderedBody:
    """The article's text as its page shows it, entities and related headlines linked."""
    urls = {
        (entity.name, entity.type): card.url
        for entity, card in zip(filed.entities, filed.entity_cards, strict=True)
    }
    lang = filed.article.lang
    return markup.render_blocks(
        filed.article,
        filed.entities,
        urls,
        reference_links(filed),
        labels(lang),
        figures(addresses, filed.article.pictures, lang),
    )


def article_html(filed: FiledArticle, addresses: Addresses) -> str:
    """The same in one piece, for themes that are not ours."""
    body = rendered_body(filed, addresses)
    lede = f'<p class="lede">{body.lede}</p>' if body.lede else ""
    return f"{body.top}{lede}{body.body}"


def reference_links(filed: FiledArticle) -> dict[str, ReferenceLink | None]:
    """Where each `>>` line of the article leads, None for those that stay text."""
    return {
        reference.resolution.headline: _link(reference, filed.article.lang)
        for reference in filed.references
    }


def _link(reference: Reference, lang: str) -> ReferenceLink | None:
    found, card = reference.resolution, reference.card
    if found.state == "retracted":
        named = found.reason.cause is Cause.RETRACTED_NAMED
        return ReferenceLink("", retracted=True, named=named)
    if card:
        return ReferenceLink(card.url, card.iso_date, corrected(card, lang))
    # Of several that it may mean, one is here.
    return ReferenceLink("", absent=True) if found.state != "ambiguous" else None
