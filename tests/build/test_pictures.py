"""Pictures from the content folder to the site: whose they are, when they are made, where they never stand."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import feedparser
import newsdigest.build
import newsdigest.ingest
import newsdigest.pictures.cabinet
import pytest
from newsdigest.base.errors import BuildError
from newsdigest.base.settings import ParseRules
from newsdigest.build import Outcome, Refused
from newsdigest.commands.kill import Kill, kill_article
from newsdigest.commands.rollback import put_back
from newsdigest.pictures.making import make
from newsdigest.sending import kept_of
from newsroom import Newsroom, article
from photographs import bomb, photo, told

from benchmarks.feed_rules import faults

PORT = article("Le port rouvre", text="Le port de Sétaine a rouvert vendredi, a annoncé la mairie.")
CAPTIONED = PORT.replace("AFP/VNA", "Les grues du port\nPhoto : Jeanne Ollier/AFP\n\nAFP/VNA")
PAGE = "2026/01/15/le-port-rouvre.html"
_IMAGE = re.compile(r"images/[0-9a-f]{16}-[0-9]+\.[a-z]+")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """An article that a photo line captions, and one that has nothing to do with it."""
    newsroom = Newsroom(tmp_path)
    newsroom.write("ville/port.txt", CAPTIONED)
    newsroom.write("bac.txt", article("Le bac ferme"))
    return newsroom


def put(newsroom: Newsroom, name: str, data: bytes) -> None:
    (newsroom.content / name).write_bytes(data)


def images(newsroom: Newsroom) -> set[str]:
    return {path for path in newsroom.site if path.startswith("images/")}


def shown(newsroom: Newsroom, page: str = PAGE) -> set[str]:
    """The files of pictures that a page leads to."""
    return set(_IMAGE.findall(newsroom.site[page].decode()))


def stems(files: set[str]) -> set[str]:
    return {file.partition("-")[0] for file in files}


def look_otherwise(newsroom: Newsroom) -> None:
    """Have every file of the site made again."""
    site = replace(newsroom.settings.site, tagline="Autrement")
    newsroom.settings = replace(newsroom.settings, site=site)


def outcomes(outcome: Outcome) -> tuple[int, int, int]:
    pictures = outcome.report.pictures
    return pictures.used, pictures.rejected, pictures.unused


def pages(outcome: Outcome, kind: str) -> set[str]:
    return {page.name for page in outcome.reasons if page.kind == kind}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pictures that were converted, one by one."""
    found: list[bytes] = []

    def counted(data: bytes, size: object) -> list[bytes]:
        found.append(data)
        return make(data, size)  # type: ignore[arg-type]

    monkeypatch.setattr(newsdigest.pictures.cabinet, "make", counted)
    return found


def test_a_picture_beside_its_article_is_shown_with_its_caption_and_credit(
    newsroom: Newsroom,
) -> None:
    put(newsroom, "ville/port.jpg", photo(1000, 750))
    outcome = newsroom.build()
    page = newsroom.site[PAGE].decode()
    assert "Les grues du port" in page
    assert "Jeanne Ollier/AFP" in page
    assert shown(newsroom) == images(newsroom)
    assert {re.sub(r".*-", "", file) for file in images(newsroom)} == {
        "480.avif", "480.jpg", "960.avif", "960.jpg",
    }  # fmt: skip
    assert outcomes(outcome) == (1, 0, 0)
    assert outcome.report.adds_up
    assert not [one for one in outcome.report.remarks if one.code == "W_PICTURE_ALT"]


def test_any_case_of_a_suffix_and_numbers_make_more_pictures(newsroom: Newsroom) -> None:
    for at, name in enumerate(("port.JPG", "port-2.Png", "port-3.webp", "port-10.jpeg")):
        put(newsroom, f"ville/{name}", photo(seed=at))
    outcome = newsroom.build()
    assert len(stems(shown(newsroom))) == 4
    assert outcomes(outcome) == (4, 0, 0)
    # Three have no photo line of their own.
    alts = [one.facts for one in outcome.report.remarks if one.code == "W_PICTURE_ALT"]
    assert alts == [{"file": "port-2.Png"}, {"file": "port-3.webp"}, {"file": "port-10.jpeg"}]


