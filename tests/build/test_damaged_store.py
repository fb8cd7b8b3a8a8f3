"""A damaged memory costs a rebuild, never the site: what is published equals a clean build."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from newsdigest import ingest
from newsdigest.archive.periods import Periods
from newsdigest.base.errors import BuildError, VerificationError
from newsdigest.publish import output
from newsroom import Newsroom, article

HEADLINES = ("Le pont de Corvanne rouvre", "Genève accueille le sommet", "La halle change de main")


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    monkeypatch.setattr(ingest, "TOO_FRESH_NS", 0)  # or all would be read again, damaged or not
    newsroom = Newsroom(tmp_path)
    for day, headline in enumerate(HEADLINES, start=10):
        text = f"CORVANNE (AFP) - Le maire Anton Reisner et l'OMS, à Genève : {headline.lower()}."
        newsroom.write(f"ville/{day}.txt", article(headline, f"2026-01-{day}", text, HEADLINES[:1]))
    newsroom.build()
    return newsroom


def store(newsroom: Newsroom) -> Path:
    return Path(newsroom.settings.cache) / "archive.sqlite"


def flip(file: Path, offset: int, bit: int) -> None:
    with open(file, "r+b") as bytes_:
        bytes_.seek(offset)
        byte = bytes_.read(1)[0]
        bytes_.seek(offset)
        bytes_.write(bytes([byte ^ (1 << bit)]))


def test_a_byte_flipped_anywhere_leaves_the_site_equal_to_a_clean_build(newsroom: Newsroom) -> None:
    draw = Random(7)
    clean = newsroom.clean_build()
    for _ in range(30):
        newsroom.build()
        flip(store(newsroom), draw.randrange(store(newsroom).stat().st_size), draw.randrange(8))
        outcome = newsroom.build()
        assert outcome.report.made_anew == "corrupt"
        assert newsroom.site == clean


def test_a_flip_in_the_store_of_a_killed_build_never_stops_the_next(newsroom: Newsroom) -> None:
    """No seal tells of it: what the build then meets in the rows is not foreseen."""
    draw = Random(11)
    clean = newsroom.clean_build()
    for at in range(40):
        newsroom.build(output=str(newsroom.folder / "output"))
        Path(f"{store(newsroom)}.seal").unlink()
        for _ in range(20):
            flip(store(newsroom), draw.randrange(store(newsroom).stat().st_size), draw.randrange(8))
        newsroom.restyle(f".edition{at}{{}}")
        outcome = newsroom.build()
        if outcome.report.made_anew:
            newsroom.restyle("body{}")
            newsroom.build()
            assert newsroom.site == clean
        store(newsroom).unlink()


DAMAGE = {
    "a card": "UPDATE articles SET card = x'c1'",
    "a card of another form": "UPDATE articles SET card = x'93010203'",
    "a record": "UPDATE articles SET record = x'7b'",
    "a record that is no bytes": "UPDATE articles SET record = 7",
    "the parts": "UPDATE articles SET parts = x'92c0'",
    "a date": "UPDATE articles SET day = 'hier', sort = 'hier ' || id",
    "a name that is not UTF-8": "UPDATE articles SET headline = CAST(x'e9' AS TEXT)",
    "the facts of a rejection": "UPDATE files SET outcome = 'rejected', code = 'E_NONE', facts = '{'",
    "a state": "UPDATE articles SET state = 'lost'",
    "the files": "DELETE FROM files",
    "the terms": "UPDATE vectors SET terms = x'00'",
    "an entity": "DELETE FROM entities",
    "a table": "DROP TABLE mentions",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_wrong_rows_are_made_anew(newsroom: Newsroom, damage: str) -> None:
    """Whatever wrong values lead to, a build that stumbles over them is done again from nothing."""
    with closing(sqlite3.connect(store(newsroom))) as connection:
        connection.execute(damage)
        connection.commit()
    Path(f"{store(newsroom)}.seal").unlink()
    newsroom.write("ville/13.txt", article("Une tempête à Genève", "2026-01-13", "", HEADLINES))
    newsroom.write("ville/10.txt", article(HEADLINES[0], "2026-01-10", "Anton Reisner parle."))
    newsroom.restyle("main{}")
    outcome = newsroom.build()
    assert outcome.report.made_anew == "corrupt"
    assert newsroom.site == newsroom.clean_build()


def test_what_a_damaged_memory_still_tells_of_the_editors_is_kept(newsroom: Newsroom) -> None:
    """The clock of the last build, though the cards are noise: an earlier one is still refused."""
    with closing(sqlite3.connect(store(newsroom))) as connection:
        connection.execute("UPDATE articles SET card = x'c1'")
        connection.execute("DELETE FROM views")
        connection.commit()
    Path(f"{store(newsroom)}.seal").unlink()
    newsroom.restyle("main{}")
    assert newsroom.build().report.made_anew == "corrupt"
    earlier = replace(newsroom.settings.rules, now=newsroom.settings.rules.now - timedelta(days=9))
    with pytest.raises(BuildError):
        newsroom.build(rules=earlier)


def test_a_fault_of_the_builds_own_costs_the_memory_nothing(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = newsroom.site
    with monkeypatch.context() as faulty:
        faulty.setattr(Periods, "month_counts", lambda *_: 1 / 0)
        newsroom.restyle("main{}")
        with pytest.raises(ZeroDivisionError):
            newsroom.build()
    assert newsroom.site == before
    assert newsroom.build().report.made_anew == ""
    assert not list(store(newsroom).parent.glob("aside-*"))


def test_pages_at_fault_are_refused_and_the_memory_stays(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    import plain_host

    before = newsroom.site
    with monkeypatch.context() as faulty:
        faulty.setattr(plain_host.PlainHost, "render", lambda *_: "<a href='/nowhere/'>")
        newsroom.restyle("main{}")
        with pytest.raises(VerificationError):
            newsroom.build()
    assert newsroom.site == before
    assert newsroom.build().report.made_anew == ""


def test_a_page_of_a_kind_nobody_knows_is_not_waited_for(newsroom: Newsroom) -> None:
    """A killed build of another version may have left one to do."""
    with closing(sqlite3.connect(store(newsroom))) as connection:
        connection.execute("INSERT INTO pending VALUES ('novel', 'x', 'y')")
        connection.commit()
    Path(f"{store(newsroom)}.seal").unlink()
    assert newsroom.build().report.made_anew == ""
    assert newsroom.site == newsroom.clean_build()


def test_a_store_that_forgot_files_of_the_site_is_made_anew(newsroom: Newsroom) -> None:
    """What the manifest names is ours, whatever the store says."""
    with closing(sqlite3.connect(store(newsroom))) as connection:
        connection.execute("DELETE FROM pages WHERE kind = 'archives'")
        connection.commit()
    Path(f"{store(newsroom)}.seal").unlink()
    newsroom.restyle("main{}")
    assert newsroom.build().report.made_anew == "corrupt"
    assert newsroom.site == newsroom.clean_build()


# -- a disk that fails while the site is being published --------------------------------------------


@pytest.mark.parametrize("after", [1, 5])
def test_a_disk_that_fails_half_way_is_told_as_it_is(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    before = newsroom.site
    newsroom.restyle("main{}")
    publish, published = output.publish_file, []

    def failing(staging: Path, folder: Path, path: str) -> None:
        if len(published) == after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        published.append(path)
        publish(staging, folder, path)

    with monkeypatch.context() as full:
        full.setattr(output, "publish_file", failing)
        with pytest.raises(BuildError) as told:
            newsroom.build()
    assert "The site is as it was" not in str(told.value)
    assert "No space left" in str(told.value)
    assert newsroom.site != before
    newsroom.build()
    assert newsroom.site == newsroom.clean_build()


@pytest.mark.parametrize("file", ["theme/static/css/site.css", "theme/static/css/order.txt"])
def test_what_cannot_be_read_is_no_full_disk(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    before = newsroom.site
    newsroom.write("ville/14.txt", article("Encore un", "2026-01-14"))
    read = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path == newsroom.folder / file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(BuildError) as told:
        newsroom.build()
    assert Path(file).name in str(told.value)
    assert "write" not in str(told.value)
    assert newsroom.site == before
