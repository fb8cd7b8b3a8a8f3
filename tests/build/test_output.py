"""The site's folder: ours and others' files, whatever becomes of the store and of the folder."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from newsdigest.archive.opening import published_files
from newsdigest.archive.store import Store
from newsdigest.base.errors import BuildError, VerificationError
from newsdigest.base.records import Page
from newsdigest.commands.check import check_site, repair_site
from newsdigest.commands.clean import clean_site
from newsdigest.publication import LiveSite
from newsdigest.publish import manifest, output
from newsdigest.publish.verify import Verifier
from newsdigest.site.renderer import Keep, Renderer
from newsroom import Newsroom, article

FOREIGN = {
    "google123.html": b"google-site-verification: google123.html",
    "CNAME": b"fil.exemple",
    ".well-known/acme-challenge/x": b"token",
    "shop/index.html": b"<p>La boutique",
    "2026/01/notes.txt": b"les chiffres de janvier",
    "feeds/entites/ours.xml": b"<a>",
    "entites/style.css": b"b{}",
}
PONT = "2026/01/15/le-pont-rouvre.html"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(tmp_path / "fil")
    newsroom.write("pont.txt", article("Le pont rouvre"))
    newsroom.write("port.txt", article("Le port ferme", "2026-01-16"))
    return newsroom


def out(newsroom: Newsroom) -> Path:
    return newsroom.folder / "output"


def lay_foreign_files(newsroom: Newsroom) -> None:
    for path, data in FOREIGN.items():
        file = out(newsroom) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (out(newsroom) / "vide").mkdir()


def times(newsroom: Newsroom) -> dict[str, int]:
    return {path: (out(newsroom) / path).stat().st_mtime_ns for path in newsroom.site}


def lose_the_cache(newsroom: Newsroom) -> None:
    shutil.rmtree(newsroom.folder / "cache")


def spoil_the_store(newsroom: Newsroom) -> None:
    (newsroom.folder / "cache/archive.sqlite").write_bytes(b"noise" * 9999)


def older_code(newsroom: Newsroom) -> None:
    with sqlite3.connect(newsroom.folder / "cache/archive.sqlite") as db:
        db.execute("UPDATE meta SET value = 'older' WHERE name = 'version'")


def restyle(newsroom: Newsroom) -> None:
    newsroom.restyle("body{color:red}")


def nothing(newsroom: Newsroom) -> None:
    pass


@pytest.mark.parametrize("happens", [nothing, restyle, lose_the_cache, spoil_the_store, older_code])
def test_files_of_others_survive_and_stale_ones_of_ours_go(newsroom: Newsroom, happens) -> None:  # type: ignore[no-untyped-def]
    lay_foreign_files(newsroom)
    newsroom.build()
    assert PONT in newsroom.site
    (newsroom.content / "pont.txt").unlink()
    happens(newsroom)
    newsroom.build()
    assert newsroom.site == {**newsroom.clean_build(), **FOREIGN}
    assert PONT not in newsroom.site
    assert (out(newsroom) / "vide").is_dir()


@pytest.mark.parametrize("happens", [lose_the_cache, spoil_the_store, older_code])
def test_a_new_store_rewrites_no_file_whose_bytes_are_right(newsroom: Newsroom, happens) -> None:  # type: ignore[no-untyped-def]
    newsroom.build()
    before = times(newsroom)
    happens(newsroom)
    report = newsroom.build().report
    assert times(newsroom) == before
    assert (report.pages_written, report.feeds_written, report.pages_deleted) == (0, 0, 0)


def test_a_new_store_rewrites_a_file_whose_bytes_are_wrong(newsroom: Newsroom) -> None:
    newsroom.build()
    right = newsroom.site
    page = out(newsroom) / PONT
    page.write_bytes(page.read_bytes().replace(b"Le", b"La"))
    (out(newsroom) / "feeds/all.atom").unlink()
    lose_the_cache(newsroom)
    newsroom.build()
    assert newsroom.site == right


@pytest.mark.parametrize(
    "path", ["index.html", "robots.txt", PONT, "2026", "2026/01/15", "feeds/all.atom/x/y"]
)
def test_a_file_of_others_in_our_place_stops_the_build_and_stays(
    newsroom: Newsroom, path: str
) -> None:
    file = out(newsroom) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"pas \xc3\xa0 nous")
    for _attempt in range(2):
        with pytest.raises(BuildError) as stopped:
            newsroom.build()
        assert stopped.value.exitcode == 1
        assert path in str(stopped.value)
        assert newsroom.site == {path: b"pas \xc3\xa0 nous"}
    file.unlink()
    if path.startswith("feeds/"):
        shutil.rmtree(out(newsroom) / "feeds/all.atom")
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


def test_a_link_of_others_in_our_place_is_theirs(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "theirs.html").write_bytes(b"accueil")
    out(newsroom).mkdir()
    (out(newsroom) / "index.html").symlink_to(tmp_path / "theirs.html")
    with pytest.raises(BuildError):
        newsroom.build()
    assert (tmp_path / "theirs.html").read_bytes() == b"accueil"


def test_a_new_page_does_not_take_the_place_of_a_file_of_others(newsroom: Newsroom) -> None:
    newsroom.build()
    before = newsroom.site
    theirs = out(newsroom) / "2026/01/17/le-musee-ouvre.html"
    theirs.parent.mkdir()
    theirs.write_bytes(b"tract")
    newsroom.write("musee.txt", article("Le musée ouvre", "2026-01-17"))
    with pytest.raises(BuildError, match="le-musee-ouvre"):
        newsroom.build()
    assert newsroom.site == {**before, "2026/01/17/le-musee-ouvre.html": b"tract"}


def test_the_same_bytes_in_our_place_are_ours(newsroom: Newsroom) -> None:
    newsroom.build()
    site = newsroom.site
    lose_the_cache(newsroom)
    shutil.rmtree(out(newsroom) / ".lefil")
    newsroom.build()
    assert newsroom.site == site


def test_a_site_of_the_version_before_is_taken_over(newsroom: Newsroom) -> None:
    """Its store knows the files, by three columns; no manifest lies with them."""
    newsroom.build()
    lay_foreign_files(newsroom)
    shutil.rmtree(out(newsroom) / ".lefil")
    with sqlite3.connect(newsroom.folder / "cache/archive.sqlite") as db:
        db.execute("UPDATE meta SET value = 'before' WHERE name = 'version'")
        db.execute("DELETE FROM meta WHERE name = 'manifest'")
        db.execute("CREATE TABLE before AS SELECT path, kind, digest FROM pages")
        db.execute("DROP TABLE pages")
        db.execute("ALTER TABLE before RENAME TO pages")
    known = published_files(newsroom.folder / "cache/archive.sqlite")
    assert {file.name: file.path for file in known if file.kind == "article"}["pont"] == PONT
    (newsroom.content / "pont.txt").unlink()
    restyle(newsroom)
    newsroom.build()
    assert newsroom.site == {**newsroom.clean_build(), **FOREIGN}


def test_a_lost_manifest_is_written_again(newsroom: Newsroom) -> None:
    newsroom.build()
    site = newsroom.site
    shutil.rmtree(out(newsroom) / ".lefil")
    (newsroom.content / "pont.txt").unlink()
    newsroom.build()
    assert newsroom.site == newsroom.clean_build() != site


def test_an_emptied_folder_is_filled_again(newsroom: Newsroom) -> None:
    newsroom.build()
    site = newsroom.site
    for entry in out(newsroom).glob("*"):
        if entry.name != ".lefil":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    newsroom.build()
    assert newsroom.site == site
    shutil.rmtree(out(newsroom))
    newsroom.build()
    assert newsroom.site == site


def test_a_site_that_moved_goes_on(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.build()
    os.rename(out(newsroom), tmp_path / "ailleurs")
    (newsroom.content / "pont.txt").unlink()
    outcome = newsroom.build(output=str(tmp_path / "ailleurs"))
    assert 0 < outcome.report.pages_written < 12
    os.rename(tmp_path / "ailleurs", out(newsroom))
    assert newsroom.site == newsroom.clean_build()


def test_a_restored_site_is_brought_up_to_date(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.build()
    shutil.copytree(out(newsroom), tmp_path / "backup")
    (newsroom.content / "pont.txt").unlink()
    newsroom.write("musee.txt", article("Le musée ouvre", "2026-01-17"))
    newsroom.build()
    shutil.rmtree(out(newsroom))
    shutil.copytree(tmp_path / "backup", out(newsroom))
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


def test_two_stores_may_take_turns_at_one_site(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.build()
    (newsroom.content / "pont.txt").unlink()
    newsroom.build(cache=str(tmp_path / "other"))
    newsroom.write("musee.txt", article("Le musée ouvre", "2026-01-17"))
    newsroom.build()
    newsroom.write("musee.txt", article("Le musée ferme", "2026-01-18"))
    newsroom.build(cache=str(tmp_path / "other"))
    assert newsroom.site == newsroom.clean_build()


def test_a_killed_builds_files_are_ours_even_when_its_store_is_lost(newsroom: Newsroom) -> None:
    newsroom.build()
    newsroom.write("musee.txt", article("Le musée ouvre", "2026-01-17"))
    original = output.delete_files

    def interrupted(*_args: object) -> int:
        raise KeyboardInterrupt

    output.delete_files = interrupted  # type: ignore[assignment]
    try:
        with pytest.raises(KeyboardInterrupt):
            newsroom.build()
    finally:
        output.delete_files = original
    assert "2026/01/17/le-musee-ouvre.html" in newsroom.site
    assert manifest.read_journal(out(newsroom)) != []
    lose_the_cache(newsroom)
    (newsroom.content / "musee.txt").unlink()
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


def test_the_site_may_be_a_link(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "disque").mkdir()
    out(newsroom).symlink_to(tmp_path / "disque")
    newsroom.build()
    restyle(newsroom)
    newsroom.build()
    assert out(newsroom).is_symlink()
    assert newsroom.site == newsroom.clean_build()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["disque", "fil"]


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="no second file system here")
@pytest.mark.parametrize("linked", ["", "2026", "feeds"])
def test_the_site_or_a_part_of_it_may_be_on_another_disk(
    newsroom: Newsroom, linked: str, tmp_path: Path
) -> None:
    other = Path("/dev/shm") / f"lefil-{os.getpid()}"
    other.mkdir()
    try:
        (out(newsroom) / linked).parent.mkdir(exist_ok=True)
        (out(newsroom) / linked).symlink_to(other)
        newsroom.build()
        (newsroom.content / "pont.txt").unlink()
        restyle(newsroom)
        newsroom.build()
        clean = newsroom.clean_build()
        assert {path: (out(newsroom) / path).read_bytes() for path in clean} == clean
        assert not (out(newsroom) / PONT).exists()
        assert list(other.rglob(output.PART)) == []
    finally:
        shutil.rmtree(other)


def test_two_builds_of_one_site_do_not_meet(newsroom: Newsroom, tmp_path: Path) -> None:
    with output.one_writer(out(newsroom) / ".lefil"):
        child = os.fork()
        if child == 0:
            try:
                newsroom.build(cache=str(tmp_path / "other"))
                os._exit(1)
            except BuildError as error:
                os._exit(0 if f"process {os.getppid()}" in str(error) else 2)
            finally:
                os._exit(3)
        assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("lost", [PONT, "2026/01/15/index.html", "archives/index.html"])
def test_a_build_makes_again_what_its_pages_lead_to_and_the_disk_has_lost(
    newsroom: Newsroom, lost: str
) -> None:
    newsroom.build()
    (out(newsroom) / lost).unlink()
    newsroom.write("musee.txt", article("Le musée ouvre", "2026-01-16"))
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


def test_a_folder_lost_is_made_again_link_by_link(newsroom: Newsroom) -> None:
    for day in range(5, 15):
        newsroom.write(f"{day}.txt", article(f"Titre du {day}", f"2026-01-{day:02}"))
    newsroom.build()
    for day in range(5, 15):
        shutil.rmtree(out(newsroom) / f"2026/01/{day:02}")
    newsroom.write("musee.txt", article("Le musée ouvre", "2026-01-20"))
    reasons = newsroom.build().reasons
    assert reasons[Page("day", "2026-01-05")] == "its file was not as built"
    assert newsroom.site == newsroom.clean_build()


# -- what invoke check and invoke repair see ---------------------------------------------------------


def damage(newsroom: Newsroom) -> set[str]:
    """Spoil a page, cut a feed, empty one, delete a page and an asset; which."""
    (asset,) = out(newsroom).glob("static/site.*.css")
    (out(newsroom) / PONT).write_bytes(b"\x00noise")
    feed = out(newsroom) / "feeds/all.atom"
    feed.write_bytes(feed.read_bytes()[:-20])
    (out(newsroom) / "archives/index.html").write_bytes(b"")
    (out(newsroom) / "2026/01/16/index.html").unlink()
    asset.unlink()
    return {
        PONT,
        "feeds/all.atom",
        "archives/index.html",
        "2026/01/16/index.html",
        asset.relative_to(out(newsroom)).as_posix(),
    }


def test_check_names_what_is_missing_or_not_as_built(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(newsroom.settings, editor_lang="en")
    assert check_site(settings) == 1
    newsroom.build()
    lay_foreign_files(newsroom)
    assert check_site(settings) == 0
    assert f"{len(FOREIGN)} files of others" in capsys.readouterr().out
    wrong = damage(newsroom)
    assert check_site(settings) == 1
    *lines, _repair, _foreign, total = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in lines} == wrong
    assert f"{PONT}: not as built" in lines
    assert "2026/01/16/index.html: missing" in lines
    assert total.endswith(f"{len(wrong)} faults.")


def test_repair_makes_just_these_again(newsroom: Newsroom) -> None:
    newsroom.build()
    lay_foreign_files(newsroom)
    before, written = newsroom.site, times(newsroom)
    wrong = damage(newsroom)
    repair_site(newsroom.settings)
    newsroom.build()
    assert newsroom.site == before
    after = times(newsroom)
    assert {path for path in after if after[path] != written[path]} == wrong
    assert check_site(newsroom.settings) == 0


@pytest.mark.parametrize("happens", [lose_the_cache, spoil_the_store, restyle])
def test_repair_needs_no_store(newsroom: Newsroom, happens) -> None:  # type: ignore[no-untyped-def]
    newsroom.build()
    damage(newsroom)
    happens(newsroom)
    repair_site(newsroom.settings)
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize("harm", ["cut", "delete"])
@pytest.mark.parametrize("part", [".lefil/index", ".lefil/files/*"])
@pytest.mark.parametrize("happens", [nothing, lose_the_cache])
def test_a_damaged_manifest_is_named_and_repaired(
    newsroom: Newsroom,
    part: str,
    harm: str,
    happens,  # type: ignore[no-untyped-def]
) -> None:
    newsroom.build()
    lay_foreign_files(newsroom)
    file = next(out(newsroom).glob(part))
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-3])
    else:
        file.unlink()
    happens(newsroom)
    assert check_site(newsroom.settings) == 1
    repair_site(newsroom.settings)
    newsroom.build()
    assert newsroom.site == {**newsroom.clean_build(), **FOREIGN}
    assert check_site(newsroom.settings) == 0


def test_an_article_removed_before_the_repair_is_gone_after_it(newsroom: Newsroom) -> None:
    newsroom.build()
    damage(newsroom)
    repair_site(newsroom.settings)
    (newsroom.content / "pont.txt").unlink()
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize("happens", [nothing, lose_the_cache])
def test_clean_leaves_the_files_of_others(newsroom: Newsroom, happens) -> None:  # type: ignore[no-untyped-def]
    newsroom.build()
    happens(newsroom)
    (newsroom.folder / "cache").mkdir(exist_ok=True)
    (newsroom.folder / "cache/notes.txt").write_text("à moi")
    lay_foreign_files(newsroom)
    clean_site(newsroom.settings)
    assert newsroom.site == FOREIGN
    assert [file.name for file in (newsroom.folder / "cache").iterdir()] == ["notes.txt"]


def test_clean_waits_for_no_build(newsroom: Newsroom) -> None:
    newsroom.build()
    site = newsroom.site
    child = os.fork()
    if child == 0:
        with output.one_writer(out(newsroom) / ".lefil"):
            (newsroom.folder / "held").touch()
            time.sleep(60)
    try:
        while not (newsroom.folder / "held").exists():
            time.sleep(0.01)
        with pytest.raises(BuildError):
            clean_site(newsroom.settings)
        assert {**newsroom.site, ".lefil/build.lock": b""} == {**site, ".lefil/build.lock": b""}
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_new_pages_stand_before_the_old_ones_that_link_to_them_and_others_of_a_kind_by_name(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.build()
    before = newsroom.site
    published: list[str] = []
    publish_file = output.publish_file

    def noted(staging: Path, folder: Path, path: str) -> None:
        published.append(path)
        publish_file(staging, folder, path)

    monkeypatch.setattr(output, "publish_file", noted)
    newsroom.write("quai.txt", article("Le quai attend", "2026-01-17"))
    newsroom.build()
    new = [path for path in published if path not in before]
    assert published[: len(new)] == new
    assert "2026/01/17/le-quai-attend.html" in new
    assert published.index("2026/01/17/index.html") < published.index("index.html")
    assert published.index("2026/01/16/le-port-ferme.html") < published.index("index.html")


def anew(newsroom: Newsroom) -> dict[str, object]:
    """Settings with which every page is stale, and comes out as it is."""
    return {"limits": replace(newsroom.settings.limits, front_cards=77)}


def test_only_bytes_that_the_site_has_not_are_written_and_looked_at(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.build()
    before = newsroom.site
    waiting: set[str] = set()
    looked_at: set[str] = set()
    stage, faults = output.stage, Verifier.faults

    def noted(staging: Path, path: str, data: bytes) -> None:
        waiting.add(path)
        stage(staging, path, data)

    def seen(self: Verifier, path: str, data: bytes) -> list[str]:
        looked_at.add(path)
        return faults(self, path, data)

    monkeypatch.setattr(output, "stage", noted)
    monkeypatch.setattr(Verifier, "faults", seen)
    archives = out(newsroom) / "archives/index.html"
    archives.unlink()
    archives.symlink_to(out(newsroom) / "404.html")
    (out(newsroom) / PONT).write_bytes(before[PONT] + b" ")
    newsroom.build(**anew(newsroom))
    assert newsroom.site == before
    assert not archives.is_symlink()
    assert looked_at == {PONT, "archives/index.html"}
    assert waiting - looked_at == {path for path in before if path.endswith(".css")}


def test_a_page_that_stays_as_it_is_may_not_lead_to_one_that_goes(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.build()
    before = newsroom.site
    render = Renderer.render

    def forgetful(self: Renderer, page: Page, *keep: Keep) -> list[tuple[str, bytes]]:
        """The front page does not hear of it."""
        if page.kind == "front":
            return [("index.html", before["index.html"])]
        return render(self, page, *keep)

    monkeypatch.setattr(Renderer, "render", forgetful)
    (newsroom.content / "port.txt").unlink()
    with pytest.raises(VerificationError, match=r"index\.html: link to /2026/01/16/"):
        newsroom.build(**anew(newsroom))
    assert newsroom.site == before


def test_only_our_own_files_are_deleted_whoever_says_which(newsroom: Newsroom) -> None:
    newsroom.build()
    lay_foreign_files(newsroom)
    store = newsroom.folder / "cache/archive.sqlite"
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        site = LiveSite(out(newsroom), Store(connection, store), lambda kind: 0)
        done = site.publish([], ["google123.html", "shop/index.html", PONT], newsroom.folder)
    assert done.deleted == 1
    assert not (out(newsroom) / PONT).exists()
    assert all((out(newsroom) / path).read_bytes() == data for path, data in FOREIGN.items())


def test_of_a_site_without_a_manifest_a_page_that_somebody_changed_is_theirs(
    newsroom: Newsroom,
) -> None:
    newsroom.build()
    shutil.rmtree(out(newsroom) / manifest.FOLDER)
    (out(newsroom) / PONT).write_bytes(b"<p>La mairie")
    (newsroom.content / "pont.txt").unlink()
    (newsroom.content / "port.txt").unlink()
    newsroom.build(allow_removals=True)
    assert (out(newsroom) / PONT).read_bytes() == b"<p>La mairie"
    assert not (out(newsroom) / "2026/01/16/le-port-ferme.html").exists()


def test_the_sites_own_folder_stays_when_its_last_file_goes(tmp_path: Path) -> None:
    site = tmp_path / "fil" / "output"
    (site / "2026" / "01").mkdir(parents=True)
    (site / "2026" / "01" / "a.html").write_bytes(b"")
    assert output.delete_files(site, ["2026/01/a.html", "2026/01/b.html"]) == 1
    assert list(site.rglob("*")) == []
    assert site.is_dir()


def test_a_build_with_nothing_to_do_clears_what_a_killed_one_left_in_staging(
    newsroom: Newsroom,
) -> None:
    newsroom.build()
    before = newsroom.site
    left = newsroom.folder / "output" / ".lefil" / "staging" / "1-2" / "a" / "b"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"body{}")
    newsroom.build()
    assert newsroom.site == before
