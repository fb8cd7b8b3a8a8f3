"""Scores the tagger on annotated articles: strict typed spans, and words a second.

    python benchmarks/entities_score.py dev.jsonl [--errors 40]

One document a line, `{"text", "spans": [[start, end, TYPE]]}` with PER, LOC and ORG counted and the
other types ignored; the first line of a text is its headline.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from newsdigest.entities.tagger import rule_tagger
from newsdigest.records import Article, Block

TYPES = {"PER": "person", "LOC": "place", "ORG": "organisation"}
Found = set[tuple[int, int, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lang", default="fr")
    parser.add_argument("--errors", type=int, default=0, help="most frequent errors to show")
    options = parser.parse_args()
    documents = [json.loads(line) for line in options.file.read_text("utf-8").splitlines()]
    articles = [as_article(document, options.lang) for document in documents]
    tagger = rule_tagger()
    tagger.tag(articles[0][0])
    began = time.process_time()
    tagged = [tagger.tag(article) for article, _ in articles]
    seconds = time.process_time() - began
    words = sum(len(document["text"].split()) for document in documents)

    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    errors: Counter[tuple[str, str, str]] = Counter()
    for document, (_, offsets), entities in zip(documents, articles, tagged, strict=True):
        gold = gold_spans(document)
        found: Found = {
            (offsets[mention.block] + mention.start, offsets[mention.block] + mention.end, e.type)
            for e in entities
            for mention in e.mentions
        }
        for kind in TYPES.values():
            ours = {span for span in found if span[2] == kind}
            theirs = {span for span in gold if span[2] == kind}
            right[kind] += len(ours & theirs)
            wrong[kind] += len(ours - theirs)
            missed[kind] += len(theirs - ours)
            for sign, spans in (("+", ours - theirs), ("-", theirs - ours)):
                for start, end, _ in spans:
                    errors[sign, kind, document["text"][start:end]] += 1
    for kind in TYPES.values():
        print(score(kind, right[kind], wrong[kind], missed[kind]))
    print(score("micro", right.total(), wrong.total(), missed.total()))
    print(f"{words / seconds:,.0f} words/s, {seconds / len(articles) * 1000:.2f} ms an article")
    for (sign, kind, text), count in errors.most_common(options.errors):
        print(f"{count:4} {sign} {kind:12} {text}")


def as_article(document: dict[str, Any], lang: str) -> tuple[Article, dict[int, int]]:
    """The document as an article, and where each of its blocks starts in the document's text."""
    lines = document["text"].split("\n")
    offsets, blocks, at = {-1: 0}, [], len(lines[0]) + 1
    for line in lines[1:]:
        if line.strip():
            offsets[len(blocks)] = at
            blocks.append(Block("paragraph", text=line))
        at += len(line) + 1
    article = Article(
        id=str(document.get("id", "")),
        path="",
        headline=lines[0],
        published=datetime(2016, 1, 1, tzinfo=UTC),
        date_precision="day",
        lang=lang,
        blocks=tuple(blocks),
    )
    return article, offsets


def gold_spans(document: dict[str, Any]) -> Found:
    return {(start, end, TYPES[kind]) for start, end, kind in document["spans"] if kind in TYPES}


def score(name: str, right: int, wrong: int, missed: int) -> str:
    precision = right / max(1, right + wrong)
    recall = right / max(1, right + missed)
    harmonic = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{name:12} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F {100 * harmonic:5.1f}"


if __name__ == "__main__":
    main()
