"""The same articles give the same bytes: on any machine, by any command, with any workers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from publication import Publication, text_of

UNRELATED = """ date 2025-03-14 Le moulin de Trévigny moud de nouveau

Le moulin a tourné vendredi pour la première fois depuis quarante ans.

AFP
"""


def copy_of(demo: Publication, folder: Path, backwards: bool = False) -> Publication:
    """The same articles, written in the folder in another order."""
    copy = Publication(folder)
    files = sorted(file for file in demo.content.rglob("*") if file.is_file())
    for file in reversed(files) if backwards else files:
        target = copy.content / file.relative_to(demo.content)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        os.utime(target, (1_000_000_000, 1_000_000_000))
    return copy


@pytest.mark.parametrize(
    ("workers", "environment"),
    [
        ("1", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}),
        ("2", {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}),
    ],
)
def test_another_machine_builds_the_same_site(
    demo: Publication, tmp_path: Path, workers: str, environment: dict[str, str]
) -> None:
    other = copy_of(demo, tmp_path / "elsewhere", backwards=True)
    run = other.build("--workers", workers, **environment, LANG="C", USER="nobody")
    assert run.code == 0, run.screen
    assert other.site == demo.site


def test_a_french_machine_builds_the_same_site(demo: Publication, tmp_path: Path) -> None:
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    if "fr_FR.utf8" not in known.split():
        pytest.skip("this machine has no French locale")
    other = copy_of(demo, tmp_path / "elsewhere")
    other.build(LC_ALL="fr_FR.UTF-8")
    assert other.site == demo.site


def test_the_clock_decides_nothing_but_what_is_still_to_come(
    demo: Publication, tmp_path: Path
) -> None:
    other = copy_of(demo, tmp_path / "next-year")
    other.build(RAW_NOW="2027-08-09T23:59:59+09:00")
    assert other.site == demo.site


def test_the_pelican_command_builds_the_same_site(demo: Publication, tmp_path: Path) -> None:
    other = copy_of(demo, tmp_path / "pelican")
    run = other.run("pelican", "content", "-s", "pelicanconf.py", "--fatal", "errors")
    assert run.code == 0, run.screen
    assert other.site == demo.site


def test_a_build_without_changes_writes_nothing_and_says_so(
    demo: Publication,
) -> None:
    before = demo.times()
    run = demo.build("--explain")
    assert "rien n'a changé" in run.out, run.screen
    assert demo.times() == before
    assert run.report["pages"] == {"written": 0, "kept": 0, "deleted": 0}
    assert run.report["feeds"] == {"written": 0, "kept": 0}


@pytest.fixture(scope="module")
def busy(demo: Publication, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The demonstration archive, built, for editors to work on one step after the other."""
    busy = copy_of(demo, tmp_path_factory.mktemp("busy") / "paper")
    busy.build()
    return busy


def written_by(paper: Publication) -> set[str]:
    """The files that a build writes anew, deletes or adds, for readers."""
    before = paper.times()
    run = paper.build()
    assert run.code == 0, run.screen
    after = paper.times()
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    return {path for path in changed if not path.startswith(".lefil/")}


def test_correcting_one_word_rewrites_the_pages_that_show_it(busy: Publication) -> None:
    file = "sport/2026-01-05-boucle-sainte-helene.txt"
    id_ = file.removesuffix(".txt")
    text = (busy.content / file).read_text(encoding="utf-8")
    last = text.rstrip().splitlines()[2].split()[-1]
    busy.write(file, text.replace(last, f"enfin {last}", 1))
    written = written_by(busy)
    article = busy.show()[id_]
    url = article["url"].removeprefix("/")
    folders = {f"entites/{e['slug']}" for e in article["entities"]}
    folders.add(f"dossiers/{article['story']['slug']}")
    signed = text.rstrip().splitlines()[-1].split("/")  # the wire's last line
    folders |= {f"agences/{agency.lower()}" for agency in signed}
    folders |= {"rubriques/sport", "rubriques/sport/2026-01"}
    feeds = {f"feeds/{folder}" for folder in folders}
    assert url in written
    assert {
        path
        for path in written
        if path.partition(".")[0] != url.partition(".")[0]
        and path not in ("2026/01/05/index.html", "feeds/archives/2026-01.atom")
        and os.path.splitext(path)[0] not in feeds
        and os.path.dirname(path) not in folders
    } == set()


def test_touching_a_file_rewrites_nothing(busy: Publication) -> None:
    os.utime(busy.content / "sport/2026-01-05-boucle-sainte-helene.txt")
    assert written_by(busy) == set()


