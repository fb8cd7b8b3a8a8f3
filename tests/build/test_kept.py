"""What the build cannot see or read stays as it was last read, and is named until it is mended."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import newsdigest.ingest
import pytest
from newsdigest.build import Refused
from newsdigest.report import Report
from newsroom import Newsroom, article

GOOD = article("Le pont rouvre", text="La maire Anna Korvat a rouvert le pont de Genève mardi.")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One article that others cite, follow and share names with, in a folder with another."""
    newsroom = Newsroom(tmp_path)
    newsroom.write("ville/pont.txt", GOOD)
    newsroom.write("ville/bac.txt", article("Le bac ferme", related=("Le pont rouvre",)))
    text = "Anna Korvat ira à Genève jeudi, a annoncé la mairie."
    newsroom.write("suite.txt", article("La maire à Genève", "2026-01-16", text))
    newsroom.write("note.md", "Ceci n'est pas un article.")
    newsroom.build()
    return newsroom


def adds_up(report: Report) -> bool:
    parts = (report.draft, report.duplicate, report.kept, report.rejected, report.ignored)
    return report.found == report.published + sum(parts)


def told(report: Report) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in report.kept_files]


# -- faults of a file: each leaves it there, and unreadable -----------------------------------------


def written(text: str | bytes) -> Callable[[Path], None]:
    return lambda file: file.write_bytes(text.encode() if isinstance(text, str) else text) and None


def replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def linked_to(target: str) -> Callable[[Path], None]:
    def link(file: Path) -> None:
        file.unlink()
        file.symlink_to(target)

    return link


