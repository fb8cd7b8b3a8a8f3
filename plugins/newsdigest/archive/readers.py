"""What a page shows, looked up in the store: a reader for each sort of thing, over one connection.

Bounded queries, plain records. Everything is read in (date, id) order and from published articles
only. Nothing here depends on how large the archive is, but the few lists that are the archive's
own (years, the A-Z index).
"""

from __future__ import annotations

from sqlite3 import Connection

from newsdigest.archive.articles import Articles
from newsdigest.archive.corrections import Corrections
from newsdigest.archive.counts import Counts
from newsdigest.archive.embargoes import Embargoes
from newsdigest.archive.entities import Entities
from newsdigest.archive.entries import KeptEntries
from newsdigest.archive.index import EntityIndex
from newsdigest.archive.labels import Labels
from newsdigest.archive.languages import Languages
from newsdigest.archive.manifest import Manifest
from newsdigest.archive.moves import Moves
from newsdigest.archive.periods import Periods
from newsdigest.archive.pictures import Pictures
from newsdigest.archive.places import Places
from newsdigest.archive.reach import Reach
from newsdigest.archive.retractions import Retractions
from newsdigest.archive.reviews import Reviews
from newsdigest.archive.sections import Sections
from newsdigest.archive.standing import Standing
from newsdigest.archive.stories import Stories
from newsdigest.archive.stream import Stream
from newsdigest.archive.ties import Ties
from newsdigest.archive.unpublished import Unpublished
from newsdigest.archive.views import KeptViews
from newsdigest.base.addresses import Addresses
from newsdigest.base.settings import Limits


class Archive:
    """The readers of one store, with the addresses and limits its pages go by, and the site's language."""

    def __init__(
        self, connection: Connection, addresses: Addresses, limits: Limits, lang: str = "fr"
    ) -> None:
        self.connection = connection
        self.addresses = addresses
        self.limits = limits
        self.ties = Ties(connection, addresses)
        self.articles = Articles(connection, addresses, self.ties)
        self.periods = Periods(connection, addresses)
        self.pictures = Pictures(connection)
        self.entities = Entities(connection, addresses, limits)
        self.places = Places(connection, addresses)
        self.index = EntityIndex(connection, addresses, limits)
        self.labels = Labels(connection)
        self.sections = Sections(connection, self.labels)
        self.languages = Languages(connection, lang)
        self.stories = Stories(connection, addresses)
        self.stream = Stream(connection, limits)
        self.moves = Moves(connection, addresses)
        self.retractions = Retractions(connection)
        self.entries = KeptEntries(connection)
        self.views = KeptViews(connection)
        self.reach = Reach(connection)
        self.manifest = Manifest(connection)
        self.counts = Counts(connection)
        self.embargoes = Embargoes(connection, addresses)
        self.corrections = Corrections(connection)
        self.reviews = Reviews(connection)
        self.unpublished = Unpublished(connection)
        self.standing = Standing(connection)
