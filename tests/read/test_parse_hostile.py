"""Whatever comes in, an article or a rejection comes out, soon, and the same each time."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdigest.archive.rows import normalised_body
from newsdigest.base.errors import MESSAGES, WARNINGS, line
from newsdigest.base.i18n import translations
from newsdigest.base.records import Article, Rejection
from newsdigest.read.article import parse_article
from wire import LEDE, MORE, RULES, TITLE, copy, read

FRENCH = translations("fr").gettext

MARKERS = st.sampled_from(
    [">> ", ">>", "» ", "→ ", "Lire aussi : ", "Photo : ", "Ảnh: ", "(Photo : AFP)", " | ", "|", "- ", "1. ", "• ",
     "VNA/CVN", "AFP", "Mai Khanh/CVN", "Texte et photos : Mai Khanh/CVN", "Par ", "Source : ", " - VNA", "./.",
     "HANOÏ (VNA) - ", "(Mise à jour)", "[MAJ]", "Voir plus", "Partager", "icon search", "https://a.example/x",
     "<p>", "</p>", "<br>", "<script>", "<!--", "-->", "&amp;", "&#10;", "&#0;", "\u00ad", "\u202e", "\ufeff",
     "\u0301", "\x85", "\r", "?", "…", ".", "« ", " »", "\t", "date 2026-01-05 ", "date 2025-12", "image.jpg", "Ã©"]
)  # fmt: skip
PIECES = st.one_of(
    MARKERS,
    st.sampled_from([TITLE, LEDE, MORE, "mot ", "Un titre", "\n", "\n\n"]),
    st.text(max_size=9),
)
RAW = st.lists(PIECES, max_size=40).map("".join)


def check(data: bytes) -> None:
    outcome = parse_article(data, "2026/essai.txt", RULES)
    assert parse_article(data, "2026/essai.txt", RULES) == outcome
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    if isinstance(outcome, Rejection):
        assert outcome.code in MESSAGES
        assert line(outcome, "content", FRENCH).isprintable() or "\u202f" in line(
            outcome, "content", FRENCH
        )
        return
    assert set(outcome.warnings) <= set(WARNINGS)
    assert len(set(outcome.warnings)) == len(outcome.warnings)
    assert outcome.headline.strip()
    assert outcome.blocks
    check_blocks(outcome)
    normalised_body(outcome)


def check_blocks(article: Article) -> None:
    """No block is hollow, nothing unclean is left, and the lede leads."""
    assert [b.type for b in article.blocks].count("paragraph") == 0 or article.lede
    shown = [
        article.headline,
        article.kicker or "",
        *article.related,
        *article.agencies,
        *article.authors,
    ]
    for block in article.blocks:
        assert block.text or block.items or block.rows or block.credit or block.file
        shown += [
            block.text,
            *block.items,
            block.caption,
            block.credit,
            *(c for row in block.rows for c in row),
        ]
    for text in shown:
        assert text == " ".join(text.split())
        assert not set(text) & set("\x00\x01\x02\x85\u00ad\u200b\u202e\ufeff\u2028")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data):
    check(data)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_after_a_head_line(data):
    check(copy().encode() + data)


@settings(max_examples=300, deadline=None)
@given(RAW)
def test_any_copy_after_a_date(text):
    check(f"date 2026-01-05 {text}".encode())


@settings(max_examples=300, deadline=None)
@given(RAW)
def test_any_copy_after_a_lede(text):
    check(copy(LEDE, text).encode())


@settings(max_examples=60, deadline=None)
@given(RAW, st.sampled_from(["utf-16", "utf-8-sig", "utf-16-le"]))
def test_any_copy_in_any_encoding(text, codec):
    check(copy(LEDE, text).encode(codec))


HEAVY = 800_000
ENDLESS = [
    "a", "mot ", "<", "<b>", "<a ", "<a '\" ", "<!--", "<script>", "</p>", "<br>", ">>", ">> ", "> ", ">>x", " >> x",
    "|", "a|b\n", " ", "\u00a0", "&amp;", "&", "&lt", "\u0301\u0316", "e\u0316\u0301", "M. A ", ". »", "Photo : ",
    "x. Photo : AFP\n", "Lire aussi : ", "- ", "- VNA ", "AFP/", "A et ", "(", "x (AFP) - ", "http://", "? ",
    "Une question assez longue ?\n\nOui.\n\n", "Un paragraphe bien assez long pour compter…\n\n", ">> t\n\nl\n\nPhoto : A\n",
    "\x02aaaaaaaaaaaaaaaaaaaaaaaaa", "Ã©", "date 2026-01-", "\r", "./.", "Texte : a - ", "\u200b", "<b\n", "[", "{",
]  # fmt: skip


@pytest.mark.parametrize("piece", ENDLESS)
def test_the_time_it_takes_grows_with_the_size_only(piece):
    for start, size in ((copy(LEDE), HEAVY), ("date 2026-01-05 ", HEAVY // 4)):
        text = start + piece * (size // len(piece.encode()))
        began = time.process_time()
        parse_article(text.encode(), "essai.txt", RULES)
        assert time.process_time() - began < 10  # a quadratic step would take minutes


def test_marks_in_the_wrong_order_take_no_time_either():
    text = copy(LEDE, "e" + "\u0301" * 300_000 + "\u0316" * 300_000)
    began = time.process_time()
    parse_article(text.encode(), "essai.txt", RULES)
    assert time.process_time() - began < 5


def test_a_hundred_thousand_short_lines():
    began = time.process_time()
    article = read(copy(LEDE, "- x ?\n" * 100_000))
    assert len(article.blocks[1].items) == 100_000
    assert time.process_time() - began < 5
