"""The editors' own list of names: how it is read, and what it makes of the tagger's entities. Pure.

    # content/entities.tsv: one entity a line, columns divided by tabs
    # type        name                  aliases                    options
    person        Donald Trump          Donald J. Trump            short=global; not=Trump Tower
    organisation  Xinhua                Chine nouvelle             notag=credit
    lieu          Hô Chi Minh-Ville     Saigon|Ho Chi Minh City    label=Saigon; link=https://…

Options stand in any order, divided by semicolons, commas or spaces; their values may hold spaces.

    short=global  its surname alone means it in any article, unless the article gives that surname
                  to another full name only
    short=none    its surname alone never means it, not even beside the full name
    notag=credit  not tagged in articles it signs, nor where a text names it as a source line does
    notag=always  never tagged, and no part of it either
    label=NAME    the name shown; the other stays the identity
    not=NAME      never this one, nor one of its mentions; `|` divides several
    link=ADDRESS  shown on its page; https or http

A line with a fault is left out, the others count. Names are met as written, accents and case
included; only the kinds of apostrophe and space, and hyphens for spaces, are free.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal, NamedTuple, cast

from newsdigest.entities.capitals import UPPER
from newsdigest.entities.document import HEADLINE
from newsdigest.entities.forms import Form, folded_name, shorter_forms
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.keys import entity_key, fold
from newsdigest.entities.tagger import UNTAGGED_BLOCKS
from newsdigest.entities.titles import without_titles
from newsdigest.errors import Gettext, LeFilError, Message, _
from newsdigest.records import Article, Entity, EntityType, Mention

Use = Literal["own", "short", "never"]

FILE = "entities.tsv"

_TYPES: dict[str, EntityType] = {
    "person": "person",
    "personne": "person",
    "place": "place",
    "lieu": "place",
    "organisation": "organisation",
    "organization": "organisation",
}
_VALUES = {"short": ("global", "none"), "notag": ("credit", "always")}
_OPTIONS = ("short", "notag", "label", "not", "link")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NEXT_OPTION = re.compile(r"(?<![;,\s])[;,\s]+(?=[^\W\d_]+=)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)

MESSAGES: dict[str, tuple[Message, ...]] = {
    "E_ENTITY_COLUMNS": (
        Message(
            _("a line has two to four columns (type, name, aliases, options), this one {columns}."),
            _("Put tabs between the columns, and | between aliases."),
        ),
    ),
    "E_ENTITY_TYPE": (
        Message(_('"{found}" is no type of entity.'), _("Write person, place or organisation.")),
    ),
    "E_ENTITY_NAME": (
        Message(
            _('"{found}" cannot be a name.'),
            _("Write a name of letters or digits; aliases have their own column."),
        ),
    ),
    "E_ENTITY_ALIAS_TWICE": (
        Message(
            _('"{alias}" already means {other} (line {first}).'),
            _("Take it off one of the two lines."),
        ),
    ),
    "E_ENTITY_OPTION": (
        Message(_("the option {twice}= is given twice."), _("Keep one of them."), ("twice",)),
        Message(_('there is no option "{found}".'), _("Write one of these: {known}.")),
    ),
    "E_ENTITY_VALUE": (
        Message(
            _("not={found} is one of its own names."),
            _("Take it off the names or off the options."),
            ("own",),
        ),
        Message(_('{option}= cannot be "{found}".'), _("Write {known}.")),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that does not count, and why; `facts` fill the places of its message."""

    line: int
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def text(self, gettext: Gettext) -> str:
        """What is wrong and how to mend it, translated, on one line."""
        wordings = MESSAGES[self.code]
        fits = (wording for wording in wordings if all(n in self.facts for n in wording.needs))
        message = next(fits)
        return LeFilError(message.text, message.hint, **self.facts).text(gettext)

    def report(self, gettext: Gettext, label: str = FILE) -> str:
        """`entities.tsv:12: E_ENTITY_TYPE: what is wrong. What to do.`"""
        return f"{label}:{self.line}: {self.code}: {self.text(gettext)}"


