"""The lines of a raw article that are neither text nor credit: page furniture and markers.

One function a kind of line; each takes a whole line, normalised and without its trailing bar.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from newsdigest.base.records import PICTURE_SUFFIXES, Photo
from newsdigest.read.credits import is_photo_credit
from newsdigest.text.sentences import count_sentences

PICTURE_SUFFIX = rf"(?:{'|'.join(PICTURE_SUFFIXES)})"
_ENDS = frozenset(
    (
        "réagir à cet article",
        "voir plus",
        "back to top",
        "sur le même sujet",
        "les plus lus",
        "commentaires",
    )
)
_CHIEF = re.compile(r"rédact(?:rice|eur) en chef ?:", re.IGNORECASE)
_DROPPED = frozenset(("partager", "chia sẻ", "imprimer", "publicité", "advertisement"))
_TAGS = re.compile(
    r"(?:tags?|mots?[- ]clés?|keywords?|từ khóa) ?: ?.{2,200}(?<![.!?…»])", re.IGNORECASE
)
_NOTE = re.compile(
    r"(?:correction|correctif|rectificatif|errat(?:um|a)|précision|mise à jour|n\.? ?d\.? ?l\.? ?r\.?"
    r"|note de la rédaction|corrected|editor'?s note|đính chính) ?:",
    re.IGNORECASE,
)
_CLOSE_ICON = re.compile(r"(?:• ?)?close-icon", re.IGNORECASE)
_IMAGE_NAME = re.compile(
    r"[^\s|<>:?\"*]{1,200}\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?|avif|heic)", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)

# Marks of a list that no number follows; "·" stands in Word's.
_BULLETS = "–—•·▪▸►‣●◦■➤✓✔"
_INVITATION = (
    r"(?:(?:[àa] )?(?:lire|voir) (?:aussi|également)|(?:read|see) also|also read|read more|related"
    r"|(?:xem|đọc) thêm)"
)
_INVITATION_ALONE = re.compile(rf"{_INVITATION} ?:?", re.IGNORECASE)
# "- >> Titre" is an item of a list of headlines.
_RELATED = re.compile(
    rf"(?:[-*+{_BULLETS}] ?(?=>[> ]*>|›[› ]*›))?"
    rf"(?:(?:>[> ]*>|›[› ]*›|{_INVITATION} ?(?::|>+|›+)) ?)+",
    re.IGNORECASE,
)
_RELATED_BEGINS = frozenset(">›-*+àÀaAđĐlLvVrRsSxX" + _BULLETS)
_RELATED_SPLIT = re.compile(r" (?:>{2,}+|> >|››|› ›) ?(?=\S|$)")
_RELATED_BEHIND = re.compile(r"(?<=[.!?…»”\"]) ?(?:>{2,}+|> >|››|› ›) ?(?=\S)")
_LONGEST_RELATED = 200

_LIST_MARK = re.compile(rf"(?:[{_BULLETS}]|[-*+](?=[ \w])(?!\d)|[0-9]{{1,3}}[.)](?!\d)) ?(?=\S)")
_LIST_BEGINS = frozenset("-*+0123456789" + _BULLETS)
_NUMBERED = re.compile(r"[0-9]")
_RULE_CELL = re.compile(r":?[-–—=]{2,}:?")

_PHOTO_KINDS = r"(?: d'illustration| d'archives?| archives?| \(archives?\))?"
_PHOTO_WORDS = (
    rf"(?:crédits? photos?|photos? credits?|photos?{_PHOTO_KINDS}|ảnh(?: minh họa| tư liệu)?)"
)
_PHOTO = re.compile(rf"{_PHOTO_WORDS} ?: ?(?P<credit>\S.{{1,79}})", re.IGNORECASE)
_PHOTO_NAMED = re.compile(
    rf"{_PHOTO_WORDS} ?: ?(?P<file>[^\s/\\<>:|\"*?][^/\\<>:|\"*?]{{0,150}}?\.{PICTURE_SUFFIX})"
    r"(?:(?: ?[-–—|;,:.]+ ?| (?=\())(?P<told>\S.*))?",
    re.IGNORECASE,
)
# What ends a caption before its credit: a dash, a bracket, a full stop.
_CREDIT_BEHIND = re.compile(
    r"(?P<caption>.*\S)(?: [-–—|] | ?\((?=[^()]*\)$)|(?<=[.!?…»”]) )(?:©\s?)?(?P<credit>[^()]*[^().\s])\)?"
)
_NAMES = re.compile(r"[A-ZÀ-ÖØ-ÞĐ][^\W\d_]+(?:[ -][A-ZÀ-ÖØ-ÞĐ][^\W\d_]*\.?){1,4}")
_PHOTO_AT_END = re.compile(
    rf"(?:^|(?<=[\s(\[]))(?:Crédits? photos?|Photos? credits?|Photos?{_PHOTO_KINDS}|PHOTOS?"
    r"|Ảnh(?: minh họa| tư liệu)?|ẢNH) ?$"
)
_LONGEST_END_CREDIT = 60
_PHOTO_MARK_REACH = 24
_LONGEST_CAPTION = 300
_MOST_CAPTION_SENTENCES = 3
_PHOTO_ALONE = re.compile(rf"[(\[]?{_PHOTO_WORDS} ?:? ?[)\]]?", re.IGNORECASE)
_PHOTO_UNSIGNED = re.compile(rf"[\s(\[]{_PHOTO_WORDS} ?: ?[)\]]?$", re.IGNORECASE)


def ends_article(line: str) -> bool:
    """Furniture that stands below an article: nothing after it belongs to it."""
    if line[0] in "rR" and _CHIEF.match(line):
        return True
    return len(line) < 40 and line.casefold() in _ENDS


def is_furniture(line: str) -> bool:
    """Furniture that stands anywhere: buttons, advertising, tags, a picture's bare file name."""
    if len(line) < 20 and line.casefold() in _DROPPED:
        return True
    if line[0] in "•cC" and _CLOSE_ICON.match(line):
        return True
    if line[0] in "tTmMkK" and _TAGS.fullmatch(line):
        return True
    return "." in line[-5:] and " " not in line and _IMAGE_NAME.fullmatch(line) is not None


