"""What a publication sent, or would send, and what may be done next: `invoke publish`, `rollback`."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from newsdigest.base.errors import Gettext, printable
from newsdigest.base.settings import Settings
from newsdigest.report_screen import MOST_LINES
from newsdigest.sending import Sent


def show_sent(sent: Sent, settings: Settings, console: Console, gettext: Gettext) -> None:
    """The publication in a few lines, its new addresses, and what to type next."""
    _ = gettext
    place = sent.target or settings.site_folder
    if settings.rehearses:
        console.print(_("Nothing was written: this is what invoke publish would do."))
    if sent.finishes:
        _line(console, _("The publication before did not end: it is finished now."))
    if sent.compared:
        _line(console, _("{target} was compared file by file.").format(target=place))
    _list(console, _("New addresses"), addresses(sent, settings))
    _list(console, _("Gone addresses"), gone_addresses(sent, settings))
    told = _("to {target}: files sent {files} ({size}), deleted {deleted}")
    if not (sent.files or sent.deleted):
        told = _("{target} is up to date: nothing to send")
    told = told.format(
        target=place, files=sent.files, size=in_bytes(sent.size, gettext), deleted=sent.deleted
    )
    label = _("No. {number}").format(number=sent.release.number) if sent.release else ""
    console.print(
        Text.assemble("  ", (_("Publication"), "bold"), " ", printable(f"{label} {told}".strip())),
        soft_wrap=True,
    )
    if sent.feeds_told:
        told = _("{hub} was told of the feeds that changed: {count}")
        _line(console, told.format(hub=settings.site.hub, count=sent.feeds_told))
    if sent.hub_silent:
        told = _(
            "{hub} could not be told of the feeds ({why}): subscribers' own readers will look."
        )
        _line(console, told.format(hub=settings.site.hub, why=sent.hub_silent))
    if settings.rehearses:
        _line(console, _("To do it: invoke publish. In words: invoke diff"))
    elif sent.release and not sent.release.whole:
        back = sent.release.number - 1
        told = _("To go back to what it was: invoke rollback {number}").format(number=back)
        _line(console, told)


def say_unpublished(settings: Settings, console: Console, gettext: Gettext) -> None:
    """After a build that is no publication."""
    _ = gettext
    told = _(
        "Built in {folder}, not published. What would change: invoke diff. To publish: invoke publish"
    )
    _line(console, told.format(folder=settings.output))


def addresses(sent: Sent, settings: Settings) -> list[str]:
    """The pages of articles that were nowhere before."""
    return [
        _url(one.path, settings)
        for one in sent.changes
        if one.file.kind == "article" and one.before is None
    ]


def gone_addresses(sent: Sent, settings: Settings) -> list[str]:
    """The pages of articles that are nowhere any more."""
    return [
        _url(one.path, settings)
        for one in sent.changes
        if one.file.kind == "article" and one.after is None
    ]


def as_json(sent: Sent, settings: Settings) -> dict[str, Any]:
    """The publication's part of the report."""
    return {
        "number": sent.release.number if sent.release else None,
        "target": sent.target,
        "files": sent.files,
        "bytes": sent.size,
        "deleted": sent.deleted,
        "compared": sent.compared,
        "new_addresses": addresses(sent, settings),
        "gone_addresses": gone_addresses(sent, settings),
    }


def in_bytes(size: int, gettext: Gettext) -> str:
    """A size as people say it: 812 bytes, 3.4 kB, 12 MB."""
    amount, units = size, [gettext("bytes"), gettext("kB"), gettext("MB"), gettext("GB")]
    tenths = 0
    while amount >= 1000 and units[1:]:
        amount, tenths = divmod(amount, 1000)
        tenths //= 100
        units = units[1:]
    if amount >= 10 or units[0] == gettext("bytes"):
        return f"{amount} {units[0]}"
    return gettext("{whole}.{tenths} {unit}").format(whole=amount, tenths=tenths, unit=units[0])


def _url(path: str, settings: Settings) -> str:
    page = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return f"{settings.site.url}/{page}"


def _line(console: Console, text: str) -> None:
    console.print(Text(f"  {printable(text)}"), soft_wrap=True)


def _list(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(Text(f"  {title}", "bold"))
    for text in lines[:MOST_LINES]:
        console.print(Text(f"    {printable(text)}"), soft_wrap=True)
    if len(lines) > MOST_LINES:
        console.print(Text(f"    … +{len(lines) - MOST_LINES}"))