def test_an_article_of_that_very_name_has_the_picture(newsroom: Newsroom) -> None:
    newsroom.write("ville/port-2.txt", article("Le port, encore"))
    put(newsroom, "ville/port-2.jpg", photo())
    newsroom.build()
    assert not shown(newsroom)
    assert shown(newsroom, "2026/01/15/le-port-encore.html")


@pytest.mark.usefixtures("settled")
def test_a_photo_line_may_name_the_file(newsroom: Newsroom) -> None:
    line = "[Photo : IMG 0042.jpg — Les grues, vendredi matin. Jeanne Ollier/AFP]"
    newsroom.write("ville/port.txt", PORT.replace("AFP/VNA", f"{line}\n\nAFP/VNA"))
    outcome = newsroom.build()
    told = [one.code for one in outcome.report.remarks if "PICTURE" in one.code]
    assert told == ["W_PICTURE_MISSING"]
    put(newsroom, "ville/IMG 0042.jpg", photo())
    outcome = newsroom.build()
    assert pages(outcome, "article") == {"ville/port"}
    assert "vendredi matin." in newsroom.site[PAGE].decode()
    assert images(newsroom) == shown(newsroom) != set()
    assert not [one for one in outcome.report.remarks if "PICTURE" in one.code]
    assert newsroom.clean_build() == newsroom.site


def test_a_named_file_may_have_its_accents_written_as_a_mac_does(newsroom: Newsroom) -> None:
    line = "Photo : été à la mer.jpg — Jeanne Ollier/AFP"
    newsroom.write("ville/port.txt", PORT.replace("AFP/VNA", f"La mer\n{line}\n\nAFP/VNA"))
    put(newsroom, "ville/" + normalize("NFD", "été à la mer.jpg"), photo())
    assert outcomes(newsroom.build()) == (1, 0, 0)
    assert shown(newsroom)
    assert newsroom.build().report.nothing_changed


def test_a_picture_added_later_is_no_edit_of_the_text(newsroom: Newsroom) -> None:
    newsroom.build(publishes=True)
    ledger = {file: file.read_bytes() for file in newsroom.content.rglob("*.jsonl")}
    before = {
        one.id: one.updated for one in feedparser.parse(newsroom.site["feeds/all.atom"]).entries
    }
    put(newsroom, "ville/port.jpg", photo())
    outcome = newsroom.build(publishes=True)
    now = {one.id: one.updated for one in feedparser.parse(newsroom.site["feeds/all.atom"]).entries}
    assert shown(newsroom)
    assert now == before
    assert outcome.report.subscribers.updated == 0
    assert {file: file.read_bytes() for file in newsroom.content.rglob("*.jsonl")} == ledger


