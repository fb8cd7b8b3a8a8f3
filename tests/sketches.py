"""Social cards that are not drawn: what they say and were made from, for tests that ask no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from newsdigest.base.records import Site
from newsdigest.site.cards import drawing
from newsdigest.site.cards.look import Look
from newsdigest.site.cards.said import Said


def sketch(said: Said, site: Site, look: Look) -> bytes:
    """A thousandth of the time of a picture."""
    words = "".join(f"<p>{line}</p>\n" for line in said.lines(site))
    return f"Card\0{drawing.key_of(said, site, look)}\n{words}".encode()


@contextmanager
def sketches_for_cards() -> Iterator[None]:
    """Builds of this process, and of those forked from it, make sketches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "drawn", sketch)
        yield
