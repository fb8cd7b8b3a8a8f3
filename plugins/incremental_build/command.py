"""What the editor's commands do with Pelican: read the settings, build, watch."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsdigest.base.addresses import site_folder
from newsdigest.base.errors import BuildError, _
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings, settings_from
from newsdigest.build import Outcome, Refused
from newsdigest.commands.preview import Preview
from newsdigest.report import explain as print_reasons
from pelican.log import init as init_logging
from pelican.settings import read_settings
from rich.console import Console

from incremental_build import LeFil, interruption, present, refuse


def read(settings_file: str, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The core's settings of a settings file, or exit with the line that says what is wrong."""
    try:
        return settings_from(_read_values(settings_file, overrides or {}), os.environ)
    except BuildError as error:
        sys.exit(refuse(error, "fr", Console()))


def run_build(
    settings_file: str,
    overrides: Mapping[str, Any],
    json_file: str = "",
    explain: bool = False,
) -> int:
    """Build as `pelican` does, with the report in `json_file` too; the exit code."""
    init_logging(level=logging.WARNING)
    console = Console(highlight=False)
    lang = "fr"
    try:
        values = _read_values(settings_file, overrides)
        lang = values.get("EDITOR_LANG", values["DEFAULT_LANG"])
        host = LeFil(values)
        settings = settings_from(host.settings, os.environ)
        outcome = host.build(settings, console)
    except Refused as error:
        _write_report(json_file, error.report.as_json(translations(lang).gettext))
        return refuse(error, lang, console)
    except BuildError as error:
        return refuse(error, lang, console)
    except KeyboardInterrupt:
        return refuse(interruption(), lang, console)
    _write_report(json_file, outcome.report.as_json(translations(lang).gettext))
    if explain:
        print_reasons(outcome.reasons, console, translations(lang).gettext)
    present(outcome, settings, console)
    return 0


def _read_values(settings_file: str, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Pelican's settings. Raises BuildError for whatever is wrong with the file or its folders."""
    try:
        found = {"SETTINGS_FILE": str(Path(settings_file).absolute()), **overrides}
        values: dict[str, Any] = read_settings(settings_file, found)
    except Exception as error:  # the settings are a program: anything may go wrong in it
        raise BuildError(
            _("the settings in {file} cannot be used: {reason}."),
            _("Correct the file; PATH must name the folder of the articles."),
            file=settings_file,
            reason=str(error).rstrip("."),
        ) from error
    return values


def _write_report(json_file: str, report: Mapping[str, Any]) -> None:
    if json_file:
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        Path(json_file).write_text(text, encoding="utf-8", errors="backslashreplace")


def watch_and_serve(settings_file: str, root: Path, bind: str, port: int) -> None:
    """Build, serve, and build again whenever content, theme, plugins or settings change."""
    from watchfiles import watch

    settings = read(settings_file)
    run_build(settings_file, {})
    watched = [Path(settings.content), Path(settings.theme), root / "plugins", root / settings_file]
    folder = site_folder(settings.site.url)
    with Preview(settings.output, bind, port, folder=folder) as preview:
        for _changes in watch(*watched, raise_interrupt=False):
            if _rebuild(settings_file) == 0:
                preview.reload()


def _rebuild(settings_file: str) -> int:
    """In a process of its own: changed plugins and templates are read anew."""
    import subprocess

    command = [sys.executable, "-m", "invoke", "build", "--settings", settings_file]
    return subprocess.run(command, check=False).returncode


__all__ = ["Outcome", "read", "run_build", "watch_and_serve"]
