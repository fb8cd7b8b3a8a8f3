"""The A-Z index: whole, cut, and in parts."""

from __future__ import annotations

from dataclasses import replace

from newsdigest.site.kinds.index import entity_index, entity_index_cut, entity_index_part
from newsdigest.text.alphabet import initial
from samples import ADDRESSES, SITE, entity

NAMES = ["Zoé", "Émile", "2e Régiment", "Đặng Lâm", "Эрмитаж", "Østerbro", "Œuvre", ""]


def test_the_index_files_names_under_their_plain_letter() -> None:
    assert [initial(name) for name in NAMES] == ["Z", "E", "#", "D", "#", "O", "O", "#"]
    named = [*(entity(name) for name in NAMES), entity("Ada", url="")]
    view = entity_index(SITE, ADDRESSES, [replace(one, type="place") for one in named])
    (places,) = view.kinds
    assert [letter.label for letter in places.letters] == ["D", "E", "O", "Z", "#"]
    assert (view.total, places.letters[-1].id) == (8, "place-0")


def test_each_kind_has_its_letters_and_a_person_stands_under_the_surname() -> None:
    people = [entity(name) for name in ("Zoé Aubin", "Charles de Gaulle", "Nguyễn Phú Trọng")]
    view = entity_index(SITE, ADDRESSES, [replace(entity("Zug"), type="place"), *people])
    assert [(kind.id, kind.label, kind.total) for kind in view.kinds] == [
        ("person", "Personnes", 3),
        ("place", "Lieux", 1),
    ]
    found = [
        (letter.label, e.before, e.name, e.after)
        for letter in view.kinds[0].letters
        for e in letter.entries
    ]
    assert found == [
        ("A", "Zoé ", "Aubin", ""),
        ("G", "Charles de ", "Gaulle", ""),
        ("T", "Nguyễn Phú ", "Trọng", ""),
    ]


def test_a_large_index_leads_to_its_parts_after_the_most_cited() -> None:
    view = entity_index_cut(SITE, ADDRESSES, 900, [entity("Zoé")], ["zo", "el", "0", "em"])
    (ways,) = view.kinds
    assert [(letter.label, [e.url for e in letter.entries]) for letter in ways.letters] == [
        ("E", ["/entites/a-z/el/", "/entites/a-z/em/"]),
        ("Z", ["/entites/a-z/zo/"]),
        ("#", ["/entites/a-z/0/"]),
    ]
    assert (view.cut, view.total, [chip.name for chip in view.cited]) == (True, 900, ["Zoé"])


def test_a_part_shows_no_count_that_an_article_could_change() -> None:
    named = [entity("Zorn", articles=3), entity("Zoé", articles=9), entity("Zola", url="")]
    view = entity_index_part(SITE, ADDRESSES, "zo", named)
    (letter,) = view.kinds[0].letters
    assert [(e.name, e.count, e.articles) for e in letter.entries] == [
        ("Zoé", 0, ""),
        ("Zorn", 0, ""),
    ]
    assert (view.part, view.head.path) == ("Zo", "/entites/a-z/zo/")
