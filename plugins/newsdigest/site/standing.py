"""The texts that stand beside the news: about, accessibility, legal. Markdown of the editors' or ours, to HTML.

A text may name what the settings tell as `[[publisher]]`: a block that names what is not told is left out, and
with it a heading that has nothing below it. Only a few elements come through, each written here anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from msgspec import Struct

from newsdigest.text import typography

_TEXTS = Path(__file__).with_name("texts")
OTHERWISE = "en"
# A text that a reader reads: longer ones are something else, and nothing of ours nests deeper.
MOST_SIGNS = 100_000
_MOST_COSTLY, _DEEPEST = 1000, 40

_EXTENSIONS = ("markdown.extensions.meta", "markdown.extensions.sane_lists")
_NAMED = re.compile(r"\[\[([a-z]+)\]\]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_DROPPED = {"script", "style", "iframe", "object", "template", "svg", "math", "noscript"}
_TAGS = {
    **{tag: tag for tag in ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code")},
    **{"a": "a", "strong": "strong", "em": "em", "br": "br", "h1": "h2", "b": "strong", "i": "em"},
    **{"h5": "h4", "h6": "h4"},
}
_BLOCKS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre"))
_HOLDERS = "ul|ol|blockquote|li|p"


class TextError(ValueError):
    """A text that is no page: too long, too deep."""


class Value(Struct, frozen=True):
    """What stands in the place of a name: a text, and where it leads, "" for nowhere."""

    text: str
    href: str = ""


class Text(Struct, frozen=True):
    """A text as its page shows it, in `lang`. `untold` are the names it used that have no value,
    `unknown` those that nothing is called."""

    title: str
    summary: str
    body: Markup
    lang: str
    untold: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def shipped(name: str, lang: str) -> tuple[str, str]:
    """Our own text of that name and its language: that asked for where there is one, else English."""
    language = lang.partition("-")[0].lower()
    found = _shipped(name, language)
    return (found, lang) if found else (_shipped(name, OTHERWISE), OTHERWISE)


@cache
def _shipped(name: str, language: str) -> str:
    file = _TEXTS / f"{name}.{language}.md"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def check(source: str) -> None:
    """Raises TextError for what is no text of a page."""
    shown(source, "fr", {}, "")


def shown(source: str, lang: str, values: Mapping[str, Value], site_url: str) -> Text:
    """A text with the values of its names; one of `Value("")` is known, and not told.

    Raises TextError.
    """
    top, said = _parsed(source)
    used = list(dict.fromkeys(_NAMED.findall(source)))
    _leave_out(top, {name for name, value in values.items() if not value.text})
    writer = _Writer(lang, values, site_url)
    return Text(
        title=writer.plain(said.get("title", "")),
        summary=writer.plain(said.get("summary", "")),
        body=Markup("".join(writer.inside(top)).strip()),
        lang=lang,
        untold=tuple(name for name in used if name in values and not values[name].text),
        unknown=tuple(name for name in used if name not in values),
    )


def _parsed(source: str) -> tuple[Any, dict[str, str]]:
    """The text's elements below one, and its metadata."""
    # Loaded where a text is rendered: few builds do.
    import nh3
    from lxml import html as lxml_html
    from markdown import Markdown

    source = _CONTROLS.sub("", source)
    if len(source) > MOST_SIGNS:
        raise TextError
    if any(
        sum(map(block.count, "[<>*_`")) > _MOST_COSTLY for block in re.split(r"\n\s*\n", source)
    ):
        raise TextError  # Markdown looks for the end of each in all that follows it
    reader = Markdown(extensions=list(_EXTENSIONS), output_format="html")
    try:
        made = reader.convert(source)
        clean = nh3.clean(
            made, tags=set(_TAGS), attributes={"a": {"href"}}, clean_content_tags=_DROPPED
        )
        top = lxml_html.fragment_fromstring(clean, create_parent="div")
        if any(len(list(one.iterancestors())) > _DEEPEST for one in top.iter()):
            raise TextError
    except RecursionError as error:
        raise TextError from error
    said: dict[str, list[str]] = getattr(reader, "Meta", {})
    return top, {name: " ".join(lines) for name, lines in said.items()}


