"""What a kind says it reads is what it asks of the archive, page by page."""

from __future__ import annotations

from typing import Any

import plain_host
import pytest
from gazette import Gazette
from newsdigest.archive.facts import Fact
from newsdigest.archive.readers import Archive
from newsdigest.base.records import Page
from newsdigest.site.kind import PageKind
from newsdigest.site.kinds import KINDS
from newsdigest.site.renderer import Renderer
from newsdigest.site.theme import Assets


class Overheard:
    """An archive's reader, and what it is asked: the methods' facts, and those that tell none."""

    def __init__(self, reader: object, told: set[Fact], unmarked: set[str]) -> None:
        self._reader = reader
        self._told = told
        self._unmarked = unmarked

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._reader, name)
        if callable(found):
            facts = getattr(found, "reads", None)
            if facts is None:
                self._unmarked.add(f"{type(self._reader).__name__}.{name}")
            else:
                self._told.update(facts)
        return found


class Forgetful:
    """Nothing is kept of what pages show: it is worked out."""

    def view(self, page: Page) -> None:
        del page


def overhear(archive: Archive) -> tuple[set[Fact], set[str]]:
    """What the archive is asked from now on, by facts; and the methods that do not say theirs."""
    told: set[Fact] = set()
    unmarked: set[str] = set()
    for name, reader in list(vars(archive).items()):
        if type(reader).__module__.startswith("newsdigest.archive."):
            setattr(archive, name, Overheard(reader, told, unmarked))
    return told, unmarked


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_reads_what_it_says_and_says_what_it_reads(kind: PageKind, gazette: Gazette) -> None:
    names = list(kind.names(gazette.archive))
    # A renderer of its own: one keeps the feed entries it has read.
    settings, host = gazette.newsroom.settings, plain_host.open_host("")
    renderer = Renderer(settings, gazette.store, Assets(), host, gazette.kinds)
    renderer.archive.views = Forgetful()  # type: ignore[assignment]
    told, unmarked = overhear(renderer.archive)
    for name in names:
        assert renderer.render(Page(kind.name, name))
    assert sorted(unmarked) == []
    assert sorted(told) == sorted(kind.reads)


def test_every_fact_is_read_by_some_kind() -> None:
    assert set().union(*(kind.reads for kind in KINDS)) == set(Fact)
