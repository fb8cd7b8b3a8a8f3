"""Archives to look at: the demonstration's, or one as dense as a newsroom's: at least forty dispatches a day over
twenty days.

    invoke demo FOLDER
    invoke demo --dense FOLDER
    python -m benchmarks.dense FOLDER [--data ../shared/data/wikinews-fr]

The dense one: with the annotated articles of Wikinews at hand (CC BY, their addresses kept), those: pressed into
twenty days in their order, a section guessed from their words, the agencies of a wire desk put under
them in turn, and a `>>` line wherever an earlier article of the archive tells of the same thing.
Without them, generated ones. The demonstration's dispatches in other languages come along. The same
archive every time. Nothing of it is published: the bylines are not true.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from benchmarks.generate import generate
from benchmarks.pictures import illustrate

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "wikinews-fr"
DAYS = 20
PER_DAY = 50  # of generated ones
FIRST_DAY = date(2026, 1, 5)
# Two articles tell of the same thing when they share so many rare names or words, one in a headline.
RARE, SHARED = 12, 4

_CREDITS = ("AFP", "AFP/VNA/CVN", "Xinhua/VNA/CVN", "VNA/CVN", "Reuters", "CVN", "")
_HEAD = re.compile(
    r"\A\s*(?:\d{1,2}(?:er)?\s+\w+\s+\d{4})\s*(?:,\s*(\d{1,2})\s*h\s*(\d{2})?)?\s*\.?\s*–\s*"
)
_SPACE_BEFORE = re.compile(r" +([,.)])")
_WORD = re.compile(r"[^\W\d_]{4,}")


class Dispatch(NamedTuple):
    """An article to be written: its hour is `HH:MM`, or "" where its text gave none."""

    headline: str
    paragraphs: tuple[str, ...]
    hour: str
    source: str


def copy_demonstration(folder: Path) -> int:
    """Writes the demonstration's raw articles into a new or empty folder; the exit code."""
    if _is_taken(folder):
        return 1
    shutil.copytree(
        ROOT / "content", folder, ignore=shutil.ignore_patterns("ledger"), dirs_exist_ok=True
    )
    illustrate(folder)
    say_what_follows(folder)
    return 0


def write_dense(folder: Path, data: Path = DATA) -> int:
    """Writes the dense archive into a new or empty folder; the exit code."""
    if _is_taken(folder):
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    files = [data / name for name in ("train.jsonl", "dev.jsonl")]
    if all(file.is_file() for file in files):
        count = _press(folder, list(_read(files)))
    else:
        count = len(generate(folder, DAYS * PER_DAY))
    count += _foreign(folder)
    print(f"{count} dépêches en {DAYS} jours.")
    say_what_follows(folder)
    return 0


def _is_taken(folder: Path) -> bool:
    if folder.name.startswith("-"):
        print("invoke demo [--dense] DOSSIER : le dossier est à nommer.", file=sys.stderr)
        return True
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"{folder} n'est pas vide : donnez un dossier neuf.", file=sys.stderr)
        return True
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{folder} ne se laisse pas écrire : {error.strerror}.", file=sys.stderr)
        return True
    return False


def say_what_follows(folder: Path) -> None:
    """Settings beside the archive make a site of it, with everything in its own place."""
    place = folder.resolve()
    settings = place.with_name(f"{place.name}.conf.py")
    settings.write_text(
        "import runpy\n\n"
        f"globals().update(runpy.run_path({str(ROOT / 'pelicanconf.py')!r}))\n"
        f"PATH = {str(place)!r}\n"
        f"OUTPUT_PATH = {str(place.with_name(place.name + '.site'))!r}\n"
        f"CACHE_PATH = {str(place.with_name(place.name + '.cache'))!r}\n"
        f"THEME = {str(ROOT / 'theme')!r}\n"
        f"PLUGIN_PATHS = [{str(ROOT / 'plugins')!r}]\n",
        encoding="utf-8",
    )
    print(f"Pour en faire un site : invoke build --settings={settings}")


