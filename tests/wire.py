"""Raw copy for the parser's tests: what comes in over the wire, and what is read of it."""

from __future__ import annotations

from datetime import UTC, datetime

from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.article import parse_article

NOW = datetime(2026, 2, 1, tzinfo=UTC)
RULES = ParseRules(now=NOW)

TITLE = "La halle de Montrevert rouvre ses portes après deux ans de travaux"
LEDE = "La halle de Montrevert a rouvert lundi devant plusieurs centaines d'habitants venus voir."
MORE = "Les marchands ont retrouvé leurs places sous la charpente, que l'on croyait perdue."
LAST = "La prochaine foire aura lieu au printemps, a fait savoir la mairie de la commune."


def read(text: str | bytes, path: str = "essai.txt", rules: ParseRules = RULES) -> Article:
    """The article a text makes; the test fails if it is rejected."""
    outcome = parse_article(text.encode() if isinstance(text, str) else text, path, rules)
    assert isinstance(outcome, Article), outcome
    return outcome


def refuse(text: str | bytes, rules: ParseRules = RULES) -> Rejection:
    """The rejection a text meets; the test fails if it is an article."""
    outcome = parse_article(text.encode() if isinstance(text, str) else text, "essai.txt", rules)
    assert isinstance(outcome, Rejection), outcome
    return outcome


def copy(*body: str, title: str = TITLE, date: str = "2026-01-05") -> str:
    """A whole raw article: the head line, then the given blocks parted by blank lines."""
    return "\n\n".join((f"date {date} {title}", *body)) + "\n"


def body(*blocks: str) -> Article:
    """The article of a headline, a lede and the given blocks."""
    return read(copy(LEDE, *blocks))


def texts(article: Article, kind: str = "paragraph") -> list[str]:
    return [block.text for block in article.blocks if block.type == kind]


def kinds(article: Article) -> list[str]:
    return [block.type for block in article.blocks]


def photos(article: Article) -> list[tuple[str, str]]:
    return [(photo.caption, photo.credit) for photo in article.photos]
