"""`invoke show`: what the archive knows of its articles, after a build.

The wordings that the other reviews of the terminal share stand here too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unicodedata import normalize

from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.connections import read_store
from newsdigest.archive.readers import Archive
from newsdigest.archive.ties import Ties
from newsdigest.base.errors import Gettext, printable
from newsdigest.base.i18n import translations
from newsdigest.base.link_reasons import Cause, Change, Difference, LinkReason
from newsdigest.base.records import Membership
from newsdigest.base.settings import Settings
from newsdigest.commands.screen import asks_the_archive


@asks_the_archive
def show_articles(ids: Sequence[str] | None, settings: Settings, as_json: bool) -> int:
    """Print one object or one paragraph an article, all of them for None; 1 if one is unknown or
    none is named."""
    gettext = translations(settings.editor_lang).gettext
    if ids is not None and not ids:
        print(gettext("Say which articles: invoke show -- ID, or --all"), file=sys.stderr)
        return 1
    archive = built_archive(settings, gettext)
    if archive is None:
        return 1
    code = 0
    for article_id in archive.reviews.articles.ids() if ids is None else map(typed_id, ids):
        record = record_of(archive, article_id, gettext)
        if record is None:
            message = gettext('no article "{id}" in the archive.').format(id=printable(article_id))
            print(message, file=sys.stderr)
            code = 1
        elif as_json:
            print(json.dumps(record, ensure_ascii=False))
        else:
            print(_paragraph(record))
    return code


def typed_id(typed: str) -> str:
    """The id an editor typed or pasted, as the archive has it: in any form of its accents."""
    shown = typed.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return normalize("NFC", shown)


def built_archive(settings: Settings, gettext: Gettext) -> Archive | None:
    """The archive of the last build; None, with a word to the editor, before the first one."""
    store = Path(settings.cache) / "archive.sqlite"
    if store.exists():
        return Archive(read_store(store), settings.addresses, settings.limits, settings.site.lang)
    print(gettext("Nothing was built yet: run invoke build."), file=sys.stderr)
    return None


def record_of(archive: Archive, article_id: str, gettext: Gettext) -> dict[str, Any] | None:
    """The fixed form of `invoke show --json`, None for an unknown id."""
    asked = archive.reviews.articles
    filed_as = asked.filed_as(article_id)
    if filed_as is None:
        return None
    ties = archive.ties
    filed = archive.articles.filed(article_id)
    tagged = archive.articles.tagged(article_id)
    return {
        "id": article_id,
        "url": filed.url if filed else None,
        "title": tagged.article.headline,
        "date": tagged.article.iso_date,
        # A folded copy has its page and is counted: `duplicate_of` tells what it is folded under.
        "status": "published" if filed_as.state == "folded" else filed_as.state,
        "related": [
            {
                "headline": reference.resolution.headline,
                "state": reference.resolution.state,
                "target": reference.resolution.target,
                "method": reference.resolution.method,
                "reason": describe_reason(reference.resolution.reason, gettext),
            }
            for reference in (filed.references if filed else ())
        ],
        "cited_by": [card.id for card in (filed.cited_by if filed else ())],
        "suggestions": [
            {
                "id": suggestion.card.id,
                "reason": in_common(suggestion.names, suggestion.words, gettext),
            }
            for suggestion in (ties.suggestions(filed_as.n) if filed else ())
        ],
        "duplicate_of": filed_as.original,
        "duplicates": asked.copies_of(article_id),
        "story": _story(ties, article_id, gettext),
        "entities": _entities(filed) if filed else [],
    }


def _story(ties: Ties, article_id: str, gettext: Gettext) -> dict[str, Any] | None:
    """A folded copy is in no story: its leader is."""
    membership = ties.membership(article_id)
    if membership is None:
        return None
    position = ties.position(article_id)
    return {
        "slug": membership.story.slug,
        "title": membership.story.title,
        "position": position,
        "size": membership.story.articles,
        "reason": why_member(membership, position == 1, gettext),
    }


def _entities(filed: FiledArticle) -> list[dict[str, Any]]:
    return [
        {
            "name": card.name,
            "type": card.type,
            "slug": card.slug,
            "mentions": len(entity.mentions),
        }
        for card, entity in zip(filed.entity_cards, filed.entities, strict=True)
    ]


def _paragraph(record: dict[str, Any]) -> str:
    lines = [f"{record['id']}  {record['date']}  {record['status']}", f"  {record['title']}"]
    if record["url"]:
        lines.append(f"  {record['url']}")
    if record["duplicate_of"]:
        lines.append(f"  = {record['duplicate_of']}")
    lines += [f"  == {copy}" for copy in record["duplicates"]]
    lines += [
        f"  >> {ref['headline']} [{ref['state']}] {ref['target'] or ''} ({ref['reason']})"
        for ref in record["related"]
    ]
    lines += [f"  << {citing}" for citing in record["cited_by"]]
    lines += [f"  ~ {other['id']} ({other['reason']})" for other in record["suggestions"]]
    story = record["story"]
    if story:
        place = f"{story['position']}/{story['size']}"
        lines.append(f"  # {story['slug']}  {place}  {story['title']} ({story['reason']})")
    lines += [f"  {e['type']:<13} {e['name']} ({e['mentions']})" for e in record["entities"]]
    return "\n".join(shown(text) for text in lines)


# -- wordings ------------------------------------------------------------------------------------


def shown(text: str) -> str:
    """Text of articles on one line of a terminal: spaces of all widths are spaces there."""
    plain = "".join(" " if char in "\u00a0\u202f\u2009" else char for char in text)
    return printable(plain)


def describe_reason(reason: LinkReason, gettext: Gettext) -> str:
    """A resolution's reason in the editor's language."""
    texts = {
        Cause.UNKNOWN: gettext("no article has this headline"),
        Cause.SAME_HEADLINE: gettext("an article has this very headline"),
        Cause.NEAREST_NAMESAKE: gettext("the only one of this headline in the 45 days before"),
        Cause.NAMESAKES: gettext("{count} articles have this headline"),
        Cause.DIFFERENCES: ", ".join(_difference(one, gettext) for one in reason.differences),
        Cause.ALIKE: gettext("{count} articles have a headline like this one"),
        Cause.TOO_MANY: gettext("more than {count} articles have words of this headline"),
        Cause.DECIDED: gettext("decided by the editors"),
        Cause.DECIDED_UNPUBLISHED: gettext("decided by the editors, not published yet"),
        Cause.RETRACTED: gettext("the dispatch was retracted"),
        Cause.RETRACTED_NAMED: gettext("the dispatch was retracted, its headline kept"),
    }
    text = texts[reason.cause]
    return text.format(count=reason.count) if reason.count else text


def _difference(difference: Difference, gettext: Gettext) -> str:
    texts = {
        Change.FLAG: gettext("the same words, a flag apart"),
        Change.TRUNCATED: gettext("cut off at the end"),
        Change.PARTS_SWAPPED: gettext("the parts around the colon have changed places"),
        Change.FUNCTION_WORD: gettext("a function word apart: {line}"),
        Change.INFLECTION: gettext("an inflection: {line} for {article}"),
        Change.TYPO: gettext("a slip of the pen: {line} for {article}"),
        Change.WORD_DROPPED: gettext("a word left out: {line}"),
    }
    line, article = difference.line, difference.article
    text = texts[difference.change]
    if difference.change is Change.FUNCTION_WORD and line and article:
        text = gettext("one function word for another: {line} for {article}")
    return text.format(line=line or article, article=article)


def in_common(names: Sequence[str], words: Sequence[str], gettext: Gettext) -> str:
    """What two articles share, "" for nothing that could be named."""
    if names and words:
        text = gettext("names in common: {names}; words: {words}")
    elif names:
        text = gettext("names in common: {names}")
    elif words:
        text = gettext("words in common: {words}")
    else:
        return ""
    return text.format(names=", ".join(names), words=", ".join(words))


def why_member(
    membership: Membership, is_first: bool, gettext: Gettext, parent: str | None = None
) -> str:
    """Why an article is in its story; `parent`: the article it follows there, where it is told."""
    shared = in_common(membership.names, membership.words, gettext)
    if membership.kind == "":
        if is_first:
            return gettext("the story's first article")
        return gettext("other articles of the story follow it")
    if membership.kind == "decision":
        text = gettext("decided by the editors")
    elif membership.kind == "cited":
        text = gettext("it cites an earlier article of the story")
    else:
        text = gettext("it is like an earlier article of the story")
    told = f"{text} ({parent})" if parent else text
    if not shared:
        return told
    return gettext("{why}; {shared}").format(why=told, shared=shared)
