"""Pelican's door to the build: Pelican reads the settings, loads the plugins and renders the
templates; what is read, stale, rendered and published is decided by `newsdigest.build`.

    LeFil            the Pelican class named by PELICAN_CLASS, run by `pelican` and `invoke build`
    host.py          Pelican's templates and Article objects, for the core to render with
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from newsdigest.build import HostSpec, Outcome, Refused, build
from newsdigest.config import Settings, settings_from
from newsdigest.errors import BuildError, _
from newsdigest.i18n import translations
from newsdigest.progress import Lines
from newsdigest.report import refusal, show
from pelican import Pelican
from rich.console import Console

from incremental_build.host import SettingsSource, extra_files, keep_settings

PLUGINS = Path(__file__).parent.parent


class LeFil(Pelican):  # type: ignore[misc]
    """Pelican, with the one build of Le Fil for `run`."""

    def init_plugins(self) -> None:
        """Load the plugins; Pelican only logs one that cannot be, and would build without it."""
        wanted = list(self.settings["PLUGINS"])
        super().init_plugins()
        self.plugins_missing = len(wanted) - len(self.plugins)

    def run(self) -> None:
        """Build, print the screen; exit with the build's code where it failed."""
        console = Console(highlight=False)
        try:
            settings = settings_from(self.settings, os.environ)
            outcome = self.build(settings, console)
        except BuildError as error:
            sys.exit(refuse(error, self.settings.get("EDITOR_LANG", "fr"), console))
        present(outcome, settings, console)

    def build(self, settings: Settings, console: Console) -> Outcome:
        """Bring the site up to date. Raises BuildError."""
        if self.plugins_missing:
            raise BuildError(
                _("{count} of the plugins cannot be loaded."),
                _("Read what is printed above, and correct PLUGINS or the plugin."),
                count=self.plugins_missing,
            )
        source = SettingsSource.of(self.settings)
        keep_settings(source, self.settings)
        spec = HostSpec(
            name="incremental_build.host:open_host",
            options=source.as_json(),
            code=tuple(
                sorted(path for path in PLUGINS.iterdir() if (path / "__init__.py").is_file())
            ),
            extra=lambda folder: extra_files(self, folder),
        )
        return build(settings, spec, Lines(console))


def present(outcome: Outcome, settings: Settings, console: Console) -> None:
    """The build on one screen, in the editor's language."""
    gettext = translations(settings.editor_lang).gettext
    show(outcome.report, console, gettext, os.path.relpath(settings.content))


def refuse(error: BuildError, lang: str, console: Console) -> int:
    """Say why nothing was published; the exit code that says it to a script."""
    gettext = translations(lang).gettext
    if isinstance(error, Refused):
        show(error.report, console, gettext, "content")
    Console(stderr=True, highlight=False).print(
        refusal(error, gettext), markup=False, soft_wrap=True
    )
    return error.exitcode


def register() -> None:
    """Nothing to connect: PELICAN_CLASS names `LeFil`, and Pelican runs it."""
