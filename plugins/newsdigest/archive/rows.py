"""What a row holds: an article packed for the store with all it will be found by, and unpacked again."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple
from unicodedata import normalize

import msgspec

from newsdigest.base import addresses
from newsdigest.base.agencies import usual_signature
from newsdigest.base.ledger import text_digest
from newsdigest.base.records import Article, Card, Entity, Rejection, Remark, block_texts
from newsdigest.entities.curated.apply import apply
from newsdigest.entities.curated.file import Curated
from newsdigest.entities.quotes import sentence_around
from newsdigest.entities.roles.roles import role_key, roles
from newsdigest.entities.short import spelled_out, stands_alone
from newsdigest.relate.sketch import sketch
from newsdigest.relate.terms import Terms, article_terms
from newsdigest.text import markup, typography
from newsdigest.text.headline_key import headline_key, headline_numbers
from newsdigest.text.hours import hour_told

# The label by which an article and the same in another language find each other.
TWIN = "twin"

_encode = msgspec.msgpack.Encoder().encode
# JSON for the record: MessagePack's dates lose the offset, and with it the day as written.
_encode_record = msgspec.json.Encoder().encode


class TaggedArticle(msgspec.Struct, frozen=True, array_like=True):
    """The record the store keeps of an article: as parsed, with its entities in reading order.

    `tagged` are the entities as the tagger found them, where the editors' names changed them.
    """

    article: Article
    entities: tuple[Entity, ...]
    tagged: tuple[Entity, ...] | None = None


class TaggedEntity(msgspec.Struct, frozen=True, array_like=True):
    """One entity of one article as the store files it: `position` indexes the record's entities.

    `short` is the short form that is all the article gives of it, of `short_kind` ("titled", "surname",
    "acronym"), "" for a name in full; `acronyms` are those the article spells out by it. `excerpt`
    is (before, mention, after): the sentence entity pages quote, typeset. `roles`: (key, as told).
    """

    key: str
    type: str
    name: str
    position: int
    mentions: int
    forms: tuple[str, ...]
    excerpt: tuple[str, str, str]
    short_kind: str = ""
    short: str = ""
    acronyms: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """Under what one key is one entity: persons apart, places and organisations together."""
        return "person" if self.type == "person" else "thing"


class Parts(msgspec.Struct, frozen=True, array_like=True):
    """What an article adds to the archive once published: its `>>` lines, its entities and its
    labels, as (kind, label)."""

    related: tuple[tuple[str, str], ...]
    entities: tuple[TaggedEntity, ...]
    labels: tuple[tuple[str, str], ...] = ()


_parts = msgspec.msgpack.Decoder(Parts)


_card = msgspec.msgpack.Decoder(Card)
pack_card = msgspec.msgpack.Encoder().encode


def unpack_card(packed: bytes) -> Card:
    """An article's card, as its row keeps it: without an address."""
    return _card.decode(packed)


_terms = msgspec.msgpack.Decoder(Terms)


def unpack_terms(packed: bytes) -> Terms:
    """An article's terms, as its row keeps them."""
    return _terms.decode(packed)


def pack_chosen(chosen: Sequence[int]) -> bytes:
    """The numbers of the articles a page suggests, best first."""
    return array("q", chosen).tobytes()


def unpack_chosen(packed: bytes) -> list[int]:
    """The same, read again."""
    return list(array("q", packed))


def unpack_parts(packed: bytes) -> Parts:
    """What an article adds, as its row keeps it."""
    return _parts.decode(packed)


class ParsedArticle(msgspec.Struct, frozen=True, array_like=True):
    """An article on its way from a worker into the store; `record` and `cards` are msgpack. `pictures` are
    (path, digest, width, height)."""

    id: str
    path: str
    sha: str
    text: str
    when: str
    day: str
    folder: str
    section: str
    state: str
    same_text: str
    headline: str
    headline_key: str
    numbers: str
    plain_slug: str
    card: bytes
    record: bytes
    parts: bytes
    sketch: bytes
    terms: bytes
    warnings: tuple[str, ...]
    embargo: str = ""
    item: str = ""
    version: str = ""
    pictures: tuple[tuple[str, str, int, int], ...] = ()

    @property
    def sort(self) -> str:
        return f"{self.when} {self.id}"


class Package(NamedTuple):
    """A file of several articles: the paths of all its items, as the reader counted them, and the
    digest of its bytes."""

    items: tuple[str, ...]
    sha: str


