"""How much background, told again in other words, a story's page knows for what was published.

`python -m benchmarks.background`: pairs of sentences of our own (`data/background.tsv`), `again` where
the later one brings nothing, `new` where it does. What is known is folded away; what is new never is.
"""

from __future__ import annotations

import csv
from pathlib import Path

from newsdigest.relate.stories.sentences import Published, digest

PAIRS = Path(__file__).parent / "data" / "background.tsv"


def main() -> None:
    """Print, of each kind, how many later sentences are taken for published."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for kind in ("again", "new"):
        pairs = [row for row in rows if row["kind"] == kind]
        known = [
            row
            for row in pairs
            if Published([("2026-01-05", digest([row["earlier"]]))]).day_of(row["later"])
        ]
        print(f"{kind:6} {len(known)} of {len(pairs)} taken for published")


if __name__ == "__main__":
    main()
