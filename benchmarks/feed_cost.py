"""What writing 4,000 feeds of 20 entries costs, and that they have the bytes that feedgen alone would write.

    python -m benchmarks.feed_cost

CPU seconds of one process, and its largest resident size (Linux).
"""

from __future__ import annotations

import random
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsdigest.site.feed_bytes import (
    Category,
    FeedEntry,
    FeedInfo,
    assemble,
    render_entry,
    told_apart,
    write_atom,
    write_rss,
)

URL = "https://lefil.example"
AUTHORITY = "lefil.example,2026"


def main(articles: int = 5000, names: int = 2000, most: int = 20) -> None:
    """Feeds of so many names in Atom and RSS, each of `most` articles taken at random."""
    draw = random.Random(1)
    entries = [_entry(n, names) for n in range(articles)]
    chosen = [draw.sample(range(articles), most) for _ in range(names)]
    cpu = time.process_time()
    rendered = [render_entry(entry, AUTHORITY) for entry in entries]
    after_entries = time.process_time()
    written = 0
    for name, numbers in enumerate(chosen):
        written += sum(map(len, assemble(_info(name), [rendered[n] for n in numbers])))
    done = time.process_time()
    # Not by getrusage(): that one knows of the process which began this one too.
    (peak_kb,) = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    peak = int(peak_kb) / 1000
    for name in draw.sample(range(names), 100):
        several = [entries[n] for n in chosen[name]]
        plain = (write_atom(_info(name), several), write_rss(_info(name), several))
        if plain != assemble(_info(name), [rendered[n] for n in chosen[name]]):
            raise SystemExit(f"feedgen writes other bytes: {name}")
    plain_cpu = (time.process_time() - done) * names / 100
    print(
        f"{2 * names:,} feeds of {most} entries ({written / 1e6:.0f} MB): {after_entries - cpu:.2f} s for {articles:,}"
        f" entries, {done - after_entries:.2f} s for the feeds, {peak:.0f} MB at the peak; 200 of them as feedgen alone"
        f" writes them (which would take {plain_cpu:.1f} s)."
    )


def _entry(n: int, names: int) -> FeedEntry:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
    return FeedEntry(
        id=f"monde/{n}",
        url=f"{URL}/2026/01/{n}.html",
        title=f"Dépêche numéro {n} : « l’œuvre » & le reste",
        summary="Un résumé de deux lignes, comme en ont les dépêches. " * 3,
        html="<p>Le conseil s’est réuni mardi, a dit la préfecture.</p>\n" * 30,
        published=at,
        updated=told_apart(at, str(n)),
        authors=("AFP",),
        categories=(Category("Monde", "section"), Category(f"Nom {n % names}", "person")),
    )


def _info(name: int) -> FeedInfo:
    path, page = f"{URL}/feeds/entites/{name}", f"{URL}/entites/{name}/"
    return FeedInfo(
        id=f"feeds/entites/{name}",
        title=f"Nom {name}",
        subtitle="",
        page_url=page,
        atom_url=f"{path}.atom",
        rss_url=f"{path}.rss",
        author="Le Fil",
        authority=AUTHORITY,
    )


if __name__ == "__main__":
    main()
