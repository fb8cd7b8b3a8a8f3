"""The desk: an editor names an article as she has it before her, and its line in the ledger changes."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
from invoke import Task
from newsdigest.base.errors import BuildError
from newsdigest.base.i18n import translations
from newsdigest.base.ledger import Edit, Entry, LedgerError, pack_line
from newsdigest.base.records import Site
from newsdigest.commands.desk import NotOneEntry, change_entry, entries, find_entry, undeclared
from newsdigest.report_screen import refusal
from newsroom import Newsroom
from publication import ROOT

PONT = Entry(
    id="monde/2026/pont",
    file="monde/2026/pont.txt",
    address="2026/01/15/le-pont-rouvre.html",
    feed="tag:lefil.example,2026:monde/2026/pont",
    published="2026-01-15T00:00+01:00",
    sha="1",
    text="1",
    headline="Le pont de l’Île rouvre : « enfin »",
    former=("Le viaduc de l’Île fermé",),
    moved=("2026/01/15/le-viaduc-ferme.html",),
)
GREVE = msgspec.structs.replace(
    PONT,
    id="greve",
    file="greve.txt",
    address="2025/12/30/greve-au-pont/",
    published="2025-12-30T08:00+01:00",
    headline="Grève au pont de l’Île",
    former=(),
    moved=(),
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    found = Newsroom(tmp_path / "newsroom", site=Site(url="https://journal.example/fil"))
    keep(found, PONT, GREVE)
    return found


def keep(newsroom: Newsroom, *lines: Entry) -> None:
    for month in {line.month for line in lines}:
        text = "".join(f"{pack_line(line)}\n" for line in lines if line.month == month)
        newsroom.write(f"ledger/{month}.jsonl", text)


@pytest.mark.parametrize(
    "typed",
    [
        "monde/2026/pont",
        "monde/2026/pont.txt",
        "2026/01/15/le-pont-rouvre.html",
        "/2026/01/15/le-pont-rouvre.html",
        "/fil/2026/01/15/le-pont-rouvre",
        "https://journal.example/fil/2026/01/15/le-pont-rouvre.html?utm=x#haut",
        "http://localhost:8000/fil/2026/01/15/le-pont-rouvre.html",
        "https://journal.example/fil/2026/01/15/le-viaduc-ferme.html",
        "le pont de l'ile rouvre: enfin",
        "Pont de l'Île ROUVRE",
        "viaduc de l'île",
    ],
)
def test_an_article_is_named_as_the_editor_has_it_before_her(
    newsroom: Newsroom, typed: str
) -> None:
    assert find_entry(newsroom.settings, typed) == PONT


@pytest.mark.parametrize(
    "typed",
    ["2025/12/30/greve-au-pont", "/2025/12/30/greve-au-pont/index.html", "greve", "au pont de"],
)
def test_an_address_that_is_a_folder_may_be_typed_in_any_form(
    newsroom: Newsroom, typed: str
) -> None:
    assert find_entry(newsroom.settings, typed) == GREVE


def test_a_file_may_be_named_from_where_the_editor_stands(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    (newsroom.content / "monde").mkdir()
    monkeypatch.chdir(newsroom.content / "monde")
    assert find_entry(newsroom.settings, "2026/pont.txt") == PONT
    assert find_entry(newsroom.settings, "../greve.txt") == GREVE
    monkeypatch.chdir(newsroom.folder)
    assert find_entry(newsroom.settings, "content/greve.txt") == GREVE


def test_what_may_be_several_articles_is_refused_with_the_list(newsroom: Newsroom) -> None:
    with pytest.raises(NotOneEntry) as refused:
        find_entry(newsroom.settings, "pont de l'île")
    assert str(refused.value).splitlines() == [
        '2 published articles may be "pont de l\'île". Name one by its id:',
        "  monde/2026/pont  2026-01-15  Le pont de l’Île rouvre : « enfin »",
        "  greve  2025-12-30  Grève au pont de l’Île",
    ]


def test_the_list_stands_below_the_refusal(newsroom: Newsroom) -> None:
    with pytest.raises(NotOneEntry) as refused:
        find_entry(newsroom.settings, "pont de l'île")
    first, *listed = refusal(refused.value, translations("fr").gettext).splitlines()
    assert first.startswith("Arrêt : 2 articles publiés peuvent être")
    assert [line[:4] for line in listed] == ["  mo", "  gr"]


def test_a_whole_headline_is_that_article_s_even_if_others_hold_it(newsroom: Newsroom) -> None:
    longer = msgspec.structs.replace(
        PONT, id="b", file="b.txt", address="b.html", moved=(), headline=GREVE.headline + ", suite"
    )
    keep(newsroom, PONT, longer)
    assert find_entry(newsroom.settings, "Grève au pont de l'Île") == GREVE


@pytest.mark.parametrize("typed", ["", "  ", "?!", "tramway", "/", "https://journal.example/fil/"])
def test_what_is_no_published_article_is_refused(newsroom: Newsroom, typed: str) -> None:
    with pytest.raises(NotOneEntry, match="no published article is"):
        find_entry(newsroom.settings, typed)


def test_a_changed_line_is_written_in_its_place_and_no_other(newsroom: Newsroom) -> None:
    other = msgspec.structs.replace(PONT, id="a", file="a.txt", address="a.html", moved=())
    keep(newsroom, PONT, other)
    december = (newsroom.content / "ledger/2025-12.jsonl").read_bytes()
    edit = Edit("2026-02-01T00:00:00Z", "correction", "Le pont mesure 40 m.", to_come=True)
    new = change_entry(
        newsroom.settings, PONT.id, lambda line: msgspec.structs.replace(line, edits=(edit,))
    )
    assert new.edits == (edit,)
    text = (newsroom.content / "ledger/2026-01.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["id"] for line in text.splitlines()] == ["a", PONT.id]
    assert list(entries(newsroom.settings)) == [GREVE, other, new]
    assert (newsroom.content / "ledger/2025-12.jsonl").read_bytes() == december


def test_a_change_that_is_none_writes_nothing(newsroom: Newsroom) -> None:
    file = newsroom.content / "ledger/2025-12.jsonl"
    before = file.stat().st_mtime_ns, file.stat().st_ino
    assert change_entry(newsroom.settings, "greve", lambda line: line) == GREVE
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_no_line_changes_while_a_build_is_running(newsroom: Newsroom) -> None:
    cache = Path(newsroom.settings.cache)
    cache.mkdir(parents=True)
    before = (newsroom.content / "ledger/2025-12.jsonl").read_bytes()
    # Another process holds it: the kernel's locks are a process's own.

    code = (
        "import fcntl, sys; lock = open(sys.argv[1], 'a+'); lock.write('4711'); lock.flush();"
        " fcntl.lockf(lock, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(cache / "build.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BuildError, match="4711"):
            change_entry(
                newsroom.settings, "greve", lambda line: msgspec.structs.replace(line, headline="X")
            )
        holder.stdin.close()
    assert (newsroom.content / "ledger/2025-12.jsonl").read_bytes() == before


def test_an_article_that_was_never_published_has_no_line_to_change(newsroom: Newsroom) -> None:
    with pytest.raises(LookupError):
        change_entry(newsroom.settings, "pont", lambda line: line)


def test_a_line_never_changes_its_article_nor_its_month(newsroom: Newsroom) -> None:
    with pytest.raises(ValueError, match="greve"):
        change_entry(
            newsroom.settings,
            "greve",
            lambda line: msgspec.structs.replace(line, published="2026-02-01T00:00+01:00"),
        )


def test_a_ledger_that_has_an_article_twice_is_refused_with_the_line(newsroom: Newsroom) -> None:
    keep(newsroom, PONT, PONT)
    with pytest.raises(LedgerError, match=r"ledger/2026-01\.jsonl:2"):
        find_entry(newsroom.settings, "greve")


def test_edits_that_nobody_declared_are_told_the_latest_first(newsroom: Newsroom) -> None:
    def edited(line: Entry, *edits: Edit) -> Entry:
        return msgspec.structs.replace(line, edits=edits)

    old, new = "2026-02-01T10:00:00Z", "2026-02-02T10:00:00Z"
    other = msgspec.structs.replace(PONT, id="a", file="a.txt", address="a.html", moved=())
    one = edited(PONT, Edit(old))
    two = edited(GREVE, Edit(old, "minor"), Edit(new))
    keep(newsroom, one, two, edited(other, Edit(new, "correction", "Note.")))
    assert undeclared(newsroom.settings) == [two, one]


def test_every_command_that_is_written_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    tasks = import_module("tasks")
    written = {task for task in vars(tasks).values() if isinstance(task, Task)}
    benches = tasks.namespace.collections["bench"].tasks.values()
    assert written == {*tasks.namespace.tasks.values(), *benches}
