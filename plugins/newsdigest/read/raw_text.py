"""An article as raw text that reads back to it: what a mail's body becomes, what an import writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsdigest.base.records import Article, Block


class Form(NamedTuple):
    """How an article may be written: what stands between date and headline, whether its dateline and
    which signature stand with the text."""

    above: str = ""
    dateline: bool = True
    signature: str = ""


def raw_text(article: Article, form: Form | None = None) -> str:
    """`date …` and all below it, in the house's own form."""
    form = form or Form(signature=article.credit)
    above = f"{form.above}\n" if form.above else ""
    head = f"date {article.iso_date} {above}{article.headline}"
    if article.update:
        head += f" ({article.update})"
    body = list(body_of_blocks(article.blocks))
    if form.dateline and article.dateline and article.lede in body:
        at = body.index(article.lede)
        body[at] = f"{article.dateline} - {body[at]}"
    cited = {item for block in article.blocks for item in block.items if block.type == "related"}
    related = [f">> {one}" for one in article.related if one not in cited]
    until = article.embargo
    # Without an end, an embargo is its agency's, and cannot be written.
    embargo = (
        [f"Embargo : {until.isoformat(timespec='minutes')}"] if until and until.year < 9999 else []
    )
    pieces = [*embargo, head, *body, *related, *([form.signature] if form.signature else [])]
    return "\n\n".join(pieces) + "\n"


def forms(article: Article, best: Form) -> Iterator[Form]:
    """Ways to write it that differ from the best so far in one point."""
    authors = ", ".join(article.authors)
    for above in (article.source_url, article.kicker):
        if above and not best.above:
            yield best._replace(above=above)
    for agency in article.agencies[:1]:
        yield best._replace(signature=f"Source : {agency}")
    if authors:
        yield best._replace(signature=f"Par {authors}")
    if best.signature:
        yield best._replace(signature="")
    if article.dateline:
        yield best._replace(dateline=False)


def body_of_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Each block as its lines."""
    for block in blocks:
        if block.type == "list":
            marks = (f"{n}." if block.ordered else "-" for n in range(1, len(block.items) + 1))
            yield "\n".join(f"{mark} {item}" for mark, item in zip(marks, block.items, strict=True))
        elif block.type == "table":
            yield "\n".join(" | ".join(row) for row in block.rows)
        elif block.type == "related":
            yield "\n".join(f">> {item}" for item in block.items)
        elif block.type == "photo":
            told = " — ".join(filter(None, (block.file, block.credit)))
            credit = f"Photo : {told}" if told else "Photo :"
            yield f"{block.caption}\n{credit}" if block.caption else credit
        elif block.text:
            yield block.text
