"""Whatever ends a build before its time, readers keep a whole site and the next build mends all."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.build import build
from newsdigest.host import HostSpec
from newsroom import LIMITS, Newsroom
from publication import Publication
from watching import dangling_links, half_files

from benchmarks.generate import generate

KILLS = 50
ARTICLES = 70
# Fewer pages of entities than with a newsroom's usual limits: time goes into kills.
FEW_ENTITIES = replace(
    LIMITS,
    entity_page_from=3,
    organisation_page_from=4,
    entity_feed_from=6,
    mentions_per_page=10,
    entities_on_one_page=50,
    entities_most_cited=20,
)


class Edition(dict[str, str]):
    """The files of content/ by path, and the theme's style."""

    style = "body{}"

    def lay_out(self, newsroom: Newsroom) -> None:
        """Make the newsroom's files this edition's, touching only those that differ."""
        for file in list(newsroom.content.rglob("*.txt")):
            if file.relative_to(newsroom.content).as_posix() not in self:
                file.unlink()
        for path, text in self.items():
            file = newsroom.content / path
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                newsroom.write(path, text)
        newsroom.restyle(self.style)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    """Four, each a step from the one before: a day's edits, a new theme, the edits undone, the
    theme too."""
    folder = tmp_path_factory.mktemp("wire")
    paths = generate(folder, ARTICLES + 8)
    texts = {path: (folder / path).read_text(encoding="utf-8") for path in paths}
    first = Edition({path: texts[path] for path in paths[:ARTICLES]})
    second = Edition(first)
    second.update({path: texts[path] for path in paths[ARTICLES:]})
    for path in paths[10:60:20]:
        del second[path]
    for path in paths[21:65:10]:
        head, rest = second[path].split("\n", 1)
        second[path] = f"{head}, dit-on\n{rest}"
    dated, day = paths[47], second[paths[47]].split()[1]
    second[dated] = second[dated].replace(day, "2020-06-30", 1)
    third, fourth = Edition(second), Edition(first)
    third.style = fourth.style = "body{color:navy}"
    return [first, second, third, fourth]


@pytest.fixture
def newsroom(editions: list[Edition], tmp_path: Path) -> Newsroom:
    """A newsroom with the first edition published."""
    newsroom = Newsroom(tmp_path / "newsroom", limits=FEW_ENTITIES)
    editions[0].lay_out(newsroom)
    newsroom.build()
    return newsroom


def start_build(newsroom: Newsroom, **changes: object) -> int:
    """A build in a process of its own; its process id."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            newsroom.build(**changes)
            code = 0
        finally:
            os._exit(code)
    return pid


def test_fifty_kills_leave_a_whole_site_each_time(
    newsroom: Newsroom, editions: list[Edition], tmp_path: Path
) -> None:
    clean, durations = [], []
    for edition in editions:
        edition.lay_out(newsroom)
        begun = time.perf_counter()
        newsroom.build()
        durations.append(time.perf_counter() - begun)
        clean.append(newsroom.clean_build())
    editions[0].lay_out(newsroom)
    newsroom.build()
    draw = Random(3)
    killed = 0
    for kill in range(1, KILLS + 1):
        turn = kill % len(editions)
        before = newsroom.site
        assert before == clean[turn - 1]
        editions[turn].lay_out(newsroom)
        build = start_build(newsroom)
        time.sleep(durations[turn] * (kill + draw.random()) / KILLS)
        os.kill(build, signal.SIGKILL)
        _, status = os.waitpid(build, 0)
        killed += os.WIFSIGNALED(status)
        left = newsroom.site
        lasting = set(before) & set(clean[turn])
        assert half_files(left) == []
        assert lasting - set(left) == set()
        assert dangling_links(left, lasting) == []
        newsroom.build()
        assert newsroom.site == clean[turn], f"kill {kill}"
    assert killed > KILLS / 10  # a busy machine's builds take longer or shorter than the first did


# -- the product, from outside --------------------------------------------------------------------


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication with a theme of its own and forty articles, built."""
    paper = Publication(tmp_path_factory.mktemp("crash") / "paper")
    (paper.folder / "theme").unlink()
    shutil.copytree(Path(__file__).parents[2] / "theme", paper.folder / "theme")
    with open(paper.folder / "theme/templates/base.html", "a", encoding="utf-8") as base:
        base.write("{{ hold() if hold is defined }}")
    paper.settings(HOLD)
    generate(paper.content, 40)
    run = paper.build("--workers", "1")
    assert run.code == 0, run.screen
    return paper


