"""The job a worker does on raw files: read, parse, tag, and pack for the store."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from newsdigest.archive.articles import TaggedArticle
from newsdigest.archive.store import FileResult, ParsedArticle, Parts, TaggedEntity
from newsdigest.base import addresses
from newsdigest.base.fingerprint import refuse_other_code
from newsdigest.base.records import Article, Card, Entity, Rejection
from newsdigest.base.settings import Settings
from newsdigest.entities.curated.file import Curated, read_curated
from newsdigest.entities.document import sentence_around
from newsdigest.entities.keys import entity_key
from newsdigest.entities.roles.roles import role_key, roles
from newsdigest.entities.short import spelled_out, stands_alone
from newsdigest.entities.tagger import Tagger, load_tagger
from newsdigest.read.article import normalised_body, parse_article
from newsdigest.read.language import load_classifier
from newsdigest.read.sources import SourceFile, read_source
from newsdigest.relate import copies, links
from newsdigest.relate.terms import article_terms
from newsdigest.text import markup, typography

# A file written this shortly before it is read may be written again without its times telling: file
# systems count them in ticks of up to two seconds. The next build reads it once more.
TOO_FRESH_NS = 2_000_000_000

_encode = msgspec.msgpack.Encoder().encode
# JSON for the record: MessagePack's dates lose the offset, and with it the day as written.
_encode_record = msgspec.json.Encoder().encode


def ingest_batch(settings: Settings, names: str, files: Sequence[SourceFile]) -> list[FileResult]:
    """One result a file, in the order given. Runs in any process: it reads and returns values.

    `names` is the text of the editors' `entities.tsv`.
    """
    refuse_other_code(settings.code)
    tagger, curated = tagger_named(settings.tagger), curated_names(names)
    return [ingest(settings, file, tagger, curated) for file in files]


def prepare(settings: Settings, files: int) -> None:
    """Load what reading so many files will need, for the forked workers to share."""
    tagger_named(settings.tagger)
    if files >= settings.limits.in_process_below:
        load_classifier(settings.rules.langs)


def ingest(settings: Settings, file: SourceFile, tagger: Tagger, curated: Curated) -> FileResult:
    """What became of one raw file."""
    path, seen = readable_path(file.path), stamp(file)
    if time.time_ns() - max(file.mtime_ns, file.ctime_ns) < TOO_FRESH_NS:
        seen = f"fresh {seen}"
    data = read_source(Path(settings.content), file, settings.rules)
    if isinstance(data, Rejection):
        return FileResult(path, seen, rejection=replace(data, path=path))
    article = parse_article(data, path, settings.rules)
    if isinstance(article, Rejection):
        return FileResult(path, seen, rejection=article)
    return FileResult(path, seen, pack(article, tagger.tag(article), curated))


def stamp(file: SourceFile) -> str:
    """What tells an unchanged file without reading it."""
    return f"{file.size} {file.mtime_ns} {file.ctime_ns} {file.inode}"


def readable_path(path: str) -> str:
    """The path as text: bytes that are not UTF-8 are spelled `\\xe9`."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@cache
def tagger_named(name: str) -> Tagger:
    """The tagger of that name, made once a process. Raises BuildError for an unknown one."""
    return load_tagger(name)


@lru_cache(maxsize=2)
def curated_names(text: str) -> Curated:
    """The editors' names, read once a process; lines at fault are the build's to report."""
    return read_curated(text)[0]


