"""The A-Z list of the names of an archive, with the sentence of each name's first article, to be read.

    python -m benchmarks.names_index train.jsonl dev.jsonl > names.tsv

JSON Lines as `benchmarks.stories` takes them. One line a name in the order of the index: type, name,
articles, "page" if it has one of its own, the sentence. Read it whole and count what is wrong or cut.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from newsdigest.archive.opening import open_store
from newsdigest.archive.rows import FileResult, pack
from newsdigest.archive.update.settle import Given, settle
from newsdigest.base.addresses import Addresses
from newsdigest.base.records import Article
from newsdigest.base.settings import Limits
from newsdigest.entities.curated.file import Curated
from newsdigest.entities.tagger import load_tagger
from newsdigest.text.folding import fold

from benchmarks.stories import as_articles, read_lines

_LIST = (
    "SELECT e.type, e.name, e.articles, e.articles >= e.page_from, m.before, m.mention, m.after"
    " FROM entities e JOIN mentions m ON m.entity = e.entity AND m.sort = e.first"
    " WHERE e.articles > 0"
)


def main(texts: Sequence[Path], tagger: str = "crf") -> int:
    """Prints the list; the exit code."""
    rows = index(as_articles(read_lines(texts)), tagger)
    for kind, name, articles, has_page, *sentence in rows:
        page = "page" if has_page else "-"
        print(kind, name, articles, page, "{}[{}]{}".format(*sentence), sep="\t")
    return 0


def index(
    articles: Sequence[Article], tagger: str
) -> list[tuple[str, str, int, int, str, str, str]]:
    """The names these articles give, as the archive settles them, by type and in order."""
    with tempfile.TemporaryDirectory() as folder:
        store, _ = open_store(Path(folder) / "archive.sqlite", "")
        with store.transaction():
            settle(
                store.connection,
                _read(articles, tagger),
                {f"{article.id}.txt" for article in articles},
                (),
                Given(Addresses(), Limits(), datetime(2030, 1, 1, tzinfo=UTC)),
            )
        rows = store.connection.execute(_LIST).fetchall()
        store.close()
    return sorted(rows, key=lambda row: (row[0], fold(row[1]), row[1]))


def _read(articles: Sequence[Article], name: str) -> Iterator[FileResult]:
    tagger, nobodys = load_tagger(name), Curated()
    for article in articles:
        yield FileResult(f"{article.id}.txt", "", pack(article, tagger.tag(article), nobodys))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("texts", type=Path, nargs="+", help="JSON Lines files")
    parser.add_argument("--tagger", default="crf")
    options = parser.parse_args()
    sys.exit(main(options.texts, options.tagger))
