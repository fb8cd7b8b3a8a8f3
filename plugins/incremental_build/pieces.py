"""Pelican's readers of Markdown and reStructuredText, for the editors' own pieces: in any worker.

Metadata comes back as written: what a date or a status means is the core's to say. The text decides nothing of what
this machine does: no file is put in, nothing goes into the HTML raw.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pelican import readers
from pelican.readers import BaseReader, MarkdownReader, RstReader, ensure_metadata_list
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import get_date

# What the settings call `read_piece`.
NAME = "incremental_build.pieces:read_piece"

log = readers.logger
_LISTS = frozenset(("author", "authors", "tags", "keywords"))
_ISO = re.compile(r"\d{4}-\d\d")
_SAFE = {"file_insertion_enabled": False, "raw_enabled": False, "_disable_config": True}
# Footnotes, tables and definitions are Pelican's too; what colours code is not asked for.
_EXTENSIONS = ["markdown.extensions.extra", "markdown.extensions.meta"]


def read_piece(text: str, suffix: str, lang: str) -> tuple[str, dict[str, list[str]]]:
    """The HTML and the metadata of a text with this suffix. Raises ValueError where the reader cannot read it."""
    reader = _reader("rst" if suffix == ".rst" else "md", lang)
    with TemporaryDirectory(prefix="lefil-") as folder:
        file = Path(folder) / f"piece{suffix}"
        file.write_text(text, encoding="utf-8", errors="replace")
        log.disabled = True  # what is wrong is told of the file, not of this copy of it
        try:
            html, metadata = reader.read(str(file))
        except RecursionError:
            raise
        except Exception as error:  # docutils and Markdown have errors of every kind
            raise ValueError(str(error)) from error
        finally:
            log.disabled = False
    return str(html or ""), {name.lower(): _values(name, said) for name, said in metadata.items()}


def _values(name: str, said: Any) -> list[str]:
    """What is said under a name, as written; lists apart, dates as ISO 8601 where Pelican knows them."""
    if name.lower() in _LISTS:
        return [str(one) for one in ensure_metadata_list(said)]
    values = [str(one) for one in said] if isinstance(said, list) else [str(said or "")]
    return [_date(value) for value in values] if name.lower() == "date" else values


def _date(said: str) -> str:
    if _ISO.match(said.strip()):
        return said
    try:
        return str(get_date(said).isoformat(" ", "minutes"))
    except (ValueError, OverflowError, TypeError):
        return said


@lru_cache(maxsize=8)
def _reader(kind: str, lang: str) -> BaseReader:
    settings = {**deepcopy(DEFAULT_CONFIG), "DEFAULT_LANG": lang, "DOCUTILS_SETTINGS": _SAFE}
    settings["MARKDOWN"] = {"extensions": list(_EXTENSIONS), "output_format": "html5"}
    return _Rst(settings) if kind == "rst" else _Markdown(settings)


class _AsWritten(BaseReader):  # type: ignore[misc]
    def process_metadata(self, name: str, value: Any) -> Any:
        """Metadata as it stands in the file."""
        del name
        return value


class _Rst(_AsWritten, RstReader):  # type: ignore[misc]
    pass


class _Markdown(_AsWritten, MarkdownReader):  # type: ignore[misc]
    pass
