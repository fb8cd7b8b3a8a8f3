"""Which pictures an article names, and which are named after it."""

from __future__ import annotations

import pytest
from newsdigest.base.records import Block, Photo
from newsdigest.read.pictures import Read, names_of, of_articles, pictures_of, twice
from wire import LEDE, MORE, copy, read


@pytest.mark.parametrize(
    ("line", "photo"),
    [
        ("Photo : port.jpg", Photo("", "", "port.jpg")),
        (
            "Photo : IMG_1234.JPG — Jeanne Ollier/AFP",
            Photo("", "Jeanne Ollier/AFP", "IMG_1234.JPG"),
        ),
        ("Photo : port 2.png (AFP)", Photo("", "AFP", "port 2.png")),
        (
            "Ảnh: cau.jpeg – Cầu mới trong sương sớm",
            Photo("Cầu mới trong sương sớm", "", "cau.jpeg"),
        ),
        (
            "[Photo : port.webp — Le port, vu du phare. Jeanne Ollier/AFP]",
            Photo("Le port, vu du phare.", "Jeanne Ollier/AFP", "port.webp"),
        ),
        ("Photo : a.tif — Le port — Jeanne Ollier", Photo("Le port", "Jeanne Ollier", "a.tif")),
        ("Photos : a.avif : Deux bateaux (Reuters)", Photo("Deux bateaux", "Reuters", "a.avif")),
        ("Photo : a.jpg, le port. Photo : VNA", Photo("le port.", "VNA", "a.jpg")),
        ("Photo : Jeanne Ollier/AFP", Photo("", "Jeanne Ollier/AFP")),
        ("Photo : www.port.example", Photo("", "www.port.example")),
    ],
)
def test_a_photo_line_may_give_a_file_a_caption_and_a_credit(line: str, photo: Photo) -> None:
    article = read(copy(LEDE, MORE, line))
    assert article.photos == (photo,)
    assert article.blocks[-1] == Block(
        "photo", caption=photo.caption, credit=photo.credit, file=photo.file
    )
    assert names_of(article) == ([photo.file] if photo.file else [])


def test_a_caption_may_stand_above_the_line_that_names_the_file() -> None:
    article = read(copy(LEDE, MORE, "Les grues du port\nPhoto : port.jpg — AFP"))
    assert article.photos == (Photo("Les grues du port", "AFP", "port.jpg"),)


def test_pictures_belong_to_the_article_they_are_called_after() -> None:
    ids = {"ville/port", "ville/quai-2", "ville/quai"}
    pictures = ["port.jpg", "port-10.jpg", "port-2.PNG", "quai-2.jpg", "quai-3.gif", "port-1.jpg"]
    assert of_articles(ids, [f"ville/{name}" for name in (*pictures, "pont.jpg")]) == {
        "ville/port": ["ville/port.jpg", "ville/port-2.PNG", "ville/port-10.jpg"],
        "ville/quai-2": ["ville/quai-2.jpg"],
        "ville/quai": ["ville/quai-3.gif"],
    }


def test_of_two_pictures_of_one_number_the_second_is_told() -> None:
    assert twice(["a.jpg", "a.png", "a-2.jpg"]) == {"a.png": "a.jpg"}


def test_named_pictures_stand_where_they_are_named_and_others_take_the_other_lines() -> None:
    article = read(
        copy(LEDE, "Le phare\nPhoto : AFP", MORE, "[Photo : b.jpg — Le quai. VNA]", "Fin.")
    )
    named = {"b.jpg": Read("b.jpg", "b" * 64, 40, 30)}
    beside = [named["b.jpg"], Read("x.jpg", "c" * 64, 40, 30), Read("x-2.jpg", "d" * 64, 40, 30)]
    found = pictures_of(article, named, beside)
    assert [(one.path, one.caption, one.credit) for one in found] == [
        ("x.jpg", "Le phare", "AFP"),
        ("b.jpg", "Le quai.", "VNA"),
        ("x-2.jpg", "", ""),
    ]
    assert [article.blocks[one.block].credit for one in found[:2]] == ["AFP", "VNA"]
    assert found[2].block == -1
