"""One page of the plan, from the archive to its bytes: look up, decide what is shown, render.

What turns a view into HTML is the host's (Pelican's templates); what turns articles into feeds is
the core's: `entries.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape as xml_escape

from newsdigest.archive.articles import Archive, FiledArticle, older_pages
from newsdigest.archive.store import read_store, standing, will_not_exist
from newsdigest.archive.stories import STORY_WINDOW
from newsdigest.base import addresses
from newsdigest.base.records import EntityCard, Page
from newsdigest.base.settings import Settings
from newsdigest.entities.tagger import UNTAGGED_BLOCKS
from newsdigest.publish.output import lost_files
from newsdigest.publish.verify import Verifier
from newsdigest.relate.stories.threads import quiet_since, rhythm
from newsdigest.relate.worddiff import Segment, added
from newsdigest.site import pages
from newsdigest.site.entries import (
    LABELS,
    FeedRoom,
    File,
    reference_links,
    typeset_cards,
)
from newsdigest.site.footprint import has_feed
from newsdigest.site.kinds.article import Surroundings
from newsdigest.site.telling import tell_story
from newsdigest.site.theme import Assets
from newsdigest.text import markup, typography

# The feeds page names the feeds of the most cited; the OPML file names all.
MOST_FEEDS = 500
# The roles of a long career: the page names those told most often.
ROLES = 8
# The stories that the front page and an entity's page list, and the names a story's page does.
STORIES_LISTED = 6
STORY_NAMES = 24


class Host(Protocol):
    """What renders pages: Pelican, behind the door that knows it."""

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """The template of that name with `context` added to what every page is shown."""
        ...

    def open_archive(self, archive: Archive) -> None:
        """Told once, before anything is rendered, where the archive can be looked up."""
        ...

    def article_context(self, filed: FiledArticle, body: str) -> Mapping[str, Any]:
        """What the host adds for an article's page (Pelican's own Article object)."""
        ...


class RenderRoom:
    """Renders any page of one build, in one process."""

    def __init__(self, settings: Settings, store: Path, assets: Assets, host: Host) -> None:
        self.host = host
        self.assets = assets
        self.site = settings.site
        self.folder = addresses.site_folder(settings.site.url)
        self.places = settings.addresses
        self.limits = settings.limits
        self.archive = Archive(read_store(store), settings.addresses, settings.limits)
        host.open_archive(self.archive)
        output = Path(settings.output)
        self.feeds = FeedRoom(settings, self.archive)
        self.verifier = Verifier(
            partial(will_not_exist, self.archive.db),
            self.folder,
            lambda paths: lost_files(output, standing(self.archive.db, paths)),
        )
        self._pages: dict[str, Callable[[str], list[File]]] = {
            "article": self._article,
            "day": self._day,
            "month": self._month,
            "year": self._year,
            "archives": self._archives,
            "front": self._front,
            "entity": self._entity,
            "entity_page": self._entity_page,
            "entities": self._entities,
            "initials": self._initials,
            "story": self._story,
            "stories": self._stories,
            "story_feed": self.feeds.story_feed,
            "feeds": self._feeds,
            "opml": self.feeds.opml,
            "all_feed": self.feeds.all_feed,
            "entity_feed": self.feeds.entity_feed,
            "not_found": self._not_found,
            "sitemap": self._sitemap,
            "sitemaps": self._sitemaps,
            "robots": self._robots,
        }

    def render(self, page: Page) -> list[File]:
        """The page's files, none if the archive holds nothing to show there."""
        return self._pages[page.kind](page.name)

    def _html(self, address: str, template: str, view: object, **more: Any) -> list[File]:
        context = {"view": view, "site": self.site, "assets": self.assets, **more}
        html = addresses.in_folder(self.host.render(template, context), self.folder)
        return [(addresses.file_of(address), html.encode("utf-8", "replace"))]

    # -- articles --------------------------------------------------------------------------------

    def _article(self, article_id: str) -> list[File]:
        filed = self.archive.filed(article_id)
        if filed is None:
            return []
        article = filed.article
        body = rendered_body(filed)
        view = pages.article_page(
            self.site,
            article,
            filed.url,
            body.lede,
            body.body,
            article.credit,
            filed.card.minutes,
            self._shown(filed.companies),
            filed.cited_by,
            filed.previous,
            filed.next,
            Surroundings(
                filed.membership,
                filed.followers,
                filed.leader,
                self._additions(filed),
                filed.copies,
                filed.suggestions,
            ),
            addresses=self.places,
        )
        more = self.host.article_context(filed, view.body)
        return self._html(filed.url.removeprefix("/"), "article", view, **more)

    def _additions(self, filed: FiledArticle) -> list[tuple[Segment, ...]]:
        """The paragraphs in which a folded copy says more than its leader."""
        if filed.leader is None:
            return []
        leader = self.archive.tagged(filed.leader.id).article
        texts = (
            [block.tagged_text for block in article.blocks if block.type not in UNTAGGED_BLOCKS]
            for article in (leader, filed.article)
        )
        return [
            block for block in added(*texts).blocks if any(piece.kind == "added" for piece in block)
        ]

    # -- lists by period ---------------------------------------------------------------------------

    def _front(self, _: str) -> list[File]:
        archive = self.archive
        day = archive.newest_edition()
        view = pages.front_page(
            self.site,
            day,
            archive.cards_of(day) if day else [],
            self._shown(archive.cited_on(day, self.limits.cited)) if day else (),
            archive.days_before(day, self.limits.earlier_editions),
            archive.cards_before(day, self.limits.front_cards) if day else [],
            archive.link_counts(day),
            archive.ties.running(archive.ties.newest_day(), STORIES_LISTED) if day else (),
            addresses=self.places,
            front_cards=self.limits.front_cards,
        )
        return self._html("", "index", view)

    def _day(self, day: str) -> list[File]:
        archive = self.archive
        if not archive.holds(day):
            return []
        before, after = archive.neighbour_periods(day)
        view = pages.day_page(
            self.site,
            day,
            archive.cards_of(day),
            before,
            after,
            self._shown(archive.cited_on(day, self.limits.cited)),
            addresses=self.places,
        )
        return self._html(addresses.period(self.places, day), "day", view)

    def _month(self, month: str) -> list[File]:
        archive = self.archive
        if not archive.holds(month):
            return []
        before, after = archive.neighbour_periods(month)
        view = pages.month_page(
            self.site,
            month,
            archive.day_counts(month),
            archive.cards_of(month),
            before,
            after,
            addresses=self.places,
        )
        return self._html(addresses.period(self.places, month), "month", view)

    def _year(self, year: str) -> list[File]:
        archive = self.archive
        if not archive.holds(year):
            return []
        before, after = archive.neighbour_periods(year)
        view = pages.year_page(
            self.site, year, archive.month_counts(year), before, after, addresses=self.places
        )
        return self._html(addresses.period(self.places, year), "year", view)

    def _archives(self, _: str) -> list[File]:
        archive = self.archive
        view = pages.archives_page(
            self.site, archive.year_counts(), archive.month_counts(), addresses=self.places
        )
        return self._html(self.places.archives, "archives", view)

    # -- entities ----------------------------------------------------------------------------------

    def _entity(self, slug: str) -> list[File]:
        number, card = self.archive.entity(slug) or (0, None)
        if card is None or not card.url:
            return []
        last = older_pages(self.limits, card.articles) + 1
        mentions = self.archive.mentions_newest(number, self.limits.mentions_per_page)
        (shown,) = self._shown((card,))
        view = pages.entity_page(
            self.site,
            shown,
            [typography.typeset(form, self.site.lang) for form in self.archive.forms(number)],
            mentions,
            self.archive.entity_months(number),
            self._shown(self.archive.together(number)),
            last,
            last,
            self.feeds.urls("entity_feed", slug) if has_feed(self.archive, card) else [],
            self.limits.entity_index_from,
            self.archive.roles(number, ROLES),
            self.archive.link(number),
            self.archive.ties.stories_naming(number, STORIES_LISTED),
            addresses=self.places,
        )
        return self._html(addresses.entity(self.places, slug), "entity", view)

    def _entity_page(self, name: str) -> list[File]:
        slug, _, number_of_page = name.rpartition("/")
        page = int(number_of_page)
        number, card = self.archive.entity(slug) or (0, None)
        if card is None or not card.url or page > older_pages(self.limits, card.articles):
            return []
        (shown,) = self._shown((card,))
        view = pages.entity_page(
            self.site,
            shown,
            (),
            self.archive.mentions_page(number, page),
            page=page,
            pages=older_pages(self.limits, card.articles) + 1,
            index_from=self.limits.entity_index_from,
            addresses=self.places,
        )
        return self._html(addresses.entity(self.places, slug, page), "entity", view)

    def _entities(self, _: str) -> list[File]:
        archive = self.archive
        if archive.is_index_cut():
            view = pages.entity_index_cut(
                self.site,
                archive.count_with_page(),
                self._shown(archive.most_cited(self.limits.entities_most_cited)),
                archive.all_initials(),
                addresses=self.places,
            )
        else:
            named = self._shown(archive.entities_with_page())
            view = pages.entity_index(self.site, named, addresses=self.places)
        return self._html(self.places.entities, "entities", view)

    def _initials(self, part: str) -> list[File]:
        if not self.archive.is_index_cut():
            return []
        named = self._shown(self.archive.entities_with_page(part))
        if not named:
            return []
        view = pages.entity_index_part(self.site, part, named, addresses=self.places)
        return self._html(addresses.initials(self.places, part), "entities", view)

    # -- stories -----------------------------------------------------------------------------------

    def _story(self, slug: str) -> list[File]:
        ties = self.archive.ties
        story, card = ties.story(slug) or ("", None)
        if card is None or not card.url:
            return []
        members = ties.members(story, STORY_WINDOW)
        told = tell_story(self.archive, members)
        view = pages.story_page(
            self.site,
            card,
            told.dispatches,
            [member.card for member in reversed(members[: -len(told.dispatches)])],
            rhythm(ties.days(story)),
            told.key_dates,
            self._shown(self.archive.counted(ties.named_in(story), STORY_NAMES)),
            ties.waiting_in(story),
            # The day as written: that of a month's article has no page.
            members[-1].card.iso_date[:10] if quiet_since(card.last, ties.newest_day()) else None,
            self.feeds.urls("story_feed", slug),
            hidden=card.articles - len(members),
            addresses=self.places,
        )
        return self._html(addresses.story(self.places, slug), "story", view)

    def _stories(self, _: str) -> list[File]:
        ties = self.archive.ties
        view = pages.story_index(
            self.site, ties.stories(), ties.newest_day(), addresses=self.places
        )
        return self._html(self.places.stories, "stories", view)

    # -- feeds -------------------------------------------------------------------------------------

    def _feeds(self, _: str) -> list[File]:
        rows = [
            pages.FeedEntry(
                title=self.site.name,
                about="",
                atom=addresses.href(self.places.all_atom),
                rss=addresses.href(self.places.all_rss),
                page="/",
            )
        ]
        rows += [
            pages.story_feed(self.site, story, addresses=self.places)
            for story in self.archive.ties.stories(MOST_FEEDS)
        ]
        named = [c for c in self.archive.most_cited(MOST_FEEDS) if has_feed(self.archive, c)]
        for card in sorted(self._shown(named), key=lambda card: card.slug):
            atom, rss = self.feeds.urls("entity_feed", card.slug)
            rows.append(pages.FeedEntry(card.name, "", atom, rss, card.url))
        view = pages.feeds_page(self.site, rows, addresses=self.places)
        return self._html(self.places.feeds, "feeds", view)

    def _shown(self, cards: Sequence[EntityCard]) -> tuple[EntityCard, ...]:
        return typeset_cards(cards, self.site.lang)

    # -- the rest ------------------------------------------------------------------------------------

    def _not_found(self, _: str) -> list[File]:
        latest = self.archive.newest_edition() or None
        view = pages.not_found_page(self.site, latest, addresses=self.places)
        return self._html(self.places.not_found, "404", view)

    def _sitemap(self, month: str) -> list[File]:
        if not self.archive.holds(month):
            return []
        urls = [addresses.href(addresses.period(self.places, month))]
        urls += [
            addresses.href(addresses.period(self.places, count.period))
            for count in self.archive.day_counts(month)
        ]
        urls += self.archive.month_urls(month)
        return [
            (
                self.places.sitemap.format(month=month),
                _sitemap_xml("urlset", "url", self._absolute(urls)),
            )
        ]

    def _sitemaps(self, _: str) -> list[File]:
        files = [
            addresses.href(self.places.sitemap.format(month=count.period))
            for count in self.archive.month_counts()
        ]
        data = _sitemap_xml("sitemapindex", "sitemap", self._absolute(files))
        return [(self.places.sitemaps, data)]

    def _absolute(self, urls: Sequence[str]) -> list[str]:
        return [self.site.url + url for url in urls]

    def _robots(self, _: str) -> list[File]:
        sitemap = self.site.url + addresses.href(self.places.sitemaps)
        return [(self.places.robots, f"User-agent: *\nAllow: /\nSitemap: {sitemap}\n".encode())]


def rendered_body(filed: FiledArticle) -> markup.RenderedBody:
    """The article's text as its page shows it, entities and related headlines linked."""
    urls = {
        (entity.name, entity.type): company.url
        for entity, company in zip(filed.entities, filed.companies, strict=True)
    }
    lang = filed.article.lang
    return markup.render_blocks(
        filed.article,
        filed.entities,
        urls,
        reference_links(filed),
        LABELS.get(lang, LABELS["en"]),
    )


def article_html(filed: FiledArticle) -> str:
    """The same in one piece, for themes that are not ours."""
    body = rendered_body(filed)
    return f'<p class="lede">{body.lede}</p>{body.body}' if body.lede else str(body.body)


def _sitemap_xml(root: str, item: str, urls: Sequence[str]) -> bytes:
    lines = [f"<{item}><loc>{xml_escape(url)}</loc></{item}>" for url in urls]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + f"\n</{root}>\n"
    ).encode()
