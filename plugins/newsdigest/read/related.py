"""Related headlines of one article, without repeats."""

from __future__ import annotations

from newsdigest.text.headline_key import headline_key, headline_numbers


class Headlines:
    """The related headlines of one article, each kept the first time it is met."""

    def __init__(self, own: str) -> None:
        self.kept: list[str] = []
        self._seen = {_key(own)}

    def keep(self, headline: str) -> bool:
        """Whether the headline is new; then it is kept."""
        key = _key(headline)
        if key in self._seen:
            return False
        self._seen.add(key)
        self.kept.append(headline)
        return True


def _key(headline: str) -> tuple[str, str]:
    """Repeats are told as links are: by letters and digits, and by the numbers."""
    return headline_key(headline), headline_numbers(headline)
