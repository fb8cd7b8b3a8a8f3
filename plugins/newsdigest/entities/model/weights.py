"""What training learnt, and the file it is kept in. `benchmarks/train.py` writes that file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsdigest.text.known_names import DATA

WEIGHTS = DATA / "crf-fr.weights"

Scores = tuple[int, ...]


class Weights(NamedTuple):
    """`transitions[a][b]` leads from label a to label b; `emissions` gives each attribute's weight
    for every label. Labels are "O", then "B-" and each type, then "I-" and each type in that order.
    """

    labels: tuple[str, ...]
    transitions: tuple[Scores, ...]
    emissions: dict[str, Scores]


@cache
def weights_digest() -> str:
    """Twelve hexadecimal digits of the shipped weights."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]


def read_weights(path: Path) -> Weights:
    """The weights of a file `write_weights` made."""
    lines = path.read_text(encoding="utf-8").split("\n")
    labels = tuple(lines[0].split(" "))
    size = len(labels)
    transitions = tuple(tuple(map(int, line.split(" "))) for line in lines[1 : size + 1])
    places = {_SIGNS[at]: at for at in range(size)}
    emissions: dict[str, Scores] = {}
    for line in lines[size + 1 : -1]:
        attribute, _, cells = line.partition("\t")
        scores = [0] * size
        for cell in cells.split(" "):
            scores[places[cell[0]]] = int(cell[1:])
        emissions[attribute] = tuple(scores)
    return Weights(labels, transitions, emissions)


# One for each label, before its weight.
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


def write_weights(weights: Weights, path: Path) -> None:
    """Labels, transitions, then an attribute a line, sorted: a sign for the label, its weight.

    Zeros are left out. At most 36 labels.
    """
    lines = [" ".join(weights.labels), *(" ".join(map(str, row)) for row in weights.transitions)]
    for attribute, scores in sorted(weights.emissions.items()):
        cells = " ".join(f"{_SIGNS[label]}{score}" for label, score in enumerate(scores) if score)
        if cells:
            lines.append(f"{attribute}\t{cells}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
