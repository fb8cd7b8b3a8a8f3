"""A day to be sent: as HTML for mail, as plain text, as EPUB; nothing in it that the site does not show."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree, html
from newsdigest.base.errors import BuildError
from newsdigest.base.records import Site
from newsdigest.commands.edition import make_edition
from newsdigest.commands.edition_day import read_day
from newsdigest.commands.kill import Kill, kill_article
from newsroom import NOW, Newsroom, article

SITE = Site(name="Le Fil", url="https://fil.example/journal", lang="fr")
# No tag that the reader of articles knows.
HOSTILE = "Le maire <dit> non & s’en va"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One that published a day in three languages, and the day before."""
    newsroom = Newsroom(tmp_path, publishes=True, site=SITE)
    newsroom.write("ville/maire.txt", article(HOSTILE, "2026-01-15"))
    newsroom.write("ville/pont.txt", article("Le pont rouvre", "2026-01-15", related=(HOSTILE,)))
    newsroom.write("en/town/bridge.txt", article("The bridge opens again", "2026-01-15"))
    newsroom.write("vi/cau.txt", article("Cầu Sông Lam mở lại", "2026-01-15"))
    newsroom.write("hier.txt", article("La veille", "2026-01-14"))
    newsroom.write("demain.txt", article("Un secret très bien gardé par la mairie", "2026-03-01"))
    newsroom.build()
    return newsroom


def made(newsroom: Newsroom, day: str = "", formats: str = "html,txt,epub") -> dict[str, bytes]:
    """The files of an edition, by their names."""
    folder = newsroom.folder / "editions"
    assert make_edition(newsroom.settings, day, formats, "") == 0
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_the_newest_day_is_written_beside_the_site(newsroom: Newsroom) -> None:
    files = made(newsroom)
    assert list(files) == ["2026-01-15.epub", "2026-01-15.html", "2026-01-15.txt"]
    assert made(newsroom) == files  # the same day, the same bytes


def test_the_message_has_its_styles_in_its_tags_and_nothing_to_fetch(newsroom: Newsroom) -> None:
    page = html.fromstring(made(newsroom)["2026-01-15.html"])
    assert not page.xpath("//link | //script | //style | //img")
    links = page.xpath("//a/@href")
    assert all(link.startswith("https://fil.example/journal/2026/01/15/") for link in links)
    assert len(links) == 5
    assert all("font-size" in heading.get("style") for heading in page.xpath("//h1 | //h2 | //h3"))
    assert HOSTILE in page.xpath("string(//table)")
    assert {cell.get("lang") for cell in page.xpath("//td[@lang]")} == {"en", "vi"}


def test_the_text_is_read_in_any_mail_program(newsroom: Newsroom) -> None:
    text = made(newsroom)["2026-01-15.txt"].decode()
    lines = text.split("\n")
    assert lines[:3] == ["Le Fil", "", "L’actualité du jeudi 15 janvier 2026"]
    assert all(len(line) <= 72 for line in lines if "https://" not in line)
    addresses = [line.strip() for line in lines if "https://" in line]
    assert addresses[-1] == "https://fil.example/journal/2026/01/15/"
    assert "https://fil.example/journal/2026/01/15/le-pont-rouvre.html" in addresses
    assert HOSTILE in text
    assert "Cầu Sông Lam mở lại" in text


def test_the_book_is_an_epub(newsroom: Newsroom) -> None:
    data = made(newsroom)["2026-01-15.epub"]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        pages = {name: etree.fromstring(book.read(name)) for name in book.namelist()
                 if name.endswith((".xhtml", ".opf", ".ncx", ".xml"))}  # fmt: skip
        package = pages["EPUB/content.opf"]
        assert package.get("version") == "3.0"
        opf = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/"}
        (nav,) = package.xpath("//o:item[@properties='nav']/@href", namespaces=opf)
        assert f"EPUB/{nav}" in pages
        assert package.xpath("string(//d:title)", namespaces=opf) == (
            "Le Fil – L’actualité du jeudi 15 janvier 2026"
        )
        read = package.xpath("//o:item/@href", namespaces=opf)
        assert {f"EPUB/{name}" for name in read} <= set(book.namelist())
        chapters = [page for name, page in pages.items() if "article-" in name]
        assert len(chapters) == 4
        assert {page.get("lang") for page in chapters} == {"fr", "en", "vi"}
        whole = "".join(chapter.xpath("string()") for chapter in chapters)
        assert HOSTILE in whole
        hrefs = [a for page in chapters for a in page.xpath("//*[local-name()='a']/@href")]
        assert all(link.startswith("https://fil.example/journal/2026/") for link in hrefs)


