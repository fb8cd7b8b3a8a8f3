"""Where tests of pages find their samples, and the gazette, built once: to be read, not changed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from gazette import Gazette


@pytest.fixture(scope="session")
def gazette(tmp_path_factory: pytest.TempPathFactory) -> Gazette:
    """The gazette, built, with the first build's outcome."""
    return Gazette.in_print(tmp_path_factory.mktemp("gazette"))
