"""Invented records for the pages that tests make, and a page's data read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from newsdigest.archive.articles import FiledArticle
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Article, Block, Card, EntityCard, Site
from newsdigest.relate.worddiff import Segment
from newsdigest.site.kinds.article import ArticleParts, ArticleView, article_page
from newsdigest.site.shapes import Head

SITE = Site()
ADDRESSES = Addresses()
DAY = "2026-01-23"
PARIS = timezone(timedelta(hours=1))
EVIL = '<b onclick="x">\'&amp;</b></title>\u202e' + "Anticonstitutionnellement" * 12


def card(name: str, **changes: object) -> Card:
    day = str(changes.get("day", DAY))
    plain = Card(
        id=f"{day}/{name}",
        url=f"/{day.replace('-', '/')}/{name}.html",
        headline=name,
        dek=f"Résumé de {name}.",
        iso_date=day,
        day=day,
        lang="fr",
        section="",
        kicker="",
        update="",
        credit="AVL",
        minutes=2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def entity(name: str, kind: str = "person", articles: int = 5, url: str = "x") -> EntityCard:
    slug = name.lower().replace(" ", "-")
    return EntityCard(
        name,
        kind,  # type: ignore[arg-type]
        slug,
        f"/entites/{slug}/" if url else "",
        articles,
    )


def article(**changes: object) -> Article:
    plain = Article(
        id="2026/quai",
        path="content/2026/quai.txt",
        headline="Le port double son quai",
        published=datetime(2026, 1, 23, tzinfo=PARIS),
        date_precision="day",
        lang="fr",
        blocks=(Block("paragraph", "Le port va doubler son quai, a dit Élise Marchetti."),),
        agencies=("AVL", "CVN"),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def filed(record: Article, **ties: object) -> FiledArticle:
    """The article as the archive holds it; `ties` are what ties it to others."""
    plain = FiledArticle("/2026/01/23/quai.html", record, (), (), card("quai"), ())
    return replace(plain, **ties)  # type: ignore[arg-type]


def article_view(
    record: Article,
    entities: Sequence[EntityCard] = (),
    additions: Sequence[Sequence[Segment]] = (),
    **ties: object,
) -> ArticleView:
    """The page of such an article."""
    around = filed(record, **ties)
    found = ArticleParts(around, "Le port.", "<p>La suite.</p>", entities, additions)
    return article_page(SITE, ADDRESSES, found)


def data(head: Head) -> dict[str, object]:
    """What the page tells machines."""
    loaded = json.loads(str(head.json_ld))
    assert isinstance(loaded, dict)
    return loaded
