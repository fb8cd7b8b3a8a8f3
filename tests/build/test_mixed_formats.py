"""A folder that mixes texts, pages, mails and wire items is one digest."""

from __future__ import annotations

import json
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from newsroom import Newsroom
from publication import ROOT
from wire import copy

FIRST = "Le pont de Varelle a rouvert vendredi à midi, onze mois après sa fermeture, devant trois cents habitants."
SECOND = "Il compte deux voies de plus, un trottoir et une piste cyclable, a précisé la maire Odile Marchais."
THIRD = (
    "Les travaux ont coûté 1,4 million d'euros, dont la moitié est payée par la région de Corvanne."
)
LAST = "Odile Marchais, maire depuis neuf ans, a été réélue dimanche au premier tour à la tête de la commune."
TITLE = "Le pont de Varelle rouvre après onze mois"


def item(version: int, text: str) -> bytes:
    body = "".join(f"<p>{one}</p>" for one in (FIRST, text, THIRD))
    fields = {
        "uri": "urn:newsml:x.example:dep-1",
        "type": "text",
        "version": str(version),
        "pubstatus": "usable",
    }
    fields |= {"versioncreated": "2026-01-23T12:40:00+01:00", "headline": TITLE, "body_html": body}
    return json.dumps(fields | {"language": "fr", "byline": "AFP"}).encode()


def page() -> bytes:
    body = "".join(f"<p>{one}</p>" for one in (FIRST, SECOND, THIRD))
    linked = {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2026-01-23T13:30:00+01:00",
        "author": {"name": "Reuters"},
    }
    return (
        f"<!doctype html><html lang=fr><head><title>{TITLE}</title><script type='application/ld+json'>{json.dumps(linked)}"
        f"</script></head><body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    ).encode()


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Maud Terrier <m@x.example>", "desk@x.example"
    message["Subject"], message["Date"] = (
        "Les riverains du pont attendaient",
        "Sat, 24 Jan 2026 09:00:00 +0100",
    )
    message.set_content(
        f"Odile Marchais a remercié les riverains samedi, au lendemain de la fête.\n\n>> {TITLE}\n\n{THIRD}\n"
    )
    return message.as_bytes()


def pages(newsroom: Newsroom) -> set[str]:
    return {path for path in newsroom.site if not path.startswith(".lefil")}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path)
    folder = newsroom.content / "ville"
    folder.mkdir(parents=True)
    (folder / "a-dep.json").write_bytes(item(1, SECOND))
    (folder / "b-page.html").write_bytes(page())
    (folder / "c-mail.eml").write_bytes(letter())
    newsroom.write(
        "ville/d.txt", copy(f"{LAST}\n\n>> {TITLE}", title="La maire du pont", date="2026-01-25")
    )
    return newsroom


def test_links_and_copies_cross_formats_and_an_edited_item_is_a_correction(
    newsroom: Newsroom,
) -> None:
    report = newsroom.build().report
    assert (report.found, report.published, report.rejections) == (4, 4, [])
    assert report.folded == 1
    leader = "/2026/01/23/le-pont-de-varelle-rouvre-apres-onze-mois.html"
    for name in ("24/les-riverains-du-pont-attendaient", "25/la-maire-du-pont"):
        assert leader.encode() in newsroom.site[f"2026/01/{name}.html"]
    before = pages(newsroom)
    (newsroom.content / "ville" / "a-dep.json").write_bytes(
        item(2, SECOND.replace("deux voies", "trois voies"))
    )
    again = newsroom.build().report
    assert (again.changed, pages(newsroom)) == (1, before)
    assert b"trois voies" in newsroom.site[leader[1:]]


def test_a_build_of_texts_loads_nothing_of_the_other_formats() -> None:
    program = (
        "import sys; from newsdigest.read.formats import parse_raw; from newsdigest.base.settings import ParseRules;"
        "from datetime import UTC, datetime; parse_raw(b'date 2026-01-05 Le pont rouvre\\n\\nLe texte du pont.', 'a.txt',"
        " ParseRules(now=datetime(2026, 2, 1, tzinfo=UTC), langs=('fr',)));"
        "print(sorted({'trafilatura', 'bs4', 'nh3', 'lxml', 'feedparser', 'email.message'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_two_formats_of_one_dispatch_under_one_name_fold(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    (newsroom.content / "dep.json").write_bytes(item(1, SECOND))
    (newsroom.content / "dep.html").write_bytes(page())
    report = newsroom.build().report
    assert (report.published, report.folded, report.rejections) == (2, 1, [])
