"""An article as raw text that reads back to it: what a mail's body becomes, what an import writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdigest.base.records import Article, Block


def raw_text(article: Article) -> str:
    """`date …` and all below it, in the house's own form."""
    head = f"date {_written_date(article)} {article.headline}"
    if article.update:
        head += f" ({article.update})"
    body = list(body_of_blocks(article.blocks))
    if article.dateline and article.lede and body:
        at = next((n for n, piece in enumerate(body) if piece == article.lede), None)
        if at is not None:
            body[at] = f"{article.dateline} - {body[at]}"
    embargo = [f"Embargo : {article.embargo:%Y-%m-%d %H:%M}"] if _is_dated(article) else []
    cited = {item for block in article.blocks if block.type == "related" for item in block.items}
    related = [f">> {one}" for one in article.related if one not in cited]
    pieces = [*embargo, head, *body, *related, *([article.credit] if article.credit else [])]
    return "\n\n".join(pieces) + "\n"


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
            credit = f"Photo : {block.credit}" if block.credit else "Photo :"
            yield f"{block.caption}\n{credit}" if block.caption else credit
        elif block.text:
            yield block.text


def _is_dated(article: Article) -> bool:
    return article.embargo is not None and article.embargo.year < 9999


def _written_date(article: Article) -> str:
    return article.iso_date
