"""The web manifest: what a browser needs to put the site on a home screen (w3.org/TR/appmanifest).

The theme writes what is its own: colours, display, icons (`static/site.webmanifest`). Name, language and
addresses are the site's; these are relative to the manifest, which stands at the site's root, in whatever
folder of its host that is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsdigest.base.errors import BuildError, _
from newsdigest.base.records import Site
from newsdigest.site.head import reads_leftwards

NAME = "site.webmanifest"


def read_manifest(static: Path) -> dict[str, Any]:
    """What the theme's manifest says, empty where it has none.

    Raises BuildError for one that is no JSON object, or names an icon that is not there.
    """
    file = static / NAME
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_bytes())
        names = icon_names(found)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BuildError(
            _("{file} cannot be read: {reason}."),
            _('Write a JSON object, with "icons" as a list of objects that have a "src".'),
            file=str(file),
            reason=str(error),
        ) from error
    for name in names:
        if not (static / name).is_file():
            raise BuildError(
                _("{file} names the icon {name}, which is not there."),
                _("Put the file there, or take its name out of the list."),
                file=str(file),
                name=name,
            )
    return dict(found)


def icon_names(manifest: Mapping[str, Any]) -> list[str]:
    """The files of the icons that it names, in order."""
    return [str(icon["src"]) for icon in manifest.get("icons", ())]


def manifest_data(manifest: Mapping[str, Any], site: Site, icons: Mapping[str, str]) -> bytes:
    """The manifest of the site; `icons` are the files published, by the names the theme has for them."""
    told = {
        "name": site.name,
        "short_name": site.name,
        **({"description": site.tagline} if site.tagline else {}),
        "lang": site.lang,
        "dir": "rtl" if reads_leftwards(site.lang) else "ltr",
        "start_url": "./",
        "scope": "./",
        **manifest,
        "icons": [{**icon, "src": icons[icon["src"]]} for icon in manifest.get("icons", ())],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
