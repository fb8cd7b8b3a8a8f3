"""Corrections as readers are told of them: the note, its date, and what changed, as one text.

The same in an article's page, in the page of corrections, and in feeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from newsdigest.archive.articles import FiledArticle
from newsdigest.base.ledger import Edit, Entry
from newsdigest.base.records import Site
from newsdigest.relate.rewordings import Piece, redline
from newsdigest.site.json_ld import JsonObject
from newsdigest.site.shapes import Shape
from newsdigest.site.words import words
from newsdigest.text import dates, typography

# So many characters of changes are shown at once; more are folded away.
SHOWN = 600


class Change(Shape, frozen=True):
    """A passage with both its wordings; `headline`: it is the article's."""

    pieces: tuple[Piece, ...]
    headline: bool


class Note(Shape, frozen=True):
    """A correction. `id` is its anchor on the article's page; `folded`: its changes are long."""

    id: str
    iso: str
    date: str
    text: str
    changes: tuple[Change, ...]
    folded: bool


def notes(line: Entry | None, site: Site, lang: str) -> tuple[Note, ...]:
    """An article's corrections, newest first; `lang` is the article's language."""
    told = line.corrections if line else ()
    return tuple(note(line, number, edit, site, lang) for number, edit in reversed(told) if line)


def note(line: Entry, number: int, edit: Edit, site: Site, lang: str) -> Note:
    """The correction of that number."""
    iso = moment(edit.at, site)
    changes = _changes(line, edit.changes, lang)
    long = sum(len(piece.text) for change in changes for piece in change.pieces) > SHOWN
    date = dates.label(iso, site.lang)
    return Note(anchor(number), iso, date, typography.typeset(edit.note, site.lang), changes, long)


def anchor(number: int) -> str:
    """Where the article's page tells of its correction of that number."""
    return f"correction-{number}"


def moment(at: str, site: Site) -> str:
    """The ledger's moment on the site's clock, to the minute."""
    return dates.aware(datetime.fromisoformat(at), site.timezone).isoformat(timespec="minutes")


def modified(filed: FiledArticle, site: Site) -> str:
    """When the article last changed as readers are told: by an edit, or by a newer version."""
    edited = filed.line.updated if filed.line else ""
    came = renewed(filed)
    if came and (not edited or came > datetime.fromisoformat(edited)):
        return (
            came.isoformat(timespec="minutes") if "T" in filed.card.renewed else filed.card.renewed
        )
    return moment(edited, site) if edited else filed.article.iso_date


def renewed(filed: FiledArticle) -> datetime | None:
    """When the newest version of a dispatch came, None where it has none; aware, by the offset of the
    first."""
    if filed.version is None:
        return None
    came = datetime.fromisoformat(filed.card.renewed)
    return came.replace(tzinfo=filed.article.published.tzinfo)


def comments(found: Sequence[Note]) -> list[JsonObject]:
    """The same for machines (schema.org)."""
    return [
        {"@type": "CorrectionComment", "text": note.text, "datePublished": note.iso}
        for note in found
    ]


def article_html(found: Sequence[Note], site: Site) -> Markup:
    """What goes before the text of a corrected article in feeds, "" for any other."""
    known = words(site.lang)
    return Markup("").join(
        Markup("<p><strong>{}</strong> {}</p>\n").format(
            known.correction_of.format(day=note.date), note.text
        )
        for note in found
    )


def note_html(note: Note, site: Site) -> Markup:
    """A correction by itself in feeds: the note, then each passage with both wordings."""
    known = words(site.lang)
    parts = [Markup("<p>{}</p>").format(note.text)]
    for change in note.changes:
        pieces = Markup("").join(_marked(piece) for piece in change.pieces)
        head = Markup("<strong>{}</strong> ").format(known.headline) if change.headline else ""
        parts.append(Markup("<p>{}{}</p>").format(head, pieces))
    return Markup("\n").join(parts)


def _marked(piece: Piece) -> Markup:
    tag = {"former": "del", "new": "ins"}.get(piece.kind)
    return Markup("<{0}>{1}</{0}> ").format(Markup(tag), piece.text) if tag else _plain(piece)


def _plain(piece: Piece) -> Markup:
    return Markup("{}").format(piece.text)


def _changes(line: Entry, told: Sequence[tuple[str, str]], lang: str) -> tuple[Change, ...]:
    headlines = {line.headline, *line.former}
    return tuple(
        Change(
            redline(typography.typeset(former, lang), typography.typeset(new, lang)),
            at == 0 and former in headlines and new in headlines,
        )
        for at, (former, new) in enumerate(told)
    )
