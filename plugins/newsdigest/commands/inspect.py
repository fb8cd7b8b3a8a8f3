"""`invoke inspect`: what the reader sees in raw files, without building anything."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsdigest.base import addresses
from newsdigest.base.errors import describe, describe_warning, line, printable
from newsdigest.base.i18n import translations
from newsdigest.base.records import Article, Entity, Rejection, package_of
from newsdigest.base.settings import Settings
from newsdigest.entities.tagger import tagger_named
from newsdigest.read.formats import NOT_NEWS, PIECES, parse_file, raw_suffix
from newsdigest.read.remarks import remarks
from newsdigest.read.sources import (
    SourceFile,
    is_ignored,
    read_source,
    readable_path,
    spelt_on_disk,
    walk,
)


def inspect_paths(paths: Sequence[str], settings: Settings, as_json: bool) -> int:
    """Print one object or one paragraph a file; 1 when no path was given or one is of no file, else 0."""
    gettext = translations(settings.editor_lang).gettext
    if not paths:
        print(gettext("Say which files: invoke inspect -- content/article.txt"), file=sys.stderr)
        return 1
    tagger = tagger_named(settings.tagger, settings.entity_types)
    there = [path for path in paths if _is_there(path)]
    for path in paths:
        if path not in there:
            message = gettext('there is no file "{path}".').format(path=printable(path))
            print(message, file=sys.stderr)
    for shown, outcome in _outcomes(there, settings):
        entities = tagger.tag(outcome) if isinstance(outcome, Article) else ()
        record = as_record(shown, outcome, entities, gettext)
        if as_json:
            text = json.dumps(record, ensure_ascii=False)
            print(text.encode("utf-8", "backslashreplace").decode())
        else:
            print(_paragraph(shown, outcome, entities, gettext))
    return 0 if there == list(paths) else 1


def _is_there(path: str) -> bool:
    """Whether a file or folder has this name, or the file in which it names an article."""
    names = filter(None, (path, package_of(path)))
    return any(os.path.lexists(spelt_on_disk(Path(name).absolute())) for name in names)


def _outcomes(
    paths: Sequence[str], settings: Settings
) -> Iterator[tuple[str, Article | Rejection | None]]:
    """(path to show, article, rejection or None for ignored) of every file, folders walked."""
    content = Path(settings.content).absolute()
    for given in paths:
        path = spelt_on_disk(Path(given).absolute())
        inside = path.is_relative_to(content) and path != content
        if path.is_dir():
            # Inside content/ the folder is walked as the build does, from the top: languages and
            # sections are folders' names.
            root = content if inside else path
            wanted = path.relative_to(root).as_posix() + "/" if inside else ""
            for entry in walk(root, settings.ignored):
                if not wanted or entry.path.startswith(wanted):
                    below = entry.path[len(wanted) :]
                    shown = readable_path(f"{given.rstrip('/')}/{below}")
                    yield from _read(root, entry, settings, shown)
            continue
        package = package_of(given)
        if package and not path.exists():
            yield from (one for one in _outcomes([package], settings) if one[0] == given)
            continue
        root = content if inside else path.parent
        name = path.relative_to(root).as_posix()
        found = next((e for e in walk(path.parent) if e.path == path.name), None)
        if is_ignored(name, settings.ignored):
            yield readable_path(given), None
        elif isinstance(found, Rejection):
            yield readable_path(given), found
        elif found is not None and not isinstance(found, SourceFile):
            yield readable_path(given), None
        else:
            file = SourceFile(name, 0, 0, 0, 0)
            yield from _read(root, file, settings, readable_path(given))


def _read(
    root: Path, entry: object, settings: Settings, shown: str
) -> Iterator[tuple[str, Article | Rejection | None]]:
    """What an entry of the walk says, under its shown path; each article of several by its number."""
    if not isinstance(entry, SourceFile):
        yield shown, entry if isinstance(entry, Rejection) else None
        return
    data = read_source(root, entry, settings.rules)
    path = readable_path(entry.path)
    found = data if isinstance(data, Rejection) else parse_file(data, path, settings.rules)
    if isinstance(found, Article | Rejection):
        yield shown, None if _is_left_out(found) else found
        return
    for item in found:
        outcome = None if item.is_aside else item.read(settings.rules)
        yield f"{shown}{item.path[len(path) :]}", outcome


def _is_left_out(found: Article | Rejection) -> bool:
    """A text in Markdown that says nothing of itself is nobody's article."""
    named = raw_suffix(found.path).lower() in PIECES
    return named and isinstance(found, Rejection) and found.code == NOT_NEWS


