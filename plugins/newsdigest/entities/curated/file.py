"""The editors' own list of names: how it is read, and what it makes of the tagger's entities. Pure.

    # content/entities.tsv: one entity a line, columns divided by tabs
    # type        name                  aliases                    options
    person        Donald Trump          Donald J. Trump            short=global; not=Trump Tower
    organisation  Xinhua                Chine nouvelle             notag=credit
    lieu          Hô Chi Minh-Ville     Saigon|Ho Chi Minh City    label=Saigon; link=https://…
    lieu          Valence                                          at=44.93,4.89

Options stand in any order, divided by semicolons, commas or spaces; their values may hold spaces.

    short=global  its surname alone means it in any article, unless the article gives that surname
                  to another full name only
    short=none    its surname alone never means it, not even beside the full name
    notag=credit  not tagged in articles it signs, nor where a text names it as a source line does
    notag=always  never tagged, and no part of it either
    label=NAME    the name shown; the other stays the identity
    not=NAME      never this one, nor one of its mentions; `|` divides several
    link=ADDRESS  shown on its page; https or http
    at=LAT,LON    where a place is on maps, in degrees; at=none: on none (`entities.coordinates`)

A line with a fault is left out, the others count. Names are met as written, accents and case
included; only the kinds of apostrophe and space, and hyphens for spaces, are free. Two lines, or
`not=`, keep apart what would share a key (`entities.keys`, `entities.one_thing`), people whose names
differ by accents among them: each is then met as spelled. Namesakes spelled alike are one, and so are
names that differ by case alone (E_ENTITY_ALIAS_TWICE; E_ENTITY_VALUE for a `not=` of one's own name).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from newsdigest.base.errors import Gettext, LeFilError, Message, _
from newsdigest.base.records import Article, Entity, EntityType
from newsdigest.entities.coordinates import NOWHERE, read_spot
from newsdigest.entities.curated.surfaces import SurfaceIndex, Use, matching
from newsdigest.entities.forms import Form, folded_name, shorter_forms
from newsdigest.entities.keys import entity_key
from newsdigest.entities.one_thing import key_of
from newsdigest.entities.titles import without_titles
from newsdigest.text.folding import fold

FILE = "entities.tsv"

_TYPES: dict[str, EntityType] = {
    "person": "person",
    "personne": "person",
    "place": "place",
    "lieu": "place",
    "organisation": "organisation",
    "organization": "organisation",
    "event": "event",
    "evenement": "event",
    "product": "product",
    "produit": "product",
}
_VALUES = {"short": ("global", "none"), "notag": ("credit", "always")}
_OPTIONS = ("short", "notag", "label", "not", "link", "at")
_EXAMPLES = {"link": "https://…", "at": "48.85,2.35"}
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
        Message(
            _('"{found}" is no type of entity.'),
            _("Write person, place, organisation, event or product."),
        ),
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
        Message(
            _('at={found} stands on the line of what is no place ("{type}").'),
            _("Take at= off, or make it a place."),
            ("type",),
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
    at: str = ""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The names the line gives; a line whose every surface the archive lacks is unused."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of the file reaches.

    `surfaces` are the names to look for, in the form `matching` gives a text; `words` one word of
    each, found as such in any text that holds the name; `keys` the entity keys treated otherwise
    (as the tagger found them); `shown` the keys whose label, link or place alone is another.
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
    # Match `entities`: the keys each owns, its own among them, those it must never be, the forms of
    # its surname. `apart`: names some line keeps from another, met by their letters; `spelled`: those
    # that differ by accents alone, met as spelled.
    own_keys: tuple[frozenset[str], ...] = field(init=False, compare=False, repr=False)
    keys: tuple[str, ...] = field(init=False, compare=False, repr=False)
    apart: frozenset[str] = field(init=False, compare=False, repr=False)
    spelled: frozenset[str] = field(init=False, compare=False, repr=False)
    never_keys: tuple[frozenset[str], ...] = field(init=False, compare=False, repr=False)
    short_forms: tuple[frozenset[Form], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found = self.entities
        apart = frozenset(entity_key(name) for entity in found for name in entity.never)
        apart |= _told_apart(found)
        object.__setattr__(self, "apart", apart)
        object.__setattr__(self, "spelled", _told_by_accents(found))
        keys = tuple(self.key_of(entity.name, entity.type) for entity in found)
        object.__setattr__(self, "keys", keys)
        own = tuple(
            frozenset(self.key_of(name, entity.type) for name in entity.surfaces)
            for entity in found
        )
        by_key = {key: at for at, keys in enumerate(own) for key in keys}
        object.__setattr__(self, "own_keys", own)
        object.__setattr__(self, "by_key", by_key)
        never = tuple(frozenset(map(self._spelled_key, entity.never)) for entity in found)
        object.__setattr__(self, "never_keys", never)
        object.__setattr__(self, "short_forms", tuple(map(_short_forms, found)))
        object.__setattr__(self, "index", _index_of(found))

    def __bool__(self) -> bool:
        return bool(self.entities)

    def key_of(self, name: str, kind: EntityType) -> str:
        """The archive's key of a name; what a line says it is not shares none with it."""
        spelled = self._spelled_key(name)
        return spelled if spelled in self.apart or spelled in self.spelled else key_of(name, kind)

    def _spelled_key(self, name: str) -> str:
        spelling = matching(name).casefold()
        return spelling if spelling in self.spelled else entity_key(name)

    def of(self, name: str) -> CuratedEntity | None:
        """The line a name (canonical or alias, any spelling of its key) belongs to."""
        kinds: tuple[EntityType, ...] = ("person", "organisation")
        for kind in kinds:
            at = self.by_key.get(self.key_of(name, kind))
            if at is not None:
                return self.entities[at]
        return None

    def key_at(self, line: CuratedEntity) -> str:
        """The archive's key of a line's entity."""
        return self.key_of(line.name, line.type)

    def label_of(self, key: str) -> str:
        """The name to show for an entity key; "" where the file says none."""
        at = self.by_key.get(key)
        return "" if at is None else self.entities[at].label

    def link_of(self, key: str) -> str:
        at = self.by_key.get(key)
        return "" if at is None else self.entities[at].link

    def at_of(self, key: str) -> str:
        """Where the file puts an entity on maps (`coordinates.read_spot`); "" where it says nothing."""
        at = self.by_key.get(key)
        return "" if at is None else self.entities[at].at

    def settles(self, a: str, b: str) -> bool:
        """Whether the file says if two names are one: nothing is left to propose."""
        line_a, line_b = self.of(a), self.of(b)
        if line_a is not None and (line_a is line_b or entity_key(b) in _never(line_a)):
            return True
        return line_b is not None and entity_key(a) in _never(line_b)


