"""Much is not taken away without being told to; what is removed and yet stays is said."""

from __future__ import annotations

import io
import os
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from newsdigest.base.errors import RemovalsError
from newsdigest.report_screen import show
from newsroom import Newsroom, article
from rich.console import Console

MANY = 15


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Some articles on a share, two beside it."""
    newsroom = Newsroom(tmp_path)
    for number in range(MANY):
        day = f"2026-01-{number + 1:02}"
        newsroom.write(f"share/{number:02}.txt", article(f"La nouvelle {number}", day))
    newsroom.write("ici.txt", article("Ici"))
    newsroom.write("la.txt", article("Là"))
    newsroom.build()
    return newsroom


def remove(newsroom: Newsroom, count: int) -> None:
    for number in range(count):
        (newsroom.content / f"share/{number:02}.txt").unlink()


def pages(newsroom: Newsroom) -> set[str]:
    return {path for path in newsroom.site if path.endswith(".html")}


def refusal(newsroom: Newsroom, **changes: object) -> str:
    """What is said of a build that took nothing away."""
    before = newsroom.site
    with pytest.raises(RemovalsError) as refused:
        newsroom.build(**changes)
    assert (refused.value.exitcode, newsroom.site) == (4, before)
    return str(refused.value)


def test_a_few_articles_go_without_a_word(newsroom: Newsroom) -> None:
    remove(newsroom, 10)
    assert newsroom.build().report.removed == 10
    assert newsroom.site == newsroom.clean_build()


def test_many_go_only_when_it_is_meant(newsroom: Newsroom) -> None:
    remove(newsroom, 11)
    said = refusal(newsroom)
    assert "11 of 17 published articles" in said
    assert "--allow-removals" in said
    assert "11 of 17" in refusal(newsroom)  # it is not forgotten by the next build
    report = newsroom.build(allow_removals=True).report
    assert (report.removed, report.published) == (11, 6)
    assert newsroom.site == newsroom.clean_build()


def test_the_site_stays_whole_while_a_share_is_not_mounted(newsroom: Newsroom) -> None:
    """The folder is there, and empty; other files are published when it is back."""
    share = newsroom.content / "share"
    share.rename(newsroom.folder / "away")
    share.mkdir()
    newsroom.write("neuf.txt", article("Neuf"))
    refusal(newsroom)
    share.rmdir()
    refusal(newsroom)
    (newsroom.folder / "away").rename(share)
    report = newsroom.build().report
    assert (report.new, report.removed, report.published) == (1, 0, MANY + 3)
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize(("most", "percent", "stops"), [
    (10, 2, True), (10, 64, True), (10, 65, False), (11, 2, False), (0, 0, True)])  # fmt: skip
def test_what_is_many_is_a_setting(
    newsroom: Newsroom, most: int, percent: int, stops: bool
) -> None:
    """11 of 17 are 64.7 %: as many as allowed of either may go."""
    remove(newsroom, 11)
    settings = {"removals_most": most, "removals_percent": percent}
    if stops:
        refusal(newsroom, **settings)
    else:
        assert newsroom.build(**settings).report.removed == 11


@pytest.mark.parametrize("left", ["nothing", "other files", "a new file not yet written"])
def test_a_folder_without_an_article_takes_none_away(tmp_path: Path, left: str) -> None:
    """However few they were."""
    newsroom = Newsroom(tmp_path)
    newsroom.write("seul.txt", article("Seul"))
    newsroom.build()
    (newsroom.content / "seul.txt").unlink()
    if left == "other files":
        newsroom.write("notes.md", "Des notes.")
    if left == "a new file not yet written":
        newsroom.write("neuf.txt", "")
    assert "holds no article, and 1 are published" in refusal(newsroom)
    newsroom.build(allow_removals=True)
    assert "2026/01/15/seul.html" not in newsroom.site


@pytest.mark.parametrize("lost", ["cache", "cache and clock", "another version"])
def test_what_lies_on_the_site_counts_whatever_became_of_the_store(
    newsroom: Newsroom, lost: str
) -> None:
    changes: dict[str, object] = {}
    if lost == "another version":
        changes["rules"] = replace(newsroom.settings.rules, chrome=("Partager…",))
    else:
        shutil.rmtree(newsroom.folder / "cache")
    if lost == "cache and clock":
        early = datetime.fromisoformat("2025-12-01T00:00Z")
        changes["rules"] = replace(newsroom.settings.rules, now=early)
        assert "17 of 17" in refusal(newsroom, **changes)
        return
    remove(newsroom, 12)
    assert "12 of 17" in refusal(newsroom, **changes)
    assert "12 of 17" in refusal(newsroom, **changes)
    newsroom.build(allow_removals=True, **changes)
    assert newsroom.site == newsroom.clean_build(**changes)


def test_spoilt_files_of_a_lost_store_would_be_taken_away(newsroom: Newsroom) -> None:
    for number in range(12):
        newsroom.write(f"share/{number:02}.txt", "")
    assert newsroom.build().report.kept == 12
    shutil.rmtree(newsroom.folder / "cache")
    assert "12 of 17" in refusal(newsroom)


def test_a_folder_may_be_moved_or_renamed(newsroom: Newsroom) -> None:
    """Articles that stand where they stood are not missed."""
    (newsroom.content / "share").rename(newsroom.content / "monde")
    report = newsroom.build().report
    assert (report.new, report.removed) == (MANY, MANY)
    shutil.rmtree(newsroom.folder / "cache")
    (newsroom.content / "monde").rename(newsroom.content / "asie")
    assert newsroom.build().report.published == MANY + 2


def test_exact_copies_may_take_their_places(newsroom: Newsroom) -> None:
    shutil.copytree(newsroom.content / "share", newsroom.content / "zone")
    newsroom.build()
    before = {path.replace("rubriques/share/", "rubriques/zone/") for path in pages(newsroom)}
    remove(newsroom, MANY)
    report = newsroom.build().report
    assert (report.removed, report.duplicate) == (MANY, 0)
    assert set(pages(newsroom)) == before


def test_an_earlier_clock_that_is_allowed_may_take_them_away(newsroom: Newsroom) -> None:
    early = replace(newsroom.settings.rules, now=datetime.fromisoformat("2026-01-02T00:00Z"))
    report = newsroom.build(rules=early, allow_clock_back=True).report
    assert (report.published, report.draft) == (2, MANY)


def test_articles_dated_ahead_by_their_files_are_taken_away(newsroom: Newsroom) -> None:
    for number in range(11):
        newsroom.write(f"share/{number:02}.txt", article(f"La nouvelle {number}", "2026-12-01"))
    assert "11 of 17" in refusal(newsroom)


def test_a_site_built_elsewhere_misses_nothing(newsroom: Newsroom) -> None:
    remove(newsroom, MANY)
    report = newsroom.build(output=str(newsroom.folder / "elsewhere")).report
    assert report.published == 2


# -- a copy that takes its place -------------------------------------------------------------------


def screen(newsroom: Newsroom) -> str:
    console = Console(file=io.StringIO(), width=200)
    show(newsroom.build().report, console, str, "content")
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_removed_file_whose_copy_takes_its_place_says_so(newsroom: Newsroom) -> None:
    for copy in ("b", "c"):
        shutil.copy(newsroom.content / "ici.txt", newsroom.content / f"zone-{copy}.txt")
    newsroom.build()
    before = pages(newsroom)
    (newsroom.content / "ici.txt").unlink()
    report = newsroom.build().report
    assert report.succeeded == [("ici.txt", "zone-b.txt")]
    assert report.as_json(str)["succeeded"] == [{"path": "ici.txt", "by": "zone-b.txt"}]
    assert pages(newsroom) == before
    assert newsroom.build().report.succeeded == []
    (newsroom.content / "zone-b.txt").unlink()
    told = "content/zone-b.txt: removed; its copy content/zone-c.txt is published in its place"
    assert told in screen(newsroom)


def test_a_file_renamed_or_a_copy_removed_is_no_such_case(newsroom: Newsroom) -> None:
    shutil.copy(newsroom.content / "ici.txt", newsroom.content / "zone.txt")
    newsroom.build()
    (newsroom.content / "zone.txt").unlink()
    assert newsroom.build().report.succeeded == []
    os.rename(newsroom.content / "la.txt", newsroom.content / "ailleurs.txt")
    assert newsroom.build().report.succeeded == []
