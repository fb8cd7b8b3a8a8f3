"""What the editor's commands do with Pelican: read the settings, build, watch."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsdigest.base.addresses import site_folder
from newsdigest.base.errors import BuildError, _
from newsdigest.base.i18n import translations
from newsdigest.base.settings import Settings
from newsdigest.base.settings_check import editors_language
from newsdigest.build import Gate, Outcome, Refused, let_pass
from newsdigest.commands.check import repair_site
from newsdigest.commands.clean import clean_site
from newsdigest.commands.preview import Preview, serve_site
from newsdigest.commands.screen import Screen
from newsdigest.report import Report
from newsdigest.report_screen import explain as print_reasons
from newsdigest.site.settings import checked_settings, settings_from
from pelican.log import init as init_logging
from pelican.settings import read_settings

from incremental_build import LeFil, disk_failure, interruption, present, refuse


def read(settings_file: str, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The core's settings of a settings file, or exit with the line that says what is wrong."""
    try:
        return checked_settings(read_values(settings_file, overrides or {}), os.environ)
    except BuildError as error:
        sys.exit(refuse(error, "fr", Screen()))


def run_build(
    settings_file: str,
    overrides: Mapping[str, Any],
    json_file: str = "",
    explain: bool = False,
    adjust: Callable[[Settings], Settings] = lambda settings: settings,
    gate: Gate = let_pass,
) -> int:
    """Build as `pelican` does, with the report in `json_file` too; the exit code.

    `adjust`: what no setting says; `gate`: what may stop it (`newsdigest.build`).
    """
    init_logging(level=logging.WARNING)
    console = Screen()
    lang = "fr"
    try:
        values = read_values(settings_file, overrides)
        lang = editors_language(values)
        if json_file:
            refuse_unless_writable(Path(json_file))
        host = LeFil(values)
        settings = adjust(settings_from(host.settings, os.environ))
        outcome = host.build(settings, console, gate)
    except Refused as error:
        _write_report(json_file, error.report, lang)
        return refuse(error, lang, console)
    except BuildError as error:
        return refuse(error, lang, console)
    except KeyboardInterrupt:
        return refuse(interruption(), lang, console)
    _write_report(json_file, outcome.report, lang)
    if explain:
        print_reasons(outcome.reasons, console, translations(lang).gettext)
    present(outcome, settings, console)
    return 0


def ask(settings_file: str, command: Callable[[Settings], int]) -> int:
    """Run a command that builds nothing, and tell what it refuses; the exit code."""
    settings = read(settings_file)
    try:
        return command(settings)
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())
    except OSError as error:
        return refuse(disk_failure(error), settings.editor_lang, Screen())


def repair_and_build(settings_file: str) -> int:
    """Make again what is missing or not as built, by a build that knows of it; the exit code."""
    settings = read(settings_file)
    try:
        code = repair_site(settings)
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())
    return code or run_build(settings_file, {})


def clean(settings_file: str) -> int:
    """Delete what builds made; the exit code."""
    settings = read(settings_file)
    try:
        clean_site(settings)
        clean_preview(settings)
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())
    return 0


def clean_preview(settings: Settings) -> None:
    """Delete what the preview of this site made, and its memory."""
    preview = preview_folder(settings.output)
    if preview.is_dir():
        clean_site(replace(settings, output=str(preview / "site"), cache=str(preview / "cache")))
        with suppress(OSError):  # others keep files there
            preview.rmdir()


def preview_folder(output: str) -> Path:
    """Where the preview of the site in this folder stands: beside it."""
    folder = Path(output).absolute()
    return folder.with_name(f"{folder.name}-preview")


def read_values(settings_file: str, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Pelican's settings. Raises BuildError for whatever is wrong with the file or its folders."""
    if Path(settings_file).exists() and not _is_python(Path(settings_file)):
        raise BuildError(
            _("{file} is no settings file."),
            _("Name a Python file, as pelicanconf.py is: --settings FILE."),
            file=os.path.relpath(settings_file),
        )
    try:
        found = {"SETTINGS_FILE": str(Path(settings_file).absolute())}
        values: dict[str, Any] = read_settings(settings_file, found)
    except Exception as error:  # the settings are a program: anything may go wrong in it
        raise BuildError(
            _("the settings in {file} cannot be used: {reason}."),
            _("Correct the file; PATH must name the folder of the articles."),
            file=os.path.relpath(settings_file),
            reason=str(error).rstrip("."),
        ) from error
    # Last: what an option overrides is checked in the file all the same.
    return {**values, **overrides}


def _is_python(file: Path) -> bool:
    return file.is_file() and file.suffix == ".py"


def refuse_unless_writable(report: Path) -> None:
    """Raise BuildError if the report cannot be written there: before the build, not after it."""
    folder = report.parent
    if report.is_dir():
        reason = _("{file} is a folder.")
    elif not folder.is_dir():
        reason = _("the folder of {file} does not exist.")
    elif not os.access(report if report.exists() else folder, os.W_OK):
        reason = _("{file} may not be written.")
    else:
        return
    raise BuildError(reason, _("Name another file for --json."), file=str(report))


def _write_report(json_file: str, report: Report, lang: str) -> None:
    """The report as JSON; a disk that fails now is told, and changes nothing about the site."""
    if not json_file:
        return
    gettext = translations(lang).gettext
    text = json.dumps(report.as_json(gettext), ensure_ascii=False, indent=2) + "\n"
    try:
        Path(json_file).write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        told = BuildError(
            _("the site is published, but the report could not be written: {reason} ({file})."),
            reason=error.strerror or str(error),
            file=json_file,
        )
        Screen(stderr=True).print(told.text(gettext), markup=False, soft_wrap=True)


def serve(settings_file: str, bind: str, port: int) -> int:
    """Show the site until Ctrl-C; 1 where it cannot be shown."""
    settings = read(settings_file)
    try:
        serve_site(settings.output, bind, port, site_folder(settings.site.url))
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())
    return 0


def watch_and_serve(settings_file: str, root: Path, bind: str, port: int) -> None:
    """Build, serve, and build again whenever content, theme, plugins or settings change."""
    from watchfiles import watch

    settings = read(settings_file)
    folder = site_folder(settings.site.url)
    try:
        server = Preview(settings.output, bind, port, folder=folder)
    except BuildError as error:
        sys.exit(refuse(error, settings.editor_lang, Screen()))
    run_build(settings_file, {})
    watched = [
        Path(settings.content),
        Path(settings.theme),
        root / "plugins",
        Path(settings_file).absolute(),
    ]
    with server as preview:
        for _changes in watch(*watched, raise_interrupt=False):
            if _rebuild(settings_file) == 0:
                preview.reload()


def _rebuild(settings_file: str) -> int:
    """In a process of its own: changed plugins and templates are read anew."""
    import subprocess

    command = [sys.executable, "-m", "invoke", "build", "--settings", settings_file]
    return subprocess.run(command, check=False).returncode


__all__ = ["Outcome", "read", "run_build", "serve", "watch_and_serve"]
