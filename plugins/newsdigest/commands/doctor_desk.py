"""What `invoke doctor` looks at of the desk: the editors' files, the ledger, when things were last done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from newsdigest.archive.connections import read_store
from newsdigest.archive.faults import is_unreadable
from newsdigest.archive.store import Store
from newsdigest.base import ledger
from newsdigest.base.errors import EditorsFileError, LeFilError, _
from newsdigest.base.ledger import Entry
from newsdigest.base.records import STANDING_FILES
from newsdigest.base.settings import TOLD, Settings
from newsdigest.commands.doctor_checks import BAD, GOOD, WARN, Finding
from newsdigest.editors_files import standing_text as editors_text
from newsdigest.entities.curated import file as curated
from newsdigest.ledger_files import changed_months, read_months
from newsdigest.read.sources import read_editors_file
from newsdigest.relate import decisions
from newsdigest.sending import kept_of
from newsdigest.site.kinds.standing import standing_text

Answer = TypeVar("Answer")

_MOST_NAMED = 5


def editors_files(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Whether decisions.toml and entities.tsv can be read."""
    content = Path(settings.content)
    count = 0
    try:
        text = read_editors_file(content, decisions.FILE)
        decisions.read_decisions(text)
        count = sum(line.lstrip().startswith("[[") for line in text.splitlines())
        message = _("{file}: {count} decisions.")
        yield Finding("decisions", GOOD, message, "", {"file": decisions.FILE, "count": count})
    except EditorsFileError as error:
        yield Finding("decisions", BAD, error.message, error.hint, error.facts)
    try:
        known, faults = curated.read_curated(read_editors_file(content, curated.FILE))
    except EditorsFileError as error:
        yield Finding("names", BAD, error.message, error.hint, error.facts)
        return
    facts: dict[str, str | int] = {"file": curated.FILE, "count": len(known.entities)}
    yield Finding("names", GOOD, _("{file}: {count} names."), "", facts)
    if faults:
        lines = ", ".join(str(fault.line) for fault in faults[:_MOST_NAMED])
        facts = {"file": curated.FILE, "count": len(faults), "lines": lines}
        message = _("{file}: {count} lines do not count (lines {lines}).")
        yield Finding("names", WARN, message, _("invoke entities says why."), facts)


def standing_texts(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Whether the texts beside the news can be read, and what they leave out because no setting tells it."""
    untold: dict[str, None] = {}
    own = 0
    for file, name in STANDING_FILES.items():
        source = ""
        try:
            source = editors_text(Path(settings.content), file)
        except EditorsFileError as error:
            yield Finding("texts", BAD, error.message, error.hint, error.facts)
        own += bool(source)
        text = standing_text(settings.site, settings.addresses, name, source)
        untold.update(dict.fromkeys(TOLD[name] for name in text.untold if name in TOLD))
        if text.unknown:
            facts: dict[str, str | int] = {"file": file, "names": ", ".join(text.unknown)}
            message = _("{file}: nothing is called {names}, and the page shows it as it stands.")
            yield Finding("texts", WARN, message, _("docs/editors.md has the names."), facts)
    if untold:
        message = _(
            "about, accessibility, legal: without {settings}, what they would say is left out."
        )
        mend = _("Write them in pelicanconf.py.")
        yield Finding("texts", WARN, message, mend, {"settings": ", ".join(untold)})
    else:
        message = _("about, accessibility, legal: nothing is left out, {count} of your own.")
        yield Finding("texts", GOOD, message, "", {"count": own})


def ledger_lines(settings: Settings, _root: Path) -> Iterator[Finding]:
    """Whether the ledger can be read, and agrees with itself and with what builds knew of it."""
    owners: dict[str, str] = {}
    count = 0
    try:
        for _month, found in read_months(Path(settings.content)):
            count += len(found)
            for entry in found:
                for claim, owner in _claims(entry):
                    if owners.setdefault(claim, owner) != owner:
                        facts: dict[str, str | int] = {"what": claim}
                        message = _("two lines of the ledger have {what}.")
                        mend = _("Keep the line that was published first.")
                        yield Finding("ledger", BAD, message, mend, facts)
        content = Path(settings.content)
        _asked(settings, lambda store: changed_months(content, store.ledger, allow_removals=False))
    except LeFilError as error:
        yield Finding("ledger", BAD, error.message, error.hint, error.facts)
        return
    yield Finding("ledger", GOOD, _("the ledger: {count} lines."), "", {"count": count})


def _claims(entry: Entry) -> list[tuple[str, str]]:
    """What only one line may have. An id stands in one month: its line there is its own."""
    own = f"{ledger.file_of(entry.month)} {entry.id}"
    addresses = [f"/{address}" for address in entry.addresses]
    return [(claim, own) for claim in (entry.id, entry.file, *addresses)]


def last_times(settings: Settings, _root: Path) -> Iterator[Finding]:
    """The clock against the last build's and the last publication's."""
    built = _asked(settings, Store.clock)
    if built:
        yield _told(settings, "last build", built)
    try:
        releases = kept_of(settings).releases()
    except (OSError, ValueError, msgspec.MsgspecError):
        return  # the next publication says so
    if releases:
        yield _told(settings, "last publication", datetime.fromisoformat(releases[0].at))


# By what was done: when it was; that it was later than now; what to type if that is right.
_LAST = {
    "last build": (
        _("the last build: {last}."),
        _("it is {now} here, and the last build was at {last}."),
        "invoke build",
    ),
    "last publication": (
        _("the last publication: {last}."),
        _("it is {now} here, and the last publication was at {last}."),
        "invoke publish",
    ),
}


def _told(settings: Settings, check: str, moment: datetime) -> Finding:
    zone, now = ZoneInfo(settings.rules.timezone), settings.rules.now
    good, bad, command = _LAST[check]
    facts: dict[str, str | int] = {
        "now": f"{now.astimezone(zone):%Y-%m-%d %H:%M}",
        "last": f"{moment.astimezone(zone):%Y-%m-%d %H:%M}",
        "command": command,
    }
    if moment <= now:
        return Finding(check, GOOD, good, "", facts)
    mend = _("Set the clock right; if it is, type: {command} --allow-clock-back")
    return Finding(check, BAD, bad, mend, facts)


def _asked(settings: Settings, question: Callable[[Store], Answer]) -> Answer | None:
    """What the last build noted; None before the first one, and where the memory is damaged."""
    path = Path(settings.cache) / "archive.sqlite"
    if not path.exists():
        return None
    try:
        with closing(read_store(path)) as connection:
            return question(Store(connection, path))
    except Exception as error:
        if not is_unreadable(error):
            raise
        return None
