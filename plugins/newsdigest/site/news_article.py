"""An article's structured data (schema.org `NewsArticle`), and what its page says of it to networks."""

from __future__ import annotations

from collections.abc import Sequence

from newsdigest.archive.articles import FiledArticle
from newsdigest.base.records import Article, EntityCard, Site
from newsdigest.site import notes
from newsdigest.site.head import short
from newsdigest.site.json_ld import JsonObject, publisher, thing
from newsdigest.site.words import section_title
from newsdigest.text import typography

# What Google and schema.org validators take for a headline.
HEADLINE_LENGTH = 110
ABOUT = 3
MENTIONED = 12


def news_article(
    site: Site,
    filed: FiledArticle,
    entities: Sequence[EntityCard],
    headline: str,
    description: str,
) -> JsonObject:
    """The data of an article that names these `entities`; headline and description as printed."""
    article = filed.article
    address = site.url + filed.url
    data: JsonObject = {
        "@type": "NewsArticle",
        "headline": short(headline, HEADLINE_LENGTH),
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": article.iso_date,
        "dateModified": notes.modified(filed, site),
        "inLanguage": article.lang,
        "isAccessibleForFree": True,
        "publisher": publisher(site),
    }
    if description:
        data["description"] = description
    if said := section(article):
        data["articleSection"] = said
    if told := notes.comments(notes.notes(filed.line, site, article.lang)):
        data["correction"] = told
    data |= _credits(article)
    if article.dateline:
        data["dateline"] = article.dateline.partition(" (")[0]
    if filed.membership:
        story = filed.membership.story
        title = typography.typeset(story.title, story.lang or site.lang)
        if story.url:
            data["isPartOf"] = {
                "@type": "CollectionPage",
                "name": title,
                "url": site.url + story.url,
            }
    named = [thing(entity, site.url) for entity in entities[: ABOUT + MENTIONED]]
    if named[:ABOUT]:
        data["about"] = named[:ABOUT]
    if named[ABOUT:]:
        data["mentions"] = named[ABOUT:]
    return data


def properties(
    site: Site, filed: FiledArticle, entities: Sequence[EntityCard]
) -> tuple[tuple[str, str], ...]:
    """What networks are told of an article (ogp.me, `article`): (property, content).

    A day at least: where only a month is written, nothing is said of it.
    """
    article, modified = filed.article, notes.modified(filed, site)
    dated = article.date_precision != "month"
    told = (
        ("article:published_time", article.iso_date if dated else ""),
        ("article:modified_time", modified if modified != article.iso_date else ""),
        ("article:section", section(article)),
        *(("article:tag", entity.name) for entity in entities[:ABOUT]),
    )
    return tuple((name, content) for name, content in told if content)


def section(article: Article) -> str:
    """What stands above its headline, else the section it is in, "" for none."""
    if article.kicker:
        return typography.typeset(article.kicker, article.lang)
    return section_title(article.section, article.lang)


def _credits(article: Article) -> JsonObject:
    """People and agencies apart: those who signed are its authors, else the agencies are; the agencies
    are whom it was written for and whose it is. `creditText` is the credit as printed."""
    people = [{"@type": "Person", "name": name} for name in article.authors]
    agencies = [{"@type": "Organization", "name": name} for name in article.agencies]
    data: JsonObject = {}
    if people or agencies:
        data["author"] = _one_or_all(people or agencies)
        data["creditText"] = article.credit
    if agencies and people:
        data["sourceOrganization"] = _one_or_all(agencies)
    if agencies:
        data["copyrightHolder"] = _one_or_all(agencies)
    return data


def _one_or_all(found: list[JsonObject]) -> JsonObject | list[JsonObject]:
    return found if len(found) > 1 else found[0]
