"""The copy written to train on: French as the wire writes it, each name where its mark says."""

from __future__ import annotations

import pytest

from benchmarks.wire import Part, documents, in_signs, with_article


@pytest.mark.parametrize(
    ("article", "gender", "name", "lead"),
    [
        ("le", "m", "ministère de la Santé", "le "),
        ("le", "f", "Assemblée nationale", "l'"),
        ("du", "m", "Laos", "du "),
        ("du", "p", "Philippines", "des "),
        ("du", "n", "An Giang", "d'"),
        ("au", "f", "Croix-Rouge", "à la "),
        ("en", "f", "Italie", "en "),
        ("en", "p", "États-Unis", "aux "),
    ],
)
def test_a_name_has_the_article_french_gives_it(article: str, gender: str, name: str, lead: str):
    assert with_article(article, gender, name) == lead


def test_vietnamese_names_with_all_signs_some_or_none():
    names = "Nguyễn Đức Hiếu", "Hồ Chí Minh", "Cần Thơ"
    assert [in_signs(name, "some") for name in names] == [
        "Nguyên Duc Hiêu",
        "Hô Chi Minh",
        "Cân Tho",
    ]
    assert [in_signs(name, "none") for name in names] == [
        "Nguyen Duc Hieu",
        "Ho Chi Minh",
        "Can Tho",
    ]
    assert [in_signs(name, "all") for name in names] == list(names)


@pytest.mark.parametrize("part", ["train", "held-out"])
def test_names_stand_apart_in_order_and_begin_and_end_with_their_letters(part: Part):
    for document in documents(60, part):
        reached = 0
        for start, end, _kind in document["spans"]:
            name = document["text"][start:end]
            assert reached <= start < end
            assert name == name.strip(" ,.»«()<>|'")
            reached = end
        assert "<" not in document["text"]


def test_the_nth_article_is_the_same_however_many_are_asked_for():
    assert list(documents(3, "train")) == list(documents(9, "train"))[:3]


def test_nobody_of_one_part_is_in_the_other():
    people: dict[Part, set[str]] = {"train": set(), "held-out": set()}
    for part, found in people.items():
        for document in documents(80, part):
            found.update(
                document["text"][start:end]
                for start, end, kind in document["spans"]
                if kind == "PER" and " " in document["text"][start:end]
            )
    assert len(people["train"]) > 100
    assert not people["train"] & people["held-out"]
