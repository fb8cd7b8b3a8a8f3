"""`invoke correct`: what an editor says of an edit of a published article.

The edit may come before or after: a file that differs from what was published is declared, and
published with the note; edits that were published and that nobody declared become one correction,
or one minor edit; where nothing was changed the note stands alone, as a clarification.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import msgspec

from newsdigest.base.addresses import href
from newsdigest.base.errors import BuildError, _, describe
from newsdigest.base.i18n import translations
from newsdigest.base.ledger import Edit, Entry, text_digest
from newsdigest.base.records import Article, Rejection, package_of
from newsdigest.base.settings import Settings
from newsdigest.commands.desk import change_entry, find_entry
from newsdigest.commands.show import shown
from newsdigest.read.formats import parse_named
from newsdigest.read.sources import SourceFile, read_source
from newsdigest.relate.rewordings import combined

# A note is a sentence or two; the text itself belongs in the article.
LONGEST_NOTE = 1000


def correct_article(settings: Settings, words: str, note: str, minor: bool) -> int:
    """Declare an edit of the article that `words` mean, and say what was declared; 0.

    Raises BuildError for what makes no sense.
    """
    note = " ".join(note.split())
    _refuse_note(note, minor)
    entry = find_entry(settings, words)
    if entry.retracted:
        raise BuildError(
            _("{id} is retracted: its page says so, there is no text to correct."),
            _('To take the retraction back, type: invoke kill --undo "{id}"'),
            id=entry.id,
        )
    edited = is_edited(settings, entry)
    at = settings.rules.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    edit = Edit(at, "minor" if minor else "correction", note)
    new = change_entry(settings, entry.id, lambda line: declared(line, edit, edited))
    _say(settings, entry, new)
    return 0


def is_edited(settings: Settings, entry: Entry) -> bool:
    """Whether the article's file says something else than what was published.

    Raises BuildError where there is no file, or one that is no article to be published now.
    """
    content = Path(settings.content)
    file = package_of(entry.file) or entry.file
    found: Article | Rejection | None = None
    if (content / file).is_file():
        data = read_source(content, SourceFile(file, 0, 0, 0, 0), settings.rules)
        found = (
            data if isinstance(data, Rejection) else parse_named(data, entry.file, settings.rules)
        )
    if found is None:
        raise BuildError(
            _("{id}: its file {file} is not there."),
            _("Bring it back, or build first if it was renamed: invoke build."),
            id=entry.id,
            file=entry.file,
        )
    if isinstance(found, Rejection):
        message, hint = describe(found, translations(settings.editor_lang).gettext)
        raise BuildError(
            _("{file}:{line} cannot be published as it is: {what}"),
            hint,
            file=entry.file,
            line=found.line or 1,
            what=message,
        )
    return found.sha256 != entry.sha and text_digest(found) != entry.text


def declared(entry: Entry, edit: Edit, edited: bool) -> Entry:
    """The article's line with the edit declared; `edited`: its file was, since it was published.

    What was declared before and not published yet is said anew. A minor edit is of the moment it
    was published, a correction of the one when readers are told. Raises BuildError for a minor edit
    of nothing.
    """
    closed = tuple(one for one in entry.edits if not _is_open(one))
    waiting = [one for one in entry.edits if _is_open(one)]
    published = [one.at for one in waiting if not one.to_come]
    said = msgspec.structs.replace(edit, changes=combined(one.changes for one in waiting))
    if edited:
        edits = (*closed, msgspec.structs.replace(said, to_come=True))
    elif published and edit.kind == "minor":
        edits = (*closed, msgspec.structs.replace(said, at=max(published)))
    elif edit.kind == "correction":
        edits = (*closed, said)
    elif waiting:
        edits = closed
    else:
        raise BuildError(
            _("{id}: nothing was changed since it was published, so there is no edit to record."),
            _("Edit {file} first; a note alone is a correction, without --minor."),
            id=entry.id,
            file=entry.file,
        )
    return msgspec.structs.replace(entry, edits=edits)


def _is_open(edit: Edit) -> bool:
    """Whether something is still to be said of it: nobody declared it, or it was not published."""
    return edit.to_come or edit.kind == "undeclared"


# -- refusals and the screen ----------------------------------------------------------------------


def _refuse_note(note: str, minor: bool) -> None:
    if not note and not minor:
        raise BuildError(
            _("a correction needs a note: readers are told what was wrong."),
            _('Type: invoke correct ID -m "…"; a slip that changes nothing is --minor.'),
        )
    if len(note) > LONGEST_NOTE:
        raise BuildError(
            _("the note has {count} characters, the limit is {limit}."),
            _("Say it in a sentence or two; the text itself belongs in the article."),
            count=len(note),
            limit=LONGEST_NOTE,
        )


def _say(settings: Settings, entry: Entry, new: Entry) -> None:
    gettext = translations(settings.editor_lang).gettext
    before = {one for one in entry.edits if not _is_open(one)}
    added = next((one for one in reversed(new.edits) if one not in before), None)
    print(shown(f"{entry.id}  {entry.headline}"))
    print("  " + gettext(_told(added, any(one.kind == "undeclared" for one in entry.edits))))
    for former, now in added.changes if added else ():
        for sign, text in (("-", former), ("+", now)):
            if text:
                print(shown(f"  {sign} {text}"))
    print(shown(f"  {settings.site.url}{href(entry.address)}"))


def _told(edit: Edit | None, was_published: bool) -> str:
    """What became of the edit, as a msgid."""
    if edit is None:
        return _("The file is as it was published: what was declared of it is withdrawn.")
    if edit.to_come and edit.kind == "minor":
        return _("A minor edit: the new text is published without a word, no date moves.")
    if edit.to_come:
        return _("A correction: readers see the note, and both wordings of what changed.")
    if edit.kind == "minor":
        return _("What was edited is a minor edit now: no date moves for it.")
    if was_published:
        return _("What was edited is a correction now: readers see the note and both wordings.")
    return _("Nothing was changed in the text: the note stands alone, as a clarification.")
