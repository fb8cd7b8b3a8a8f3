"""Raw text to articles: pure functions, no file is opened here."""

from newsdigest.parse.article import article_id, normalised_body, parse_article, too_large
from newsdigest.parse.rules import ParseRules

__all__ = [
    "ParseRules",
    "article_id",
    "normalised_body",
    "parse_article",
    "too_large",
]
