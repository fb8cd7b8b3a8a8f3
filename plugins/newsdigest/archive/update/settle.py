"""Settling: these files changed, so what does the archive now say?

    filing.py       files, twins, addresses, neighbours
    copies.py       which dispatch is a copy of which, and folds under it
    short_forms.py  whose a lone surname or acronym is
    names.py        whose each mention is; entities' types, names and addresses
    references.py   what each `>>` line means
    threads.py      whom an article follows, and the stories these make
    kinship.py      which earlier articles each one suggests
    desk.py         what they share

One path for a first build and for the ten-thousandth: a clean build is the case in which every
article is new. Everything is a function of the set of articles, never of the order they came in:
entities' names and links are worked out again wherever a change could reach, from the articles
sorted by (date, id). Two things also ask what is published already: which of two twins stands, and
which of two equal headlines of a day has the plain address. There the site's own files speak
(`pages`, learnt from its manifest when the store is new), so that a clean build agrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from newsdigest.archive.changes import Changes
from newsdigest.archive.rows import FileResult
from newsdigest.archive.update.copies import Copies
from newsdigest.archive.update.files import Filing
from newsdigest.archive.update.links import References
from newsdigest.archive.update.names import Names
from newsdigest.archive.update.short_forms import ShortForms
from newsdigest.archive.update.stories import Threads
from newsdigest.archive.update.suggestions import Kinship
from newsdigest.archive.update.update import Desk, EditorsFiles
from newsdigest.base.addresses import Addresses
from newsdigest.base.settings import Limits

__all__ = ["EditorsFiles", "settle"]


def settle(
    connection: Connection,
    results: Iterable[FileResult],
    gone: Iterable[str],
    places: Addresses,
    limits: Limits,
    editors: EditorsFiles,
    editors_before: EditorsFiles,
    now: datetime,
) -> Changes:
    """File every result, forget the `gone` paths, and work out what that changed.

    `editors_before` are the editors' files as the last build read them. Runs inside the caller's
    transaction.
    """
    desk = Desk(connection, places, limits, editors, editors_before, now)
    names, references, kinship = Names(desk), References(desk), Kinship(desk)
    threads = Threads(desk)
    filing = Filing(desk, names, references, kinship)
    for path in gone:
        filing.delete(path)
    for result in results:
        filing.file(result)
    filing.give_up_copies()
    filing.turn_with_the_clock()
    filing.retag()
    filing.choose_among_twins()
    Copies(desk, filing).settle()
    filing.assign_slugs()
    ShortForms(desk, names).join()
    names.count()
    names.show_moved_articles()
    names.settle_types()
    names.name()
    references.apply_decisions()
    references.resolve()
    threads.settle()
    kinship.settle()
    filing.find_neighbours()
    return desk.changes
