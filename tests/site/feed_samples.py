"""A feed, and its entries, as tests make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace as restated
from newsdigest.site.feed_bytes import Category, FeedEntry, FeedInfo, assemble, render_entry

PARIS = ZoneInfo("Europe/Paris")
AUTHORITY = "lefil.example,2026"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"

# Texts that a feed must not change.
WORDS = (
    '« L’œuvre » \u00a0: 12\u202f000 € ? & < > "x" ]]> 🌾 Nguyễn Đặng',
    "Les &amp; restent des &amp;, les &lt;b&gt; aussi",
    "if a < b and c > d",
)
INFO = FeedInfo(
    id="feeds/all",
    title="Le Fil",
    subtitle="L’actualité, résumée",
    page_url="https://lefil.example/feeds/all/",
    atom_url="https://lefil.example/feeds/all.atom",
    rss_url="https://lefil.example/feeds/all.rss",
    author="Le Fil",
    authority=AUTHORITY,
)


def entry(number: int = 1, **changes: object) -> FeedEntry:
    day = datetime(2026, 1, 1, tzinfo=PARIS) + timedelta(days=number)
    made = FeedEntry(
        id=f"2026/pont-{number}",
        url=f"https://lefil.example/2026/01/pont-{number}.html",
        title=f"Le pont numéro {number} est ouvert",
        summary="Un résumé.",
        html="<p>Le texte entier.</p>",
        published=day,
        updated=day,
        authors=("Lê Na", "VNA"),
        categories=(Category("Transports", "section"),),
    )
    return restated(made, **changes)  # type: ignore[arg-type]


def feeds(
    entries: Sequence[FeedEntry], info: FeedInfo = INFO, empty_since: datetime | None = None
) -> tuple[bytes, bytes]:
    rendered = [render_entry(one, info.authority, info.timezone) for one in entries]
    return assemble(info, rendered, empty_since)
