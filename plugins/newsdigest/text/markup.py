"""An article's blocks as HTML: for its page, and as full text for the feeds.

Typography is put on here, outside tags and addresses; everything from the article is escaped here
and nowhere else. Nothing is parsed: the blocks are plain text, so the HTML is only ever joined.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urljoin

from markupsafe import Markup

from newsdigest.base.records import Article, Block, Entity, EntityType, Mention, Picture
from newsdigest.text import dates
from newsdigest.text.dated.times import Piece, Times
from newsdigest.text.escaping import escaped as _escaped
from newsdigest.text.shorten import shorten, whole_sentences
from newsdigest.text.tables import figure_columns, has_header
from newsdigest.text.typography import NBSP, cut_edited, edits, typeset

WORDS_A_MINUTE = 230
NO_MARKUP = Markup("")

EntityKey = tuple[str, EntityType]
"""An entity as `Entity` names it: (name, type)."""


@dataclass(frozen=True, slots=True)
class ReferenceLink:
    """Where a related headline leads. `iso_date` is the target's, at any precision, or ""; `mark`
    what its page says of it.

    Of a dispatch that was `retracted` it leads nowhere, and is told only if that is `named`; of one that is
    `absent` it leads nowhere either.
    """

    url: str
    iso_date: str = ""
    mark: str = ""
    retracted: bool = False
    named: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Labels:
    """The few words the body needs, in the article's language.

    `{credit}` in `photo` stands for the photo's credit line; a table's region is called `table`,
    with a number when there are several.
    """

    related: str = "À lire aussi"
    table: str = "Tableau"
    photo: str = f"Photo{NBSP}: {{credit}}"
    retracted: str = "dépêche retirée"
    absent: str = "non publié ici"


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """Escaped HTML. `lede` is what goes inside its <p>, "" for an article without a paragraph; `top` the
    picture that stands above it."""

    lede: Markup
    body: Markup
    top: Markup = NO_MARKUP


class Figures(NamedTuple):
    """Pictures of an article, as HTML: the one on `top`; those that take a photo block's place, by its index
    ("": it is shown elsewhere); those `below` the text."""

    top: Markup = NO_MARKUP
    at: Mapping[int, Markup] = MappingProxyType({})
    below: Sequence[Markup] = ()


NO_FIGURES = Figures()


def render_blocks(
    article: Article,
    entities: Sequence[Entity] = (),
    entity_urls: Mapping[EntityKey, str] | None = None,
    references: Mapping[str, ReferenceLink | None] | None = None,
    labels: Labels | None = None,
    figures: Figures = NO_FIGURES,
) -> RenderedBody:
    """The article's page text. The first mention of each entity that has a URL is linked; words that date
    are `<time>`, with the date in full where they do not say all of it.

    `references` is keyed by the related headline as the article writes it; one that is absent or
    None is shown as plain text.
    """
    spans = _first_mentions(article, entities, entity_urls or {})
    writer = _BlockWriter(
        article.lang,
        spans,
        references or {},
        labels or Labels(),
        "page",
        Times(article),
        figures.at,
    )
    lede = writer.dated_prose(0, article.lede) if article.lede else ""
    body = writer.blocks(article.blocks, 1 if article.lede else 0)
    return RenderedBody(Markup(lede), Markup("\n".join((*body, *figures.below))), figures.top)


def feed_html(
    article: Article,
    site_url: str,
    references: Mapping[str, ReferenceLink | None] | None = None,
    labels: Labels | None = None,
    figures: Figures = NO_FIGURES,
) -> Markup:
    """The full text for feed readers: the page's words, absolute addresses, plain tags only.

    Entities are not linked: an entity's page may open long after the entry was first read, and
    must not change the entry. Words that date are left plain: readers drop `<time>`.
    """
    links = {
        headline: link
        if link.retracted
        else ReferenceLink(urljoin(site_url + "/", link.url.removeprefix("/")), link.iso_date)
        for headline, link in (references or {}).items()
        if link is not None and not link.absent
    }
    writer = _BlockWriter(article.lang, {}, links, labels or Labels(), "feed", figures=figures.at)
    pieces = (figures.top, *writer.blocks(article.blocks), *figures.below)
    return Markup("\n".join(filter(None, pieces)))


def figure(
    image: Markup, picture: Picture, lang: str, labels: Labels, *, plain: bool = False
) -> Markup:
    """A picture with its caption and credit; without attributes for feeds, which are `plain`."""
    told = [_escaped(typeset(picture.caption, lang))] if picture.caption else []
    if picture.credit:
        credit = _escaped(labels.photo.replace("{credit}", typeset(picture.credit, lang)))
        told.append(credit if plain else f'<span class="credit">{credit}</span>')
    caption = f"<figcaption>{' '.join(told)}</figcaption>" if told else ""
    return Markup(f"<figure>{image}{caption}</figure>")


def plain_text(article: Article) -> str:
    """The body's words as written, blocks apart by a blank line; related headlines left out."""
    return "\n\n".join(text for text in map(_block_text, article.blocks) if text)


