"""The desk asks where it stands: what changed since readers were last served, and what waits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.base.settings import ParseRules
from newsdigest.commands.kill import Kill, kill_article
from newsdigest.commands.status import Status, status_of
from newsdigest.commands.status_screen import tell_status
from newsdigest.publish import output
from newsroom import NOW, Newsroom, article
from photographs import photo


@pytest.fixture(params=["target", "here"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Newsroom:
    target = str(tmp_path / "public") if request.param == "target" else ""
    return Newsroom(tmp_path / "newsroom", target=target, publications_kept=4)


def later(hours: float) -> ParseRules:
    return ParseRules(now=NOW + timedelta(hours=hours))


def publish(newsroom: Newsroom, hours: float = 0) -> None:
    newsroom.build(rules=later(hours), publishes=True, releases=True, allow_removals=True)


def status(newsroom: Newsroom, hours: float = 1, **changes: Any) -> Status:
    settings = replace(newsroom.settings, rules=later(hours), **changes)
    connection = read_store(Path(settings.cache) / "archive.sqlite")
    return status_of(settings, Archive(connection, settings.addresses, settings.limits))


def told(newsroom: Newsroom, hours: float = 1) -> list[tuple[str, str, str, str]]:
    return [(i.kind, i.path, i.id, i.was) for i in status(newsroom, hours).items]


def edit(newsroom: Newsroom) -> None:
    """A day's work at the desk."""
    newsroom.write("b.txt", article("Deux"))
    newsroom.write("a.txt", article("Un", text="Le texte est corrigé."))
    (newsroom.content / "m.txt").rename(newsroom.content / "monde.txt")
    (newsroom.content / "z.txt").unlink()


WORK = [
    ("new", "b.txt"),
    ("edited", "a.txt"),
    ("renamed", "monde.txt"),
    ("removed", "z.txt"),
]


@pytest.fixture
def published(newsroom: Newsroom) -> Newsroom:
    for name in ("a", "m", "z", "s"):
        newsroom.write(f"{name}.txt", article(f"Titre {name}", text=f"Le texte de {name}."))
    publish(newsroom)
    return newsroom


def test_nothing_changed_is_nothing_to_tell(published: Newsroom) -> None:
    found = status(published)
    assert (found.items, found.files, found.undeclared, found.unfinished) == ([], [], [], [])
    assert found.published
    assert found.published.number == 1


def test_what_changed_is_told_before_it_is_built(published: Newsroom) -> None:
    edit(published)
    assert [(kind, path) for kind, path, _id, _was in told(published)] == WORK
    assert told(published)[1:] == [
        ("edited", "a.txt", "a", ""),
        ("renamed", "monde.txt", "m", "m.txt"),
        ("removed", "z.txt", "z", ""),
    ]


def test_what_was_built_and_not_published_is_told_the_same(published: Newsroom) -> None:
    if not published.settings.target:
        pytest.skip("a build is a publication there")
    edit(published)
    published.build(rules=later(1), allow_removals=True)
    assert [(kind, path) for kind, path, _id, _was in told(published, 2)] == WORK
    published.write("b.txt", article("Deux", text="Autrement dit."))
    published.write("a.txt", article("Un", text="Et corrigé encore."))
    assert [(kind, path) for kind, path, _id, _was in told(published, 2)] == WORK
    publish(published, 3)
    assert told(published, 4) == []


def test_a_file_that_was_only_touched_is_not_told(published: Newsroom) -> None:
    file = published.content / "a.txt"
    file.write_bytes(file.read_bytes())
    assert told(published) == []


def test_an_article_with_pictures_is_edited_when_it_or_one_of_them_is(newsroom: Newsroom) -> None:
    """One picture is named after the article, one in its text, one is named there and missing."""
    text = "Le bac.\n\nPhoto : quai.jpg\n\nPhoto : perdue.jpg"
    newsroom.write("bac.txt", article("Le bac", text=text))
    newsroom.write("pont.txt", article("Le pont"))
    for name in ("quai.jpg", "pont.jpg"):
        (newsroom.content / name).write_bytes(photo())
    publish(newsroom)
    assert told(newsroom) == []
    for name in ("bac.txt", "pont.txt", "quai.jpg", "pont.jpg"):
        (newsroom.content / name).write_bytes((newsroom.content / name).read_bytes())
    assert (told(newsroom), status(newsroom).undeclared) == ([], [])
    (newsroom.content / "quai.jpg").write_bytes(photo(seed=1))
    (newsroom.content / "pont.jpg").unlink()
    cache = sorted(Path(newsroom.settings.cache).rglob("*"))
    assert told(newsroom) == [("edited", "bac.txt", "bac", ""), ("edited", "pont.txt", "pont", "")]
    assert sorted(Path(newsroom.settings.cache).rglob("*")) == cache


