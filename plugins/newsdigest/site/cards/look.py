"""The colours and fonts of social cards: ours, or those that a theme names in its `lefil.toml`.

[card]
paper = "#fffefb"
accent = "#9a1b1e"
regular = "fonts/Theirs-Regular.ttf"
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from PIL import ImageFont

from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest

DECLARATION = "lefil.toml"
_FONTS = Path(__file__).parent / "fonts"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Look(Struct, frozen=True):
    """Colours as `#rrggbb`, fonts as files."""

    paper: str = "#fffefb"
    ink: str = "#1b1a17"
    soft: str = "#57534a"
    accent: str = "#9a1b1e"
    regular: str = str(_FONTS / "Gelasio-Regular.ttf")
    bold: str = str(_FONTS / "Gelasio-Bold.ttf")


_COLOURS = ("paper", "ink", "soft", "accent")
_FONT_FILES = ("regular", "bold")


@cache
def card_look(theme: Path) -> Look:
    """What the theme says of cards. Raises BuildError where it cannot be used."""
    file = theme / DECLARATION
    if not file.is_file():
        return Look()
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8")).get("card", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(file, str(error)) from error
    if not isinstance(told, dict):
        raise _fault(file, "card")
    found: dict[str, str] = {}
    for name, value in sorted(told.items()):
        found[name] = _colour(file, name, value) if name in _COLOURS else _font(file, name, value)
    return Look(**found)


def _colour(file: Path, name: str, value: Any) -> str:
    if not (isinstance(value, str) and _COLOUR.fullmatch(value)):
        raise _fault(file, f"card.{name} = {value!r}")
    return value.lower()


def _font(file: Path, name: str, value: Any) -> str:
    if name not in _FONT_FILES or not isinstance(value, str):
        raise _fault(file, f"card.{name} = {value!r}")
    font = file.parent / value
    try:
        ImageFont.truetype(str(font), 20)
    except OSError as error:
        raise _fault(file, f"card.{name} = {value!r}, {error}") from error
    return str(font)


def _fault(file: Path, reason: str) -> BuildError:
    return BuildError(
        _("{file} says nothing usable of social cards: {reason}."),
        _(
            'Under [card] may stand paper, ink, soft and accent, as "#9a1b1e", regular and bold, font files of'
            " the theme's folder. Correct it, or take it out."
        ),
        file=str(file),
        reason=reason.rstrip("."),
    )


@cache
def told_by(look: Look) -> str:
    """What a card depends on besides its words: the colours, and what is in the fonts."""
    fonts = [digest(Path(font).read_bytes()) for font in (look.regular, look.bold)]
    return " ".join((look.paper, look.ink, look.soft, look.accent, *fonts))
