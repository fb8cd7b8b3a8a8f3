"""Pictures as pages and feeds show them: their files, and the HTML around these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from newsdigest.base.addresses import PICTURE, Addresses, href
from newsdigest.base.records import Article, Card, Picture, Site
from newsdigest.pictures import making
from newsdigest.pictures.decode import Size
from newsdigest.site.feed_bytes import clean
from newsdigest.site.feed_media import Media
from newsdigest.site.shapes import Image
from newsdigest.site.words import labels
from newsdigest.text import markup, typography
from newsdigest.text.markup import Figures, Labels

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# The width of JPEG that stands for a picture where one address is all there is room for.
_SHARED = 960
# How wide an article's picture is shown, and one in a list.
IN_TEXT = "(min-width:41rem) 39rem,100vw"
IN_LIST = "(min-width:46rem) 44rem,100vw"


class File(NamedTuple):
    """One file of a picture: its address, relative to the site's root, and its size."""

    address: str
    width: int
    height: int
    suffix: str


def files_of(addresses: Addresses, sha: str, size: Size) -> tuple[File, ...]:
    """All files of a picture, in the order in which they are made."""
    called = making.name(sha)
    return tuple(
        File(
            addresses.of(PICTURE, digest=called, width=part.width, suffix=part.suffix),
            part.width,
            part.height,
            part.suffix,
        )
        for part in making.parts(size)
    )


def jpegs(addresses: Addresses, picture: Picture) -> list[File]:
    """Its files that everybody can show, from narrow to wide."""
    size = Size(picture.width, picture.height)
    return [one for one in files_of(addresses, picture.sha256, size) if one.suffix == making.JPEG]


def shared(addresses: Addresses, picture: Picture) -> File:
    """The one that stands for it elsewhere."""
    found = jpegs(addresses, picture)
    return next((one for one in reversed(found) if one.width <= _SHARED), found[0])


def shared_image(site: Site, addresses: Addresses, article: Article) -> Image | None:
    """The article's first picture as pages elsewhere show it; None for an article without one."""
    if not article.pictures:
        return None
    picture = article.pictures[0]
    file = shared(addresses, picture)
    told = alt(picture, article.lang, labels(article.lang))
    return Image(site.url + href(file.address), file.width, file.height, told)


def media(site: Site, addresses: Addresses, article: Article) -> Media | None:
    """The same in a feed, with the smallest of its files."""
    if not article.pictures:
        return None
    picture = article.pictures[0]
    small, large = jpegs(addresses, picture)[0], shared(addresses, picture)
    return Media(
        site.url + href(large.address),
        TYPES[large.suffix],
        large.width,
        large.height,
        (site.url + href(small.address), small.width, small.height),
        clean(typography.typeset(picture.caption, article.lang)),
        clean(typography.typeset(picture.credit, article.lang)),
    )


def alt(picture: Picture, lang: str, known: Labels) -> str:
    """What is said in the picture's place: its caption; of one that nobody described, that it is a photo,
    and whose. The headline would say once more what stands above it, and nothing at all would hide that
    there is one."""
    if picture.caption:
        return typography.typeset(picture.caption, lang)
    if picture.credit:
        return typography.typeset(known.photo.replace("{credit}", picture.credit), lang)
    return known.photo.partition("{credit}")[0].rstrip(" \u00a0\u202f:")


def list_picture(addresses: Addresses, card: Card) -> Markup:
    """The picture of an article that a list shows one of, in its smaller widths; "" for none."""
    picture = card.picture
    if picture is None:
        return Markup("")
    told = alt(picture, card.lang, labels(card.lang))
    return picture_html(addresses, picture, told, IN_LIST, lazy=False, widest=_SHARED)


def picture_html(
    addresses: Addresses,
    picture: Picture,
    told: str,
    sizes: str,
    lazy: bool,
    widest: int = making.WIDTHS[-1],
) -> Markup:
    """The picture in every width up to the `widest`, for the browser to choose; `told` in its place. Its room
    is kept while it comes."""
    size = Size(picture.width, picture.height)
    sets: dict[str, list[File]] = {}
    for one in files_of(addresses, picture.sha256, size):
        sets.setdefault(one.suffix, []).append(one)
    written = {
        suffix: ", ".join(
            f"{href(one.address)} {one.width}w"
            for one in files
            if one.width <= widest or one is files[0]
        )
        for suffix, files in sets.items()
    }
    better, plain = making.better(), shared(addresses, picture)
    return Markup(
        '<picture><source type="{}" srcset="{}" sizes="{}">'
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{} decoding="async">'
        "</picture>"
    ).format(
        TYPES[better],
        written[better],
        sizes,
        href(plain.address),
        written[making.JPEG],
        sizes,
        plain.width,
        plain.height,
        told,
        Markup(' loading="lazy"') if lazy else "",
    )


def figures(addresses: Addresses, pictures: Sequence[Picture], lang: str) -> Figures:
    """An article's pictures for its page: the first on top, each other one at its photo line's place, or
    below the text."""
    known = labels(lang)
    told = []
    for at, one in enumerate(pictures):
        image = picture_html(addresses, one, alt(one, lang, known), IN_TEXT, lazy=at > 0)
        told.append(markup.figure(image, one, lang, known))
    return _placed(pictures, told)


def feed_figures(
    site: Site, addresses: Addresses, pictures: Sequence[Picture], lang: str
) -> Figures:
    """The same for feed readers: one file of each, at its whole address."""
    known = labels(lang)
    told = []
    for one in pictures:
        file = shared(addresses, one)
        image = Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
            site.url + href(file.address), alt(one, lang, known), file.width, file.height
        )
        told.append(markup.figure(image, one, lang, known, plain=True))
    return _placed(pictures, told)


def _placed(pictures: Sequence[Picture], told: Sequence[Markup]) -> Figures:
    at = {one.block: html for one, html in zip(pictures, told, strict=True) if one.block >= 0}
    if pictures and pictures[0].block >= 0:
        at[pictures[0].block] = Markup("")
    below = [html for one, html in list(zip(pictures, told, strict=True))[1:] if one.block < 0]
    return Figures(told[0] if told else Markup(""), at, tuple(below))
