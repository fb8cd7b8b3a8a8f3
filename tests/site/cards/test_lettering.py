"""What a font can write, and how lines fill."""

from __future__ import annotations

import struct
import weakref
from pathlib import Path

import newsdigest.site.cards
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdigest.site.cards.lettering import Lettering
from newsdigest.site.cards.look import Look
from PIL import Image, ImageChops, ImageDraw, ImageFont

FONTS = sorted((Path(newsdigest.site.cards.__file__).parent / "fonts").glob("*.ttf"))
BOLD = Lettering(Look().bold)
# Every letter that Vietnamese puts on top of those of Latin-1.
VIETNAMESE = "ĂăĐđĨĩŨũƠơƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
SIGNS = "«»‹›“”‘’„–—…·•°€£%‰№×−\u00a0\u202f"


def characters_of(font: Path) -> set[int]:
    """What the font's own table says it has (cmap, format 4)."""
    data = font.read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack(">II", data[at + 8 : at + 16])
        for at in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16)
    }
    cmap = data[tables[b"cmap"][0] :]
    for at in range(4, 4 + 8 * struct.unpack(">H", cmap[2:4])[0], 8):
        part = cmap[struct.unpack(">I", cmap[at + 4 : at + 8])[0] :]
        if part[:2] == b"\x00\x04":
            count = struct.unpack(">H", part[6:8])[0] // 2
            ends = struct.unpack(f">{count}H", part[14 : 14 + 2 * count])
            starts = struct.unpack(f">{count}H", part[16 + 2 * count : 16 + 4 * count])
            runs = zip(starts, ends, strict=True)
            return {code for start, end in runs for code in range(start, end + 1)} - {0xFFFF}
    raise LookupError(font)


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_the_font_has_latin_vietnamese_and_the_signs_of_typography(font: Path) -> None:
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x180))} - {"\xad", "ŉ"}
    has = characters_of(font)
    assert [sign for sign in sorted(latin | {*VIETNAMESE, *SIGNS}) if ord(sign) not in has] == []


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_what_it_is_taken_to_have_is_what_its_table_says(font: Path) -> None:
    lettering, has = Lettering(str(font)), characters_of(font)
    asked = [
        *range(0x21, 0x250),
        *range(0x370, 0x400),
        *range(0x600, 0x620),
        *range(0x1E80, 0x2120),
    ]
    seen = [code for code in asked if not chr(code).isspace() and chr(code).isprintable()]
    assert [chr(c) for c in seen if lettering.has(chr(c)) != (c in has)] == []


def test_the_fonts_are_small_and_their_licence_is_with_them() -> None:
    assert len(FONTS) == 2
    assert sum(font.stat().st_size for font in FONTS) < 200_000
    assert "SIL OPEN FONT LICENSE" in (FONTS[0].parent / "OFL.txt").read_text("utf-8").upper()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("L’économie à 3 % : « oui »", "L’économie à 3 % : « oui »"),
        ("Le prix\u00a0: 12\u202f000 €", "Le prix\u00a0: 12\u202f000 €"),
        ("Nguye\u0302\u0303n Minh Đức", "Nguyễn Minh Đức"),
        ("Gre\u0300ve \U0001f600 au port", "Grève au port"),
        ("\u202eTout\u2069 \u200bva\x00 bien\ufeff", "Tout va bien"),
        ("La ﬁn du conﬂit ＡＢＣ", "La fin du conflit ABC"),
        ("Ǹgozi à Lagos", "Ngozi à Lagos"),
        (
            "Xi Jinping (习近平) reçoit le président à Pékin",
            "Xi Jinping reçoit le président à Pékin",
        ),
        ("  deux \n lignes\t", "deux lignes"),
        ("", ""),
        ("\U0001f600 \u202e", ""),
        ("الرئيس يزور باريس", ""),
        ("习近平访问巴黎", ""),
        ("Москва и Париж", ""),
        ("Си Цзиньпин à Paris", ""),
        ("नई दिल्ली", ""),
    ],
)
def test_a_text_is_written_in_the_letters_there_are_or_not_at_all(text: str, written: str) -> None:
    assert BOLD.writable(text) == written


