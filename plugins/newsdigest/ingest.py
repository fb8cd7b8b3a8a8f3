"""The stage of reading, and the job a worker does in it: read, parse, tag, and pack for the store."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from newsdigest.archive.rows import FileResult, Package, pack
from newsdigest.base.errors import _
from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import Settings
from newsdigest.entities.curated.file import Curated, read_curated
from newsdigest.entities.tagger import Tagger, read_ahead, tagger_named
from newsdigest.looked_at import looked_at
from newsdigest.read.formats import NOT_NEWS, parse_file
from newsdigest.read.language import forget_classifier, load_classifier
from newsdigest.read.pictures import names_of
from newsdigest.read.remarks import remarks
from newsdigest.read.sources import SourceFile, read_source, readable_path
from newsdigest.text.lexicon import load_lexicon
from newsdigest.versions import refuse_other_code
from newsdigest.workers import Workers

BATCH = 100

# A file written this shortly before it is read may be written again without its times telling: file
# systems count them in ticks of up to two seconds. The next build reads it once more.
TOO_FRESH_NS = 2_000_000_000


# Of a package that was read before: its articles' digests, by their paths.
Known = Mapping[str, str]


class ToRead(NamedTuple):
    """A file to read, and what is known of its articles if it is a package."""

    file: SourceFile
    known: Known


def read_files(
    settings: Settings,
    names: str,
    files: Sequence[SourceFile],
    workers: Workers,
    known: Mapping[str, Known],
) -> Iterator[FileResult]:
    """What became of each file, in the order given, read by the workers; a package's result comes before
    those of its articles.

    `names` is the text of the editors' `entities.tsv`; `known` tells of packages, by their paths.
    """
    if files:
        prepare(settings, len(files))  # before any fork
    wanted = [ToRead(file, known.get(readable_path(file.path), {})) for file in files]
    with workers.pool(len(files)) as pool:
        batches = pool.run(partial(ingest_batch, settings, names), wanted, BATCH)
        for results in workers.shown(_("Reading"), len(files), batches):
            yield from results
    if pool.size > 1:
        forget_classifier()  # processes forked from here on would carry it along


def ingest_batch(
    settings: Settings, names: str, files: Sequence[ToRead]
) -> list[tuple[FileResult, ...]]:
    """The results of each file, in the order given. Runs in any process: it reads and returns values."""
    refuse_other_code(settings.code)
    tagger, curated = tagger_named(settings.tagger, settings.entity_types), curated_names(names)
    return [ingest(settings, one, tagger, curated) for one in files]


def prepare(settings: Settings, files: int) -> None:
    """Load what reading so many files will need, for the forked workers to share."""
    tagger_named(settings.tagger, settings.entity_types)
    read_ahead(settings.tagger)
    load_lexicon()
    if files >= settings.limits.in_process_below:
        load_classifier(settings.rules.langs)


def ingest(
    settings: Settings, wanted: ToRead, tagger: Tagger, curated: Curated
) -> tuple[FileResult, ...]:
    """What became of one raw file, and of each article of a package."""
    file = wanted.file
    path, seen = readable_path(file.path), _seen(file)
    data = read_source(Path(settings.content), file, settings.rules)
    if isinstance(data, Rejection):
        # A disk mends without the file's times telling: it is tried again at each build.
        return (FileResult(path, f"unread {seen}", rejection=replace(data, path=path)),)
    found = parse_file(data, path, settings.rules)
    if isinstance(found, Article | Rejection):
        if not isinstance(found, Article):
            return (_result(found, FileResult(path, seen), tagger, curated),)
        if file.beside:
            found = replace(found, id=file.id)
        if names := names_of(found):
            file = file.naming(Path(settings.content), names)
        if not (file.pictures or file.named):
            return (_result(found, FileResult(path, seen), tagger, curated),)
        return (_pictured(settings, found, file, tagger, curated),)
    results = [
        FileResult(
            path,
            seen,
            package=Package(tuple(item.path for item in found), sha256(data).hexdigest()),
        )
    ]
    for item in found:
        result = FileResult(item.path, "", package_file=path)
        if wanted.known.get(item.path) == item.digest:
            results.append(replace(result, unchanged=True))
        elif item.is_aside:
            results.append(result)
        else:
            told = item.read(settings.rules)
            if file.beside and isinstance(told, Article):
                told = replace(told, id=file.id + item.path[len(path) :])
            results.append(_result(told, result, tagger, curated))
    return tuple(results)


def _seen(file: SourceFile) -> str:
    """The stamp to note of a file about to be read."""
    changed = (file.mtime_ns, file.ctime_ns)
    pictures = (one.changed_ns for one in (*file.pictures, *file.named))
    fresh = time.time_ns() - max(*changed, *pictures) < TOO_FRESH_NS
    return f"fresh {file.stamp}" if fresh else file.stamp


def _pictured(
    settings: Settings, article: Article, file: SourceFile, tagger: Tagger, curated: Curated
) -> FileResult:
    """What became of an article's file and the pictures beside it; it is other than it was when one of
    them is."""
    looked = looked_at(settings, file)
    article = replace(article, pictures=looked.of(article))
    result = FileResult(readable_path(file.path), _seen(file), pictures=looked.results)
    result = _result(article, result, tagger, curated)
    assert result.article
    return replace(
        result,
        article=structs.replace(result.article, sha=looked.digest(article)),
        remarks=(*result.remarks, *looked.remarks(article)),
    )


def _result(
    found: Article | Rejection, result: FileResult, tagger: Tagger, curated: Curated
) -> FileResult:
    if isinstance(found, Rejection):
        # Data beside the articles is nobody's mistake.
        return result if found.code == NOT_NEWS else replace(result, rejection=found)
    packed = pack(found, tagger.tag(found), curated)
    return replace(result, article=packed, remarks=remarks(found))


@lru_cache(maxsize=2)
def curated_names(text: str) -> Curated:
    """The editors' names, read once a process; lines at fault are the build's to report."""
    return read_curated(text)[0]
