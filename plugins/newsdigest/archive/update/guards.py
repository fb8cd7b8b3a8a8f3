"""What a build does not do without being told to: go back in time."""

from __future__ import annotations

from datetime import UTC

from newsdigest.archive.store import Store
from newsdigest.base.errors import BuildError, _
from newsdigest.base.settings import Settings


def refuse_earlier_clock(store: Store, settings: Settings) -> None:
    """Raise BuildError if the last build knew a later moment, unless the settings allow it.

    A clock that is wrong would take away what is published since, and publish it once more later.
    """
    now, last = settings.rules.now, store.clock()
    if last and now.astimezone(UTC) < last and not settings.allow_clock_back:
        raise BuildError(
            _("the clock says {now}, but the last build was at {last}."),
            _("Set the clock right; if it is, type: invoke build --allow-clock-back"),
            now=now.isoformat(" ", "seconds"),
            last=last.astimezone(now.tzinfo).isoformat(" ", "seconds"),
        )
