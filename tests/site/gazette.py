"""A small newspaper with something of everything that pages show, and its archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsdigest.archive.changes import Changes
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import FORMATS, Addresses
from newsdigest.base.ledger import Edit, Entry, Retraction, pack_line
from newsdigest.base.records import Page, Site
from newsdigest.base.settings import KINDS
from newsdigest.build import Outcome
from newsdigest.site.kind import Context, Kinds, load_kinds
from newsdigest.site.plan import plan
from newsdigest.site.touched import Touched
from newsroom import LIMITS, Newsroom, article
from photographs import photo
from sketches import sketches_for_cards

# Long enough to be known again under another headline.
FRIGATE = (
    "Le journal de bord de la frégate Aurélie a été retrouvé dans les réserves du musée maritime"
    " de Belrive, où il dormait depuis deux siècles entre des rouleaux de cordage et des caisses de"
    " vaisselle, a annoncé la conservatrice, qui montrera les premières pages au printemps."
)
# Dispatches of one affair, in other words each time: a story.
TRAMWAY = (
    "Le tramway de Corvanne a déraillé mardi dans le quartier des Tanneries : douze blessés.",
    "À Corvanne, la régie promet une enquête sur le tramway sorti de ses rails aux Tanneries.",
    "Aux Tanneries, le tramway de Corvanne reprendra jeudi, disent les syndicats de la régie.",
    "La régie de Corvanne remplace des rails : pas de tramway aux Tanneries avant lundi.",
)
# By id: headline, date, text, and the headlines it cites.
WIRE: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "terre/recolte": ("La récolte est mauvaise", "2025-08", "", ()),
    "neige": ("La neige à Hanoï", "2025-12-30", "Les flocons sont tombés à Hanoï lundi.", ()),
    "lighthouse": (
        "The lighthouse is lit again",
        "2025-12-30",
        "The old lighthouse of the northern bay was lit again on Monday, after eleven years in the dark,"
        " and fishermen who had asked for it said that they would sleep better from now on.",
        (),
    ),
    **{
        f"tramway-{at}": (f"Le tramway de Corvanne {at}", f"2026-01-{at + 5:02}", text, ())
        for at, text in enumerate(TRAMWAY)
    },
    "fregate": ("La frégate retrouvée", "2026-01-12", FRIGATE, ()),
    "journal": ("Un journal de bord", "2026-01-13", f"{FRIGATE} Le musée exulte.", ()),
    **{
        f"ministre-{at}": (
            f"Le ministre parle {at}",
            f"2026-01-{at + 14}",
            f"Le ministre Anna Korvat a rencontré la presse à Genève le {at} du mois.",
            (),
        )
        for at in range(1, 6)
    },
    "port": (
        "Le port double son quai",
        "2026-01-23",
        "La délégation est arrivée à Hanoï dans la matinée, puis à Oslo.",
        ("La frégate retrouvée", "Une nouvelle qui viendra"),
    ),
    "norvege": (
        "Le roi rentre en Norvège",
        "2026-01-23",
        "Le roi est rentré en Norvège par Oslo.",
        (),
    ),
}

# What was published of it before: an article that stood elsewhere, one that was retracted, and one of a
# story that was taken into another.
PUBLISHED = (
    Entry(
        id="neige",
        file="neige.txt",
        address="2025/12/30/la-neige-a-hanoi.html",
        feed="tag:lefil.example,2026:neige",
        published="2025-12-30T00:00+01:00",
        sha="",
        text="",
        headline="La neige à Hanoï",
        moved=("2025/12/29/neige.html",),
    ),
    Entry(
        id="ballon",
        file="ballon.txt",
        address="2026/01/20/le-ballon-s-envole.html",
        feed="tag:lefil.example,2026:ballon",
        published="2026-01-20T00:00+01:00",
        sha="",
        text="",
        headline="Le ballon s’envole",
        retraction=Retraction(
            "2026-01-21T09:00:00Z", "Le ballon était un leurre.", feeds=("all_feed ",), lang="fr"
        ),
    ),
    Entry(
        id="tramway-3",
        file="tramway-3.txt",
        address="2026/01/08/le-tramway-de-corvanne-3.html",
        feed="tag:lefil.example,2026:tramway-3",
        published="2026-01-08T00:00+01:00",
        sha="",
        text="",
        headline="Le tramway de Corvanne 3",
        stories=("les-rails-de-corvanne", "le-tramway-de-corvanne-0"),
    ),
)
CORRECTED = Entry(
    id="norvege",
    file="norvege.txt",
    address="2026/01/23/le-roi-rentre-en-norvege.html",
    feed="tag:lefil.example,2026:norvege",
    published="2026-01-23T00:00+01:00",
    sha="",
    text="",
    headline="Le roi rentre en Norvège",
    edits=(Edit("2026-01-24T09:00:00Z", "correction", "Il rentre par Oslo."),),
)


@dataclass(frozen=True)
class Gazette:
    """The newspaper and what its builds said: `first` with nothing in it, `whole` with all its
    articles, `corrected` with a correction of one.
    """

    newsroom: Newsroom
    first: Outcome
    whole: Outcome
    corrected: Outcome

    @classmethod
    def in_print(cls, folder: Path, **settings: object) -> Gazette:
        """Built empty, whole, then with the first correction, below `folder`."""
        limits = replace(LIMITS, cards=True, entity_card_from=5)
        site = Site(tagline="L’essai", card="/cartes/site.png")
        addresses = Addresses(formats=tuple(FORMATS))
        own = {"kinds": KINDS, "limits": limits, "site": site, "addresses": addresses}
        newsroom = Newsroom(folder, **{**own, **settings})
        with sketches_for_cards():
            return cls._built(newsroom)

    @classmethod
    def _built(cls, newsroom: Newsroom) -> Gazette:
        first = newsroom.build()
        for name, (headline, date, text, related) in WIRE.items():
            newsroom.write(f"{name}.txt", article(headline, date, text, related))
        (newsroom.content / "norvege.jpg").write_bytes(photo(700, 500))
        cls._publish(newsroom, PUBLISHED)
        whole = newsroom.build()
        cls._publish(newsroom, (*PUBLISHED, CORRECTED))
        return cls(newsroom, first, whole, newsroom.build())

    @staticmethod
    def _publish(newsroom: Newsroom, published: Sequence[Entry]) -> None:
        for month in {line.month for line in published}:
            lines = [f"{pack_line(line)}\n" for line in published if line.month == month]
            newsroom.write(f"ledger/{month}.jsonl", "".join(lines))

    @property
    def kinds(self) -> Kinds:
        return load_kinds(self.newsroom.settings.kinds)

    @property
    def store(self) -> Path:
        return Path(self.newsroom.settings.cache) / "archive.sqlite"

    @property
    def archive(self) -> Archive:
        settings = self.newsroom.settings
        return Archive(read_store(self.store), settings.addresses, settings.limits)

    @property
    def context(self) -> Context:
        """What its pages are made from."""
        return Context(self.archive, self.newsroom.settings.site, self.kinds)

    def stale(self, **changes: object) -> dict[tuple[str, str], str]:
        """The pages that such changes make stale, of those that are there, with their reasons."""
        archive, kinds = self.archive, self.kinds
        planned = self.planned(**changes)
        return {
            tuple(page): why
            for page, why in planned.items()
            if kinds[page.kind].has(archive, page.name)
        }

    def planned(self, **changes: object) -> dict[Page, str]:
        """The same with those that are gone."""
        found = Changes(**changes)  # type: ignore[arg-type]
        return plan(self.kinds, Touched(found, self.archive, self.kinds))
