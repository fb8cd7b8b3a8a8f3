"""What the editor types and reads when much is missing, a file is spoilt, or the clock is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from publication import Publication

WIRE = (
    " date 2026-01-{:02} Le port numéro {}\n\nLe port {} a rouvert, selon la préfecture.\n\nAFP\n"
)


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    publication = Publication(tmp_path)
    publication.settings("\nENTITY_TAGGER = 'rules'\n")
    for number in range(1, 13):
        publication.write(f"ports/{number}.txt", WIRE.format(number, number, number))
    assert publication.build().code == 0
    return publication


def test_each_guard_has_its_exit_code_its_line_and_its_option(publication: Publication) -> None:
    before = publication.site
    publication.write("ports/1.txt", "")
    kept = publication.build()
    assert (kept.code, kept.report["kept"], kept.report["rejected"]) == (0, 1, 0)
    assert [fault["code"] for fault in kept.report["kept_files"]] == ["E_EMPTY"]
    assert "content/ports/1.txt:1: E_EMPTY" in publication.build().out
    assert publication.build("--strict").code == 2

    early = publication.build(RAW_NOW="2026-01-31")
    assert (early.code, early.report) == (1, {})
    assert "invoke build --allow-clock-back" in early.err
    assert publication.build("--allow-clock-back", RAW_NOW="2026-01-31").code == 0

    shutil.rmtree(publication.content / "ports")
    stopped = publication.build()
    assert (stopped.code, stopped.report, len(stopped.err.splitlines())) == (4, {}, 1)
    assert "invoke build --allow-removals" in stopped.err
    assert publication.site == before
    assert publication.run("pelican").code == 4
    publication.settings("ALLOW_REMOVALS = True\n")
    assert publication.run("pelican").code == 0
    assert not list(publication.output.rglob("le-port-*.html"))
