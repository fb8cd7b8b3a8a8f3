"""Wherever the pages are made, here, on all cores or on a cluster, the site is the same."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from publication import ROOT, Publication

# No build is too small for more than one process.
ALWAYS_SHARED = "IN_PROCESS_BELOW = 1\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers on this machine, each a process of its own, kept from build to build."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",
        silence_logs=50,
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def paper(demo: Publication, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The demonstration archive, with a theme of its own, not built yet."""
    paper = Publication(tmp_path_factory.mktemp("shared") / "paper", demo.content)
    (paper.folder / "theme").unlink()
    shutil.copytree(ROOT / "theme", paper.folder / "theme")
    return paper


def clean_site(paper: Publication, folder: Path) -> dict[str, bytes]:
    """The site of the same articles, settings and theme, built from nothing in one process."""
    clean = Publication(folder, paper.content)
    (clean.folder / "theme").unlink()
    (clean.folder / "theme").symlink_to(paper.folder / "theme")
    shutil.copy(paper.folder / "pelicanconf.py", clean.folder / "pelicanconf.py")
    run = clean.build("--workers", "1")
    assert run.code == 0, run.screen
    return clean.site


def test_two_processes_make_the_site_that_one_makes(demo: Publication, tmp_path: Path) -> None:
    paper = Publication(tmp_path / "pool", demo.content)
    paper.settings(ALWAYS_SHARED)
    run = paper.build("--workers", "2")
    assert run.code == 0, run.screen
    assert paper.site == demo.site


def test_a_cluster_makes_the_site_that_one_process_makes(
    demo: Publication, paper: Publication, cluster: Any
) -> None:
    run = paper.build("--scheduler", cluster.scheduler_address)
    assert run.code == 0, run.screen
    assert paper.site == demo.site


def test_a_cluster_named_in_the_settings_is_used_too(
    demo: Publication, tmp_path: Path, cluster: Any
) -> None:
    paper = Publication(tmp_path / "paper", demo.content)
    paper.settings(f'SCHEDULER = "{cluster.scheduler_address}"\n')
    before = tasks_done(cluster)
    assert paper.build().code == 0
    assert tasks_done(cluster) > before
    assert paper.site == demo.site


def tasks_done(cluster: Any) -> int:
    """Transitions of tasks the scheduler has seen so far."""
    return int(cluster.scheduler.transition_counter)


def test_workers_kept_from_build_to_build_see_what_the_editors_changed(
    paper: Publication, cluster: Any, tmp_path: Path
) -> None:
    """An article, then the theme's templates, its styles and the settings: never the old ones."""
    address = cluster.scheduler_address
    paper.build("--scheduler", address)
    first = next(file for file in sorted(paper.content.rglob("*.txt")))
    head, rest = first.read_text(encoding="utf-8").split("\n", 1)
    first.write_text(f"{head} (suite)\n{rest}", encoding="utf-8")
    assert paper.build("--scheduler", address).code == 0
    assert paper.site == clean_site(paper, tmp_path / "edited")
    footer = paper.folder / "theme/templates/base.html"
    text = footer.read_text(encoding="utf-8")
    footer.write_text(text.replace("</body>", "<!-- nouveau --></body>"), encoding="utf-8")
    with open(paper.folder / "theme/static/css/base.css", "a", encoding="utf-8") as file:
        file.write(".nouveau{}\n")
    assert paper.build("--scheduler", address).code == 0
    assert paper.site == clean_site(paper, tmp_path / "restyled")
    paper.settings('SITENAME = "Le Fil du soir"\nSITESUBTITLE = "Le soir"\n')
    assert paper.build("--scheduler", address).code == 0
    assert paper.site == clean_site(paper, tmp_path / "renamed")


def test_a_worker_of_the_cluster_that_is_killed_costs_nothing(
    paper: Publication, cluster: Any, tmp_path: Path
) -> None:
    with open(paper.folder / "theme/static/css/base.css", "a", encoding="utf-8") as file:
        file.write(".encore{}\n")
    staging = paper.folder / "output/.lefil/staging"

    def kill_one() -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and not any(
            file.is_file() and file.suffix == "" for file in staging.glob("*/*/*")
        ):
            time.sleep(0.005)
        nanny = next(iter(cluster.workers.values()))
        os.kill(nanny.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    run = paper.build("--scheduler", cluster.scheduler_address)
    killer.join()
    assert run.code == 0, run.screen
    assert paper.site == clean_site(paper, tmp_path / "clean")


def test_a_scheduler_that_does_not_answer_is_one_line_and_the_site_stays(
    paper: Publication,
) -> None:
    pytest.importorskip("distributed")
    paper.write("nouveau.txt", " date 2026-01-20 Un article\n\nLe texte.\n\nAFP\n")
    before = paper.site
    run = paper.build("--scheduler", "tcp://127.0.0.1:9")
    assert run.code == 1
    (line,) = run.screen.splitlines()
    assert line.startswith("Arrêt : ")
    assert "tcp://127.0.0.1:9" in line
    assert paper.site == before
