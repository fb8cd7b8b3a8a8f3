"""Settling: these files changed, so what does the archive now say?

    files.py        files, twins, addresses, neighbours; packages.py: files of several articles
    ledger.py       whose a file is and where it stands for good; what is published of it
    edits.py        what an edit adds to an article's line of the ledger
    embargoes.py    what is held, and what the clock turns
    copies.py       which dispatch is a copy of which, and folds under it; newest.py: which version
                    of a fold lists tell
    short_forms.py  whose a lone surname or acronym is
    names.py        whose each mention is; entities' types, names and addresses
    retractions.py  what was retracted, with its copies, leaves; who quotes it
    links.py        what each `>>` line means; unnamed.py: what none may name
    stories.py      whom an article follows, and the stories these make; story_addresses.py: where
                    these stand
    suggestions.py  which earlier articles each one suggests
    update.py       what they share

One path for a first build and for the ten-thousandth: a clean build is the case in which every
article is new. Everything is a function of the set of articles, never of the order they came in:
entities' names and links are worked out again wherever a change could reach, from the articles
sorted by (date, id). Three things also ask what is published already: which of two twins stands,
which of several copies leads them, and which of two equal headlines of a day has the plain address.
There the ledger and the site's own files speak (`pages`, learnt from its manifest when the store is
new), so that a clean build agrees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from sqlite3 import Connection

from newsdigest.archive.changes import Changes
from newsdigest.archive.rows import FileResult
from newsdigest.archive.update.copies import Copies
from newsdigest.archive.update.embargoes import Embargoes
from newsdigest.archive.update.files import Files
from newsdigest.archive.update.identities import Identities
from newsdigest.archive.update.ledger import Ledger
from newsdigest.archive.update.links import Links
from newsdigest.archive.update.names import Names
from newsdigest.archive.update.packages import Packages
from newsdigest.archive.update.picks import settle_picks
from newsdigest.archive.update.published import Publication
from newsdigest.archive.update.remarks import Remarks
from newsdigest.archive.update.retagging import retag
from newsdigest.archive.update.retracted import Retracted
from newsdigest.archive.update.retractions import Retractions
from newsdigest.archive.update.short_forms import ShortForms
from newsdigest.archive.update.stories import Stories
from newsdigest.archive.update.subscribers import Subscriptions
from newsdigest.archive.update.suggestions import Suggestions
from newsdigest.archive.update.update import Editorial, Given, Update
from newsdigest.archive.update.versions import Versions

__all__ = ["Editorial", "Given", "settle"]


def settle(
    connection: Connection,
    results: Iterable[FileResult],
    coming: Collection[str],
    gone: Iterable[str],
    given: Given,
) -> Changes:
    """File every result, forget the `gone` paths, and work out what that changed.

    `coming` are the paths of the results. Runs inside the caller's transaction.
    """
    update = Update(connection, given)
    ledger = Ledger(update)
    identities, publication = Identities(update, ledger, coming), Publication(update, ledger)
    names, links, suggestions = Names(update), Links(update, ledger), Suggestions(update)
    stories = Stories(update, ledger)
    retracted = Retracted(update, ledger)
    files = Files(update, names, links, suggestions, ledger, identities, retracted)
    packages = Packages(update, files, identities)
    retractions = Retractions(update, files, ledger, links, retracted)
    remarks = Remarks(update, files, ledger)
    subscriptions = Subscriptions(update, files, ledger)
    ledger.take_in(given.ledger.months)
    retractions.take_out()
    for path in gone:
        packages.delete(path)
    for result in results:
        packages.file(result)
    files.identify()
    Versions(update, files, identities).settle()
    retractions.hold()
    files.give_up_copies()
    Embargoes(update, files, given.timezone, given.holding).settle()
    retag(update, names, suggestions)
    files.choose_among_twins()
    Copies(update, files, ledger).settle()
    files.assign_slugs()
    retractions.note_quotes()
    remarks.tell()
    if given.ledger.publishes:
        publication.advance()
    else:
        publication.put_off()
    publication.mark()
    subscriptions.tell()
    ShortForms(update, names).join()
    names.count()
    names.show_moved_articles()
    names.settle_types()
    names.name()
    links.apply_decisions()
    links.resolve()
    stories.settle()
    if given.ledger.publishes:
        publication.note_stories()
    else:
        publication.put_off_stories()
    settle_picks(update)
    suggestions.settle()
    files.find_neighbours()
    return update.changes
