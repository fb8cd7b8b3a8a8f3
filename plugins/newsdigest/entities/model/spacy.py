"""A spaCy model as a finder of names, for who prefers one: slower by far, and not installed by us."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from newsdigest.base.errors import BuildError, _
from newsdigest.base.records import EntityType
from newsdigest.entities.model.overlay import Found
from newsdigest.entities.spans import Reading

# The labels of the published pipelines, of two schemes; the others (dates, events) name nothing.
TYPES: dict[str, EntityType] = {
    "PER": "person",
    "PERSON": "person",
    "LOC": "place",
    "GPE": "place",
    "ORG": "organisation",
    "EVENT": "event",
    "PRODUCT": "product",
    "WORK_OF_ART": "product",
}
# No document is longer for spaCy; what stands beyond is left to nobody.
LONGEST_TEXT = 1_000_000


class SpacyModel:
    """`lang` is the model's own language; `version` tells the model and its release."""

    __slots__ = ("_pipeline", "lang", "version")

    def __init__(self, name: str, pipeline: Any) -> None:
        self._pipeline = pipeline
        self.lang: str = pipeline.lang
        self.version = f"spacy-{name}-{pipeline.meta.get('version', '')}"

    def find(
        self, texts: Mapping[int, str], readings: Mapping[int, Reading]
    ) -> dict[int, list[Found]]:
        """The model's names by block, in order; only blocks that have a reading are looked at."""
        blocks = list(readings)
        documents = self._pipeline.pipe(texts[block][:LONGEST_TEXT] for block in blocks)
        return {
            block: [(e.start_char, e.end_char, TYPES.get(e.label_)) for e in document.ents]
            for block, document in zip(blocks, documents, strict=True)
        }


def load_spacy(model: str) -> SpacyModel:
    """The model of that name or folder. Raises BuildError where it or spaCy is missing."""
    try:
        spacy = importlib.import_module("spacy")
    except ImportError:
        raise BuildError(
            _('the tagger "spacy:{model}" needs spaCy, which is not installed.'),
            _("Install spacy, or write ENTITY_TAGGER = 'crf'."),
            model=model,
        ) from None
    try:
        pipeline = spacy.load(model)
    except (OSError, ValueError, ImportError):
        raise BuildError(
            _('spaCy has no model "{model}" here.'),
            _("Install the model, or write ENTITY_TAGGER = 'crf'."),
            model=model,
        ) from None
    return SpacyModel(model, pipeline)
