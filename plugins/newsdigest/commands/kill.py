"""`invoke kill`: an article is retracted, its copies with it; `--undo` takes that back.

The ledger's lines say so; the build that follows takes the texts away and proves it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.connections import read_store
from newsdigest.archive.ledger import LedgerKeeper
from newsdigest.archive.readers import Archive
from newsdigest.archive.retractions import Copied
from newsdigest.archive.rows import base_language
from newsdigest.base import addresses as standing
from newsdigest.base.addresses import file_of, free_number, numbered, section_slug, tag_uri
from newsdigest.base.errors import BuildError, Gettext, _
from newsdigest.base.i18n import translations
from newsdigest.base.ledger import Entry, Retraction, pack_line, text_digest
from newsdigest.base.settings import Settings
from newsdigest.commands.desk import NotOneEntry, change_entry, desk_lock, entries, find_entry
from newsdigest.commands.screen import asks_the_archive
from newsdigest.commands.show import built_archive, shown, typed_id
from newsdigest.ledger_files import changed_months, read_months, write_months
from newsdigest.relate.sketch import sketch
from newsdigest.relate.wording import pack_rows, rows_of
from newsdigest.site.kind import Context, Feed, load_kinds, one


class Kill(NamedTuple):
    """What the editor asks: `reason` is what readers are told."""

    reason: str
    only: bool = False
    keeps_headline: bool = False


@asks_the_archive
def kill_article(settings: Settings, typed: str, asked: Kill) -> int:
    """Retract an article in the ledger, with its copies, and say what that takes along.

    Raises BuildError where no article is meant, no reason given, or the ledger not whole; 1 before the
    first build.
    """
    gettext = translations(settings.editor_lang).gettext
    reason = " ".join(asked.reason.split())
    if not reason:
        raise BuildError(
            _("readers must be told why."),
            _('Type it: invoke kill ID -m "…". It stands on the page that stays.'),
        )
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    # Without a month that is gone, what was published would be taken for something that nobody saw.
    changed_months(Path(settings.content), LedgerKeeper(archive.connection), allow_removals=False)
    entry = _meant(settings, archive, typed)
    killer = _Killer(settings, archive, asked._replace(reason=reason))
    new = killer.retract(entry)
    _say(new, gettext)
    for line in killer.with_copies(new, gettext):
        print(shown(line))
    print(
        gettext(
            "Its text leaves the site, the feeds and the builds' memory; its file stays in"
            ' {content}. A mistake? invoke kill --undo "{id}"'
        ).format(content=Path(settings.content).name, id=new.id)
    )
    return 0


def retract_withdrawn(settings: Settings, ids: Sequence[str]) -> list[Entry]:
    """Retract published articles that their agencies have withdrawn, with their copies; their new lines.

    Readers are told in the site's language. Before a build: the archive has what was published.
    """
    reason = translations(settings.site.lang).gettext(_("Withdrawn by the agency that sent it."))
    store = Path(settings.cache) / "archive.sqlite"
    archive = Archive(read_store(store), settings.addresses, settings.limits, settings.site.lang)
    killer = _Killer(settings, archive, Kill(reason))
    found = []
    for id_ in ids:
        found.append(killer.retract(killer.lines[id_]))
        found += [killer.retract(line, id_) for line in killer.copies_of(id_)]
    return found


def undo_kill(settings: Settings, typed: str) -> int:
    """Take a retraction back, and those of the copies that were retracted with it."""
    gettext = translations(settings.editor_lang).gettext
    entry = find_entry(settings, typed)
    if not entry.retracted:
        retracted = [(it.retracted.at, it.id, it) for it in entries(settings) if it.retracted]
        latest = [it for _at, _id, it in sorted(retracted, reverse=True)]
        hint = _("Retracted are:") if latest else ""
        raise NotOneEntry(_("{typed} is not retracted."), hint, entry.id, latest)
    again = [it for it in entries(settings) if it.retracted and it.retracted.of == entry.id]
    for line in (entry, *again):
        found = line.retracted
        if found and found.unseen:
            _forget_line(settings, line)
        else:
            change_entry(settings, line.id, lifted)
        told = gettext("no longer retracted: {id}, at /{address} as before.")
        print(told.format(id=line.id, address=line.address))
    print(gettext("Subscribers see it again under the same id, as updated."))
    return 0


def lifted(entry: Entry) -> Entry:
    """The line of an article that is no longer retracted: that it was stays noted."""
    found = entry.retracted
    if found is None:
        return entry
    back = Retraction(found.at, found.reason, lifted=_moment())
    return msgspec.structs.replace(entry, retraction=back)


def _say(entry: Entry, gettext: Gettext) -> None:
    found = entry.retracted
    if found and found.unseen:
        told = gettext("held for good: {id} (“{headline}”), which nobody has seen yet.")
    elif found and found.keeps_headline:
        told = gettext("retracted: {id} (“{headline}”). /{address} says why, under its headline.")
    else:
        told = gettext("retracted: {id} (“{headline}”). /{address} says why, without its headline.")
    text = told.format(id=entry.id, headline=entry.headline, address=entry.address)
    print(shown(text))


def _meant(settings: Settings, archive: Archive, typed: str) -> Entry | str:
    """The line of the article that is meant, or the id of one that was never published."""
    try:
        return find_entry(settings, typed)
    except NotOneEntry as error:
        id_ = typed_id(typed).strip()
        if error.candidates or archive.reviews.articles.filed_as(id_) is None:
            raise
        return id_


class _Killer:
    """One retraction, and those that follow from it."""

    def __init__(self, settings: Settings, archive: Archive, asked: Kill) -> None:
        self.settings = settings
        self.archive = archive
        self.asked = asked
        self.at = _moment()
        self.lines = {entry.id: entry for entry in entries(settings)}

    def retract(self, meant: Entry | str, of: str = "") -> Entry:
        """Note it in the ledger; the article's new line."""
        if isinstance(meant, str):
            return self._never_published(meant, of)
        retraction = self._retraction(meant, of)
        return change_entry(
            self.settings, meant.id, lambda entry: retracted_line(entry, retraction)
        )

    def copies_of(self, id_: str) -> list[Entry]:
        """The lines of its published copies that are not retracted yet."""
        if self.archive.reviews.articles.filed_as(id_) is None:
            return []
        lines = (self.lines.get(copy.id) for copy in self.archive.retractions.copies_of(id_))
        return [line for line in lines if line and not line.retracted]

    def with_copies(self, entry: Entry, gettext: Gettext) -> Iterator[str]:
        """Retract the copies, unless it alone is meant; what becomes of each."""
        if self.archive.reviews.articles.filed_as(entry.id) is None:
            return
        for copy in self.archive.retractions.copies_of(entry.id):
            line = self.lines.get(copy.id)
            if line and line.retracted:
                continue
            if self.asked.only and (line or not copy.exact):
                told = gettext("left as it is, a copy of it: {id} ({how}).")
            elif line:
                self.retract(line, entry.id)
                told = gettext("retracted with it, a copy: {id} ({how}).")
            else:
                told = gettext("held with it, a copy never published: {id} ({how}).")
            yield "  " + told.format(id=copy.id, how=_how(copy, gettext))

    def _retraction(self, entry: Entry, of: str) -> Retraction:
        asked, known = self.asked, entry.retracted
        new = Retraction(self.at, asked.reason, asked.keeps_headline, asked.only and not of, of)
        if self.archive.reviews.articles.filed_as(entry.id) is None:
            # Its text left with the first retraction, or with its file.
            return _with_traces_of(new, known) if known else new
        article = self.archive.articles.tagged(entry.id).article
        filed = self.archive.articles.filed(entry.id)
        return msgspec.structs.replace(
            new,
            feeds=tuple(self._feeds_of(filed)) if filed else (),
            lang=article.lang,
            rows=pack_rows(rows_of(article, headline=False)),
            sketch=b64encode(sketch(article)).decode(),
        )

    def _feeds_of(self, filed: FiledArticle) -> Iterator[str]:
        """The feeds that hold the article, or did: who has it still is told too."""
        archive, kinds = self.archive, load_kinds(self.settings.kinds)
        context = Context(archive, self.settings.site, kinds)
        (n,) = (
            found.n for found in (archive.reviews.articles.filed_as(filed.article.id),) if found
        )
        names = {*(card.slug for card in filed.entity_cards)}
        names |= set(archive.labels.slugs_of(n))
        names |= {section_slug(filed.article.section), base_language(filed.article.lang)}
        month = filed.article.iso_date[:7]
        names |= {name for name in archive.stream.documents() if name[:7] == month}
        if filed.membership:
            names.add(filed.membership.story.slug)
        for kind in kinds:
            if isinstance(kind, Feed):
                for name in ("",) if kind.names is one else sorted(names):
                    if kind.has(archive, name) and n in kind.source(context, name).articles:
                        yield f"{kind.name} {name}"

    # -- what was never published ----------------------------------------------------------------------

    def _never_published(self, id_: str, of: str) -> Entry:
        """The line of an article that nobody saw, so that nobody will."""
        article = self.archive.articles.tagged(id_).article
        taken = {file_of(address) for line in self.lines.values() for address in line.addresses}
        folder = standing.article_folder(
            article.published.strftime("%Y-%m-%d"), article.date_precision
        )

        def address(slug: str) -> str:
            return standing.article(self.settings.addresses, folder, slug)

        plain = standing.slugify(article.headline)
        number = free_number(plain, 1, lambda slug: file_of(address(slug)) in taken)
        entry = Entry(
            id_,
            article.path,
            address(numbered(plain, number)),
            tag_uri(self.settings.site.feed_id_authority, id_),
            article.published.isoformat(timespec="minutes"),
            article.sha256,
            text_digest(article),
            article.headline,
        )
        found = msgspec.structs.replace(self._retraction(entry, of), unseen=True)
        entry = msgspec.structs.replace(entry, retraction=found)
        with desk_lock(self.settings):
            _write_line(Path(self.settings.content), entry)
        return entry


