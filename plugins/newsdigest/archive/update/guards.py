"""What a build does not do without being told to: go back in time, take away many articles, send
many once more.

Called by `build.py`: the clock before anything is read (exit code 1), the rest when all is settled
and nothing of it committed (exit code 4).
"""

from __future__ import annotations

from datetime import UTC

from newsdigest.archive.changes import Changes
from newsdigest.archive.schema import DRAFT
from newsdigest.archive.store import Store
from newsdigest.base.addresses import file_of
from newsdigest.base.errors import BuildError, RemovalsError, ResendingError, _
from newsdigest.base.records import article_id
from newsdigest.base.settings import Settings


def is_earlier(store: Store, settings: Settings) -> bool:
    """Whether the last build knew a later moment."""
    last = store.clock()
    return bool(last and settings.rules.now.astimezone(UTC) < last)


def refuse_earlier_clock(store: Store, settings: Settings) -> None:
    """Raise BuildError if the last build knew a later moment, unless the settings allow it.

    A clock that is wrong would take away what is published since, and publish it once more later.
    """
    now, last = settings.rules.now, store.clock()
    if last and is_earlier(store, settings) and not settings.allow_clock_back:
        raise BuildError(
            _("the clock says {now}, but the last build was at {last}."),
            _("Set the clock right; if it is, type: {command} --allow-clock-back"),
            command=settings.command,
            now=now.isoformat(" ", "seconds"),
            last=last.astimezone(now.tzinfo).isoformat(" ", "seconds"),
        )


def refuse_removals(store: Store, settings: Settings, changes: Changes, went_back: bool) -> None:
    """Raise RemovalsError if the archive as it is settled would take too much from the site.

    Whatever the store knew: what stands in the site, the manifest says. `went_back`: the clock did,
    and was allowed to.
    """
    articles = store.connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone()
    few = len(changes.removed - changes.retracted) <= settings.removals_most
    if settings.allow_removals or (changes.knew_files and articles and few):
        return
    published = store.connection.execute(
        "SELECT name, path FROM pages WHERE kind = 'article'"
    ).fetchall()
    if not published:
        return
    ids, files = _staying(store, went_back)
    if not articles and not ids:
        raise RemovalsError(
            _("{folder} holds no article, and {count} are published: is it the right folder?"),
            _ALLOW,
            command=settings.command,
            folder=settings.content,
            count=len(published),
        )
    count = sum(id_ not in ids and file not in files for id_, file in published)
    if count > settings.removals_most and count * 100 > settings.removals_percent * len(published):
        raise RemovalsError(
            _("{count} of {published} published articles would leave the site."),
            _ALLOW,
            command=settings.command,
            count=count,
            published=len(published),
        )


def refuse_missing(store: Store, settings: Settings, changes: Changes, went_back: bool) -> None:
    """Raise RemovalsError if a publication would take too much from its readers, whatever builds since
    the last one took from the site."""
    missing = changes.subscribers.missing - {article_id(path) for path, _by in changes.succeeded}
    apart = settings.target and settings.publishes
    if not apart or went_back or settings.allow_removals or len(missing) <= settings.removals_most:
        return
    query = "SELECT count(*) FROM ledger WHERE NOT retracted"
    (published,) = store.connection.execute(query).fetchone()
    if len(missing) * 100 > settings.removals_percent * published:
        raise RemovalsError(
            _("{count} of {published} published articles would leave the site."),
            _ALLOW,
            command=settings.command,
            count=len(missing),
            published=published,
        )


def refuse_resending(settings: Settings, changes: Changes) -> None:
    """Raise ResendingError if more articles than the settings allow would come to subscribers once
    more: under another id, at another address, or edited without a word. A build that nobody sees
    sends nothing."""
    if settings.target and not settings.publishes:
        return
    seen = changes.subscribers
    count = len(seen.reappearing) + len(seen.moved) + seen.undeclared
    if count > settings.resent_most and not settings.allow_resending:
        raise ResendingError(
            _(
                "{count} articles that subscribers have would come to them once more: {reappearing}"
                " as new, {moved} at another address, {undeclared} edited and not declared."
            ),
            _(
                "Declare what is meant (invoke correct, invoke move); if all is, type:"
                " {command} --allow-resending"
            ),
            command=settings.command,
            count=count,
            reappearing=len(seen.reappearing),
            moved=len(seen.moved),
            undeclared=seen.undeclared,
        )


_ALLOW = _("If that is meant, type: {command} --allow-removals")


def _staying(store: Store, went_back: bool) -> tuple[set[str], set[str]]:
    """The ids of the articles nobody will miss, and the files in which articles will stand.

    Neither a file moved or renamed, whose article stands where it stood, nor one whose exact copy
    stands instead, nor what an earlier clock makes a draft.
    """
    rows = store.connection.execute("SELECT id, state, url FROM articles").fetchall()
    ids = {id_ for id_, state, _url in rows if state != DRAFT or went_back}
    # What was retracted has its page still.
    ids |= {id_ for (id_,) in store.connection.execute("SELECT id FROM ledger WHERE retracted")}
    if went_back:
        query = "SELECT path FROM files WHERE code = 'E_DATE_FUTURE'"
        ids |= {article_id(path) for (path,) in store.connection.execute(query)}
    return ids, {file_of(url) for _id, _state, url in rows if url}
