"""Where a site is published to: what every such place can do, and the one that a setting names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from newsdigest.base.errors import BuildError, _
from newsdigest.base.records import SiteFile

# A file that tells what was last published there, after all others.
MARK = ".lefil/published"


class There(NamedTuple):
    """What stands in a target: the paths of files that are `missing`, and of those that `differ`."""

    missing: set[str]
    differ: set[str]


class Target(Protocol):
    """A place that readers see. Whatever it cannot do raises TargetError."""

    name: str

    def mark(self) -> str:
        """What the last publication wrote there, "" for nothing."""
        ...

    def look(self, site: Path, files: Iterable[SiteFile]) -> There:
        """Compare these files of the site with what stands there; nothing is written."""
        ...

    def send(self, site: Path, groups: Sequence[Sequence[str]], gone: Sequence[str]) -> None:
        """Put the site's files at these paths there: all of a group before the next one's, at no
        instant half a file; then delete those `gone`."""
        ...

    def set_mark(self, mark: str) -> None:
        """Note what is published there now."""
        ...


class TargetError(BuildError):
    """The target, or the tool that leads to it, did not do what it was asked."""


def failed(target: str, reason: str) -> TargetError:
    """It cannot be published there now."""
    return TargetError(
        _("{target} cannot be published to: {reason}."),
        _("Mend that, then type: invoke publish. What was begun is finished then."),
        target=target,
        reason=reason.strip().rstrip("."),
    )