def _read(files: Sequence[Path]) -> Iterator[Dispatch]:
    """The articles of Wikinews in the order of their days."""
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    for line in sorted(lines, key=lambda line: line["id"]):
        headline, _, body = line["text"].partition("\n\n")
        head = _HEAD.match(body)
        hour = f"{int(head[1]):02}:{head[2] or '00'}" if head and head[1] else ""
        told = (body[head.end() :] if head else body).split("\n\n")
        paragraphs = tuple(_tidy(text) for text in told if text.strip())
        if paragraphs:
            yield Dispatch(_tidy(headline), paragraphs, hour, line["url"])


def _tidy(text: str) -> str:
    text = text.replace("1 er ", "1er ")
    return _SPACE_BEFORE.sub(r"\1", " ".join(text.split())).replace("’ ", "’").replace("' ", "'")


def _press(folder: Path, dispatches: Sequence[Dispatch]) -> int:
    """Write them, as many a day as it takes; how many there are."""
    earlier = _earlier(dispatches)
    for number, dispatch in enumerate(dispatches):
        day = FIRST_DAY + timedelta(days=number * DAYS // len(dispatches))
        words = " ".join((dispatch.headline, *dispatch.paragraphs))
        path = folder / _section(words) / f"{day:%Y%m%d}-{number:04}.txt"
        path.parent.mkdir(exist_ok=True)
        related = [f">> {dispatches[other].headline}" for other in earlier[number]]
        first, *others = dispatch.paragraphs
        moment = f"{day} {dispatch.hour}".strip()
        credit = _CREDITS[int(sha256(dispatch.headline.encode()).hexdigest(), 16) % len(_CREDITS)]
        blocks = [f"Date: {moment} {dispatch.headline}", first, *related, *others, credit]
        path.write_text("\n\n".join(filter(None, blocks)) + "\n", encoding="utf-8")
    return len(dispatches)


def _earlier(dispatches: Sequence[Dispatch]) -> list[list[int]]:
    """For each article the one or two earlier ones that tell of the same thing, the nearest first."""
    heads = [frozenset(_names(dispatch.headline)) for dispatch in dispatches]
    names = [
        head | frozenset(_names(" ".join(dispatch.paragraphs)))
        for head, dispatch in zip(heads, dispatches, strict=True)
    ]
    spread = Counter(name for found in names for name in found)
    bearers: dict[str, list[int]] = defaultdict(list)
    result: list[list[int]] = []
    for number, found in enumerate(names):
        rare = sorted(name for name in found if spread[name] <= RARE)
        shared = Counter(other for name in rare for other in bearers[name])
        near = [
            other
            for other, count in sorted(shared.items(), key=lambda item: (-item[1], -item[0]))
            if count >= SHARED and heads[other] & heads[number]
        ]
        result.append(near[:2])
        for name in rare:
            bearers[name].append(number)
    return result


def _names(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word[0].isupper()]


def _section(text: str) -> str:
    """The section whose words it has most of, of those that have as many the first of the list."""
    words = Counter(word.lower() for word in _WORD.findall(text))
    scores = {
        section: sum(n for word, n in words.items() if word.startswith(beginnings))
        for section, beginnings in _sections()
    }
    return max(scores, key=lambda section: scores[section])


@cache
def _sections() -> tuple[tuple[str, tuple[str, ...]], ...]:
    file = Path(__file__).with_name("data") / "sections.tsv"
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if line[:1] != "#")
    return tuple((section, tuple(beginnings.split())) for section, beginnings in rows)


def _foreign(folder: Path) -> int:
    """The demonstration's dispatches in other languages, dated into the last days; how many."""
    files = sorted(
        file for lang in ("en", "vi") for file in (ROOT / "content" / lang).rglob("*.txt")
    )
    for number, file in enumerate(files):
        day = FIRST_DAY + timedelta(days=DAYS - 1 - number % 3)
        head, *rest = file.read_text("utf-8").splitlines(keepends=True)
        path = folder / file.relative_to(ROOT / "content")
        path.parent.mkdir(parents=True, exist_ok=True)
        moved = re.sub(r"\d{4}-\d{2}-\d{2}", str(day), head, count=1)
        path.write_text(moved + "".join(rest), encoding="utf-8")
    return len(files)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    raise SystemExit(write_dense(options.folder, options.data))
