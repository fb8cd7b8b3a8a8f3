"""Pictures as pages and feeds show them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Article, Block, Photo, Picture, Site
from newsdigest.pictures.making import name
from newsdigest.site.pictures import alt, feed_figures, figures, picture_html, shared_image
from newsdigest.site.words import labels
from newsdigest.text.markup import feed_html, render_blocks
from wire import LEDE, MORE, copy, read

SHA = "a" * 64
PORT = Picture("port.jpg", SHA, 1600, 1200, "Les grues du port", "Jeanne Ollier/AFP", 2)
QUAY = Picture("port-2.jpg", "b" * 64, 400, 300, "Le quai", "", 3)
ADDRESSES = Addresses()


def pictured(*pictures: Picture) -> Article:
    text = copy(
        LEDE, MORE, "Les grues du port\nPhoto : Jeanne Ollier/AFP", "Le quai\nPhoto : VNA", "Fin."
    )
    return replace(read(text), pictures=pictures)


def page(article: Article) -> tuple[str, str]:
    """What stands on top, and the text below."""
    shown = figures(ADDRESSES, article.pictures, article.lang)
    found = render_blocks(article, figures=shown)
    return str(found.top), str(found.body)


def test_a_browser_is_given_every_width_and_the_room_the_picture_takes() -> None:
    called = f"/images/{name(SHA)}"
    assert picture_html(ADDRESSES, PORT, "Le port", "50vw", lazy=True) == (
        f'<picture><source type="image/avif" srcset="{called}-480.avif 480w, {called}-960.avif 960w,'
        f' {called}-1440.avif 1440w" sizes="50vw"><img src="{called}-960.jpg" srcset="{called}-480.jpg'
        f' 480w, {called}-960.jpg 960w, {called}-1440.jpg 1440w" sizes="50vw" width="960" height="720"'
        ' alt="Le port" loading="lazy" decoding="async"></picture>'
    )


def test_the_first_picture_stands_on_top_and_no_other_in_its_place() -> None:
    top, body = page(pictured(PORT))
    assert top.count("<img") == 1
    assert "<figcaption>Les grues du port" in top
    assert "Jeanne Ollier/AFP" in top
    assert "loading" not in top
    assert "Les grues du port" not in body
    assert "<figcaption>Le quai" in body


def test_others_stand_where_their_photo_line_does_or_below_the_text() -> None:
    last = replace(QUAY, path="port-3.jpg", sha256="c" * 64, block=-1, caption="")
    _top, body = page(pictured(PORT, QUAY, last))
    assert body.count("<picture>") == body.count('loading="lazy"') == 2
    assert body.index(name(QUAY.sha256)) < body.index("Fin.") < body.index(name(last.sha256))


@pytest.mark.parametrize(
    ("lang", "caption", "credit", "told"),
    [
        ("fr", "Le port : les grues", "AFP", "Le port\u00a0: les grues"),
        ("fr", "", "Jeanne Ollier/AFP", "Photo\u00a0: Jeanne Ollier/AFP"),
        ("en", "", "Jeanne Ollier/AFP", "Photo: Jeanne Ollier/AFP"),
        ("vi", "", "", "Ảnh"),
        ("fr", "", "", "Photo"),
    ],
)
def test_whoever_cannot_see_it_is_told_what_it_shows_or_that_there_is_one(
    lang: str, caption: str, credit: str, told: str
) -> None:
    assert alt(replace(PORT, caption=caption, credit=credit), lang, labels(lang)) == told


def test_what_copy_says_of_a_picture_cannot_break_out_of_it() -> None:
    hostile = replace(PORT, caption='"><script>alert(1)</script>', credit="' onerror='x", block=-1)
    article = pictured(hostile)
    top, _body = page(article)
    feed = str(
        feed_html(
            article, "https://x.example", figures=feed_figures(Site(), ADDRESSES, (hostile,), "fr")
        )
    )
    for html in (top, feed):
        assert "<script" not in html
        assert "onerror='" not in html
        assert html.count("<img") == 1


def test_a_feed_has_one_file_of_each_at_its_whole_address() -> None:
    article = pictured(PORT, QUAY)
    shown = feed_figures(Site(url="https://x.example/fil"), ADDRESSES, article.pictures, "fr")
    html = str(feed_html(article, "https://x.example/fil", figures=shown))
    assert html.startswith(
        f'<figure><img src="https://x.example/fil/images/{name(SHA)}-960.jpg" alt="Les grues du port"'
        ' width="960" height="720"><figcaption>Les grues du port Photo\u00a0: Jeanne Ollier/AFP</figcaption>'
    )
    assert html.count("<img") == 2
    assert "srcset" not in html


def test_the_first_one_stands_for_its_article_elsewhere() -> None:
    image = shared_image(Site(url="https://x.example"), ADDRESSES, pictured(PORT, QUAY))
    assert image is not None
    assert (image.url, image.width, image.height, image.alt) == (
        f"https://x.example/images/{name(SHA)}-960.jpg", 960, 720, "Les grues du port",
    )  # fmt: skip
    assert shared_image(Site(), ADDRESSES, pictured()) is None


def test_a_photo_without_its_picture_is_told_as_before() -> None:
    block = Block("photo", caption="Le quai", credit="VNA")
    assert block in pictured().blocks
    assert Photo("Le quai", "VNA") in pictured().photos
    assert "<figcaption>Le quai" in page(pictured())[1]
