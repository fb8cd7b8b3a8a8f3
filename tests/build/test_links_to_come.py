"""A link may lead to a page that this build adds, not to one that was planned and came to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsdigest.base.errors import VerificationError
from newsdigest.base.records import Page
from newsdigest.site.renderer import File, Keep, Renderer
from newsroom import Newsroom, article


@pytest.mark.parametrize(
    ("kind", "page"),
    [("day", "2026/01/15/index.html"), ("stories", "dossiers/index.html")],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_link_to_a_page_that_came_to_nothing_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, page: str, first: bool
) -> None:
    newsroom = Newsroom(tmp_path)
    if not first:
        newsroom.write("port.txt", article("Le port ferme"))
        newsroom.build()
    before = newsroom.site
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.restyle("body{order:1}")
    render = Renderer.render

    def render_all_but_one_kind(self: Renderer, wanted: Page, *keep: Keep) -> list[File]:
        return [] if wanted.kind == kind else render(self, wanted, *keep)

    monkeypatch.setattr(Renderer, "render", render_all_but_one_kind)
    with pytest.raises(VerificationError, match=f"link to /{page}, which the site does not have"):
        newsroom.build()
    assert newsroom.site == before
    monkeypatch.undo()
    newsroom.build()
    assert page in newsroom.site
    assert newsroom.site == newsroom.clean_build()


def test_a_page_that_is_no_more_and_that_nothing_leads_to_stops_nothing(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write("port.txt", article("Le port ferme", "2026-01-14"))
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.build()
    (newsroom.content / "port.txt").unlink()
    newsroom.build()
    assert "2026/01/14/index.html" not in newsroom.site
    assert newsroom.site == newsroom.clean_build()
