"""The door of the room: `tagger_named(name)`; whatever keeps `Tagger`'s promises can stand behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Protocol

from newsdigest.base.agencies import DEFAULT_AGENCIES
from newsdigest.base.errors import BuildError, _
from newsdigest.base.records import SHOWN_TYPES, Article, Entity, EntityType
from newsdigest.entities.document import HEADLINE, assemble
from newsdigest.entities.gazetteer import data_digest, load_gazetteer
from newsdigest.entities.model.decoder import french_decoder
from newsdigest.entities.model.overlay import Found, with_names
from newsdigest.entities.model.spacy import load_spacy
from newsdigest.entities.model.weights import weights_digest
from newsdigest.entities.rules.miscased import is_miscased, is_shouted
from newsdigest.entities.rules.reader import read_text
from newsdigest.entities.spans import Reading

# Raised with every change of the rules that changes what is found.
RULES_VERSION = "6"
# Raised with every change of the decoder or its features; the weights count by their bytes.
CRF_VERSION = "2"
# Photo lines are credits, related headlines other articles' words.
UNTAGGED_BLOCKS = frozenset({"photo", "related"})

# `MOSCOU, 20 janvier (Reuters/AFP) - Le ministre…`, below the lede, whose own is no part of it.
_DATELINE = re.compile(r"[^()\[\]\n]{2,60} ?\((?P<agencies>[^()\n]{2,40})\),? ?[-–—]{1,3} ?(?=\S)")
_CHAIN = re.compile(r" ?/ ?| et |, ")
_AGENCIES = frozenset(signature for signature, _ in DEFAULT_AGENCIES)

Finder = Callable[[Mapping[int, str], Mapping[int, Reading]], dict[int, list[Found]]]
"""(texts, the rules' readings of them), both by block -> a model's names, in order."""

Types = tuple[EntityType, ...]


class Tagger(Protocol):
    """Finds the entities of one article: the same article, the same entities, in any process."""

    @property
    def version(self) -> str:
        """Two taggers of one version find the same; the store forgets what another one found."""
        ...

    def tag(self, article: Article) -> tuple[Entity, ...]:
        """Entities in reading order of first mention; mentions never overlap.

        The headline and the text of the blocks count; credits, dateline, photo and related blocks,
        and the agencies that sign the article never do.
        """
        ...


class RuleTagger:
    """Rules and gazetteers. Cheap to build; the gazetteer is read with the first article."""

    __slots__ = ("_shown", "version")

    def __init__(self, shown: Types = SHOWN_TYPES) -> None:
        self.version = f"rules-{RULES_VERSION}-{data_digest()}{_told(shown)}"
        self._shown = shown

    def tag(self, article: Article) -> tuple[Entity, ...]:
        texts, miscased = _texts(article)
        readings = _read(article, texts, miscased)
        return _entities(article, texts, readings, miscased, self._shown)


class TrainedTagger:
    """A model's names for articles of one language, the rules' for the others.

    The rules read first: the model sees what they made of each word, or the article's evidence
    needs what they left loose.
    """

    __slots__ = ("_find", "_lang", "_shown", "version")

    def __init__(self, version: str, lang: str, find: Finder, shown: Types = SHOWN_TYPES) -> None:
        self.version = f"{version}-{RULES_VERSION}-{data_digest()}{_told(shown)}"
        self._shown = shown
        self._lang = lang
        self._find = find

    def tag(self, article: Article) -> tuple[Entity, ...]:
        texts, miscased = _texts(article)
        readings = _read(article, texts, miscased)
        if article.lang == self._lang:
            found = self._find(texts, readings)
            readings = {
                index: with_names(texts[index], reading, found[index], self._shown)
                for index, reading in readings.items()
            }
        return _entities(article, texts, readings, miscased, self._shown)


def load_tagger(name: str, shown: Types = SHOWN_TYPES) -> Tagger:
    """The tagger a worker builds once: "crf" (French by the trained model, the rest by rules),
    "rules", or "spacy:MODEL" (that model for articles in its language). It finds entities of the
    types `shown` names; rules know no events and products.

    Weights and gazetteer are read with the first article: a build that reads none does without.
    Raises BuildError for another name, and where spaCy or its model is not installed.
    """
    if name == "rules":
        return RuleTagger(shown)
    if name == "crf":
        return TrainedTagger(f"crf-{CRF_VERSION}-{weights_digest()}", "fr", _find_french, shown)
    kind, _colon, model = name.partition(":")
    if kind == "spacy" and model:
        found = load_spacy(model)
        return TrainedTagger(found.version, found.lang, found.find, shown)
    raise BuildError(
        _('there is no tagger "{name}".'),
        _("Write ENTITY_TAGGER = 'crf', 'rules' or 'spacy:MODEL'."),
        name=name,
    )


@cache
def tagger_named(name: str, shown: Types = SHOWN_TYPES) -> Tagger:
    """The same, made once a process."""
    return load_tagger(name, shown)


def read_ahead(name: str) -> None:
    """Read now what that tagger reads with its first article, for forked workers to share."""
    load_gazetteer()
    if name == "crf":
        french_decoder()


def _find_french(
    texts: Mapping[int, str], readings: Mapping[int, Reading]
) -> dict[int, list[Found]]:
    return french_decoder().find(texts, readings)


def rule_tagger() -> Tagger:
    """Rules alone, for any language."""
    return RuleTagger()


def _texts(article: Article) -> tuple[dict[int, str], frozenset[int]]:
    """What is tagged of an article, by block, and the blocks whose capitals mean nothing."""
    texts = {HEADLINE: article.headline}
    for index, block in enumerate(article.blocks):
        if block.type not in UNTAGGED_BLOCKS and (text := block.tagged_text):
            below = index > 0 and block.type == "paragraph"
            texts[index] = _undated(text) if below else text
    miscased = frozenset(
        index for index, text in texts.items() if _is_miscased(article, index, text)
    )
    return texts, miscased


def _undated(text: str) -> str:
    """A dispatch in brief without its dateline: blanks in its place, so that offsets hold."""
    dateline = _DATELINE.match(text)
    if dateline is None or not set(_CHAIN.split(dateline["agencies"])) <= _AGENCIES:
        return text
    return " " * dateline.end() + text[dateline.end() :]


def _read(article: Article, texts: dict[int, str], miscased: frozenset[int]) -> dict[int, Reading]:
    return {
        index: read_text(text, article.lang)
        for index, text in texts.items()
        if index not in miscased
    }


def _entities(
    article: Article,
    texts: dict[int, str],
    readings: dict[int, Reading],
    miscased: frozenset[int],
    shown: Types,
) -> tuple[Entity, ...]:
    entities = assemble(texts, readings, miscased)
    if not set(SHOWN_TYPES) <= set(shown):
        entities = tuple(entity for entity in entities if entity.type in shown)
    if not article.agencies:
        return entities
    credited = {agency.casefold() for agency in article.agencies}
    return tuple(entity for entity in entities if not _is_credited(entity, credited))


def _told(shown: Types) -> str:
    """What a version adds where other types than the usual are found."""
    return "" if shown == SHOWN_TYPES else f"-{'-'.join(shown)}"


def _is_miscased(article: Article, index: int, text: str) -> bool:
    """A table of names is all capitals and means it; a paragraph may be a list of names."""
    if index == HEADLINE:
        return is_miscased(text, article.lang)
    block_type = article.blocks[index].type
    if block_type in ("subheading", "question"):
        return is_miscased(text, article.lang) and any(map(str.isupper, text))
    return block_type == "paragraph" and is_shouted(text)


def _is_credited(entity: Entity, credited: set[str]) -> bool:
    return entity.type == "organisation" and any(
        text.casefold() in credited
        for text in (entity.name, *(mention.text for mention in entity.mentions))
    )
