"""Which files differ between two sites, by their manifests: what is equal in both is not looked at.

A manifest's shards are called by their digests, so two of them that share a shard share its files.
"""

from __future__ import annotations

import os
import shutil
from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from newsdigest.base.records import SiteFile
from newsdigest.publish import manifest


class Change(NamedTuple):
    """A file of either site that is not the same in both; None: it is not there."""

    path: str
    before: SiteFile | None
    after: SiteFile | None

    @property
    def file(self) -> SiteFile:
        """The file as it is after, or as it was."""
        found = self.after or self.before
        assert found
        return found


def difference(before: Path, after: Path) -> list[Change]:
    """What differs between the sites whose manifests lie in these folders, by path.

    A folder without a manifest holds nothing. Raises ValueError where a manifest is damaged.
    """
    old, new = _shards(before), _shards(after)
    same = old.keys() & new.keys()
    there = _lines(before, (shard for told, shard in old.items() if told not in same))
    here = _lines(after, (shard for told, shard in new.items() if told not in same))
    was = {file.path: file for file in manifest.files_of(there - here)}
    now = {file.path: file for file in manifest.files_of(here - there)}
    return [Change(path, was.get(path), now.get(path)) for path in sorted(was.keys() | now.keys())]


def files_at(site: Path, paths: Iterable[str]) -> dict[str, SiteFile]:
    """Those of `paths` that the manifest in this folder names."""
    index, _told = manifest.read_index(site)
    firsts = [shard.first for shard in index]
    wanted = sorted((bisect_right(firsts, path) - 1, path) for path in set(paths))
    found = {}
    for place, run in groupby(wanted, key=lambda one: one[0]):
        if place >= 0:
            files = {file.path: file for file in manifest.read_shard(site, index[place])}
            found.update({path: files[path] for _place, path in run if path in files})
    return found


def told(site: Path) -> str:
    """What tells the manifest in this folder from any other, "" for none and for a damaged one."""
    return manifest.told(site)


def adopt(folder: Path, site: Path) -> None:
    """Make the manifest in `folder` that of the site: what both have is not written again."""
    index, _told = manifest.read_index(site)
    known = manifest.shards_there(folder)
    for shard in index:
        if shard.digest not in known:
            place, source = folder / manifest.shard_name(shard), site / manifest.shard_name(shard)
            place.parent.mkdir(parents=True, exist_ok=True)
            waiting = place.with_name(f"{place.name}.new")
            waiting.unlink(missing_ok=True)
            # A shard never changes: it may be the very same file.
            link_or_copy(source, waiting)
            os.replace(waiting, place)
    manifest.switch(folder, index)


def link_or_copy(source: str | Path, place: str | Path) -> None:
    """The file under another name too, or a copy where a file system will not have that."""
    try:
        os.link(source, place)
    except OSError:
        shutil.copyfile(source, place)


def _shards(site: Path) -> dict[str, manifest.Shard]:
    index, whole = manifest.read_index(site)
    if not whole and (site / manifest.FOLDER / "index").exists():
        raise ValueError(f"damaged manifest in {site}")
    return {shard.digest: shard for shard in index}


def _lines(site: Path, shards: Iterable[manifest.Shard]) -> set[bytes]:
    found: set[bytes] = set()
    for shard in shards:
        lines = manifest.shard_lines(site, shard)
        if not lines:
            raise ValueError(f"damaged manifest in {site}")
        found.update(lines)
    return found