def reading_minutes(article: Article) -> int:
    """At 230 words a minute, rounded, at least 1."""
    words = len(plain_text(article).split())
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


def dek(article: Article, limit: int = 300) -> str:
    """The lede (or the first text there is), typeset, cut at a word with `…` to fit `limit`."""
    return shorten(typeset(_opening(article, limit), article.lang), limit)


def summary(article: Article, limit: int = 300, longest: int = 450) -> str:
    """The sentences of the same text that fit `limit`, and at least the first, typeset: it ends where
    a sentence does, unless the first is longer than `longest`."""
    told = whole_sentences(_opening(article, longest), limit)
    return shorten(typeset(told, article.lang), longest)


def _opening(article: Article, limit: int) -> str:
    text = article.lede or next(filter(None, map(_block_text, article.blocks)), "")
    return " ".join(text[: 4 * limit].split())


def _block_text(block: Block) -> str:
    if block.type == "related":
        return ""
    if block.type == "photo":
        return block.caption
    if block.type == "table":
        return "\n".join(" | ".join(row) for row in block.rows)
    return block.tagged_text


# --- Which mentions become links -------------------------------------------------------------

Link = tuple[int, int, str]
"""(start, end, url) in a block's `tagged_text`."""

_LINKED_BLOCKS = frozenset({"paragraph", "question", "list", "table"})


def _first_mentions(
    article: Article, entities: Sequence[Entity], entity_urls: Mapping[EntityKey, str]
) -> dict[int, list[Link]]:
    """By block, the links in text order. A mention inside a link taken leaves its turn to the next."""
    links: dict[int, list[Link]] = {}
    linked: set[str] = set()
    texts = [block.tagged_text if block.type in _LINKED_BLOCKS else "" for block in article.blocks]
    for entity in entities:
        url = entity_urls.get((entity.name, entity.type), "")
        if not url or url in linked:
            continue
        for mention in entity.mentions:
            index = mention.block
            if not 0 <= index < len(texts) or not _is_at(mention, texts[index]):
                continue
            if _insert(links.setdefault(index, []), (mention.start, mention.end, url)):
                linked.add(url)
                break
    return links


def _is_at(mention: Mention, text: str) -> bool:
    """A mention that is not where it says, or spans two items, is not linked."""
    words = mention.text
    return (
        mention.start >= 0
        and text[mention.start : mention.end] == words
        and words != ""
        and "\n" not in words
    )


def _insert(links: list[Link], link: Link) -> bool:
    """Keep the list in order and disjoint; False if the place is taken."""
    if not links or links[-1][1] <= link[0]:  # the usual case: entities come in reading order
        links.append(link)
        return True
    at = bisect_left(links, link)
    if at and links[at - 1][1] > link[0]:
        return False
    if at < len(links) and links[at][0] < link[1]:
        return False
    links.insert(at, link)
    return True


# --- The blocks ------------------------------------------------------------------------------


