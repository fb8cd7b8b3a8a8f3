"""What `invoke doctor` looks at: the program, its folders, what earlier builds left, the machine."""

from __future__ import annotations

import errno
import fcntl
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from newsdigest.archive.faults import store_faults
from newsdigest.base.errors import Gettext, _
from newsdigest.base.settings import Settings
from newsdigest.publish.manifest import FOLDER
from newsdigest.publish.output import LOCK

State = Literal["good", "attention", "bad"]
GOOD: State = "good"
WARN: State = "attention"
BAD: State = "bad"

OLDEST_PYTHON = (3, 11)
# A build needs room for what it makes beside what stands there.
_LITTLE_MB, _SOME_MB = 100, 1000
_FEW_INODES, _SOME_INODES = 1000, 20_000
_MOST_NAMED = 5
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|davfs2?|fuse\.(?:sshfs|rclone|davfs2?)|sshfs"
)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
_SKEW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `message` and `mend` are msgids, `facts` fill their {named} places."""

    check: str
    state: State
    message: str
    mend: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def told(self, gettext: Gettext) -> tuple[str, str]:
        """(what was found, what to do), translated."""
        return (
            gettext(self.message).format_map(self.facts),
            gettext(self.mend).format_map(self.facts) if self.mend else "",
        )


# -- the program -----------------------------------------------------------------------------------


def python(_settings: Settings, _root: Path) -> Iterator[Finding]:
    facts = {"version": platform.python_version()}
    if sys.version_info >= OLDEST_PYTHON:
        yield Finding("python", GOOD, _("Python {version}."), "", facts)
    else:
        mend = _("Install Python 3.11 or newer, then ./run build.")
        yield Finding("python", BAD, _("Python {version} is too old."), mend, facts)


def packages(_settings: Settings, root: Path) -> Iterator[Finding]:
    """Those of constraints.txt that are installed here, in which version."""
    file = root / "constraints.txt"
    if not file.is_file():
        yield Finding("packages", WARN, _("constraints.txt is not there."), _("Bring it back."))
        return
    wanted = dict(
        line.strip().split("==")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.count("==") == 1 and not line.startswith("#")
    )
    found = {name: _installed(name) for name in wanted}
    other = [f"{name} {have}" for name, have in found.items() if have and have != wanted[name]]
    needed = [name for name in _needed() if not _installed(name)]
    if needed:
        facts: dict[str, str | int] = {"names": ", ".join(needed)}
        yield Finding("packages", BAD, _("missing packages: {names}."), _("./run build"), facts)
    if other:
        facts = {"names": ", ".join(other[:_MOST_NAMED]), "count": len(other)}
        yield Finding(
            "packages",
            WARN,
            _("{count} packages in other versions than those tested: {names}."),
            _("./run build installs the tested ones."),
            facts,
        )
    if not (needed or other):
        facts = {"count": sum(map(bool, found.values()))}
        yield Finding("packages", GOOD, _("{count} packages, as tested."), "", facts)


def _needed() -> list[str]:
    """What the program declares it needs; nothing where it runs from its folder."""
    try:
        declared = metadata.requires("lefil") or []
    except metadata.PackageNotFoundError:
        return []
    return [
        re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in declared if "extra ==" not in line
    ]


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


# -- the folders -------------------------------------------------------------------------------------


def folders(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Whether they may be read, and written where a build writes."""
    for name, path, right in _places(settings):
        facts = {"name": name, "path": str(path)}
        there = _existing(path)
        if name == "content" and not path.is_dir():
            mend = _("Mount or create it, or correct PATH.")
            yield Finding("folders", BAD, _("{path} is not there."), mend, facts)
        elif not os.access(there, right):
            mend = _("Give the build the right to it.")
            yield Finding("folders", BAD, _("{path} may not be used."), mend, facts)
        else:
            yield Finding("folders", GOOD, _("{name}: {path}"), "", facts)


