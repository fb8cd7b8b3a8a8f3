"""How well entities are found, and how fast: rules beside the trained tagger, in one run.

    invoke bench.entities --gold dev.jsonl        python -m benchmarks.entities dev.jsonl
    python -m benchmarks.entities --years train.jsonl

Gold is JSON Lines, `{"id", "text", "spans": [[start, end, TYPE]]}`; PER, LOC and ORG count, other
types do not; the first line of a text is its headline. A span is right when its two ends and its
type are. An article's set is right name by name, gold merged by the same code as ours.

`--years` trains on one year and reads the other, both ways, for what a later year may be like:
with the lists as they are but for the names taken from these articles, then with a quarter of all
names forgotten (`poor`), for the lists were written with these years in view. It takes a minute.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.base.records import Article, Block, Entity, EntityType
from newsdigest.entities.document import assemble
from newsdigest.entities.one_thing import key_of
from newsdigest.entities.spans import Reading, Span
from newsdigest.entities.tagger import Finder, TrainedTagger, load_tagger

TYPES: dict[str, EntityType] = {"PER": "person", "LOC": "place", "ORG": "organisation"}
TAGGERS = ("rules", "crf")
WORDS_IN_AN_ARTICLE = 400
Document = dict[str, Any]
Marks = set[tuple[int, int, str]]


class Score:
    """Rights, inventions and misses, by type."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, kind: str, ours: set[Any], theirs: set[Any]) -> None:
        self.right[kind] += len(ours & theirs)
        self.wrong[kind] += len(ours - theirs)
        self.missed[kind] += len(theirs - ours)

    def f(self, kind: str | None = None) -> float:
        """The harmonic mean of precision and recall, 0 to 100; of all types together by default."""
        right, wrong, missed = self._counts(kind)
        return 200 * right / max(1, 2 * right + wrong + missed)

    def row(self, name: str, kind: str | None = None) -> str:
        right, wrong, missed = self._counts(kind)
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        return (
            f"{name:14} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F {self.f(kind):5.1f}"
            f"  ({right + missed} in gold)"
        )

    def _counts(self, kind: str | None) -> tuple[int, int, int]:
        if kind is None:
            return self.right.total(), self.wrong.total(), self.missed.total()
        return self.right[kind], self.wrong[kind], self.missed[kind]


def main(gold: Path | None, errors: int = 0, spacy: str = "", lang: str = "fr") -> int:
    """Prints the comparison; the exit code. `spacy` names a model to measure beside ours."""
    if gold is None or not gold.is_file():
        print(
            f"{gold or 'gold'}: no annotated articles there; give a JSON Lines file.",
            file=sys.stderr,
        )
        return 1
    documents = read_documents(gold)
    words = sum(len(document["text"].split()) for document in documents)
    print(f"{gold.name}: {len(documents)} articles, {words:,} words")
    names = [*TAGGERS, f"spacy:{spacy}"] if spacy and importlib.util.find_spec("spacy") else TAGGERS
    for name in names:
        spans, sets, found, seconds = measure(name, documents, lang)
        start, memory = start_up(name)
        speed = words / seconds
        print(f"\n{name}")
        for kind in TYPES.values():
            print("  " + spans.row(kind, kind))
        print("  " + spans.row("micro"))
        print("  " + sets.row("article's set"))
        print(
            f"  {speed:,.0f} words a CPU second: {speed / WORDS_IN_AN_ARTICLE:,.0f} articles of"
            f" {WORDS_IN_AN_ARTICLE} words; starts in {start:.2f} s, {memory:.0f} MB"
        )
        for (sign, kind, text), count in found.most_common(errors):
            print(f"  {count:4} {sign} {kind:12} {text}")
    return 0


def measure(
    name: str, documents: list[Document], lang: str = "fr", find: Finder | None = None
) -> tuple[Score, Score, Counter[tuple[str, str, str]], float]:
    """(spans, articles' sets, errors by text, CPU seconds of tagging); reading the lists is not
    counted, all else is. `find` stands in for the model of that name."""
    tagger = load_tagger(name) if find is None else TrainedTagger("trained", lang, find)
    articles = [as_article(document, lang) for document in documents]
    tagger.tag(articles[0][0])
    began = time.process_time()
    tagged = [tagger.tag(article) for article, _offsets in articles]
    seconds = time.process_time() - began
    spans, sets = Score(), Score()
    errors: Counter[tuple[str, str, str]] = Counter()
    for document, (_, offsets), entities in zip(documents, articles, tagged, strict=True):
        found: Marks = {
            (offsets[mention.block] + mention.start, offsets[mention.block] + mention.end, e.type)
            for e in entities
            for mention in e.mentions
        }
        gold = gold_marks(document)
        for kind in TYPES.values():
            ours, theirs = of_kind(found, kind), of_kind(gold, kind)
            spans.add(kind, ours, theirs)
            for sign, marks in (("+", ours - theirs), ("-", theirs - ours)):
                errors.update((sign, kind, document["text"][s:e]) for s, e, _ in sorted(marks))
        gold_set = names_of(gold_entities(document, offsets))
        for kind in TYPES.values():
            sets.add(
                kind,
                {entity for entity in names_of(entities) if entity[1] == kind},
                {entity for entity in gold_set if entity[1] == kind},
            )
    return spans, sets, errors, seconds


