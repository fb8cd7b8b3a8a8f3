"""A site's settings, the addresses of its kinds of pages included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsdigest.base import settings, settings_check
from newsdigest.base.errors import LeFilError
from newsdigest.base.settings import Settings
from newsdigest.site.kinds import ADDRESSES


def settings_from(values: Mapping[str, Any], environ: Mapping[str, str]) -> Settings:
    """The core's settings out of a settings dictionary and the environment, taken at their word."""
    return settings.settings_from(values, environ, ADDRESSES)


def checked_settings(values: Mapping[str, Any], environ: Mapping[str, str]) -> Settings:
    """The same. Raises SettingsError, which names everything that is wrong with them."""
    return settings_check.checked_settings(values, environ, ADDRESSES)


def setting_faults(values: Mapping[str, Any], environ: Mapping[str, str]) -> list[LeFilError]:
    """Everything that is wrong with them."""
    return settings_check.setting_faults(values, environ, ADDRESSES)
