"""Packages: files of several articles. Each is read by itself and has a number in its file for good.

Its number is made of the item's own id (`guid`, `uri`, `Message-ID`), of its date and headline where
it has none, never of its place: what comes above it, or goes, renumbers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told, composed, refusal
from newsdigest.read.mail import FORMAT, letters_of_digest
from newsdigest.read.wire.formats import Wire

_ASIDE = "E_ITEM_KIND"
_FEED = "RSS/Atom"
_Letter = Callable[[bytes, str, ParseRules], Article | Rejection]


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a package, not read yet. `path` is its file's with its number; `place`, from 1, is
    where it stands there; `digest` tells whether it says what it said."""

    path: str
    place: int
    digest: str
    format: str
    told: Told | Refused | bytes
    letter: _Letter | None = None

    @property
    def is_aside(self) -> bool:
        """A picture and the like, which is beside the articles and no fault in one."""
        return isinstance(self.told, Refused) and self.told.code == _ASIDE

    def read(self, rules: ParseRules) -> Article | Rejection:
        """The article, or why it is none: its refusal tells its place in the file."""
        found = self._read(rules)
        if isinstance(found, Rejection):
            return replace(found, line=None, facts={**found.facts, "nth": self.place})
        return found

    def _read(self, rules: ParseRules) -> Article | Rejection:
        told = self.told
        if isinstance(told, Refused):
            return refusal(told, self.path)
        if isinstance(told, Told):
            found = composed(told, _as_bytes(told), self.path, rules)
            return replace(found, format=self.format) if isinstance(found, Article) else found
        assert self.letter
        return self.letter(told, self.path, rules)


def items_of_wire(wire: Wire, path: str) -> list[Item]:
    """The items of a wire file that holds several articles; none of one that holds one article, with
    what goes with it, or none at all."""
    told = [one for one in wire.items if isinstance(one, Told)]
    broken = [one for one in wire.items if isinstance(one, Refused) and one.code != _ASIDE]
    if wire.format != _FEED and len(told) == 1:
        # What has no text beside the one that has is no article that was lost.
        broken = [one for one in broken if one.code != "E_NO_BODY"]
    if not told or len(told) + len(broken) < 2:
        return []
    numbers = _numbers([(_key(one, place), _rank(one)) for place, one in enumerate(wire.items, 1)])
    return [
        Item(f"{path}#{number}", place, sha256(_as_bytes(one)).hexdigest(), wire.format, one)
        for place, (one, number) in enumerate(zip(wire.items, numbers, strict=True), 1)
    ]


def items_of_digest(data: bytes, path: str, read: _Letter) -> list[Item]:
    """The letters of a mail that says it is a digest of them, each read by `read`; none of any other."""
    letters = letters_of_digest(data)
    numbers = _numbers([(key, ()) for key, _letter in letters])
    return [
        Item(f"{path}#{number}", place, sha256(letter).hexdigest(), FORMAT, letter, read)
        for place, ((_key, letter), number) in enumerate(zip(letters, numbers, strict=True), 1)
    ]


def _key(one: Told | Refused, place: int) -> str:
    """What tells an item from the others of its file, whatever comes before it."""
    if one.own_id:
        return one.own_id
    if isinstance(one, Told):
        return f"{one.published.isoformat()} {one.headline}"
    return f"{place}"


def _rank(one: Told | Refused) -> tuple[int, ...]:
    version = one.version if isinstance(one, Told) else ""
    return tuple(int(number[-20:]) for number in re.findall("[0-9]+", version)[:8])


def _numbers(keys: Sequence[tuple[str, tuple[int, ...]]]) -> list[str]:
    """The numbers of items by (key, version): of several with one key the highest version has the
    key's own, so that it is the same article when the others are not sent any more."""
    order = sorted(range(len(keys)), key=lambda at: keys[at][1], reverse=True)
    found = [""] * len(keys)
    taken: set[str] = set()
    for at in sorted(order, key=lambda at: keys[at][0]):
        again, number = 0, _number(keys[at][0])
        while number in taken:
            again += 1
            number = _number(f"{keys[at][0]}\0{again}")
        taken.add(number)
        found[at] = number
    return found


def _number(key: str) -> str:
    digest = sha256(key.encode("utf-8", "surrogatepass")).digest()
    return f"{int.from_bytes(digest[:8]) % 10**10:010d}"


def _as_bytes(one: Told | Refused) -> bytes:
    """All that is told of an item."""
    return repr(one).encode("utf-8", "surrogatepass")
