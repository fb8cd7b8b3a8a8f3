"""The desk's commands: an act on the ledger, then the ordinary build, unless it is left for later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from newsdigest.base.errors import BuildError
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.commands.screen import Screen

from incremental_build import disk_failure, refuse
from incremental_build.command import clean_preview, read, run_build


def act(
    settings_file: str,
    command: Callable[[Settings], int],
    build: bool = True,
    overrides: Mapping[str, Any] | None = None,
) -> int:
    """Run the command and, where it gave 0, build with these `overrides`; the exit code."""
    settings = read(settings_file, overrides)
    try:
        code = command(settings)
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())
    except OSError as error:
        return refuse(disk_failure(error), settings.editor_lang, Screen())
    if code or build:
        return code or run_build(settings_file, overrides or {})
    gettext = translations(settings.editor_lang).gettext
    print(gettext("Noted in the ledger; it shows with the next build: invoke build."))
    return 0


def forget_preview(settings_file: str) -> None:
    """Take the preview's site and memory away, before what it holds is retracted; while it is being
    shown it stays, and the next preview makes it anew."""
    with suppress(BuildError, OSError):
        clean_preview(read(settings_file))
