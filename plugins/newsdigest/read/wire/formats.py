"""Which wire format a file is, told by its content, and its articles."""

from __future__ import annotations

from typing import NamedTuple

from newsdigest.base.settings import ParseRules
from newsdigest.read.composed import Refused, Told
from newsdigest.read.wire import anpa, iptc7901
from newsdigest.read.wire.sniff import structured_family, wire_family
from newsdigest.read.wire.telex_headers import decoded_text, is_anpa


class Wire(NamedTuple):
    """A wire file: what it is called, and its items in its order."""

    format: str
    items: list[Told | Refused]


def read_wire(data: bytes, path: str, rules: ParseRules) -> Wire | None:
    """The items of a file that is one by its content or promises it, None for a file of another kind."""
    family = wire_family(data) or structured_family(data)
    if family == "JSON":
        from newsdigest.read.wire import ninjs

        return Wire(ninjs.FORMAT, ninjs.read_ninjs(data, path, rules))
    if family == "XML":
        return _read_xml(data, path, rules)
    if family == "telex":
        text = decoded_text(data)
        if is_anpa(text):
            return Wire(anpa.FORMAT, anpa.read_anpa(text, path, rules))
        return Wire(iptc7901.FORMAT, iptc7901.read_iptc7901(text, path, rules))
    return None


def _read_xml(data: bytes, path: str, rules: ParseRules) -> Wire:
    from newsdigest.read.wire import newsml_1, newsml_g2, nitf, syndication
    from newsdigest.read.wire.safe_xml import Fault, below, name_of, read_xml

    tree = read_xml(data)
    if isinstance(tree, Fault):
        return Wire(
            "XML",
            [Refused("E_MARKUP", {"format": "XML", tree.reason: 1}, tree.line or None)],
        )
    root = tree.root
    name = name_of(root)
    names = (
        {name, *(name_of(one) for one in root.iter())}
        if name not in ("nitf", "newsml", "newsitem")
        else {name}
    )
    if name == "newsml" or (
        name == "newsitem"
        and next(below(root, "newscomponent", "newsmanagement"), None) is not None
    ):
        wire = Wire(newsml_1.FORMAT, newsml_1.read_newsml_1(root, path, rules))
    elif names & {"newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem"}:
        wire = Wire(newsml_g2.FORMAT, newsml_g2.read_newsml_g2(root, path, rules))
    elif "nitf" in names or "body.content" in names:
        wire = Wire(nitf.FORMAT, nitf.read_nitf(root, path, rules))
    elif name in syndication.ROOTS:
        wire = Wire(syndication.FORMAT, syndication.read_feed(root, path, rules))
    else:
        return Wire("XML", [Refused("E_NOT_NEWS", {"format": "XML", "root": name[:40]})])
    mended = tuple(tree.warnings)
    return wire if not mended else Wire(wire.format, [_warned(one, mended) for one in wire.items])


def _warned(one: Told | Refused, warnings: tuple[str, ...]) -> Told | Refused:
    from dataclasses import replace

    return replace(one, warnings=(*one.warnings, *warnings)) if isinstance(one, Told) else one
