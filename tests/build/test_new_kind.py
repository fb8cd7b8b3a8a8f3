"""A page kind is added in one file: this one adds two, and nothing of the product knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import Address
from newsdigest.base.records import Card, Count
from newsdigest.relate.suggestions import Index
from newsdigest.site.kind import Context, Feed, FeedLine, FeedSource, Html, Reason
from newsdigest.site.kinds import KINDS as PRODUCT_KINDS
from newsdigest.site.touched import Touched
from newsroom import Newsroom, article
from test_build_machine import FEW, EditorsAtWork

HERE = "test_new_kind:KINDS"


# -- what an agency signed in a year: a page from two articles on, and its feeds ------------------


@dataclass(frozen=True)
class AgencyYear:
    agency: str
    year: str
    months: tuple[Count, ...]
    cards: tuple[Card, ...]
    feeds: tuple[str, str]


def years(archive: Archive, agency: str) -> dict[str, list[Count]]:
    """The months of each year in which it signed two articles."""
    found: dict[str, list[Count]] = {}
    for month in archive.labels.months("agency", agency):
        found.setdefault(month.period[:4], []).append(month)
    return {year: months for year, months in found.items() if sum(m.articles for m in months) > 1}


def names(archive: Archive) -> Iterable[str]:
    for slug, agency in archive.labels.slugs("agency").items():
        yield from (f"{slug}/{year}" for year in years(archive, agency))


def has(archive: Archive, name: str) -> bool:
    return name in names(archive)


def known(archive: Archive, name: str) -> tuple[str, str]:
    slug, _, year = name.partition("/")
    return archive.labels.slugs("agency")[slug], year


def view(context: Context, name: str) -> AgencyYear:
    labels, (agency, year) = context.archive.labels, known(context.archive, name)
    return AgencyYear(
        agency,
        year,
        tuple(years(context.archive, agency)[year]),
        tuple(labels.cards("agency", agency, 100, year)),
        AGENCY_YEAR_FEED.urls(context, name),
    )


def fields(name: str) -> dict[str, Any]:
    slug, _, year = name.partition("/")
    return {"slug": slug, "year": year}


def stale(touched: Touched) -> Iterable[Reason]:
    # Few enough to make all again.
    if any(kind == "agency" for kind, _ in touched.changes.labels):
        archive = touched.archive
        for name in {*names(archive), *archive.manifest.names(AGENCY_YEAR.name)}:
            yield name, "its articles changed"


def stale_feeds(touched: Touched) -> Iterable[Reason]:
    yield from stale(touched)
    if touched.archive.reach.labels_of(touched.reworded):
        for name in names(touched.archive):
            yield name, "an article it holds changed"


def source(context: Context, name: str) -> FeedSource:
    agency, _year = known(context.archive, name)
    newest = context.archive.labels.newest("agency", agency, 5)
    return FeedSource(name, f"/signed/{name}/", newest)


def lines(context: Context) -> Iterable[FeedLine]:
    for name in names(context.archive):
        urls = AGENCY_YEAR_FEED.urls(context, name)
        yield FeedLine("Signed", name, f"/signed/{name}/", *urls)


def relisted(touched: Touched) -> bool:
    archive = touched.archive
    return set(names(archive)) != set(archive.manifest.names(AGENCY_YEAR.name))


AGENCY_YEAR = Html(
    name="agency_year",
    addresses=(Address("", "signed/{slug}/{year}/"),),
    fields=fields,
    reads=frozenset({Fact.LABELS, Fact.CARDS}),
    names=names,
    has=has,
    stale=stale,
    template="agency_year",
    view=view,
)

AGENCY_YEAR_FEED = Feed(
    name="agency_year_feed",
    addresses=(
        Address("", "feeds/signed/{slug}/{year}.atom"),
        Address("", "feeds/signed/{slug}/{year}.rss"),
    ),
    fields=fields,
    reads=frozenset({Fact.LABELS, Fact.ENTRIES}),
    names=names,
    has=has,
    stale=stale_feeds,
    source=source,
    lines=lines,
    chosen=lines,
    relisted=relisted,
)

KINDS = (*PRODUCT_KINDS, AGENCY_YEAR, AGENCY_YEAR_FEED)


# -- the proof -----------------------------------------------------------------------------------


class EditorsWithANewKind(EditorsAtWork):
    kinds = HERE


def test_a_random_newsroom_with_a_kind_of_its_own_equals_a_clean_build(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module, name, few in FEW:
        monkeypatch.setattr(module, name, few)
    monkeypatch.setattr(Index.earlier, "__defaults__", (3,))
    run_state_machine_as_test(
        EditorsWithANewKind,
        settings=settings(
            max_examples=2,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_its_pages_come_change_and_go_with_their_feeds_and_their_lines(newsroom: Newsroom) -> None:
    newsroom.build()
    for name in ("Le pont rouvre", "Le port ferme"):
        newsroom.write(f"{name}.txt", article(name))
    newsroom.build()
    come = newsroom.site
    assert come == newsroom.clean_build()
    ours = {path for path in come if path.startswith(("signed/", "feeds/signed/"))}
    assert {path for path in ours if "afp" in path} == {
        "signed/afp/2026/index.html",
        "feeds/signed/afp/2026.atom",
        "feeds/signed/afp/2026.rss",
    }
    lists = ("feeds/index.html", "feeds/index.opml")
    assert [b"feeds/signed/afp/2026.atom" in come[path] for path in lists] == [True, True]
    (newsroom.content / "Le pont rouvre.txt").unlink()
    newsroom.build()
    assert not ours & set(newsroom.site)
    assert [b"feeds/signed/" in newsroom.site[path] for path in lists] == [False, False]
    assert newsroom.site == newsroom.clean_build()


@pytest.fixture
def newsroom(tmp_path: Any) -> Newsroom:
    return Newsroom(tmp_path, kinds=HERE)
