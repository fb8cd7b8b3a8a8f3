"""How far a build's changes reach: look-ups around what changed, for the plan to decide on."""

from __future__ import annotations

from newsdigest.archive.articles import Archive, older_pages
from newsdigest.archive.changes import Changes, EntityChange
from newsdigest.base import addresses
from newsdigest.base.errors import _
from newsdigest.base.records import EntityCard, Page
from newsdigest.site.plan import EntityFacts, Footprint, in_publish_order


def footprint(changes: Changes, archive: Archive) -> Footprint:
    """The pages' inputs that `changes` touched, as they stand now."""
    articles = _stale_articles(changes, archive)
    reworded = (
        changes.edited
        | changes.moved
        | changes.relinked
        | changes.retagged
        | _naming_renamed(changes, archive)
    )
    stories = _stale_stories(changes, reworded, archive)
    # A day left without articles has no page to render: its file is a stray.
    held = [day for day in sorted(changes.days) if archive.holds(day)]
    days = dict.fromkeys(held, _("its articles changed"))
    citing = _days_citing_renamed(changes, archive)
    days |= dict.fromkeys(citing, _("an entity cited changed"))
    near_days: dict[str, str] = {}
    periods: dict[str, str] = {}
    for day in sorted(changes.days):
        for near in archive.neighbour_periods(day):
            if near:
                near_days[near] = _("the day before or after changed")
        for period in (day[:7], day[:4]):
            periods[period] = _("its days changed")
    for period in list(periods):
        for near in archive.neighbour_periods(period):
            if near:
                periods.setdefault(near, _("the period before or after changed"))
    entities: dict[str, EntityFacts] = {}
    index_changed = feeds_changed = bool(changes.gone_entities)
    for number in sorted(changes.entities):
        change = changes.entities[number]
        card = _entity_of(number, archive)
        if card is None:
            continue
        facts = _entity_facts(number, card, change, archive)
        entities[card.slug] = facts
        index_changed |= facts.has_page
        had_feed = change.before >= archive.limits.entity_feed_from
        told_anew = change.renamed or change.retyped
        feeds_changed |= facts.has_feed != had_feed or (facts.has_feed and told_anew)
    return Footprint(
        articles=articles,
        # One that comes back may have left its entry behind.
        entries=sorted(reworded | changes.added),
        days=days,
        near_days=near_days,
        periods=periods,
        entities=entities,
        company=sorted(
            {*_company_of_renamed(changes, archive), *_named_in_stories(changes, archive)}
        ),
        fed=_feeds_holding(reworded, archive),
        stories=stories,
        story_list=bool(stories or changes.gone_stories or changes.stories_aged),
        initials=sorted(changes.initials) if archive.is_index_cut() else (),
        index_changed=index_changed,
        feeds_changed=feeds_changed or changes.stories_listed,
        front=_is_shown_in_front(citing, archive),
        all_feed=_is_in_the_feed(reworded, archive),
        anything=bool(changes),
    )


def every_page(archive: Archive, reason: str) -> dict[Page, str]:
    """All pages and feeds of the site, in the order of publication."""
    pages = {Page("article", article_id): reason for article_id in archive.published_ids()}
    months = [count.period for count in archive.month_counts()]
    for month in months:
        pages[Page("month", month)] = pages[Page("sitemap", month)] = reason
        for day in archive.day_counts(month):
            pages[Page("day", day.period)] = reason
    for year in archive.year_counts():
        pages[Page("year", year.period)] = reason
    for card in archive.entities_with_page():
        pages[Page("entity", card.slug)] = reason
        for page in range(1, older_pages(archive.limits, card.articles) + 1):
            pages[Page("entity_page", f"{card.slug}/{page}")] = reason
        if has_feed(archive, card):
            pages[Page("entity_feed", card.slug)] = reason
    if archive.is_index_cut():
        pages |= {Page("initials", part): reason for part in archive.all_initials()}
    for story in archive.ties.stories():
        pages[Page("story", story.slug)] = pages[Page("story_feed", story.slug)] = reason
    for kind in (
        "front",
        "archives",
        "entities",
        "stories",
        "feeds",
        "opml",
        "all_feed",
        "not_found",
    ):
        pages[Page(kind)] = reason
    pages[Page("sitemaps")] = pages[Page("robots")] = reason
    return in_publish_order(pages)


def index_parts(archive: Archive, was_cut: bool) -> list[str]:
    """The parts of the A-Z index to make or to take away when it comes to be cut, or no longer is."""
    return archive.all_initials() if archive.is_index_cut() != was_cut else []


