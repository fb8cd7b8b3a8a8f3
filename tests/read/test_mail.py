"""Mailed dispatches: subject, sender and date are the article's, what was forwarded is unwrapped."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from newsdigest.base.records import Article, Rejection
from newsdigest.read.formats import parse_raw
from newsdigest.read.remarks import remarks
from wire import LEDE, MORE, RULES, TITLE, copy

DATE = "Fri, 23 Jan 2026 14:40:00 +0100"


def mail(text: str = f"{LEDE}\n\n{MORE}\n", subject: str = TITLE, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.get("sender", "Maud Terrier <maud@fil.example>")
    message["To"] = "desk@lefil.example"
    message["Subject"] = subject
    message["Date"] = headers.get("date", DATE)
    message["Message-ID"] = "<42@fil.example>"
    message.set_content(text, cte=headers.get("cte", "quoted-printable"))
    return message


def read(message: EmailMessage | bytes, path: str = "halle.eml") -> Article:
    data = message if isinstance(message, bytes) else message.as_bytes()
    outcome = parse_raw(data, path, RULES)
    assert isinstance(outcome, Article), outcome
    return outcome


def refused(data: bytes, path: str = "halle.eml") -> Rejection:
    outcome = parse_raw(data, path, RULES)
    assert isinstance(outcome, Rejection), outcome
    return outcome


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_a_mail_is_an_article_of_its_subject_date_sender_and_text(cte: str) -> None:
    article = read(mail(cte=cte))
    assert (article.headline, article.iso_date, article.authors, article.item, article.format) == (
        TITLE,
        "2026-01-23T14:40+01:00",
        ("Maud Terrier",),
        "42@fil.example",
        "mail",
    )
    assert [block.text for block in article.blocks] == [LEDE, MORE]


def test_a_mail_s_text_is_read_as_raw_text_is() -> None:
    text = f"CORVANNE (AFP) - {LEDE}\n\n>> La halle de Montrevert ferme\n\n- un\n- deux\n\n{MORE}\n\nAFP/VNA\n-- \nDesk"
    article = read(mail(text))
    assert (article.dateline, article.related, article.agencies) == (
        "CORVANNE (AFP)",
        ("La halle de Montrevert ferme",),
        ("AFP", "VNA"),
    )
    assert article.authors == ()


def test_a_raw_article_that_was_mailed_keeps_its_own_head_line() -> None:
    article = read(mail(copy(LEDE, title="Un autre titre", date="2026-01-05"), subject="copie"))
    assert (article.headline, article.iso_date) == ("Un autre titre", "2026-01-05")


def test_an_agency_that_sends_signs() -> None:
    assert read(mail(sender="Agence France-Presse <fil@afp.example>")).agencies == ("AFP",)


@pytest.mark.parametrize(
    "cover",
    [
        "Pour info.\n\n---------- Forwarded message ---------\nFrom: A B <a@b.example>\nDate: Fri, 23 Jan\nSubject: X\nTo: <c@d.example>\n\n\n",
        "-----Message d'origine-----\nDe : A B\nEnvoyé : vendredi 23 janvier\nÀ : desk\nObjet : X\n\n",
        "Début du message transféré :\n\nDe: A B\nObjet: X\nDate: 23 janvier 2026\n\n",
    ],
)
def test_headers_of_what_was_forwarded_are_left_out(cover: str) -> None:
    article = read(mail(f"{cover}{LEDE}\n\n{MORE}\n", subject=f"TR : Fwd: {TITLE}"))
    assert (article.headline, article.lede) == (TITLE, LEDE)


def test_html_alone_is_read_and_beside_plain_text_it_is_not() -> None:
    message = mail()
    message.set_content(
        f"<p>{LEDE}</p><ul><li>un</li><li>deux</li></ul><script>x()</script>", subtype="html"
    )
    assert [block.type for block in read(message).blocks] == ["paragraph", "list"]
    both = mail()
    both.add_alternative("<p>Autre chose, en couleurs.</p>", subtype="html")
    assert read(both).lede == LEDE


def test_what_is_attached_is_read_where_the_letter_says_nothing() -> None:
    message = mail("Voir la pièce jointe.\n", subject="Dépêche")
    message.add_attachment(copy(LEDE).encode(), "text", "plain", filename="dépêche.txt")
    article = read(message, "monde/envoi.eml")
    assert (article.headline, article.id, article.path) == (TITLE, "monde/envoi", "monde/envoi.eml")
    forwarded = mail("Pour info.\n", subject="TR")
    forwarded.add_attachment(mail())
    assert read(forwarded).headline == TITLE


def test_archives_in_a_mail_are_never_opened() -> None:
    message = mail()
    message.add_attachment(b"PK\x03\x04" + b"\0" * 5000, "application", "zip", filename="x.zip")
    assert read(message).lede == LEDE


def test_a_mail_saved_as_text_is_told() -> None:
    article = read(mail(), "halle.txt")
    assert [one.facts for one in remarks(article) if one.code == "W_FORMAT"] == [
        {"suffix": ".txt", "format": "mail"}
    ]


def test_encoded_headers_and_flowed_lines_are_read() -> None:
    raw = (
        "From: =?utf-8?q?L=C3=A9a_Orme?= <l@x.example>\r\nSubject: =?iso-8859-1?q?Le_march=E9_rouvre?=\r\n"
        f" =?utf-8?q?_=C3=A0_Corvanne?=\r\nDate: {DATE}\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
        "Le marché de Corvanne a rouvert vendredi \r\nmatin devant trois cents \r\nhabitants de la commune.\r\n"
    )
    article = read(raw.encode())
    assert (article.headline, article.authors) == ("Le marché rouvre à Corvanne", ("Léa Orme",))
    assert article.lede.endswith("matin devant trois cents habitants de la commune.")


def test_an_outlook_message_is_refused_with_the_mend() -> None:
    found = refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "halle.msg")
    assert (found.code, found.facts) == ("E_BINARY", {"outlook": 1})


@pytest.mark.parametrize(
    "data",
    [
        b"From: a\nSubject: b\n\n",
        b"From: a\nSubject: b\nDate: never\n\ntext of it\n",
        b"From: a\nSubject: =?x?q?b?=\nContent-Type: text/plain; charset=nonesuch\n\n\xff\xfe\x00text",
        b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 3000,
        b"From: a\nTo: b\n" + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(1500)),
    ],
)  # fmt: skip
def test_hostile_mails_end_by_name(data: bytes) -> None:
    assert isinstance(parse_raw(data, "x.eml", RULES), Rejection)


def test_a_text_with_colons_is_no_mail() -> None:
    for text in (
        "date: 2026-01-05 Titre\n\nTexte de la dépêche.\n",
        "Photo: X\n\nTexte\n",
        "De: A\nA: B\n\nT",
    ):
        outcome = parse_raw(text.encode(), "a.txt", RULES)
        assert (outcome.format if isinstance(outcome, Article) else "") == ""


def test_a_mail_inside_whose_headers_are_broken_costs_that_mail_alone() -> None:
    inner = "Subject: d\ufffdp\ufffd\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\nTexte \ufffd\n--y--\n"
    text = (
        "From: AFP\nSubject: Envoi\nDate: Thu, 15 Jan 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nVoir ci-joint.\n--x\n"
        f"Content-Type: message/rfc822\n\n{inner}\n--x--\n"
    )
    for damaged in (
        text.encode(),
        text.encode("utf-16-be")[1::2],
        text.encode("latin-1", "replace"),
    ):
        assert isinstance(parse_raw(damaged, "x.eml", RULES), Article | Rejection)
