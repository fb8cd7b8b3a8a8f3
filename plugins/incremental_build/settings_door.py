"""Settings checked before Pelican uses them: a wrong one is a line, never a traceback.

Pelican completes the settings and makes their folders absolute before it knows who builds; a wrong value fails
there, or later somewhere else. So `pelicanconf.py` imports this module, which puts our check before
both steps. Settings of a build that is not ours are left alone.
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pelican.settings
from jinja2 import Environment
from newsdigest.base.address_check import WRITE
from newsdigest.base.errors import BuildError, LeFilError, SettingsError, _, shortened
from newsdigest.base.i18n import translations
from newsdigest.base.settings_check import RULES, editors_language
from newsdigest.report_screen import refusal
from newsdigest.site.kinds import ADDRESSES
from newsdigest.site.settings import setting_faults
from pelican.settings import DEFAULT_CONFIG
from rich.console import Console

OUR_CLASS = "incremental_build.LeFil"
# Who reads Markdown and reStructuredText, by name: workers load it where they meet such a file.
PIECES = "incremental_build.pieces:read_piece"
THEMES = Path(pelican.settings.__file__).parent / "themes"

_JINJA = _("{name} = {value}: this must be a dictionary of what Jinja knows, with autoescape on.")
_PLUGINS = _("{name} = {value}: this must be a list of plugins.")
_KIND = _("{name} = {value}: Pelican needs another kind of value here.")
_CLASS = _("{name} = {value}: there is no such class.")
_THEME = _("{name} = {value}: there is no such theme.")
_PELICAN = _("Pelican cannot use the settings: {reason}.")


def stop_on_faults(values: Mapping[str, Any]) -> None:
    """Print a line for each setting that cannot be used, and exit; nothing if there is none."""
    found = _with_whole_paths(values)
    faults = [*setting_faults(found, os.environ), *_pelicans_faults(found)]
    if faults:
        _stop(SettingsError(faults), values)


def _stop(error: BuildError, values: Mapping[str, Any]) -> NoReturn:
    gettext = translations(editors_language(values)).gettext
    console = Console(stderr=True, highlight=False)
    console.print(refusal(error, gettext), markup=False, soft_wrap=True)
    sys.exit(error.exitcode)


def _with_whole_paths(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with their folders as Pelican will see them, below that of the settings file."""
    file = values.get("SETTINGS_FILE") or getattr(sys.modules.get("pelicanconf"), "__file__", None)
    if not isinstance(file, str):
        return dict(values)
    found = {**values, "SETTINGS_FILE": os.path.abspath(file)}
    root = os.path.dirname(found["SETTINGS_FILE"])
    for name in ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME"):
        path = values.get(name)
        # A theme may also be one of Pelican's own, by its name.
        if isinstance(path, str) and not (name == "THEME" and (THEMES / path).is_dir()):
            found[name] = _whole(root, path)
    paths = values.get("PLUGIN_PATHS")
    if isinstance(paths, list | tuple):
        found["PLUGIN_PATHS"] = [
            _whole(root, path) if isinstance(path, str) else path for path in paths
        ]
    return found


def _whole(root: str, path: str) -> str:
    return os.path.normpath(os.path.join(root, path)) if path.strip() else path


def _pelicans_faults(values: Mapping[str, Any]) -> list[LeFilError]:
    """What is wrong with the settings that only Pelican reads."""
    found = []
    builder = values.get("PELICAN_CLASS", OUR_CLASS)
    if not _is_class(builder):
        found.append(_fault("PELICAN_CLASS", builder, _CLASS, repr(OUR_CLASS)))
    jinja = values.get("JINJA_ENVIRONMENT", {"autoescape": True})
    if not _is_jinja(jinja):
        example = "{'autoescape': True, 'trim_blocks': True, 'lstrip_blocks': True}"
        found.append(_fault("JINJA_ENVIRONMENT", jinja, _JINJA, example))
    plugins = values.get("PLUGINS", [])
    if not isinstance(plugins, list | tuple) or not all(map(_is_plugin, plugins)):
        found.append(
            _fault("PLUGINS", plugins, _PLUGINS, "['article_reader', 'incremental_build']")
        )
    theme = values.get("THEME", "simple")
    if isinstance(theme, str) and os.path.isabs(theme) and not os.path.exists(theme):
        found.append(_fault("THEME", theme, _THEME, "'theme'"))
    return found + [
        _fault(name, values[name], _KIND, repr(default))
        for name, default in sorted(DEFAULT_CONFIG.items())
        if name in values and name not in _CHECKED and not _is_like(values[name], default)
    ]


# What is checked more closely, here or in the core.
_CHECKED = {*RULES, *(address.setting for address in ADDRESSES), "PLUGINS", "JINJA_ENVIRONMENT"}


def _is_like(value: object, default: object) -> bool:
    """Whether Pelican can walk what it walks by default; it takes a text for a list of one."""
    if isinstance(default, Mapping):
        return isinstance(value, Mapping)
    return not isinstance(default, list | tuple | set) or isinstance(value, Iterable)


def _is_plugin(plugin: object) -> bool:
    return bool(plugin) and (isinstance(plugin, str) or hasattr(plugin, "register"))


def _is_class(value: object) -> bool:
    """A class, or the name of one that can be imported as Pelican does."""
    if value == OUR_CLASS or isinstance(value, type):
        return True
    module, _dot, name = value.rpartition(".") if isinstance(value, str) else ("", "", "")
    try:
        return isinstance(getattr(importlib.import_module(module), name), type)
    except Exception:  # whatever importing it brings about
        return False


def _is_jinja(value: object) -> bool:
    """Whether Jinja takes these options, and escapes what articles say."""
    if not isinstance(value, Mapping) or value.get("autoescape") is not True:
        return False
    try:
        Environment(**value)
    except Exception:  # whatever Jinja, or an extension it is given, makes of them
        return False
    return True


def _fault(name: str, value: object, message: str, example: str) -> LeFilError:
    return LeFilError(message, WRITE, name=name, value=shortened(value, 400), example=example)


def _check_before(step: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[..., Any]:
    """Pelican's step, taken with settings that can be used."""

    @functools.wraps(step)
    def checked(values: dict[str, Any]) -> dict[str, Any]:
        if _is_class(values.get("PELICAN_CLASS")) and values["PELICAN_CLASS"] != OUR_CLASS:
            return step(values)
        stop_on_faults(values)
        values.setdefault("RAW_PIECES", PIECES)
        try:
            return step(values)
        except Exception as error:  # of a setting that we do not read
            reason = str(error).rstrip(".") or type(error).__name__
            _stop(BuildError(_PELICAN, reason=reason), values)

    checked.is_ours = True  # type: ignore[attr-defined]
    return checked


for _name in ("handle_deprecated_settings", "configure_settings"):
    _step = getattr(pelican.settings, _name)
    if not hasattr(_step, "is_ours"):
        setattr(pelican.settings, _name, _check_before(_step))
