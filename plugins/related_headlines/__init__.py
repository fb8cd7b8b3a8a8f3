"""Pelican's door to the `>>` lines: each becomes a link where the archive has its article."""

from __future__ import annotations

from collections import defaultdict

from newsdigest.relate.links import Candidate, resolve
from newsdigest.text.headline_key import headline_key, headline_numbers
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator


def link_articles(generator: ArticlesGenerator) -> None:
    """Resolve the related headlines of every article of a stock Pelican build.

    Our own build resolves them in its store and hands each article its links (`references`).
    """
    articles = [article for article in generator.articles if hasattr(article, "record")]
    by_key: dict[str, list[Candidate]] = defaultdict(list)
    by_id: dict[str, Article] = {}
    for article in articles:
        record = article.record
        by_id[record.id] = article
        by_key[headline_key(record.headline)].append(
            Candidate(record.id, _day(article), headline_numbers(record.headline))
        )
    for article in articles:
        found = (
            resolve(headline, article.record.id, _day(article), by_key[headline_key(headline)])
            for headline in article.record.related
        )
        article.references = [
            (resolution.headline, by_id[resolution.target].url if resolution.target else "")
            for resolution in found
        ]


def _day(article: Article) -> str:
    return str(article.record.published.strftime("%Y-%m-%d"))


def link_when_stock(generator: ArticlesGenerator) -> None:
    """A generator that reads its articles from the store has their links already."""
    if isinstance(generator.articles, list):
        link_articles(generator)


def register() -> None:
    signals.article_generator_finalized.connect(link_when_stock)
