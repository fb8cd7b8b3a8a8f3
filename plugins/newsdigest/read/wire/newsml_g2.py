"""NewsML-G2: a newsItem, a newsMessage of several, with or without namespace and prefix.

Packages, concepts and knowledge items are refused by name; so are items whose content is only
elsewhere (`remoteContent`): pictures, video.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from newsdigest.base.records import Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire import nitf
from newsdigest.read.wire.draft import Draft, finished, is_killed
from newsdigest.read.wire.markup import (
    blocks_of,
    blocks_of_html,
    blocks_of_text,
    looks_marked_up,
    plain_html,
)
from newsdigest.read.wire.safe_xml import (
    Element,
    attribute,
    below,
    child,
    children,
    first_below,
    name_of,
    text_of,
)
from newsdigest.read.wire.subjects import label_of, tag

FORMAT = "NewsML-G2"

_OTHERS = {
    "packageitem": "package",
    "conceptitem": "concept",
    "knowledgeitem": "concept",
    "planningitem": "planning",
    "catalogitem": "concept",
}
_KINDS = {"person": "person", "organisation": "organisation", "poi": "place", "geoarea": "place"}
_ROOTS = ("newsitem", *_OTHERS)


def read_newsml_g2(root: Element, path: str, rules: ParseRules) -> list[Told | Refused]:
    """Every item of a tree. A package beside the items it groups says nothing of its own."""
    found = [root] if name_of(root) in _ROOTS else list(below(root, *_ROOTS))
    items = [one for one in found if name_of(one) == "newsitem"]
    drafts = [draft_of(one) for one in items]
    texts = [draft for draft in drafts if draft.blocks]
    if len(texts) == 1:  # pictures that come with one text are its own
        texts[0].photos = tuple(
            _photo(one) for one in drafts if one.kind == "picture" and one.summary
        )
    told = [finished(draft, path, rules) for draft in drafts]
    if any(isinstance(one, Told) for one in told):
        return [one for one in told if not _is_aside(one)]
    if told:
        return told
    return [
        Refused("E_ITEM_KIND", {"format": FORMAT, "kind": kind, kind: 1})
        for one in found[:1]
        for kind in (_OTHERS[name_of(one)],)
    ] or [Refused("E_NO_BODY", {"format": FORMAT})]


def _photo(draft: Draft) -> Block:
    credit = next(filter(None, (*draft.bylines, *draft.sources)), "")
    return Block("photo", caption=plain_html(draft.summary), credit=plain_html(credit))


def _is_aside(one: Told | Refused) -> bool:
    """A picture that comes in one message with its text."""
    return isinstance(one, Refused) and one.code == "E_ITEM_KIND"


def draft_of(item: Element) -> Draft:
    """What a newsItem says: its content's own metadata only where the item has none."""
    meta, content = child(item, "itemmeta"), child(item, "contentmeta")
    sets = children(item, "contentset")
    draft = _content(sets)
    draft.format = FORMAT
    draft.headline = _headline(content, meta) or draft.headline
    draft.kind = _kind(meta) or draft.kind
    draft.dates = [
        text_of(child(meta, "versioncreated")),
        text_of(child(content, "contentmodified")),
        text_of(child(content, "contentcreated")),
        *draft.dates,
        text_of(child(item, "firstcreated")),
        attribute(first_below(item, "versioncreated"), "value")
        or text_of(first_below(item, "sent")),
    ]
    draft.first = (
        text_of(child(meta, "firstcreated")) or text_of(child(content, "contentcreated")) or None
    )
    draft.embargo = text_of(child(meta, "embargoed")) or draft.embargo
    draft.state = attribute(child(meta, "pubstatus"), "qcode", "uri", "literal") or draft.state
    draft.notes += [text_of(one) for one in children(meta, "ednote")]
    if is_killed(draft.notes):
        draft.state = "canceled"
    draft.bylines = _people(content) or draft.bylines
    draft.sources = [*_sources(content, meta, item), *draft.sources]
    draft.lang = _language(content, item) or draft.lang
    draft.dateline = _place(content) or draft.dateline
    draft.kicker = draft.kicker or ""
    draft.summary = draft.summary or _summary(content)
    draft.item = attribute(item, "guid") or draft.item
    draft.version = attribute(item, "version") or draft.version
    draft.tags = [*_tags(content, item), *draft.tags]
    return draft


