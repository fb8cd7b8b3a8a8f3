"""The A-Z index: whole, cut, and in parts."""

from __future__ import annotations

from newsdigest.site.kinds.index import entity_index, entity_index_cut, entity_index_part
from newsdigest.text.alphabet import initial
from samples import ADDRESSES, SITE, entity

NAMES = ["Zoé", "Émile", "2e Régiment", "Đặng Lâm", "Эрмитаж", "Østerbro", "Œuvre", ""]


def test_the_index_files_names_under_their_plain_letter() -> None:
    assert [initial(name) for name in NAMES] == ["Z", "E", "#", "D", "#", "O", "O", "#"]
    named = [*(entity(name) for name in NAMES), entity("Ada", url="")]
    view = entity_index(SITE, ADDRESSES, named)
    assert [letter.label for letter in view.letters] == ["D", "E", "O", "Z", "#"]
    assert (view.total, view.letters[-1].id) == (8, "lettre-0")


def test_a_large_index_leads_to_its_parts_after_the_most_cited() -> None:
    view = entity_index_cut(SITE, ADDRESSES, 900, [entity("Zoé")], ["zo", "el", "0", "em"])
    assert [(letter.label, [e.url for e in letter.entries]) for letter in view.letters] == [
        ("E", ["/entites/a-z/el/", "/entites/a-z/em/"]),
        ("Z", ["/entites/a-z/zo/"]),
        ("#", ["/entites/a-z/0/"]),
    ]
    assert (view.cut, view.total, [chip.name for chip in view.cited]) == (True, 900, ["Zoé"])


def test_a_part_shows_no_count_that_an_article_could_change() -> None:
    named = [entity("Zorn", articles=3), entity("Zoé", articles=9), entity("Zola", url="")]
    view = entity_index_part(SITE, ADDRESSES, "zo", named)
    (letter,) = view.letters
    assert [(e.name, e.count, e.articles) for e in letter.entries] == [
        ("Zoé", 0, ""),
        ("Zorn", 0, ""),
    ]
    assert (view.part, view.head.path) == ("Zo", "/entites/a-z/zo/")