def is_note(line: str) -> bool:
    """What a desk adds to a text: `(Actualisé avec réaction)`, `Correction : …`."""
    return (line[0] in "([" and line[-1] in ")]") or _NOTE.match(line) is not None


def is_url(line: str) -> bool:
    return " " not in line and _URL.match(line) is not None


def has_url(line: str) -> bool:
    return _URL.search(line) is not None


def without_bar(line: str) -> str:
    """The line without the single bar at its end, which no table means."""
    if line.endswith("|") and line.count("|") == 1:
        return line[:-1].rstrip()
    return line


def related_headlines(line: str) -> list[str] | None:
    """The headlines a related line names (`[""]` for a bare marker), None for another line.

    A whole line may stand in brackets: `(Lire aussi : …)`.
    """
    line = _unbracketed(line)
    first = line[0]
    if first in "»→":
        if len(line) > _LONGEST_RELATED or line.endswith((".", "»")):
            return None
        return [line.lstrip("»→ ")]
    if first not in _RELATED_BEGINS:
        return None
    marker = _RELATED.match(line)
    if marker is None:
        return None
    return [part.strip() for part in _RELATED_SPLIT.split(line[marker.end() :])]


def is_invitation(line: str) -> bool:
    """`Lire aussi :` and no headline: those below are meant."""
    return len(line) < 20 and _INVITATION_ALONE.fullmatch(line) is not None


def headlines_behind(text: str) -> tuple[str, list[str]]:
    """A text, and the headlines that stand behind its last sentence: `Fin. >> Titre`.

    What `<<` opens, `>>` closes.
    """
    found = _RELATED_BEHIND.search(text) if ">" in text or "›" in text else None
    if found is None or "<<" in text or "‹‹" in text:
        return text, []
    headlines = [part.strip() for part in _RELATED_SPLIT.split(text[found.end() :])]
    if max(map(len, headlines)) > _LONGEST_RELATED:
        return text, []
    return text[: found.start()], headlines


def longest_headline(line: str, headlines: list[str]) -> int:
    """How long a headline of a related line may be: what is longer has its article behind it."""
    mark = len(line) - len(headlines[0]) if len(headlines) == 1 else 0
    return _LONGEST_RELATED - mark


def is_related(line: str) -> bool:
    """A related line and nothing else: none of its headlines has its article behind it."""
    headlines = related_headlines(line)
    if headlines is None:
        return False
    return max(map(len, headlines)) <= longest_headline(line, headlines)


