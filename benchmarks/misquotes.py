"""The thirteen ways a `>>` line departs from the headline it cites, for `benchmarks.links`.

A change takes a headline and a source of chance, and gives the line, or None where it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from newsdigest.text.headline_key import headline_key

Change = Callable[[str, Random], "str | None"]

_FUNCTION = str.split(
    "le la les un une des de du d' l' à au aux en dans sur par et pour avec son sa ses leur"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLAIN = str.maketrans("àâäéèêëîïôöùûüçÀÂÉÈÊÎÔÙÛÇ", "aaaeeeeiioouuucAAEEEIOUUC")


def _punctuation(text: str, draw: Random) -> str:
    changes = [
        lambda t: t.replace("'", "’"),
        lambda t: t.replace(" :", ":"),
        lambda t: t.replace(" : ", " - "),
        lambda t: t.replace("« ", '"').replace(" »", '"'),
        lambda t: t.replace(" %", "\u202f%"),
        lambda t: t + draw.choice((".", " !", " ?", ";")),
        lambda t: t.replace(", ", " "),
        lambda t: f"« {t} »",
        lambda t: t.replace("-", " "),
    ]
    for change in draw.sample(changes, 2):
        text = change(text)
    return text


def _accents(text: str, draw: Random) -> str:
    return text.translate(_PLAIN) if draw.random() < 0.5 else text.upper()


def _ellipsis(draw: Random) -> str:
    return draw.choice(("…", "…", "…", " …", "...", "...", " [...]", ""))


def _cut_at_word(text: str, draw: Random) -> str | None:
    words = text.split()
    if len(words) < 6:
        return None
    keep = draw.randint(max(4, len(words) // 2), len(words) - 1)
    return " ".join(words[:keep]) + _ellipsis(draw)


def _cut_within_word(text: str, draw: Random) -> str | None:
    words = text.split()
    places = [
        i
        for i in range(max(4, len(words) // 2), len(words))
        if len(words[i]) > 4 and words[i].isalpha()
    ]
    if not places:
        return None
    place = draw.choice(places)
    kept = words[place][: draw.randint(2, len(words[place]) - 2)]
    return " ".join([*words[:place], kept]) + _ellipsis(draw)


def _slip(word: str, draw: Random) -> str:
    at = draw.randrange(len(word))
    match draw.randrange(4):
        case 0:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + draw.choice(_LETTERS) + word[at + 1 :]


def _slips(count: int) -> Change:
    def change(text: str, draw: Random) -> str | None:
        words = text.split()
        places = [i for i, word in enumerate(words) if len(word) > 3 and word.isalpha()]
        if len(places) < count:
            return None
        for place in draw.sample(places, count):
            words[place] = _slip(words[place], draw)
        changed = " ".join(words)
        return None if headline_key(changed) == headline_key(text) else changed

    return change


def _function_word(text: str, draw: Random) -> str | None:
    words = text.split()
    places = [i for i, word in enumerate(words) if word.lower() in _FUNCTION]
    if not places:
        return None
    place = draw.choice(places)
    if draw.random() < 0.5:
        del words[place]
    else:
        words[place] = draw.choice(
            [w for w in _FUNCTION if "'" not in w and w != words[place].lower()]
        )
    return " ".join(words)


def _inflection(text: str, draw: Random) -> str | None:
    words = text.split()
    places = [
        i for i, word in enumerate(words) if len(word) > 4 and word.isalpha() and word.islower()
    ]
    if not places:
        return None
    place = draw.choice(places)
    word = words[place]
    if word.endswith("aux"):
        changed = word[:-3] + "al"
    elif word.endswith("ent"):
        changed = word[:-2] if draw.random() < 0.5 else word + "s"
    elif word.endswith(("s", "x")):
        changed = word[:-1]
    elif word.endswith("é"):
        changed = word + draw.choice(("e", "s", "es"))
    elif word.endswith("al"):
        changed = word[:-1] + "ux"
    elif word.endswith("er"):
        changed = word[:-2] + draw.choice(("e", "ent", "é", "ait"))
    elif word.endswith("e"):
        changed = word + draw.choice(("s", "nt"))
    else:
        changed = word + draw.choice(("s", "e"))
    words[place] = changed
    changed_text = " ".join(words)
    return None if headline_key(changed_text) == headline_key(text) else changed_text


def _content_places(words: Sequence[str]) -> list[int]:
    return [i for i, word in enumerate(words) if len(word) > 3 and word.isalpha()]


def _dropped(text: str, draw: Random) -> str | None:
    words = text.split()
    places = _content_places(words)
    if len(words) < 5 or not places:
        return None
    del words[draw.choice(places)]
    return " ".join(words)


def _replaced(text: str, draw: Random) -> str | None:
    words = text.split()
    places = _content_places(words)
    if not places:
        return None
    words[draw.choice(places)] = draw.choice(
        ("dossier", "grande", "nouvelle", "projet", "monde", "vaste")
    )
    return " ".join(words)


def _flag(text: str, draw: Random) -> str:
    return draw.choice(
        (
            "EN DIRECT : {}", "EN DIRECT - {}", "VIDÉO - {}", "VIDÉO. {}", "{} (VIDÉO)", "Alerte : {}",
            "Mise à jour : {}", "{} (mise à jour)", "[Reportage] {}", "{} [en images]", "URGENT - {}",
            "Infographie : {}", "Live | {}", "DIRECT. {}", "Photos : {}", "{} - vidéo", "Exclusif : {}",
        )
    ).format(text)  # fmt: skip


def _rotated(text: str, draw: Random) -> str | None:
    for mark in (" : ", " - "):
        before, found, after = text.partition(mark)
        if found:
            return after[:1].upper() + after[1:] + mark + before[:1].lower() + before[1:]
    return None


CHANGES: dict[str, Change] = {
    "exact": lambda text, draw: text,
    "punctuation": _punctuation,
    "accents": _accents,
    "truncated at a word": _cut_at_word,
    "truncated within one": _cut_within_word,
    "one typo": _slips(1),
    "two typos": _slips(2),
    "function word": _function_word,
    "inflection": _inflection,
    "word dropped": _dropped,
    "word replaced": _replaced,
    "flag": _flag,
    "parts swapped": _rotated,
}
KINDS = tuple(CHANGES)