def test_a_day_s_edition_holds_that_day_only_and_no_draft(newsroom: Newsroom) -> None:
    text = made(newsroom, "2026-01-14")["2026-01-14.txt"].decode()
    assert "La veille" in text
    assert "pont" not in text
    assert "secret" not in "".join(
        data.decode("utf-8", "replace") for data in made(newsroom).values()
    )


def test_what_is_under_embargo_is_in_no_edition(newsroom: Newsroom) -> None:
    secret = "Le préfet démissionne après une nuit de négociations"
    held = article(secret, "2026-01-15").replace(
        "\n\nLe ", "\n\nEmbargo : 2026-02-20 06:00\n\nLe ", 1
    )
    newsroom.write("prefet.txt", held)
    newsroom.write("cite.txt", article("La préfecture se tait", "2026-01-15", related=(secret,)))
    newsroom.build()
    for name, data in made(newsroom).items():
        if name.endswith(".epub"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                data = b"".join(map(book.read, book.namelist()))
        assert "La préfecture se tait" in data.decode()
        assert "démissionne" not in data.decode()


def test_what_was_retracted_since_the_last_build_is_in_no_edition(newsroom: Newsroom) -> None:
    assert kill_article(newsroom.settings, "ville/pont", Kill("Il reste fermé.")) == 0
    text = made(newsroom)["2026-01-15.txt"].decode()
    assert "Le maire" in text
    assert "Le pont rouvre" not in text


def test_only_the_formats_asked_for_are_written(newsroom: Newsroom, tmp_path: Path) -> None:
    assert make_edition(newsroom.settings, "", "txt, TXT", str(tmp_path / "a" / "b")) == 0
    assert [file.name for file in (tmp_path / "a" / "b").iterdir()] == ["2026-01-15.txt"]


def test_the_screen_says_what_was_written_and_what_to_do(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    made(newsroom)
    said = capsys.readouterr().out
    assert said.startswith("L’actualité du jeudi 15 janvier 2026 (4 articles)\n")
    assert re.search(r"2026-01-15\.html  [\d,]+ ko\n", said)
    assert said.endswith("l’EPUB en pièce jointe.\n")


@pytest.mark.parametrize(
    ("day", "formats", "to", "said"),
    [
        ("2026-01-13", "txt", "", "no article of 2026-01-13 is published. The nearest days: 2026-01-14"),
        ("bientôt", "txt", "", '"bientôt" is no day that is understood.'),
        ("", "pdf", "", 'there is no edition as "pdf". Choose among html, txt, epub.'),
        ("", "", "", 'there is no edition as "".'),
        ("", "txt", "content/editions", "lies among the articles"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused(
    newsroom: Newsroom, day: str, formats: str, to: str, said: str
) -> None:
    place = str(newsroom.folder / to) if to else ""
    with pytest.raises(BuildError) as refused:
        make_edition(newsroom.settings, day, formats, place)
    assert said in str(refused.value)
    assert not (newsroom.folder / "editions").exists()


def test_a_site_without_an_address_has_no_editions(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, site=Site(url=""))
    newsroom.write("a.txt", article("Un"))
    newsroom.build()
    with pytest.raises(BuildError, match="SITEURL is not set"):
        make_edition(newsroom.settings, "", "txt", "")


def test_before_the_first_build_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_edition(Newsroom(tmp_path).settings, "", "txt", "") == 1
    assert "invoke build" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-01-23", date(2026, 1, 23)),
        ("hier", date(2026, 1, 31)),
        ("Avant-hier", date(2026, 1, 30)),
        ("aujourd’hui", date(2026, 2, 1)),
        ("yesterday", date(2026, 1, 31)),
        ("hôm qua", date(2026, 1, 31)),
        ("dimanche", date(2026, 2, 1)),
        ("lundi", date(2026, 1, 26)),
        ("Saturday", date(2026, 1, 31)),
        ("23 janvier 2026", date(2026, 1, 23)),
        ("vendredi 23 janvier", date(2026, 1, 23)),
        ("January 23, 2026", date(2026, 1, 23)),
        ("2026-02-30", None),
        ("la semaine dernière", None),
    ],
)
def test_days_as_editors_say_them(typed: str, day: date | None) -> None:
    assert read_day(typed, NOW.astimezone(UTC), "Europe/Paris", "fr") == day


def test_yesterday_is_the_newsroom_s_yesterday() -> None:
    night = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # already February in Paris
    assert read_day("hier", night, "Europe/Paris", "fr") == date(2026, 1, 31)