class PictureResult(NamedTuple):
    """What became of a picture beside an article's file: `named` by its text, or after its file; why it
    is not shown, None if it is."""

    path: str
    named: bool
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one found file: an article, a rejection, or ignored (neither).

    Both: it cannot be read now, and this is the article as it was last read. `remarks`: what is odd
    in an article. Of a `package` the results of its items follow, each with `package_file`, the path
    of their file, and without a stamp; one that is `unchanged` was not read again. `pictures`: all that
    were looked at for the article, or for want of which one is missing.
    """

    path: str
    stamp: str
    article: ParsedArticle | None = None
    rejection: Rejection | None = None
    remarks: tuple[Remark, ...] = ()
    package: Package | None = None
    package_file: str = ""
    unchanged: bool = False
    pictures: tuple[PictureResult, ...] = ()


_record = msgspec.json.Decoder(TaggedArticle)


def unpack_record(packed: bytes) -> TaggedArticle:
    """An article as its row keeps it."""
    return _record.decode(packed)


def _when(article: Article) -> str:
    """The moment an article is sorted under: of one dated by its day alone, the hour it gives."""
    when = article.order[0]
    if article.date_precision != "day":
        return when
    hour = hour_told(article.headline, article.dateline or "", article.lede)
    return f"{when[:11]}{hour}" if hour else when


def pack(article: Article, tagged: tuple[Entity, ...], curated: Curated) -> ParsedArticle:
    """The article as the store files it, with the keys it will be found by.

    `tagged` are its entities as the tagger found them; the editors' names have the last word.
    """
    # What the tagger found is kept as it is: other lines of the editors' may be put to it later.
    tagged = _merge_same_key(tagged, Curated())
    merged = _merge_same_key(apply(curated, article, tagged), curated)
    day = article.published.strftime("%Y-%m-%d")
    body = "\0".join((article.headline, article.iso_date, normalised_body(article)))
    return ParsedArticle(
        id=article.id,
        path=article.path,
        sha=article.sha256,
        text=text_digest(article),
        when=_when(article),
        day=day,
        folder=addresses.article_folder(day, article.date_precision),
        section=article.section,
        state=article.status,
        same_text=hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        headline=article.headline,
        headline_key=headline_key(article.headline),
        numbers=headline_numbers(article.headline),
        plain_slug=addresses.slugify(article.slug or article.headline),
        card=_encode(card(article)),
        record=_encode_record(TaggedArticle(article, merged, None if merged == tagged else tagged)),
        parts=_encode(
            Parts(
                related=tuple((line, headline_key(line)) for line in article.related),
                entities=tuple(
                    _packed(article, entity, position, curated)
                    for position, entity in enumerate(merged)
                ),
                labels=labels(article),
            )
        ),
        sketch=sketch(article),
        terms=_encode(article_terms(article, merged)),
        warnings=article.warnings,
        embargo=noted(article.embargo) if article.embargo else "",
        item=article.item,
        version=comparable(article),
        pictures=tuple((one.path, one.sha256, one.width, one.height) for one in article.pictures),
    )


def comparable(article: Article) -> str:
    """A wire item's version so that later ones compare greater: its numbers, each of one length. Of
    two that are equal the one that may not be published is the later."""
    held = {"W_CANCELED": "2", "W_WITHHELD": "1"}
    rank = max((held.get(code, "0") for code in article.warnings), default="0")
    numbers = [number[-20:].zfill(20) for number in re.findall("[0-9]+", article.version)]
    return ".".join((*numbers[:8], rank)) if article.item else ""


def noted(moment: datetime) -> str:
    """A moment as the store compares it: in UTC, to the minute."""
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def labels(article: Article) -> tuple[tuple[str, str], ...]:
    """What the article is sorted under besides its date and its names, as (kind, label): its agencies,
    its section in its language (`archive/sections.py`), how that section is written, and where it
    would stand without its language folder, if it has one."""
    signed = dict.fromkeys(map(usual_signature, article.agencies))
    slug = addresses.section_slug(article.section)
    return (
        *(("agency", signature) for signature in signed),
        ("section", f"{slug}/{base_language(article.lang)}"),
        *((("folder", article.section),) if slug else ()),
        *(((TWIN, article.plain_path),) if article.plain_path else ()),
    )


def base_language(lang: str) -> str:
    """The language of a tag: `fr` of `fr-CA`."""
    return lang.partition("-")[0].lower()


def _packed(article: Article, entity: Entity, position: int, curated: Curated) -> TaggedEntity:
    short_kind, short = stands_alone(article, entity)
    told = roles(article, entity) if entity.type == "person" else ()
    return TaggedEntity(
        key=curated.key_of(entity.name, entity.type),
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
        dek=markup.summary(article),
        iso_date=article.iso_date,
        day=day,
        lang=article.lang,
        section=article.section,
        kicker=typography.typeset(article.kicker or "", article.lang),
        update=article.update or "",
        credit=article.credit,
        minutes=markup.reading_minutes(article),
        picture=article.pictures[0] if article.pictures else None,
    )


def own_card(packed: bytes, record: bytes) -> Card:
    """What lists would show of an article if it led no copies; `packed` is its card as its row keeps it."""
    own = card(unpack_record(record).article)
    return replace(own, corrected=unpack_card(packed).corrected)


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
    start, end = len(parts[0]), len(parts[0]) + len(parts[1])
    edits = typography.edits(sentence, article.lang)
    before, named, after = typography.cut_edited(sentence, edits, (0, start, end, len(sentence)))
    return before, named, after


def normalised_body(article: Article) -> str:
    """The text of the blocks without case, typography or spacing: equal for copies of one text."""
    text = "\n".join(block_texts(article.blocks))
    return " ".join(normalize("NFKC", text).casefold().replace("’", "'").split())


def _merge_same_key(entities: Sequence[Entity], curated: Curated) -> tuple[Entity, ...]:
    """One entity a key and kind: "Al Hoceïma" and "Al-Hoceima" in one article are one place.

    Of two types the one with more mentions stands, the first of two with as many.
    """
    by_key: dict[tuple[str, bool], Entity] = {}
    for entity in entities:
        key = (curated.key_of(entity.name, entity.type), entity.type == "person")
        known = by_key.get(key)
        if known:
            mentions = sorted((*known.mentions, *entity.mentions), key=lambda m: (m.block, m.start))
            fuller = known if len(known.mentions) >= len(entity.mentions) else entity
            entity = Entity(known.name, fuller.type, tuple(mentions))
        by_key[key] = entity
    return tuple(by_key.values())