def _leave_out(top: Any, untold: set[str]) -> None:
    """Without the blocks that name what is not told, and what they leave empty."""
    for element in list(top.iter()):
        texts = (element.text or "", *((child.tail or "") for child in element))
        if any(name in untold for text in texts for name in _NAMED.findall(text)):
            block = next((e for e in (element, *element.iterancestors()) if e.tag in _BLOCKS), None)
            if block is not None and block.getparent() is not None:
                block.drop_tree()
    for tag in _HOLDERS.split("|"):
        for element in reversed(list(top.iter(tag))):
            if not len(element) and not element.text_content().strip():
                element.drop_tree()
    below = ""
    for element in reversed(list(top)):
        rank = element.tag if re.fullmatch("h[1-6]", str(element.tag)) else ""
        if rank and (not below or (below < "h9" and rank >= below)):
            element.drop_tree()
        else:
            below = rank or "h9"


class _Writer:
    """Writes elements as HTML: texts typeset, names filled in, links that are links."""

    def __init__(self, lang: str, values: Mapping[str, Value], site_url: str) -> None:
        self.lang = lang
        self.values = values
        self.site_url = site_url

    def plain(self, text: str) -> str:
        """A line of metadata."""
        return typography.typeset(
            _NAMED.sub(lambda m: self._value(m).text, text).strip(), self.lang
        )

    def _value(self, found: re.Match[str]) -> Value:
        return self.values.get(found[1], Value(found[0]))

    def inside(self, element: Any, linked: bool = False, verbatim: bool = False) -> Iterator[str]:
        """What an element holds."""
        yield self._text(element.text, linked, verbatim)
        for child in element:
            yield from self._element(child, linked, verbatim)
            yield self._text(child.tail, linked, verbatim)

    def _element(self, element: Any, linked: bool, verbatim: bool) -> Iterator[str]:
        tag = _TAGS.get(str(element.tag), "")
        if tag == "br":
            yield "<br>"
            return
        start, end = (f"<{tag}>", f"</{tag}>") if tag else ("", "")
        if tag == "a":
            start = "" if linked else self._link(str(element.get("href") or ""))
            end = end if start else ""
        yield start
        yield from self.inside(
            element, linked or bool(tag == "a" and start), verbatim or tag in ("code", "pre")
        )
        yield end

    def _text(self, text: str | None, linked: bool, verbatim: bool) -> str:
        if not text or verbatim:
            return str(escape(text or ""))
        parts, at = [], 0
        for found in _NAMED.finditer(text):
            parts.append(escape(typography.typeset(text[at : found.start()], self.lang)))
            value, at = self._value(found), found.end()
            label = escape(typography.typeset(value.text, self.lang))
            start = "" if linked or not value.href else self._own_link(value.href)
            parts.append(Markup(start) + label + Markup("</a>" if start else ""))
        parts.append(escape(typography.typeset(text[at:], self.lang)))
        return str(Markup("").join(parts))

    def _own_link(self, address: str) -> str:
        """The same of what is surely there: a page of the site stands where it is looked at."""
        return f'<a href="{escape(address)}">' if address.startswith("/") else self._link(address)

    def _link(self, address: str) -> str:
        """The tag that begins a link; "" where the address is none that a page may lead to.

        A page of the site is named by its whole address: like one that an article cites, it may be gone.
        """
        address = address.strip()
        if address.startswith("/") and not address.startswith(("//", "/\\")):
            address = self.site_url + address
        try:
            scheme = urlsplit(address).scheme
        except ValueError:
            return ""
        if scheme in ("http", "https"):
            ours = self.site_url and f"{address}/".startswith(f"{self.site_url}/")
            return f'<a href="{escape(address)}"{"" if ours else _OUTSIDE}>'
        ours = address.startswith("/") and not self.site_url
        return f'<a href="{escape(address)}">' if ours or scheme in ("mailto", "tel") else ""


_OUTSIDE = ' rel="external noopener"'
