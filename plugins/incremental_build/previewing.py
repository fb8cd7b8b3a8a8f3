"""`invoke preview`: the site with what is still held, or as of another moment, on this machine only.

It is built beside the site's folder, with a memory of its own: `output/` is neither read nor written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from newsdigest.base.addresses import site_folder
from newsdigest.base.errors import BuildError, _
from newsdigest.base.settings import Settings
from newsdigest.commands.marks import marks_of
from newsdigest.commands.preview import Preview
from newsdigest.commands.screen import Screen
from newsdigest.text.moments import read_moment

from incremental_build import refuse
from incremental_build.command import preview_folder, read, run_build

# An editor's own machine, whatever the network: what is shown here is not public.
BIND = "127.0.0.1"


def places(settings: Settings) -> dict[str, str]:
    """The folders a preview is built in, as settings."""
    folder = preview_folder(settings.output)
    return {"OUTPUT_PATH": str(folder / "site"), "CACHE_PATH": str(folder / "cache")}


@dataclass(frozen=True, slots=True)
class AsOf:
    """How a preview differs from a build: it holds nothing, or it is of another moment. What builds made of
    pictures is in their `cache`."""

    at: datetime | None
    cache: str = ""

    def __call__(self, settings: Settings) -> Settings:
        rules = replace(settings.rules, now=self.at) if self.at else settings.rules
        held = self.at is not None
        apart = {"publishes": False, "releases": False, "target": ""}
        return replace(settings, rules=rules, holding=held, standing_cache=self.cache, **apart)


def show_preview(settings_file: str, at: str, port: int) -> int:
    """Build the preview and show it until Ctrl-C; the exit code."""
    settings = read(settings_file)
    try:
        as_of = AsOf(_moment(at, settings) if at else None, settings.cache)
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())
    overrides: Mapping[str, Any] = {
        **places(settings),
        "ALLOW_CLOCK_BACK": True,
        "ALLOW_REMOVALS": True,
        "ALLOW_RESENDING": True,
    }
    code = run_build(settings_file, overrides, adjust=as_of)
    if code:
        return code
    shown = as_of(read(settings_file, overrides))
    try:
        with Preview(
            shown.output,
            BIND,
            port,
            reloading=False,
            folder=site_folder(shown.site.url),
            marks=marks_of(shown, settings.rules.now, as_of.at),
        ) as preview:
            preview.wait()
    except BuildError as error:
        return refuse(error, settings.editor_lang, Screen())
    return 0


def _moment(written: str, settings: Settings) -> datetime:
    zone = settings.rules.timezone
    today = settings.rules.now.astimezone(ZoneInfo(zone)).date()
    moment = read_moment(written, zone, today)
    if moment is None:
        raise BuildError(
            _('--at "{at}" is no moment.'),
            _('Write a day and an hour: --at "2026-01-31 06:00".'),
            at=written,
        )
    return moment