def _unbracketed(line: str) -> str:
    if line[0] in "([" and line[-1] in ")]":
        return line[1:-1].strip() or line
    return line


def photo_line(line: str) -> str | None:
    """The credit of a line that announces a photo and says nothing else."""
    line = _unbracketed(line)
    if ":" not in line[:_PHOTO_MARK_REACH]:
        return None
    match = _PHOTO.fullmatch(line.replace("’", "'"))
    return line[match.start("credit") :] if match else None


def named_photo(line: str, known: Collection[str]) -> Photo | None:
    """A line that gives its photo's file, and perhaps what it shows and whom it is by: `Photo : port.jpg`,
    `[Photo : port.jpg — Le port. Jeanne Ollier/AFP]`."""
    if "." not in line or ":" not in line[:_PHOTO_MARK_REACH]:
        return None
    line = _unbracketed(line)
    match = _PHOTO_NAMED.fullmatch(line)
    if match is None:
        return None
    caption, credit = _told_of(match["told"] or "", known)
    return Photo(caption, credit, match["file"])


def _told_of(text: str, known: Collection[str]) -> tuple[str, str]:
    """The caption and the credit in what follows a photo's file name."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()
    captioned = captioned_photo(text, known)
    if captioned is not None:
        return captioned.caption, captioned.credit
    split = _CREDIT_BEHIND.fullmatch(text)
    if split and _is_surely_credit(split["credit"], known):
        return split["caption"].rstrip(" -–—|"), split["credit"]
    return ("", text.lstrip("© ")) if _is_surely_credit(text, known) else (text, "")


def _is_surely_credit(text: str, known: Collection[str]) -> bool:
    """Whether words that a caption could be made of as well sign a picture."""
    if text.startswith("©"):
        return True
    names = len(text) <= _LONGEST_END_CREDIT and _NAMES.fullmatch(text) is not None
    return is_photo_credit(text, known) and ("/" in text or text in known or names)


def announces_photo(text: str) -> bool:
    """Whether a text announces a picture and names nobody: `Photo :`, or `… Photo :` at its end."""
    end = text[-_PHOTO_MARK_REACH:].replace("’", "'")
    whole = end if len(text) <= _PHOTO_MARK_REACH else ""
    return bool(_PHOTO_ALONE.fullmatch(whole) or _PHOTO_UNSIGNED.search(end))


def captioned_photo(line: str, known: Collection[str]) -> Photo | None:
    """`The caption. Photo : Name/AFP`: text that ends by crediting its picture."""
    colon = line.rfind(":")
    if colon < 0 or len(line) - colon > _LONGEST_END_CREDIT + 3:
        return None
    credit = line[colon + 1 :].strip()
    before = line[max(colon - _PHOTO_MARK_REACH, 0) : colon].replace("’", "'")
    marker = _PHOTO_AT_END.search(before)
    if marker is None:
        return None
    text = line[: colon - len(before) + marker.start()].rstrip()
    if text.endswith(("(", "[")):
        text, credit = text[:-1].rstrip(), credit.rstrip(")]")
    text = text.rstrip(" -–—|")
    if not text or not 2 <= len(credit) <= _LONGEST_END_CREDIT or "." in credit:
        return None
    return Photo(text, credit) if is_photo_credit(credit, known) else None


def is_caption(text: str) -> bool:
    """Short enough to stand under a picture; a body that ends by crediting one is not."""
    return len(text) <= _LONGEST_CAPTION and count_sentences(text) <= _MOST_CAPTION_SENTENCES


def is_table_row(line: str) -> bool:
    return "|" in line and (line.count("|") > 1 or not line.endswith("|"))


def table_cells(line: str) -> tuple[str, ...]:
    """A row's cells; bars around the row make no cells."""
    return tuple(cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|"))


def is_table_rule(line: str) -> bool:
    """`|---|---|`: what Markdown draws below a table's head."""
    return is_table_row(line) and all(map(_RULE_CELL.fullmatch, table_cells(line)))


def list_mark(line: str) -> int:
    """How long the mark of a list item is, 0 for another line."""
    if line[0] not in _LIST_BEGINS:
        return 0
    match = _LIST_MARK.match(line)
    return match.end() if match else 0


def is_numbered(line: str) -> bool:
    return _NUMBERED.match(line) is not None
