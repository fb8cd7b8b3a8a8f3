"""An article in other formats than its page: plain text, and IPTC ninjs 2.1 (iptc.org/std/ninjs).

The text says what the page says, in its words; ninjs has the words as they came, for machines that read
wire: `read/wire/ninjs.py` reads the same article out of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from newsdigest.archive.articles import FiledArticle
from newsdigest.base.addresses import Addresses, href
from newsdigest.base.records import Article, Block, Site
from newsdigest.site import notes
from newsdigest.site.body import reference_links
from newsdigest.site.pictures import TYPES, jpegs
from newsdigest.site.pictures import File as PictureFile
from newsdigest.site.words import labels, words
from newsdigest.text import dates
from newsdigest.text.markup import Labels, ReferenceLink
from newsdigest.text.tables import has_header
from newsdigest.text.typography import typeset

SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"
_NAMED = {
    "person": "people",
    "place": "places",
    "organisation": "organisations",
    "event": "events",
    "product": "objects",
}


# -- plain text ----------------------------------------------------------------------------------


def plain_text(filed: FiledArticle, site: Site) -> str:
    """The article as plain text: headline, date, credit, place; corrections; the text, a paragraph a line;
    the page's address."""
    article = filed.article
    headline = typeset(article.headline, article.lang)
    kicker = typeset(article.kicker or "", article.lang)
    day, time = article.iso_date[:10], article.iso_date[11:16]
    dated = ", ".join(filter(None, (dates.label(day, site.lang), time)))
    known = words(site.lang)
    corrections = (
        f"{known.correction_of.format(day=note.date)} {note.text}"
        for note in notes.notes(filed.line, site, article.lang)
    )
    head = [kicker, headline, "", dated, article.credit, article.dateline or ""]
    told = _Text(article.lang, labels(article.lang), reference_links(filed), site.url)
    parts = (
        "\n".join(line for at, line in enumerate(head) if line or at == 2).strip("\n"),
        *corrections,
        *filter(None, map(told.block, article.blocks)),
        site.url + filed.url,
    )
    return "\n\n".join(parts) + "\n"


class _Text:
    """Writes blocks of one article as text, typeset as its language is."""

    def __init__(
        self,
        lang: str,
        labels: Labels,
        references: Mapping[str, ReferenceLink | None],
        site_url: str,
    ) -> None:
        self.lang = lang
        self.labels = labels
        self.references = references
        self.site_url = site_url

    def block(self, block: Block) -> str:
        """The block's lines, "" for one that says nothing."""
        if block.type == "list":
            signs = (f"{at}." if block.ordered else "-" for at in range(1, len(block.items) + 1))
            return "\n".join(
                f"{sign} {self.said(item)}" for sign, item in zip(signs, block.items, strict=True)
            )
        if block.type == "table":
            return "\n".join(" | ".join(map(self.said, row)) for row in block.rows)
        if block.type == "photo":
            credit = self.labels.photo.replace("{credit}", self.said(block.credit))
            told = (self.said(block.caption), credit if block.credit else "")
            return " ".join(filter(None, told)).join("[]") if any(told) else ""
        if block.type == "related":
            return "\n".join([f">> {line}" for line in map(self.reference, block.items)])
        return self.said(block.text)

    def said(self, text: str) -> str:
        return typeset(text, self.lang)

    def reference(self, headline: str) -> str:
        """A cited headline, and below it where it leads."""
        link, said = self.references.get(headline), self.said(headline)
        if link is None:
            return said
        if link.retracted:
            return f"{said} ({self.labels.retracted})" if link.named else self.labels.retracted
        if link.absent:
            return f"{said} ({self.labels.absent})"
        return f"{said}\n   {self.site_url}{link.url}"


# -- ninjs ---------------------------------------------------------------------------------------