FAULTS = {
    "E_EMPTY": written(""),
    "E_DATE_FORMAT": written(GOOD.replace("2026-01-15", "15/01/2026")),
    "E_DATE_IMPOSSIBLE": written(GOOD.replace("2026-01-15", "2026-01-32")),
    "E_DATE_FUTURE": written(GOOD.replace("2026-01-15", "2062-01-15")),
    "E_DATE_MISSING": written(GOOD.replace("date 2026-01-15 ", "")),
    "E_NO_BODY": written("date 2026-01-15 Le pont rouvre\n"),
    "E_TWO_ARTICLES": written(GOOD + GOOD),
    "E_BINARY": written(b"%PDF-1.7 \x00\x01\x02"),
    "E_WRONG_KIND": written('{"pont": "Le pont"}'),
    "E_TOO_LARGE": written(GOOD + "Le pont est long. " * 200_000),
    "E_NOT_FILE": replaced_by_a_folder,
    "E_VANISHED": linked_to("nulle-part.txt"),
    "E_UNREADABLE": linked_to("pont.txt"),
    "E_OUTSIDE": linked_to("/etc/hostname"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_published_article_stays_while_its_file_cannot_be_read(
    newsroom: Newsroom, code: str
) -> None:
    before = newsroom.site
    file = newsroom.content / "ville/pont.txt"
    FAULTS[code](file)
    for changed in (1, 0):
        report = newsroom.build().report
        assert (newsroom.site, told(report)) == (before, [("ville/pont.txt", code)])
        assert (report.published, report.kept, report.rejected) == (2, 1, 0)
        assert (report.changed, report.removed, adds_up(report)) == (changed, 0, True)
    # Mended, it is read again.
    shutil.rmtree(file) if file.is_dir() else file.unlink()
    newsroom.write("ville/pont.txt", GOOD.replace("mardi", "vendredi"))
    report = newsroom.build().report
    assert (report.published, report.kept, report.found) == (3, 0, 4)
    assert b"vendredi" in newsroom.site["2026/01/15/le-pont-rouvre.html"]
    assert newsroom.site == newsroom.clean_build()


def test_saved_again_as_it_was_it_is_an_article_like_any_other(newsroom: Newsroom) -> None:
    before = newsroom.site
    newsroom.write("ville/pont.txt", "")
    newsroom.build()
    newsroom.write("ville/pont.txt", GOOD)
    report = newsroom.build().report
    assert (report.published, report.kept, report.changed) == (3, 0, 0)
    assert newsroom.site == before


def test_a_kept_article_whose_file_is_deleted_leaves_the_site(newsroom: Newsroom) -> None:
    newsroom.write("ville/pont.txt", "")
    newsroom.build()
    (newsroom.content / "ville/pont.txt").unlink()
    report = newsroom.build().report
    assert (report.kept, report.removed, report.found) == (0, 1, 3)
    assert newsroom.site == newsroom.clean_build()


def test_the_site_goes_on_around_a_kept_article(newsroom: Newsroom) -> None:
    """It is cited, listed and followed as the clean build of its last good text would be."""
    newsroom.write("ville/pont.txt", "date 15 janvier")
    newsroom.build()
    text = "Anna Korvat a quitté Genève lundi."
    newsroom.write("fin.txt", article("Le retour", "2026-01-20", text, ("Le pont rouvre",)))
    newsroom.write("entities.tsv", "person\tAnna Korvat\t\tlabel=Anna Korvat-Delme\n")
    assert newsroom.build().report.linked == 2
    kept = newsroom.site
    newsroom.write("ville/pont.txt", GOOD)
    assert kept == newsroom.clean_build()


def test_strict_counts_a_kept_article_as_a_fault(newsroom: Newsroom) -> None:
    before = newsroom.site
    newsroom.write("ville/pont.txt", "")
    newsroom.write("neuf.txt", article("Le port ouvre"))
    with pytest.raises(Refused) as refused:
        newsroom.build(strict=True)
    assert (refused.value.exitcode, refused.value.report.kept) == (2, 1)
    assert newsroom.site == before


# -- what was never published, and copies --------------------------------------------------------


def test_what_was_never_published_is_rejected(newsroom: Newsroom) -> None:
    newsroom.write("annonce.txt", article("L'annonce", "2026-02-10"))
    newsroom.write("neuf.txt", "")
    assert newsroom.build().report.draft == 1
    newsroom.write("annonce.txt", "")
    report = newsroom.build().report
    assert (report.kept, report.rejected, report.draft, adds_up(report)) == (0, 2, 0, True)
    later = replace(newsroom.settings.rules, now=datetime.fromisoformat("2026-03-01T00:00Z"))
    report = newsroom.build(rules=later).report
    assert (report.rejected, report.published) == (2, 3)
    assert b"annonce" not in b"".join(newsroom.site.values())


def test_a_duplicates_text_is_kept_too_and_may_take_its_place(newsroom: Newsroom) -> None:
    newsroom.write("ville/pont-copie.txt", GOOD)
    newsroom.build()
    newsroom.write("ville/pont-copie.txt", "")
    report = newsroom.build().report
    assert (report.duplicate, report.kept, report.rejected) == (0, 1, 0)
    before = newsroom.site["2026/01/15/le-pont-rouvre.html"]
    (newsroom.content / "ville/pont.txt").unlink()
    report = newsroom.build().report
    assert (report.published, report.kept, adds_up(report)) == (2, 1, True)
    assert newsroom.site["2026/01/15/le-pont-rouvre.html"] == before


def test_a_copy_folded_under_another_has_a_page_and_is_kept(newsroom: Newsroom) -> None:
    text = "\n\n".join(
        f"Le tramway numéro {n} de Corvanne a déraillé mardi soir dans le quartier des Tanneries,"
        f" blessant {n} voyageurs, a annoncé la préfecture de Corvanne."
        for n in range(3, 9)
    )
    newsroom.write("a.txt", article("Le tramway déraille à Corvanne", text=text))
    other = article("Corvanne : un tramway déraille", "2026-01-16", text).replace("AFP/", "Xinhua/")
    newsroom.write("b.txt", other)
    assert newsroom.build().report.folded == 1
    before = newsroom.site
    newsroom.write("b.txt", "")
    report = newsroom.build().report
    assert (newsroom.site, report.kept, report.folded, adds_up(report)) == (before, 1, 1, True)


def test_two_files_of_one_id_never_share_a_kept_article(newsroom: Newsroom) -> None:
    """`pont.TXT` arrives where `pont.txt` is kept: it is the article now, whatever comes after."""
    replaced_by_a_folder(newsroom.content / "ville/pont.txt")
    newsroom.build()
    newsroom.write("ville/pont.TXT", GOOD.replace("mardi", "samedi"))
    report = newsroom.build().report
    assert (report.published, report.kept, report.rejected, adds_up(report)) == (3, 0, 1, True)
    assert b"samedi" in newsroom.site["2026/01/15/le-pont-rouvre.html"]
    (newsroom.content / "ville/pont.txt").rmdir()
    report = newsroom.build().report
    assert (report.published, adds_up(report)) == (3, True)
    assert newsroom.site == newsroom.clean_build()


def test_a_file_that_gave_up_its_id_is_read_again_when_it_may_have_it_back(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsdigest.ingest, "TOO_FRESH_NS", 0)
    newsroom.write("bac.TXT", article("Le bac rouvre"))
    newsroom.build()
    before = newsroom.site
    newsroom.write("bac.txt", article("Le bac coule"))
    report = newsroom.build().report
    assert (report.published, report.kept, report.rejected) == (4, 0, 1)
    (newsroom.content / "bac.txt").unlink()
    assert newsroom.build().report.published == 4
    assert newsroom.site == before


@pytest.mark.parametrize("original", ["empty", "sound"])
def test_a_conflict_copy_is_kept_only_while_its_original_cannot_be_read(
    newsroom: Newsroom, original: str
) -> None:
    """It was published, alone; then its original came back."""
    copy = "bac (Copie en conflit de Nadia 2026-01-02)"
    newsroom.write(f"{copy}.txt", article("Le bac rouvre"))
    newsroom.build()
    before = newsroom.site
    newsroom.write("bac.txt", "")
    report = newsroom.build().report
    assert (told(report), newsroom.site) == ([(f"{copy}.txt", "E_CONFLICT_COPY")], before)
    if original == "sound":
        newsroom.write("bac.txt", article("Le bac coule"))
        report = newsroom.build().report
        assert (report.published, report.kept, report.rejected) == (4, 0, 1)
        assert newsroom.site == newsroom.clean_build()
    (newsroom.content / "bac.txt").unlink()
    assert newsroom.build().report.published == 4
    assert b"Le bac rouvre" in b"".join(newsroom.site.values())


def test_a_conflict_copy_goes_as_soon_as_any_form_of_its_original_can_be_read(
    newsroom: Newsroom,
) -> None:
    newsroom.write("été (Copie en conflit de Nadia 2026-01-02).txt", article("L'été finit"))
    newsroom.build()
    newsroom.write("e\u0301te\u0301.txt", article("L'été dure"))
    newsroom.write("été.TXT", article("L'été commence"))
    report = newsroom.build().report
    assert (report.published, report.kept, report.rejected) == (4, 0, 2)
    assert newsroom.site == newsroom.clean_build()


def test_a_good_article_overwritten_by_one_dated_too_far_ahead_stays_until_that_is_a_draft(
    newsroom: Newsroom,
) -> None:
    newsroom.write("en/é.txt", article("Le journal de la frégate", "2026-01-05"))
    newsroom.build()
    before = newsroom.site
    newsroom.write("en/é.txt", article("Gros titre", "2027-05-01"))
    report = newsroom.build().report
    assert (told(report), newsroom.site) == ([("en/é.txt", "E_DATE_FUTURE")], before)
    later = replace(newsroom.settings.rules, now=datetime.fromisoformat("2026-06-01T00:00Z"))
    report = newsroom.build(rules=later).report
    assert (report.published, report.kept, report.draft) == (3, 0, 1)
    assert newsroom.site == newsroom.clean_build(rules=later)


# -- places that cannot be seen --------------------------------------------------------------------


@contextmanager
def failing(what: str, path: Path, error: int) -> Iterator[None]:
    """As a share that fails, or a disk, or a right that is lacking: that call on that place."""
    original = getattr(os, what)

    def fails(place: object, *args: object, **kwargs: object) -> object:
        if str(place) == str(path.resolve()):
            raise OSError(error, os.strerror(error), str(place))
        return original(place, *args, **kwargs)

    setattr(os, what, fails)
    try:
        yield
    finally:
        setattr(os, what, original)


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOTCONN, errno.ESTALE, errno.EACCES,
                                   errno.ENOENT, errno.ENODEV, errno.ETIMEDOUT])  # fmt: skip