def read_documents(file: Path) -> list[Document]:
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]


def as_article(document: Document, lang: str) -> tuple[Article, dict[int, int]]:
    """The document as an article, and where each of its blocks starts in the document's text."""
    headline, *_rest = document["text"].split("\n")
    offsets, blocks = {-1: 0}, []
    for at, line in _lines(document["text"]):
        if at and line.strip():
            offsets[len(blocks)] = at
            blocks.append(Block("paragraph", text=line))
    article = Article(
        id=str(document.get("id", "")),
        path="",
        headline=headline,
        published=datetime(2016, 1, 1, tzinfo=UTC),
        date_precision="day",
        lang=lang,
        blocks=tuple(blocks),
    )
    return article, offsets


def gold_marks(document: Document) -> Marks:
    return {(start, end, TYPES[kind]) for start, end, kind in document["spans"] if kind in TYPES}


def of_kind(marks: Iterable[Any], kind: str) -> set[Any]:
    return {mark for mark in marks if mark[2] == kind}


def gold_entities(document: Document, offsets: dict[int, int]) -> tuple[Entity, ...]:
    """The annotated spans merged as ours are."""
    lines = dict(_lines(document["text"]))
    texts = {block: lines[at] for block, at in offsets.items()}
    readings = {
        block: Reading(
            [
                Span(start - at, end - at, document["text"][start:end], TYPES[kind])
                for start, end, kind in sorted(map(tuple, document["spans"]))
                if kind in TYPES and at <= start and end <= at + len(texts[block])
            ],
            [],
            {},
        )
        for block, at in offsets.items()
    }
    return assemble(texts, readings, frozenset())


def names_of(entities: tuple[Entity, ...]) -> set[tuple[str, str]]:
    return {(key_of(entity.name, entity.type), entity.type) for entity in entities}


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


# -- starting up -----------------------------------------------------------------------------------


def start_up(name: str) -> tuple[float, float]:
    """(CPU seconds, MB) a new process takes to import the tagger and tag its first article."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.entities", "--start", name],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    seconds, megabytes = run.stdout.split()
    return float(seconds), float(megabytes)


def report_start(name: str) -> int:
    document = {"text": "Une rencontre à Lyon\nLe maire de Lyon a parlé.", "spans": []}
    load_tagger(name).tag(as_article(document, "fr")[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time(), peak)
    return 0


# -- one year against the other --------------------------------------------------------------------


def across_years(file: Path) -> int:
    """Prints what each tagger finds of a year it has not learnt from; spans as read, before
    merging."""
    from newsdigest.entities.gazetteer import load_gazetteer
    from newsdigest.entities.model.decoder import Decoder
    from newsdigest.entities.rules.reader import read_text

    from benchmarks import train

    documents = read_documents(file)
    lexicon = train.without_training_names(load_gazetteer())
    poor = train.narrowed(
        lexicon,
        lambda name: train.chance("test", name) >= 25,
        lambda word: train.chance("test", word) >= 12,
    )
    for learnt, unseen in (("2016", "2017"), ("2017", "2016")):
        weights = train.train([d for d in documents if d["id"].startswith(learnt)])
        others = [d for d in documents if d["id"].startswith(unseen)]
        for lists, known in (("", lexicon), (" poor", poor)):
            decoder = Decoder(weights, known)
            by_rules, by_crf = Score(), Score()
            for document in others:
                annotated = dict(enumerate(train.annotated_lines(document)))
                texts = {at: text for at, (text, _) in annotated.items()}
                readings = {at: read_text(text, "fr", known) for at, text in texts.items()}
                found = decoder.find(texts, readings)
                for at, (_, spans) in annotated.items():
                    gold = {(s, e, TYPES[kind]) for s, e, kind in spans if kind in TYPES}
                    ruled = {(span.start, span.end, span.type) for span in readings[at].spans}
                    for kind in TYPES.values():
                        theirs = of_kind(gold, kind)
                        by_rules.add(kind, of_kind(ruled, kind), theirs)
                        by_crf.add(kind, of_kind(found[at], kind), theirs)
            for name, score in (("rules", by_rules), ("crf", by_crf)):
                figures = "  ".join(f"{kind} {score.f(kind):.1f}" for kind in TYPES.values())
                print(f"{learnt} -> {unseen}{lists:5} {name:6} {figures}  micro {score.f():.1f}")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--errors", type=int, default=0, help="most frequent errors to show")
    parser.add_argument("--spacy", default="", help="a spaCy model to measure beside ours")
    parser.add_argument("--lang", default="fr")
    parser.add_argument("--years", type=Path, help="train on one year, read the other")
    parser.add_argument("--start", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.start:
        sys.exit(report_start(options.start))
    if options.years:
        sys.exit(across_years(options.years))
    sys.exit(main(options.gold, options.errors, options.spacy, options.lang))
