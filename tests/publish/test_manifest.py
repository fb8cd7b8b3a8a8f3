"""The manifest: which files of a site are ours, by what lies with them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from newsdigest.base.records import SiteFile
from newsdigest.publish import manifest


def page(path: str, digest: str = "d") -> SiteFile:
    return SiteFile(path, "article", f"id of {path}", digest)


def some_files(count: int) -> dict[str, SiteFile]:
    paths = [f"entites/{n * 7919 % count}/index.html" for n in range(count)]
    return {path: page(path) for path in paths}


def written(
    output: Path,
    files: dict[str, SiteFile],
    index: manifest.Index | None = None,
    touched: tuple[str, ...] = (),
) -> manifest.Index:
    """The manifest of these files, written."""

    def rows(start: str, end: str | None) -> list[SiteFile]:
        return [files[path] for path in sorted(files) if path >= start and (not end or path < end)]

    fresh = manifest.write(output, index or [], touched, rows)
    manifest.switch(output, fresh)
    return fresh


def on_disk(output: Path) -> dict[str, bytes]:
    return {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in sorted(output.rglob("*"))
        if file.is_file()
    }


def test_what_is_written_is_read(tmp_path: Path) -> None:
    files = some_files(1000)
    written(tmp_path, files)
    assert manifest.read(tmp_path) == sorted(files.values())
    assert len(on_disk(tmp_path)) > 5


def test_any_name_of_a_file_comes_back(tmp_path: Path) -> None:
    paths = ["a\tb.html", "a\nb", "a\\tb", "a\\\\n", "é \u2028\x85", "\udce9.txt", "ü/ö"]
    files = {path: page(path) for path in paths}
    written(tmp_path, files)
    assert manifest.read(tmp_path) == sorted(files.values())


def test_an_article_is_found_by_its_id(tmp_path: Path) -> None:
    other = SiteFile("index.html", "front", "", "d")
    written(tmp_path, {"a.html": page("a.html"), "index.html": other})
    assert manifest.articles(tmp_path) == {"id of a.html": "a.html"}


def test_a_site_without_manifest_names_nothing(tmp_path: Path) -> None:
    assert manifest.read(tmp_path) == []
    assert manifest.read_index(tmp_path / "nowhere") == ([], "")
    assert manifest.read_journal(tmp_path) == []


@pytest.mark.parametrize("seed", range(8))
def test_however_a_site_became_what_it_is_its_manifest_is_the_same(
    tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    files = dict(draw.sample(sorted(some_files(900).items()), 400))
    index = written(tmp_path / "grown", files)
    for turn in range(12):
        gone = draw.sample(sorted(files), draw.choice([0, 1, 30]))
        firsts = [shard.first for shard in index]
        gone += draw.sample(firsts, min(len(firsts), turn % 3))
        come = draw.sample(sorted(some_files(900)), draw.choice([0, 1, 40]))
        for path in gone:
            files.pop(path, None)
        for path in come:
            files[path] = page(path, f"d{turn}")
        index = written(tmp_path / "grown", files, index, (*gone, *come))
        written(tmp_path / str(turn), files)
        assert on_disk(tmp_path / "grown") == on_disk(tmp_path / str(turn))


def test_a_site_of_nothing_has_an_empty_manifest(tmp_path: Path) -> None:
    files = some_files(300)
    index = written(tmp_path, files)
    written(tmp_path, {}, index, tuple(files))
    assert list(on_disk(tmp_path)) == [".lefil/index"]
    assert manifest.read(tmp_path) == []
    assert manifest.read_index(tmp_path)[1] != ""


def test_one_changed_file_changes_one_shard(tmp_path: Path) -> None:
    files = some_files(3000)
    index = written(tmp_path, files)
    before = on_disk(tmp_path)
    path = "entites/1234/index.html"
    files[path] = page(path, "other")
    written(tmp_path, files, index, (path,))
    after = on_disk(tmp_path)
    assert len(set(after) - set(before)) == 1
    assert len(set(before) - set(after)) == 1


def test_a_damaged_shard_names_none_and_is_told(tmp_path: Path) -> None:
    files = some_files(500)
    written(tmp_path, files)
    shard = next((tmp_path / ".lefil/files").iterdir())
    shard.write_bytes(shard.read_bytes()[:-1])
    assert manifest.damaged(tmp_path) == [f".lefil/files/{shard.name}"]
    assert 0 < len(manifest.read(tmp_path)) < 500
    written(tmp_path, files)
    assert manifest.damaged(tmp_path) == []


def test_a_journal_lasts_until_it_is_ended(tmp_path: Path) -> None:
    manifest.write_journal(tmp_path, [page("a.html", "")])
    assert manifest.read_journal(tmp_path) == [page("a.html", "")]
    manifest.end_journal(tmp_path)
    assert manifest.read_journal(tmp_path) == []


@pytest.mark.parametrize("cut", [1, 10, 40, 200])
def test_an_index_that_was_cut_is_told_from_a_whole_one(tmp_path: Path, cut: int) -> None:
    written(tmp_path, some_files(1000))
    index = tmp_path / ".lefil/index"
    index.write_bytes(index.read_bytes()[:-cut])
    assert manifest.read_index(tmp_path)[1] == ""
    assert manifest.damaged(tmp_path) == [".lefil/index"]
