"""Who reads on stays in the language: before and after, what is suggested, and the way to a twin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from newsroom import Newsroom, article


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    for at, name in enumerate(("alizes", "bouleaux", "cigales", "dunes")):
        newsroom.write(f"fr/monde/{name}.txt", article(name.capitalize(), f"2026-01-1{at}"))
        newsroom.write(f"en/monde/{name}-en.txt", article(f"{name} abroad", f"2026-01-1{at}"))
        newsroom.write(f"fr/sport/{name}-s.txt", article(f"{name} au stade", f"2026-01-1{at}"))
        newsroom.write(f"fr/{name}-seuls.txt", article(f"{name} sans rubrique", f"2026-01-1{at}"))
    newsroom.build()
    return newsroom


def text_of(newsroom: Newsroom, page: str) -> str:
    return " ".join(newsroom.site[f"2026/01/{page}.html"].decode().split())


def around(newsroom: Newsroom, page: str) -> list[str]:
    """The last words of the addresses before and after an article, "" for none."""
    text = text_of(newsroom, page)
    found = [
        re.search(rf"\b{side}=(?:None|Link\(url='([^']*)')", text) for side in ("previous", "next")
    ]
    return [
        one[1].rpartition("/")[2].removesuffix(".html") if one and one[1] else "" for one in found
    ]


def built(newsroom: Newsroom) -> set[str]:
    """The articles made again by a build that equals a clean one."""
    outcome = newsroom.build(allow_removals=True)
    assert newsroom.site == newsroom.clean_build()
    return {page.name for page in outcome.reasons if page.kind == "article"}


def test_before_and_after_stand_in_one_section_and_one_language(newsroom: Newsroom) -> None:
    assert around(newsroom, "11/bouleaux") == ["alizes", "cigales"]
    assert around(newsroom, "11/bouleaux-abroad") == ["alizes-abroad", "cigales-abroad"]
    assert around(newsroom, "10/alizes-au-stade") == ["", "bouleaux-au-stade"]
    assert around(newsroom, "13/dunes-sans-rubrique") == ["cigales-sans-rubrique", ""]


def test_an_article_of_another_section_or_language_moves_nobodys_neighbours(
    newsroom: Newsroom,
) -> None:
    newsroom.write("fr/monde/entre.txt", article("Entre deux", "2026-01-11 08:00"))
    assert built(newsroom) == {"fr/monde/entre", "fr/monde/bouleaux", "fr/monde/cigales"}
    newsroom.write("fr/monde/entre.txt", article("Entre eux", "2026-01-11 08:00"))
    assert built(newsroom) == {"fr/monde/entre", "fr/monde/bouleaux", "fr/monde/cigales"}
    (newsroom.content / "fr/monde/entre.txt").rename(newsroom.content / "fr/sport/entre.txt")
    assert {"fr/monde/bouleaux", "fr/sport/bouleaux-s"} < built(newsroom)
    assert around(newsroom, "11/bouleaux") == ["alizes", "cigales"]


JOINED = "[[join]]\narticle = '{}'\nto = '{}'\n"


def test_before_and_after_stand_in_the_story_where_there_is_one(newsroom: Newsroom) -> None:
    def join(*pairs: tuple[str, str]) -> None:
        newsroom.write("decisions.toml", "".join(JOINED.format(*pair) for pair in pairs))

    newsroom.write("fr/monde/phare.txt", article("Le phare", "2026-01-10 06:00"))
    newsroom.write("fr/sport/phare.txt", article("La suite", "2026-01-12"))
    newsroom.write("en/phare-3.txt", article("Abroad", "2026-01-13"))
    newsroom.write("fr/culture/p4.txt", article("Plus tard", "2026-01-14"))
    second, third = ("fr/sport/phare", "fr/monde/phare"), ("en/phare-3", "fr/sport/phare")
    join(second, third)
    built(newsroom)
    assert around(newsroom, "10/le-phare") == ["", "la-suite"]
    assert around(newsroom, "12/la-suite") == ["le-phare", ""]
    # The only one of its story in its language stays in its section.
    assert around(newsroom, "13/abroad") == ["", ""]
    join(second, third, ("fr/culture/p4", "en/phare-3"))
    assert "fr/sport/phare" in built(newsroom)
    assert around(newsroom, "12/la-suite") == ["le-phare", "plus-tard"]
    newsroom.write("fr/culture/p4.txt", article("Bien plus tard", "2026-01-14"))
    built(newsroom)
    assert around(newsroom, "12/la-suite") == ["le-phare", "bien-plus-tard"]
    join(second, third)
    built(newsroom)
    assert around(newsroom, "12/la-suite") == ["le-phare", ""]
    (newsroom.content / "fr/sport/phare.txt").unlink()
    built(newsroom)
    assert around(newsroom, "10/le-phare") == ["alizes", "bouleaux"]


def twins(newsroom: Newsroom, page: str) -> list[tuple[str, ...]]:
    """The address and language of each twin that an article's page names."""
    return re.findall(r"Twin\(url='([^']*)', lang='(\w+)'", text_of(newsroom, page))


