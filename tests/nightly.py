"""How often what is random is played: a few times in every run, many in a night's (`LEFIL_NIGHTLY=1`)."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("LEFIL_NIGHTLY") == "1"


def rounds(few: int, many: int) -> range:
    """The seeds to play."""
    return range(many if NIGHTLY else few)