def test_an_edit_without_a_word_is_told_until_somebody_declares_it(published: Newsroom) -> None:
    published.write("a.txt", article("Titre a", text="Le texte est corrigé."))
    assert status(published).undeclared == [("a", "Titre a")]
    if published.settings.target:
        published.build(rules=later(1))
        assert status(published).undeclared == [("a", "Titre a")]
    publish(published, 2)
    assert status(published, 3).undeclared == [("a", "Titre a")]
    assert status(published, 3).items == []
    ledger = published.content / "ledger" / "2026-01.jsonl"
    line = json.loads(ledger.read_text("utf-8").splitlines()[0])
    line["edits"][0]["kind"] = "minor"
    rest = ledger.read_text("utf-8").splitlines()[1:]
    ledger.write_text("\n".join([json.dumps(line), *rest]) + "\n", "utf-8")
    published.build(rules=later(4))
    assert status(published, 5).undeclared == []


def test_who_retracted_a_dispatch_is_not_told_to_retract_it(
    published: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    if not published.settings.target:
        pytest.skip("a build is a publication there")
    (published.content / "z.txt").unlink()
    settings = replace(published.settings, rules=later(2), editor_lang="fr")
    tell_status(settings, as_json=False)
    assert "invoke kill ID" in capsys.readouterr().out
    assert kill_article(published.settings, "z", Kill("C'était faux.")) == 0
    published.build(rules=later(1))
    capsys.readouterr()
    tell_status(settings, as_json=False)
    told = capsys.readouterr().out
    assert "supprimés 1" in told
    assert "invoke kill" not in told


def test_the_editors_own_files_are_told(published: Newsroom) -> None:
    (published.content / "decisions.toml").write_text('[[apart]]\na = "a"\nb = "s"\n', "utf-8")
    assert status(published).files == ["decisions.toml"]
    if published.settings.target:
        (published.content / "decisions.toml").write_text(
            '[[embargo]]\narticle = "s"\nuntil = "2026-03-01 06:00"\n', "utf-8"
        )
        published.build(rules=later(1))
        assert status(published, 2).files == ["decisions.toml"]
        publish(published, 3)
        assert status(published, 4).files == []


def test_embargoes_are_counted_down(
    published: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, until in (("e", "2 février 2026 à 6 h"), ("f", "10 février 2026 à 6 h")):
        published.write(
            f"{name}.txt", article(f"Un secret {name}", text=f"Embargo : {until}\n\nTexte.")
        )
    publish(published, 1)
    held = status(published, 2).embargoes
    assert [(one.id, one.until) for one in held] == [
        ("e", datetime(2026, 2, 2, 5, tzinfo=UTC)),
        ("f", datetime(2026, 2, 10, 5, tzinfo=UTC)),
    ]
    tell_status(replace(published.settings, rules=later(2), editor_lang="fr"), as_json=False)
    screen = capsys.readouterr().out
    assert "2026-02-02 06:00 (dans 1 j 3 h)" in screen
    assert "2026-02-10 06:00 (dans 9 j 3 h)" in screen


def test_lines_that_wait_and_files_that_cannot_be_read_are_told(published: Newsroom) -> None:
    published.write("w.txt", article("Citation", related=("Un titre à venir",)))
    published.write("x.txt", "sans date\n")
    published.write("a.txt", "plus rien\n")
    publish(published, 1)
    found = status(published, 2)
    assert (found.waiting, [line.headline for line in found.newest]) == (1, ["Un titre à venir"])
    assert [fault.path for fault in found.kept] == ["a.txt"]
    assert [fault.path for fault in found.rejected] == ["x.txt"]


def test_a_build_under_way_is_told_with_its_process(published: Newsroom) -> None:
    assert status(published).building == ""
    cache = Path(published.settings.cache)
    (cache / output.LOCK).write_text("4711")  # left by one that was killed
    assert status(published).building == ""


def test_nothing_is_written(published: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    edit(published)

    def files() -> dict[str, tuple[bytes, int]]:
        return {
            str(file): (file.read_bytes(), file.stat().st_mtime_ns)
            for file in sorted(published.folder.parent.rglob("*"))
            if file.is_file()
        }

    before = files()
    for as_json in (False, True):
        assert tell_status(replace(published.settings, rules=later(2)), as_json) == 0
        assert files() == before
        capsys.readouterr()


def test_as_json_it_is_one_object(published: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    edit(published)
    tell_status(replace(published.settings, rules=later(2)), as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["published"]["number"] == 1
    assert [(one["kind"], one["path"]) for one in found["changes"]] == WORK
    assert found["undeclared"] == [{"id": "a", "headline": "Titre a"}]
    assert found["building"] is None


def test_before_the_first_build_there_is_nothing(newsroom: Newsroom) -> None:
    assert tell_status(newsroom.settings, as_json=False) == 1
