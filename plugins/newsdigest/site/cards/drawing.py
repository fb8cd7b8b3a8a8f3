"""A social card's bytes: a PNG of fifteen colours, the same wherever the same Pillow draws it.

It carries its words as text beside the picture, a paragraph each. So who looks for what a file says (`site/leaks.py`)
reads what is to be seen in it. And it carries the key of all that it was drawn from: one that stands in the
site and has it is the one that would be drawn, and is not drawn again (`is_drawn_from`).
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image, ImageChops, ImageDraw, PngImagePlugin
from PIL import __version__ as pillow

from newsdigest.base.fingerprint import digest
from newsdigest.base.records import Site
from newsdigest.site.cards.lettering import Letter, Lettering, Sized, lettering
from newsdigest.site.cards.look import Look, told_by
from newsdigest.site.cards.said import Said
from newsdigest.site.cards.which import HEIGHT, WIDTH

# Another number draws all of them anew: written when what is below changes.
_DRAWING = "2"
_KEY = "Card"
_HEADER = 4096
# How hard zlib tries: 6 takes a millisecond more for a hundredth of the bytes.
_PACKED = 5

# In pixels of the card. At a quarter of its size, as messages show it, the smallest headline is ten pixels high.
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
_TITLES = (116, 100, 88, 78, 70, 62, 56, 50, 46, 42, 39)
_LEADS = (40, 36)
_LEADING = 1.17

# How many shades each colour of the palette has, from the paper to its own: with the paper fifteen.
_SHADES = {"ink": 6, "soft": 4, "accent": 4}


def key_of(said: Said, site: Site, look: Look) -> str:
    """What a card was drawn from, in short."""
    parts = (_DRAWING, pillow, told_by(look), site.name, urlsplit(site.url).netloc, repr(said))
    return digest("\n".join(parts).encode("utf-8", "replace"))


def is_drawn_from(data: bytes, key: str) -> bool:
    """Whether these are the bytes of the card of this key."""
    return f"{_KEY}\0{key}".encode() in data[:_HEADER]


def drawn(said: Said, site: Site, look: Look) -> bytes:
    """The card, as PNG."""
    sheet = _Sheet(look)
    if said.title == site.name and not said.kicker:
        _of_site(sheet, said, site)
    else:
        _of_page(sheet, said, site)
    words = "".join(f"<p>{escape(line)}</p>" for line in said.lines(site))
    # PNG ends a text where a zero stands, and knows no half characters.
    told = words.replace("\0", "").encode("utf-8", "replace").decode()
    return sheet.as_png(key_of(said, site, look), told)


def _numbers() -> dict[str, list[int]]:
    """For each colour, the number of the shade in the palette for each of 256 greys."""
    found, first = {}, 1
    for name, shades in _SHADES.items():
        levels = [round(grey * shades / 255) for grey in range(256)]
        found[name] = [level and first + level - 1 for level in levels]
        first += shades
    return found


_NUMBERS = _numbers()


@lru_cache(maxsize=4096)
def _inked(sized: Sized, letter: str, colour: str) -> Letter:
    """A letter in a colour, each pixel the number of a shade."""
    grey = sized.letter(letter)
    return grey._replace(picture=grey.picture.point(_NUMBERS[colour]))


class _Sheet:
    """The paper: each pixel is the number of a shade, 0 where nothing is."""

    def __init__(self, look: Look) -> None:
        self.regular, self.bold = lettering(look.regular), lettering(look.bold)
        self._look = look
        self._image = Image.new("L", (WIDTH, HEIGHT))
        self._pen = ImageDraw.Draw(self._image)

    def write(
        self, text: str, font: Lettering, size: int, left: float, base: int, colour: str = "ink"
    ) -> None:
        """A line that stands on `base`. Where two letters meet, the darker stands."""
        sized, image = font.sized(size), self._image
        for letter, place in sized.places(text):
            inked, x, y = _inked(sized, letter, colour)
            x, y = round(left) + place + x, base + y
            box = (x, y, x + inked.width, y + inked.height)
            image.paste(ImageChops.lighter(image.crop(box), inked), box)

    def rule(self, top: int, thick: int, colour: str = "ink", width: int = INNER) -> None:
        """A rule from the left margin on."""
        box = (MARGIN, top, MARGIN + width - 1, top + thick - 1)
        self._pen.rectangle(box, fill=_NUMBERS[colour][-1])

    def as_png(self, key: str, words: str) -> bytes:
        """One pixel is one of fifteen colours, half a byte."""
        palette = [*_rgb(self._look.paper)]
        for name, shades in _SHADES.items():
            paper, own = _rgb(self._look.paper), _rgb(getattr(self._look, name))
            for shade in range(1, shades + 1):
                palette += [
                    round(a + (b - a) * shade / shades) for a, b in zip(paper, own, strict=True)
                ]
        self._image.putpalette(palette)
        info = PngImagePlugin.PngInfo()
        info.add_text(_KEY, key)
        info.add_itxt("Description", words)
        file = BytesIO()
        self._image.save(file, "PNG", bits=4, compress_level=_PACKED, pnginfo=info)
        return file.getvalue()


def _of_page(sheet: _Sheet, said: Said, site: Site) -> None:
    """The site's name over a rule, then what it is about, the headline, and who signs it."""
    bold, regular = sheet.bold, sheet.regular
    size, name = _name(bold, site, (60, 52, 44, 36), INNER)
    sheet.write(name, bold, size, MARGIN, 112)
    sheet.rule(142, 5)
    sheet.rule(147, 8, "accent", 116)
    top = 178
    title = bold.writable(said.title) or bold.writable(said.instead) or name
    kicker = bold.line(bold.writable(said.kicker), 36, INNER)
    kicker = "" if kicker == title else kicker
    if kicker:
        sheet.write(kicker, bold, 36, MARGIN, top + 40, "accent")
        top += 58
    foot = regular.line(regular.writable(said.foot), 35, INNER)
    if foot:
        sheet.write(foot, regular, 35, MARGIN, HEIGHT - 48, "soft")
    bottom = HEIGHT - (116 if foot else 60)
    sizes = _TITLES[5:] if said.leads else _TITLES
    room = bottom - top if not said.leads else 140
    size, lines = bold.fitted(title, sizes, INNER, room, _LEADING)
    base = _written(sheet, lines, bold, size, top + 4)
    _leads(sheet, said, base + 34, bottom)


