"""The pictures beside an article's file, looked at when the file is read: by the same worker, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from newsdigest.archive.rows import PictureResult
from newsdigest.base.records import Article, Picture, Rejection, Remark
from newsdigest.base.settings import Settings
from newsdigest.pictures.cabinet import Cabinet
from newsdigest.pictures.decode import Fault, Size, size_of
from newsdigest.read.pictures import Read, pictures_of, twice
from newsdigest.read.sources import PictureFile, SourceFile, read_picture, readable_path

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class LookedAt:
    """`named` are sound ones by the name that the text gives them, `beside` sound ones named after the
    file; `missing` are names of which there is no file. `results`: what became of each."""

    named: Mapping[str, Read]
    beside: Sequence[Read]
    missing: Sequence[str]
    results: tuple[PictureResult, ...]

    def of(self, article: Article) -> tuple[Picture, ...]:
        """The article's pictures, the first foremost."""
        return pictures_of(article, self.named, self.beside)

    def digest(self, article: Article) -> str:
        """What the article's file and its pictures hold: another when one of them is."""
        told = f"{article.sha256} {self.results} {self.of(article)}"
        return sha256(told.encode()).hexdigest()

    def remarks(self, article: Article) -> Iterator[Remark]:
        """What the editor may want to add: a file that is named, a caption."""
        for name in self.missing:
            yield Remark(article.path, "W_PICTURE_MISSING", {"file": name})
        for picture in article.pictures:
            if not picture.caption:
                yield Remark(article.path, "W_PICTURE_ALT", {"file": _name(picture.path)})


def looked_at(settings: Settings, file: SourceFile, make: bool = True) -> LookedAt:
    """Read and decode the pictures of a file, and `make` of each what the site shows."""
    named: dict[str, Read] = {}
    beside: list[Read] = []
    missing: list[str] = []
    results: list[PictureResult] = []
    for one in file.named:
        path = readable_path(one.path)
        found = _look(settings, one, make) if one.stamp else None
        if isinstance(found, Read):
            named[normalize("NFC", _name(path))] = found
        elif found is None:
            missing.append(_name(path))
        results.append(PictureResult(path, True, found if isinstance(found, Rejection) else None))
    known = {one.path for one in results}
    others = [one for one in file.pictures if readable_path(one.path) not in known]
    again = twice(readable_path(one.path) for one in others)
    for one in others:
        path = readable_path(one.path)
        if path in again:
            found = Rejection(path, "E_PICTURE_TWICE", facts={"other": _name(again[path])})
        else:
            found = _look(settings, one, make)
        if isinstance(found, Read):
            beside.append(found)
        results.append(PictureResult(path, False, found if isinstance(found, Rejection) else None))
    return LookedAt(named, beside, missing, tuple(results))


def _look(settings: Settings, file: PictureFile, make: bool) -> Read | Rejection:
    limits = settings.limits
    path = readable_path(file.path)
    data = read_picture(Path(settings.content), file.path, limits.picture_megabytes * MILLION)
    if isinstance(data, Rejection):
        code = "E_PICTURE" if data.code == "E_NOT_FILE" else data.code
        return replace(data, path=path, code=code)
    found = size_of(data, limits.picture_megapixels * MILLION)
    if isinstance(found, Fault):
        return Rejection(path, found.code, facts=found.facts)
    assert isinstance(found, Size)
    sha = sha256(data).hexdigest()
    if make:
        Cabinet(settings.content, settings.cache, settings.standing_cache).keep(sha, data, found)
    return Read(path, sha, *found)


def _name(path: str) -> str:
    return path.rpartition("/")[2]
