"""Makes the word counts plugins/newsdigest/data/lexicon.tsv. Same inputs, same bytes.

    python benchmarks/make_lexicon.py --data FOLDER --english FILE

`FOLDER` holds the WiNER-fr `train.jsonl`, one `{"id", "text", ...}` a line; `FILE` is the
`frequency_dictionary_en_82_765.txt` of the package symspellpy, `word count` lines. Run by hand when
a source changes, and commit what it writes: a new lexicon makes every vector of every site anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from newsdigest.text.lexicon import words

# English is known by how often a word is written, not in how many articles: we reckon what so many
# articles of so many words would hold. Words repeat within an article, so the latter count for less.
ENGLISH_ARTICLES, ENGLISH_WORDS = 2000, 200

LEXICON = Path(__file__).resolve().parent.parent / "plugins/newsdigest/data/lexicon.tsv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train.jsonl")
    parser.add_argument("--english", type=Path, required=True, help="English word frequencies")
    arguments = parser.parse_args()
    source = arguments.data / "train.jsonl"

    lines = source.read_text("utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line.strip()]
    french = section("fr", len(texts), document_frequencies(texts))
    written = map(str.split, english_lines(arguments.english))
    expected = expected_frequencies({word: int(count) for word, count in written})
    english = section("en", ENGLISH_ARTICLES, expected)
    LEXICON.write_text(french + english, encoding="utf-8")
    for path in (source, arguments.english, LEXICON):
        content = path.read_bytes()
        print(f"{path.name}: {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def document_frequencies(texts: Iterable[str]) -> dict[str, int]:
    """In how many of the texts each word stands; numbers and single letters are left out."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({word for word in words(text) if is_counted(word)})
    return counts


def english_lines(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8-sig").split("\n") if line.strip()]


def expected_frequencies(written: dict[str, int]) -> dict[str, int]:
    """In how many articles each word is to be expected; those in none are left out."""
    total = sum(written.values())
    expected = {
        word: round(ENGLISH_ARTICLES * (1 - math.exp(-ENGLISH_WORDS * count / total)))
        for word, count in written.items()
        if is_counted(word)
    }
    return {word: articles for word, articles in expected.items() if articles}


def is_counted(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isascii()


def section(lang: str, documents: int, counts: dict[str, int]) -> str:
    """A language's lines: what was counted, then the words in order."""
    lines = [f"# {lang} {documents}", *(f"{word}\t{counts[word]}" for word in sorted(counts))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