def test_a_font_that_has_glyphs_for_them_writes_no_controls_and_no_marks_by_themselves() -> None:
    """Marks would stand beside their letters, and overrides turn the text around."""
    rich = Lettering(Look().bold)
    rich.has = lambda sign: True  # type: ignore[assignment]
    assert rich.writable("\u202eGre\u0300ve\u200e du x\u0302\xad port") == "Grève du x port"


def test_lines_are_no_wider_than_they_may_be_and_about_as_long_as_each_other() -> None:
    text = "La dernière rencontre entre Poutine et Witkoff à Moscou a été constructive et franche"
    lines = BOLD.lines(text, 60, 900)
    widths = [BOLD.width(line, 60) for line in lines]
    assert " ".join(lines) == text
    assert max(widths) <= 900
    assert min(widths) > max(widths) / 2


def test_what_belongs_together_stays_on_a_line() -> None:
    lines = BOLD.lines("Le ministre répond « non\u00a0» : la taxe de 3\u00a0% restera", 60, 500)
    assert any("non\u00a0»" in line for line in lines)
    assert any("3\u00a0%" in line for line in lines)


def test_a_word_of_two_hundred_letters_breaks_where_the_line_ends() -> None:
    word = "Anticonstitutionnellement" * 8
    lines = BOLD.lines(word, 40, 800)
    assert "".join(lines) == word
    assert all(BOLD.width(line, 40) <= 800 for line in lines)


def test_a_text_has_the_largest_size_that_it_has_room_in() -> None:
    short, _lines = BOLD.fitted("Monde", (100, 60, 40), 1000, 300, 1.2)
    long, lines = BOLD.fitted("La récolte de safran " * 12, (100, 60, 40), 1000, 300, 1.2)
    assert (short, long) == (100, 40)
    assert len(lines) * 40 * 1.2 <= 300


def test_what_has_no_room_in_the_smallest_is_cut_at_a_word() -> None:
    text = "La récolte de safran des collines de Lorvat " * 12
    size, lines = BOLD.fitted(text, (60, 40), 1000, 200, 1.2)
    assert (size, len(lines)) == (40, 4)
    said = " ".join(lines)
    assert said.endswith("…")
    assert text.startswith(said[:-1])
    assert text[len(said) - 1] == " "
    assert all(BOLD.width(line, 40) <= 1000 for line in lines)


@given(st.text(max_size=120), st.sampled_from([90, 400, 1000]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_the_font_has_and_the_sheet_has_room_for(text: str, width: int) -> None:
    written = BOLD.writable(text)
    assert [sign for sign in written if not BOLD.has(sign)] == []
    size, lines = BOLD.fitted(written, (60, 30), width, 200, 1.2)
    assert len(lines) * size * 1.2 <= 200
    # One letter may be as wide as it is.
    assert [line for line in lines if len(line) > 1 and BOLD.width(line, size) > width] == []


def test_a_font_that_nobody_holds_any_more_is_given_back_at_once() -> None:
    font = Lettering(Look().regular)
    font.writable("Un été à Genève")
    gone = weakref.ref(font)
    del font
    assert gone() is None


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
@pytest.mark.parametrize("size", [35, 39, 62, 116])
def test_a_text_of_single_letters_is_as_wide_and_stands_as_one_that_is_drawn_whole(
    font: Path, size: int
) -> None:
    text = "À Genève, l’accord du fjord\u00a0: Việt Nam 1,6\u00a0% «\u00a0Yo\u00a0»"
    whole = ImageFont.truetype(str(font), size, layout_engine=ImageFont.Layout.BASIC)
    sized = Lettering(str(font)).sized(size)
    assert sized.width(text) == whole.getlength(text)
    sheet, drawn = Image.new("L", (3600, 200)), Image.new("L", (3600, 200))
    ImageDraw.Draw(drawn).text((20, 140), text, font=whole, fill=255, anchor="ls")
    for letter, place in sized.places(text):
        picture, left, top = sized.letter(letter)
        box = (20 + place + left, 140 + top)
        corner = (box[0] + picture.width, box[1] + picture.height)
        sheet.paste(ImageChops.lighter(sheet.crop((*box, *corner)), picture), box)
    # Where two letters touch, Pillow adds them up.
    differ = ImageChops.difference(sheet, drawn).point(lambda grey: grey > 60 and 255)
    assert differ.getbbox() is None
