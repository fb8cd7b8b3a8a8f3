"""A saved page's bytes, and the article they hold: the order of the steps, read this first."""

from __future__ import annotations

from newsdigest.base.records import Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.agencies import known_agencies
from newsdigest.read.composed import Refused, Told
from newsdigest.read.page.body import body_of_page, photos_of_page
from newsdigest.read.page.boxes import link_lines, link_of
from newsdigest.read.page.facts import Facts, facts_of, is_beside, is_deep, tree_of
from newsdigest.read.page.furniture import related_of_page, without_furniture
from newsdigest.read.page.saved import saved_page, without_payload
from newsdigest.read.page.walls import wall_of
from newsdigest.read.wire.draft import Draft, finished
from newsdigest.read.wire.item import agency_of, named
from newsdigest.read.wire.moments import when_in_path

FORMAT = "HTML"
_MOST_RELATED = 12


def read_page(data: bytes, path: str, rules: ParseRules) -> Told | Refused:
    """The page's article. Any bytes give one or the other; nothing is fetched."""
    saved = saved_page(data)
    if saved:
        saved = saved._replace(text=without_payload(saved.text))
        if len(saved.text) > rules.max_bytes:
            return Refused("E_TOO_LARGE", {"size": len(saved.text), "limit": rules.max_bytes})
    tree = tree_of(saved.text) if saved else None
    if saved is None or tree is None:
        return Refused("E_NO_BODY", {"format": FORMAT})
    if is_deep(tree, saved.text):
        return Refused("E_MARKUP", {"format": FORMAT, "depth": 1})
    facts = facts_of(tree, saved.address, rules.timezone)
    body = body_of_page(tree, saved.text, facts.body, facts.address, facts.free)
    cleared = without_furniture(body, facts.headline)
    wall = wall_of(tree, facts, cleared.blocks)
    if wall:
        return Refused("E_PAGE", {wall: 1})
    draft = _draft(facts, cleared.blocks, rules)
    lines = (link_of(one) for one in link_lines(tree) if not is_beside(one))
    related = (*cleared.related, *lines, *related_of_page(tree, facts.headline))
    draft.related = tuple(dict.fromkeys(related))[:_MOST_RELATED]
    draft.photos = photos_of_page(tree)
    draft.dates = [*facts.dates, when_in_path(path, rules.timezone), _searched(tree, facts)]
    draft.warnings = [*saved.warnings, *(["W_BOILERPLATE"] if cleared.removed else [])]
    return finished(draft, path, rules)


def _draft(facts: Facts, blocks: tuple[Block, ...], rules: ParseRules) -> Draft:
    known = known_agencies(rules.agencies)
    agency = next(filter(None, (agency_of(site, known) for site in facts.sites)), "")
    signed = any(named(one, known) != ((), ()) for one in facts.bylines)
    return Draft(
        FORMAT,
        headline=facts.headline,
        blocks=blocks,
        bylines=facts.bylines,
        sources=[agency] if agency else [] if signed else facts.sites[:1],
        lang=facts.lang,
        url=facts.address,
        tags=facts.tags,
    )


def _searched(tree: object, facts: Facts) -> str | None:
    """The day that stands somewhere in the page, where nothing says that it is the article's."""
    if facts.dates:
        return None
    from htmldate import find_date

    try:
        return find_date(
            tree, extensive_search=False, original_date=True, url=facts.address or None
        )
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
