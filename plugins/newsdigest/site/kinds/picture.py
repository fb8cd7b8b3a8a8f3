"""The files of a picture: several widths, in two formats. Its name is the digest of the editors' file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base import addresses as standing
from newsdigest.base.errors import _
from newsdigest.pictures.cabinet import Cabinet
from newsdigest.pictures.decode import Size
from newsdigest.site.kind import Context, Files, Reason
from newsdigest.site.pictures import files_of
from newsdigest.site.touched import Touched


@dataclass(frozen=True, kw_only=True)
class PictureKind(Files):
    """How many files a picture has is its size's to say."""

    def files(self, archive: Archive, name: str) -> tuple[str, ...]:
        found = archive.pictures.source(name)
        if found is None:
            return ()
        size = Size(found.width, found.height)
        return tuple(one.address for one in files_of(archive.addresses, name, size))


def _make(context: Context, cabinet: Cabinet, name: str) -> list[bytes]:
    found = context.archive.pictures.source(name)
    if found is None:
        raise LookupError(name)
    return cabinet.files(name, found.path, Size(found.width, found.height))


def _stale(touched: Touched) -> Iterable[Reason]:
    for sha in sorted(touched.changes.pictures):
        yield sha, _("an article that shows it came, went or changed")


PICTURE = PictureKind(
    name="picture",
    addresses=(standing.PICTURE,),
    reads=frozenset((Fact.PICTURES,)),
    names=lambda archive: archive.pictures.shown(),
    has=lambda archive, name: archive.pictures.source(name) is not None,
    stale=_stale,
    make=_make,
)
