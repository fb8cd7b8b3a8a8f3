"""What stands in a content folder and was never meant as content: told by names alone. Pure.

Hidden files, what editors and office programs leave beside an open file, and the folders in which
disks, shares, archives and sync tools keep what was deleted, older or half sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import translate
from functools import lru_cache
from pathlib import PurePosixPath

from newsdigest.read.formats import raw_suffix

# Folders that systems make by themselves; those with a dot before their name need no mention.
_FOLDERS = (
    "#recycle", "#snapshot", "$recycle.bin", "@eadir", "@recently-snapshot", "@recycle",
    "@sharebin", "@sharesnap", "@tmp", "__macosx", "__pycache__", "_svn", "lost+found",
    "network trash folder", "nppbackup", "recycled", "recycler", "system volume information",
    "temporary items", "~snapshot",
)  # fmt: skip
# What browsers call the folder beside a page saved whole.
_PAGES, _PARTS = (".html", ".htm", ".xhtml"), ("_files", "_fichiers", "-Dateien", "_tệp")
# Locks of Office, a folder's earlier states on a share, what TextEdit and Syncthing are writing.
_BEGINNINGS = ("~$", "@gmt-", "(a document being saved", "~syncthing~")
_NAMES = re.compile(
    rf"\.|(?:{'|'.join(map(re.escape, _BEGINNINGS))})|(?:{'|'.join(map(re.escape, _FOLDERS))})\Z",
    re.IGNORECASE,
)


def is_left_out(name: str) -> bool:
    """Whether no file or folder of that name is content, whatever it holds."""
    if _NAMES.match(name):
        return True
    if "~" not in name and not name.startswith("#"):
        return False
    bare = name.removesuffix(raw_suffix(name))
    # As it was before the last saving: `x~`, `x.~1~`; before a crash: `#x#`.
    return bare.endswith("~") or (bare.startswith("#") and bare.endswith("#") and bare != "#")


def saved_beside(names: Iterable[str]) -> frozenset[str]:
    """The folders in which browsers put what a saved page needs: `x_files` beside `x.html`."""
    stems = [name[: -len(end)] for name in names for end in _PAGES if name.lower().endswith(end)]
    return frozenset(stem + end for stem in stems for end in _PARTS)


@lru_cache(maxsize=8)
def matcher(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a path below the content folder matches one of the `IGNORE_FILES` patterns.

    As Pelican matches: a pattern is held against the name of the file or folder. One with slashes
    is held against the end of the path, and `**/` before it means any folder.
    """
    plain: list[str] = []
    placed: list[str] = []
    for pattern in patterns:
        bare = pattern
        while bare.startswith("**/"):
            bare = bare.removeprefix("**/")
        (placed if "/" in bare else plain).append(bare)
    names = re.compile("|".join(map(translate, plain))) if plain else None

    def matches(path: str) -> bool:
        if names and names.match(path, path.rfind("/") + 1):
            return True
        return bool(placed) and any(PurePosixPath(path).match(pattern) for pattern in placed)

    return matches
