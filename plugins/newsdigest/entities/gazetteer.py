"""What is known of the world before reading: places, organisations, given names, common words.

The files stand in `data/`; NOTICE.md there tells their sources. Loaded once a process, on the first
article; a new file or line changes `digest`, and so the tagger's version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsdigest.entities.keys import entity_key
from newsdigest.text.known_names import DATA, NAME_FILES, Kind, known_names, name_lines


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """`kinds` knows a whole name; `longer` lists the names of several words, the longest
    first, by their first word, the space and one letter ("San F"). `expansions` maps an acronym to
    the names it stands for (none known: empty). `articled` gives the house's form of a name that is
    written with and without its article: "Caire" is "Le Caire", "Le Vatican" is "Vatican". `alike` knows names of several words by
    `entity_key`: "Nations-Unies". `demonyms` are lower case,
    `common_words` too; the other names are as written. Two are the same only if they are one object.
    """

    kinds: dict[str, Kind]
    longer: dict[str, tuple[str, ...]]
    expansions: dict[str, tuple[str, ...]]
    articled: dict[str, str]
    alike: dict[str, Kind]
    given_names: frozenset[str]
    family_names: frozenset[str]
    demonyms: frozenset[str]
    common_words: frozenset[str]


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped extracts, read once a process."""
    kinds, expansions = known_names()
    common_words = frozenset(name_lines("common_words.txt"))
    return Gazetteer(
        kinds=kinds,
        longer=_by_first_word(kinds),
        expansions=expansions,
        articled=_articled(kinds, common_words),
        alike=_alike(kinds),
        given_names=frozenset(name_lines("given_names_list.txt"))
        | frozenset(" ".join(name_lines("given_names.txt")).split()),
        family_names=frozenset(name_lines("family_names_list.txt")),
        demonyms=frozenset(_demonyms()),
        common_words=common_words,
    )


@cache
def data_digest() -> str:
    """Twelve hexadecimal digits of every shipped file, names and bytes."""
    digest = hashlib.sha256()
    for path in sorted(DATA.iterdir()):
        if path.suffix in {".txt", ".tsv"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _by_first_word(kinds: dict[str, Kind]) -> dict[str, tuple[str, ...]]:
    longer: dict[str, list[str]] = {}
    for name in kinds:
        if " " in name:
            longer.setdefault(name[: name.index(" ") + 2], []).append(name)
    return {
        first: tuple(sorted(names, key=len, reverse=True)) if len(names) > 1 else tuple(names)
        for first, names in longer.items()
    }


def _articled(kinds: dict[str, Kind], common_words: frozenset[str]) -> dict[str, str]:
    """Of places those whose article French melts into another word: "au Mans", "du Caire".

    A country or region listed with and without is better off without, "Vatican", unless a word of
    every day is all that is left: "Réunion".
    """
    articled: dict[str, str] = {}
    by_hand = {name for file, _ in NAME_FILES[2:] for name in name_lines(file)}
    for name, kind in kinds.items():
        article, _, bare = name.partition(" ") if name[:2] != "L'" else ("L'", "", name[2:])
        if article not in ("Le", "La", "Les", "L'") or not bare[:1].isupper():
            continue
        melts = kind == "organisation" or (kind == "place" and article in ("Le", "Les"))
        if melts and (bare not in kinds or (name in by_hand and bare not in by_hand)):
            articled[bare] = name
        elif kind == "place" and name in by_hand and bare in by_hand:
            if bare.lower() in common_words:
                articled[bare] = name
            else:
                articled[name] = bare
    return articled


def _alike(kinds: dict[str, Kind]) -> dict[str, Kind]:
    """Countries, regions and organisations; towns are too many, and written as they are."""
    names = [name for file, _ in NAME_FILES[2:] for name in name_lines(file)]
    return {
        entity_key(name): kinds[name]
        for name in names
        if (" " in name or "-" in name) and kinds.get(name) in ("place", "organisation")
    }


def _demonyms() -> Iterator[str]:
    for line in name_lines("demonyms.txt") + name_lines("demonyms_en.txt"):
        for word in line.lower().replace("|", " ").split():
            yield word
            if not word.endswith(("s", "x")):
                yield word + "s"