def test_the_same_path_in_another_language_folder_is_the_same_article(newsroom: Newsroom) -> None:
    page, text = (
        "10/alizes",
        "Les alizés soufflent sur toute la côte depuis le début de la semaine.",
    )
    assert twins(newsroom, page) == []
    newsroom.write("vi/monde/alizes.txt", article("Gió mậu dịch", "2026-01-12"))
    assert built(newsroom) == {"vi/monde/alizes", "fr/monde/alizes"}
    assert twins(newsroom, page) == [("/2026/01/12/gio-mau-dich.html", "vi")]
    assert twins(newsroom, "12/gio-mau-dich") == [("/2026/01/10/alizes.html", "fr")]
    # Its folder may stand elsewhere in the path, or miss: none is a language too.
    newsroom.write("monde/EN/alizes.txt", article("Trade winds", "2026-01-10"))
    (newsroom.content / "fr/monde/alizes.txt").unlink()
    newsroom.write("monde/alizes.txt", article("Alizes", "2026-01-10", text))
    built(newsroom)
    english = ("/2026/01/10/trade-winds.html", "en")
    assert twins(newsroom, page) == [english, ("/2026/01/12/gio-mau-dich.html", "vi")]
    (newsroom.content / "vi/monde/alizes.txt").unlink()
    built(newsroom)
    assert twins(newsroom, page) == [english]
    (newsroom.content / "monde/alizes.txt").unlink()
    built(newsroom)
    assert twins(newsroom, "10/trade-winds") == []


def test_two_of_one_language_at_one_path_are_no_twins(newsroom: Newsroom) -> None:
    newsroom.write("monde/fr/alizes.txt", article("Alizes encore", "2026-01-12"))
    built(newsroom)
    assert twins(newsroom, "10/alizes") == twins(newsroom, "12/alizes-encore") == []


def test_what_is_suggested_is_in_the_language(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    text = "Anna Korvat a inauguré le pont de Lorvat ; Paul Ostrander dirigeait le chantier."
    newsroom.write("fr/pont.txt", article("Pont de Lorvat", "2026-01-01", text))
    abroad = "Lorvat has its bridge. Paul Ostrander and Anna Korvat said so to the crowd."
    newsroom.write("en/bridge.txt", article("Lorvat bridge", "2026-01-08", abroad))
    newsroom.write("fr/suite.txt", article("Lorvat, un an après", "2026-01-20", text + " Un an."))
    newsroom.build()
    page = "20/lorvat-un-an-apres"
    assert suggested(newsroom, page) == ["pont-de-lorvat"]
    (newsroom.content / "en/bridge.txt").rename(newsroom.content / "fr/bridge.txt")
    built(newsroom)
    assert set(suggested(newsroom, page)) == {"pont-de-lorvat", "lorvat-bridge"}


def suggested(newsroom: Newsroom, page: str) -> list[str]:
    found = re.findall(r"Suggested\(teaser=Teaser\(url='([^']*)'", text_of(newsroom, page))
    return [url.rpartition("/")[2].removesuffix(".html") for url in found]