@dataclass(frozen=True, slots=True)
class CuratedEntity:
    """One line of the file. Two that differ by `line` alone are equal."""

    line: int = field(compare=False)
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    short: Literal["", "global", "none"] = ""
    notag: Literal["", "credit", "always"] = ""
    label: str = ""
    never: tuple[str, ...] = ()
    link: str = ""

    @property
    def key(self) -> str:
        return entity_key(self.name)

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The names the line gives; a line whose every surface the archive lacks is unused."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of the file reaches.

    `surfaces` are the names to look for, in the form `matching` gives a text; `words` one word of
    each, found as such in any text that holds the name; `keys` the entity keys treated otherwise
    (as the tagger found them); `shown` the keys whose label or link alone is another.
    """

    surfaces: frozenset[str]
    words: frozenset[str]
    keys: frozenset[str]
    shown: frozenset[str]
    _index: SurfaceIndex = field(compare=False, repr=False)

    def touches(self, article: Article, entities: Iterable[Entity]) -> bool:
        """Whether the article's entities may change; `entities` as the tagger gave them."""
        if self.keys and any(key in self.keys for entity in entities for key in _keys_of(entity)):
            return True
        return bool(self._index.hits(article))


@dataclass(frozen=True, slots=True)
class Curated:
    """The file, ready to be applied; cheap to apply, and to be sent to a worker."""

    entities: tuple[CuratedEntity, ...] = ()
    by_key: dict[str, int] = field(init=False, compare=False, repr=False)
    index: SurfaceIndex = field(init=False, compare=False, repr=False)
    # Matches `entities`: the keys each owns, those it must never be, the forms of its surname.
    own_keys: tuple[frozenset[str], ...] = field(init=False, compare=False, repr=False)
    never_keys: tuple[frozenset[str], ...] = field(init=False, compare=False, repr=False)
    short_forms: tuple[frozenset[Form], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found = self.entities
        own = tuple(frozenset(map(entity_key, entity.surfaces)) for entity in found)
        by_key = {key: at for at, keys in enumerate(own) for key in keys}
        object.__setattr__(self, "own_keys", own)
        object.__setattr__(self, "by_key", by_key)
        never = tuple(frozenset(map(entity_key, entity.never)) for entity in found)
        object.__setattr__(self, "never_keys", never)
        object.__setattr__(self, "short_forms", tuple(map(_short_forms, found)))
        object.__setattr__(self, "index", _index_of(found))

    def __bool__(self) -> bool:
        return bool(self.entities)

    def apply(self, article: Article, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """The tagger's entities of the article as the file would have them.

        In reading order, mentions sorted and apart; applied twice, the same. The names of the file
        are found even where the tagger saw nothing, the longest first, and win over what it saw of
        the same words; but a single word leaves a longer name the tagger saw alone ("Paris" and
        "Paris Saint-Germain"), and the surname of `short=global` every other person's.
        """
        if not self.entities:
            return entities
        return _edited(self, article, entities)

    def of(self, name: str) -> CuratedEntity | None:
        """The line a name (canonical or alias, any spelling of its key) belongs to."""
        at = self.by_key.get(entity_key(name))
        return None if at is None else self.entities[at]

    def label_of(self, key: str) -> str:
        """The name to show for an entity key; "" where the file says none."""
        at = self.by_key.get(key)
        return "" if at is None else self.entities[at].label

    def link_of(self, key: str) -> str:
        at = self.by_key.get(key)
        return "" if at is None else self.entities[at].link

    def settles(self, a: str, b: str) -> bool:
        """Whether the file says if two names are one: nothing is left to propose."""
        key_a, key_b = entity_key(a), entity_key(b)
        at_a, at_b = self.by_key.get(key_a), self.by_key.get(key_b)
        if at_a is not None and (at_a == at_b or key_b in self.never_keys[at_a]):
            return True
        return at_b is not None and key_a in self.never_keys[at_b]


# -- reading ----------------------------------------------------------------------------------------


def read_curated(text: str) -> tuple[Curated, tuple[Fault, ...]]:
    """The file's text -> the lines that count, and what is wrong with the others, by line.

    Of two lines that claim one name the first counts. Spreadsheets' quotes, empty cells at a
    line's end and a first line that begins with `type` are no matter.
    """
    found: list[CuratedEntity] = []
    faults: list[Fault] = []
    owners: dict[str, CuratedEntity] = {}
    lines = _LINE_END.split(unicodedata.normalize("NFC", text.removeprefix("\ufeff")))
    is_first = True
    for number, line in enumerate(lines, 1):
        cells = [_cell(cell) for cell in line.split("\t")]
        while cells and not cells[-1]:
            cells.pop()
        if not cells or cells[0].startswith("#"):
            continue
        if is_first and cells[0].lower() == "type":
            is_first = False
            continue
        is_first = False
        read = _entity(number, cells)
        if isinstance(read, CuratedEntity):
            read = _claimed(read, owners)
        if isinstance(read, Fault):
            faults.append(read)
        else:
            found.append(read)
    return Curated(tuple(found)), tuple(faults)


def _cell(cell: str) -> str:
    """Without a spreadsheet's quotes and the spaces around; every kind of space is one."""
    plain = " ".join(cell.split())
    if len(plain) > 1 and plain[0] == plain[-1] == '"':
        plain = plain[1:-1].replace('""', '"').strip()
    return plain


def _entity(number: int, cells: list[str]) -> CuratedEntity | Fault:
    kind = _TYPES.get(fold(cells[0]))
    if kind is None and len(cells) > 1:
        return Fault(number, "E_ENTITY_TYPE", {"found": cells[0]})
    if kind is None or not 2 <= len(cells) <= 4:
        return Fault(number, "E_ENTITY_COLUMNS", {"columns": len(cells)})
    name = cells[1]
    aliases = _names(cells[2]) if len(cells) > 2 else []
    for one in (name, *aliases):
        if not any(map(str.isalnum, one)) or (one is name and "|" in one):
            return Fault(number, "E_ENTITY_NAME", {"found": one})
    options = _options(number, cells[3] if len(cells) > 3 else "")
    if isinstance(options, Fault):
        return options
    own = dict.fromkeys((name, *aliases))
    own_keys = set(map(entity_key, own))
    for other in options["not"]:
        if entity_key(other) in own_keys:
            return Fault(number, "E_ENTITY_VALUE", {"option": "not", "found": other, "own": 1})
    return CuratedEntity(
        number,
        kind,
        name,
        tuple(own)[1:],
        cast(Literal["", "global", "none"], "".join(options["short"])),
        cast(Literal["", "credit", "always"], "".join(options["notag"])),
        "".join(options["label"]),
        tuple(dict.fromkeys(options["not"])),
        "".join(options["link"]),
    )


def _names(cell: str) -> list[str]:
    return [name for part in cell.split("|") if (name := part.strip())]


def _options(number: int, cell: str) -> dict[str, list[str]] | Fault:
    """Each option's values: none or one, but for `not`."""
    found: dict[str, list[str]] = {option: [] for option in _OPTIONS}
    for piece in _NEXT_OPTION.split(cell):
        piece = piece.strip("; ,")
        if not piece:
            continue
        option, equals, value = piece.partition("=")
        option, value = option.strip().lower(), value.strip()
        if not equals or option not in found:
            facts = {"found": piece if not equals else option + "=", "known": _known(_OPTIONS)}
            return Fault(number, "E_ENTITY_OPTION", facts)
        if option in _VALUES:
            value = value.lower()
        if not _is_value(option, value):
            known = _VALUES.get(option, ("https://…" if option == "link" else "…",))
            facts = {"option": option, "found": value}
            facts["known"] = ", ".join(f"{option}={one}" for one in known)
            return Fault(number, "E_ENTITY_VALUE", facts)
        if found[option] and option != "not":
            return Fault(number, "E_ENTITY_OPTION", {"twice": option})
        found[option] += _names(value) if option == "not" else [value]
    return found


def _known(options: Iterable[str]) -> str:
    return ", ".join(f"{option}=" for option in options)


def _is_value(option: str, value: str) -> bool:
    if option in _VALUES:
        return value in _VALUES[option]
    if option == "link":
        return _ADDRESS.fullmatch(value) is not None
    return any(map(str.isalnum, value))


def _claimed(entity: CuratedEntity, owners: dict[str, CuratedEntity]) -> CuratedEntity | Fault:
    """Claims the entity's names; a Fault, and no claim, where another line has one of them."""
    claims = {entity_key(name): name for name in reversed((*entity.surfaces, *_shorts(entity)))}
    for key, name in sorted(claims.items()):
        owner = owners.get(key)
        if owner is not None:
            facts: dict[str, str | int] = {
                "alias": name,
                "other": owner.name,
                "first": owner.line,
            }
            return Fault(entity.line, "E_ENTITY_ALIAS_TWICE", facts)
    owners.update(dict.fromkeys(claims, entity))
    return entity


# -- surnames ---------------------------------------------------------------------------------------


def _short_forms(entity: CuratedEntity) -> frozenset[Form]:
    """The forms a person's surname may be met in, where the line speaks of them."""
    if entity.type != "person" or not entity.short:
        return frozenset()
    return frozenset(form for name in entity.surfaces for form in shorter_forms(name) or ())


def _shorts(entity: CuratedEntity) -> tuple[str, ...]:
    """The surnames of `short=global`, as they are written."""
    if entity.short != "global":
        return ()
    forms = _short_forms(entity)
    found: dict[str, None] = {}
    for name in entity.surfaces:
        words = name.split(" ")
        parts = [" ".join(words[at:]) for at in range(1, len(words))]
        for part in (*parts, words[0]):
            if folded_name(part) in forms:
                for written in _arabic_articles(part):
                    found.setdefault(written)
    own = set(map(entity_key, entity.surfaces))
    return tuple(short for short in found if entity_key(short) not in own)


def _arabic_articles(name: str) -> tuple[str, ...]:
    """`el-Assad` is also written `al-Assad`, `Assad`, and `El Assad` by its hyphen's freedom."""
    article, hyphen, rest = name.partition("-")
    if not hyphen or article.lower() not in ("al", "el") or not rest:
        return (name,)
    return (name, f"al-{rest}", f"el-{rest}", f"Al-{rest}", f"El-{rest}", rest)


# -- the names to look for --------------------------------------------------------------------------


def _index_of(entities: Iterable[CuratedEntity]) -> SurfaceIndex:
    """What a line names is more than what another's surname or `not=` happens to say."""
    found: dict[str, tuple[Use, int]] = {}
    entities = tuple(entities)
    for at, entity in enumerate(entities):
        for name in entity.never:
            found[matching(name)] = ("never", at)
    for at, entity in enumerate(entities):
        for name in _shorts(entity):
            found[matching(name)] = ("short", at)
    for at, entity in enumerate(entities):
        for name in entity.surfaces:
            found[matching(name)] = ("own", at)
    return SurfaceIndex(found)


def _keys_of(entity: Entity) -> Iterator[str]:
    yield entity_key(entity.name)
    yield entity_key(without_titles(entity.name))
    for mention in entity.mentions:
        yield entity_key(mention.text)


# -- finding names in a text --------------------------------------------------------------------------


class Hit(NamedTuple):
    """A name of the file in a text: `use` is what the line `at` gives it for."""

    block: int
    start: int
    end: int
    text: str
    use: Use
    at: int


_SPACED = ("\u00a0", "\u202f", "\u2009", "-", "\u2010", "\u2011")
_APOSTROPHES = ("’", "ʼ", "‘", "`", "´")
_HYPHENS = frozenset("-\u2010\u2011")
_WORD = re.compile(r"[^\W_]+")
_CAPITALISED = re.compile(rf"[{UPPER}][^\W_]*")


def matching(text: str) -> str:
    """The text as names are looked for in it: one apostrophe, and spaces for hyphens.

    As long as `text`: offsets stay.
    """
    for sign in _SPACED:
        text = text.replace(sign, " ")
    for sign in _APOSTROPHES:
        text = text.replace(sign, "'")
    return text


class SurfaceIndex:
    """Finds any number of names in one pass: each by one of its words, a capitalised one if any."""

    __slots__ = ("anchors", "surfaces", "words")

    def __init__(self, surfaces: dict[str, tuple[Use, int]]) -> None:
        self.surfaces = dict(surfaces)
        for surface, meaning in surfaces.items():
            # "île de Ré" opens a sentence, too.
            self.surfaces.setdefault(surface[0].upper() + surface[1:], meaning)
        anchors: dict[str, set[tuple[int, int]]] = {}
        self.words = _CAPITALISED
        for surface in self.surfaces:
            words = list(_WORD.finditer(surface))
            capitals = [word for word in words if _CAPITALISED.match(word[0])]
            if not capitals:
                self.words = _WORD
            # Two surfaces with one anchor cost a look each: a long word has fewer.
            anchor = max(capitals or words, key=lambda word: (len(word[0]), -word.start()))
            anchors.setdefault(anchor[0], set()).add((anchor.start(), len(surface)))
        self.anchors = {word: tuple(sorted(places)) for word, places in anchors.items()}

    def hits(self, article: Article) -> list[Hit]:
        """Every occurrence at word bounds in what is tagged of the article, by block and start."""
        found: list[Hit] = []
        for block, text in _tagged_texts(article):
            self._find(block, text, found)
        return found

    def _find(self, block: int, text: str, found: list[Hit]) -> None:
        plain, anchors = matching(text), self.anchors
        for match in self.words.finditer(plain):
            places = anchors.get(match[0])
            if places is None:
                continue
            for offset, length in places:
                start = match.start() - offset
                meaning = self.surfaces.get(plain[start : start + length]) if start >= 0 else None
                if meaning is not None and _is_word(text, start, start + length):
                    end = start + length
                    found.append(Hit(block, start, end, text[start:end], *meaning))


def _tagged_texts(article: Article) -> Iterator[tuple[int, str]]:
    yield HEADLINE, article.headline
    for index, block in enumerate(article.blocks):
        if block.type not in UNTAGGED_BLOCKS:
            yield index, block.tagged_text


def _is_word(text: str, start: int, end: int) -> bool:
    """Neither within a word nor part of a hyphenated one: "Jean" is not in "Jean-Luc"."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1].isalnum() or (before[-1] in _HYPHENS and before[0].isalnum())):
        return False
    return not after or not (after[0].isalnum() or (after[0] in _HYPHENS and after[-1].isalnum()))


# -- applying ---------------------------------------------------------------------------------------


class _Spot(NamedTuple):
    """A mention the tagger gave: of which of its entities."""

    start: int
    end: int
    entity: int
    mention: Mention


_Owners = Sequence[int | None]
_SOURCE_LINE = re.compile(r"(?:/|©|\b(?:photos?|textes?|sources?|crédits?) ?:) ?$", re.IGNORECASE)
_AFTER_SOURCE = re.compile(r"\)\s*(?:$|[-–—])")


def _edited(curated: Curated, article: Article, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    hits = curated.index.hits(article)
    owners = [_owner(curated, entity) for entity in entities]
    if not hits and not any(owner is not None for owner in owners):
        return entities
    spots = _by_block(entities)
    hits = _longest_first(_without_doubtful_surnames(curated, hits, entities, owners))
    groups: dict[tuple[str, EntityType], tuple[str, list[Mention]]] = {}
    lost: set[Mention] = set()
    while hits:
        left: list[Hit] = []
        for hit in hits:
            over = [
                spot
                for spot in _overlapping(spots.get(hit.block, []), hit)
                if spot.mention not in lost
            ]
            line = curated.entities[hit.at]
            if hit.use == "never":
                # These words are the other name's: a part of them was not the line's.
                length = hit.end - hit.start
                lost |= {
                    spot.mention
                    for spot in over
                    if owners[spot.entity] == hit.at and spot.end - spot.start < length
                }
            elif _yields(curated, hit, over, entities, owners):
                left.append(hit)
            else:
                lost |= {spot.mention for spot in over}
                mention = Mention(hit.block, hit.start, hit.end, hit.text)
                groups.setdefault((line.key, line.type), (line.name, []))[1].append(mention)
        # What a name yielded to may have lost its words to another one: look again.
        hits = left if len(left) < len(hits) else []
    for block in spots.values():
        for spot in block:
            if spot.mention not in lost:
                name, kind = _kept_as(curated, spot, entities[spot.entity], owners[spot.entity])
                group = groups.setdefault((entity_key(name), kind), (name, []))
                group[1].append(spot.mention)
    result = []
    for (key, kind), (name, mentions) in groups.items():
        mentions = _tagged(curated, key, article, mentions)
        if mentions:
            result.append(Entity(name, kind, tuple(sorted(mentions, key=_reading_order))))
    result.sort(key=lambda entity: _reading_order(entity.mentions[0]))
    return tuple(result)


_reading_order = attrgetter("block", "start")


def _owner(curated: Curated, entity: Entity) -> int | None:
    """The line an entity of the tagger's belongs to whole: by its name, or another form of it."""
    key = entity_key(entity.name)
    by_key = curated.by_key
    at = by_key.get(key)
    if at is None:
        at = by_key.get(entity_key(without_titles(entity.name)))
    if at is not None:
        return at
    found: set[int] = set()
    is_person = entity.type == "person"
    for mention in entity.mentions:
        at = by_key.get(entity_key(mention.text))
        # A surname that is another's alias takes its own mentions, never the full name with them.
        if at is not None and not (is_person and _is_short_of(mention.text, entity.name)):
            found.add(at)
    found = {at for at in found if key not in curated.never_keys[at]}
    return found.pop() if len(found) == 1 else None


def _is_short_of(text: str, name: str) -> bool:
    return folded_name(text) in (shorter_forms(name) or ())


def _by_block(entities: tuple[Entity, ...]) -> dict[int, list[_Spot]]:
    found: dict[int, list[_Spot]] = {}
    for at, entity in enumerate(entities):
        for mention in entity.mentions:
            spot = _Spot(mention.start, mention.end, at, mention)
            found.setdefault(mention.block, []).append(spot)
    for spots in found.values():
        spots.sort(key=_start)
    return found


_start = attrgetter("start")


def _without_doubtful_surnames(
    curated: Curated, hits: list[Hit], entities: tuple[Entity, ...], owners: _Owners
) -> list[Hit]:
    """Surnames of `short=global` go where the article gives them to another full name only, or to
    one their line says it is not."""
    if not any(hit.use == "short" for hit in hits):
        return hits
    named: set[int] = set()
    others: dict[Form, set[int | None]] = {}
    never: dict[Form, set[int]] = {}
    people = {entity_key(entity.name) for entity in entities if entity.type == "person"}
    for hit in hits:
        line = curated.entities[hit.at]
        if hit.use == "own":
            if folded_name(hit.text) not in curated.short_forms[hit.at]:
                named.add(hit.at)
            if line.type == "person":
                for form in shorter_forms(line.name) or ():
                    others.setdefault(form, set()).add(hit.at)
        elif hit.use == "never" and (entity_key(hit.text) in people or _is_given(hit.text)):
            for form in shorter_forms(hit.text) or ():
                never.setdefault(form, set()).add(hit.at)
    for entity, owner in zip(entities, owners, strict=True):
        if entity.type == "person":
            for form in shorter_forms(entity.name) or ():
                others.setdefault(form, set()).add(owner)
        if owner is not None and any(
            folded_name(mention.text) not in curated.short_forms[owner]
            and entity_key(mention.text) not in curated.never_keys[owner]
            for mention in entity.mentions
        ):
            named.add(owner)

    def stands(hit: Hit) -> bool:
        form = folded_name(hit.text)
        if hit.at in never.get(form, ()):
            return False
        return hit.at in named or not others.get(form, set()) - {hit.at}

    return [hit for hit in hits if hit.use != "short" or stands(hit)]


def _is_given(name: str) -> bool:
    """Whether a name begins with a first name: "Anne Girod", not "Pont Girod"."""
    return name.replace("-", " ").partition(" ")[0] in load_gazetteer().given_names


def _longest_first(hits: list[Hit]) -> list[Hit]:
    """Hits that do not overlap: of two that do, the longer, then the earlier."""
    taken: dict[int, list[tuple[int, int]]] = {}
    kept = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.block, hit.start)):
        spans = taken.setdefault(hit.block, [])
        at = bisect_left(spans, (hit.end, 0))
        if at == 0 or spans[at - 1][1] <= hit.start:
            spans.insert(at, (hit.start, hit.end))
            kept.append(hit)
    return kept


