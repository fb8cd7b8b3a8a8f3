"""The editors' own files as a build finds them: read, or, where they cannot be, as last read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsdigest.archive.update.update import Editorial
from newsdigest.base.errors import EditorsFileError, _
from newsdigest.base.records import STANDING_FILES
from newsdigest.entities.curated import file as curated
from newsdigest.entities.curated.file import Fault
from newsdigest.read.sources import read_editors_file
from newsdigest.relate import decisions
from newsdigest.site import standing


@dataclass(frozen=True, slots=True)
class InForce:
    """What the editors say: the texts, what they mean, and what is wrong with them; `standing` are those
    beside the news, by file.

    `unreadable` files stand as they were last read; `name_faults` are lines that do not count.
    """

    decided: str
    names: str
    meaning: Editorial
    name_faults: tuple[Fault, ...] = ()
    unreadable: tuple[EditorsFileError, ...] = ()
    standing: Mapping[str, str] = field(default_factory=dict)


def in_force(content: Path, last: Callable[[str], str | None]) -> InForce:
    """`last` gives the text of a file as a build last read it, None if none ever did.

    Raises EditorsFileError for a file that cannot be read, and never could, or speaks of an embargo.
    """
    unreadable: list[EditorsFileError] = []

    def text_of(name: str, check: Callable[[str], object]) -> str:
        text = ""
        try:
            text = read_editors_file(content, name)
            check(text)
        except EditorsFileError as error:
            before = last(name)
            if before is None or (text and "embargo" in text.lower()):
                raise  # what it asks not to be published must not be, whatever else it says
            unreadable.append(error)
            return before
        return text

    decided = text_of(decisions.FILE, decisions.read_decisions)
    names = text_of(curated.FILE, curated.read_curated)
    meaning, faults = understood(decided, names)
    texts: dict[str, str] = {}
    for file in STANDING_FILES:
        try:
            texts[file] = standing_text(content, file)
        except EditorsFileError as error:
            unreadable.append(error)
            texts[file] = last(file) or ""
    return InForce(decided, names, meaning, faults, tuple(unreadable), texts)


def standing_text(content: Path, file: str) -> str:
    """The editors' own text beside the news in that file, "" where there is none. Raises EditorsFileError."""
    text = read_editors_file(content, file)
    try:
        standing.check(text)
    except standing.TextError:
        message = _("{file} is no text of a page: too long, or nested too deep.")
        raise EditorsFileError(
            message, _("Write paragraphs, headings and lists."), file=file
        ) from None
    return text


def understood(decided: str, names: str) -> tuple[Editorial, tuple[Fault, ...]]:
    """What these texts mean, and the lines of names that do not count."""
    known, faults = curated.read_curated(names)
    return Editorial(decisions.read_decisions(decided), known), faults