def _told_by_accents(lines: tuple[CuratedEntity, ...]) -> frozenset[str]:
    """The spellings of one key that lines, or a line and its `not=`, keep apart."""
    holders: dict[str, dict[str, set[tuple[int, bool]]]] = {}
    for at, line in enumerate(lines):
        for is_own, names in ((True, line.surfaces), (False, line.never)):
            for name in names:
                spellings = holders.setdefault(entity_key(name), {})
                spellings.setdefault(matching(name).casefold(), set()).add((at, is_own))
    found = {
        spelling
        for spellings in holders.values()
        if len(set().union(*spellings.values())) > 1 and len(spellings) > 1
        for spelling in spellings
    }
    return frozenset(found)


def _told_apart(lines: tuple[CuratedEntity, ...]) -> frozenset[str]:
    """The names of lines that would be of one thing but for the file's two lines."""
    claimants: dict[str, set[int]] = {}
    for at, line in enumerate(lines):
        for name in line.surfaces:
            claimants.setdefault(key_of(name, line.type), set()).add(at)
    at_odds = {at for owners in claimants.values() if len(owners) > 1 for at in owners}
    return frozenset(entity_key(name) for at in at_odds for name in lines[at].surfaces)


def _never(line: CuratedEntity) -> frozenset[str]:
    return frozenset(map(entity_key, line.never))


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
    if options["at"] and kind != "place":
        facts = {"found": options["at"][0], "type": cells[0]}
        return Fault(number, "E_ENTITY_VALUE", facts)
    own_spellings = {matching(one).casefold() for one in own}
    for other in options["not"]:
        if matching(other).casefold() in own_spellings:
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
        "".join(options["at"]),
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
        if option in _VALUES or option == "at":
            value = value.lower()
        if not _is_value(option, value):
            known = _VALUES.get(option, (_EXAMPLES.get(option, "…"),))
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
    if option == "at":
        return value == NOWHERE or read_spot(value) is not None
    return any(map(str.isalnum, value))


def _claimed(entity: CuratedEntity, owners: dict[str, CuratedEntity]) -> CuratedEntity | Fault:
    """Claims the entity's names; a Fault, and no claim, where another line has one of them."""
    names = reversed((*entity.surfaces, *_shorts(entity)))
    claims = {matching(name).casefold(): name for name in names}
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
    names = (entity.name, without_titles(entity.name), *(m.text for m in entity.mentions))
    for name in names:
        yield entity_key(name)
        yield matching(name).casefold()
        yield key_of(name, entity.type)


# -- what a change of the file reaches ---------------------------------------------------------------


def touched(before: Curated, after: Curated) -> Touched:
    """What must be looked at again when the file changes: `Touched.touches` tells by article."""
    old = {_treatment(entity) for entity in before.entities}
    new = {_treatment(entity) for entity in after.entities}
    changed = [e for e in before.entities if _treatment(e) not in new]
    changed += [e for e in after.entities if _treatment(e) not in old]
    index = _index_of(changed)
    keys = {
        key
        for entity in changed
        for name in (*entity.surfaces, *_shorts(entity), *entity.never)
        for key in (entity_key(name), matching(name).casefold(), key_of(name, entity.type))
    }
    keys |= (before.apart ^ after.apart) | (before.spelled ^ after.spelled)
    shown_before = {before.key_at(e): (e.label, e.link, e.at) for e in before.entities}
    shown_after = {after.key_at(e): (e.label, e.link, e.at) for e in after.entities}
    nothing = ("", "", "")
    shown = {
        key
        for key in (*shown_before, *shown_after)
        if shown_before.get(key, nothing) != shown_after.get(key, nothing)
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
