"""The editor's terminal: any encoding, any folder, any end of a pipe; each fault by its own name."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom import article
from publication import ROOT, Publication


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Two articles, a rejected file, names that a terminal may take for something else."""
    paper = Publication(tmp_path_factory.mktemp("terminal") / "paper")
    (paper.folder / "theme").unlink()
    shutil.copytree(ROOT / "theme", paper.folder / "theme")
    paper.write("ville/pont.txt", article("Le pont de Corvanne rouvre — enfin", "2026-01-10"))
    paper.write("ville/école.txt", article("Nguyễn Văn Hưng ouvre l’école", "2026-01-11"))
    for name in STRANGE:
        paper.write(f"ville/{name}.txt", "Sans date.\n")
    run = paper.build()
    assert run.code == 0, run.screen
    return paper


STRANGE = (":smile:", "[bold]gras[/bold]", "[red]", "fin\\", "[link=x]", "a:100:b", "[/]")

# -- names as they are ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", STRANGE)
def test_file_names_are_shown_as_they_are(paper: Publication, name: str) -> None:
    run = paper.build()
    assert f"content/ville/{name}.txt:1: E_DATE_MISSING" in run.out


@pytest.mark.parametrize("name", STRANGE)
def test_a_refusal_shows_names_as_they_are(paper: Publication, name: str) -> None:
    run = paper.run("invoke", "build", "--settings", f"{name}.py")
    assert (run.code, len(run.err.splitlines())) == (1, 1)
    assert f"{name}.py" in run.err


# -- encodings ------------------------------------------------------------------------------------

NARROW = [
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "cp437"},
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("terminal", NARROW, ids=lambda terminal: " ".join(terminal.values()))
def test_what_a_terminal_cannot_show_is_replaced(
    paper: Publication, terminal: dict[str, str]
) -> None:
    paper.write("ville/pont.txt", article(f"Le pont — {sorted(terminal.items())}", "2026-01-10"))
    others = (["links"], ["doubles"], ["story"], ["show", "--all"], ["check"])
    run = paper.run_all(["build", "--explain"], *others, **terminal)
    assert (run.code, run.err) == (0, "")
    assert "E_DATE_MISSING" in run.out


@pytest.mark.parametrize("terminal", NARROW, ids=lambda terminal: " ".join(terminal.values()))
def test_a_refusal_is_one_line_in_any_encoding(
    paper: Publication, terminal: dict[str, str]
) -> None:
    run = paper.run("invoke", "build", "--settings", "absent.py", **terminal)
    assert (run.code, len(run.err.splitlines())) == (1, 1)


@pytest.mark.parametrize("terminal", NARROW, ids=lambda terminal: " ".join(terminal.values()))
def test_json_is_the_same_in_any_encoding(paper: Publication, terminal: dict[str, str]) -> None:
    inspect = ["inspect", "--json", "--", "content/ville/école.txt"]
    run = paper.run_all(["build"], ["show", "--json", "--all"], inspect, **terminal)
    assert (run.code, run.err) == (0, "")
    told = [json.loads(line) for line in run.out.splitlines() if line.startswith("{")]
    assert [one["title"] for one in told].count("Nguyễn Văn Hưng ouvre l’école") == 2


# -- pipes ------------------------------------------------------------------------------------------


def piped(paper: Publication, reader: str, *options: str) -> tuple[int, str]:
    """The build's exit code and what it said to stderr, its output read by `reader`."""
    build = f"{sys.executable} -m invoke build {' '.join(options)}"
    done = subprocess.run(
        ["bash", "-c", f"{build} | {reader}; exit ${{PIPESTATUS[0]}}"],
        cwd=paper.folder,
        env={**os.environ, "RAW_NOW": "2026-02-01"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("reader", ["head -1", "true", "head -c 3"])
def test_a_reader_who_leaves_ends_the_printing_not_the_build(
    paper: Publication, reader: str
) -> None:
    paper.write("ville/pont.txt", article(f"Le pont rouvre ({reader})", "2026-01-10"))
    assert piped(paper, reader, "--explain") == (0, "")
    assert any(reader.encode() in page for page in paper.site.values())


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "</dev/null >/dev/full"])
def test_a_closed_terminal_does_not_stop_the_build(paper: Publication, closed: str) -> None:
    paper.write("ville/pont.txt", article(f"Le pont rouvre, {len(closed)}", "2026-01-10"))
    subprocess.run(
        ["bash", "-c", f"{sys.executable} -m invoke build {closed}"],
        cwd=paper.folder,
        env={**os.environ, "RAW_NOW": "2026-02-01"},
        capture_output=True,
        check=False,
    )
    assert any(f"Le pont rouvre, {len(closed)}".encode() in page for page in paper.site.values())


# -- where the editor stands --------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["content", "content/ville", "theme/static/css"])
def test_the_commands_work_from_a_subfolder(paper: Publication, folder: str) -> None:
    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "invoke", *command],
            cwd=paper.folder / folder,
            env={**os.environ, "RAW_NOW": "2026-02-01"},
            capture_output=True,
            text=True,
            check=False,
        )

    paper.write("ville/pont.txt", article(f"Le pont vu de {folder}", "2026-01-10"))
    build = run("build", "--json", "report.json")
    assert (build.returncode, build.stderr) == (0, "")
    assert any(f"Le pont vu de {folder}".encode() in page for page in paper.site.values())
    (paper.folder / folder / "report.json").unlink()
    assert run("show", "--", "ville/pont").returncode == 0
    assert run("check").returncode == 0
    assert not (paper.folder / folder / "output").exists()


# -- refused before anything is built ------------------------------------------------------------------