def test_a_folder_that_cannot_be_listed_keeps_all_that_is_known_below(
    newsroom: Newsroom, error: int
) -> None:
    newsroom.write("ville/port/quai.txt", article("Le quai s'étend"))
    newsroom.write("ville/port/ahead.txt", article("La grue", "2026-02-10"))
    newsroom.write("ville/port/spoilt.txt", "Rien")
    newsroom.write("ville/port/plan.pdf", "")
    newsroom.build()
    before = newsroom.site
    with failing("scandir", newsroom.content / "ville", error):
        for _again in range(2):
            report = newsroom.build().report
            code = "E_VANISHED" if error == errno.ENOENT else "E_UNREADABLE"
            kept = ["ville/bac.txt", "ville/pont.txt", "ville/port/quai.txt"]
            assert told(report) == [(path, code) for path in kept]
            assert [fault.path for fault in report.rejections] == [
                "ville", "ville/port/ahead.txt", "ville/port/spoilt.txt"]  # fmt: skip
            assert (report.ignored, report.removed, adds_up(report)) == (2, 0, True)
            assert newsroom.site == before
    report = newsroom.build().report
    assert (report.kept, report.published, report.draft, report.rejected) == (0, 4, 1, 1)
    assert newsroom.site == before


def test_in_sight_again_and_unchanged_they_need_not_be_read(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsdigest.ingest, "TOO_FRESH_NS", 0)
    newsroom.build()
    with failing("scandir", newsroom.content / "ville", errno.EIO):
        newsroom.build()
    with failing("open", newsroom.content / "ville/pont.txt", errno.EIO):
        report = newsroom.build().report
    assert (report.kept, report.published) == (0, 3)


