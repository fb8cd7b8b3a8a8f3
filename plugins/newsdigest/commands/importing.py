"""`invoke import`: files of any format written as raw text an editor can change, and what that loses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsdigest.base.errors import BuildError, _, line, printable
from newsdigest.base.i18n import translations
from newsdigest.base.records import Article, Rejection
from newsdigest.base.settings import ParseRules, Settings
from newsdigest.commands.show import shown
from newsdigest.read.formats import NOT_NEWS, PLAIN, parse_every, parse_raw
from newsdigest.read.raw_text import Form, forms, raw_text
from newsdigest.read.sources import SourceFile, read_source, readable_path, walk

Gettext = Callable[[str], str]

_WORDING, _EVERYTHING, _EMBARGO = _("wording"), _("everything"), _("embargo")
# What an article is compared in, by what an editor calls it.
_PARTS = {
    "headline": _("headline"),
    "iso_date": _("date"),
    "lang": _("language"),
    "dateline": _("dateline"),
    "kicker": _("kicker"),
    "update": _("update"),
    "source_url": _("address"),
    "authors": _("authors"),
    "agencies": _("agencies"),
    "related": _("related headlines"),
    "photos": _("photos"),
    "embargo": _EMBARGO,
    "item": _("item"),
    "version": _("version"),
    "tags": _("tags"),
}


@dataclass(slots=True)
class Imported:
    """How many were written, were there already as they are, and could not be read."""

    written: int = 0
    there: int = 0
    refused: int = 0
    lost: dict[str, int] = field(default_factory=dict)


def import_folder(settings: Settings, source: str, to: str) -> int:
    """Write every article below `source` as text below `to` ("" the content folder), and say what was
    lost; 1 if a file could not be read, else 0. A file that is there and differs is left as it is.

    Raises BuildError for folders that make no sense.
    """
    gettext = translations(settings.editor_lang).gettext
    root, target = _folders(settings, source, to)
    done = Imported()
    for path, found in _found(root, settings):
        if isinstance(found, Rejection):
            done.refused += 1
            print(line(found, "", gettext))
        else:
            _write(found, path, target, settings.rules, done, gettext)
    message = gettext(
        "{written} articles written in {folder}, {there} there already, {refused} refused."
    )
    print(
        message.format(
            written=done.written,
            there=done.there,
            refused=done.refused,
            folder=printable(str(target)),
        )
    )
    for part, count in sorted(done.lost.items(), key=lambda one: -one[1]):
        print("  " + gettext("lost: {part} ({count})").format(part=gettext(part), count=count))
    return 1 if done.refused else 0


def as_text(article: Article, path: str, rules: ParseRules) -> tuple[str, list[str]]:
    """The article as raw text of that path, and the names (msgids) of what does not read back.

    Of the ways to write it the one that loses least stands, and words before all.
    """
    best = Form(signature=article.credit)
    text = raw_text(article, best)
    lost = _lost(article, text, path, rules)
    for _round in range(3):
        if not lost:
            break
        tried = [(form, raw_text(article, form)) for form in forms(article, best)]
        found = [(_lost(article, one, path, rules), form, one) for form, one in tried]
        less = min(found, key=lambda one: _weight(one[0]), default=None)
        if less is None or _weight(less[0]) >= _weight(lost):
            break
        lost, best, text = less
    return ("" if _EVERYTHING in lost else text), lost


def _lost(article: Article, text: str, path: str, rules: ParseRules) -> list[str]:
    back = parse_raw(text.encode(), path, rules)
    if isinstance(back, Rejection):
        return [_EVERYTHING]
    lost = [name for part, name in _PARTS.items() if getattr(article, part) != getattr(back, part)]
    if _said(article) != _said(back):
        lost.append(_WORDING)
    elif [one.type for one in article.blocks] != [one.type for one in back.blocks]:
        lost.append(_("subheadings or lists"))
    return lost


def _weight(lost: list[str]) -> int:
    return (
        len(lost)
        + 20 * (_WORDING in lost)
        + 10 * ("headline" in lost)
        + 100 * (_EVERYTHING in lost)
    )


def _said(article: Article) -> str:
    """All its words in their order, however they are parted."""
    kept = (one.tagged_text for one in article.blocks if one.type not in ("photo", "related"))
    return " ".join(" ".join(kept).split())


def _folders(settings: Settings, source: str, to: str) -> tuple[Path, Path]:
    root = Path(source).absolute()
    content = Path(settings.content).absolute()
    if not root.exists():
        raise BuildError(_("{path} is not there."), _("Say which folder to import."), path=source)
    target = Path(to).absolute() if to else content
    if target == root or (not to and root.is_relative_to(content)):
        raise BuildError(
            _("{path} would be written into itself."),
            _("Say where the texts go: invoke import FOLDER --to OTHER."),
            path=source,
        )
    return root, target


def _found(root: Path, settings: Settings) -> Iterator[tuple[str, Article | Rejection]]:
    """(path of the text below the target, article or rejection), in the walk's order."""
    folder = root if root.is_dir() else root.parent
    for entry in walk(folder, settings.ignored):
        if root != folder and entry.path != root.name:
            continue
        if isinstance(entry, Rejection):
            yield entry.path, entry
        elif isinstance(entry, SourceFile):
            path = readable_path(entry.path)
            data = read_source(folder, entry, settings.rules)
            found = (
                [data] if isinstance(data, Rejection) else parse_every(data, path, settings.rules)
            )
            stem = path.rpartition(".")[0]
            for number, one in enumerate(found, 1):
                name = stem + (f"-{number}" if len(found) > 1 else "") + PLAIN
                if not (isinstance(one, Rejection) and one.code == NOT_NEWS):
                    yield name, one


def _write(
    article: Article, path: str, target: Path, rules: ParseRules, done: Imported, gettext: Gettext
) -> None:
    text, lost = as_text(article, path, rules)
    if not text:
        done.refused += 1
        print(line(Rejection(article.path, "E_NO_BODY", None, {}), "", gettext))
        return
    if _EMBARGO in lost:
        done.refused += 1
        message = gettext("{path} is held by its agency, which text cannot say: not written.")
        print(message.format(path=printable(article.path)))
        return
    file = target / path
    if file.exists():
        same = file.is_file() and file.read_bytes() == text.encode()
        done.there += same
        done.refused += not same
        if not same:
            message = gettext("{path} is there and says something else: left as it is.")
            print(message.format(path=printable(path)))
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    done.written += 1
    for part in lost:
        done.lost[part] = done.lost.get(part, 0) + 1
    told = ", ".join(map(gettext, lost))
    print(shown(f"{article.path} -> {path}" + (f"  ({gettext('lost')} : {told})" if told else "")))
