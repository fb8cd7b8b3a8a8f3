"""An article as plain text and as ninjs, beside its page: which formats, the settings say.

They stand and go with the page: what moves it moves them, what retracts or holds it takes them away. No
former address of theirs leads on: a file of text cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import in_format
from newsdigest.site.formats import ninjs, plain_text
from newsdigest.site.kind import Context, Formats, Reason
from newsdigest.site.touched import Touched

_WRITERS: dict[str, Callable[[FiledArticle, Context], str]] = {
    "text": lambda filed, context: plain_text(filed, context.site),
    "ninjs": lambda filed, context: ninjs(filed, context.site, context.addresses),
}


def formats_data(context: Context, article_id: str) -> Sequence[bytes]:
    """The article in each of the formats, in their order."""
    filed = context.archive.articles.filed_in_formats(article_id)
    if filed is None:
        raise LookupError(article_id)
    written = (_WRITERS[name](filed, context) for name in context.addresses.formats)
    return [text.encode("utf-8", "replace") for text in written]


@dataclass(frozen=True, kw_only=True)
class FormatsKind(Formats):
    """Files whose addresses follow the article's page, which is the archive's to know."""

    def address(self, archive: Archive, name: str, which: int = 0) -> str:
        found = archive.articles.address(name)
        if found is None:
            raise LookupError(name)
        return in_format(found, archive.addresses.formats[which])

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        found = archive.articles.address(name)
        if found is None:
            return ()
        return tuple(in_format(found, format_) for format_ in archive.addresses.formats)


def _names(archive: Archive) -> Iterable[str]:
    return archive.articles.ids() if archive.addresses.formats else ()


def _has(archive: Archive, name: str) -> bool:
    return bool(archive.addresses.formats) and archive.articles.address(name) is not None


def _stale(touched: Touched) -> Iterable[Reason]:
    if touched.archive.addresses.formats:
        for ids, reason in touched.texts:
            yield from ((article_id, reason) for article_id in sorted(ids))


ARTICLE_FORMATS = FormatsKind(
    name="article_formats",
    addresses=(),
    reads=frozenset(
        {
            Fact.TEXTS,
            Fact.CARDS,
            Fact.ADDRESSES,
            Fact.NAMES,
            Fact.MENTIONS,
            Fact.REFERENCES,
            Fact.COPIES,
            Fact.LEDGER,
        }
    ),
    names=_names,
    has=_has,
    stale=_stale,
    made=formats_data,
    of_article=True,
)
