"""Which picture files are whose: by their names, and by those that photo lines give. Pure.

`greve.jpg`, `greve-2.png` beside `greve.txt` are that article's, unless an article is called `greve-2`; so is
a file of the same folder that one of its photo lines names. Named ones stand where they are named, the others
take the photo lines that name none, in order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from newsdigest.base.records import PICTURE_SUFFIXES, Article, Photo, Picture, article_id

_SUFFIXES = frozenset(PICTURE_SUFFIXES)
_NUMBERED = re.compile(r"(.+)-([2-9]|[1-9][0-9])", re.DOTALL)


class Read(NamedTuple):
    """A picture file that was read: its digest, and its size as it is looked at."""

    path: str
    sha256: str
    width: int
    height: int


def is_picture(name: str) -> bool:
    """Whether a file is one of a picture, by its name."""
    stem, _dot, suffix = name.rpartition(".")
    return stem != "" and suffix.lower() in _SUFFIXES


def of_articles(ids: Collection[str], pictures: Iterable[str]) -> dict[str, list[str]]:
    """The pictures of one folder by the article each is named after, in the order of their numbers.

    Two of one number follow each other by name.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for path in pictures:
        stem = article_id(path)
        numbered = _NUMBERED.fullmatch(stem)
        if stem in ids:
            found.setdefault(stem, []).append((1, path))
        elif numbered and numbered[1] in ids:
            found.setdefault(numbered[1], []).append((int(numbered[2]), path))
    return {stem: [path for _number, path in sorted(of)] for stem, of in found.items()}


def twice(pictures: Iterable[str]) -> dict[str, str]:
    """Those of one article's pictures that have the number of one before them, with that."""
    first: dict[str, str] = {}
    return {
        path: stands
        for path in pictures
        if (stands := first.setdefault(article_id(path), path)) != path
    }


def names_of(article: Article) -> list[str]:
    """The file names that its photo lines give, each once."""
    return list(dict.fromkeys(photo.file for photo in article.photos if photo.file))


def pictures_of(
    article: Article, named: Mapping[str, Read], beside: Sequence[Read]
) -> tuple[Picture, ...]:
    """The article's pictures: those its photo lines stand for, in their order, then the others.

    `named` are those that it names, by that name; `beside` those named after it.
    """
    places = _places(article)
    given = {read.path for read in named.values()}
    waiting = [read for read in beside if read.path not in given]
    found: list[Picture] = []
    shown: set[str] = set()
    for photo, place in zip(article.photos, places, strict=True):
        read = named.get(photo.file) if photo.file else (waiting.pop(0) if waiting else None)
        if read is not None and read.path not in shown:
            shown.add(read.path)
            found.append(_picture(read, photo, place))
    return (*found, *(_picture(read, Photo("", ""), -1) for read in waiting))


def _picture(read: Read, photo: Photo, place: int) -> Picture:
    return Picture(*read, photo.caption, photo.credit, place)


def _places(article: Article) -> list[int]:
    """The block of each photo, -1 for one that stands in none."""
    blocks = [(at, block) for at, block in enumerate(article.blocks) if block.type == "photo"]
    places = []
    for photo in article.photos:
        at = next(
            (
                at
                for at, block in blocks
                if (block.caption, block.credit, block.file)
                == (photo.caption, photo.credit, photo.file)
            ),
            -1,
        )
        blocks = [one for one in blocks if one[0] != at]
        places.append(at)
    return places
