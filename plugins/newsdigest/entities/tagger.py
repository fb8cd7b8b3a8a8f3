"""The door of the room: `rule_tagger()` today; whatever keeps `Tagger`'s promises can take its place."""

from __future__ import annotations

from typing import Protocol

from newsdigest.entities.document import HEADLINE, assemble, is_miscased, is_shouted
from newsdigest.entities.gazetteer import data_digest
from newsdigest.entities.rules import read_text
from newsdigest.records import Article, Entity

# Raised with every change of the rules that changes what is found.
RULES_VERSION = "1"
# Photo lines are credits, related headlines other articles' words.
UNTAGGED_BLOCKS = frozenset({"photo", "related"})


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

    __slots__ = ("version",)

    def __init__(self) -> None:
        self.version = f"rules-{RULES_VERSION}-{data_digest()}"

    def tag(self, article: Article) -> tuple[Entity, ...]:
        texts = {HEADLINE: article.headline}
        for index, block in enumerate(article.blocks):
            if block.type not in UNTAGGED_BLOCKS and (text := block.tagged_text):
                texts[index] = text
        miscased = frozenset(
            index for index, text in texts.items() if _is_miscased(article, index, text)
        )
        readings = {
            index: read_text(text, article.lang)
            for index, text in texts.items()
            if index not in miscased
        }
        entities = assemble(texts, readings, miscased)
        if not article.agencies:
            return entities
        credited = {agency.casefold() for agency in article.agencies}
        return tuple(entity for entity in entities if not _is_credited(entity, credited))


def rule_tagger() -> Tagger:
    """The tagger a worker builds once."""
    return RuleTagger()


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
