"""What a file of the site is served as, and for how long: what a static host is told, told in one place."""

from __future__ import annotations

import mimetypes
import re
from pathlib import PurePosixPath

# Exact ones where hosts guess otherwise, or not at all.
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".avif": "image/avif",
    ".webp": "image/webp",
}
# Named by the hash of their bytes, or of what they are made of: they never change.
_FOR_GOOD = re.compile(
    r"(?:^|/)static/.+\.[0-9a-f]{12}\.(?:css|js|svg|png)$|[0-9a-f]{16}-\d+\.(?:avif|webp|jpg)$"
)


def media_type(path: str) -> str:
    """The `Content-Type` of the file at this path."""
    suffix = PurePosixPath(path).suffix
    if path.endswith(".ninjs.json"):
        return "application/json; charset=utf-8"
    return TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def caching(path: str) -> str:
    """Its `Cache-Control`."""
    return "public, max-age=31536000, immutable" if _FOR_GOOD.search(path) else "no-cache"
