"""A person, place or organisation: its page, its older pages, and the A-Z index of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsdigest.base import addresses as standing
from newsdigest.base.addresses import href
from newsdigest.base.records import (
    Count,
    EntityCard,
    EntityMention,
    EntityType,
    Role,
    Site,
    StoryCard,
)
from newsdigest.base.settings import Addresses
from newsdigest.site.chart import column_chart
from newsdigest.site.head import (
    ATOM,
    DEFAULT_ADDRESSES,
    DEFAULT_LIMITS,
    RSS,
    JsonObject,
    capital,
    collection,
    navigation,
    page_head,
    period_url,
    site_title,
    teaser,
)
from newsdigest.site.kinds.front import chips
from newsdigest.site.shapes import (
    EntityIndexView,
    EntityView,
    FeedLink,
    IndexEntry,
    Letter,
    Link,
    PeriodLink,
    Quote,
    QuoteGroup,
    RoleLine,
)
from newsdigest.site.words import number, words
from newsdigest.text import dates, typography
from newsdigest.text.alphabet import OTHER_INITIALS, folded, initial

_SCHEMA: dict[EntityType, str] = {
    "person": "Person",
    "place": "Place",
    "organisation": "Organization",
}


def entity_page(
    site: Site,
    entity: EntityCard,
    forms: Sequence[str],
    mentions: Sequence[EntityMention],
    months: Sequence[Count] = (),
    together: Sequence[EntityCard] = (),
    page: int = 1,
    pages: int = 1,
    feed_urls: Sequence[str] = (),
    index_from: int = DEFAULT_LIMITS.entity_index_from,
    roles: Sequence[Role] = (),
    link: str = "",
    stories: Sequence[StoryCard] = (),
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> EntityView:
    """Page `page` of `pages` (1 is the oldest; the last stands at the entity's own address).

    `mentions` are that page's, newest first; `forms` the names met; `months` its articles by month
    (gaps allowed), oldest first; `feed_urls` its feeds' site-relative addresses, `.atom` or `.rss`;
    `roles` what it was said to be; `stories` those its articles belong to; `link` an address the editors give, http or https.
    Search engines are told of it from `index_from` articles on.
    """
    known = words(site.lang)
    newest = page >= pages
    path = entity.url if newest else _page_url(entity, page, addresses)
    name = entity.name if newest else known.entity_page.format(name=entity.name, page=page)
    data = collection(site, path, name, [mention.card.url for mention in mentions])
    data["about"] = _thing(entity, forms if newest else ())
    feeds = _feeds(site, entity, feed_urls) if newest else ()
    counted = [count for count in months if count.articles] if newest else []
    return EntityView(
        head=page_head(
            site,
            addresses,
            path,
            name,
            known.entity_description.format(name=name),
            data,
            title=site_title(site, f"{name} ({known.types[entity.type].lower()})")
            if entity.slug.endswith(standing.TYPE_SLUGS[entity.type])
            else "",
            og_type="profile" if entity.type == "person" else "website",
            feeds=feeds,
            noindex=entity.articles < index_from,
        ),
        nav=navigation(site.lang, addresses, href(addresses.entities), "true"),
        type_label=known.types[entity.type],
        name=entity.name,
        forms=tuple(form for form in dict.fromkeys(forms) if form != entity.name),
        newest=newest,
        page=page,
        count=entity.articles if newest else 0,
        articles=number(entity.articles, site.lang) if newest else "",
        first=_month(counted[0], site, addresses) if counted else None,
        last=_month(counted[-1], site, addresses) if counted else None,
        chart=column_chart(site, known.chart.format(name=entity.name), counted)
        if len(counted) > 1
        else None,
        groups=_by_month(mentions, site),
        together=chips(together, site) if newest else (),
        feeds=feeds,
        entity=Link(entity.url, entity.name),
        older=Link(_page_url(entity, page - 1, addresses), "") if page > 1 else None,
        # Beside the newest page, its steady address: it never moves when that page fills.
        roles=tuple(_role(role, site) for role in roles),
        link=link if newest else "",
        stories=tuple(
            Link(story.url, typography.typeset(story.title, site.lang)) for story in stories
        ),
        newer=None
        if newest
        else Link(entity.url if page + 1 >= pages else _page_url(entity, page + 1, addresses), ""),
    )


def entity_index(
    site: Site,
    entities: Sequence[EntityCard],
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> EntityIndexView:
    """The entities that have a page, by first letter; digits and other scripts stand under `#`."""
    by_letter: dict[str, list[IndexEntry]] = {}
    listed = [entity for entity in entities if entity.url]
    for entity in sorted(listed, key=_alphabetically):
        by_letter.setdefault(initial(entity.name), []).append(_index_entry(entity, site, True))
    path = href(addresses.entities)
    return _index(site, addresses, path, words(site.lang).entities, by_letter, len(listed))


def entity_index_cut(
    site: Site,
    total: int,
    cited: Sequence[EntityCard],
    initials_: Sequence[str],
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> EntityIndexView:
    """The index of `total` entities as ways to its parts, by `initials`, and the most cited."""
    by_letter: dict[str, list[IndexEntry]] = {}
    for part in sorted(initials_):
        letter = part[0].upper() if part != OTHER_INITIALS else "#"
        url = href(standing.initials(addresses, part))
        by_letter.setdefault(letter, []).append(IndexEntry(_part_label(part), url, "", 0, ""))
    path = href(addresses.entities)
    view = _index(site, addresses, path, words(site.lang).entities, by_letter, total)
    return replace(view, cut=True, cited=chips(cited, site))


def entity_index_part(
    site: Site,
    part: str,
    entities: Sequence[EntityCard],
    *,
    addresses: Addresses = DEFAULT_ADDRESSES,
) -> EntityIndexView:
    """The entities of these `initials`, without counts: the part changes when a name comes or goes."""
    listed = sorted((entity for entity in entities if entity.url), key=_alphabetically)
    label = _part_label(part)
    view = _index(
        site,
        addresses,
        href(standing.initials(addresses, part)),
        f"{words(site.lang).entities} – {label}",
        {label: [_index_entry(entity, site, False) for entity in listed]},
        len(listed),
    )
    return replace(view, part=label)


def _index(
    site: Site,
    addresses: Addresses,
    path: str,
    title: str,
    by_letter: dict[str, list[IndexEntry]],
    total: int,
) -> EntityIndexView:
    known = words(site.lang)
    current = href(addresses.entities)
    return EntityIndexView(
        head=page_head(
            site, addresses, path, title, known.index_description, collection(site, path, title)
        ),
        nav=navigation(site.lang, addresses, current, "page" if path == current else "true"),
        letters=tuple(
            Letter(
                "lettre-0" if letter == "#" else f"lettre-{letter.lower()}", letter, tuple(found)
            )
            for letter, found in sorted(
                by_letter.items(), key=lambda item: (item[0] == "#", item[0])
            )
        ),
        total=total,
        entities=number(total, site.lang),
    )


def _index_entry(entity: EntityCard, site: Site, counted: bool) -> IndexEntry:
    return IndexEntry(
        entity.name,
        entity.url,
        words(site.lang).types[entity.type],
        entity.articles if counted else 0,
        number(entity.articles, site.lang) if counted else "",
    )


def _alphabetically(entity: EntityCard) -> tuple[str, str, str]:
    return (folded(entity.name), entity.name, entity.slug)


def _part_label(part: str) -> str:
    return "#" if part == OTHER_INITIALS else part.capitalize()


def _role(role: Role, site: Site) -> RoleLine:
    last = role.last if role.last != role.first else ""
    return RoleLine(
        typography.typeset(role.name, site.lang),
        role.first,
        dates.label(role.first, site.lang),
        last,
        dates.label(last, site.lang) if last else "",
    )


def _by_month(mentions: Sequence[EntityMention], site: Site) -> tuple[QuoteGroup, ...]:
    by_month: dict[str, list[Quote]] = {}
    for found in mentions:
        card = found.card
        by_month.setdefault(card.day[:7], []).append(
            Quote(
                teaser(card, site, dates.label(card.iso_date[:10], site.lang)),
                found.before,
                found.mention,
                found.after,
            )
        )
    return tuple(
        QuoteGroup(f"mois-{month}", capital(dates.month_label(month, site.lang)), tuple(quotes))
        for month, quotes in by_month.items()
    )


def _month(count: Count, site: Site, addresses: Addresses) -> PeriodLink:
    label = capital(dates.month_label(count.period, site.lang))
    return PeriodLink(count.period, period_url(addresses, count.period), label)


def _page_url(entity: EntityCard, page: int, addresses: Addresses) -> str:
    return href(standing.entity(addresses, entity.slug, page))


def _feeds(site: Site, entity: EntityCard, urls: Sequence[str]) -> tuple[FeedLink, ...]:
    links = []
    for url in urls:
        format_, type_ = ("RSS", RSS) if url.endswith(".rss") else ("Atom", ATOM)
        title = f"{site_title(site, entity.name)} ({format_})"
        links.append(FeedLink(title, format_, url, type_))
    return tuple(links)


def _thing(entity: EntityCard, forms: Sequence[str]) -> JsonObject:
    thing: JsonObject = {"@type": _SCHEMA[entity.type], "name": entity.name}
    others = [form for form in dict.fromkeys(forms) if form != entity.name]
    if others:
        thing["alternateName"] = others
    return thing
