"""What a build has to do: which pages it makes, each with its reason, and which files it deletes.

Which pages the changes make stale is `newsdigest.site.plan`'s to say. Here is what else does: a new
look, a host that wants all, a build that was not finished, files of which nobody knows what they hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsdigest import versions
from newsdigest.archive.changes import Changes
from newsdigest.base.errors import _
from newsdigest.base.records import Page, SiteFile
from newsdigest.resources import Resources
from newsdigest.site.kind import Drawn, Html
from newsdigest.site.plan import every_page, in_publish_order, plan
from newsdigest.site.touched import Touched

# What a theme shows: its pages, and its cards.
THEMED = (Html, Drawn)


@dataclass(frozen=True, slots=True)
class Plan:
    """`reasons` are the pages to make, in the order of publication; `strays` are files to delete.

    `every_page`: the pages are all there are, feeds, lists and maps too, and any other file of ours goes.
    """

    reasons: dict[Page, str]
    strays: set[str]
    every_page: bool = False


def plan_build(build: Resources, changes: Changes, site_is_known: bool) -> Plan:
    """This build's part and that of any unfinished one; noted, until it is done.

    `site_is_known`: what the store says of the site's files holds.
    """
    why, themed = _why_everything(build, site_is_known), _why_pages(build)
    touched = Touched(changes, build.archive, build.kinds)
    # A store made anew holds nothing that could be wrong.
    reasons = {} if why and build.made_anew else plan(build.kinds, touched)
    _forget_views(build, reasons)
    if not build.made_anew:
        # One that comes back may have left its entry behind.
        build.store.entries.forget(touched.told_otherwise | changes.added)
    if build.host.whole and (why or themed or reasons or build.host_inputs_changed):
        why = _("plugins or the theme ask for every page")
    pending, unfinished = build.store.underway.pending()
    if why:
        reasons = every_page(build.kinds, build.archive, why)
        gone = build.store.site.but_kind("host")
    else:
        reasons = {**_unsure_pages(build), **pending, **reasons}
        if themed:
            reasons = {**every_page(build.kinds, build.archive, themed, THEMED), **reasons}
        gone = build.archive.manifest.files(reasons)
        there = {page: reason for page, reason in reasons.items() if _is_there(build, page)}
        reasons = in_publish_order(build.kinds, there)
    strays = unfinished | gone - build.files(reasons)
    build.store.underway.set_pending(reasons, strays)
    return Plan(reasons, strays, bool(why))


def pages_at(build: Resources, lost: Iterable[str]) -> dict[Page, str]:
    """The pages that stood at these files, to be made again: others lead to them."""
    return _not_as_built(build, sorted(build.store.site.at(lost).values()))


def _unsure_pages(build: Resources) -> dict[Page, str]:
    """Pages whose file may not be as it was built."""
    return _not_as_built(build, build.store.site.unsure())


def _not_as_built(build: Resources, files: Iterable[SiteFile]) -> dict[Page, str]:
    why = _("its file was not as built")
    return {Page(file.kind, file.name): why for file in files if file.kind in build.kinds}


def _is_there(build: Resources, page: Page) -> bool:
    """Whether the page is there (a pending one of another version may be of no kind known)."""
    return page.kind in build.kinds and build.kinds[page.kind].has(build.archive, page.name)


def _why_everything(build: Resources, site_is_known: bool) -> str:
    """Why every page is stale, "" when only what changed is."""
    settings, host, store = build.settings, build.host, build.store
    look = versions.look(settings, host.code, f"{host.look} {host.whole}")
    if build.made_anew and build.made_anew != "missing":
        why = _("the store was made anew")
    elif not site_is_known:
        why = _("the site was never built here")
    elif store.meta("look") != look:
        why = _("the settings or the code changed")
    elif store.meta("corrections") != settings.site.corrections:
        why = _("there are corrections for the first time, or none any more")
    elif store.meta("sections") != " ".join(settings.site.shown):
        why = _("the sections of the navigation changed")
    else:
        return ""
    entries = versions.entries(settings)
    if store.meta("entries") != entries:
        store.entries.forget_all()
        store.set_meta("entries", entries)
    store.set_meta("look", look)
    store.set_meta("corrections", settings.site.corrections)
    store.set_meta("sections", " ".join(settings.site.shown))
    return why


def _why_pages(build: Resources) -> str:
    """Why the pages are stale, and no feed, list or map; "" where they are as they were shown."""
    theme, known = versions.theme(build.settings), build.store.meta("theme")
    if theme == known:
        return ""
    build.store.set_meta("theme", theme)
    return _("the theme changed") if known else ""


def _forget_views(build: Resources, stale: Iterable[Page]) -> None:
    """What is kept of what pages show holds for those that no change touches."""
    views, store = versions.views(build.settings), build.store
    if store.meta("views") != views:
        store.views.forget_all()
        store.set_meta("views", views)
    else:
        store.views.forget(stale)
