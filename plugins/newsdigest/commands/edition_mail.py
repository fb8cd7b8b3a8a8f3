"""An edition as a message: HTML whose styles stand in each tag, as mail programs ask, and plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from newsdigest.commands.edition_day import Edition, Piece

# What mail programs show without breaking lines themselves.
WIDTH = 72


def as_html(edition: Edition) -> bytes:
    """A whole page of tables, without scripts, pictures or anything to fetch."""
    first = [piece.headline for piece in edition.pieces][:3]
    text = _template().render(edition=edition, site=edition.site, preview=" · ".join(first))
    return text.encode("utf-8", "replace")


@cache
def _template() -> Template:
    source = resources.files("newsdigest.commands") / "edition.html"
    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    return environment.from_string(source.read_text(encoding="utf-8"))


def as_text(edition: Edition) -> bytes:
    """Lines of at most 72 signs, addresses apart: these stand alone, whole, to be followed."""
    site = edition.site
    lines = [site.name, "", *_wrapped(edition.title), "=" * min(len(edition.title), WIDTH)]
    for section in edition.sections:
        if section.title:
            lines += ["", "", *_wrapped(section.title.upper()), "-" * len(section.title)]
        for piece in section.pieces:
            lines += ["", *_piece(piece)]
    lines += ["", "-- ", site.name, edition.page]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _piece(piece: Piece) -> Iterator[str]:
    title = f"{piece.kicker} | {piece.headline}" if piece.kicker else piece.headline
    yield from _wrapped(title, "* ", "  ")
    for text in (piece.dek, piece.meta):
        if text:
            yield from _wrapped(text, "  ", "  ")
    yield f"  {piece.url}"


def _wrapped(text: str, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
