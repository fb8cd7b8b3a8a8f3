"""Pages and mails made to harm whoever reads them: each is bounded in time and memory, and told in a line."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zipfile
from email.message import EmailMessage

import pytest
from newsdigest.base.errors import describe
from newsdigest.base.records import Article, Rejection
from newsdigest.read.formats import parse_raw
from wire import RULES

HEADLINE = "Harbour of Tollan reopens after the storm"
LEDE = "The harbour of Tollan reopened on Friday, three days after a storm that sank nine boats."
MORE = "Harbour master Odile Marchefer said the last wreck had been raised on Thursday night."
TEXT = f"<p>{LEDE}</p><p>{MORE}</p>"
HEAD = (
    f"<html><head><title>{HEADLINE}</title><meta property='article:published_time' content='2026-01-23'>"
    f"</head><body><h1>{HEADLINE}</h1>"
)
LETTER = (
    b"From: Ruth Adler <r@x.example>\r\nTo: d@x.example\r\nSubject: Harbour of Tollan reopens\r\n"
    b"Date: Fri, 23 Jan 2026 10:00:00 +0100\r\n"
)


def outcome(data: str | bytes, path: str, seconds: float = 5) -> Article | Rejection:
    """What is read, in time."""
    data = data.encode() if isinstance(data, str) else data
    began = time.process_time()
    found = parse_raw(data, path, RULES)
    assert time.process_time() - began < seconds
    return found


def frugal(data: bytes, path: str) -> Article | Rejection:
    """What is read, without ten times the file's size of memory."""
    tracemalloc.start()
    found = outcome(data, path, 60)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * len(data) + 10_000_000
    return found


def told(found: Article | Rejection) -> str:
    assert isinstance(found, Rejection), found
    said = " ".join(describe(found, str))
    assert "\n" not in said
    return f"{found.code}: {said}"


def page(body: str) -> str:
    return f"<!DOCTYPE html>{HEAD}{body}</body></html>"


def letter(text: str = f"{LEDE}\n\n{MORE}\n") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Ruth Adler <r@x.example>", "desk@x.example"
    message["Subject"], message["Date"] = HEADLINE, "Fri, 23 Jan 2026 10:00:00 +0100"
    message.set_content(text)
    return message


@pytest.mark.parametrize("path", ["a.html", "a.eml", "a.mhtml"])
def test_fifty_megabytes_are_refused_by_their_size(path: str) -> None:
    data = (page("") if path == "a.html" else LETTER.decode()).encode()
    assert told(frugal(data + b"x" * 50_000_000, path)).startswith("E_TOO_LARGE: 50,0")


def test_what_is_large_by_its_pictures_and_programs_is_read_and_by_its_text_refused() -> None:
    picture = (
        f'<img src="data:image/png;base64,{"A" * 1_000_000}"><script>{"a=1;" * 100_000}</script>'
    )
    found = outcome(page(picture + TEXT), "a.html")
    assert isinstance(found, Article)
    assert found.lede == LEDE
    assert told(outcome(page(f"<p>{LEDE}</p>" * 25_000), "a.html")).startswith("E_TOO_LARGE")


def test_a_text_just_within_the_limit_is_read_in_time() -> None:
    assert isinstance(
        outcome(page("".join(f"<p>{n} {LEDE}</p>" for n in range(2_000))), "a.html", 10), Article
    )


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("story.html", b"<p>x</p>" * 4_000_000)
    return made.getvalue()


BOMBS = {
    "a.zip": zipped(),
    "story.html.gz": gzip.compress(b"\0" * 20_000_000),
    "story.html": gzip.compress(b"\0" * 20_000_000),
    "story.txt": zipped(),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_packed_in_a_mail_is_never_unpacked(name: str) -> None:
    message = letter()
    message.add_attachment(BOMBS[name], maintype="application", subtype="zip", filename=name)
    found = frugal(message.as_bytes(), "a.eml")
    assert isinstance(found, Article)
    assert [block.text for block in found.blocks] == [LEDE, MORE]
    empty = letter("\n")
    empty.add_attachment(BOMBS[name], maintype="application", subtype="zip", filename=name)
    assert told(frugal(empty.as_bytes(), "a.eml")).startswith("E_NO_BODY")


LAUGHS = (
    '<!DOCTYPE html [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE html [<!ENTITY a9 SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://127.0.0.1:9/b">]>'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("path", ["a.html", "a.xhtml"])
def test_a_page_with_entities_of_its_own_opens_none(doctype: str, path: str) -> None:
    found = outcome(f"{doctype}{HEAD}{TEXT}<p>&a9;</p></body></html>", path)
    assert isinstance(found, Article)
    assert found.lede == LEDE
    words = " ".join(block.text for block in found.blocks)
    assert "haha" not in words
    assert "root:" not in words


def deep(kind: bytes, depth: int) -> bytes:
    """A mail in a mail, or parts in parts."""
    if kind == b"message":
        found = b"From: a@x.example\r\nSubject: innermost\r\n\r\nThe text.\r\n"
        for _ in range(depth):
            found = LETTER + b"Content-Type: message/rfc822\r\n\r\n" + found
        return found
    head = LETTER
    for n in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
    return head + b"Content-Type: text/plain\r\n\r\nThe text.\r\n"


@pytest.mark.parametrize(
    ("kind", "depth"), [(b"message", 1000), (b"multipart", 60), (b"multipart", 500)]
)
def test_a_mail_nested_beyond_reason_is_refused(kind: bytes, depth: int) -> None:
    said = told(outcome(deep(kind, depth), "a.eml"))
    assert said.startswith("E_MARKUP: this mail is nested deeper than any article.")


def test_a_mail_of_twenty_thousand_parts_is_read_as_far_as_a_mail_goes() -> None:
    many = LETTER + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    many += b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 20_000
    assert told(outcome(many, "a.eml")).startswith("E_NO_BODY")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "blockquote", "ul><li"])
def test_a_page_nested_beyond_reason_is_refused_or_read_in_time(tag: str) -> None:
    found = outcome(page(TEXT + f"<{tag}>" * 5_000 + "x"), "a.html")
    if isinstance(found, Rejection):
        assert told(found).startswith("E_MARKUP: this HTML is nested deeper than any article.")
    else:
        assert found.lede == LEDE


@pytest.mark.parametrize(
    "data", ["[" * 50_000, '{"a":' * 20_000, '[{"@type":"NewsArticle"},' * 5_000]
)
def test_linked_data_that_nests_or_breaks_costs_only_itself(data: str) -> None:
    found = outcome(page(f'<script type="application/ld+json">{data}</script>{TEXT}'), "a.html")
    assert isinstance(found, Article)
    assert (found.headline, found.lede) == (HEADLINE, LEDE)


ACCENTS = "À Tréville, l'été fut très chaud : « 41 degrés », a noté la météo."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-1"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "klingon", ""])
def test_a_wrong_charset_declaration_does_not_spoil_the_accents(codec: str, declared: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    text = page(f"{meta}<p>{ACCENTS}</p>{TEXT}").replace("<body>", f"{meta}<body>")
    found = outcome(text.encode(codec), "a.html")
    assert isinstance(found, Article)
    assert found.lede == ACCENTS
    kind = f"; charset={declared}" if declared else ""
    head = (
        LETTER.decode()
        + f"Content-Type: text/plain{kind}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    found = outcome(head.encode() + f"{ACCENTS}\n\n{MORE}\n".encode(codec), "a.eml")
    assert isinstance(found, Article)
    assert found.lede == ACCENTS
