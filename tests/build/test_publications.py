"""A publication brings to its target what changed there, in order, and keeps what it replaced."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.base.i18n import translations
from newsdigest.base.ledger import Entry
from newsdigest.base.settings import ParseRules, is_folder
from newsdigest.build import Outcome, build
from newsdigest.commands.sent import in_bytes
from newsdigest.publish import manifest, output
from newsdigest.rehearsal import rehearsal
from newsdigest.releases import named
from newsdigest.releases.folder import FolderTarget
from newsdigest.releases.rclone import RcloneTarget
from newsdigest.releases.rsync import RsyncTarget
from newsdigest.releases.s3 import S3Target
from newsdigest.releases.target import Target
from newsdigest.sending import Sent, kept_of
from newsroom import HOST, NOW, Newsroom, article, site

MARK = ".lefil/published"


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """One that publishes to a folder, and whose builds are none."""
    target = str(tmp_path / "public")
    return Newsroom(tmp_path / "newsroom", target=target, publications_kept=5)


def later(hours: float) -> ParseRules:
    return ParseRules(now=NOW + timedelta(hours=hours))


def publish(newsroom: Newsroom, hours: float = 0, **changes: Any) -> Sent:
    rules = {"rules": later(hours), "publishes": True, "releases": True}
    sent = newsroom.build(**{**rules, **changes}).sent
    assert sent
    return sent


def there(newsroom: Newsroom) -> dict[str, bytes]:
    """What readers find: all but the builds' own list, and the publications' mark."""
    return readers(site(Path(newsroom.settings.target)))


def readers(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if not path.startswith(".lefil/")}


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with its time."""
    return {
        file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


# -- what is sent ------------------------------------------------------------------------------------


def test_readers_find_the_site_as_it_was_built(newsroom: Newsroom) -> None:
    for n in range(6):
        newsroom.write(f"a{n}.txt", article(f"Titre {n}", f"2026-01-{10 + n}"))
    sent = publish(newsroom)
    assert there(newsroom) == readers(newsroom.site)
    assert sent.files == len(there(newsroom))
    assert sent.size == sum(map(len, there(newsroom).values()))
    assert sent.release
    assert (sent.release.number, sent.release.new) == (1, 6)


def test_a_build_is_no_publication_where_there_is_a_target(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    newsroom.build()
    assert not Path(newsroom.settings.target).exists()
    assert not (newsroom.content / "ledger").exists()
    publish(newsroom)
    assert (newsroom.content / "ledger" / "2026-01.jsonl").read_text().count("\n") == 1
    newsroom.write("b.txt", article("Deux"))
    newsroom.build()
    assert (newsroom.content / "ledger" / "2026-01.jsonl").read_text().count("\n") == 1
    assert "2026/01/15/deux.html" not in there(newsroom)
    publish(newsroom, 1)
    assert (newsroom.content / "ledger" / "2026-01.jsonl").read_text().count("\n") == 2
    assert there(newsroom) == readers(newsroom.site)


def test_only_what_differs_is_sent(newsroom: Newsroom) -> None:
    for n in range(20):
        newsroom.write(f"a{n}.txt", article(f"Titre {n}", f"2025-{1 + n % 12:02}-10"))
    publish(newsroom)
    before = everything(Path(newsroom.settings.target))
    newsroom.write("b.txt", article("Nouveau", "2025-03-10"))
    sent = publish(newsroom, 1)
    after = everything(Path(newsroom.settings.target))
    written = {path for path in after if after[path] != before.get(path)} - {MARK}
    assert sent.files == len(written)
    assert not sent.compared
    assert "2025/03/10/nouveau.html" in written
    assert "2025/07/10/titre-6.html" not in written


def test_a_second_publication_of_the_same_is_none(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    publish(newsroom)
    before = everything(newsroom.folder.parent)
    sent = publish(newsroom, 1)
    assert (sent.files, sent.deleted, sent.release) == (0, 0, None)
    after = everything(newsroom.folder.parent)
    cache = "newsroom/cache/"
    assert {p: f for p, f in after.items() if not p.startswith(cache)} == {
        p: f for p, f in before.items() if not p.startswith(cache)
    }


def test_what_several_builds_made_is_published_once(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    publish(newsroom)
    for hour in range(1, 5):
        newsroom.write(f"b{hour}.txt", article(f"Dépêche {hour}"))
        if hour == 3:
            (newsroom.content / "b1.txt").unlink()
        newsroom.build(rules=later(hour))
    sent = publish(newsroom, 5)
    assert there(newsroom) == readers(newsroom.site)
    assert sent.release
    assert (sent.release.new, sent.release.removed) == (3, 0)


def test_files_of_others_in_the_target_stay(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    publish(newsroom)
    (Path(newsroom.settings.target) / "CNAME").write_text("lefil.example")
    (newsroom.content / "a.txt").unlink()
    newsroom.write("b.txt", article("Deux"))
    publish(newsroom, 1, allow_removals=True)
    assert there(newsroom) == {**readers(newsroom.site), "CNAME": b"lefil.example"}


def test_what_is_new_comes_before_what_leads_to_it_and_deletions_last(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.write("a.txt", article("Un"))
    newsroom.write("z.txt", article("Vieux"))
    publish(newsroom)
    newsroom.write("b.txt", article("Deux"))
    (newsroom.content / "z.txt").unlink()
    steps: list[str] = []
    target = newsroom.settings.target
    put, delete = output.publish_file, output.delete_files

    def watched(staging: Path, folder: Path, path: str) -> None:
        put(staging, folder, path)
        steps.extend([path] if str(folder) == target else [])

    def gone(folder: Path, paths: Sequence[str]) -> int:
        steps.extend([f"-{path}" for path in paths] if str(folder) == target else [])
        return delete(folder, paths)

    monkeypatch.setattr(output, "publish_file", watched)
    monkeypatch.setattr(output, "delete_files", gone)
    publish(newsroom, 1)
    wanted = [
        *("2026/01/15/deux.html", "2026/01/15/un.html", "2026/01/15/index.html", "index.html"),
        *("feeds/all.atom", "sitemaps/2026-01.xml", "-2026/01/15/vieux.html", MARK),
    ]
    assert [step for step in steps if step in wanted] == wanted


# -- a target that is not as it was left ---------------------------------------------------------------


def test_a_target_that_was_emptied_is_filled_again(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    publish(newsroom)
    shutil.rmtree(newsroom.settings.target)
    sent = publish(newsroom, 1)
    assert sent.compared
    assert there(newsroom) == readers(newsroom.site)


def test_a_target_put_back_to_an_earlier_day_is_brought_up_to_date(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    publish(newsroom)
    target = Path(newsroom.settings.target)
    shutil.copytree(target, newsroom.folder / "saved")
    newsroom.write("b.txt", article("Deux"))
    publish(newsroom, 1)
    shutil.rmtree(target)
    shutil.copytree(newsroom.folder / "saved", target)
    assert publish(newsroom, 2).compared
    assert there(newsroom) == readers(newsroom.site)


def test_a_file_changed_behind_our_back_is_found_by_looking_at_all(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    publish(newsroom)
    page = Path(newsroom.settings.target) / "2026/01/15/un.html"
    page.write_text("autre chose")
    (Path(newsroom.settings.target) / "feeds/all.atom").unlink()
    assert publish(newsroom, 1).files == 0
    assert publish(newsroom, 2, compares=True).files == 2
    assert there(newsroom) == readers(newsroom.site)


def test_another_site_in_the_target_is_not_written_over(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un"))
    target = Path(newsroom.settings.target)
    target.mkdir()
    (target / "index.html").write_text("la boutique")
    with pytest.raises(BuildError, match=r"not published from here: 1, as index\.html"):
        publish(newsroom)
    assert everything(target).keys() == {"index.html"}
    publish(newsroom, compares=True)
    assert there(newsroom) == readers(newsroom.site)


@pytest.mark.parametrize("step", range(0, 8))
def test_a_publication_cut_off_is_finished_by_the_next(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    newsroom.write("a.txt", article("Un"))
    newsroom.write("z.txt", article("Vieux"))
    publish(newsroom)
    newsroom.write("b.txt", article("Deux"))
    (newsroom.content / "z.txt").unlink()
    put = output.publish_file
    left = [step]

    def failing(staging: Path, folder: Path, path: str) -> None:
        if str(folder) == newsroom.settings.target:
            if not left[0]:
                raise OSError(5, "panne")
            left[0] -= 1
        put(staging, folder, path)

    with monkeypatch.context() as context:
        context.setattr(output, "publish_file", failing)
        with pytest.raises(BuildError, match="panne"):
            publish(newsroom, 1)
    (newsroom.content / "b.txt").unlink()  # and the newsroom thinks better of it
    newsroom.write("c.txt", article("Trois"))
    sent = publish(newsroom, 2, allow_removals=True)
    assert there(newsroom) == readers(newsroom.site)
    assert sent.release
    assert sent.release.number == 2


# -- a rehearsal -----------------------------------------------------------------------------------------


def rehearse(newsroom: Newsroom, hours: float = 0, **changes: Any) -> Outcome:
    from dataclasses import replace

    settings = replace(newsroom.settings, rules=later(hours), **changes)
    with rehearsal(settings) as place:
        return build(place(settings), HOST)


def test_a_rehearsal_says_what_a_publication_will_do_and_writes_nothing(newsroom: Newsroom) -> None:
    for n in range(5):
        newsroom.write(f"a{n}.txt", article(f"Titre {n}", f"2026-01-{10 + n}"))
    publish(newsroom)
    newsroom.write("b.txt", article("Nouveau", related=("Titre 3",)))
    newsroom.write("a1.txt", article("Titre 1", "2026-01-11", text="Un texte corrigé."))
    (newsroom.content / "a0.txt").unlink()
    before = everything(newsroom.folder.parent)
    told = rehearse(newsroom, 1).sent
    assert everything(newsroom.folder.parent) == before
    done = publish(newsroom, 1)
    assert told
    assert (told.changes, told.files, told.size) == (done.changes, done.files, done.size)
    assert told.deleted == done.deleted


@pytest.mark.parametrize("built", [False, True])
def test_a_first_publication_can_be_rehearsed(newsroom: Newsroom, built: bool) -> None:
    newsroom.write("a.txt", article("Un"))
    if built:
        newsroom.build()
    before = everything(newsroom.folder.parent)
    folders = sorted(newsroom.folder.parent.rglob("*/"))
    told = rehearse(newsroom).sent
    assert everything(newsroom.folder.parent) == before
    assert sorted(newsroom.folder.parent.rglob("*/")) == folders
    done = publish(newsroom)
    assert told
    assert (told.files, told.size) == (done.files, done.size)


def test_a_rehearsal_renders_what_changed_and_no_more(newsroom: Newsroom) -> None:
    for n in range(30):
        newsroom.write(f"a{n}.txt", article(f"Titre {n}", f"2025-{1 + n % 12:02}-10"))
    publish(newsroom)
    newsroom.write("b.txt", article("Nouveau"))
    assert len(rehearse(newsroom, 1).reasons) == len(
        newsroom.build(rules=later(1), publishes=True).reasons
    )


# -- undeclared edits ---------------------------------------------------------------------------------------


def test_who_refuses_an_undeclared_edit_has_noted_nothing(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Un", text="Le texte."))
    publish(newsroom)
    newsroom.write("a.txt", article("Un", text="Le texte est corrigé."))
    newsroom.build(rules=later(1))
    before = everything(newsroom.content)
    asked: list[Entry] = []

    def refuse(edited: Sequence[Entry]) -> None:
        asked.extend(edited)
        if edited:
            raise BuildError("non")

    def published(hours: float, gate: Callable[[Sequence[Entry]], None]) -> Outcome:
        from dataclasses import replace

        given = replace(newsroom.settings, rules=later(hours), publishes=True, releases=True)
        return build(given, HOST, gate=gate)

    for hour in (2, 3):
        asked.clear()
        with pytest.raises(BuildError, match="non"):
            published(hour, refuse)
        assert [entry.id for entry in asked] == ["a"]
        assert everything(newsroom.content) == before
    published(4, lambda edited: None)
    published(5, refuse)  # asked once
    assert there(newsroom) == readers(newsroom.site)


# -- kinds of targets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("../public", True),
        ("/srv/le fil", True),
        ("public", True),
        ("www@hote.example:/srv/lefil", False),
        ("hote:lefil", False),
        ("rsync://hote/module/fil", False),
        ("s3://seau", False),
        ("s3://seau/le/fil", False),
    ],
)
def test_a_target_is_told_by_how_it_is_written(name: str, folder: bool) -> None:
    assert is_folder(name) is folder


@pytest.mark.parametrize("name", ["hote:/srv/lefil", "s3://seau"])
def test_a_tool_that_is_missing_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(named, "find_spec", lambda name: None)
    with pytest.raises(BuildError, match="install") as found:
        named.target_named(name)
    assert "\n" not in str(found.value)


class Bucket:
    """What boto3's client of S3 does, as far as it is asked to; without a network."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, str, str]] = {}

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:
        if Key not in self.objects:
            error = Exception(f"no {Key} in {Bucket}")
            error.response = {"Error": {"Code": "NoSuchKey"}}  # type: ignore[attr-defined]
            raise error
        return {"Body": io.BytesIO(self.objects[Key][0])}

    def put_object(
        self, Bucket: str, Key: str, Body: bytes, ContentType: str, CacheControl: str
    ) -> None:
        self.objects[Key] = (Body, ContentType, CacheControl)

    def delete_objects(self, Bucket: str, Delete: dict[str, Any]) -> None:
        assert len(Delete["Objects"]) <= 1000
        for one in Delete["Objects"]:
            self.objects.pop(one["Key"], None)

    def list_objects_v2(self, Bucket: str, Prefix: str, ContinuationToken: str = "") -> Any:
        keys = sorted(k for k in self.objects if k.startswith(Prefix) and k > ContinuationToken)
        found = [
            {"Key": key, "ETag": f'"{hashlib.md5(self.objects[key][0]).hexdigest()}"'}
            for key in keys[:3]
        ]
        more = {"IsTruncated": True, "NextContinuationToken": keys[2]} if keys[3:] else {}
        return {"Contents": found, **more}


def in_folder(tmp_path: Path) -> tuple[Target, Callable[[], dict[str, bytes]]]:
    return FolderTarget(str(tmp_path / "there")), lambda: site(tmp_path / "there")


def by_rsync(tmp_path: Path) -> tuple[Target, Callable[[], dict[str, bytes]]]:
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed")
    return RsyncTarget(str(tmp_path / "there" / "fil")), lambda: site(tmp_path / "there" / "fil")


def by_rclone(tmp_path: Path) -> tuple[Target, Callable[[], dict[str, bytes]]]:
    if not shutil.which("rclone"):
        pytest.skip("rclone is not installed")
    place = str(tmp_path / "there")
    return RcloneTarget("s3://seau", place), lambda: site(tmp_path / "there")


def in_bucket(tmp_path: Path) -> tuple[Target, Callable[[], dict[str, bytes]]]:
    bucket = Bucket()
    bucket.objects["autre/index.html"] = (b"", "", "")
    return S3Target("s3://seau/le/fil/", lambda: bucket), lambda: {
        key.removeprefix("le/fil/"): told[0]
        for key, told in bucket.objects.items()
        if key.startswith("le/fil/")
    }


@pytest.mark.parametrize("kind", [in_folder, by_rsync, by_rclone, in_bucket])
def test_every_kind_of_target_does_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Callable[..., Any]
) -> None:
    import newsdigest.sending

    target, look = kind(tmp_path)
    monkeypatch.setattr(newsdigest.sending, "target_named", lambda name: target)
    newsroom = Newsroom(tmp_path / "newsroom", target="x", publications_kept=5)
    newsroom.write("été/a.txt", article("Un été à Saint-Orens"))
    newsroom.write("z.txt", article("Vieux", "2025-12-01"))
    assert target.mark() == ""
    publish(newsroom)
    assert readers(look()) == readers(newsroom.site)
    assert target.mark() == kept_of(newsroom.settings).told
    newsroom.write("b.txt", article("Deux"))
    (newsroom.content / "z.txt").unlink()
    sent = publish(newsroom, 1)
    assert not sent.compared
    assert readers(look()) == readers(newsroom.site)
    assert publish(newsroom, 2).files == 0
    assert publish(newsroom, 3, compares=True).files == 0


@pytest.mark.parametrize("kind", [in_folder, by_rsync, by_rclone])
def test_every_kind_of_target_is_looked_at_whole(tmp_path: Path, kind: Callable[..., Any]) -> None:
    target, _look = kind(tmp_path)
    newsroom = Newsroom(tmp_path / "newsroom")
    newsroom.write("a.txt", article("Un"))
    newsroom.build()
    files = manifest.read(Path(newsroom.settings.output))
    assert target.look(Path(newsroom.settings.output), files).missing == {f.path for f in files}
    target.send(Path(newsroom.settings.output), [[file.path for file in files]], [])
    folder = tmp_path / "there"
    folder = folder if (folder / "index.html").is_file() else folder / "fil"
    (folder / "index.html").write_text("autre")
    (folder / "feeds/all.rss").unlink()
    found = target.look(Path(newsroom.settings.output), files)
    assert (found.missing, found.differ) == ({"feeds/all.rss"}, {"index.html"})


def test_a_bucket_tells_browsers_what_its_files_are(tmp_path: Path) -> None:
    bucket = Bucket()
    (tmp_path / "static").mkdir()
    for path in ("a.html", "static/site.0123456789ab.css", "f.atom", "i.svg"):
        (tmp_path / path).write_text("x")
    S3Target("s3://seau", lambda: bucket).send(
        tmp_path, [["a.html", "static/site.0123456789ab.css", "f.atom", "i.svg"]], []
    )
    told = {key: (type_, caching) for key, (_data, type_, caching) in bucket.objects.items()}
    assert told == {
        "a.html": ("text/html; charset=utf-8", "no-cache"),
        "static/site.0123456789ab.css": (
            "text/css; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        "f.atom": ("application/atom+xml; charset=utf-8", "no-cache"),
        "i.svg": ("image/svg+xml", "no-cache"),
    }


def test_rsync_leaves_others_files_and_no_empty_folder(tmp_path: Path) -> None:
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed")
    here, far = tmp_path / "here", tmp_path / "far"
    for path in ("a/b/c.html", "a/d.html", "e/f.html"):
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_text(path)
    target = RsyncTarget(str(far))
    target.send(here, [["a/b/c.html", "a/d.html", "e/f.html"]], [])
    (far / "e" / "CNAME").write_text("autrui")
    shutil.rmtree(here / "a" / "b")
    shutil.rmtree(here / "e")
    target.send(here, [], ["a/b/c.html", "e/f.html"])
    assert sorted(p.relative_to(far).as_posix() for p in far.rglob("*")) == [
        *("a", "a/d.html", "e", "e/CNAME")
    ]


def test_rsync_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed")
    monkeypatch.setenv("RSYNC_RSH", "false")
    with pytest.raises(BuildError, match="hote:/srv cannot be published to"):
        RsyncTarget("hote:/srv").send(tmp_path, [["a"]], [])


@pytest.mark.parametrize(
    ("size", "told"),
    [
        *((0, "0 octets"), (999, "999 octets"), (1000, "1,0 ko"), (9_960, "9,9 ko")),
        *((12_345, "12 ko"), (1_740_000, "1,7 Mo"), (34_000_000_000_000, "34000 Go")),
    ],
)
def test_a_size_is_told_as_people_say_it(size: int, told: str) -> None:
    assert in_bytes(size, translations("fr").gettext) == told
