"""`invoke clean`: away with all that builds made; content/ and the files of others stay."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from newsdigest.archive.connections import SNAPSHOT
from newsdigest.archive.opening import published_files
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.publication import own_files
from newsdigest.publish.manifest import FOLDER
from newsdigest.publish.output import delete_files, one_writer

# What builds keep under CACHE_PATH.
_KEPT = ("*archive.sqlite*", f"{SNAPSHOT}*", "templates-*", "pictures")


def clean_site(settings: Settings) -> None:
    """Delete the site's own files and the builds' memory; say how many files of others stay.

    Raises BuildError while a build is running.
    """
    output, cache = Path(settings.output), Path(settings.cache)
    with one_writer(cache), one_writer(output / FOLDER):
        ours = own_files(output, published_files(cache / "archive.sqlite"))
        delete_files(output, [file.path for file in ours])
        shutil.rmtree(output / FOLDER)
        for pattern in _KEPT:
            for entry in cache.glob(pattern):
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for folder in (output, cache):
        with suppress(OSError):  # others keep files there
            folder.rmdir()
    left = sum(1 for file in output.rglob("*") if not file.is_dir()) if output.is_dir() else 0
    if left:
        gettext = translations(settings.editor_lang).gettext
        print(gettext("{count} files of others, left alone.").format(count=left))
