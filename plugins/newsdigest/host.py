"""The host of a build: who renders its pages, and what else it brings. Pelican, behind its door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsdigest.base.records import Page
from newsdigest.site.renderer import File


@dataclass(frozen=True, slots=True)
class HostedRun:
    """What a host is asked to write into `folder`, under the files' names in the site.

    Its own files always; `pages` too when the build is the host's (`HostSpec.whole`): `render`
    gives a page's files as the core would stage them.
    """

    folder: Path
    pages: Sequence[Page] = ()
    render: Callable[[Page], list[File]] = lambda page: []


@dataclass(frozen=True, slots=True)
class HostSpec:
    """The host of the build: who renders pages, and what else it brings.

    `name` and `options`: see `newsdigest.render.open_host`. `code` are files and folders whose
    change makes every page stale, `look` a text whose change does; `inputs` are folders of which
    the host reads files by itself. `run` writes the host's own files. `whole` builds are the
    host's: whenever anything changed, all pages are its to write, in this process.
    """

    name: str
    options: str = ""
    code: tuple[Path, ...] = ()
    look: str = ""
    inputs: tuple[Path, ...] = ()
    run: Callable[[HostedRun], None] = lambda run: None
    whole: bool = False
