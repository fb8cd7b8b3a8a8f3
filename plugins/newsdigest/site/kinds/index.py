"""The A-Z index of the people, places and organisations; a large one in parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from msgspec.structs import replace

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.errors import _
from newsdigest.base.records import EntityCard, EntityType, Site
from newsdigest.entities.filing import filed_name, filed_part
from newsdigest.site.head import About, navigation, page_head
from newsdigest.site.json_ld import collection
from newsdigest.site.kind import Context, Html, Mapped, Reason, always, in_pages, one
from newsdigest.site.lists import chips, typeset_cards
from newsdigest.site.shapes import Chip, Head, NavItem, Shape
from newsdigest.site.touched import Touched
from newsdigest.site.words import number, words
from newsdigest.text.alphabet import OTHER_INITIALS, folded, initial


class IndexEntry(Shape, frozen=True):
    """An entity in the A-Z index. Its name is `before`, `name` and `after`: it is filed under `name`."""

    name: str
    url: str
    count: int = 0
    articles: str = ""
    before: str = ""
    after: str = ""


class Letter(Shape, frozen=True):
    """A letter of the index; `id` is its anchor."""

    id: str
    label: str
    entries: tuple[IndexEntry, ...]


class IndexOfKind(Shape, frozen=True):
    """The people, the places or the organisations, by letter; `label` is "" for ways to parts, which
    hold all of them."""

    id: str
    label: str
    letters: tuple[Letter, ...]
    total: int = 0
    entities: str = ""


class EntityIndexView(Shape, frozen=True):
    """Every entity that has a page, by kind and first letter without its accent.

    A large index is cut: its entries then lead to parts (`cut`), after the `cited` most; a part is
    such a view too, called `part`, without letters of its own.
    """

    head: Head
    nav: tuple[NavItem, ...]
    kinds: tuple[IndexOfKind, ...]
    total: int
    entities: str
    part: str = ""
    cut: bool = False
    cited: tuple[Chip, ...] = ()


def index_view(context: Context, _name: str) -> EntityIndexView:
    """The whole index, or where it is cut the ways to its parts."""
    index, site, addresses = context.archive.index, context.site, context.addresses
    if not index.is_cut():
        return entity_index(site, addresses, typeset_cards(index.cards(), site.lang))
    cited = typeset_cards(index.most_cited(context.limits.entities_most_cited), site.lang)
    return entity_index_cut(site, addresses, index.count(), cited, index.initials())


def part_view(context: Context, part: str) -> EntityIndexView:
    """One part of a cut index."""
    named = typeset_cards(context.archive.index.cards(part), context.site.lang)
    return entity_index_part(context.site, context.addresses, part, named)


def entity_index(
    site: Site,
    addresses: Addresses,
    entities: Sequence[EntityCard],
) -> EntityIndexView:
    """The entities that have a page, by kind and letter; digits and other scripts stand under `#`."""
    listed = [entity for entity in entities if entity.url]
    path = href(addresses.of(standing.ENTITIES))
    kinds = _by_kind(listed, site, counted=True)
    return _index(site, addresses, path, words(site.lang).entities, kinds, len(listed))


def entity_index_cut(
    site: Site,
    addresses: Addresses,
    total: int,
    cited: Sequence[EntityCard],
    initials_: Sequence[str],
) -> EntityIndexView:
    """The index of `total` entities as ways to its parts, by `initials`, and the most cited."""
    by_letter: dict[str, list[IndexEntry]] = {}
    for part in sorted(initials_):
        letter = part[0].upper() if part != OTHER_INITIALS else "#"
        url = href(standing.initials(addresses, part))
        by_letter.setdefault(letter, []).append(IndexEntry(_part_label(part), url))
    path = href(addresses.of(standing.ENTITIES))
    ways = (IndexOfKind("", "", _letters(by_letter, "lettre")),)
    view = _index(site, addresses, path, words(site.lang).entities, ways, total)
    return replace(view, cut=True, cited=chips(cited, site))


def entity_index_part(
    site: Site,
    addresses: Addresses,
    part: str,
    entities: Sequence[EntityCard],
) -> EntityIndexView:
    """The entities of these `initials`, without counts: the part changes when a name comes or goes."""
    listed = [entity for entity in entities if entity.url]
    label = _part_label(part)
    view = _index(
        site,
        addresses,
        href(standing.initials(addresses, part)),
        f"{words(site.lang).entities} – {label}",
        _by_kind(listed, site, counted=False),
        len(listed),
    )
    return replace(view, part=label)


def _index(
    site: Site,
    addresses: Addresses,
    path: str,
    title: str,
    kinds: tuple[IndexOfKind, ...],
    total: int,
) -> EntityIndexView:
    known = words(site.lang)
    current = href(addresses.of(standing.ENTITIES))
    crumbs = () if path == current else ((known.entities, current),)
    data = collection(site, path, title)
    about = About(path, title, known.index_description, data, crumbs=crumbs)
    return EntityIndexView(
        head=page_head(site, addresses, about),
        nav=navigation(site, addresses, current, "page" if path == current else "true"),
        kinds=kinds,
        total=total,
        entities=number(total, site.lang),
    )


def _by_kind(
    entities: Sequence[EntityCard], site: Site, *, counted: bool
) -> tuple[IndexOfKind, ...]:
    """The kinds that have an entity; `counted`: by letter, and with how many articles name each."""
    labels = words(site.lang).types_plural
    found = []
    for kind in get_args(EntityType):
        of_kind = [entity for entity in entities if entity.type == kind]
        by_letter: dict[str, list[IndexEntry]] = {}
        for filed, entity in sorted(
            ((filed_name(entity.name, kind, site.lang), entity) for entity in of_kind),
            key=lambda pair: (folded(pair[0]), pair[0], pair[1].slug),
        ):
            letter = initial(filed) if counted else ""
            by_letter.setdefault(letter, []).append(_index_entry(entity, site, counted))
        if of_kind:
            count = number(len(of_kind), site.lang)
            letters = _letters(by_letter, kind)
            found.append(IndexOfKind(kind, labels[kind], letters, len(of_kind), count))
    return tuple(found)


def _letters(by_letter: Mapping[str, Sequence[IndexEntry]], prefix: str) -> tuple[Letter, ...]:
    return tuple(
        Letter(f"{prefix}-{'0' if letter == '#' else letter.lower()}", letter, tuple(found))
        for letter, found in sorted(by_letter.items(), key=lambda item: (item[0] == "#", item[0]))
    )


def _index_entry(entity: EntityCard, site: Site, counted: bool) -> IndexEntry:
    start, end = filed_part(entity.name, entity.type, site.lang)
    return IndexEntry(
        entity.name[start:end],
        entity.url,
        entity.articles if counted else 0,
        number(entity.articles, site.lang) if counted else "",
        entity.name[:start],
        entity.name[end:],
    )


def _part_label(part: str) -> str:
    return "#" if part == OTHER_INITIALS else part.capitalize()


def _stale_parts(touched: Touched) -> Iterable[Reason]:
    archive = touched.archive
    reason = _("the list of entities changed")
    shown = archive.manifest.names("initials")
    if not archive.index.is_cut():
        # It was cut, and is no longer: its parts go.
        yield from ((part, reason) for part in shown)
        return
    if not shown:
        yield from ((part, reason) for part in archive.index.initials())
    for part in sorted(touched.changes.initials):
        yield part, reason


def _parts(archive: Archive) -> Iterable[str]:
    return archive.index.initials() if archive.index.is_cut() else ()


def _has_part(archive: Archive, part: str) -> bool:
    return archive.index.holds(part) and archive.index.is_cut()


def _of_part(part: str) -> dict[str, Any]:
    return {"initials": part}


def _stale(touched: Touched) -> Iterable[Reason]:
    if touched.index:
        yield "", _("the list of entities changed")


def _mapped_parts(archive: Archive) -> Iterable[Mapped]:
    for part in _parts(archive):
        yield href(standing.initials(archive.addresses, part)), ""


def _mapped(archive: Archive) -> Iterable[Mapped]:
    yield href(ENTITIES.address(archive, "")), archive.periods.newest_edition()


INITIALS = Html(
    name="initials",
    addresses=(standing.INITIALS,),
    fields=_of_part,
    reads=frozenset({Fact.NAMES}),
    names=_parts,
    has=_has_part,
    stale=_stale_parts,
    mapped=in_pages(_mapped_parts),
    template="entities",
    view=part_view,
)

ENTITIES = Html(
    name="entities",
    addresses=(standing.ENTITIES,),
    reads=frozenset({Fact.NAMES}),
    names=one,
    has=always,
    stale=_stale,
    mapped=in_pages(_mapped),
    template="entities",
    view=index_view,
)
