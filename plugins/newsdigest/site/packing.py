"""Views as bytes and back, for what is kept of them between builds (`archive/views.py`)."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any, get_type_hints

import msgspec
from markupsafe import Markup

from newsdigest.base.records import Page
from newsdigest.site.kind import Html
from newsdigest.site.shapes import NO_ATTRS

# Half the size of views for a tenth of what it costs to work them out; more would not be smaller by much.
_LEVEL = 1


def pack_view(page: Page, view: Any) -> bytes:
    """A page's view, in a form that tells whose it is and whether it was damaged."""
    return zlib.compress(_whose(page) + _ENCODER.encode(view), _LEVEL)


def unpack_view(kind: Html, page: Page, packed: bytes) -> Any:
    """The view again, None where the bytes are no view of that page."""
    whose = _whose(page)
    try:
        data = zlib.decompress(packed)
        return _decoder(kind.view).decode(data[len(whose) :]) if data.startswith(whose) else None
    except (zlib.error, msgspec.DecodeError):
        return None


def _whose(page: Page) -> bytes:
    return f"{page.kind}\n{page.name}\n".encode()


def _plain(value: Any) -> str:
    if isinstance(value, Markup):
        return str(value)
    raise NotImplementedError(type(value))


def _marked(type_: type, value: Any) -> Any:
    if type_ is Markup and isinstance(value, str):
        # Most say nothing; as `Markup(value)`, without its questions.
        return str.__new__(Markup, value) if value else NO_ATTRS
    raise NotImplementedError(type_)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)


@cache
def _decoder(view: Any) -> msgspec.msgpack.Decoder[Any]:
    shape = get_type_hints(view)["return"]
    return msgspec.msgpack.Decoder(shape, dec_hook=_marked)