def pack(article: Article, tagged: tuple[Entity, ...], curated: Curated) -> ParsedArticle:
    """The article as the store files it, with the keys it will be found by.

    `tagged` are its entities as the tagger found them; the editors' names have the last word.
    """
    tagged = _merge_same_key(tagged)
    merged = _merge_same_key(curated.apply(article, tagged))
    day = article.published.strftime("%Y-%m-%d")
    body = "\0".join((article.headline, article.iso_date, normalised_body(article)))
    return ParsedArticle(
        id=article.id,
        sha=article.sha256,
        when=article.order[0],
        day=day,
        folder=addresses.article_folder(day, article.date_precision),
        section=article.section,
        state=article.status,
        twin=hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        headline=article.headline,
        headline_key=links.headline_key(article.headline),
        numbers=links.headline_numbers(article.headline),
        base=addresses.slugify(article.headline),
        card=_encode(card(article)),
        record=_encode_record(TaggedArticle(article, merged, None if merged == tagged else tagged)),
        parts=_encode(
            Parts(
                related=tuple((line, links.headline_key(line)) for line in article.related),
                entities=tuple(
                    _packed(article, entity, position) for position, entity in enumerate(merged)
                ),
            )
        ),
        sketch=copies.sketch(article),
        terms=_encode(article_terms(article, merged)),
        warnings=article.warnings,
    )


def _packed(article: Article, entity: Entity, position: int) -> TaggedEntity:
    short_kind, short = stands_alone(article, entity)
    told = roles(article, entity) if entity.type == "person" else ()
    return TaggedEntity(
        key=entity_key(entity.name),
        type=entity.type,
        name=entity.name,
        position=position,
        mentions=len(entity.mentions),
        forms=tuple(dict.fromkeys((entity.name, *(m.text for m in entity.mentions)))),
        excerpt=excerpt(article, entity),
        short_kind=short_kind,
        short=short,
        acronyms=spelled_out(entity),
        roles=tuple((role_key(role), role) for role in told),
    )


def card(article: Article) -> Card:
    """What lists show of the article; its address is known only once the archive is settled."""
    day = article.published.strftime("%Y-%m-%d")
    return Card(
        id=article.id,
        url="",
        headline=typography.typeset(article.headline, article.lang),
        dek=markup.dek(article),
        iso_date=article.iso_date,
        day=day,
        lang=article.lang,
        section=article.section,
        kicker=typography.typeset(article.kicker or "", article.lang),
        update=article.update or "",
        credit=credit(article),
        minutes=markup.reading_minutes(article),
    )


def excerpt(article: Article, entity: Entity) -> tuple[str, str, str]:
    """The sentence that names the entity, typeset, as (before, mention, after).

    From the body where it can be: the headline stands above the quotation anyway.
    """
    mention = next((m for m in entity.mentions if m.block >= 0), entity.mentions[0])
    block = mention.block
    text = article.blocks[block].tagged_text if block >= 0 else article.headline
    parts = sentence_around(text, mention.start, mention.end)
    sentence = "".join(parts)
    # Typeset as one: a space before a colon must know the word before it.
    edits = typography.edits(sentence, article.lang)
    start, end = len(parts[0]), len(parts[0]) + len(parts[1])
    return (
        typography.apply_edits(sentence, edits, 0, start),
        typography.apply_edits(sentence, edits, start, end),
        typography.apply_edits(sentence, edits, end, len(sentence)),
    )


def credit(article: Article) -> str:
    """The byline as the wire writes it: "Hoàng Diêu/CVN", "Xinhua/VNA/CVN", "" when unsigned."""
    return "/".join((*([", ".join(article.authors)] if article.authors else []), *article.agencies))


def _merge_same_key(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """One entity a key and kind: "Al Hoceïma" and "Al-Hoceima" in one article are one place.

    Of two types the one with more mentions stands, the first of two with as many.
    """
    by_key: dict[tuple[str, bool], Entity] = {}
    for entity in entities:
        key = (entity_key(entity.name), entity.type == "person")
        known = by_key.get(key)
        if known:
            mentions = sorted((*known.mentions, *entity.mentions), key=lambda m: (m.block, m.start))
            fuller = known if len(known.mentions) >= len(entity.mentions) else entity
            entity = Entity(known.name, fuller.type, tuple(mentions))
        by_key[key] = entity
    return tuple(by_key.values())
