"""The terminal as it is: whatever its encoding, whoever stops reading, and text as it is written."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from rich.console import Console

from newsdigest.archive.faults import is_unreadable
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings

Rest = ParamSpec("Rest")


class Screen(Console):
    """The console of the editor's commands.

    No text has codes in it (`:smile:` is a name like any other); what the terminal cannot show is
    replaced; and who stops reading (`| head`) ends the printing, never the build.
    """

    def __init__(self, stderr: bool = False) -> None:
        show_anything()
        super().__init__(stderr=stderr, highlight=False, emoji=False)

    def on_broken_pipe(self) -> None:
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)


def show_anything() -> None:
    """Print signs that the terminal's encoding has not as `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_json() -> None:
    """What is printed from now on is JSON, hence UTF-8, for a program and not for a terminal."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def asks_the_archive(command: Callable[Rest, int]) -> Callable[Rest, int]:
    """A command that reads the store: one that is damaged, or of another version, is told of."""

    @wraps(command)
    def run(*args: Rest.args, **kwargs: Rest.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except Exception as error:
            if not is_unreadable(error):
                raise
            (lang,) = (given.editor_lang for given in args if isinstance(given, Settings))
            gettext = translations(lang).gettext
            print(
                gettext("The archive's memory cannot be read: run invoke build, which mends it."),
                file=sys.stderr,
            )
            return 1

    return run