def test_pictures_of_no_article_are_counted_and_left_alone(newsroom: Newsroom) -> None:
    put(newsroom, "ville/logo.png", b"no picture at all")
    put(newsroom, "quai.jpg", photo())
    outcome = newsroom.build()
    assert outcomes(outcome) == (0, 0, 2)
    assert (outcome.report.found, outcome.report.ignored) == (4, 2)
    assert outcome.report.adds_up
    assert not images(newsroom)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were just written are as good as old ones: nothing but their stamps has them read again."""
    monkeypatch.setattr(newsdigest.ingest, "TOO_FRESH_NS", 0)


@pytest.mark.usefixtures("settled")
def test_what_comes_goes_and_changes_beside_an_article_is_all_that_is_made_again(
    newsroom: Newsroom, made: list[bytes]
) -> None:
    newsroom.build()

    def stands_like_a_clean_build() -> None:
        assert newsroom.clean_build() == newsroom.site

    put(newsroom, "ville/port.jpg", photo(seed=1))
    outcome = newsroom.build()
    assert (pages(outcome, "article"), len(made)) == ({"ville/port"}, 1)
    first = images(newsroom)
    stands_like_a_clean_build()

    made.clear()
    assert newsroom.build().report.nothing_changed
    newsroom.restyle("body{color:red}")
    newsroom.build()
    look_otherwise(newsroom)
    assert newsroom.build().reasons
    assert made == []
    assert images(newsroom) == first

    put(newsroom, "ville/port.jpg", photo(seed=2))
    outcome = newsroom.build()
    assert (pages(outcome, "article"), len(made)) == ({"ville/port"}, 1)
    assert not images(newsroom) & first
    stands_like_a_clean_build()

    os.rename(newsroom.content / "ville/port.jpg", newsroom.content / "ville/port-2.jpg")
    before = images(newsroom)
    newsroom.build()
    assert images(newsroom) == before
    stands_like_a_clean_build()

    (newsroom.content / "ville/port-2.jpg").unlink()
    outcome = newsroom.build()
    assert pages(outcome, "article") == {"ville/port"}
    assert not images(newsroom)
    assert b"<picture>" not in newsroom.site[PAGE]
    stands_like_a_clean_build()


def test_a_clean_build_takes_from_the_cache_what_was_made(
    newsroom: Newsroom, made: list[bytes]
) -> None:
    put(newsroom, "ville/port.jpg", photo())
    newsroom.build()
    before = newsroom.site
    shutil.rmtree(newsroom.folder / "output")
    (newsroom.folder / "cache" / "archive.sqlite").unlink()
    newsroom.build(allow_removals=True)
    assert len(made) == 1
    assert newsroom.site.keys() == before.keys()

    for kept in (newsroom.folder / "cache" / "pictures").rglob("*"):
        if kept.is_file():  # a disk that lost what it wrote
            kept.write_bytes(kept.read_bytes()[:50])
    look_otherwise(newsroom)
    newsroom.build()
    assert len(made) == 2
    assert images(newsroom) == {path for path in before if path.startswith("images/")}


def test_an_article_and_its_picture_renamed_together_stay_what_they_were(
    newsroom: Newsroom, made: list[bytes]
) -> None:
    put(newsroom, "ville/port.jpg", photo())
    newsroom.build(publishes=True)
    before = images(newsroom)
    for name in ("port.txt", "port.jpg"):
        os.rename(
            newsroom.content / "ville" / name, newsroom.content / name.replace("port", "quai")
        )
    newsroom.build(publishes=True)
    assert images(newsroom) == before == shown(newsroom)
    assert len(made) == 1


def test_two_articles_that_show_one_picture_share_its_files(newsroom: Newsroom) -> None:
    put(newsroom, "ville/port.jpg", photo())
    put(newsroom, "bac.jpg", photo())
    newsroom.build()
    bac = "2026/01/15/le-bac-ferme.html"
    assert shown(newsroom) == shown(newsroom, bac) == images(newsroom)
    (newsroom.content / "bac.jpg").unlink()
    newsroom.build()
    assert shown(newsroom) == images(newsroom) != set()


BROKEN = {
    "empty": (b"", "E_PICTURE"),
    "cut short": (photo(400, 300)[:-300], "E_PICTURE"),
    "a bomb": (bomb(), "E_PICTURE_SIZE"),
    "a text": (b"Le port rouvre", "E_PICTURE"),
    "an SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "E_PICTURE"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_picture_that_cannot_be_shown_is_told_and_its_article_published(
    newsroom: Newsroom, what: str
) -> None:
    data, code = BROKEN[what]
    put(newsroom, "ville/port.jpg", data)
    outcome = newsroom.build()
    assert [(one.path, one.code) for one in outcome.report.rejections] == [("ville/port.jpg", code)]
    assert outcomes(outcome) == (0, 1, 0)
    assert outcome.report.adds_up
    assert outcome.report.published == 2
    assert not images(newsroom)
    with pytest.raises(Refused):
        newsroom.build(strict=True)


def test_what_is_not_in_the_folder_or_no_file_is_no_picture(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    outside = tmp_path / "private.jpg"
    outside.write_bytes(photo())
    (newsroom.content / "ville/port.jpg").symlink_to(outside)
    os.mkfifo(newsroom.content / "ville/port-2.jpg")
    (newsroom.content / "ville/port-3.jpg").symlink_to("nowhere.jpg")
    outcome = newsroom.build()
    assert [(one.path, one.code) for one in outcome.report.rejections] == [
        ("ville/port-2.jpg", "E_PICTURE"),
        ("ville/port-3.jpg", "E_VANISHED"),
        ("ville/port.jpg", "E_OUTSIDE"),
    ]
    assert not images(newsroom)


def test_a_picture_is_what_its_bytes_say_and_too_large_a_one_none(newsroom: Newsroom) -> None:
    put(newsroom, "ville/port.gif", photo(640, 480))
    outcome = newsroom.build()
    assert outcomes(outcome) == (1, 0, 0)
    put(newsroom, "ville/port.gif", photo() + b"\0" * 1_100_000)
    limits = replace(newsroom.settings.limits, picture_megabytes=1)
    outcome = newsroom.build(limits=limits)
    assert [one.code for one in outcome.report.rejections] == ["E_PICTURE_SIZE"]


def test_of_two_pictures_of_one_name_the_first_is_shown(newsroom: Newsroom) -> None:
    put(newsroom, "ville/port.jpg", photo(seed=1))
    put(newsroom, "ville/port.png", photo(seed=2))
    outcome = newsroom.build()
    assert [(one.path, one.code) for one in outcome.report.rejections] == [
        ("ville/port.png", "E_PICTURE_TWICE")
    ]
    assert len(stems(images(newsroom))) == 1


def test_nothing_of_where_a_picture_was_taken_is_published(newsroom: Newsroom) -> None:
    put(newsroom, "ville/port.jpg", told())
    newsroom.build()
    assert images(newsroom)
    assert not [path for path, data in newsroom.site.items() if b"SECRET" in data]


def test_no_picture_stands_before_its_article_does_nor_after(newsroom: Newsroom) -> None:
    held = CAPTIONED.replace("2026-01-15", "2026-01-15 09:00")
    newsroom.write("ville/port.txt", f"Embargo : 2026-03-01 06:00\n{held}")
    put(newsroom, "ville/port.jpg", photo())
    outcome = newsroom.build()
    assert outcomes(outcome) == (1, 0, 0)
    assert not images(newsroom)
    rules = ParseRules(now=datetime(2026, 3, 2, tzinfo=UTC))
    newsroom.build(rules=rules)
    assert shown(newsroom) == images(newsroom) != set()
    (newsroom.content / "ville/port.txt").unlink()
    outcome = newsroom.build(rules=rules, allow_removals=True)
    assert not images(newsroom)
    assert outcomes(outcome) == (0, 0, 1)


def test_feeds_carry_the_picture_with_what_it_shows_and_whose_it_is(newsroom: Newsroom) -> None:
    put(newsroom, "ville/port.jpg", photo(1000, 750))
    newsroom.build()
    site = newsroom.site
    large, small = (f"{url(newsroom)}-{width}.jpg" for width in (960, 480))
    for name in ("atom", "rss", "json"):
        address = f"https://lefil.example/feeds/all.{name}"
        assert faults(site[f"feeds/all.{name}"], address) == []
    for name in ("atom", "rss"):
        data = site[f"feeds/all.{name}"]
        (read,) = [one for one in feedparser.parse(data).entries if "port" in one.title]
        (told,) = read.media_content
        assert (told["url"], told["type"], told["medium"]) == (large, "image/jpeg", "image")
        assert (told["width"], told["height"]) == ("960", "720")
        assert read.media_thumbnail == [{"url": small, "width": "480", "height": "360"}]
        assert read.media_credit[0]["content"] == "Jeanne Ollier/AFP"
        (content,) = read.content
        assert content.value.startswith(
            f'<figure><img alt="Les grues du port" height="720" src="{large}"'
        )
    items = json.loads(site["feeds/all.json"])["items"]
    assert [one.get("image", "") for one in items] == ["", large]


def url(newsroom: Newsroom) -> str:
    (stem,) = stems(images(newsroom))
    return f"https://lefil.example/{stem}"


def test_what_was_retracted_takes_its_picture_with_it_also_from_what_is_kept(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(tmp_path / "newsroom", target=str(tmp_path / "public"), publications_kept=5)
    newsroom.write("ville/port.txt", CAPTIONED)
    newsroom.write("bac.txt", article("Le bac ferme"))
    publishes = {"publishes": True, "releases": True}
    put(newsroom, "ville/port.jpg", photo(seed=1))
    newsroom.build(**publishes)
    first = {newsroom.site[path] for path in images(newsroom)}
    put(newsroom, "ville/port.jpg", photo(seed=2))
    newsroom.build(**publishes)
    second = {newsroom.site[path] for path in images(newsroom)}
    assert first & everything(tmp_path)
    kill_article(newsroom.settings, "ville/port", Kill("Faux."))
    outcome = newsroom.build(**publishes)
    assert not images(newsroom)
    assert outcome.report.retracted == 1
    left = everything(tmp_path / "public") | everything(
        tmp_path / "newsroom" / "output-publications"
    )
    assert not (first | second) & left


def test_an_earlier_publication_comes_back_with_its_pictures_but_for_those_that_are_held(
    tmp_path: Path,
) -> None:
    newsroom = Newsroom(tmp_path, publications_kept=5)
    newsroom.write("ville/port.txt", CAPTIONED)
    newsroom.write("bac.txt", article("Le bac ferme"))
    publishes = {"publishes": True, "releases": True, "allow_removals": True}
    found = []
    for seed in (1, 2):
        put(newsroom, "ville/port.jpg", photo(seed=seed))
        newsroom.build(**publishes)
        found.append(images(newsroom))
    assert not put_back(newsroom.settings, 1).lost
    assert shown(newsroom) == images(newsroom) == found[0]
    newsroom.build(**publishes)
    assert shown(newsroom) == images(newsroom) == found[1]
    newsroom.write("ville/port.txt", f"Embargo : 2026-03-01 06:00\n{CAPTIONED}")
    newsroom.build(**publishes)
    number = kept_of(newsroom.settings).releases()[1].number
    assert set(put_back(newsroom.settings, number).withheld) >= found[1]
    assert not images(newsroom)


def everything(folder: Path) -> set[bytes]:
    return {file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_what_was_read_is_shown_whatever_becomes_of_the_file_meanwhile(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(newsroom, "ville/port.jpg", photo(seed=1))
    render = newsdigest.build.render_site

    def meanwhile(*args: Any) -> Any:
        put(newsroom, "ville/port.jpg", photo(seed=2))
        return render(*args)

    with monkeypatch.context() as patched:
        patched.setattr(newsdigest.build, "render_site", meanwhile)
        newsroom.build()
    first = shown(newsroom)
    assert first == images(newsroom)
    newsroom.build()
    assert not shown(newsroom) & first
    assert newsroom.clean_build() == newsroom.site


def test_a_picture_of_which_nothing_is_left_stops_the_build_and_is_named(
    newsroom: Newsroom,
) -> None:
    put(newsroom, "ville/port.jpg", photo(seed=1))
    newsroom.build()
    before = newsroom.site
    shutil.rmtree(newsroom.folder / "cache" / "pictures")
    newsroom.write("ville/port.txt", "")  # it cannot be read: the article stays as it was
    put(newsroom, "ville/port.jpg", photo(seed=2))
    look_otherwise(newsroom)
    with pytest.raises(BuildError, match=re.escape("ville/port.jpg is not the one that was read")):
        newsroom.build()
    assert newsroom.site == before
    newsroom.write("ville/port.txt", CAPTIONED)
    newsroom.build()
    assert newsroom.clean_build() == newsroom.site


def test_the_day_opens_with_the_picture_of_what_opens_it(newsroom: Newsroom) -> None:
    day = "2026/01/15/index.html"
    newsroom.write("decisions.toml", '[[lead]]\narticle = "ville/port"\n')
    put(newsroom, "ville/port.jpg", photo(1500, 1000, seed=1))
    newsroom.build()
    first = shown(newsroom, "index.html")
    assert {file.rpartition("-")[2] for file in first} == {
        "480.avif",
        "480.jpg",
        "960.avif",
        "960.jpg",
    }
    assert shown(newsroom, day) == first
    put(newsroom, "ville/port.jpg", photo(1500, 1000, seed=2))
    newsroom.build()
    assert shown(newsroom, "index.html") == shown(newsroom, day)
    assert not shown(newsroom, "index.html") & first
    assert newsroom.clean_build() == newsroom.site
