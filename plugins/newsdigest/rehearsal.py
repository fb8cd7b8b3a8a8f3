"""A build rehearsed: what it would change, told by a build of its own that leaves nothing behind.

It begins with a copy of the archive's memory and of the list of the site's files, so it costs what
the build itself would, and reads of the site only what it must.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from newsdigest.archive.store_files import files_of
from newsdigest.base.settings import Settings
from newsdigest.publish import manifest, output

PUBLISH = "invoke publish"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Where a build is rehearsed: `site` gets the files it would write, and the list of all."""

    site: Path
    cache: Path
    standing: Path

    @property
    def places(self) -> dict[str, str]:
        """These folders, as settings."""
        return {"OUTPUT_PATH": str(self.site), "CACHE_PATH": str(self.cache)}

    def __call__(self, settings: Settings) -> Settings:
        """The settings of the next publication, rehearsed here."""
        return replace(
            settings,
            output=str(self.site),
            cache=str(self.cache),
            standing=str(self.standing),
            standing_cache=settings.cache,
            publishes=True,
            releases=True,
            command=PUBLISH,
        )

    def read(self, path: str) -> bytes:
        """The file of the site as it would be, b"" for none."""
        made = self.site / path
        return made.read_bytes() if made.is_file() else self.before(path)

    def before(self, path: str) -> bytes:
        """The file as it stands in the site now, b"" for none."""
        file = self.standing / path
        return file.read_bytes() if file.is_file() else b""


@contextmanager
def rehearsal(settings: Settings) -> Iterator[Rehearsal]:
    """A folder to rehearse in, gone afterwards. Raises BuildError while a build is running."""
    with tempfile.TemporaryDirectory(prefix="lefil-") as folder:
        place = Rehearsal(
            Path(folder) / "site", Path(folder) / "cache", Path(settings.output).absolute()
        )
        _copy(settings, place)
        yield place


def _copy(settings: Settings, place: Rehearsal) -> None:
    cache = Path(settings.cache)
    place.cache.mkdir()
    (place.site / manifest.FOLDER).mkdir(parents=True)
    with ExitStack() as locks:
        for folder in (cache, place.standing / manifest.FOLDER):
            if folder.is_dir():  # nothing is made where nothing was built
                locks.enter_context(output.one_writer(folder))
        for file in files_of(cache / "archive.sqlite"):
            if file.is_file():
                shutil.copy2(file, place.cache / file.name)
        for compiled in cache.glob("templates-*"):
            shutil.copytree(compiled, place.cache / compiled.name)
        _copy_list(place.standing, place.site)


def _copy_list(standing: Path, site: Path) -> None:
    """The manifest, and what shows that the site was built there."""
    for name in ("index", "journal"):
        if (standing / manifest.FOLDER / name).is_file():
            shutil.copy2(standing / manifest.FOLDER / name, site / manifest.FOLDER / name)
    if (standing / manifest.FOLDER / "files").is_dir():
        shutil.copytree(standing / manifest.FOLDER / "files", site / manifest.FOLDER / "files")
    if (standing / "index.html").is_file():
        shutil.copy2(standing / "index.html", site / "index.html")
