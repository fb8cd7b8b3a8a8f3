"""Annotated copy in the manner of a news agency, written by rule: what Wikinews has none of to train on.

    python -m benchmarks.wire 500 [--part held-out] > wire.jsonl

Vietnamese news in French: datelines, offices with their holders, provinces, Party and State bodies,
ministries, companies with their acronyms, Vietnamese names with all their signs, some or none, and
in their three orders. `data/wire.toml` holds the sentences and lists; people, companies, villages and
facts are invented. Each sentence pattern, list item and invented name belongs to one of two parts,
"train" or "held-out", so that what is learnt from one is measured on other patterns and names.

Documents are `{"id", "text", "spans"}` as `train.py` and `entities.py` read them; the n-th document of
a part is the same on every machine.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.text.known_names import name_lines

Part = Literal["train", "held-out"]
Document = dict[str, Any]

LISTS = Path(__file__).parent / "data" / "wire.toml"
# Of a hundred patterns, items and names, so many are held out.
HELD_OUT = 25
# Shorter lists serve both parts.
SHORTEST_PARTED = 8

_SLOT = re.compile(r"<([^<>]+)>")
_GENDERS = frozenset("mfpn")
_VOWEL = re.compile(
    r"[aeiouyâàáạảãăắằấầậéèêëîïôöœûùúáíóấếềễệốồộớờợưứừỳýAEIOUÂÀÁẠĂÉÈÊËÎÏÔÖŒÛÙÚÁÍÓẤẾỐỨ]"
)
_SILENT_H = (
    "Hôpital",
    "Homme",
    "Histoire",
    "histoire",
    "hydrologie",
    "Hydrologie",
    "hôpital",
    "horticulture",
)
_ARTICLES = {
    "le": {"m": "le ", "f": "la ", "p": "les ", "n": "", "l": "l'"},
    "du": {"m": "du ", "f": "de la ", "p": "des ", "n": "de ", "l": "de l'", "d": "d'"},
    "au": {"m": "au ", "f": "à la ", "p": "aux ", "n": "à ", "l": "à l'"},
    "en": {"m": "au ", "f": "en ", "p": "aux ", "n": "à ", "l": "en "},
}
_ARTICLES["de"], _ARTICLES["la"] = _ARTICLES["du"], _ARTICLES["le"]

_FAMILIES = str.split("""Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô
Dương Lý Đinh Đoàn Lâm Mai Trịnh Đào Tạ Cao Hà Lương Tô Thái Lưu Triệu Vương Châu Quách Kiều La Khổng Mạc Nghiêm Phùng
Tống Từ Ung Viên Ông Âu Bạch Cù Doãn Đàm Giang Khúc Lục Ninh Nông Phí Quan Thạch Tôn Trương Văn""")
_MIDDLES = str.split("""Văn Văn Thị Thị Đức Minh Quang Hữu Ngọc Thu Thanh Xuân Kim Quốc Gia Bảo Công Đình Hồng Mạnh Như
Phương Tấn Thành Thế Tiến Trọng Trung Tuấn Việt Vĩnh Anh Duy Hải Hoài Khánh Mỹ Nhật Phúc Sỹ Thùy Viết Xuân Bá Cẩm Diệu""")
_GIVEN = str.split("""An Anh Ánh Bách Bảo Bình Bích Cẩm Châu Chi Chiến Cường Dũng Duy Duyên Đạt Điền Đông Đức Dung Giang Giáp
Hà Hải Hạnh Hào Hằng Hậu Hiền Hiếu Hiệp Hoa Hòa Hoài Hoàn Hồng Huệ Hùng Hưng Hương Huy Huyền Khánh Khoa Khôi Kiên Lan Lâm Lân
Lệ Linh Loan Lộc Lợi Long Ly Mạnh Mai Mẫn Minh My Nam Nga Ngân Nghĩa Ngọc Nguyên Nhàn Nhân Nhi Nhung Oanh Phát Phong Phú
Phúc Phụng Phương Quân Quang Quế Quý Quyên Quyết Quỳnh Sơn Sương Tài Tâm Tân Thắm Thắng Thanh Thành Thảo Thi Thiện Thịnh
Thơ Thoa Thọ Thu Thuận Thúy Thùy Thư Tiên Tiến Tín Tình Toàn Trà Trâm Trang Trí Trinh Trúc Trung Trường Tú Tuấn Tuệ Tùng
Tường Tuyết Uyên Vân Vi Việt Vinh Vĩnh Vũ Vượng Vy Xuân Xuyến Yên Yến""")
_HIGHLANDERS = str.split("""Giàng Sùng Vàng Thào Lầu Mùa Hạng Lò Quàng Cầm Tòng Hà Bàn Đặng Triệu Lù Ly Ma Nông Chang Y Y H'
Ksor Rơ Siu Kpă Rah A Blúp Đinh Hồ Kray Thạch Sơn Kim Danh""")
_HIGHLAND_GIVEN = str.split("""Thị A Seo Mí Y Văn Thào Mẩy Pao Dế Súng Po Chứ Dua Páo Sinh Niê Bya Knul Êban Mlô H'Mok
Phước Rương Ưng Khăm Pợp Lành May Dợ Vừ Chía Lử Sua Phềnh Nếnh Mỷ Say Cú Thanh Bhling Zơrâm Pênh""")
_PLACE_SYLLABLES = str.split("""An Bình Phú Tân Long Hòa Thạnh Mỹ Lộc Phước Thành Vĩnh Đông Tây Bắc Nam Trung Hưng Yên Thái Sơn
Hải Giang Hà Lâm Kim Ngọc Thanh Xuân Quang Minh Thọ Đức Trà Vân Châu Bảo Cẩm Diên Điền Đồng Gia Hậu Hiệp Khánh Kiên Lai Lang
Liên Lương Lý Nghĩa Nhơn Ninh Ô Phong Quế Quỳnh Sa Thủy Thượng Tiên Tịnh Triệu Trực Tuy Vụ Xá Xuyên Ea Krông Kông Chư Đắk Pa
Mường Nậm Tả Sìn Pác Bản Lũng Cú Mèo Vạc Hang Thới Cái Rạch Cù Lao Gò Đầm Hội Giao Bố Trạch Cam Lệ Dương Kỳ Anh Tam Đảo""")
_COINED = (
    str.split("""Al Ban Bel Bri Cal Cor Dal Dar El En Fal Fer Gal Gro Hal Har In Jol Kal Ker Lum Mar Mor Nor Nov Or Pel
    Quin Riv Sal Sol Tal Tri Ul Val Ver Wes Xan Yor Zen Bright Clear North Silver Ever"""),
    str.split("""ba be bi co da de di fa ga go la le li lo ma mi mo na ni no pa ra re ri ro sa si ta te ti va ve vi well
    gate field stone mark"""),
    str.split(
        """dis ex ia is ium lan lis lux mar mer nor on or os ra ris rix ro tis ton va vis x yx zia"""
    ),
)
_ENDINGS = str.split("""berg ski sen sson ov ova ović ini etti ard eau ez es oglu ian dze escu mann son kar wala nen
ka sky as is aud in ot ier elli ari aga moto yama hara""")
_STARTS = str.split("""Al Bar Ber Bor Cas Dem Dor Fal Fer Gar Gro Hal Hol Ivan Jan Kar Kor Lan Lem Mar Mol Nor Or Pal Per
Pet Rad Ros Sal San Sor Stan Tam Tol Var Vel Vol Wal Yam Zar Zim""")


class Lists(NamedTuple):
    """What one part may use: names by kind ((gender, pattern), each with its type), words, patterns."""

    types: dict[str, str]
    names: dict[str, list[tuple[str, str]]]
    words: dict[str, list[tuple[str, str]]]
    sentences: dict[str, list[str]]


def documents(count: int, part: Part) -> Iterator[Document]:
    """The first `count` articles of a part."""
    lists = lists_of(part)
    for number in range(count):
        yield _Article(random.Random(f"{part} {number}"), part, lists).written(
            f"wire-{part}-{number}"
        )


@cache
def lists_of(part: Part) -> Lists:
    found = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    return Lists(
        {kind: entry["type"] for kind, entry in found["names"].items()},
        {
            kind: [_gendered(line) for line in _of_part(entry["of"].split("\n"), part)]
            for kind, entry in found["names"].items()
        },
        {kind: _words(text, part) for kind, text in found["words"].items()},
        {
            kind: _of_part(text.split("|" if kind == "dateline" else "\n"), part)
            for kind, text in found["sentences"].items()
        },
    )


def _gendered(line: str) -> tuple[str, str]:
    gender, _, text = line.partition("|")
    return gender, text


def _words(text: str, part: Part) -> list[tuple[str, str]]:
    items = text.replace("\n", "|").split("|")
    if items[0] in _GENDERS:
        pairs = [f"{gender}|{word}" for gender, word in zip(items[::2], items[1::2], strict=True)]
        return [_gendered(pair) for pair in _of_part(pairs, part)]
    return [("", item) for item in _of_part(items, part)]


def _of_part(items: list[str], part: Part) -> list[str]:
    if len(items) < SHORTEST_PARTED:
        return items
    return [item for item in items if _belongs(item, part)]


def _belongs(text: str, part: Part) -> bool:
    return (zlib.crc32(text.encode()) % 100 < HELD_OUT) == (part == "held-out")


# -- signs and articles ----------------------------------------------------------------------------


def in_signs(name: str, signs: str) -> str:
    """A Vietnamese name with all its signs, as the wire writes it (circumflexes, no tones) or bare."""
    if signs == "all":
        return name
    kept = "\u0302" if signs == "some" else ""
    if kept and zlib.crc32(name.encode()) % 3 == 0:
        # "Dà Nang", "Vung Tàu": a lone grave accent is French.
        kept += "\u0300"
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = letters.replace("\u0302\u0300", "\u0302")
    return unicodedata.normalize(
        "NFC", "".join(c for c in letters if not unicodedata.combining(c) or c in kept)
    )


def _opens_with_a_vowel(text: str) -> bool:
    return bool(_VOWEL.match(text)) or text.startswith(_SILENT_H)


def with_article(article: str, gender: str, name: str) -> str:
    """What stands before a name: "de la ", "d'"; nothing for "le" before one that has no article."""
    forms = _ARTICLES[article]
    gender = gender or ("f" if article == "la" else "m")
    if _opens_with_a_vowel(name):
        if gender == "m" or (gender == "f" and article != "en"):
            gender = "l"
        elif gender == "n" and article in ("du", "de"):
            gender = "d"
    return forms[gender]


# -- one article -----------------------------------------------------------------------------------


class _Person(NamedTuple):
    full: str
    short: str
    woman: bool


class _Article:
    """Text written so far, with its spans, and who has been named in it."""

    def __init__(self, draw: random.Random, part: Part, lists: Lists) -> None:
        self.draw, self.part, self.lists = draw, part, lists
        self.signs = draw.choices(("some", "all", "none"), (55, 25, 20))[0]
        self.text = ""
        self.spans: list[tuple[int, int, str]] = []
        self.people: list[_Person] = []
        self.acronym, self.acronym_gender = "", "f"
        self.last_name, self.last_gender = "", "f"
        # How deep inside a name: its parts are no names of their own.
        self.depth = 0

    def written(self, id_: str) -> Document:
        sentences, draw = self.lists.sentences, self.draw
        self._write(draw.choice(sentences["headline"]))
        for number in range(draw.randint(2, 3)):
            self.text += "\n"
            if number == 0:
                self._write(draw.choice(sentences["dateline"]))
            for at, pattern in enumerate(draw.sample(sentences["body"], draw.randint(2, 4))):
                self.text += " " if at else ""
                self._write(pattern)
        return {"id": id_, "text": self.text, "spans": [list(span) for span in self.spans]}

    def _write(self, pattern: str) -> None:
        at = 0
        for slot in _SLOT.finditer(pattern):
            self.text += pattern[at : slot.start()]
            self._fill(slot.group(1), pattern[slot.start() - 1 : slot.start()] == "(")
            at = slot.end()
        self.text += pattern[at:]

    def _fill(self, slot: str, bracketed: bool) -> None:
        article, _, kind = slot.rpartition(" ")
        name = kind[0].lower() + kind[1:]
        capital = article[:1].isupper() or (
            not article and kind != name and name in self.lists.words
        )
        if kind in ("P", "Pm", "Pf", "M", "Mf", "Fm", "S"):
            self._add_person(kind)
        elif kind in _ROLES:
            self._add(
                article, "", self._choice(self.lists.words[_ROLES[kind]])[1], "", kind[0].isupper()
            )
        elif name == "acro":
            self._add_acronym(article, bracketed)
        elif name in _MADE:
            type_, make = _MADE[name]
            self._add(article, "n", make(self), type_, capital)
        elif name in self.lists.names:
            gender, pattern = self._choice(self.lists.names[name])
            self._add(article, gender, pattern, self.lists.types[name], capital)
        else:
            gender, pattern = self._choice(self.lists.words[name])
            self._add(article, gender, pattern, "", capital)

    def _choice(self, items: list[tuple[str, str]]) -> tuple[str, str]:
        return self.draw.choice(items)

    def _add(self, article: str, gender: str, pattern: str, type_: str, capital: bool) -> None:
        """Writes a name or words with their article; what a name is made of is part of it."""
        before, start = self.text, len(self.text)
        self.text = ""
        self.depth += bool(type_)
        spans, self.spans = self.spans, []
        self._write(pattern)
        name, inner = self._signed(self.text, gender, type_), self.spans
        self.depth -= bool(type_)
        lead = with_article(article.lower(), gender, name) if article else ""
        if before.endswith(" de ") and not lead and gender in "n" and _opens_with_a_vowel(name):
            before, start = before[:-2] + "'", start - 1
            before = before[:-2] + "d'" if before.endswith("d'") else before
        if capital:
            lead, name = (
                (lead[:1].upper() + lead[1:], name) if lead else ("", name[:1].upper() + name[1:])
            )
        start = len(before) + len(lead)
        self.text = before + lead + name
        self.spans = spans
        if type_ and not self.depth:
            self.spans.append((start, start + len(name), type_))
            self.last_name, self.last_gender = name, gender
        elif not type_:
            self.spans += [(start + s, start + e, kind) for s, e, kind in inner]

    def _signed(self, name: str, gender: str, type_: str) -> str:
        """Places whose names have Vietnamese signs are written like all of the article."""
        return in_signs(name, self.signs) if gender == "n" and type_ == "LOC" else name

    # -- who and what --

    def _add_person(self, kind: str) -> None:
        woman = {"Pm": False, "Fm": False, "Pf": True, "Mf": True}.get(
            kind, self.draw.random() < 0.4
        )
        known = [p for p in self.people if kind in "MS" or p.woman == woman]
        if kind in ("P", "Pm", "Pf") or not known:
            person = self._new_person(woman)
            self.people.append(person)
            text = person.full
            if kind in ("M", "Mf"):
                self.text += "Mme " if woman else "M. "
        else:
            person = self.draw.choice(known)
            text = person.short
            if kind in ("M", "Mf"):
                self.text += "Mme " if person.woman else "M. "
        if self.text.endswith(" de ") and _opens_with_a_vowel(text):
            self.text = self.text[:-3] + "d'"
        self.spans.append((len(self.text), len(self.text) + len(text), "PER"))
        self.text += text

    def _new_person(self, woman: bool) -> _Person:
        while True:
            vietnamese = self.draw.random() < 0.72
            person = self._vietnamese(woman) if vietnamese else self._foreigner(woman)
            if _belongs(person.full, self.part):
                return person

    def _vietnamese(self, woman: bool) -> _Person:
        draw = self.draw
        if draw.random() < 0.1:
            family, given = draw.choice(_HIGHLANDERS), draw.choice(_HIGHLAND_GIVEN)
            middle = draw.choice(_HIGHLAND_GIVEN) if draw.random() < 0.6 else ""
            full = f"{family} {middle} {given}".replace("  ", " ").replace("H' ", "H'")
            return _Person(in_signs(full, self.signs), in_signs(given, self.signs), woman)
        family, given = draw.choice(_FAMILIES), draw.choice(_GIVEN)
        middles = [draw.choice(_MIDDLES) for _ in range(draw.choices((0, 1, 2), (15, 60, 25))[0])]
        order = draw.random()
        names = [family, *middles, given]
        if order < 0.1:
            # As on a passport or a shirt: given name first.
            names = [*middles[-1:], given, family] if order < 0.06 else [given, family]
        elif order < 0.14:
            return _Person(
                f"{self._first_name()} {in_signs(family, 'none')}", in_signs(family, "none"), woman
            )
        return _Person(in_signs(" ".join(names), self.signs), in_signs(given, self.signs), woman)

    def _foreigner(self, woman: bool) -> _Person:
        family = self._surname()
        if self.draw.random() < 0.12:
            family += "-" + self._surname()
        if self.draw.random() < 0.08:
            family = self.draw.choice(("de ", "van ", "al-", "El ", "Ben ", "von ")) + family
        return _Person(f"{self._first_name()} {family}", family, woman)

    def _first_name(self) -> str:
        return self.draw.choice(_first_names())

    def _surname(self) -> str:
        if self.draw.random() < 0.5:
            return self.draw.choice(_surnames())
        return (
            self.draw.choice(_STARTS)
            + self.draw.choice(_COINED[1][:30])
            + self.draw.choice(_ENDINGS)
        )

    def _add_acronym(self, article: str, bracketed: bool) -> None:
        if bracketed:
            self.acronym, self.acronym_gender = self._acronym_of(self.last_name), self.last_gender
        elif not self.acronym:
            self.acronym, self.acronym_gender = self._initials(), self.draw.choice("mf")
        self._add(
            article,
            self.acronym_gender if article else "n",
            self.acronym,
            "ORG",
            article[:1].isupper(),
        )

    def _acronym_of(self, name: str) -> str:
        """Its initials; or, as often, those of a name in another language."""
        letters = [
            word.rpartition("'")[2][:1].upper()
            for word in name.split()
            if word.rpartition("'")[2].lower()
            not in ("de", "la", "du", "des", "et", "pour", "le", "les")
        ]
        own = in_signs("".join(letters), "none").replace("Œ", "O")[:6]
        if self.draw.random() < 0.5 and len(own) > 1 and own.isalpha():
            return own
        if self.draw.random() < 0.25:
            return (
                "Vi"
                + self.draw.choice(_COINED[1][:30])
                + self.draw.choice(("fa", "tex", "co", "ex", "pa", "com"))
            )
        return self._initials()

    def _initials(self) -> str:
        size = self.draw.choices((3, 4, 5), (60, 30, 10))[0]
        return "".join(self.draw.choices("ABCDEFGHIKLMNOPRSTUV", k=size))

    def _place(self) -> str:
        while True:
            if self.draw.random() < 0.85:
                syllables = self.draw.choices(_PLACE_SYLLABLES, k=2)
                name = in_signs(" ".join(syllables), self.signs)
            else:
                name = self._coin() + self.draw.choice(("ville", "bourg", "", " Bay", "stad", "ac"))
            if _belongs(name, self.part):
                return name

    def _city(self) -> str:
        return self.draw.choice(_cities(self.part))

    def _coin(self) -> str:
        while True:
            name = "".join(map(self.draw.choice, _COINED[: 1 + self.draw.randint(1, 2)]))
            if len(name) > 4 and _belongs(name, self.part):
                return name

    def _number(self) -> str:
        return str(self.draw.randint(1, 30))


_ROLES = {"Rh": "roleh", "rh": "roleh", "Rf": "rolef", "rf": "rolef"}
# Names made on the spot, and what they are where they stand alone.
_MADE: dict[str, tuple[str, Callable[[_Article], str]]] = {
    "toponyme": ("LOC", _Article._place),
    "cite": ("LOC", _Article._city),
    "coine": ("", _Article._coin),
    "evt": ("EVENT", _Article._coin),
    "sigle": ("ORG", _Article._initials),
    "nombre": ("", _Article._number),
    "nom": ("", _Article._surname),
    "prenom": ("", _Article._first_name),
    "vietnamien": ("", lambda article: article._vietnamese(False).full),
}


@cache
def _first_names() -> list[str]:
    return [name for name in name_lines("given_names_list.txt") if name.isalpha() and len(name) > 3]


@cache
def _surnames() -> list[str]:
    names = name_lines("family_names_list.txt")
    return [name for name in names if name.isalpha() and len(name) > 3 and name[1:].islower()]


@cache
def _cities(part: Part) -> list[str]:
    common = load_gazetteer().common_words
    names = [n for n in name_lines("cities.txt") if 3 < len(n) < 14 and n.lower() not in common]
    return [name for name in names if _belongs(name, part)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--part", choices=("train", "held-out"), default="train")
    options = parser.parse_args()
    for document in documents(options.count, options.part):
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
