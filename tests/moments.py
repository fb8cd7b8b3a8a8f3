"""The moments at which a build is killed, for the tests and for the soak."""

from __future__ import annotations

from typing import Any

import newsdigest.rendering
from newsdigest.archive.site_files import SiteFiles
from newsdigest.archive.update.links import Links
from newsdigest.publish import output

# Where a build is killed: (whose function, its name).
MOMENTS: dict[str, tuple[Any, str]] = {
    "while settling": (Links, "resolve"),
    "before rendering": (newsdigest.rendering, "load_assets"),
    "while rendering": (output, "stage"),
    "before publishing": (SiteFiles, "announce"),
    "while publishing": (output, "publish_file"),
    "while deleting": (output, "delete_files"),
    "at the very end": (SiteFiles, "record"),
}
