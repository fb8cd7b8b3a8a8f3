"""`invoke publish` on a terminal: it asks about edits of which nobody said a word, and does as it is told."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom import article
from publication import NOW, Publication

PAGE = "2026/01/10/le-pont-de-corvanne-rouvre.html"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """One article published to a folder, and edited since."""
    paper = Publication(tmp_path_factory.mktemp("publish") / "paper", publishes=True)
    paper.settings('\nPUBLISH_TARGET = "../public"\n')
    write(paper, "Il a coûté neuf millions.")
    assert paper.run("invoke", "publish").code == 0
    write(paper, "Il a coûté douze millions.")
    return paper


def write(paper: Publication, text: str) -> None:
    paper.write("pont.txt", article("Le pont de Corvanne rouvre", "2026-01-10", text))


def public(paper: Publication) -> str:
    return (paper.folder.parent / "public" / PAGE).read_text(encoding="utf-8")


def answered(paper: Publication, answer: bytes) -> tuple[int, str]:
    """The exit code and the screen of a publication at a terminal where that is typed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "publish"],
        cwd=paper.folder,
        env={**os.environ, "RAW_NOW": NOW, "TERM": "dumb", "COLUMNS": "200"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen, asked = b"", False
    with open(ours, "r+b", buffering=0) as terminal:
        while data := read(terminal.fileno()):
            screen += data
            if not asked and b"[o/N]" in screen:
                asked = True
                terminal.write(answer)
    assert asked, screen.decode()
    return process.wait(timeout=60), screen.decode().replace("\r\n", "\n")


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the last of those at the other end left
        return b""


@pytest.mark.parametrize("answer", [b"n\n", b"\x04"])
def test_who_does_not_say_yes_publishes_nothing(paper: Publication, answer: bytes) -> None:
    ledger = Path(paper.content / "ledger" / "2026-01.jsonl").read_bytes()
    code, screen = answered(paper, answer)
    assert code == 1
    assert "neuf millions" in public(paper)
    assert "« Il a coûté neuf millions. » → « Il a coûté douze millions. »" in screen
    assert "Arrêt : rien n'a été publié. Déclarez chaque modification (invoke correct ID)" in screen
    assert "Traceback" not in screen
    assert Path(paper.content / "ledger" / "2026-01.jsonl").read_bytes() == ledger


def test_who_says_yes_publishes_them(paper: Publication) -> None:
    code, screen = answered(paper, b"oui\n")
    assert code == 0, screen
    assert "Publication n° 2 vers" in screen
    assert "0 nouvelle, 1 mise à jour, 0 retirée" in screen
    assert "douze millions" in public(paper)
    assert '"edits"' in (paper.content / "ledger" / "2026-01.jsonl").read_text(encoding="utf-8")