def _headline(content: Element | None, meta: Element | None) -> str:
    """The main headline; of several the one without a role or with the main one."""
    found = [one for one in children(content, "headline") if text_of(one)]
    found.sort(key=lambda one: _headline_rank(attribute(one, "role")))
    texts = [text_of(one) for one in found] + [text_of(one) for one in children(meta, "title")]
    return next(filter(None, texts), "")


def _headline_rank(role: str) -> int:
    role = role.lower().rpartition(":")[2]
    return (
        0
        if role in ("", "main", "headline", "hld", "medium")
        else 2
        if "sub" in role or "slug" in role
        else 1
    )


def _kind(meta: Element | None) -> str:
    kind = attribute(child(meta, "itemclass"), "qcode", "uri").rpartition(":")[2].lower()
    return kind.rpartition("/")[2]


def _content(sets: list[Element]) -> Draft:
    """The first content that holds text: marked up before plain."""
    drafts = [
        _of(one)
        for kind in ("inlinexml", "inlinedata", "inline")
        for group in sets
        for one in below(group, kind)
    ]
    for draft in drafts:
        if draft.blocks:
            return draft
    draft = drafts[0] if drafts else Draft(FORMAT)
    if any(True for group in sets for _ in below(group, "remotecontent")):
        draft.kind = draft.kind or "picture"
    return draft


def _of(content: Element) -> Draft:
    inner = first_below(content, "nitf")
    if inner is not None:
        return nitf.draft_of(inner)
    draft = Draft(FORMAT)
    if len(content):
        body = first_below(content, "body")
        title = first_below(content, "title")
        draft.headline = text_of(first_below(body, "h1")) or text_of(title)
        draft.blocks = blocks_of(body if body is not None else _loose(content))
        if not draft.blocks and body is not None:
            draft.blocks = blocks_of(_loose(content))
    else:
        draft.blocks = blocks_of_said(content.text or "", attribute(content, "contenttype"))
    return draft


def blocks_of_said(text: str, content_type: str = "") -> tuple[Block, ...]:
    """HTML written as text, or plain text."""
    if looks_marked_up(text) or ("html" in content_type.lower() and "<" in text):
        return blocks_of_html(text)
    return blocks_of_text(text)


def _loose(content: Element) -> Element:
    """A body without a body element: whatever stands there."""
    copy = deepcopy(content)
    copy.tag = "div"
    copy.tail = None
    return copy


def _people(content: Element | None) -> list[str]:
    said = [text_of(one) for one in children(content, "by")]
    if any(said):
        return said
    return [
        _name(one)
        for one in children(content, "creator")
        if attribute(one, "type").lower().rpartition(":")[2] not in ("organisation", "org")
        and _name(one)
        and "autor" not in attribute(one, "role")
    ]


def _name(element: Element) -> str:
    return text_of(child(element, "name")) or attribute(element, "literal")


def _sources(content: Element | None, meta: Element | None, item: Element) -> Iterator[str]:
    for one in children(content, "creditline"):
        yield text_of(one)
    for one in children(content, "infosource", "creator", "contributor"):
        yield _name(one) or attribute(one, "qcode").rpartition(":")[2]
    for one in children(meta, "provider"):
        yield _name(one) or attribute(one, "qcode", "uri").rpartition(":")[2] or text_of(one)
    for one in below(child(item, "rightsinfo"), "copyrightholder"):
        yield _name(one) or attribute(one, "qcode").rpartition(":")[2] or text_of(one)


def _language(content: Element | None, item: Element) -> str:
    found = [attribute(one, "tag") or text_of(one) for one in children(content, "language")]
    return next(filter(None, found), "") or attribute(item, "lang")


def _place(content: Element | None) -> str:
    said = text_of(child(content, "dateline"))
    if said:
        return said
    return next(
        filter(None, (text_of(child(one, "name")) for one in children(content, "located"))), ""
    )


def _summary(content: Element | None) -> str:
    found = children(content, "description")
    found.sort(key=lambda one: "summary" not in attribute(one, "role"))
    return next(filter(None, map(text_of, found)), "")


def _tags(content: Element | None, item: Element) -> Iterator[str]:
    asserted = {attribute(one, "qcode"): one for one in children(item, "assert")}
    for one in children(content, "subject"):
        code = attribute(one, "qcode", "uri")
        kind = _KINDS.get(attribute(one, "type").lower().rpartition(":")[2], "subject")
        name = _name(one) or _name_of(asserted.get(code)) or label_of(code)
        yield tag(kind, name, code)
    for one in children(content, "keyword"):
        yield tag("subject", text_of(one), "")


def _name_of(element: Element | None) -> str:
    return "" if element is None else _name(element)
