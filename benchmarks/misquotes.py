"""The ways a `>>` line departs from the headline it cites, for `benchmarks.links` and `twins`.

A change takes a headline and a source of chance, and gives the line, or None where it does not apply.
`CHANGES`: misquotations. `HUNG`: what pages hang around a headline. `SAME`: two spellings of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from newsdigest.text.headline_key import headline_key

Change = Callable[[str, Random], "str | None"]

_FUNCTION = str.split(
    "le la les un une des de du d' l' à au aux en dans sur par et avec son sa ses leur"
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


# -- what pages hang around a headline -----------------------------------------------------------

_AGENCIES = ("AFP", "Reuters", "AP", "Xinhua", "TTXVN", "VNA", "Belga", "ATS", "EFE", "Kyodo")
_SITES = (
    *("Le Courrier du Vietnam", "VietnamPlus", "Le Monde", "RFI", "Ouest-France", "Vietnam News"),
    *("Báo Nhân Dân", "La Gazette de Sarmel", "Le Courrier …", "Le Courrier du V…", "BBC News"),
)
_INVITATIONS = (
    *("LIRE AUSSI", "À lire aussi", "Lire également", "Voir aussi", "À lire", "READ ALSO"),
    *("Read more", "See also", "RELATED", "XEM THÊM", "Đọc thêm", "Bài liên quan"),
    *("Sur le même sujet", "Tin liên quan"),
)
_SUITES = (
    *("Voir plus", "Lire la suite", "Lire plus", "En savoir plus", "Read more", "See more", "more"),
    *("Xem thêm", "Xem tiếp", "Đọc tiếp", "Suite"),
)
_DATES = (
    *("(12/05/2026)", "(12 mai)", "[12.05.2026]", "(mardi 12 mai 2026)", "(le 12 mai à 18h30)"),
    *("(May 12, 2026)", "(ngày 12/5/2026)", "- 12/05/2026", "| 12 mai 2026", "(12/05 18:30)"),
)
_UPDATES = (
    *("MAJ 18h30 - ", "MAJ 9h – ", "[MAJ à 18h30] ", "Mise à jour 18h30 : ", "(MAJ 12/05 à 9h15) "),
    *("Mis à jour à 18h30 - ", "UPDATE 2 - ", "UPDATED 6:30 pm - ", "Cập nhật 18h30: ", "18h30 - "),
)


def _agency(text: str, draw: Random) -> str:
    shape = draw.choice(("{} ({})", "{} [{}]", "{} - {}", "{} (avec {})", "({1}) {0}", "{1} - {0}"))
    return shape.format(text, draw.choice(_AGENCIES))


def _site(text: str, draw: Random) -> str:
    return text + draw.choice((" | ", " - ", " – ")) + draw.choice(_SITES)


def _invitation(text: str, draw: Random) -> str:
    return draw.choice(_INVITATIONS) + draw.choice((" – ", " : ", " - ", ": ", " | ")) + text


def _suite(text: str, draw: Random) -> str:
    shape = draw.choice(("{} ({})", "{} [{}]", "{} » {}", "{} > {}", "{} ({}…)"))
    return shape.format(text, draw.choice(_SUITES))


def _date(text: str, draw: Random) -> str:
    dated = draw.choice(_DATES)
    return f"{dated} {text}" if dated[0] in "([" and draw.random() < 0.3 else f"{text} {dated}"


def _update(text: str, draw: Random) -> str:
    update = draw.choice(_UPDATES)
    if update[0] not in "([1" and draw.random() < 0.3:
        return f"{text} ({update.rstrip(' -–:')})"
    return update + text


def _several(text: str, draw: Random) -> str:
    first, last = draw.choice((_invitation, _update)), draw.choice((_agency, _site, _date, _suite))
    return first(last(text, draw), draw)


HUNG: dict[str, Change] = {
    "agency": _agency,
    "site": _site,
    "read also": _invitation,
    "read more": _suite,
    "date": _date,
    "updated at": _update,
    "two of these": _several,
}

# -- two spellings of one thing --------------------------------------------------------------------

_WORDS_OF_NUMBERS = str.split(
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_ROMAN = str.split("II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI")


def _number_word(text: str, draw: Random) -> str | None:
    def spelled(match: re.Match[str]) -> str:
        return _WORDS_OF_NUMBERS[int(match[0]) - 2]

    changed = re.sub(r"(?<![\d.,°-])(?:[2-9]|1[0-6])(?= [a-zé])", spelled, text)
    return changed[:1].upper() + changed[1:] if changed != text else None


def _roman(text: str, draw: Random) -> str | None:
    for at, roman in enumerate(_ROMAN, 2):
        for ending in ("e", "ème", "ᵉ"):
            if re.search(rf"\b{roman}{ending}\b", text):
                arabic = f"{at}{draw.choice(('e', 'ème', 'ᵉ'))}"
                return re.sub(rf"\b{roman}{ending}\b", arabic, text)
    return None


def _numero(text: str, draw: Random) -> str | None:
    shapes = ("N°{}", "n° {}", "No{}", "no {}", "No. {}", "numéro {}", "№{}", "Nº{}")
    changed = re.sub(r"\bn° ?(\d+)", lambda m: draw.choice(shapes).format(m[1]), text)
    return changed if changed != text else None


def _civility(text: str, draw: Random) -> str | None:
    named = re.search(r"\bM(?:me|\.) (?=[A-ZÀ-Ý])", text)
    if named is None:
        return None
    spelled = "Madame " if named[0] == "Mme " else "Monsieur "
    changed = text[: named.start()] + draw.choice(("", spelled)) + text[named.end() :]
    return changed[:1].upper() + changed[1:]


SAME: dict[str, Change] = {
    "number in words": _number_word,
    "Roman ordinal": _roman,
    "n°": _numero,
    "Mme X": _civility,
}
