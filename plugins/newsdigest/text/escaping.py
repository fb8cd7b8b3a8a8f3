"""Plain text as HTML."""

from __future__ import annotations

from markupsafe import escape


def escaped(text: str) -> str:
    """Plain `str`, for joining; typeset French has seldom anything to escape."""
    if "&" in text or "<" in text or ">" in text or "'" in text or '"' in text:
        return str(escape(text))
    return text