def ninjs(filed: FiledArticle, site: Site, addresses: Addresses) -> str:
    """The article as one ninjs 2.1 item.

    A date is as precise as the article's: a day without an hour stays a day, a month alone is not told
    (ninjs has no such date). `versioncreated` is when readers were last told otherwise.
    """
    article, address = filed.article, site.url + filed.url
    dated = article.date_precision != "month"
    modified = notes.modified(filed, site)
    html = body_html(article)
    item: dict[str, Any] = {
        "standard": {"name": "ninjs", "version": "2.1", "schema": SCHEMA},
        "uri": address,
        "type": "text",
        "pubstatus": "usable",
        "language": article.lang,
        "firstcreated": article.iso_date if dated else "",
        "versioncreated": modified if dated or modified != article.iso_date else "",
        "headlines": _headlines(article),
        "by": ", ".join(article.authors),
        "infosources": [{"name": name} for name in article.agencies],
        "located": (article.dateline or "").partition(" (")[0],
        "descriptions": [
            {"role": "correction", "value": note.text}
            for note in notes.notes(filed.line, site, article.lang)
        ],
        "bodies": [
            {
                "role": "main",
                "contenttype": "text/html",
                "wordcount": sum(len(text.split()) for text in _texts(article)),
                "value": html,
            }
        ],
        **_named(filed, site),
        "associations": list(_associations(filed, address, site, addresses)),
        "renditions": [{"name": "page", "href": address, "contenttype": "text/html"}],
    }
    told = {name: value for name, value in item.items() if value}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def _headlines(article: Article) -> list[dict[str, str]]:
    told = [{"role": "main", "value": article.headline}]
    return [*told, {"role": "kicker", "value": article.kicker}] if article.kicker else told


def _texts(article: Article) -> Iterator[str]:
    return (block.tagged_text for block in article.blocks if block.type not in ("photo", "related"))


def _named(filed: FiledArticle, site: Site) -> dict[str, list[dict[str, str]]]:
    """Whom and what it names, by kind, in reading order; with the address of those that have a page."""
    found: dict[str, list[dict[str, str]]] = {}
    for card in filed.entity_cards:
        one = {"name": card.name, **({"uri": site.url + card.url} if card.url else {})}
        found.setdefault(_NAMED[card.type], []).append(one)
    return found


def _associations(
    filed: FiledArticle, address: str, site: Site, addresses: Addresses
) -> Iterator[dict[str, Any]]:
    """Its pictures, with their files where they are shown, and the articles it cites that stand here."""
    for at, (caption, credit, files) in enumerate(_photos(filed.article, addresses), 1):
        told = {
            "name": f"photo-{at}",
            "uri": f"{address}#photo-{at}",
            "type": "picture",
            "descriptions": [{"role": "caption", "value": caption}] if caption else [],
            "by": credit,
            "renditions": [
                {
                    "name": str(file.width),
                    "href": site.url + href(file.address),
                    "contenttype": TYPES[file.suffix],
                    "width": file.width,
                    "height": file.height,
                }
                for file in files
            ],
        }
        yield {name: value for name, value in told.items() if value}
    links = ((line, link) for line, link in reference_links(filed).items() if link and link.url)
    for at, (headline, link) in enumerate(links, 1):
        yield {
            "name": f"related-{at}",
            "uri": site.url + link.url,
            "type": "text",
            "headlines": [{"role": "main", "value": headline}],
        }


def _photos(
    article: Article, addresses: Addresses
) -> Iterator[tuple[str, str, Sequence[PictureFile]]]:
    """Each picture's caption, credit and files: those of the text in their order, then the others."""
    shown = {one.block: one for one in article.pictures if one.block >= 0}
    for at, block in enumerate(article.blocks):
        if block.type == "photo":
            files = jpegs(addresses, shown[at]) if at in shown else ()
            yield block.caption, block.credit, files
    for one in article.pictures:
        if one.block < 0:
            yield one.caption, one.credit, jpegs(addresses, one)


def body_html(article: Article) -> str:
    """The text as plain HTML, in the words it came in; pictures and cited headlines stand apart."""
    return "\n".join(filter(None, map(_html, article.blocks)))


def _html(block: Block) -> str:
    if block.type in ("photo", "related"):
        return ""
    if block.type == "list":
        tag = "ol" if block.ordered else "ul"
        items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
        return f"<{tag}>{items}</{tag}>"
    if block.type == "table":
        return _table(block.rows)
    if block.type == "question":
        return f"<p><strong>{escape(block.text)}</strong></p>"
    tag = "h2" if block.type == "subheading" else "p"
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    tags = ["th" if at == 0 and has_header(rows) else "td" for at in range(len(rows))]
    lines = (
        "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
        for tag, row in zip(tags, rows, strict=True)
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
