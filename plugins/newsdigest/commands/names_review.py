"""`invoke entities`: what the editors may say of the archive's names, and why an article has a tag."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsdigest.archive.reviews import AskedNames
from newsdigest.archive.rows import TaggedArticle
from newsdigest.base.errors import EditorsFileError, Gettext
from newsdigest.base.i18n import translations
from newsdigest.base.records import Entity, Mention
from newsdigest.base.settings import Settings
from newsdigest.commands.screen import asks_the_archive
from newsdigest.commands.show import built_archive, shown
from newsdigest.entities.curated import file as names_file
from newsdigest.entities.curated.file import Curated, CuratedEntity
from newsdigest.entities.curated.lookalikes import Named, Proposal, proposals
from newsdigest.entities.forms import folded_name, shorter_forms
from newsdigest.entities.keys import entity_key
from newsdigest.entities.names import CIVIL_TITLES
from newsdigest.entities.one_thing import person_key, thing_key
from newsdigest.entities.short import is_titled
from newsdigest.read.sources import read_editors_file

# One screen of each kind; `--why` reads the newest articles first.
MOST_PROPOSALS = 40
MOST_ARTICLES = 20
MOST_MENTIONS = 4
# What is quoted before a mention: the title and the names it shares it with.
QUOTED_BEFORE = 40
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = " \u00a0\u202f\"'’”»)]"


@dataclass(frozen=True, slots=True)
class Tag:
    """Why an article has a tag: `rule` is told to the editor, `quoted` the words it rests on."""

    article: str
    day: str
    rule: str
    quoted: tuple[str, ...]


@asks_the_archive
def review_names(settings: Settings, review: bool, why: str) -> int:
    """Print the review; 2 when lines of `entities.tsv` do not count, 1 when there is no answer."""
    gettext = translations(settings.editor_lang).gettext
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    asked = archive.reviews.names
    try:
        text = read_editors_file(Path(settings.content), names_file.FILE)
    except EditorsFileError as error:
        print(error.text(gettext), file=sys.stderr)
        return 2
    curated, faults = names_file.read_curated(text)
    if why:
        return _print_why(asked, curated, why, gettext)
    for fault in faults:
        print(shown(fault.report(gettext)))
    _print_lines(asked, curated, gettext)
    found = proposals(asked.all(), curated.settles)
    print(gettext("Names that may be one: {count}").format(count=len(found)))
    if review:
        for proposal in found[:MOST_PROPOSALS]:
            _print_proposal(asked, proposal, gettext)
        if len(found) > MOST_PROPOSALS:
            print(f"  … +{len(found) - MOST_PROPOSALS}")
    return 2 if faults else 0


def why_tagged(
    asked: AskedNames, curated: Curated, name: str, gettext: Gettext
) -> list[Tag] | None:
    """Why the newest articles that carry this tag do; None for a name the archive lacks."""
    entity = curated.of(name)
    keys = [curated.key_at(entity)] if entity else [thing_key(name), person_key(name)]
    known = next((found for key in keys if (found := asked.known(key, name))), None)
    if known is None:
        return None
    tags = []
    for id_, day, tagged, position, joined in asked.tagged(known.number, MOST_ARTICLES):
        given = tagged.entities[position]
        rule = _rule(tagged, given, joined, curated, known.name, gettext)
        tags.append(Tag(id_, day, rule, tuple(_quoted(tagged, given, gettext))))
    return tags


def _rule(
    tagged: TaggedArticle,
    entity: Entity,
    joined: bool,
    curated: Curated,
    full: str,
    gettext: Gettext,
) -> str:
    line = curated.of(entity.name)
    if line is not None and entity not in (tagged.tagged or tagged.entities):
        return gettext("{file}, line {line}").format(file=names_file.FILE, line=line.line)
    if joined:
        return gettext(
            "short form: the archive's articles up to this one give it to {name}"
        ).format(name=full)
    if shorter_forms(entity.name) is None and entity.type == "person":
        return gettext("this form alone")
    if any(entity_key(mention.text) != entity_key(entity.name) for mention in entity.mentions):
        return gettext("full name in the article, joined by its short forms")
    return gettext("full name")


def _quoted(tagged: TaggedArticle, entity: Entity, gettext: Gettext) -> Iterator[str]:
    """Each form, with its title where it has one, and its place: `MM. Poutine et Witkoff, § 4`."""
    told: set[str] = set()
    article = tagged.article
    titled = {m for m in entity.mentions if is_titled(article, m.block, m.start)}
    for mention in sorted(entity.mentions, key=lambda mention: mention not in titled):
        if mention.text not in told and len(told) < MOST_MENTIONS:
            told.add(mention.text)
            yield _place(tagged, mention, gettext)


def _place(tagged: TaggedArticle, mention: Mention, gettext: Gettext) -> str:
    if mention.block < 0:
        text, where = tagged.article.headline, gettext("headline")
    else:
        blocks = tagged.article.blocks
        text = blocks[mention.block].tagged_text
        where = f"§ {1 + sum(block.type != 'related' for block in blocks[: mention.block])}"
    before = text[max(0, mention.start - QUOTED_BEFORE) : mention.start]
    titles = [found for found in _WORD.finditer(before) if found.group() in CIVIL_TITLES]
    if titles:
        return f"{before[titles[-1].start() :]}{mention.text}, {where}"
    begin = max(before.rfind(sign) for sign in ".,;:!?\n(«")
    if begin < 0 and mention.start > QUOTED_BEFORE:
        begin = before.find(" ")
    return f"{before[begin + 1 :].lstrip(_OPENING)}{mention.text}, {where}"


def _print_why(asked: AskedNames, curated: Curated, name: str, gettext: Gettext) -> int:
    tags = why_tagged(asked, curated, name, gettext)
    if tags is None:
        for bearer in asked.bearers(" ".join(folded_name(name))):
            print(shown(bearer))
            tags = [*(tags or ()), *(why_tagged(asked, curated, bearer, gettext) or ())]
    if tags is None:
        message = gettext('no article names "{name}".').format(name=shown(name))
        print(message, file=sys.stderr)
        return 1
    for tag in tags:
        print(shown(f"{tag.article}  {tag.day}  {tag.rule}"))
        if tag.quoted:
            quoted = " ; ".join(tag.quoted)
            print(shown("  " + gettext("linked by: {quoted}").format(quoted=quoted)))
    return 0


def _print_lines(asked: AskedNames, curated: Curated, gettext: Gettext) -> None:
    """The file's splits, and the lines that no article needs."""
    for entity in curated.entities:
        if entity.never:
            others = ", ".join(entity.never)
            text = gettext("kept apart: {name} and {others}")
            print(shown(_line(entity) + text.format(name=entity.name, others=others)))
    for entity in asked.unused(curated):
        text = gettext("unused: no article names {name}")
        print(shown(_line(entity) + text.format(name=entity.name)))


def _line(entity: CuratedEntity) -> str:
    return f"{names_file.FILE}:{entity.line}: "


def _print_proposal(asked: AskedNames, proposal: Proposal, gettext: Gettext) -> None:
    keep, other = proposal.keep, proposal.other
    reasons: dict[str, str] = {
        "title": gettext("the same but for a title"),
        "acronym": gettext("an acronym and its long form"),
        "language": gettext("one place in two languages"),
        "spelling": gettext("two transliterations"),
        "order": gettext("the same words in another order"),
        "surname": gettext("the only one of that surname"),
    }
    print()
    counts = gettext("articles {keep} and {other}")
    print(
        shown(
            f"  {keep.name} = {other.name}  ({reasons.get(proposal.reason, proposal.reason)};"
            f" {counts.format(keep=keep.articles, other=other.articles)})"
        )
    )
    for named in (keep, other):
        print(shown(f"    {_sentence(asked, named)}"))
    line = "\t".join(shown(text) for text in (keep.type, keep.name, other.name))
    print(f"    {line}")


def _sentence(asked: AskedNames, named: Named) -> str:
    """The first sentence that gives this name."""
    day, before, mention, after = asked.first_sentence(named)
    return f"{day}  {before}[{mention}]{after}"