def restyle(paper: Publication, word: str) -> None:
    """Make every page stale."""
    with open(paper.folder / "theme/static/css/base.css", "a", encoding="utf-8") as file:
        file.write(f".{word}{{}}\n")


def clean_site(paper: Publication, folder: Path) -> dict[str, bytes]:
    clean = Publication(folder, paper.content)
    (clean.folder / "theme").unlink()
    (clean.folder / "theme").symlink_to(paper.folder / "theme")
    assert clean.build("--workers", "1").code == 0
    return clean.site


# A page that waits until the test lets it go on: each build reads the pipe `hold`, if there is one,
# at its sixth page.
HOLD = """
class Hold:
    pages = 0

    def __call__(self):
        from pathlib import Path

        self.pages += 1
        if self.pages == 6 and Path("hold").exists():
            Path("hold").read_bytes()
        return ""

    def __repr__(self):
        return "hold"

JINJA_GLOBALS = {"hold": Hold()}
"""


@contextmanager
def under_way(paper: Publication, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A build that is rendering, and does not go on before the end of the block."""
    os.mkfifo(paper.folder / "hold")
    build = subprocess.Popen(
        [sys.executable, "-m", "invoke", "build", *options],
        cwd=paper.folder,
        env={**os.environ, "RAW_NOW": "2026-02-01"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Whoever runs the tests in the background of a shell has them ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    let_go = opened_by_its_reader(paper.folder / "hold", build)
    try:
        yield build
    finally:
        (paper.folder / "hold").unlink()
        os.close(let_go)


def opened_by_its_reader(pipe: Path, build: subprocess.Popen[bytes]) -> int:
    """The pipe's other end, once the build waits for what it will bring."""
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads
            assert build.poll() is None, "the build ended before its sixth page"
            time.sleep(0.002)


def test_ctrl_c_is_one_line_and_the_old_site_stays(paper: Publication, tmp_path: Path) -> None:
    before = paper.site
    restyle(paper, "interrupted")
    with under_way(paper) as build:
        os.killpg(build.pid, signal.SIGINT)  # as a terminal sends it: to the workers too
    out, err = build.communicate(timeout=60)
    assert build.returncode == 1
    assert out.decode() == ""
    (line,) = err.decode().splitlines()
    assert line.startswith("Arrêt : ")
    assert paper.site == before
    assert paper.build().code == 0
    assert paper.site == clean_site(paper, tmp_path / "clean")


def test_a_second_build_is_refused_and_says_who_builds(paper: Publication) -> None:
    restyle(paper, "first-come")
    with under_way(paper, "--workers", "1") as first:
        before = paper.site
        second = paper.build()
        assert second.code == 1
        (line,) = second.err.splitlines()
        assert f"processus {first.pid}" in line
        assert paper.site == before
    first.communicate(timeout=60)
    assert first.returncode == 0


def test_the_lock_of_a_dead_build_holds_nobody_up(paper: Publication) -> None:
    (paper.folder / "cache/build.lock").write_text("99999", encoding="utf-8")
    assert paper.build().code == 0


# -- a worker dies ----------------------------------------------------------------------------------


class Notes:
    """What the build tells while it runs."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def track(self, label: str, total: int, counts):  # type: ignore[no-untyped-def]
        for _ in counts:
            yield

    def note(self, text: str) -> None:
        self.notes.append(text)


def test_a_worker_that_is_killed_is_reported_and_its_work_done(
    newsroom: Newsroom, editions: list[Edition]
) -> None:
    editions[2].lay_out(newsroom)
    notes = Notes()
    settings = replace(
        newsroom.settings, workers=2, limits=replace(FEW_ENTITIES, in_process_below=1)
    )
    build(settings, HostSpec("mortal_host:open_host", str(os.getpid())), notes)
    assert notes.notes == ["Un processus de travail s'est arrêté ; son travail est repris ici."]
    assert newsroom.site == newsroom.clean_build(limits=settings.limits)


# -- the memory is damaged ---------------------------------------------------------------------------


def damage_middle(store: Path) -> None:
    """Noise over the middle half of the file."""
    size = store.stat().st_size
    with open(store, "r+b") as file:
        file.seek(size // 4)
        file.write(Random(7).randbytes(size // 2))


def damage_one_page(store: Path) -> None:
    with open(store, "r+b") as file:
        file.seek(store.stat().st_size // 2)
        file.write(Random(8).randbytes(4096))


def cut(store: Path) -> None:
    os.truncate(store, store.stat().st_size // 2)


def empty(store: Path) -> None:
    store.unlink()
    store.touch()


@pytest.mark.parametrize(
    ("damage", "edition"),
    [(damage_middle, 1), (damage_middle, 3), (damage_one_page, 3), (cut, 1), (empty, 1)],
)
def test_a_damaged_memory_is_made_anew_and_said_so(
    newsroom: Newsroom, editions: list[Edition], damage: Callable[[Path], None], edition: int
) -> None:
    damage(newsroom.folder / "cache/archive.sqlite")
    editions[edition].lay_out(newsroom)
    report = newsroom.build().report
    assert newsroom.site == newsroom.clean_build()
    if damage is not damage_one_page:  # which may hold nothing that this build reads
        assert report.made_anew in ("corrupt", "version")


@pytest.mark.parametrize("seed", range(6))
def test_noise_anywhere_in_the_memory_never_shows(
    newsroom: Newsroom, editions: list[Edition], seed: int
) -> None:
    """A new theme reads all that the pages show."""
    draw = Random(seed)
    store = newsroom.folder / "cache/archive.sqlite"
    with open(store, "r+b") as file:
        file.seek(draw.randrange(store.stat().st_size))
        file.write(draw.randbytes(512))
    editions[3].lay_out(newsroom)
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


def test_the_memory_of_another_version_is_made_anew(newsroom: Newsroom) -> None:
    import sqlite3

    with sqlite3.connect(newsroom.folder / "cache/archive.sqlite") as store:
        store.execute("UPDATE meta SET value = 'of old' WHERE name = 'version'")
    store.close()
    before = newsroom.site
    assert newsroom.build().report.made_anew == "version"
    assert newsroom.site == before


def test_the_editor_is_told_of_a_memory_made_anew(paper: Publication) -> None:
    (paper.folder / "cache/archive.sqlite").write_bytes(b"not a database" * 1000)
    run = paper.build()
    assert run.code == 0
    assert run.out.splitlines()[0] == "La mémoire des archives était endommagée : elle est refaite."


# -- the disk is full ---------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk that holds so much; the test is skipped where none can be had."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("no small disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_one_clear_line_and_the_old_site_stays(
    paper: Publication, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "24m") as disk:
        small = Publication(disk / "paper", paper.content)
        first = small.build("--workers", "1")
        assert first.code == 0, first.screen
        before = small.site
        generate(small.content, 10, start=40)
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(bytes(free - 200_000))
        run = small.build("--workers", "1")
        assert run.code == 1
        (line,) = run.err.splitlines()
        assert line.startswith("Arrêt : ")
        assert small.site == before
        (disk / "ballast").unlink()
        run = small.build("--workers", "1")
        assert run.code == 0, run.screen
        again = Publication(tmp_path / "clean", small.content)
        again.build("--workers", "1")
        assert small.site == again.site


@pytest.mark.parametrize("most", [3_000, 60_000, 300_000])
def test_files_that_cannot_grow_stop_the_build_and_the_next_one_mends_it(
    newsroom: Newsroom, editions: list[Edition], most: int
) -> None:
    editions[1].lay_out(newsroom)
    before = newsroom.site
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
    try:
        with pytest.raises(BuildError) as stopped:
            newsroom.build()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert stopped.value.exitcode == 1
    assert newsroom.site == before
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()
