"""Where tests find the shared material, and the host they render with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def seed() -> Path:
    """The real wire article, where the shared folder is laid."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the seed article is not here")
    return found[0]


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample articles with their expected records, where the shared folder is laid."""
    folder = SHARED / "samples"
    if not folder.is_dir():
        pytest.skip("the samples are not here")
    return folder
