"""One page of the plan, from the archive to its bytes.

What a page shows is its kind's to say (`kinds/`); what turns a view into HTML is the host's
(Pelican's templates); what turns articles into feeds is the core's (`entries.py`), and words into pictures (`cards/`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.base.addresses import file_of, in_folder, site_folder
from newsdigest.base.fingerprint import digest
from newsdigest.base.records import Page
from newsdigest.base.settings import Settings
from newsdigest.pictures.cabinet import Cabinet
from newsdigest.site.cards.said import Said
from newsdigest.site.entries import Entries
from newsdigest.site.kind import (
    Bundle,
    Context,
    Data,
    Drawn,
    Feed,
    Files,
    Formats,
    Host,
    Html,
    Kinds,
)
from newsdigest.site.packing import pack_view, unpack_view
from newsdigest.site.pagefind import index
from newsdigest.site.theme import Assets

File = tuple[str, bytes]
# Told what a page shows, packed.
Keep = Callable[[Page, bytes], None]


def _keep_nothing(page: Page, view: bytes) -> None:
    del page, view


class Renderer:
    """Renders any page of one build, in one process."""

    def __init__(
        self, settings: Settings, store: Path, assets: Assets, host: Host, kinds: Kinds
    ) -> None:
        self.host = host
        self.assets = assets
        self.folder = site_folder(settings.site.url)
        self.standing = Path(settings.site_folder)
        self.theme = Path(settings.theme)
        self.store = read_store(store)
        self.archive = Archive(self.store, settings.addresses, settings.limits, settings.site.lang)
        host.open_archive(self.archive)
        self.context = Context(self.archive, replace(settings.site, logo=assets.logo), kinds)
        self.cabinet = Cabinet(settings.content, settings.cache, settings.standing_cache)
        self.entries = Entries(settings.site, self.archive)

    def render(self, page: Page, keep: Keep = _keep_nothing) -> list[File]:
        """The files of a page that is there; `keep` is told what it shows, where that was worked out."""
        kind, name = self.context.kinds[page.kind], page.name
        if isinstance(kind, Html):
            return [self._html(kind, page, keep)]
        if isinstance(kind, Bundle):
            folder = kind.address(self.archive, name)
            made = kind.bundle(self.context, name, index)
            return [(folder + file, made[file]) for file in sorted(made)]
        files = kind.files(self.archive, name)
        if isinstance(kind, Feed):
            source = kind.source(self.context, name)
            if source.history:
                retracted = source.history.cancelled
            else:
                retracted = self.archive.retractions.in_feed(page)
            # Some feeds have fewer formats.
            return list(zip(files, self.entries.feed(source, files, retracted), strict=False))
        if isinstance(kind, Files):
            return list(zip(files, kind.make(self.context, self.cabinet, name), strict=True))
        if isinstance(kind, Drawn):
            return [(files[0], self._drawn(files[0], kind.said(self.context, name)))]
        if isinstance(kind, Formats):
            return list(zip(files, kind.made(self.context, name), strict=True))
        assert isinstance(kind, Data)
        return [(files[0], kind.data(self.context, name))]

    def _drawn(self, file: str, said: Said) -> bytes:
        """The picture, drawn unless it stands in the site as it would be."""
        # Loading what draws takes as long as three pages, and many a build draws nothing.
        from newsdigest.site.cards.drawing import drawn, is_drawn_from, key_of
        from newsdigest.site.cards.look import card_look

        site, look = self.context.site, card_look(self.theme)
        told = self.archive.manifest.digests([file]).get(file)
        if told:
            try:
                data = (self.standing / file).read_bytes()
            except OSError:
                data = b""
            if is_drawn_from(data, key_of(said, site, look)) and digest(data) == told:
                return data
        return drawn(said, site, look)

    def _html(self, kind: Html, page: Page, keep: Keep) -> File:
        view = self._view(kind, page, keep)
        more = kind.more(self.host, self.context, page.name, view)
        context = {"view": view, "site": self.context.site, "assets": self.assets}
        html = self.host.render(kind.template, {**context, **more})
        file = file_of(kind.address(self.archive, page.name))
        return file, in_folder(html, self.folder).encode("utf-8", "replace")

    def _view(self, kind: Html, page: Page, keep: Keep) -> Any:
        """What the page shows, as an earlier build kept it or worked out."""
        packed = self.archive.views.view(page)
        view = unpack_view(kind, page, packed) if packed else None
        if view is None:
            view = kind.view(self.context, page.name)
            keep(page, pack_view(page, view))
        return view