def as_record(
    path: str, outcome: Article | Rejection | None, entities: Sequence[Entity], gettext: Any
) -> dict[str, Any]:
    """The fixed form of `invoke inspect --json`: every key is always there."""
    if isinstance(outcome, Article):
        return _article_record(path, outcome, entities)
    record = {**_EMPTY, "path": path, "status": "ignored", "warnings": ["W_IGNORED"]}
    if isinstance(outcome, Rejection):
        message, hint = describe(outcome, gettext)
        error = {"code": outcome.code, "line": outcome.line, "message": message, "hint": hint}
        record |= {"status": "rejected", "error": error, "warnings": []}
    return record


_EMPTY: dict[str, Any] = {
    "path": "", "status": "", "error": None, "warnings": [], "title": None, "kicker": None,
    "update": None, "date": None, "date_precision": None, "embargo": None, "lang": None, "dateline": None,
    "lede": None, "source_url": None, "blocks": [], "related": [], "photos": [], "agencies": [],
    "authors": [], "entities": [], "item": None, "version": None, "tags": [],
    "format": None,
}  # fmt: skip


def _article_record(path: str, article: Article, entities: Sequence[Entity]) -> dict[str, Any]:
    return {
        "path": path,
        "status": article.status,
        "error": None,
        "warnings": _warnings(article),
        "title": article.headline,
        "kicker": article.kicker,
        "update": article.update,
        "date": article.iso_date,
        "date_precision": article.date_precision,
        "embargo": article.embargo.isoformat() if article.embargo else None,
        "lang": article.lang,
        "dateline": article.dateline,
        "lede": article.lede,
        "source_url": article.source_url,
        "blocks": [
            {
                "type": block.type,
                "text": block.text,
                "items": list(block.items),
                "rows": [list(row) for row in block.rows],
                "caption": block.caption,
                "credit": block.credit,
            }
            for block in article.blocks
        ],
        "related": list(article.related),
        "photos": [{"caption": one.caption, "credit": one.credit} for one in article.photos],
        "agencies": list(article.agencies),
        "authors": list(article.authors),
        "entities": [
            {
                "name": entity.name,
                "type": entity.type,
                "slug": addresses.slugify(entity.name, "entite"),
                "mentions": [asdict(mention) for mention in entity.mentions],
            }
            for entity in entities
        ],
        "item": article.item or None,
        "version": article.version or None,
        "tags": list(article.tags),
        "format": article.format or None,
    }


def _warnings(article: Article) -> list[str]:
    """What the reader mended, then what is odd in the file by itself: a build tells both."""
    return list(dict.fromkeys((*article.warnings, *(one.code for one in remarks(article)))))


def _told(article: Article, gettext: Any) -> dict[str, str]:
    facts = {one.code: one.facts for one in remarks(article)}
    return {code: describe_warning(code, gettext, facts.get(code)) for code in _warnings(article)}


def _paragraph(
    path: str, outcome: Article | Rejection | None, entities: Sequence[Entity], gettext: Any
) -> str:
    _ = gettext
    if outcome is None:
        return f"{printable(path)} : {describe_warning('W_IGNORED', gettext)}"
    if isinstance(outcome, Rejection):
        return line(Rejection(path, outcome.code, outcome.line, outcome.facts), "", gettext)
    article = outcome
    facts = [
        (_("Format"), article.format),
        (_("Headline"), article.headline),
        (_("Kicker"), article.kicker),
        (_("Update"), article.update),
        (_("Date"), article.iso_date),
        (_("Language"), article.lang),
        (_("Dateline"), article.dateline),
        (_("Lede"), article.lede),
        (_("Blocks"), " · ".join(block.type for block in article.blocks)),
        *((">>", headline) for headline in article.related),
        *(("Photo", f"{p.caption} [{p.credit}]".strip()) for p in article.photos),
        (_("Agencies"), ", ".join(article.agencies)),
        (_("Authors"), ", ".join(article.authors)),
        (_("Entities"), ", ".join(f"{e.name} ({e.type})" for e in entities)),
        *(_told(article, gettext).items()),
    ]
    rows = [f"  {label:<12} {printable(value)}" for label, value in facts if value]
    return "\n".join([printable(path), *rows])
