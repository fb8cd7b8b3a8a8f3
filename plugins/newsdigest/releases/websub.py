"""Telling a WebSub hub which feeds changed: it fetches them and tells whoever asked it to."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Sequence
from urllib.parse import urlencode

SECONDS = 10
# Hubs take several addresses at once, and not any number.
AT_ONCE = 50


def tell(hub: str, feeds: Sequence[str]) -> str:
    """Tell the hub of these feeds' addresses; why it could not be told, "" if it was."""
    try:
        for at in range(0, len(feeds), AT_ONCE):
            fields = [
                ("hub.mode", "publish"),
                *(("hub.url", url) for url in feeds[at : at + AT_ONCE]),
            ]
            request = urllib.request.Request(hub, urlencode(fields).encode(), method="POST")
            with urllib.request.urlopen(request, timeout=SECONDS):
                pass
    except urllib.error.HTTPError as error:
        return f"HTTP {error.code}"
    except (OSError, http.client.HTTPException, ValueError) as error:
        return str(getattr(error, "reason", error)) or type(error).__name__
    return ""
