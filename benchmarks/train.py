"""Trains the French tagger: annotated articles -> plugins/newsdigest/entities/data/crf-fr.weights.

    invoke train --data FOLDER

`FOLDER` holds `train.jsonl`, one `{"id", "text", "spans": [[start, end, TYPE]]}` a line. Needs
python-crfsuite, which the site itself never loads. Same input, same weights: what is left to chance
is drawn from checksums of names and ids.

The rules know these years by heart: their lists hold names taken from these very articles. So that
the model learns how far to trust them elsewhere, each article is read twice: once without the names
taken from it, once by rules that forgot a third of all they know and with titles put before lone
surnames, as the wire writes them. docs/decisions/0008-trained-tagger.md has the measurements.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from newsdigest.entities.gazetteer import Gazetteer, load_gazetteer
from newsdigest.entities.model.features import (
    Token,
    attributes,
    names_of_document,
    windows,
)
from newsdigest.entities.model.weights import WEIGHTS, Scores, Weights, write_weights
from newsdigest.entities.rules.reader import read_text
from newsdigest.text.known_names import DATA, NAME_FILES

from benchmarks.wire import documents as wire_documents

Document = dict[str, Any]
Example = tuple[list[list[str]], list[str]]

# Events and products are learnt so that they are not taken for ours, and may be shown.
CODES = {code: code for code in ("PER", "LOC", "ORG", "EVENT", "PRODUCT")}
# Articles of the wire's manner among them.
WIRE = 900
OPTIONS = {"c1": 0.1, "c2": 0.2, "feature.minfreq": 1}
ROUNDS = 80
# Weights are kept in units of 1/200: finer ones change no label.
SCALE = 200
# Out of a hundred: names and words the rules forget, spellings hidden from the model, titles added.
FORGOTTEN_NAMES, FORGOTTEN_WORDS, HIDDEN, TITLED, MADAME = 35, 17, 30, 60, 25
VARIANTS = 4
# What tells a word from all others: its spelling, alone and with the rules' decision, its ends.
_SPELLINGS = ("0:=", "0:4-", "0:3+", "13:=")


def main(data: Path) -> int:
    """Trains, writes the weights, prints what went in and came out; the exit code."""
    file = data / "train.jsonl"
    if not file.is_file():
        print(
            f"{file}: no training articles there; give the folder of train.jsonl.", file=sys.stderr
        )
        return 1
    weights = train(read_documents(file))
    write_weights(weights, WEIGHTS)
    for path in (file, WEIGHTS):
        content = path.read_bytes()
        print(f"{path.name}: {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    return 0


def train(documents: list[Document], wire: int = WIRE, rounds: int = ROUNDS) -> Weights:
    """The shipped recipe, with as many articles of our own. About 60 CPU seconds for 900 articles."""
    return fit(examples(documents, list(wire_documents(wire, "train"))), rounds)


def read_documents(file: Path) -> list[Document]:
    """One a line; blank lines count for nothing."""
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]


def examples(documents: list[Document], written: list[Document]) -> Iterator[Example]:
    """Windows and their labels: every document under forgetful rules, then under all but its own;
    those written by rule once, by turns so or so."""
    lexicon = without_training_names(load_gazetteer())
    forgetful = [forgetting(lexicon, variant) for variant in range(VARIANTS)]
    for index, document in enumerate(documents):
        yield from sequences(with_titles(document), forgetful[index % VARIANTS], 1)
    for document in documents:
        yield from sequences(document, lexicon, 2)
    for index, document in enumerate(written):
        yield from sequences(document, forgetful[index % VARIANTS] if index % 2 else lexicon, 1)


# -- gazetteers that know less ---------------------------------------------------------------------


def without_training_names(lexicon: Gazetteer) -> Gazetteer:
    """The gazetteer without what no other file than the training articles' gives."""
    taken = {line.partition("\t")[2] for line in lines_of("wikinews_names.txt")}
    for name, _kind in NAME_FILES:
        taken.difference_update(lines_of(name))
    for line in lines_of("acronyms.tsv"):
        taken.difference_update(part for cell in line.split("\t") for part in cell.split("|"))
    return narrowed(lexicon, lambda name: name not in taken, lambda _word: True)


def forgetting(lexicon: Gazetteer, variant: int) -> Gazetteer:
    """Rules of another world: a third of the names unknown, and a sixth of the words."""
    return narrowed(
        lexicon,
        lambda name: chance("name", variant, name) >= FORGOTTEN_NAMES,
        lambda word: chance("word", variant, word) >= FORGOTTEN_WORDS,
    )


