"""A folder of this machine as a place of publication: file by file, as in `output/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsdigest.base.fingerprint import digest
from newsdigest.base.records import SiteFile
from newsdigest.publish import output
from newsdigest.publish.manifest import FOLDER
from newsdigest.releases.target import MARK, There, failed


class FolderTarget:
    """The folder `name`; it is made if it is not there. Others' files in it are left alone."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = Path(name)

    def mark(self) -> str:
        try:
            return (self.folder / MARK).read_text("utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise self._failed(error) from error

    def look(self, site: Path, files: Iterable[SiteFile]) -> There:
        found = There(set(), set())
        for file in files:
            place = self.folder / file.path
            if not place.is_file():
                found.missing.add(file.path)
            elif digest(place.read_bytes()) != file.digest:
                found.differ.add(file.path)
        return found

    def send(self, site: Path, groups: Sequence[Sequence[str]], gone: Sequence[str]) -> None:
        with self._writing(), output.staging_folder(self.folder) as staging:
            paths = [path for group in groups for path in group]
            for path in paths:
                output.stage(staging, path, (site / path).read_bytes())
            output.on_disk(staging)
            for path in paths:
                try:
                    output.publish_file(staging, self.folder, path)
                except (NotADirectoryError, IsADirectoryError, FileExistsError):
                    self._make_way(path, gone)
                    output.publish_file(staging, self.folder, path)
            output.delete_files(self.folder, gone)

    def set_mark(self, mark: str) -> None:
        with self._writing(), output.staging_folder(self.folder) as staging:
            output.stage(staging, MARK, f"{mark}\n".encode())
            output.on_disk(staging)
            output.publish_file(staging, self.folder, MARK)
            output.on_disk(self.folder)

    def _make_way(self, path: str, gone: Sequence[str]) -> None:
        """Take away early what goes anyway, and stands in the way of `path`."""
        blocking = [
            stray for stray in gone if stray.startswith(f"{path}/") or path.startswith(f"{stray}/")
        ]
        output.delete_files(self.folder, blocking)
        if (self.folder / path).is_dir():
            output.remove_empty_folders(self.folder / path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Alone in it; what the disk refuses is told with the target's name."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with output.one_writer(self.folder / FOLDER):
                yield
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> Exception:
        return failed(self.name, getattr(error, "strerror", "") or str(error))
