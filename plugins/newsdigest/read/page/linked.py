"""JSON-LD: which of the objects in a page is its article, and what that says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

_ARTICLES = (
    *("NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle"),
    *("OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting"),
    *("BlogPosting", "Article", "Report", "TechArticle", "AdvertiserContentArticle"),
)
_DEEPEST = 12
_MOST = 3000

Node = dict[str, Any]


def nodes_of(scripts: list[str]) -> list[Node]:
    """Every object of a page's scripts, in their order; broken scripts give none."""
    found: list[Node] = []
    for script in scripts:
        for node in _walk(_loaded(script), 0):
            if len(found) >= _MOST:
                return found
            found.append(node)
    return found


def article_of(nodes: list[Node], address: str, heading: str) -> Node:
    """The object that is the page's article; {} where none is. `heading`: a headline to know it by."""
    articles = [(at, node) for at, node in enumerate(nodes) if _kind(node) < len(_ARTICLES)]
    if not articles:
        return {}

    def rank(one: tuple[int, Node]) -> tuple[bool, bool, int, int]:
        at, node = one
        here = bool(address) and address in (_address(node.get(key)) for key in _ADDRESSES)
        named = bool(heading) and text_of(node.get("headline")).casefold() == heading.casefold()
        return not here, not named, _kind(node) > 7, at

    return min(articles, key=rank)[1]


_ADDRESSES = ("url", "mainEntityOfPage", "@id")


def text_of(value: Any) -> str:
    """A value as text: the first of several, what a language map or `@value` holds."""
    for _step in range(4):
        if isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("text")
    return unescape(value).strip() if isinstance(value, str) else ""


def names_of(value: Any, nodes: list[Node]) -> list[str]:
    """The names of people or organisations; those that are only pointed at are looked up."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and not one.get("name") and one.get("@id"):
            one = next((n for n in nodes if n.get("@id") == one["@id"] and n.get("name")), one)
        names = one.get("name") if isinstance(one, dict) else one
        found += [text_of(name) for name in (names if isinstance(names, list) else [names])]
    return [name for name in found if name and "://" not in name]


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.partition("#")[0] if isinstance(value, str) else ""


def _kind(node: Node) -> int:
    """Where its type stands among those of articles; behind all for any other."""
    types = node.get("@type")
    names = [str(one).rpartition("/")[2] for one in (types if isinstance(types, list) else [types])]
    return min((_ARTICLES.index(one) for one in names if one in _ARTICLES), default=len(_ARTICLES))


def _loaded(script: str) -> Any:
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("]]>").strip()
    for one in (text.rstrip(";/ \n"), unescape(text)):
        try:
            return json.loads(one, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walk(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for one in value.values():
            if isinstance(one, (dict, list)):
                yield from _walk(one, depth + 1)
