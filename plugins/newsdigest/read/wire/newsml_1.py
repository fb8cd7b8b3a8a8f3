"""NewsML 1.x: NewsItem and its tree of NewsComponents; texts apart from pictures."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.base.records import Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire import nitf
from newsdigest.read.wire.draft import Draft, finished, is_killed
from newsdigest.read.wire.markup import blocks_of
from newsdigest.read.wire.newsml_g2 import blocks_of_said
from newsdigest.read.wire.safe_xml import (
    Element,
    attribute,
    below,
    child,
    first_below,
    name_of,
    text_of,
)
from newsdigest.read.wire.subjects import label_of, tag

FORMAT = "NewsML 1.2"

_PICTURES = ("photo", "picture", "image", "graphic")
_PARTS = ("lead", "chapo", "intro", "introduction", "body", "text", "texte", "content")
_OTHERS = (*_PICTURES, "video", "audio", "animation")


def read_newsml_1(root: Element, path: str, rules: ParseRules) -> list[Told | Refused]:
    """Every NewsItem of the file."""
    items = [root] if name_of(root) == "newsitem" else list(below(root, "newsitem"))
    items = [
        one for one in items if not any(name_of(up) == "newsitem" for up in one.iterancestors())
    ]
    envelope = child(root, "newsenvelope")
    return [_told(item, envelope, path, rules) for item in items] or [
        Refused("E_NO_BODY", {"format": FORMAT})
    ]


def _told(item: Element, envelope: Element | None, path: str, rules: ParseRules) -> Told | Refused:
    management = child(item, "newsmanagement")
    texts, parts = _texts(item)
    draft = texts[0] if texts else Draft(FORMAT)
    blocks = [block for one in texts[:parts] for block in one.blocks]
    draft.format = FORMAT
    draft.blocks = tuple(blocks)
    draft.photos = tuple(_photos(item))
    draft.kind = draft.kind or _kind(item) if not texts else ""
    draft.headline = _line(item, "headline") or draft.headline or _line(item, "newslinetext") or ""
    draft.kicker = _line(item, "kicker", "overline") or draft.kicker
    draft.dates = [
        text_of(child(management, "thisrevisioncreated")),
        text_of(child(management, "firstcreated")),
        *draft.dates,
        text_of(first_below(item, "dateid")),
        text_of(child(envelope, "dateandtime")),
    ]
    draft.first = text_of(child(management, "firstcreated")) or None
    _manage(draft, management)
    draft.bylines = list(filter(None, [_line(item, "byline")])) or draft.bylines
    draft.sources = [*_sources(item), *draft.sources]
    draft.dateline = _dateline(item) or draft.dateline
    draft.lang = _language(item) or draft.lang
    draft.summary = _line(item, "subheadline", "slugline") if not texts else draft.summary
    identity = first_below(item, "newsidentifier")
    draft.item = text_of(child(identity, "publicidentifier")) or text_of(
        child(identity, "newsitemid")
    )
    draft.version = text_of(child(identity, "revisionid"))
    update = attribute(child(identity, "revisionid"), "Update")
    for revision in (f":{draft.version}{update}", f":{draft.version}"):
        draft.item = draft.item.removesuffix(revision) if draft.version else draft.item
    draft.tags = [*_tags(item), *draft.tags]
    return finished(draft, path, rules)


def _texts(item: Element) -> tuple[list[Draft], int]:
    """The texts, the main one first, and how many of them are parts of one: a lead, then a body."""
    contents = list(_contents(item))
    parts = [one for one in contents if _part(one) in _PARTS]
    if len({_part(one) for one in parts}) < 2:
        found = [draft for one in contents if (draft := _text(one)).blocks]
        return found, 1
    parts.sort(key=lambda one: _PARTS.index(_part(one)))
    found = [draft for one in parts if (draft := _text(one)).blocks]
    return found, len(found)


def _part(content: Element) -> str:
    """The role of the component that a content stands in itself."""
    return _own_role(content.getparent())


def _manage(draft: Draft, management: Element | None) -> None:
    """The status; one that will change at a moment is an embargo until then."""
    draft.state = attribute(child(management, "status"), "FormalName") or draft.state
    change = child(management, "statuswillchange")
    if attribute(child(change, "futurestatus"), "FormalName").lower() == "usable":
        draft.embargo = text_of(child(change, "dateandtime")) or draft.embargo
    notes = [one for one in below(management, "instruction", "property") if not len(one)]
    draft.notes += [text_of(one) or attribute(one, "Value") for one in notes]
    if is_killed(draft.notes):
        draft.state = "canceled"


def _contents(item: Element) -> Iterator[Element]:
    """The content of text components, the main one first; inline before a picture's."""
    found = [one for one in below(item, "contentitem") if _media(one) not in _OTHERS]
    found.sort(key=lambda one: "main" not in _role(one))
    yield from found


