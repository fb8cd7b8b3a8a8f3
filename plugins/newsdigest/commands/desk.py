"""The desk's one door to the ledger: the line an editor means, and its change. The build follows.

A desk command is a function `(settings) -> exit code` that changes lines here and says what it
did; it never builds (no command imports the build). The door `incremental_build.desk.act` runs it
and then, where it gave 0, the ordinary build, whose screen ends the command's. The build files
anew each article whose line changed, so a command needs nothing but the line.

    find_entry      the line of the article an editor means
    change_entry    one line changed, under the build's lock
    entries         all lines; undeclared: those with an edit that nobody declared
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from newsdigest.base import ledger
from newsdigest.base.addresses import file_of, site_folder
from newsdigest.base.errors import BuildError, Gettext, _, printable
from newsdigest.base.ledger import Entry
from newsdigest.base.settings import Settings
from newsdigest.commands.show import shown, typed_id
from newsdigest.ledger_files import read_months, write_months
from newsdigest.publish.manifest import FOLDER
from newsdigest.publish.output import one_writer
from newsdigest.text.headline_key import letters

# So many candidates are listed where what was typed is no one article's.
MOST_LISTED = 8


class NotOneEntry(BuildError):
    """What was typed means no published article, or several: `candidates` are those."""

    def __init__(
        self, message: str, hint: str, typed: str, candidates: Iterable[Entry] = ()
    ) -> None:
        self.candidates = tuple(candidates)
        super().__init__(message, hint, typed=typed, count=len(self.candidates))

    def text(self, gettext: Gettext) -> str:
        """What is wrong and what to do, then a line a candidate."""
        listed = [_told(entry) for entry in self.candidates[:MOST_LISTED]]
        more = ["  …"] if len(self.candidates) > MOST_LISTED else []
        return "\n".join([super().text(gettext), *listed, *more])


def entries(settings: Settings) -> Iterator[Entry]:
    """Every line of the ledger: by month, by id within it. Raises LedgerError."""
    for _month, found in read_months(Path(settings.content)):
        yield from found


def undeclared(settings: Settings) -> list[Entry]:
    """The articles that were edited after their publication and of which nobody said what it was,
    the latest edit first."""
    found = [
        (max(edit.at for edit in entry.edits if edit.kind == "undeclared"), entry.id, entry)
        for entry in entries(settings)
        if any(edit.kind == "undeclared" for edit in entry.edits)
    ]
    return [entry for _at, _id, entry in sorted(found, reverse=True)]


def find_entry(settings: Settings, words: str) -> Entry:
    """The line of the article that an editor means by an id, a path in content/, an address or URL
    of the site (former ones too), its headline or a part of it that no other has.

    Raises NotOneEntry, with the candidates, where that is not one published article.
    """
    typed = typed_id(words).strip()
    known = sorted(entries(settings), key=lambda entry: entry.id)
    if not typed or not known:
        raise NotOneEntry(
            _('no published article is "{typed}".'),
            _("Name it by its id, its file, its address or a part of its headline."),
            typed,
        )
    for meant in _meanings(settings, typed):
        found = [entry for entry in known if meant(entry)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotOneEntry(
                _('{count} published articles may be "{typed}".'),
                _("Name one by its id:"),
                typed,
                sorted(found, key=lambda entry: entry.published, reverse=True),
            )
    raise NotOneEntry(
        _('no published article is "{typed}".'),
        _("Name it by its id, its file, its address or a part of its headline."),
        typed,
    )


def change_entry(settings: Settings, id: str, change: Callable[[Entry], Entry]) -> Entry:
    """The line of this article as `change` makes it, written in one step; the new line.

    Raises BuildError while a build is running, LookupError for an article that has no line,
    ValueError where the change would give it another id or month.
    """
    with desk_lock(settings):
        content = Path(settings.content)
        for month, found in read_months(content):
            lines = {entry.id: entry for entry in found}
            if id not in lines:
                continue
            new = change(lines[id])
            if (new.id, new.month) != (id, month):
                raise ValueError(f"{new.id} of {new.month} is not {id} of {month}")
            if new != lines[id]:
                lines[id] = new
                text = "".join(f"{ledger.pack_line(lines[one])}\n" for one in sorted(lines))
                write_months(content, {month: text})
            return new
        raise LookupError(id)


@contextmanager
def desk_lock(settings: Settings) -> Iterator[None]:
    """Hold what a build holds: no build runs meanwhile. Raises BuildError while one does."""
    with one_writer(Path(settings.cache)), one_writer(Path(settings.output) / FOLDER):
        yield


# -- what an editor may type ----------------------------------------------------------------------


def _meanings(settings: Settings, typed: str) -> Iterator[Callable[[Entry], bool]]:
    """What `typed` may mean, the surest first."""
    yield lambda entry: entry.id == typed
    file = _below(Path(settings.content), typed)
    yield lambda entry: entry.file in (typed, file)
    pages = _pages(settings.site.url, typed)
    yield lambda entry: not pages.isdisjoint(map(file_of, entry.addresses))
    key = letters(normalize("NFKC", typed))
    if key:
        yield lambda entry: letters(normalize("NFKC", entry.headline)) == key
        yield lambda entry: key in letters(normalize("NFKC", entry.headline))
        yield lambda entry: any(key in letters(normalize("NFKC", one)) for one in entry.former)


def _below(content: Path, typed: str) -> str:
    """The path below content/ of a file named from where the editor stands, "" for none there."""
    path = Path(os.path.normpath(Path(typed).absolute()))
    root = Path(os.path.normpath(content.absolute()))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else ""


def _pages(site_url: str, typed: str) -> set[str]:
    """The files in the site's folder that an address may lead to, on whatever host it was read."""
    path = unquote(urlsplit(typed).path)
    path = path.removeprefix(site_folder(site_url) + "/").lstrip("/")
    return {file_of(path), f"{path}.html", f"{path}/index.html"} if path else set()


def _told(entry: Entry) -> str:
    return shown(f"  {entry.id}  {entry.published[:10]}  {printable(entry.headline)}")