def has_feed(archive: Archive, card: EntityCard) -> bool:
    """An entity has its feeds from three articles on, and never without a page."""
    return bool(card.url) and card.articles >= archive.limits.entity_feed_from


def stray_files(changes: Changes, archive: Archive) -> set[str]:
    """Published files under the addresses these changes gave up, that nothing stands at now."""
    places = archive.places
    strays: set[str] = set()
    for address in changes.gone:
        taken = archive.db.execute(
            "SELECT 1 FROM articles WHERE url = ? AND state IN ('published', 'folded')", (address,)
        ).fetchone()
        if not taken:
            strays.add(addresses.file_of(address))
    slugs = set(changes.gone_entities)
    for number in changes.entities:
        card = _entity_of(number, archive)
        if card:
            slugs.add(card.slug)
    for slug in slugs:
        known = archive.entity(slug)
        live = set(_entity_files(known[1], archive)) if known else set()
        folder = addresses.entity(places, slug)
        published = archive.db.execute(
            "SELECT path FROM pages WHERE path >= ? AND path < ?", (folder, folder + "~")
        )
        strays.update(path for (path,) in published if path not in live)
        strays.update(set(archive.files_of(Page("entity_feed", slug))) - live)
    for slug in sorted(changes.gone_stories):
        found = archive.ties.story(slug)
        if not (found and found[1].url):
            for page in (Page("story", slug), Page("story_feed", slug)):
                strays.update(archive.files_of(page))
    for day in changes.days:
        for period in (day, day[:7], day[:4]):
            if not archive.holds(period):
                strays.add(addresses.file_of(addresses.period(places, period)))
                if len(period) == 7:
                    strays.add(places.sitemap.format(month=period))
    return strays


def _entity_files(card: EntityCard, archive: Archive) -> list[str]:
    """Every file this entity has a right to."""
    pages = [Page("entity", card.slug)] if card.url else []
    last = older_pages(archive.limits, card.articles) if card.url else 0
    pages += [Page("entity_page", f"{card.slug}/{page}") for page in range(1, last + 1)]
    if has_feed(archive, card):
        pages.append(Page("entity_feed", card.slug))
    return [file for page in pages for file in archive.files_of(page)]


def _entity_of(number: int, archive: Archive) -> EntityCard | None:
    row = archive.db.execute(
        "SELECT name, type, slug, articles, page_from FROM entities"
        " WHERE entity = ? AND articles > 0",
        (number,),
    ).fetchone()
    return archive.entity_card(*row) if row else None


