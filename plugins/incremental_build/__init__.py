"""Pelican's door to the build: Pelican reads the settings, loads the plugins and renders the
templates; what is read, stale, rendered and published is decided by `newsdigest.build`.

    LeFil            the Pelican class named by PELICAN_CLASS, run by `pelican` and `invoke build`
    host.py          Pelican's templates and Article objects, for the core to render with
    articles.py      the archive as the lists Pelican has, read when asked for
    previewing.py    `invoke preview`: a build beside the site, with what is not public yet
    desk.py          the commands of the desk: an act on the ledger, then a build
    publishing.py    `invoke publish`, `invoke diff`: what a build would publish, and the publication
    pieces.py        Pelican's readers of Markdown and reStructuredText, for the workers
    hosted.py        Pelican's other generators, and builds that are Pelican's own
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pelican.plugins
from newsdigest.base.errors import BuildError, _
from newsdigest.base.fingerprint import digest, fingerprint
from newsdigest.base.i18n import translations
from newsdigest.base.plain import plain
from newsdigest.base.settings import Settings
from newsdigest.base.settings_check import editors_language
from newsdigest.build import Gate, HostSpec, Outcome, Refused, build, let_pass
from newsdigest.commands.kill import retract_withdrawn
from newsdigest.commands.screen import Screen
from newsdigest.commands.sent import say_unpublished, show_sent
from newsdigest.progress import Lines
from newsdigest.render import open_host
from newsdigest.report_screen import refusal, show
from newsdigest.site.settings import settings_from
from pelican import Pelican

from incremental_build.host import PelicanHost, SettingsSource, is_declared, keep_settings
from incremental_build.hosted import plugin_folders, run_pelican, wants_whole_site
from incremental_build.settings_door import PIECES, stop_on_faults

HOST = "incremental_build.host:open_host"
PLUGINS = Path(__file__).parent.parent


class LeFil(Pelican):  # type: ignore[misc]
    """Pelican, with the one build of Le Fil for `run`."""

    def __init__(self, settings: dict[str, Any]) -> None:
        stop_on_faults(settings)
        settings.setdefault("RAW_PIECES", PIECES)
        super().__init__(settings)

    def init_plugins(self) -> None:
        """Load the plugins; Pelican only logs one that cannot be, and would build without it."""
        wanted = list(self.settings["PLUGINS"])
        with _only_imported({name for name in wanted if isinstance(name, str)}):
            super().init_plugins()
        self.plugins_missing = len(wanted) - len(self.plugins)

    def run(self) -> None:
        """Build, print the screen; exit with the build's code where it failed."""
        console = Screen()
        try:
            settings = settings_from(self.settings, os.environ)
            outcome = self.build(settings, console)
        except BuildError as error:
            sys.exit(refuse(error, editors_language(self.settings), console))
        except KeyboardInterrupt:
            sys.exit(refuse(interruption(), editors_language(self.settings), console))
        present(outcome, settings, console)

    def build(self, settings: Settings, console: Screen, gate: Gate = let_pass) -> Outcome:
        """Bring the site up to date. Raises BuildError, as `gate` may."""
        if self.plugins_missing:
            raise BuildError(
                _("{count} of the plugins cannot be loaded."),
                _("Read what is printed above, and correct PLUGINS or the plugin."),
                count=self.plugins_missing,
            )
        if not (Path(self.settings["THEME"]) / "templates").is_dir():
            raise BuildError(
                _("{theme} is not a theme: it has no templates."),
                _("Correct the setting THEME."),
                theme=str(self.settings["THEME"]),
            )
        look = plain_settings(self.settings)
        source = SettingsSource.of(self.settings, look_digest(self.settings, look))
        keep_settings(source, self.settings)
        options = source.as_json()
        whole = not is_declared(self.settings["THEME"]) or wants_whole_site()
        spec = HostSpec(
            name=HOST,
            options=options,
            code=tuple(sorted({PLUGINS / "incremental_build", *plugin_folders(self)})),
            look=look,
            inputs=input_folders(self.settings),
            run=lambda run: run_pelican(self, shared_host(options) if whole else None, run),
            whole=whole,
        )
        forget_old_templates(Path(settings.cache))
        return build(settings, spec, Lines(console), gate, retract_withdrawn)