def test_a_file_that_fails_while_it_is_read_is_tried_again(newsroom: Newsroom) -> None:
    """A disk mends without the file's times telling."""
    before = newsroom.site
    os.utime(newsroom.content / "ville/pont.txt")
    with failing("open", newsroom.content / "ville/pont.txt", errno.EIO):
        assert told(newsroom.build().report) == [("ville/pont.txt", "E_UNREADABLE")]
    report = newsroom.build().report
    assert (report.kept, report.published, newsroom.site) == (0, 3, before)


def test_while_a_folder_is_out_of_sight_other_files_come_and_go(newsroom: Newsroom) -> None:
    with failing("scandir", newsroom.content / "ville", errno.EIO):
        newsroom.build()
        (newsroom.content / "suite.txt").unlink()
        newsroom.write("neuf.txt", article("Le port ouvre", related=("Le bac ferme",)))
        newsroom.build()
    assert newsroom.site == newsroom.clean_build()


# -- the clock, and other versions ---------------------------------------------------------------


@pytest.mark.parametrize("hidden", [False, True])
def test_a_kept_article_turns_with_the_clock(newsroom: Newsroom, hidden: bool) -> None:
    before = newsroom.site
    if not hidden:
        newsroom.write("ville/pont.txt", "")
    fault: AbstractContextManager[None] = (
        failing("scandir", newsroom.content / "ville", errno.EIO) if hidden else nullcontext()
    )
    with fault:
        newsroom.build()
        early = replace(newsroom.settings.rules, now=datetime.fromisoformat("2026-01-10T00:00Z"))
        report = newsroom.build(rules=early, allow_clock_back=True).report
        assert (report.kept, adds_up(report)) == (2 if hidden else 1, True)
        assert b"Le pont rouvre" not in b"".join(newsroom.site.values())
        newsroom.build()
        assert newsroom.site == before


def test_a_kept_article_of_today_is_not_made_again_by_each_build(newsroom: Newsroom) -> None:
    today = replace(newsroom.settings.rules, now=datetime.fromisoformat("2026-01-15T20:00Z"))
    newsroom.write("ville/pont.txt", "")
    assert newsroom.build(rules=today, allow_clock_back=True).report.kept == 1
    assert newsroom.build(rules=today).reasons == {}


