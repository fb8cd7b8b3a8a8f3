"""NITF 3.x and its kin, by itself or as the body of a NewsML item."""

from __future__ import annotations

from collections.abc import Iterator

from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire.draft import Draft, finished, is_killed
from newsdigest.read.wire.markup import blocks_of
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

FORMAT = "NITF"

_DATES = ("date.issue", "date.release")
_METAS = (
    "date",
    "dc.date",
    "pubdate",
    "publicationdate",
    "timestamp",
    "ntb-dato",
    "created",
    "article:published_time",
    "storydate",
    "dcterms.date",
    "dc.date.issued",
)


def read_nitf(root: Element, path: str, rules: ParseRules) -> list[Told | Refused]:
    """The articles of a tree: one for each `nitf` in it."""
    found = [root] if name_of(root) == "nitf" else list(below(root, "nitf"))
    drafts = [(draft_of(one), one) for one in found or [root]]
    for draft, one in drafts:
        draft.dates += _around(one)
    return [finished(draft, path, rules) for draft, _ in drafts]


def _around(element: Element) -> Iterator[str]:
    """The dates of the feed entry that an article stands in."""
    for up in element.iterancestors():
        yield from (text_of(one) for one in children(up, "updated", "published", "pubdate"))


def draft_of(root: Element) -> Draft:
    """What a `nitf` element says."""
    draft = Draft(FORMAT)
    head, body = child(root, "head"), child(root, "body")
    top = child(body, "body.head")
    docdata = child(head, "docdata")
    lines = _headlines(top, body, head)
    draft.headline = lines[0] if lines else ""
    draft.kicker = text_of(first_below(top, "slugline", "kicker"))
    content = child(body, "body.content")
    if content is None:
        content = body
    draft.blocks = blocks_of(*_content(content))
    draft.summary = text_of(first_below(top, "abstract"))
    draft.dates = list(_dates(root, head, docdata, top))
    draft.embargo = _embargo(docdata)
    draft.bylines = [_byline(one) for one in below(top, "byline")] or [
        _byline(one) for one in below(body, "byline")
    ][:1]
    draft.sources = [text_of(one) for one in below(top, "distributor")]
    draft.sources += [attribute(one, "holder") for one in below(docdata, "doc.copyright")]
    draft.sources += [
        attribute(one, "provider", "regsrc") for one in below(docdata, "doc-id", "du-key")
    ]
    located = first_below(top, "dateline")
    place = first_below(located, "location")
    draft.dateline = text_of(place if place is not None else located)
    draft.lang = attribute(body, "lang") or attribute(root, "lang")
    identity = first_below(docdata, "doc-id")
    name, whose = attribute(identity, "id-string"), attribute(identity, "regsrc")
    draft.item = f"{whose}:{name}" if name and whose else name
    draft.version = attribute(first_below(docdata, "du-key"), "version")
    draft.state = attribute(docdata, "management-status")
    draft.notes = _notes(docdata, head)
    if is_killed(draft.notes):
        draft.state = "canceled"
    draft.tags = list(_tags(head, docdata))
    return draft


def _headlines(top: Element | None, body: Element | None, head: Element | None) -> list[str]:
    found = list(below(top, "hl1")) or list(below(top, "hedline", "headline", "h1"))
    found = found or list(below(body, "hl1")) or list(below(body, "hedline", "headline"))
    found = found or children(head, "title")
    return [text for text in map(text_of, found) if text]


def _content(content: Element | None) -> list[Element]:
    """The content, without a head that stands inside it for want of one before it."""
    if content is None:
        return []
    inside = [one for one in content if name_of(one) in ("body.head", "body.end")]
    for one in inside:
        tail = one.tail
        content.remove(one)
        if tail and tail.strip() and len(content):
            content[-1].tail = (content[-1].tail or "") + tail
    return [content]


def _byline(element: Element) -> str:
    """People first where they are marked; else the line as it is, without what they are."""
    people = [text_of(one) for one in below(element, "person")]
    if any(people):
        return " / ".join(filter(None, people))
    titles = [text_of(one) for one in below(element, "byttl")]
    text = text_of(element)
    for title in filter(None, titles):
        text = text.replace(title, " ", 1)
    return text


def _dates(
    root: Element, head: Element | None, docdata: Element | None, top: Element | None
) -> Iterator[str]:
    for name in _DATES:
        for one in below(docdata, name):
            yield attribute(one, "norm") or text_of(one)
    for one in below(top, "story.date"):
        yield attribute(one, "norm") or text_of(one)
    for meta in below(head, "meta"):
        if attribute(meta, "name", "property").lower() in _METAS:
            yield attribute(meta, "content")
    for one in below(head, "pubdata"):
        yield attribute(one, "date.publication")
    for one in below(root, "revision-history"):
        yield attribute(one, "norm")
    yield attribute(root, "change.date") if attribute(root, "change.date").isdigit() else ""
    for one in below(top, "dateline"):
        yield attribute(first_below(one, "story.date"), "norm")


def _embargo(docdata: Element | None) -> str | None:
    """A release later than the issue is an embargo."""
    issue = attribute(first_below(docdata, "date.issue"), "norm")
    release = attribute(first_below(docdata, "date.release"), "norm")
    return release if issue and release and release > issue else None


def _notes(docdata: Element | None, head: Element | None) -> list[str]:
    said = [attribute(one, "info") or text_of(one) for one in below(docdata, "ed-msg")]
    metas = (one for one in below(head, "meta") if "note" in attribute(one, "name").lower())
    return [*said, *(attribute(one, "content") for one in metas)]


def _tags(head: Element | None, docdata: Element | None) -> Iterator[str]:
    for one in below(head, "tobject.subject"):
        code = attribute(one, "tobject.subject.refnum")
        name = attribute(
            one, "tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"
        )
        yield tag("subject", name or label_of(code), code)
    for one in below(docdata, "keyword"):
        yield tag("subject", attribute(one, "key"), "")
    for kind, names in (
        ("person", ("person",)),
        ("organisation", ("org",)),
        ("place", ("location",)),
    ):
        for one in below(first_below(docdata, "identified-content"), *names):
            yield tag(kind, text_of(one) or attribute(one, "value"), attribute(one, "idsrc"))