def test_an_article_added_far_away_leaves_all_other_articles_alone(busy: Publication) -> None:
    """No page of the past carries a list of the whole site: only the neighbours in time change. The
    next article of its section is in a story, and stands beside that one's articles."""
    busy.write("societe/moulin.txt", UNRELATED)
    written = written_by(busy)
    assert {path for path in written if not path.startswith("feeds/")} == {
        *(
            f"2025/03/14/le-moulin-de-trevigny-moud-de-nouveau.{suffix}"
            for suffix in ("html", "txt", "ninjs.json")
        ),
        "2025/03/14/index.html",
        "2025/03/index.html",
        "2025/index.html",
        "2025/12/index.html",  # the next article's month and the next day
        "2026/01/05/index.html",
        "archives/index.html",
        "agences/afp/index.html",
        "rubriques/index.html",
        "rubriques/societe/index.html",
        "rubriques/societe/2025-03/index.html",
        "rubriques/societe/2026-01/index.html",
        "sitemap.xml",
        "sitemaps/2025-03.xml",
    }


def test_an_article_removed_is_gone_as_if_it_had_never_been(
    busy: Publication, demo: Publication, tmp_path: Path
) -> None:
    (busy.content / "societe/moulin.txt").unlink()
    (busy.content / "sport/2026-01-05-boucle-sainte-helene.txt").unlink()
    run = busy.build()
    assert run.report["removed"] == 2
    clean = Publication(tmp_path / "clean", busy.content)
    clean.build()
    assert busy.site == clean.site
    assert text_of(busy.page("/archives/")) != text_of(demo.page("/archives/"))


def test_after_a_day_at_the_desk_the_site_is_the_one_built_from_nothing(
    busy: Publication, tmp_path: Path
) -> None:
    content = busy.content
    signed = content / "monde/2026-01-22-accord-peche-signe.txt"
    text = signed.read_text(encoding="utf-8")
    signed.write_text(text.replace("\n\n", "\n\nPrécision : ", 1), encoding="utf-8")
    cited = content / "monde/2026-01-20-texte-compromis.txt"
    head, rest = cited.read_text(encoding="utf-8").split("\n", 1)
    cited.write_text(f"{head} (suite et fin)\n{rest}", encoding="utf-8")
    moved = content / "culture/2026-01-22-viole-concert.txt"
    later = moved.read_text(encoding="utf-8").replace("2026-01-22", "2026-01-24", 1)
    busy.write("culture/2026-01-24-viole-concert.txt", later)
    moved.unlink()
    (content / "en/monde/2026-01-22-fishing-deal.txt").unlink()
    run = busy.build()
    assert (run.code, run.report["changed"]) == (0, 2)
    clean = Publication(tmp_path / "clean", content)
    clean.build()
    assert busy.site == clean.site


def test_a_new_name_of_the_site_is_on_every_page_and_in_every_feed(
    busy: Publication, tmp_path: Path
) -> None:
    change = 'SITENAME = "Le Fil du soir"\n'
    busy.settings(change)
    assert busy.build().code == 0
    clean = Publication(tmp_path / "clean", busy.content)
    clean.settings(change)
    clean.build()
    assert busy.site == clean.site
    texts = [data for path, data in busy.site.items() if path.endswith((".html", ".atom", ".rss"))]
    assert len(texts) > 200
    assert all(b"Le Fil du soir" in text for text in texts)


@pytest.mark.parametrize("moment", ["reading", "rendering", "publishing"])
def test_a_killed_build_is_finished_by_the_next(
    demo: Publication, tmp_path: Path, moment: str
) -> None:
    # What lies in the folder then: the pages waiting are those the workers have made so far.
    sign, number = {
        "reading": ("cache/archive.sqlite", 1),
        "rendering": ("output/.lefil/staging/**/*", 40),
        "publishing": ("output/2026/01", 1),
    }[moment]
    paper, build = killed_once(demo, tmp_path, sign, number)
    try:
        run = paper.build()
        assert run.code == 0, run.screen
        assert paper.site == demo.site
        assert [path.name for path in paper.folder.glob(".*")] == []
        assert leaves_nobody(build.pid), "workers of the killed build are still there"
    finally:
        if not leaves_nobody(build.pid, within=0):
            os.killpg(build.pid, signal.SIGKILL)


def killed_once(
    demo: Publication, folder: Path, sign: str, number: int
) -> tuple[Publication, subprocess.Popen[bytes]]:
    """A copy whose first build was killed when so many files of that sign were there.

    On a busy machine a build may end before we see them: then another one is killed.
    """
    for attempt in range(5):
        paper = copy_of(demo, folder / f"killed-{attempt}")
        build = paper.start("invoke", "build")
        while build.poll() is None and len(list(paper.folder.glob(sign))) < number:
            time.sleep(0.002)
        build.kill()
        if build.wait() == -signal.SIGKILL:
            return paper, build
        assert build.returncode == 0
    raise AssertionError("five builds ended before they could be killed")


def leaves_nobody(session: int, within: float = 5.0) -> bool:
    """Whether every process that the command started has ended, within so many seconds."""
    until = time.monotonic() + within
    while True:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)


def test_a_damaged_memory_is_made_anew(busy: Publication) -> None:
    before = busy.site
    (busy.folder / "cache/archive.sqlite").write_bytes(b"not a database" * 1000)
    for left in ("archive.sqlite-wal", "archive.sqlite-shm"):
        (busy.folder / "cache" / left).unlink(missing_ok=True)
    assert busy.build().code == 0
    assert busy.site == before
