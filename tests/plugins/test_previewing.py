"""A preview shows what is to come; it publishes nothing, and notes nothing as published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from incremental_build.previewing import AsOf
from newsroom import Newsroom, article


@pytest.mark.parametrize("at", [None, datetime(2026, 3, 1, tzinfo=UTC)])
def test_a_preview_leaves_the_ledger_as_it_is(tmp_path: Path, at: datetime | None) -> None:
    newsroom = Newsroom(tmp_path, publishes=True)
    newsroom.write("a.txt", article("Le pont rouvre"))
    newsroom.build()
    ledger = {file: file.read_bytes() for file in (newsroom.content / "ledger").iterdir()}
    newsroom.write("b.txt", article("Le viaduc ouvrira", "2026-02-20"))
    newsroom.settings = AsOf(at)(newsroom.settings)
    newsroom.build(output=str(tmp_path / "site"), cache=str(tmp_path / "memory"))
    assert "2026/02/20/le-viaduc-ouvrira.html" in {
        file.relative_to(tmp_path / "site").as_posix() for file in (tmp_path / "site").rglob("*")
    }
    assert {file: file.read_bytes() for file in (newsroom.content / "ledger").iterdir()} == ledger
