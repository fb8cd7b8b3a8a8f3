"""`invoke edition`: a day's digest to send or to keep, as HTML for mail, as plain text, as EPUB.

What stands in it is what the site shows of that day: the last build's archive, without what is under
embargo, and without what was retracted since. The same day gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from newsdigest.archive.readers import Archive
from newsdigest.base import ledger
from newsdigest.base.errors import BuildError, LeakError, _
from newsdigest.base.i18n import translations
from newsdigest.base.records import Card
from newsdigest.base.settings import Settings
from newsdigest.commands.edition_day import Edition, gathered, read_day
from newsdigest.commands.edition_epub import as_epub
from newsdigest.commands.edition_mail import as_html, as_text
from newsdigest.commands.screen import asks_the_archive
from newsdigest.commands.sent import in_bytes
from newsdigest.commands.show import built_archive
from newsdigest.site.leaks import LeakCheck

FORMATS: dict[str, Callable[[Edition], bytes]] = {
    "html": as_html,
    "txt": as_text,
    "epub": as_epub,
}
# Gmail shows no more of a message.
_MOST_MAIL_BYTES = 102_000


@asks_the_archive
def make_edition(settings: Settings, typed: str, formats: str, to: str) -> int:
    """Write the digest of the day that was typed ("" the newest) in these formats, divided by commas;
    1 before the first build.

    Raises BuildError for what is no day or no format, and where there is nothing to write or no
    place for it.
    """
    gettext = translations(settings.editor_lang).gettext
    wanted = wanted_formats(formats)
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    if not settings.site.url:
        raise BuildError(
            _("SITEURL is not set: the addresses in an edition would lead nowhere."),
            _("Set it in the settings, then build and try again."),
        )
    day = asked_day(archive, settings, typed)
    folder = editions_folder(settings, to)
    cards = _standing(archive.periods.cards_of(day), archive, settings)
    if not cards:
        raise _empty(archive, day)
    edition = gathered(archive, settings.site, day, cards)
    files = {name: FORMATS[name](edition) for name in wanted}
    _refuse_leaks(archive, edition)
    print(f"{edition.title} ({gettext('{count} articles').format(count=len(cards))})")
    for name, data in files.items():
        path = folder / f"{day}.{name}"
        write_whole(path, data)
        print(f"  {os.path.relpath(path)}  {in_bytes(len(data), gettext)}")
    if len(files.get("html", b"")) > _MOST_MAIL_BYTES:
        print(gettext("Gmail cuts messages of more than 102 kB: send the text beside it."))
    print(gettext("To send it: the HTML as the message, the text beside it, the EPUB attached."))
    return 0


def wanted_formats(typed: str) -> list[str]:
    """The formats asked for, each once. Raises BuildError for one there is not."""
    names = list(dict.fromkeys(name.strip().lower() for name in typed.split(",") if name.strip()))
    for name in names or [typed]:
        if name not in FORMATS:
            raise BuildError(
                _('there is no edition as "{name}".'),
                _("Choose among {known}."),
                name=name,
                known=", ".join(FORMATS),
            )
    return names


def asked_day(archive: Archive, settings: Settings, typed: str) -> str:
    """The day meant, `YYYY-MM-DD`; the newest edition's where nothing was typed."""
    newest = archive.periods.neighbours("9999-12-31")[0]
    if not typed.strip():
        if not newest:
            raise BuildError(_("the archive has no dated article yet."), _("Build first."))
        return newest
    day = read_day(typed, settings.rules.now, settings.rules.timezone, settings.editor_lang)
    if day is None:
        raise BuildError(
            _('"{typed}" is no day that is understood.'),
            _('Write {example}, "yesterday", "monday" or "23 january 2026".'),
            typed=typed,
            example=newest or "2026-01-23",
        )
    return day.isoformat()


def editions_folder(settings: Settings, to: str) -> Path:
    """Where editions are written: `to`, the setting, or `editions/` beside the site's folder."""
    output = Path(settings.output).absolute()
    folder = Path(to or settings.editions or output.with_name("editions")).absolute()
    content = Path(os.path.realpath(settings.content))
    if Path(os.path.realpath(folder)).is_relative_to(content):
        raise BuildError(
            _("{folder} lies among the articles: the text would be taken for one."),
            _("Name another folder for --to."),
            folder=str(folder),
        )
    return folder


def write_whole(path: Path, data: bytes) -> None:
    """The file holds the one text or the other, never half of it. Raises BuildError."""
    waiting = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(data)
        os.replace(waiting, path)
    except OSError as error:
        raise BuildError(
            _("the edition could not be written to {folder}: {reason}."),
            _("Free the disk or its folders, or name another folder for --to."),
            folder=str(path.parent),
            reason=error.strerror or str(error),
        ) from error


def _standing(cards: Sequence[Card], archive: Archive, settings: Settings) -> list[Card]:
    """Those that were not retracted since the last build, as the ledger's files say."""
    months: dict[str, dict[str, ledger.Entry]] = {}
    found = []
    for card in cards:
        filed = archive.articles.filed(card.id)
        line = filed.line if filed else None
        if line is not None:
            if line.month not in months:
                file = Path(settings.content) / ledger.file_of(line.month)
                text = file.read_text(encoding="utf-8") if file.exists() else ""
                months[line.month] = {
                    entry.id: entry for _at, entry in ledger.read_month(text, line.month)
                }
            line = months[line.month].get(card.id, line)
        if not (line and line.retracted):
            found.append(card)
    return found


def _empty(archive: Archive, day: str) -> BuildError:
    before, after = archive.periods.neighbours(day)
    near = ", ".join(one for one in (before, after) if one)
    return BuildError(
        _("no article of {day} is published."), _("The nearest days: {near}."), day=day, near=near
    )


def _refuse_leaks(archive: Archive, edition: Edition) -> None:
    """Raise LeakError if the edition tells of what is under embargo: an article may cite it."""
    check = LeakCheck(archive.embargoes.secrets(), (), archive.embargoes.containing)
    for piece in edition.pieces:
        text = "\n".join((piece.headline, piece.dek, piece.body, piece.url))
        for leak in check.leaks(edition.day, text.encode("utf-8", "replace")):
            raise LeakError(
                _("the edition would tell of {id}, under embargo until {until}."),
                _("Build, then try again."),
                id=leak.id,
                until=leak.until,
            )