def retracted_line(entry: Entry, retraction: Retraction) -> Entry:
    """The line of a retracted article: how its text was edited would tell of the text."""
    edits = tuple(msgspec.structs.replace(edit, changes=()) for edit in entry.edits)
    return msgspec.structs.replace(entry, retraction=retraction, edits=edits)


def _with_traces_of(new: Retraction, known: Retraction) -> Retraction:
    return msgspec.structs.replace(
        new,
        unseen=known.unseen,
        feeds=known.feeds,
        lang=known.lang,
        rows=known.rows,
        sketch=known.sketch,
    )


def _how(copy: Copied, gettext: Gettext) -> str:
    if copy.exact:
        return gettext("the same text")
    return gettext("{percent} % of the text").format(percent=int(copy.share * 100))


def _write_line(content: Path, entry: Entry, gone: str = "") -> None:
    """The month's file with this line, or without the one of the article `gone`."""
    lines = {
        line.id: line
        for month, found in read_months(content)
        if month == entry.month
        for line in found
    }
    lines[entry.id] = entry
    lines.pop(gone, None)
    text = "".join(f"{pack_line(lines[id_])}\n" for id_ in sorted(lines))
    write_months(content, {entry.month: text})


def _forget_line(settings: Settings, entry: Entry) -> None:
    with desk_lock(settings):
        _write_line(Path(settings.content), entry, gone=entry.id)


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