class _BlockWriter:
    """Writes one article's blocks; `target` is "page" or "feed" (no attributes but href).

    Words that date are marked where there are `times`.
    """

    def __init__(
        self,
        lang: str,
        links: Mapping[int, Sequence[Link]],
        references: Mapping[str, ReferenceLink | None],
        labels: Labels,
        target: str,
        times: Times | None = None,
        figures: Mapping[int, Markup] = NO_FIGURES.at,
    ) -> None:
        self.lang = lang
        self.links = links
        self.references = references
        self.labels = labels
        self.figures = figures
        self.page = target == "page"
        self.times = times
        self.credited: set[str] = set()

    def blocks(self, blocks: Sequence[Block], first: int = 0) -> list[str]:
        """The blocks from the one of index `first` on; one that comes out empty is left out."""
        types = [block.type for block in blocks]
        tables, asides = types.count("table"), types.count("related")
        table = aside = 0
        written: list[str] = []
        for index in range(first, len(blocks)):
            block, block_type = blocks[index], types[index]
            if block_type == "paragraph":
                html = f"<p>{self.dated_prose(index, block.text)}</p>"
            elif block_type == "subheading":
                html = f"<h2>{self.prose(index, block.text)}</h2>"
            elif block_type == "question":
                opening = '<p class="question">' if self.page else "<p>"
                html = f"{opening}<strong>{self.prose(index, block.text)}</strong></p>"
            elif block_type == "list":
                html = self.listing(index, block)
            elif block_type == "table":
                table += 1
                html = self.table(index, block, table if tables > 1 else 0)
            elif block_type == "photo":
                html = str(self.figures[index]) if index in self.figures else self.photo(block)
            else:
                aside += 1
                html = self.related(block, aside if asides > 1 else 0)
            if html:
                written.append(html)
        return written

    def dated_prose(self, index: int, text: str, offset: int = 0) -> str:
        """The same as `prose`, its words that date marked."""
        return self.prose(index, text, offset, self.times)

    def prose(self, index: int, text: str, offset: int = 0, times: Times | None = None) -> str:
        """One run of text of block `index`, which begins at `offset` of its `tagged_text`."""
        marked = self.linked(index, len(text), offset)
        if times:
            marked = times.beside(marked, text)
        if not marked:
            return _escaped(typeset(text, self.lang))
        cuts = [0, *(at for piece in marked for at in (piece.start, piece.end)), len(text)]
        pieces = map(_escaped, cut_edited(text, edits(text, self.lang), cuts))
        written = [next(pieces)]
        for piece in marked:
            written += (piece.opens, next(pieces), piece.closes, next(pieces))
        return "".join(written)

    def linked(self, index: int, length: int, offset: int) -> list[Piece]:
        """The links of so many characters of a block from `offset` on, counted from there."""
        links = self.links.get(index, ())
        found = []
        for at in range(bisect_left(links, (offset, 0, "")), len(links)):
            start, end, url = links[at]
            if end > offset + length:
                break
            opens = f'<a class="entity" href="{_escaped(url)}">'
            found.append(Piece(start - offset, end - offset, opens, "</a>"))
        return found

    def listing(self, index: int, block: Block) -> str:
        offset = 0
        items: list[str] = []
        for item in block.items:
            items.append(f"<li>{self.dated_prose(index, item, offset)}</li>")
            offset += len(item) + 1
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>{''.join(items)}</{tag}>" if items else ""

    def table(self, index: int, block: Block, number: int) -> str:
        if not block.rows:
            return ""
        width = max(map(len, block.rows))
        header = has_header(block.rows)
        figures = figure_columns(block.rows[1:] if header else block.rows) if self.page else set()
        offset = 0
        rows: list[str] = []
        for at, row in enumerate(block.rows):
            cells: list[str] = []
            for column, cell in enumerate(row):
                figure = ' class="num"' if column in figures else ""
                html = self.prose(index, cell, offset)
                offset += len(cell) + 1
                if header and at == 0 and cell:
                    scope = ' scope="col"' if self.page else ""
                    cells.append(f"<th{scope}{figure}>{html}</th>")
                else:
                    cells.append(f"<td{figure}>{html}</td>")
            cells += ["<td></td>"] * (width - len(row))
            rows.append(f"<tr>{''.join(cells)}</tr>")
        if header:
            table = f"<thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody>"
        else:
            table = f"<tbody>{''.join(rows)}</tbody>"
        if not self.page:
            return f"<table>{table}</table>"
        # Scrolled by keyboard too, hence focusable; a focusable region needs a name of its own.
        name = _escaped(f"{self.labels.table} {number}" if number else self.labels.table)
        return (
            f'<div class="table" role="region" aria-label="{name}" tabindex="0">'
            f"<table>{table}</table></div>"
        )

    def photo(self, block: Block) -> str:
        caption = _escaped(typeset(block.caption, self.lang))
        credit = ""
        if block.credit and not (self.page and block.credit in self.credited):
            self.credited.add(block.credit)
            words = typeset(block.credit, self.lang)
            credit = _escaped(self.labels.photo.replace("{credit}", words))
            if self.page:
                credit = f'<span class="credit">{credit}</span>'
        text = " ".join(filter(None, (caption, credit)))
        return f"<figure><figcaption>{text}</figcaption></figure>" if text else ""

    def related(self, block: Block, number: int) -> str:
        items = "".join([f"<li>{self.reference(headline)}</li>" for headline in block.items])
        if not items:
            return ""
        label = _escaped(self.labels.related)
        if not self.page:
            return f"<h2>{label}</h2>\n<ul>{items}</ul>"
        # Two unnamed asides on a page could not be told apart in a list of landmarks.
        name = f' aria-label="{label} {number}"' if number else ""
        return f'<aside class="related"{name}><h2>{label}</h2>\n<ul>{items}</ul></aside>'

    def reference(self, headline: str) -> str:
        words = _escaped(typeset(headline, self.lang))
        link = self.references.get(headline)
        if link is None:
            return words
        if link.retracted:
            label = _escaped(self.labels.retracted)
            return f"{words} ({label})" if link.named else label
        if link.absent:
            return f'{words} <span class="meta">({_escaped(self.labels.absent)})</span>'
        html = f'<a href="{_escaped(link.url)}">{words}</a>'
        if link.iso_date:
            day = _escaped(dates.label(link.iso_date[:10], self.lang))
            html += (
                f' <time datetime="{_escaped(link.iso_date)}">{day}</time>'
                if self.page
                else f" {day}"
            )
        if link.mark and self.page:
            html += f' <span class="kick">{_escaped(link.mark)}</span>'
        return html