def narrowed(
    lexicon: Gazetteer, keep_name: Callable[[str], bool], keep_word: Callable[[str], bool]
) -> Gazetteer:
    kinds = {name: kind for name, kind in lexicon.kinds.items() if keep_name(name)}
    return dataclasses.replace(
        lexicon,
        kinds=kinds,
        longer={
            first: tuple(name for name in names if name in kinds)
            for first, names in lexicon.longer.items()
        },
        given_names=frozenset(filter(keep_word, lexicon.given_names)),
        family_names=frozenset(filter(keep_word, lexicon.family_names)),
        common_words=frozenset(filter(keep_word, lexicon.common_words)),
    )


def lines_of(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").split("\n")


def chance(*parts: str | int) -> int:
    """0 to 99, the same for the same parts on every machine."""
    return zlib.crc32("|".join(map(str, parts)).encode()) % 100


# -- documents -> examples -------------------------------------------------------------------------


def with_titles(document: Document) -> Document:
    """The document with "M." or "Mme" before some of the surnames that stand alone."""
    text, shift = document["text"], 0
    spans: list[tuple[int, int, str]] = []
    for start, end, kind in document["spans"]:
        begin, stop = start + shift, end + shift
        name = text[begin:stop]
        alone = kind == "PER" and " " not in name and name[:1].isupper()
        if alone and chance("title", document["id"], start) < TITLED:
            title = "Mme " if chance("madame", name) < MADAME else "M. "
            text = text[:begin] + title + text[begin:]
            shift, begin, stop = shift + len(title), begin + len(title), stop + len(title)
        spans.append((begin, stop, kind))
    return {**document, "text": text, "spans": spans}


def sequences(document: Document, lexicon: Gazetteer, reading_no: int) -> Iterator[Example]:
    """One for each window of the document's lines, read by rules with that lexicon; each reading of
    a document hides other words."""
    lines = list(annotated_lines(document))
    readings = [read_text(text, "fr", lexicon) for text, _spans in lines]
    seen = names_of_document(readings)
    for (text, spans), reading in zip(lines, readings, strict=True):
        for window in windows(text, reading.spans, seen):
            rows = []
            for at, (_, _, word) in enumerate(window.tokens):
                row = attributes(window, at, lexicon)
                rows.append(without_spelling(row) if is_hidden(document, word, reading_no) else row)
            yield rows, labels_of(window.tokens, spans)


def annotated_lines(document: Document) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Each line that holds something, as a block of its own, with its spans."""
    at = 0
    for line in document["text"].split("\n"):
        end = at + len(line)
        if line.strip():
            yield (
                line,
                [
                    (start - at, stop - at, CODES[kind])
                    for start, stop, kind in document["spans"]
                    if at <= start and stop <= end and kind in CODES
                ],
            )
        at = end + 1


def is_hidden(document: Document, word: str, reading_no: int) -> bool:
    """A name of tomorrow's news is one the model never met: some of today's are kept from it."""
    return word[:1].isupper() and chance("hidden", reading_no, document["id"], word) < HIDDEN


def without_spelling(row: Iterable[str]) -> list[str]:
    return [attribute for attribute in row if not attribute.startswith(_SPELLINGS)]


def labels_of(tokens: list[Token], spans: list[tuple[int, int, str]]) -> list[str]:
    """A token that only a part of which is annotated counts whole."""
    labels = ["O"] * len(tokens)
    for start, end, code in spans:
        sign = "B-"
        for at, (begin, stop, _word) in enumerate(tokens):
            if begin < end and stop > start:
                labels[at] = sign + code
                sign = "I-"
    return labels


# -- training --------------------------------------------------------------------------------------


def fit(sequences: Iterable[Example], rounds: int) -> Weights:
    """What crfsuite learns from the examples in so many rounds, in whole numbers."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(
        algorithm="lbfgs", params={**OPTIONS, "max_iterations": rounds}, verbose=False
    )
    for rows, labels in sequences:
        trainer.append(rows, labels)
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        learnt = tagger.info()
        labels = tuple(sorted(tagger.labels(), key=lambda label: (label != "O", label)))
        tagger.close()
    emissions: dict[str, list[int]] = {}
    for (attribute, label), weight in learnt.state_features.items():
        scaled = round(weight * SCALE)
        if scaled:
            emissions.setdefault(attribute, [0] * len(labels))[labels.index(label)] = scaled
    transitions: list[Scores] = [
        tuple(round(learnt.transitions.get((left, right), 0.0) * SCALE) for right in labels)
        for left in labels
    ]
    return Weights(
        labels, tuple(transitions), {name: tuple(row) for name, row in emissions.items()}
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