def _entity_facts(
    number: int, card: EntityCard, change: EntityChange, archive: Archive
) -> EntityFacts:
    size = archive.limits.mentions_per_page
    last = older_pages(archive.limits, card.articles)
    last_before = older_pages(archive.limits, change.before)
    older: set[int] = set()
    if change.renamed or change.retyped:
        older.update(range(1, last + 1))
    if change.shift is not None:
        older.update(range(_rank(number, change.shift, archive) // size + 1, last + 1))
    for sort in change.touched:
        older.add(_rank(number, sort, archive) // size + 1)
    if last != last_before:
        # The page beside the newest one links to it: that place is another page's now.
        older.update(range(min(last, last_before), max(last, last_before) + 1))
    # Below this many articles search engines are told to pass by, on every page of the entity.
    return EntityFacts(
        slug=card.slug,
        has_page=bool(card.url),
        has_feed=has_feed(archive, card),
        older=tuple(page for page in sorted(older) if 1 <= page <= last),
    )


def _rank(number: int, sort: str, archive: Archive) -> int:
    """How many of the entity's mentions stand before `sort`."""
    query = "SELECT count(*) FROM mentions WHERE entity = ? AND sort < ? AND live"
    return int(archive.db.execute(query, (number, sort)).fetchone()[0])


def _stale_articles(changes: Changes, archive: Archive) -> dict[str, str]:
    stale: dict[str, str] = {}
    for ids, reason in (
        (changes.added, _("new article")),
        (changes.edited, _("article changed")),
        (changes.moved, _("its address changed")),
        (changes.relinked, _("a headline it cites changed")),
        (changes.retagged, _("the entities it names changed")),
        (changes.cited, _("the articles citing it changed")),
        (_fold_of_moved(changes, archive), _("the dispatch it is a copy of changed")),
        (changes.restoried, _("its story changed")),
        (changes.followed, _("what followed it in its story changed")),
        (changes.resuggested, _("what it suggests changed")),
        (changes.neighbours, _("the article before or after changed")),
        (_naming_renamed(changes, archive), _("an entity it names changed its name or page")),
    ):
        for article_id in sorted(ids):
            stale.setdefault(article_id, reason)
    return stale


def _fold_of_moved(changes: Changes, archive: Archive) -> set[str]:
    """The copies of a dispatch that stands elsewhere now, and the leaders of such copies."""
    found: set[str] = set()
    for id_ in changes.moved | changes.edited:
        for query in (
            "SELECT id FROM articles WHERE duplicate_of = ? AND state = 'folded'",
            "SELECT duplicate_of FROM articles WHERE id = ? AND state = 'folded'",
        ):
            found.update(other for (other,) in archive.db.execute(query, (id_,)))
    return found


def _renamed(changes: Changes) -> list[int]:
    return [number for number, change in sorted(changes.entities.items()) if change.renamed]


def _naming_renamed(changes: Changes, archive: Archive) -> set[str]:
    return {
        article_id
        for number in _renamed(changes)
        for (article_id,) in archive.db.execute(
            "SELECT a.id FROM mentions m JOIN articles a USING (n) WHERE m.entity = ?", (number,)
        )
    }


def _days_citing_renamed(changes: Changes, archive: Archive) -> list[str]:
    query = "SELECT day FROM articles WHERE id = ?"
    retagged = {day for id_ in changes.retagged for (day,) in archive.db.execute(query, (id_,))}
    days = retagged | {
        day
        for number in _renamed(changes)
        for (day,) in archive.db.execute(
            "SELECT DISTINCT a.day FROM mentions m JOIN articles a USING (n) WHERE m.entity = ?",
            (number,),
        )
    }
    return sorted(days - changes.days)


def _is_shown_in_front(days: list[str], archive: Archive) -> bool:
    """Whether one of these days is in the newest edition, which may be a month."""
    edition = archive.newest_edition()
    return bool(edition) and any(day.startswith(edition) for day in days)


def _company_of_renamed(changes: Changes, archive: Archive) -> list[str]:
    """Entities named beside a renamed one often enough for their page to show its name."""
    slugs = {
        card.slug
        for number in _renamed(changes)
        for (other,) in archive.db.execute(
            "SELECT DISTINCT o.entity FROM mentions m JOIN mentions o USING (n) WHERE m.entity = ?",
            (number,),
        )
        if (card := _entity_of(other, archive)) and card.url
    }
    return sorted(slugs)


def _stale_stories(changes: Changes, reworded: set[str], archive: Archive) -> list[str]:
    """The stories whose page or feed differs: others are in them, or some read otherwise."""
    query = "SELECT story FROM members WHERE id = ?"
    ids = set(changes.stories)
    for article_id in reworded | changes.added | changes.restoried:
        ids.update(story for (story,) in archive.db.execute(query, (article_id,)))
    # Those it names stand by type.
    query = (
        "SELECT DISTINCT s.story FROM mentions m JOIN articles a USING (n)"
        " JOIN members s USING (id) WHERE m.entity = ?"
    )
    for number, change in sorted(changes.entities.items()):
        if change.retyped:
            ids.update(story for (story,) in archive.db.execute(query, (number,)))
    query = "SELECT slug FROM stories WHERE story = ?"
    slugs = {slug for id_ in ids for (slug,) in archive.db.execute(query, (id_,))}
    return sorted(slug for slug in slugs if (found := archive.ties.story(slug)) and found[1].url)


def _named_in_stories(changes: Changes, archive: Archive) -> set[str]:
    """Entities whose page lists a story that an article of theirs joined or left."""
    return {
        card.slug
        for article_id in changes.listed
        for (number,) in archive.db.execute(
            "SELECT m.entity FROM mentions m JOIN articles a USING (n) WHERE a.id = ?",
            (article_id,),
        )
        if (card := _entity_of(number, archive)) and card.url
    }


def _is_in_the_feed(articles: set[str], archive: Archive) -> bool:
    query = "SELECT id FROM articles WHERE n = ?"
    newest = archive.newest_articles(archive.limits.feed_entries) if articles else []
    return any(archive.db.execute(query, (n,)).fetchone()[0] in articles for n in newest)


def _feeds_holding(article_ids: set[str], archive: Archive) -> list[str]:
    slugs = {
        card.slug
        for article_id in sorted(article_ids)
        for (number,) in archive.db.execute(
            "SELECT m.entity FROM mentions m JOIN articles a USING (n) WHERE a.id = ?",
            (article_id,),
        )
        if (card := _entity_of(number, archive)) and has_feed(archive, card)
    }
    return sorted(slugs)
