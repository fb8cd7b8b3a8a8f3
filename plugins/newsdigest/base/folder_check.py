"""Whether the folders of a build can be used, and stand apart: a build writes and deletes in output/."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsdigest.base.address_check import WRITE
from newsdigest.base.errors import LeFilError, _, shortened
from newsdigest.base.settings import is_folder, whole_target

_FOLDERS = ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME")
_EXAMPLES = {
    **dict(zip(_FOLDERS, ("content", "output", "cache", "theme"), strict=True)),
    "PUBLISH_TARGET": "../public",
}

# A path is shown whole, unless it is no path at all.
_LONGEST = 400

_NO_PATH = _("{name} = {value}: this must be the path of a folder, in quotes.")
_NO_FOLDER = _("{name} = {value}: there is no such folder.")
_NOT_FOLDER = _("{name} = {value}: this is a file, not a folder.")
_PROJECT = _("{name} = {value}: this folder is the project's own, or holds it ({folder}).")
_IS = _("{name} = {value}: this folder is {other} itself ({folder}).")
_HOLDS = _("{name} = {value}: this folder holds {other} ({folder}).")
_LIES = _("{name} = {value}: this folder lies within {other} ({folder}).")


def folder_faults(values: Mapping[str, Any]) -> list[LeFilError]:
    """What is wrong with the folders. A path that is not absolute yet is judged by its form alone."""
    odd = [
        _fault(name, values[name], _NO_PATH)
        for name in _FOLDERS
        if name in values and not _is_path(values[name])
    ]
    known = {
        name: Path(os.path.realpath(values[name]))
        for name in _FOLDERS
        if _is_path(values.get(name)) and os.path.isabs(values[name])
    }
    target = values.get("PUBLISH_TARGET")
    if _is_path(target) and is_folder(str(target)):
        whole = whole_target(target, values.get("SETTINGS_FILE"))
        known["PUBLISH_TARGET"] = Path(os.path.realpath(whole))
    return [*odd, *_missing(known, values), *_too_near(known, values)]


def _is_path(value: object) -> bool:
    if not isinstance(value, str | Path):
        return False
    return bool(str(value).strip()) and "\0" not in str(value)


def _missing(known: Mapping[str, Path], values: Mapping[str, Any]) -> list[LeFilError]:
    found = []
    for name, folder in known.items():
        if folder.exists() and not folder.is_dir():
            found.append(_fault(name, values[name], _NOT_FOLDER))
        elif name == "PATH" and not folder.exists():
            found.append(_fault(name, values[name], _NO_FOLDER))
    return found


def _too_near(known: Mapping[str, Path], values: Mapping[str, Any]) -> list[LeFilError]:
    """Where the build writes must hold nothing that an editor made, nor lie in it.

    Output and cache may lie in the project's folder, as they do; they may not be it, nor hold it.
    """
    names = ("PATH", "THEME", "CACHE_PATH", "OUTPUT_PATH")
    places = [(name, known[name]) for name in names if name in known]
    paths = values.get("PLUGIN_PATHS")
    places += [
        ("PLUGIN_PATHS", Path(os.path.realpath(folder)))
        for folder in (paths if isinstance(paths, list | tuple) else ())
        if _is_path(folder) and os.path.isabs(folder)
    ]
    settings_file = values.get("SETTINGS_FILE")
    root = Path(os.path.realpath(str(settings_file))).parent if _is_path(settings_file) else None
    found: list[LeFilError] = []
    for name in ("CACHE_PATH", "OUTPUT_PATH", "PUBLISH_TARGET"):
        if name not in known:
            continue
        apart = {name, "OUTPUT_PATH"} if name == "CACHE_PATH" else {name}
        faults = [
            _nearness(name, values, known[name], *near) for near in places if near[0] not in apart
        ]
        if root and _lies_in(root, known[name]):
            faults.insert(0, _fault(name, values[name], _PROJECT, folder=root))
        if wrong := [fault for fault in faults if fault]:
            found.append(wrong[0])
            places = [near for near in places if near[0] != name]  # its fault alone
    return found


def _nearness(
    name: str, values: Mapping[str, Any], folder: Path, other: str, place: Path
) -> LeFilError | None:
    within, holds = _lies_in(folder, place), _lies_in(place, folder)
    if not (within or holds):
        return None
    message = _IS if within and holds else _LIES if within else _HOLDS
    return _fault(name, values[name], message, other=other, folder=place)


def _lies_in(folder: Path, place: Path) -> bool:
    """Whether `folder` is `place` or below it, under whatever name: mounts and letters' case count."""
    above = (folder, *folder.parents)
    if place in above:
        return True
    try:
        wanted = place.stat()
    except OSError:
        return False
    for one in above:
        try:
            if os.path.samestat(one.stat(), wanted):
                return True
        except OSError:
            continue
    return False


def _fault(
    name: str, value: object, message: str, other: str = "", folder: Path | None = None
) -> LeFilError:
    example = repr(_EXAMPLES[name])
    shown = value if isinstance(value, str) or not _is_path(value) else str(value)
    return LeFilError(
        message,
        WRITE,
        name=name,
        value=shortened(shown, _LONGEST),
        example=example,
        other=other,
        folder=str(folder or ""),
    )
