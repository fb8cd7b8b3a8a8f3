"""Which pages and feeds may differ, and why: each kind says so of its own.

A planned page whose bytes come out the same is not written: the plan may be generous, never too
narrow. What is planned and is no longer there is gone; its files are those the manifest gives it.
"""

from __future__ import annotations

from collections.abc import Mapping

from newsdigest.archive.readers import Archive
from newsdigest.base.errors import _
from newsdigest.base.records import Page
from newsdigest.site.kind import Kinds, PageKind
from newsdigest.site.touched import Touched


def plan(kinds: Kinds, touched: Touched) -> dict[Page, str]:
    """Each stale page with its first reason, in the order of publication."""
    stale: dict[Page, str] = {}
    for kind in kinds:
        for name, reason in kind.stale(touched):
            stale.setdefault(Page(kind.name, name), reason)
    for feed in touched.changes.feeds:
        if feed[0] in kinds:
            stale.setdefault(Page(*feed), _("a dispatch it holds was retracted, or no longer is"))
    return in_publish_order(kinds, stale)


def every_page(
    kinds: Kinds, archive: Archive, reason: str, forms: tuple[type[PageKind], ...] = (PageKind,)
) -> dict[Page, str]:
    """All pages and feeds of the site, or those of some forms, in the order of publication."""
    pages = {
        Page(kind.name, name): reason
        for kind in kinds
        if isinstance(kind, forms)
        for name in kind.names(archive)
    }
    return in_publish_order(kinds, pages)


def in_publish_order(kinds: Kinds, stale: Mapping[Page, str]) -> dict[Page, str]:
    """The same pages, kinds in the order of publication, names sorted within a kind."""
    ordered = sorted(stale, key=lambda page: (kinds.rank(page.kind), page.name))
    return {page: stale[page] for page in ordered}
