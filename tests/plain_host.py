"""A host without Pelican: a page is its view, word for word, with a link for every address in it.

Whatever a page shows is in its view, so two builds that agree here agree under any theme.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import escape
from msgspec.structs import replace as restated
from newsdigest.archive.articles import FiledArticle
from newsdigest.archive.readers import Archive

_ADDRESS = re.compile(r"'(/[^'\s]*)'")


class PlainHost:
    def render(self, template: str, context: Mapping[str, Any]) -> str:
        view = context["view"]
        if hasattr(view, "filed"):  # for the host's own words of an article: no template needs it
            view = restated(view, filed=None)
        shown = repr(view)
        links = "".join(
            f'<a href="{escape(address)}"></a>\n'
            for address in sorted(set(_ADDRESS.findall(shown)))
        )
        text = str(escape(shown)).replace("&#39;", "'").replace(", ", ",\n")
        assets = escape(context["assets"].css)
        return f"<!doctype html>\n<html><!-- {template} {assets} -->\n{links}{text}\n</html>\n"

    def open_archive(self, archive: Archive) -> None:
        del archive

    def sees_articles(self) -> bool:
        return False

    def article_context(self, filed: FiledArticle, body: str) -> Mapping[str, Any]:
        return {}


def open_host(options: str) -> PlainHost:
    del options
    return PlainHost()
