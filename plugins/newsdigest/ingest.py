"""The stage of reading, and the job a worker does in it: read, parse, tag, and pack for the store."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from newsdigest.archive.rows import FileResult, pack
from newsdigest.base.errors import _
from newsdigest.base.records import Rejection
from newsdigest.base.settings import Settings
from newsdigest.entities.curated.file import Curated, read_curated
from newsdigest.entities.tagger import Tagger, read_ahead, tagger_named
from newsdigest.read.formats import NOT_NEWS, parse_raw
from newsdigest.read.language import load_classifier
from newsdigest.read.remarks import remarks
from newsdigest.read.sources import SourceFile, read_source, readable_path
from newsdigest.text.lexicon import load_lexicon
from newsdigest.versions import refuse_other_code
from newsdigest.workers import Workers

BATCH = 100

# A file written this shortly before it is read may be written again without its times telling: file
# systems count them in ticks of up to two seconds. The next build reads it once more.
TOO_FRESH_NS = 2_000_000_000


def read_files(
    settings: Settings, names: str, files: Sequence[SourceFile], workers: Workers
) -> Iterator[FileResult]:
    """One result a file, in the order given, read by the workers.

    `names` is the text of the editors' `entities.tsv`.
    """
    if files:
        prepare(settings, len(files))  # before any fork
    with workers.pool(len(files)) as pool:
        batches = pool.run(partial(ingest_batch, settings, names), files, BATCH)
        yield from workers.shown(_("Reading"), len(files), batches)


def ingest_batch(settings: Settings, names: str, files: Sequence[SourceFile]) -> list[FileResult]:
    """One result a file, in the order given. Runs in any process: it reads and returns values."""
    refuse_other_code(settings.code)
    tagger, curated = tagger_named(settings.tagger, settings.entity_types), curated_names(names)
    return [ingest(settings, file, tagger, curated) for file in files]


def prepare(settings: Settings, files: int) -> None:
    """Load what reading so many files will need, for the forked workers to share."""
    tagger_named(settings.tagger, settings.entity_types)
    read_ahead(settings.tagger)
    load_lexicon()
    if files >= settings.limits.in_process_below:
        load_classifier(settings.rules.langs)


def ingest(settings: Settings, file: SourceFile, tagger: Tagger, curated: Curated) -> FileResult:
    """What became of one raw file."""
    path, seen = readable_path(file.path), file.stamp
    if time.time_ns() - max(file.mtime_ns, file.ctime_ns) < TOO_FRESH_NS:
        seen = f"fresh {seen}"
    data = read_source(Path(settings.content), file, settings.rules)
    if isinstance(data, Rejection):
        # A disk mends without the file's times telling: it is tried again at each build.
        return FileResult(path, f"unread {seen}", rejection=replace(data, path=path))
    article = parse_raw(data, path, settings.rules)
    if isinstance(article, Rejection):
        # Data beside the articles is nobody's mistake.
        return FileResult(path, seen, rejection=None if article.code == NOT_NEWS else article)
    if file.beside:
        article = replace(article, id=file.id)
    packed = pack(article, tagger.tag(article), curated)
    return FileResult(path, seen, packed, remarks=remarks(article))


@lru_cache(maxsize=2)
def curated_names(text: str) -> Curated:
    """The editors' names, read once a process; lines at fault are the build's to report."""
    return read_curated(text)[0]
