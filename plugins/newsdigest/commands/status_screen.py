"""`invoke status`: on one screen, each thing with the command that deals with it; or as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.text import Text

from newsdigest.base.errors import Gettext, line, printable
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.commands.screen import Screen, asks_the_archive
from newsdigest.commands.show import built_archive, shown
from newsdigest.commands.status import Item, Status, json_of, status_of

# Of each kind so many are shown; the JSON has them all.
MOST_SHOWN = 10
_SIGNS = {"new": "+", "edited": "~", "renamed": ">", "removed": "-"}


@asks_the_archive
def tell_status(settings: Settings, as_json: bool) -> int:
    """Print it; 1 before the first build."""
    gettext = translations(settings.editor_lang).gettext
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    status = status_of(settings, archive)
    if as_json:
        print(json.dumps(json_of(status, settings), ensure_ascii=False, indent=2))
    else:
        _Screen(status, settings, gettext).show()
    return 0


class _Screen:
    """One status on a terminal."""

    def __init__(self, status: Status, settings: Settings, gettext: Gettext) -> None:
        self.status = status
        self.settings = settings
        self.gettext = gettext
        self.content = os.path.relpath(settings.content)
        self.publish = "invoke publish" if settings.target else "invoke build"
        self.console = Screen()

    def show(self) -> None:
        self._published()
        self._changes()
        self._undeclared()
        self._embargoes()
        self._waiting()
        self._faults()
        self._underway()
        if not self._is_to_do():
            self._row("", self.gettext("Nothing to do: readers have all there is."))

    def _is_to_do(self) -> bool:
        status = self.status
        told = (status.items, status.files, status.undeclared, status.kept, status.rejected)
        return any(told) or bool(status.unfinished or status.building)

    def _row(self, label: str, text: str) -> None:
        told = Text.assemble("  ", (f"{label:<12}", "bold"), " ", printable(text))
        self.console.print(told, soft_wrap=True)

    def _list(self, lines: Sequence[str]) -> None:
        more = [f"… +{len(lines) - MOST_SHOWN}"] if len(lines) > MOST_SHOWN else []
        for text in (*lines[:MOST_SHOWN], *more):
            self.console.print(Text(f"      {shown(text)}"), soft_wrap=True)

    def _published(self) -> None:
        _, release = self.gettext, self.status.published
        if release is None:
            told = _("nothing yet")
        else:
            told = _("No. {number}, {at}").format(
                number=release.number, at=release.at[:16].replace("T", " ")
            )
            if release.back_to:
                told += " " + _("(back to No. {number})").format(number=release.back_to)
        where = self.settings.target or self.settings.output
        self._row(_("Publication"), _("{last}, in {where}").format(last=told, where=where))

    def _changes(self) -> None:
        _, status = self.gettext, self.status
        if not (status.items or status.files):
            self._row(_("Since"), _("nothing changed"))
            return
        counts = {kind: sum(item.kind == kind for item in status.items) for kind in _SIGNS}
        told = _("new {new}, edited {edited}, renamed {renamed}, removed {removed}").format(
            **counts
        )
        if status.files:
            told += ", " + ", ".join(status.files)
        self._row(
            _("Since"), told + " → " + _("invoke diff, then {publish}").format(publish=self.publish)
        )
        self._list([_item_line(item, self.content) for item in status.items])
        if any(item.kind == "removed" and not item.retracted for item in status.items):
            self._hint(_('A removal that readers are told of: invoke kill ID -m "…"'))

    def _undeclared(self) -> None:
        _, edited = self.gettext, self.status.undeclared
        if edited:
            told = _("{count} edits without a word").format(count=len(edited))
            self._row(_("Undeclared"), f'{told} → invoke correct ID -m "…"')
            self._list([f"{id_}  {headline}" for id_, headline in edited])

    def _embargoes(self) -> None:
        _, held = self.gettext, self.status.embargoes
        if not held:
            return
        told = _("{count}, the next {when}").format(
            count=len(held), when=self._countdown(held[0].until)
        )
        self._row(_("Embargo"), f"{told} → invoke preview")
        self._list([f"{self._countdown(one.until)}  {one.id}  {one.headline}" for one in held])

    def _countdown(self, until: datetime) -> str:
        _, zone = self.gettext, ZoneInfo(self.settings.rules.timezone)
        at = f"{until.astimezone(zone):%Y-%m-%d %H:%M}"
        minutes = int((until - self.status.now).total_seconds() // 60)
        if until <= self.status.now:
            return _("{at} (over: {publish})").format(at=at, publish=self.publish)
        days, hours = minutes // 1440, minutes // 60 % 24
        if days:
            return _("{at} (in {days} d {hours} h)").format(at=at, days=days, hours=hours)
        return _("{at} (in {hours} h {minutes} min)").format(
            at=at, hours=hours, minutes=f"{minutes % 60:02}"
        )

    def _waiting(self) -> None:
        _, status = self.gettext, self.status
        if status.waiting:
            told = _("{count} >> lines; the newest:").format(count=status.waiting)
            self._row(_("Waiting"), f"{told} → invoke links --waiting")
            self._list([f"{one.article} >> {one.headline}" for one in status.newest])

    def _faults(self) -> None:
        _, status = self.gettext, self.status
        for label, faults, told in (
            (_("Kept"), status.kept, _("{count} files, as last read: mend them")),
            (_("Rejected"), status.rejected, _("{count} files: mend them")),
        ):
            if faults:
                self._row(label, f"{told.format(count=len(faults))} → {self.publish}")
                self._list([line(fault, self.content, self.gettext) for fault in faults])

    def _underway(self) -> None:
        for told in self._begun():
            self._row(self.gettext("Under way"), told)

    def _begun(self) -> Iterator[str]:
        _, status = self.gettext, self.status
        if status.building:
            yield _("a build is running (process {holder})").format(holder=status.building)
        wordings = {
            "build": _("a build did not end → {publish}, which finishes it"),
            "publication": _("a publication did not end → invoke publish, which finishes it"),
            "rollback": _("the site is an earlier one → {publish} goes forward from content/"),
        }
        for what in status.unfinished:
            yield wordings[what].format(publish=self.publish)

    def _hint(self, text: str) -> None:
        self.console.print(Text(f"      {printable(text)}"), soft_wrap=True)


def _item_line(item: Item, content: str) -> str:
    path = f"{content}/{item.was} → {content}/{item.path}" if item.was else f"{content}/{item.path}"
    return f"{_SIGNS[item.kind]} {path}  {item.headline}".rstrip()
