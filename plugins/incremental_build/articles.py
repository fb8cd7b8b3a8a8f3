"""The archive in Pelican's shape: articles, dates, tags and periods that are read when they are asked for.

They behave as the lists Pelican has there (length, iteration, slices, sort) and give the same
object each time within a run. A theme that shows ten articles costs ten; one that walks them all
still works, at its own price.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

from markupsafe import Markup
from newsdigest.archive.readers import Archive
from pelican.contents import Article

Item = TypeVar("Item")


class StoreArticle(Article):  # type: ignore[misc]
    """A Pelican article out of the store; its HTML was escaped where it was made."""

    default_template = "article"

    @property
    def content(self) -> Markup:
        return Markup(super().content)


class Library:
    """Makes each article once: a plugin that marks one finds its mark again."""

    def __init__(self, archive: Archive, make: Callable[[str], Article]) -> None:
        self.archive = archive
        self.make = make
        self._made: dict[str, Article] = {}

    def article(self, article_id: str) -> Article:
        """The article of that id, the same object each time."""
        if article_id not in self._made:
            self._made[article_id] = self.make(article_id)
        return self._made[article_id]


class StoreArticles(Sequence[Article]):
    """Articles by id, made when they are looked at."""

    def __init__(self, library: Library, ids: Callable[[], list[str]]) -> None:
        self._library = library
        self._load = ids
        self._known: list[str] | None = None

    @property
    def _ids(self) -> list[str]:
        if self._known is None:
            self._known = self._load()
        return self._known

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> list[Article]: ...
    def __getitem__(self, index: int | slice) -> Article | list[Article]:
        if isinstance(index, slice):
            return [self._library.article(article_id) for article_id in self._ids[index]]
        return self._library.article(self._ids[index])

    def __iter__(self) -> Iterator[Article]:
        return map(self._library.article, self._ids)

    def __contains__(self, article: object) -> bool:
        record = getattr(article, "record", None)
        return record is not None and record.id in self._ids

    def sort(self, *, key: Callable[[Article], Any] | None = None, reverse: bool = False) -> None:
        """As a list's: plugins sort what they are given."""
        ordered = sorted(self, key=key, reverse=reverse)
        self._known = [article.record.id for article in ordered]


class Lazy(Sequence[Item]):
    """A list made at the first look."""

    def __init__(self, load: Callable[[], list[Item]]) -> None:
        self._load = load
        self._items: list[Item] | None = None

    @property
    def items_(self) -> list[Item]:
        if self._items is None:
            self._items = self._load()
        return self._items

    def __len__(self) -> int:
        return len(self.items_)

    def __getitem__(self, index: Any) -> Any:
        return self.items_[index]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items_)

    def sort(self, *, key: Callable[[Item], Any] | None = None, reverse: bool = False) -> None:
        """As a list's."""
        self.items_.sort(key=key, reverse=reverse)  # type: ignore[arg-type,type-var]


class LazyPairs(Lazy[tuple[Any, StoreArticles]]):
    """(tag, articles) pairs with a dictionary's `items`, as Pelican keeps its tags."""

    def items(self) -> list[tuple[Any, StoreArticles]]:
        return self.items_