def _overlapping(spots: list[_Spot], hit: Hit) -> list[_Spot]:
    at = end = bisect_left(spots, hit.end, key=_start)
    while at and spots[at - 1].end > hit.start:
        at -= 1
    return spots[at:end]


def _yields(
    curated: Curated,
    hit: Hit,
    over: list[_Spot],
    entities: tuple[Entity, ...],
    owners: _Owners,
) -> bool:
    """Whether a name of the file leaves its words to a mention the tagger gave."""
    is_one_word = " " not in matching(hit.text)
    for spot in over:
        entity, owner = entities[spot.entity], owners[spot.entity]
        if (
            spot.start <= hit.start
            and hit.end <= spot.end
            and spot.end - spot.start > len(hit.text)
        ):
            keys = {entity_key(spot.mention.text), entity_key(without_titles(spot.mention.text))}
            if owner == hit.at and not keys & curated.never_keys[hit.at]:
                return True
            if not keys & curated.own_keys[hit.at] and (is_one_word or hit.use == "short"):
                return True
        elif hit.use == "short" and owner != hit.at and _is_person_called(entity, hit.text):
            return True
    return False


def _is_person_called(entity: Entity, short: str) -> bool:
    return entity.type == "person" and _is_short_of(short, entity.name)


def _kept_as(
    curated: Curated, spot: _Spot, entity: Entity, owner: int | None
) -> tuple[str, EntityType]:
    """Whose a mention of the tagger's stays: its entity's, its line's, or its own."""
    if owner is None:
        return entity.name, entity.type
    line, text = curated.entities[owner], spot.mention.text
    key = entity_key(text)
    if key in curated.never_keys[owner]:
        return text, entity.type
    is_own = key in curated.own_keys[owner]
    if line.short == "none" and not is_own and folded_name(text) in curated.short_forms[owner]:
        return text, entity.type
    return line.name, line.type


