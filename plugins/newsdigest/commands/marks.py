"""What a preview says of itself above its pages, and of an article that is not public yet.

Nothing of it is in the files: it is put into the pages as they are served.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsdigest.base.addresses import file_of
from newsdigest.base.errors import Gettext
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.commands.show import built_archive

MARK_PATH = "/__preview.css"
# Above the page, in its own colours: a preview must not be taken for the site.
MARK_STYLE = (
    b".apercu{background:#7a0019;color:#fff;font:bold 1rem/1.4 sans-serif;margin:0;padding:.5rem 1rem;"
    b"position:sticky;top:0;z-index:1000}.apercu+.apercu{background:#3d000c;position:static}\n"
)
_BODY = re.compile(rb"<body[^>]*>")


class Marks(NamedTuple):
    """What stands above the pages of a preview: above all, and above those of some files."""

    everywhere: str
    of_files: Mapping[str, str]

    def on(self, path: str, page: bytes) -> bytes:
        """The page with its marks; one without a body has none."""
        told = [self.everywhere, *filter(None, [self.of_files.get(path, "")])]
        lines = "".join(f'<p class="apercu" role="status">{escape(line)}</p>' for line in told)
        head = f'<meta name="robots" content="noindex"><link rel="stylesheet" href="{MARK_PATH}">'
        page = page.replace(b"</head>", head.encode() + b"</head>", 1)
        return _BODY.sub(lambda body: body.group() + lines.encode(), page, count=1)


def marks_of(settings: Settings, now: datetime, at: datetime | None) -> Marks:
    """What stands above each page: that this is no site, and of an article until when it is held."""
    gettext = translations(settings.editor_lang).gettext
    zone = ZoneInfo(settings.rules.timezone)
    archive = built_archive(settings, gettext)
    held = {
        file_of(url): _held(gettext, until and until.astimezone(zone), due.astimezone(zone))
        for url, until, due in (archive.embargoes.ahead(now) if archive else ())
    }
    everywhere = gettext("Preview, not the site. Articles not public yet: {count}.")
    if at:
        everywhere = gettext("Preview, not the site: as of {at}. Articles not public yet: {count}.")
    shown = at.astimezone(zone) if at else now
    return Marks(everywhere.format(count=len(held), at=f"{shown:%Y-%m-%d %H:%M}"), held)


def _held(gettext: Gettext, until: datetime | None, due: datetime) -> str:
    if until:
        return gettext("Under embargo until {until}.").format(until=f"{until:%Y-%m-%d %H:%M}")
    return gettext("Draft until {until}.").format(until=f"{due:%Y-%m-%d %H:%M}")
