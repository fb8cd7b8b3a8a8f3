"""Readers at the site while it is built again: every page whole, none missing."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

import pytest
from newsdigest.commands.preview import Preview
from newsroom import LIMITS, Newsroom, article
from watching import is_whole

from benchmarks.generate import generate

READERS = 3


class Readers:
    """Fetch pages of the site over and over; `faults` are what one should not have met."""

    def __init__(self, address: str, paths: list[str]) -> None:
        self.address = urlsplit(address)
        self.paths = paths
        self.faults: list[str] = []
        self.served: set[bytes] = set()
        self.count = 0
        self.over = threading.Event()

    def read(self, seed: int) -> None:
        draw = Random(seed)
        while not self.over.is_set():
            path = draw.choice(self.paths)
            try:
                status, data = self.fetch(path)
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(f"{path}: {error!r}")
                continue
            self.count += 1
            if status != 200:
                self.faults.append(f"{path}: {status}")
            elif not is_whole(path, data):
                self.faults.append(f"{path}: cut short")

    def fetch(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(
            str(self.address.hostname), self.address.port, timeout=30
        )
        try:
            connection.request("GET", "/" + quote(path))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def reading(output: Path, paths: set[str], reloading: bool) -> Iterator[Readers]:
    with Preview(str(output), "127.0.0.1", 0, reloading) as preview:
        readers = Readers(preview.address, sorted(paths))
        threads = [threading.Thread(target=readers.read, args=(seed,)) for seed in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield readers
        finally:
            readers.over.set()
            for thread in threads:
                thread.join()


@pytest.mark.parametrize("reloading", [False, True], ids=["serve", "watch"])
def test_readers_meet_no_half_page_and_no_missing_one(tmp_path: Path, reloading: bool) -> None:
    newsroom = Newsroom(tmp_path, limits=replace(LIMITS, entity_page_from=3, mentions_per_page=30))
    paths = generate(newsroom.content, 60)
    newsroom.build()
    # Nothing below takes one of these away: the articles that go are dated apart.
    newsroom.write("passing.txt", article("Une foire de passage", "2019-05-01"))
    lasting = {path for path in newsroom.site if not path.startswith(".lefil/")}
    newsroom.build()
    with reading(newsroom.folder / "output", lasting, reloading) as readers:
        counts = []
        for turn, path in enumerate(paths[:3]):
            text = (newsroom.content / path).read_text(encoding="utf-8")
            newsroom.write(path, f"{text}\n\nLe point {turn} sera revu.\n")
            newsroom.write(f"late/{turn}.txt", article(f"La foire n° {turn}", "2020-07-08"))
            (newsroom.content / "passing.txt").unlink(missing_ok=True)
            newsroom.build()
            counts.append(readers.count)
            newsroom.restyle(f"body{{order:{turn}}}")  # styles of another name: not asked about
            readers.paths = [path for path in readers.paths if not path.startswith("static/")]
            newsroom.build()
            counts.append(readers.count)
    assert readers.faults == []
    assert counts == sorted(set(counts)), "nobody read while the site was built"
    assert newsroom.site == newsroom.clean_build()