@pytest.mark.parametrize("target", ["absent/report.json", "content", ".", "pelicanconf.py/x.json"])
def test_a_report_that_cannot_be_written_is_refused_before_the_build(
    paper: Publication, target: str
) -> None:
    before = paper.site
    paper.write("ville/pont.txt", article(f"Le pont, sans rapport {target}", "2026-01-10"))
    run = paper.run("invoke", "build", "--json", target)
    assert (run.code, run.out, len(run.err.splitlines())) == (1, "", 1)
    assert "--json" in run.err
    assert paper.site == before


@pytest.mark.parametrize("command", ["serve", "watch"])
def test_a_taken_port_is_one_line(paper: Publication, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        run = paper.run("invoke", command, "--port", port)
    assert (run.code, run.out, len(run.err.splitlines())) == (1, "", 1)
    assert port in run.err


@pytest.mark.parametrize(
    "typed",
    [
        ("serve", "--port", "huit"),
        ("serve", "--port", "99999"),
        ("build", "--workers", "deux"),
        ("build", "--workers", "-3"),
        ("build", "--settings", "content"),
        ("build", "--settings", "content/ville/pont.txt"),
        ("import", "absent/"),
        ("import", "content"),
        ("import", "content/ville/pont.txt", "--to", "pelicanconf.py"),
        ("inspect", "--", "absent.txt"),
        ("inspect", "--", "absent/pont.txt"),
        ("show",),
        ("kill", "absent", "-m", "Faux."),
    ],
    ids=" ".join,
)
def test_what_is_typed_wrong_is_told_in_one_line(
    paper: Publication, typed: tuple[str, ...]
) -> None:
    run = paper.run("invoke", *typed)
    assert (run.code, run.out, len(run.err.splitlines())) == (1, "", 1), run.screen
    assert (".." in run.err, "NoneType" in run.err) == (False, False)


def test_texts_that_cannot_be_written_are_told_in_one_line(paper: Publication) -> None:
    pages = paper.content / "pages"
    pages.write_text("Les pages.\n", "utf-8")
    run = paper.run("invoke", "texts")
    pages.unlink()
    assert (run.code, run.out, len(run.err.splitlines())) == (1, "", 1), run.screen
    assert str(pages) in run.err


def test_the_other_files_are_inspected_though_one_is_not_there(paper: Publication) -> None:
    run = paper.run("invoke", "inspect", "--", "absent.txt", "content/ville/pont.txt")
    assert (run.code, "absent.txt" in run.err, "pont.txt" in run.out) == (1, True, True)


# -- the real cause ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["absent.css", "../../../nulle-part.css", "folder.css"])
def test_a_style_sheet_that_is_not_there_is_no_full_disk(paper: Publication, name: str) -> None:
    order = paper.folder / "theme/static/css/order.txt"
    (order.parent / "folder.css").mkdir(exist_ok=True)
    before, kept = paper.site, order.read_text(encoding="utf-8")
    order.write_text(f"{kept}\n{name}\n", encoding="utf-8")
    run = paper.build()
    order.write_text(kept, encoding="utf-8")
    (order.parent / "folder.css").rmdir()
    assert (run.code, len(run.err.splitlines())) == (1, 1)
    assert name in run.err
    assert "disque" not in run.err
    assert paper.site == before
    assert paper.build().code == 0


def test_settings_are_named_as_the_editor_typed_them(paper: Publication) -> None:
    run = paper.run("invoke", "build", "--settings", "absent.py")
    assert " absent.py " in run.err
    assert str(Path.cwd()) not in run.err


@pytest.mark.parametrize("damage", [b"noise " * 900, b"", None], ids=["noise", "empty", "folder"])
def test_commands_say_in_one_line_that_the_memory_cannot_be_read(
    paper: Publication, damage: bytes | None
) -> None:
    paper.build()
    store = paper.folder / "cache/archive.sqlite"
    store.unlink()
    if damage is None:
        store.mkdir()
    else:
        store.write_bytes(damage)
    kill = ["kill", "ville/pont", "-m", "La dépêche était fausse."]
    asked = (["show", "--all"], ["links"], ["doubles"], ["story"], ["entities", "--review"], kill)
    for command in asked:
        run = paper.run("invoke", *command)
        assert (command, run.code, run.out) == (command, 1, "")
        assert "invoke build" in run.err
        assert len(run.err.splitlines()) == 1
    assert paper.build().code == 0
    assert paper.run("invoke", "links").code == 0


def test_a_disk_that_takes_nothing_is_one_line(paper: Publication) -> None:
    """What stands in the place of the files to be written is what the disk refuses."""
    assert paper.build().code == 0
    waiting = paper.content / "ledger/.2026-01.jsonl.new"
    waiting.mkdir(parents=True)
    (paper.content / "pages").write_text("", encoding="utf-8")
    for command in (["kill", "ville/pont", "-m", "Il ne rouvre pas."], ["texts"]):
        run = paper.run("invoke", *command)
        assert (command, run.code, run.out, len(run.err.splitlines())) == (command, 1, "", 1)
        assert "ne se laisse ni lire ni écrire" in run.err
    shutil.rmtree(waiting.parent)
    (paper.content / "pages").unlink()


# -- what it costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "kept"), [("", True), ("1", False)])
def test_a_command_keeps_the_code_it_compiled_unless_python_is_told_not_to(
    paper: Publication, tmp_path: Path, asked: str, kept: bool
) -> None:
    run = paper.run(
        "invoke", "inspect", "--", "content/ville/pont.txt",
        PYTHONPYCACHEPREFIX=str(tmp_path), PYTHONDONTWRITEBYTECODE=asked,
    )  # fmt: skip
    assert run.code == 0, run.screen
    compiled = {file.name.partition(".")[0] for file in tmp_path.rglob("*.pyc")}
    assert (compiled >= {"screen", "settings", "inspect"}) is kept
