"""Saved pages, mails and wire files: how much of each text is found, how fast, and what mutations break.

    python -m benchmarks.formats [--mutations N] [--show]

Pages are made of the site's own articles (`content/`) in the layouts below: what each page says of
headline, day and text is known. F1 is of bags of four-word shingles, as public benchmarks count.
Mutated files (bytes changed, cut, repeated, swapped) may end as anything but an exception.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import NamedTuple

from newsdigest.base.records import Article, Block, Rejection
from newsdigest.base.settings import ParseRules
from newsdigest.read.formats import parse_raw
from newsdigest.read.raw_text import raw_text
from newsdigest.read.sources import SourceFile, walk

from benchmarks.mutated import report

ROOT = Path(__file__).parent.parent
RULES = ParseRules(now=datetime(2026, 3, 1, tzinfo=UTC))
_FEWEST_PARAGRAPHS = 3
_WORD = re.compile(r"\w+")
_TEXT = ("paragraph", "subheading", "question", "list", "table")


class Page(NamedTuple):
    layout: str
    html: str
    article: Article


# -- the pages ------------------------------------------------------------------------------------


def body_html(article: Article, paragraph: str = "<p>{}</p>") -> list[str]:
    """Each block as its markup; photos apart."""
    return [one for block in article.blocks if (one := _block_html(block, paragraph))]


def _block_html(block: Block, paragraph: str) -> str:
    if block.type in ("subheading", "question"):
        return f"<h2>{escape(block.text)}</h2>"
    if block.type == "list":
        items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
        return f"<ol>{items}</ol>" if block.ordered else f"<ul>{items}</ul>"
    if block.type == "table":
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    return paragraph.format(escape(block.text)) if block.type == "paragraph" else ""


def linked(article: Article, **more: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "datePublished": article.published.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def head(article: Article, more: str = "", site: str = "Herald") -> str:
    title = escape(article.headline)
    return (
        f'<!DOCTYPE html><html lang="{article.lang}"><head><meta charset="utf-8"><title>{title} | {site}'
        f"</title>{more}</head>"
    )


_MENU = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>'
    for name in ("home", "world", "politics", "business", "sport", "culture", "weather", "video")
)
_TEASERS = "".join(
    f'<div class="card"><a href="/{n}"><h3>{line}</h3></a><p>{line} in the week that ended, said those who'
    " counted them one by one on the quay.</p><span>2 hours ago</span></div>"
    for n, line in enumerate(
        (
            "Nine ferries change their timetable before the winter",
            "A museum of salt opens in an old warehouse of the port",
            "The bridge of Arrual is closed to lorries for a month",
            "Storm over the coast: what insurers pay and what they do not",
        )
    )
)
_NEWSLETTER = (
    '<div class="newsletter-box"><h4>Never miss a story</h4><p>Sign up for our morning newsletter and get the'
    ' best of the day in your inbox.</p><form><input type="email"><button>Sign up</button></form></div>'
)
_COMMENTS = (
    '<section id="comments" class="comments"><h3>Comments (2)</h3><div class="comment"><p>I was there and it was'
    ' nothing like what your reporter tells, I am afraid.</p></div><div class="comment"><p>Thank you for this fine'
    " piece, which I read twice on the train.</p></div></section>"
)
_FOOTER = "<footer><p>© 2026 Herald Media Group. All rights reserved.</p><p>Contact us | Terms | Privacy</p></footer>"


def plain_article(a: Article) -> str:
    return (
        head(a, linked(a))
        + f"<body><nav><ul>{_MENU}</ul></nav><main><article><h1>{escape(a.headline)}</h1>"
        f"{''.join(body_html(a))}</article></main>{_FOOTER}</body></html>"
    )


def blog(a: Article) -> str:
    meta = f'<meta property="article:published_time" content="{a.published.isoformat()}"><meta property="og:title" content="{escape(a.headline)}">'
    return (
        head(a, meta)
        + f'<body class="single"><div id="page"><header><div class="menu"><ul>{_MENU}</ul></div></header>'
        f'<div id="primary"><div class="post hentry"><h1 class="entry-title">{escape(a.headline)}</h1>'
        f'<div class="entry-meta">By <a rel="author">Ruth Adler</a></div><div class="entry-content">{"".join(body_html(a))}'
        '<div class="sharedaddy"><h3>Share this:</h3><ul><li>Facebook</li><li>Twitter</li></ul></div></div>'
        f'<div class="jp-relatedposts"><h3>Related</h3>{_TEASERS}</div></div>{_COMMENTS}</div>'
        f'<div id="secondary" class="widget-area">{_TEASERS}</div></div>{_FOOTER}</body></html>'
    )


def with_boxes(a: Article) -> str:
    pieces = body_html(a)
    boxes = [
        '<div class="ad"><span>Advertisement</span></div>',
        _NEWSLETTER,
        f'<aside class="related"><h3>Read more</h3>{_TEASERS}</aside>',
        '<p class="readmore">Read more: <a href="/x">Nine ferries change their timetable before the winter</a></p>',
    ]
    for at, box in enumerate(boxes):
        pieces.insert(min(2 * at + 1, len(pieces)), box)
    return (
        head(a, linked(a))
        + f'<body><div class="top"><ul>{_MENU}</ul></div><div class="story"><h1>{escape(a.headline)}</h1>'
        f'<div class="byline"><time datetime="{a.published.isoformat()}">today</time></div><div class="story-body">'
        f"{''.join(pieces)}</div><p>Follow us on Twitter and Facebook for more news.</p></div>"
        f'<div class="most-read"><h3>Most read</h3>{_TEASERS}</div>{_FOOTER}</body></html>'
    )


def of_divs(a: Article) -> str:
    pieces = body_html(a, '<div class="css-1x2">{}</div>')
    return (
        head(a, linked(a))
        + f'<body><div id="root"><div class="css-9">{_MENU}</div><div class="css-a"><div><h1>'
        f'{escape(a.headline)}</h1></div><div class="css-b">{"".join(pieces)}</div></div><div class="css-c">{_TEASERS}</div>'
        f"</div>{_FOOTER}</body></html>"
    )


def of_breaks(a: Article) -> str:
    pieces = body_html(a, "{}<br><br>")
    day = a.published.strftime("%Y-%m-%d")
    return (
        head(a, f'<meta name="date" content="{day}">')
        + f'<body><table width="100%"><tr><td class="left"><ul>{_MENU}</ul></td><td>'
        f'<h1>{escape(a.headline)}</h1><div class="text">{"".join(pieces)}</div></td><td class="right">{_TEASERS}</td></tr></table>'
        f"{_FOOTER}</body></html>"
    )


def with_body_linked(a: Article) -> str:
    told = "\n\n".join(block.tagged_text for block in a.blocks if block.type in _TEXT)
    pieces = body_html(a)
    return (
        head(a, linked(a, articleBody=told))
        + f'<body><div class="wrap"><h1>{escape(a.headline)}</h1><p class="promo">Get unlimited'
        f" access to the Herald for a crown a week, and read all day.</p>{''.join(pieces)}<p>The Herald is a member of the union of"
        f" papers of the coast, which was founded in 1904 by nine printers.</p>{_TEASERS}</div></body></html>"
    )


def dressed(a: Article) -> str:
    pieces = [
        piece.replace("<p>", '<p class="t"><span style="x">').replace("</p>", "</span></p>")
        for piece in body_html(a)
    ]
    figure = '<figure><img src="a.jpg"><figcaption>A view of the quay. Photo: Jo Held</figcaption></figure>'
    return (
        head(a, linked(a))
        + f'<body><main><header><h1>{escape(a.headline)}</h1><ul class="share"><li>Share</li><li>Print</li></ul></header>'
        f'<section itemprop="articleBody">{figure}{"<section>".join(pieces[:1])}{"".join(pieces[1:])}</section><section class="tags"><a>Tag</a>'
        f'<a>Other</a></section></main><div class="recirc"><h2>You may also like</h2>{_TEASERS}</div>{_COMMENTS}{_FOOTER}</body></html>'
    )


LAYOUTS: tuple[Callable[[Article], str], ...] = (
    *(plain_article, blog, with_boxes, of_divs, of_breaks, with_body_linked, dressed),
)


def articles() -> list[Article]:
    found = []
    for entry in walk(ROOT / "content"):
        if isinstance(entry, SourceFile) and entry.path.endswith(".txt"):
            one = parse_raw((ROOT / "content" / entry.path).read_bytes(), entry.path, RULES)
            if isinstance(one, Article) and _paragraphs(one) >= _FEWEST_PARAGRAPHS:
                found.append(one)
    return found


def _paragraphs(article: Article) -> int:
    return sum(block.type == "paragraph" for block in article.blocks)


def pages() -> Iterator[Page]:
    for article in articles():
        for layout in LAYOUTS:
            yield Page(layout.__name__, layout(article), article)


# -- what is measured -----------------------------------------------------------------------------


def shingles(article: Article) -> Counter[tuple[str, ...]]:
    text = " ".join(block.tagged_text for block in article.blocks if block.type in _TEXT)
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def f1(found: Article, true: Article) -> float:
    ours, theirs = shingles(found), shingles(true)
    common = sum((ours & theirs).values())
    return 2 * common / max(1, sum(ours.values()) + sum(theirs.values()))


def measure_pages(show: bool) -> None:
    scores: dict[str, list[float]] = {}
    headlines = days = count = 0
    began = time.process_time()
    for page in pages():
        path = f"{page.article.lang}/page.html"
        found = parse_raw(page.html.encode(), path, RULES)
        count += 1
        if isinstance(found, Rejection):
            scores.setdefault(page.layout, []).append(0.0)
            print("refused", page.layout, page.article.path, found.code, found.facts)
            continue
        score = f1(found, page.article)
        scores.setdefault(page.layout, []).append(score)
        headlines += found.headline == page.article.headline
        days += found.published.date() == page.article.published.date()
        if show and score < 0.97:
            print(f"{score:.3f} {page.layout} {page.article.path}")
            ours = {block.tagged_text for block in found.blocks}
            theirs = {block.tagged_text for block in page.article.blocks if block.type in _TEXT}
            for text in sorted(theirs - ours):
                print("   -", text[:110])
            for text in sorted(ours - theirs):
                print("   +", text[:110])
    seconds = time.process_time() - began
    for layout, values in scores.items():
        print(f"{layout:<20} F1 {sum(values) / len(values):.3f}  ({len(values)} pages)")
    print(
        f"headline {headlines / count:.3f}, day {days / count:.3f}, {count / seconds:.0f} pages a second and core"
    )


def samples() -> dict[str, list[tuple[str, bytes]]]:
    """Files of each format, by its name: (path, bytes)."""
    found: dict[str, list[tuple[str, bytes]]] = {"text": [], "HTML": [], "mail": []}
    for article in articles()[:20]:
        text = raw_text(article)
        message = EmailMessage()
        message["From"], message["Subject"] = "Desk <d@x.example>", article.headline
        message["Date"] = "Fri, 23 Jan 2026 14:40:00 +0100"
        message.set_content(text.partition("\n\n")[2], cte="quoted-printable")
        found["text"].append(("a.txt", text.encode()))
        found["mail"].append(("a.eml", message.as_bytes()))
        found["HTML"] += [("a.html", layout(article).encode()) for layout in LAYOUTS]
    for file in sorted((ROOT / "tests" / "data" / "newsroom").iterdir()):
        found.setdefault(file.suffix, []).append((file.name, file.read_bytes()))
    return found


def measure_speed() -> None:
    for name, files in samples().items():
        began, count = time.process_time(), 0
        while time.process_time() - began < 1.0:
            path, data = files[count % len(files)]
            parse_raw(data, path, RULES)
            count += 1
        print(f"{name:<8} {count / (time.process_time() - began):>8.0f} files a second and core")


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The bytes with one to eight faults."""
    made = bytearray(data)
    for _fault in range(dice.randint(1, 8)):
        at = dice.randrange(len(made) + 1)
        end = min(len(made), at + dice.choice((1, 2, 8, 64, 512)))
        match dice.randrange(6):
            case 0:
                made[at:end] = dice.randbytes(end - at)
            case 1:
                del made[at:end]
            case 2:
                made[at:at] = made[at:end] * dice.choice((1, 2, 40))
            case 3:
                made[at:at] = dice.choice(
                    (b"<", b">", b"&", b'"', b"\0", b"\n\n", b"<p>", b"</div>", b"{", b"]")
                )
            case 4:
                del made[at + 1 :]
            case _:
                other = dice.randrange(len(made) + 1)
                made[at:end] = made[other : other + end - at]
    return bytes(made)


def mutate(count: int, seed: int = 1) -> int:
    """How many mutated files of each format were read; raises what a reader raises."""
    dice = random.Random(seed)
    done = 0
    for files in samples().values():
        for _ in range(count):
            path, data = dice.choice(files)
            assert isinstance(parse_raw(mutated(data, dice), path, RULES), (Article, Rejection))
            done += 1
    return done


def main(options: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutations", type=int, default=0, help="mutated files of each format")
    parser.add_argument("--show", action="store_true", help="what was not found of each page")
    asked = parser.parse_args(options)
    measure_pages(asked.show)
    measure_speed()
    if asked.mutations:
        print(f"{mutate(asked.mutations)} mutated files read, none raised")
        report(asked.mutations)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
