"""Editors say who leads a day and who stands first: by the next build, until they take it back."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from newsdigest.base.i18n import translations
from newsdigest.build import Outcome
from newsdigest.report_screen import show
from newsroom import Newsroom, article
from rich.console import Console

NAMES = ("grele", "moisson", "regates", "verger")
DAY = "2026/01/14/index.html"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    for name in NAMES:
        newsroom.write(f"monde/{name}.txt", article(name.capitalize(), "2026-01-14"))
        newsroom.write(f"{name}-avant.txt", article(f"{name} avant", "2026-01-10"))
    newsroom.build()
    return newsroom


def first(newsroom: Newsroom, page: str) -> list[str]:
    """The day's headlines, in the order of a page."""
    text = newsroom.site[page].decode()
    names = "|".join(name.capitalize() for name in NAMES)
    return list(dict.fromkeys(re.findall(rf"\b({names})\b", text)))


def told(outcome: Outcome) -> str:
    text = io.StringIO()
    show(outcome.report, Console(file=text, width=200), translations("en").gettext, "content")
    return text.getvalue()


def test_an_order_holds_by_one_build_and_goes_with_its_lines(newsroom: Newsroom) -> None:
    before = newsroom.site
    for decided, order in {
        "[[lead]]\narticle = 'monde/verger'\n": ["Verger"],
        "[[order]]\nday = 2026-01-14\narticles = ['monde/regates', 'monde/moisson']\n"
        "[[lead]]\narticle = 'monde/verger'\n": ["Verger", "Regates", "Moisson"],
        "[[order]]\nday = 2026-01-14\narticles = ['monde/moisson', 'monde/regates']\n": [
            "Moisson",
            "Regates",
        ],
    }.items():
        newsroom.write("decisions.toml", decided)
        outcome = newsroom.build()
        changed = {page.kind for page in outcome.reasons}
        assert changed == {"front", "day", "month", "section", "editions_feed"}
        assert [page.name for page in outcome.reasons if page.kind == "day"] == ["2026-01-14"]
        assert first(newsroom, DAY)[: len(order)] == order
        assert first(newsroom, "index.html")[: len(order)] == order
        assert first(newsroom, "rubriques/monde/index.html")[: len(order)] == order
        assert newsroom.site == newsroom.clean_build()
    assert newsroom.build().report.nothing_changed
    (newsroom.content / "decisions.toml").unlink()
    newsroom.build()
    assert newsroom.site == before


def test_what_an_order_names_and_is_not_there_is_told(newsroom: Newsroom) -> None:
    newsroom.write(
        "decisions.toml",
        "[[lead]]\narticle = 'monde/jamais'\n\n"
        "[[order]]\nday = 2026-01-14\narticles = ['verger-avant', 'monde/grele', 'rien']\n",
    )
    outcome = newsroom.build()
    screen = told(outcome)
    for line in (
        'content/decisions.toml:1: [[lead]]: no article "monde/jamais" in the archive.',
        'content/decisions.toml:4: [[order]]: no article "rien" in the archive.',
        'content/decisions.toml:4: [[order]]: the article "verger-avant" is not of 2026-01-14.',
    ):
        assert line in screen
    (elsewhere,) = outcome.report.as_json(str)["decisions"]["of_other_days"]
    assert elsewhere == {"kind": "order", "id": "verger-avant", "line": 4, "day": "2026-01-14"}
    assert first(newsroom, DAY)[0] == "Grele"


def test_one_that_moves_to_another_day_leads_that(newsroom: Newsroom) -> None:
    newsroom.write("decisions.toml", "[[lead]]\narticle = 'verger-avant'\n")
    newsroom.build()
    newsroom.write("verger-avant.txt", article("Regates au verger", "2026-01-14"))
    newsroom.build()
    assert first(newsroom, DAY)[0] == "Regates"
    assert newsroom.site == newsroom.clean_build()


def test_a_folded_copy_stands_for_the_one_that_lists_show(newsroom: Newsroom) -> None:
    text = "Les arboriculteurs de la vallée ont rentré leurs pommes avant la neige. " * 6
    newsroom.write("monde/verger.txt", article("Verger", "2026-01-14", text))
    newsroom.write("monde/copie.txt", article("Verger blanc", "2026-01-14", text))
    newsroom.write("decisions.toml", "[[lead]]\narticle = 'monde/copie'\n")
    newsroom.build()
    assert first(newsroom, DAY)[0] == "Verger"
    assert newsroom.site == newsroom.clean_build()