def test_a_clock_gone_back_by_years_keeps_nothing_of_what_is_ahead(newsroom: Newsroom) -> None:
    early = replace(newsroom.settings.rules, now=datetime.fromisoformat("2020-01-01T00:00Z"))
    report = newsroom.build(rules=early, allow_clock_back=True).report
    assert (report.kept, report.rejected, report.published) == (0, 3, 0)
    assert newsroom.site == newsroom.clean_build(rules=early)
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize("already", [True, False])
def test_another_version_loses_nothing_that_is_kept(newsroom: Newsroom, already: bool) -> None:
    """Kept before the upgrade, or unreadable from the very build that brings it."""
    before = newsroom.site
    newsroom.write("annonce.txt", article("L'annonce", "2026-02-10"))
    newsroom.build()
    newsroom.write("ville/pont.txt", "")
    newsroom.write("annonce.txt", "")
    if already:
        newsroom.build()
    other = replace(newsroom.settings.rules, chrome=("Partager…",))
    with failing("scandir", newsroom.content / "ville", errno.EIO):
        report = newsroom.build(rules=other).report
        assert told(report) == [
            ("ville/bac.txt", "E_UNREADABLE"),
            ("ville/pont.txt", "E_UNREADABLE"),
        ]
        assert (report.made_anew, report.rejected, adds_up(report)) == ("version", 2, True)
        assert newsroom.site == before
    report = newsroom.build(rules=other).report
    assert (told(report), newsroom.site) == ([("ville/pont.txt", "E_EMPTY")], before)
    assert not list((newsroom.folder / "cache").glob("earlier-*"))


OTHER_FORMS = [("bac.TXT", "bac.txt"), ("e\u0301te\u0301.txt", "été.txt")]
COPY = "quai (Copie en conflit de Nadia 2026-01-02).txt"


@pytest.mark.parametrize(("old", "new"), OTHER_FORMS)
def test_another_version_meets_a_second_file_with_a_known_id(
    newsroom: Newsroom, old: str, new: str
) -> None:
    """It came between the last build of the old version and the first of the new one."""
    newsroom.write(old, article("Le bac rouvre"))
    newsroom.build()
    newsroom.write(new, article("Le bac coule"))
    other = replace(newsroom.settings.rules, chrome=("Partager…",))
    for _again in range(2):
        report = newsroom.build(rules=other).report
        assert (report.published, report.kept, report.rejected) == (4, 0, 1)
        assert newsroom.site == newsroom.clean_build(rules=other)


@pytest.mark.parametrize("already", [True, False])
@pytest.mark.parametrize(
    ("path", "before_it", "code"),
    [
        (COPY, "quai.txt", "E_CONFLICT_COPY"),
        ("bac.TXT", "bac.txt", "E_SAME_ID"),
    ],
)
def test_another_version_keeps_what_another_file_stands_before(
    newsroom: Newsroom, path: str, before_it: str, code: str, already: bool
) -> None:
    """A conflict copy, or another form of the name, while the file that goes before is no article."""
    newsroom.write(path, article("Le bac rouvre"))
    newsroom.build()
    before = newsroom.site
    newsroom.write(before_it, "")
    if already:
        newsroom.build()
    other = replace(newsroom.settings.rules, chrome=("Partager…",))
    report = newsroom.build(rules=other).report
    assert (told(report), newsroom.site) == ([(path, code)], before)
    newsroom.write(before_it, article("Le bac coule"))
    report = newsroom.build(rules=other).report
    assert (report.published, report.kept, report.rejected) == (4, 0, 1)
    assert newsroom.site == newsroom.clean_build(rules=other)


def test_another_version_keeps_a_kept_article_that_the_clock_made_a_draft(
    newsroom: Newsroom,
) -> None:
    before = newsroom.site
    newsroom.write("ville/pont.txt", GOOD.replace("2026-01-15", "2027-05-01"))
    newsroom.build()
    early = replace(newsroom.settings.rules, now=datetime.fromisoformat("2026-01-10T00:00Z"))
    newsroom.build(rules=early, allow_clock_back=True)
    other = replace(newsroom.settings.rules, chrome=("Partager…",))
    report = newsroom.build(rules=replace(other, now=early.now)).report
    assert told(report) == [("ville/pont.txt", "E_DATE_FUTURE")]
    newsroom.build(rules=other)
    assert newsroom.site == before