def _tagged(curated: Curated, key: str, article: Article, mentions: list[Mention]) -> list[Mention]:
    """What `notag` leaves of an entity's mentions."""
    at = curated.by_key.get(key)
    notag = "" if at is None else curated.entities[at].notag
    if at is None or not notag:
        return mentions
    signed = {entity_key(name) for name in (*article.agencies, *article.authors)}
    if notag == "always" or signed & curated.own_keys[at]:
        return []
    return [mention for mention in mentions if not _is_credit(article, mention)]


def _is_credit(article: Article, mention: Mention) -> bool:
    """`Texte : X`, `VNA/X`, `(X)` at the end of a text or before its dash, X alone."""
    text = _text_of(article, mention.block)
    before = text[max(0, mention.start - 20) : mention.start]
    after = text[mention.end : mention.end + 20]
    if _SOURCE_LINE.search(before) or after.startswith("/"):
        return True
    if before.endswith("(") and _AFTER_SOURCE.match(after):
        return True
    return not any(map(str.isalnum, before + after)) and mention.start < 20 > len(after)


def _text_of(article: Article, block: int) -> str:
    return article.headline if block < 0 else article.blocks[block].tagged_text


# -- what a change of the file reaches ---------------------------------------------------------------


def touched(before: Curated, after: Curated) -> Touched:
    """What must be looked at again when the file changes: `Touched.touches` tells by article."""
    old = {_treatment(entity) for entity in before.entities}
    new = {_treatment(entity) for entity in after.entities}
    changed = [e for e in before.entities if _treatment(e) not in new]
    changed += [e for e in after.entities if _treatment(e) not in old]
    index = _index_of(changed)
    keys = {
        entity_key(name)
        for entity in changed
        for name in (*entity.surfaces, *_shorts(entity), *entity.never)
    }
    shown_before = {e.key: (e.label, e.link) for e in before.entities}
    shown_after = {e.key: (e.label, e.link) for e in after.entities}
    shown = {
        key
        for key in (*shown_before, *shown_after)
        if shown_before.get(key, ("", "")) != shown_after.get(key, ("", ""))
    }
    return Touched(
        frozenset(index.surfaces),
        frozenset(index.anchors),
        frozenset(keys),
        frozenset(shown),
        index,
    )


def _treatment(entity: CuratedEntity) -> tuple[object, ...]:
    """All of a line that decides how articles are tagged."""
    return (entity.type, entity.name, entity.aliases, entity.short, entity.notag, entity.never)
