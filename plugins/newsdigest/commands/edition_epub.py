"""An edition as an EPUB: the day's articles whole, a chapter each, under their sections.

EbookLib writes the book. It stamps the archive's files with the clock: they are packed again, with
the time of nothing, so that the same day gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import Any

from ebooklib import epub
from markupsafe import Markup, escape

from newsdigest.base.addresses import tag_uri
from newsdigest.commands.edition_day import Edition, Piece
from newsdigest.site.feed_bytes import clean

# The earliest moment a zip archive can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_STYLE = """body { font-family: serif; line-height: 1.5; margin: 5%; }
h1 { font-size: 1.4em; line-height: 1.25; }
h2 { font-size: 1.1em; }
.kicker, .meta, figcaption { font-size: 0.85em; color: #555; }
table { border-collapse: collapse; }
td, th { border: 1px solid #999; padding: 0.2em 0.5em; text-align: left; }
"""


def as_epub(edition: Edition) -> bytes:
    """An EPUB 3, with the table of contents that older readers know too."""
    book = epub.EpubBook()
    site = edition.site
    book.set_identifier(tag_uri(site.feed_id_authority, f"edition:{edition.day}"))
    book.set_title(clean(f"{site.name} – {edition.title}"))
    book.set_language(site.lang)
    book.add_author(clean(site.name))
    book.add_metadata("DC", "date", edition.day)
    book.add_metadata("DC", "source", edition.page)
    style = epub.EpubItem("style", "style.css", "text/css", _STYLE.encode())
    book.add_item(style)
    contents: list[Any] = []
    spine: list[Any] = ["nav"]
    number = 0
    for section in edition.sections:
        chapters = []
        for piece in section.pieces:
            number += 1
            chapter = _chapter(piece, number)
            chapter.add_item(style)
            book.add_item(chapter)
            chapters.append(chapter)
        spine += chapters
        title = clean(section.title)
        contents += [(epub.Section(title, chapters[0].file_name), chapters)] if title else chapters
    book.toc = contents
    book.spine = spine
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav(title=clean(edition.title)))
    written = io.BytesIO()
    modified = edition.updated.astimezone(UTC).replace(tzinfo=None)
    epub.write_epub(written, book, {"mtime": modified, "raise_exceptions": True})
    return _timeless(written)


def _chapter(piece: Piece, number: int) -> Any:
    chapter = epub.EpubHtml(
        uid=f"article-{number}",
        file_name=f"article-{number:03}.xhtml",
        title=clean(piece.headline),
        lang=piece.lang,
    )
    parts = [
        Markup('<p class="kicker">{}</p>').format(piece.kicker) if piece.kicker else Markup(),
        Markup("<h1>{}</h1>").format(piece.headline),
        piece.body,
        Markup('<p class="meta">{}</p>').format(piece.meta) if piece.meta else Markup(),
        Markup('<p class="meta"><a href="{0}">{0}</a></p>').format(piece.url),
    ]
    chapter.content = clean("\n".join(escape(part) for part in parts if part))
    return chapter


def _timeless(written: io.BytesIO) -> bytes:
    """The same archive without the time it was made, its first file stored as it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            after.writestr(info, before.read(name))
    return packed.getvalue()