def _places(settings: Settings) -> list[tuple[str, Path, int]]:
    content = os.R_OK | os.X_OK | (os.W_OK if settings.publishes else 0)
    ours = os.R_OK | os.W_OK | os.X_OK
    return [
        ("content", Path(settings.content), content),
        ("output", Path(settings.output), ours),
        ("cache", Path(settings.cache), ours),
    ]


def _existing(path: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    path = path.absolute()
    return next((one for one in (path, *path.parents) if one.exists()), Path("/"))


def space(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Room on each disk, in bytes and in files."""
    seen = set()
    for _name, path, _right in _places(settings):
        there = _existing(path)
        device = there.stat().st_dev
        if device in seen:
            continue
        seen.add(device)
        free = shutil.disk_usage(there).free // 1_000_000
        status = os.statvfs(there)
        files = status.f_favail if status.f_files else _SOME_INODES
        facts: dict[str, str | int] = {"path": str(there), "free": free, "files": files}
        mend = _("Free the disk.")
        if free < _LITTLE_MB or files < _FEW_INODES:
            state: State = BAD
        elif free < _SOME_MB or files < _SOME_INODES:
            state = WARN
        else:
            state, mend = GOOD, ""
        message = _("{path}: {free} MB free, room for {files} files.")
        yield Finding("space", state, message, mend, facts)


def file_system(settings: Settings, _root: Path) -> Iterator[Finding]:
    """What kind of disk the articles lie on."""
    content = Path(settings.content)
    kind = kind_of(content, _mounts())
    facts: dict[str, str | int] = {"kind": kind or "?", "path": str(content)}
    plain = True
    if _NETWORK.fullmatch(kind):
        plain = False
        yield Finding(
            "file system",
            WARN,
            _("{path} lies on a network ({kind}): it may vanish, its times may be coarse."),
            _("Build only while it is mounted; a build that finds it empty stops."),
            facts,
        )
    if ignores_case(content):
        plain = False
        yield Finding(
            "file system",
            WARN,
            _("{path} takes small and capital letters for the same ({kind})."),
            _("Give no two files names that differ in nothing else."),
            facts,
        )
    if plain:
        yield Finding("file system", GOOD, _("{path} lies on {kind}."), "", facts)


def kind_of(path: Path, mounts: str) -> str:
    """The kind of file system a path lies on, by the text of /proc/mounts; "" if that is not told."""
    place = os.path.realpath(path)
    found = ("", "")
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), parts[1])
        if place == point or place.startswith(point.rstrip("/") + "/"):
            found = max(found, (point, parts[2]), key=lambda one: len(one[0]))
    return found[1]


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def ignores_case(folder: Path) -> bool:
    """Whether a file there is found under its name in other letters: nothing is written to see it."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return False
    name = next((one for one in names if one.swapcase() != one), "")
    if not name or name.swapcase() in names:
        return False
    return (folder / name.swapcase()).exists()


# -- what earlier builds left ------------------------------------------------------------------------


def locks(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Who builds now, and what a killed build left."""
    found = False
    for folder in (Path(settings.cache), Path(settings.output) / FOLDER):
        place = folder / LOCK
        if not place.is_file():
            continue
        found = True
        facts = {"holder": holder_of(place), "path": str(place)}
        if facts["holder"]:
            mend = _("Wait until it ends.")
            yield Finding("locks", WARN, _("a build is running (process {holder})."), mend, facts)
        else:
            mend = _("invoke build takes it, and finishes what was begun.")
            yield Finding("locks", WARN, _("{path} was left by a killed build."), mend, facts)
    if (Path(settings.output) / FOLDER / "journal").exists() and not found:
        mend = _("invoke build finishes what was begun.")
        yield Finding("locks", WARN, _("the last build did not end."), mend)
    elif not found:
        yield Finding("locks", GOOD, _("no build is running, and none was cut off."))


def holder_of(place: Path) -> str:
    """The process that holds the lock, "" for a lock nobody holds."""
    with open(place, encoding="utf-8", errors="replace") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return "" if error.errno in _NO_LOCKS else lock.read().strip() or "?"
        return ""


def store(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Whether the archive's memory is whole."""
    path = Path(settings.cache) / "archive.sqlite"
    if not path.exists():
        message = _("nothing was built yet, or cache/ was deleted.")
        yield Finding("store", WARN, message, _("invoke build"))
        return
    faults = store_faults(path)
    if faults:
        mend = _("invoke build makes it anew; look after the disk.")
        facts = {"fault": faults[0]}
        yield Finding("store", BAD, _("the memory in cache/ is damaged: {fault}."), mend, facts)
    else:
        size = path.stat().st_size // 1_000_000
        message = _("the memory in cache/ is sound ({size} MB).")
        yield Finding("store", GOOD, message, "", {"size": size})


# -- the machine -------------------------------------------------------------------------------------


def clock(settings: Settings, _root: Path) -> Iterator[Finding]:
    """The machine's time, against the files' and that of the environment."""
    now = datetime.now(UTC)
    told = now.astimezone(ZoneInfo(settings.rules.timezone))
    facts: dict[str, str | int] = {
        "now": f"{told:%Y-%m-%d %H:%M}",
        "zone": settings.rules.timezone,
    }
    sound = True
    for name in ("RAW_NOW", "SOURCE_DATE_EPOCH"):
        if os.environ.get(name):
            sound = False
            facts = {**facts, "name": name, "value": os.environ[name]}
            mend = _("Take it away, unless it is meant.")
            yield Finding("clock", WARN, _("{name}={value} stands for the clock."), mend, facts)
    newest = _newest(Path(settings.content))
    if newest and newest > now + _SKEW:
        sound = False
        zone = ZoneInfo(settings.rules.timezone)
        facts = {**facts, "newest": f"{newest.astimezone(zone):%Y-%m-%d %H:%M}"}
        yield Finding(
            "clock",
            BAD,
            _("it is {now} here, and a file of content/ was written at {newest}."),
            _("Set the clock right, or touch the file if its time is wrong."),
            facts,
        )
    if sound:
        yield Finding("clock", GOOD, _("it is {now} in {zone}."), "", facts)


def _newest(content: Path) -> datetime | None:
    times = [
        entry.stat(follow_symlinks=False).st_mtime
        for folder, _folders, _files in os.walk(content)
        for entry in _entries(folder)
    ]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return [entry for entry in listing if entry.is_file(follow_symlinks=False)]
    except OSError:
        return []


def terminal(_settings: Settings, _root: Path) -> Iterator[Finding]:
    """Whether accents are shown, and found in names of files."""
    shown = (sys.stdout.encoding or "ascii").lower().replace("_", "-")
    names = sys.getfilesystemencoding()
    facts = {"shown": shown, "names": names}
    if shown == "utf-8" and names == "utf-8":
        yield Finding("terminal", GOOD, _("terminal and names of files: {shown}."), "", facts)
    else:
        message = _("the terminal speaks {shown}, names of files {names}: accents are lost.")
        yield Finding("terminal", WARN, message, _("export LANG=C.UTF-8"), facts)


def tools(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Programs that only some need; a target for publications may need one."""
    here = [name for name in ("chromium", "rsync", "rclone", "git") if shutil.which(name)]
    here += ["boto3"] if find_spec("boto3") else []
    target = settings.target
    needed: tuple[str, ...] = ()
    if target.startswith("s3://"):
        needed = ("boto3", "rclone")
    elif target.startswith("rsync://") or re.match(r"[^/]+:", target):
        needed = ("rsync",)
    facts = {"here": ", ".join(here) or "-", "needed": " / ".join(needed), "target": target}
    if needed and not set(needed) & set(here):
        message = _("PUBLISH_TARGET {target} needs {needed}, which is not installed.")
        yield Finding("tools", BAD, message, _("Install it, or name a folder."), facts)
    else:
        yield Finding("tools", GOOD, _("optional tools here: {here}."), "", facts)
