"""Pelican's door to the raw articles: a reader of wire copy over the core's parser."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any, ClassVar

from markupsafe import escape
from newsdigest.base.agencies import DEFAULT_AGENCIES
from newsdigest.base.errors import line
from newsdigest.base.i18n import translations
from newsdigest.base.records import Article, Rejection
from newsdigest.read.formats import FORMATS, PIECES, parse_raw
from newsdigest.read.sources import SourceFile, read_source
from newsdigest.site.settings import settings_from
from newsdigest.text import markup
from pelican import signals
from pelican.readers import BaseReader, Readers
from pelican.urlwrappers import Author, Category

log = logging.getLogger(__name__)
_AGENCIES = dict(DEFAULT_AGENCIES)


class RawArticleReader(BaseReader):
    """Reads one raw article. One that cannot be is skipped, with the line that says why."""

    enabled = True
    file_extensions: ClassVar[list[str]] = [
        suffix.removeprefix(".") for suffix in FORMATS if suffix not in PIECES
    ]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        settings = settings_from(self.settings, os.environ)
        path = Path(source_path).absolute().relative_to(Path(settings.content).absolute())
        file = SourceFile(path.as_posix(), 0, 0, 0, 0)
        data = read_source(Path(settings.content), file, settings.rules)
        article = (
            data
            if isinstance(data, Rejection)
            else parse_raw(data, path.as_posix(), settings.rules)
        )
        if isinstance(article, Rejection):
            gettext = translations(settings.editor_lang).gettext
            log.warning("%s", line(article, Path(settings.content).name, gettext))
            return "", {"status": "skip", "title": path.as_posix()}
        body = markup.render_blocks(article)
        html = f'<p class="lede">{body.lede}</p>{body.body}' if body.lede else str(body.body)
        return html, self.metadata_of(article)

    def metadata_of(self, article: Article) -> dict[str, Any]:
        """The article in Pelican's words; its record comes along for the other doors.

        Unsigned copy has its last agency for author, never an invented person.
        """
        names = article.authors or tuple(
            _AGENCIES.get(name, name) for name in article.agencies[-1:]
        )
        return {
            "title": article.headline,
            "date": article.published,
            "date_precision": article.date_precision,
            "lang": article.lang,
            "summary": escape(markup.dek(article)),
            "kicker": article.kicker,
            "update": article.update,
            "dateline": article.dateline,
            "source_url": article.source_url,
            "related_headlines": list(article.related),
            "photos": [{"caption": p.caption, "credit": p.credit} for p in article.photos],
            "agencies": list(article.agencies),
            # Pelican writes drafts; of what is under embargo nothing may be written.
            "status": "skip" if "W_EMBARGO" in article.warnings else article.status,
            "record": article,
            # Pelican takes the first of `authors`: unsigned copy must not have an empty list.
            **({"authors": [Author(name, self.settings) for name in names]} if names else {}),
            **({"category": Category(article.section, self.settings)} if article.section else {}),
        }


def add_reader(readers: Readers) -> None:
    """Pelican asks which reader takes which suffix: its own HTML pages stay its own."""
    for extension in RawArticleReader.file_extensions:
        readers.reader_classes.setdefault(extension, RawArticleReader)


def register() -> None:
    signals.readers_init.connect(add_reader)