def _written(sheet: _Sheet, lines: list[str], font: Lettering, size: int, top: float) -> float:
    """Lines from `top` on; where the last stands."""
    base = top - size * 0.2
    for line in lines:
        base += size * _LEADING
        sheet.write(line, font, size, MARGIN, round(base))
    return base


def _leads(sheet: _Sheet, said: Said, top: float, bottom: float) -> None:
    """As many headlines as have room, two lines each at most, a thin rule before each."""
    font = sheet.regular
    for headline in filter(None, map(font.writable, said.leads)):
        size, lines = font.fitted(headline, _LEADS, INNER, 2 * _LEADS[0] * _LEADING, _LEADING)
        if top + 12 + len(lines) * size * _LEADING > bottom:
            return
        sheet.rule(round(top), 2, "soft")
        top = _written(sheet, lines, font, size, top + 12) + 26


def _of_site(sheet: _Sheet, said: Said, site: Site) -> None:
    """The site's name, large, over its line about itself."""
    bold, regular = sheet.bold, sheet.regular
    name = _mast(bold, site)
    size, lines = bold.fitted(name, (190, 160, 130, 104, 84, 64), INNER, 260, 1.1)
    height = len(lines) * size * 1.1
    base = 330 - height
    for line in lines:
        base += size * 1.1
        sheet.write(line, bold, size, (WIDTH - bold.width(line, size)) / 2, round(base))
    sheet.rule(372, 6)
    sheet.rule(378, 10, "accent", 140)
    size, lines = regular.fitted(
        regular.writable(said.foot), (46, 40, 36), INNER, 46 * 3 * 1.25, 1.25
    )
    base = 400.0
    for line in lines:
        base += size * 1.25
        left = (WIDTH - regular.width(line, size)) / 2
        sheet.write(line, regular, size, left, round(base), "soft")


def _mast(font: Lettering, site: Site) -> str:
    """What the site is called: its host, where its name is in other letters than the font's."""
    return font.writable(site.name) or urlsplit(site.url).netloc


def _name(font: Lettering, site: Site, sizes: tuple[int, ...], width: int) -> tuple[int, str]:
    """The site's name in one line."""
    text = _mast(font, site)
    size = next((size for size in sizes if font.width(text, size) <= width), sizes[-1])
    return size, font.line(text, size, width)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