@contextmanager
def _only_imported(wanted: set[str]) -> Iterator[None]:
    """Pelican imports every plugin that is installed to see whether one of those wanted is among them: one
    that is not wanted would cost a tenth of a build without a change. A Pelican that looks for them
    otherwise does as it does.
    """
    looking: Any = getattr(pelican.plugins, "_utils", None)
    every = getattr(looking, "get_namespace_plugins", None)
    if every is None:
        yield
        return

    def among_them() -> dict[str, ModuleType]:
        installed = iter_modules(pelican.plugins.__path__, f"{pelican.plugins.__name__}.")
        return {
            name: import_module(name)
            for _finder, name, package in installed
            if package and {name, name.removeprefix("pelican.plugins.")} & wanted
        }

    looking.get_namespace_plugins = among_them
    try:
        yield
    finally:
        looking.get_namespace_plugins = every


def look_digest(settings: Mapping[str, Any], look: str) -> str:
    """What tells the settings, templates and words of the theme from those of another build."""
    theme = Path(settings["THEME"])
    folders = [
        folder for folder in (theme / "templates", theme / "translations") if folder.is_dir()
    ]
    return digest(f"{look} {fingerprint(folders)}".encode())


def forget_old_templates(cache: Path) -> None:
    """Compiled templates are kept by version: all but the newest two can go."""
    folders = sorted(cache.glob("templates-*"), key=lambda folder: folder.stat().st_mtime_ns)
    for folder in folders[:-2]:
        shutil.rmtree(folder, ignore_errors=True)


def shared_host(options: str) -> PelicanHost:
    """The very host that the core renders with in this process."""
    host = open_host(HOST, options)
    assert isinstance(host, PelicanHost)
    return host


def plain_settings(settings: Mapping[str, Any]) -> str:
    """Every setting a template or a plugin may show, as text; where things stand is none of them."""
    apart = {"PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME", "PLUGIN_PATHS", "SETTINGS_FILE",
             "BUILD_WORKERS", "STRICT", "BUILD_PUBLISHES", "PUBLISH_TARGET", "PUBLICATIONS_KEPT", "ALLOW_CLOCK_BACK",
             "ALLOW_REMOVALS", "REMOVALS_MOST", "REMOVALS_PERCENT", "ALLOW_RESENDING", "RESENT_MOST", "EDITIONS_PATH",
             "DEBUG", "RAW_NOW", "PORT", "BIND", "SCHEDULER"}  # fmt: skip
    return plain(
        sorted(
            ((name, settings[name]) for name in settings if name not in apart), key=itemgetter(0)
        )
    )


def input_folders(settings: Mapping[str, Any]) -> tuple[Path, ...]:
    """The folders of pages and static files that Pelican reads by itself."""
    names = (*settings["PAGE_PATHS"], *settings["STATIC_PATHS"])
    folders = [Path(settings["PATH"]) / name for name in names]
    if settings["THEME_STATIC_PATHS"]:
        folders += [Path(settings["THEME"]) / name for name in settings["THEME_STATIC_PATHS"]]
    return tuple(sorted({folder for folder in folders if folder.is_dir()}))


def present(outcome: Outcome, settings: Settings, console: Screen) -> None:
    """The build on one screen, in the editor's language."""
    gettext = translations(settings.editor_lang).gettext
    show(outcome.report, console, gettext, os.path.relpath(settings.content))
    if settings.target and not settings.releases:
        say_unpublished(settings, console, gettext)
    elif outcome.sent and settings.target:
        show_sent(outcome.sent, settings, console, gettext)


def interruption() -> BuildError:
    """What Ctrl-C is told as."""
    return BuildError(
        _("the build was interrupted."), _("Build again: what was begun is finished then.")
    )


def disk_failure(error: OSError) -> BuildError:
    """What a disk that is full, or a folder that may not be written, is told as where no build is running."""
    reason = error.strerror or str(error)
    if error.filename is None:
        message = _("the disk refused it: {reason}.")
        return BuildError(message, _("Free the disk, then type the command again."), reason=reason)
    return BuildError(
        _("{file} can be neither read nor written: {reason}."),
        _("Free the disk or the folder, or name another one."),
        file=os.fsdecode(error.filename),
        reason=reason,
    )


def refuse(error: BuildError, lang: str, console: Screen) -> int:
    """Say why nothing was published; the exit code that says it to a script."""
    gettext = translations(lang).gettext
    if isinstance(error, Refused):
        show(error.report, console, gettext, "content")
    Screen(stderr=True).print(refusal(error, gettext), markup=False, soft_wrap=True)
    return error.exitcode


def register() -> None:
    """Nothing to connect: PELICAN_CLASS names `LeFil`, and Pelican runs it."""