def _media(content: Element) -> str:
    return attribute(child(content, "mediatype"), "FormalName").lower()


def _role(content: Element) -> str:
    """The roles of the components that a content stands in."""
    roles = (attribute(child(up, "role"), "FormalName").lower() for up in content.iterancestors())
    return " ".join(filter(None, roles))


def _text(content: Element) -> Draft:
    data = child(content, "datacontent")
    if data is None:
        inner = first_below(content, "nitf")
        return nitf.draft_of(inner) if inner is not None else Draft(FORMAT)
    inner = first_below(data, "nitf")
    if inner is not None:
        return nitf.draft_of(inner)
    draft = Draft(FORMAT)
    if len(data):
        body = first_below(data, "body")
        draft.headline = text_of(first_below(data, "hl1", "h1")) or text_of(
            first_below(data, "title")
        )
        content_part = first_below(body, "body.content")
        draft.blocks = blocks_of(
            content_part if content_part is not None else body if body is not None else data
        )
    else:
        draft.blocks = blocks_of_said(data.text or "")
    return draft


def _photos(item: Element) -> Iterator[Block]:
    """The captions of the picture components."""
    for component in below(item, "newscomponent"):
        own = [one for one in component if name_of(one) == "contentitem"]
        if not any(_media(one) in _PICTURES for one in own):
            continue
        lines = child(component, "newslines")
        up = component.getparent()
        if lines is None and any(kind in _own_role(up) for kind in _PICTURES):
            lines = child(up, "newslines")
        caption = _caption(component, up) or text_of(child(lines, "headline"))
        credit = text_of(child(lines, "creditline")) or text_of(child(lines, "byline"))
        if caption and caption != _line(item, "headline"):
            yield Block("photo", caption=caption, credit=credit)


def _own_role(component: Element | None) -> str:
    return attribute(child(component, "role"), "FormalName").lower()


def _caption(component: Element, up: Element | None) -> str:
    """The text that stands in the picture's component, or beside it, as its caption."""
    for scope in (component, up):
        for one in below(scope, "newscomponent", "contentitem"):
            if "caption" in attribute(child(one, "role"), "FormalName").lower():
                return text_of(first_below(one, "datacontent"))
        found = first_below(scope, "media-caption") if scope is component else None
        if found is not None:
            return text_of(found)
    return ""


def _kind(item: Element) -> str:
    kinds = [_media(one) for one in below(item, "contentitem")]
    found = next((kind for kind in kinds if kind in _OTHERS), "")
    if found:
        return "picture" if found in _PICTURES else found
    is_package = first_below(item, "newsitemref") is not None
    return "package" if is_package and not kinds else ""


def _line(item: Element, *names: str) -> str:
    """The first line of one of these names: of the outermost component that has one."""
    return next(filter(None, map(text_of, below(item, *names))), "")


def _dateline(item: Element) -> str:
    said = _line(item, "dateline")
    if said:
        return said
    for location in below(item, "location"):
        for one in below(location, "property"):
            if attribute(one, "FormalName").lower() == "city":
                return attribute(one, "Value")
    return ""


def _language(item: Element) -> str:
    return attribute(first_below(item, "language"), "FormalName") or attribute(item, "lang")


def _sources(item: Element) -> Iterator[str]:
    yield _line(item, "creditline")
    for name in ("provider", "source", "creator"):
        for one in below(item, name):
            yield attribute(first_below(one, "party"), "FormalName")
    yield _line(item, "copyrightholder")
    yield _line(item, "providerid").split(":")[0].removesuffix(".com")


def _tags(item: Element) -> Iterator[str]:
    for code in below(item, "subjectcode"):
        for one in code:
            said = attribute(one, "FormalName")
            yield tag("subject", label_of(said), said)
    for one in below(item, "keywordline"):
        yield tag("subject", text_of(one), "")
    for one in below(item, "topicuse", "metadata"):
        for prop in below(one, "property"):
            if attribute(prop, "FormalName").lower() in ("keyword", "keywords"):
                yield tag("subject", attribute(prop, "Value"), "")
