"""A small newsroom for tests: a folder of raw articles, built without Pelican."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from newsdigest.archive.readers import Archive
from newsdigest.base.records import Page, Site
from newsdigest.base.settings import WITHOUT_SEARCH, Limits, ParseRules, Settings
from newsdigest.build import HostSpec, Outcome, build
from newsdigest.publish.manifest import FOLDER
from newsdigest.site.kind import Kinds

# Small pages, so that a few articles fill several.
LIMITS = Limits(
    mentions_per_page=3,
    feed_entries=4,
    entity_feed_entries=2,
    together=3,
    cited=4,
    earlier_editions=2,
    front_cards=4,
    entities_on_one_page=3,
    entities_most_cited=2,
    opml_feeds=3,
    cards=False,
)
HOST = HostSpec("plain_host:open_host")
NOW = datetime(2026, 2, 1, tzinfo=UTC)


class Newsroom:
    """content/, theme/ and what is built of them, below one folder."""

    def __init__(self, folder: Path, **changes: object) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.theme = folder / "theme"
        self.content.mkdir(parents=True, exist_ok=True)
        (self.theme / "static" / "css").mkdir(parents=True, exist_ok=True)
        (self.theme / "static" / "css" / "order.txt").write_text("site.css\n", encoding="utf-8")
        self.restyle("body{}")
        self.settings = replace(
            Settings(
                content=str(self.content),
                output=str(folder / "output"),
                cache=str(folder / "cache"),
                theme=str(self.theme),
                site=Site(tagline="L’essai"),
                rules=ParseRules(now=NOW),
                limits=LIMITS,
                tagger="rules",
                workers=1,
                # An index takes as long as a small build: only who asks for it waits.
                kinds=WITHOUT_SEARCH,
            ),
            **changes,  # type: ignore[arg-type]
        )

    def write(self, path: str, text: str) -> None:
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def restyle(self, css: str) -> None:
        (self.theme / "static" / "css" / "site.css").write_text(css, encoding="utf-8")

    def build(self, **changes: object) -> Outcome:
        return build(replace(self.settings, **changes), HOST)  # type: ignore[arg-type]

    def clean_build(self, name: str = "clean", **changes: object) -> dict[str, bytes]:
        """The site of a build from nothing, elsewhere; it knows what this site has published where,
        as the manifest says."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        known = self.folder / "output" / FOLDER
        if known.exists():
            shutil.copytree(known, folder / "output" / FOLDER)
        places = {"output": str(folder / "output"), "cache": str(folder / "cache")}
        self.build(**{"allow_removals": True, "allow_resending": True, **places, **changes})
        return site(folder / "output")

    @property
    def site(self) -> dict[str, bytes]:
        return site(self.folder / "output")


def site(output: Path) -> dict[str, bytes]:
    """Every file of a site by its path."""
    return {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in sorted(output.rglob("*"))
        if file.is_file()
    }


def article(
    headline: str,
    date: str = "2026-01-15",
    text: str = "",
    related: tuple[str, ...] = (),
) -> str:
    """A raw article as the wire sends it; without a text, it has one that no other headline has."""
    lines = [
        f" date {date} {headline}",
        text or strange_text(headline),
        *(f">> {line}" for line in related),
    ]
    return "\n\n".join([*lines, "AFP/VNA/CVN"]) + "\n"


def strange_text(seed: str) -> str:
    """A sentence of invented words: two of them have nothing in common."""
    letters = sha256(seed.encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    words = [letters[at : at + 6] for at in range(0, 48, 6)]
    return f"Le {' '.join(words)}."


def files_of(kinds: Kinds, archive: Archive, page: Page) -> tuple[str, ...]:
    """Where the files of a page that is there stand; none for one that is not."""
    kind = kinds[page.kind]
    return kind.files(archive, page.name) if kind.has(archive, page.name) else ()
